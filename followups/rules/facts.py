"""The room of the rules that follow from who the person is: of age, missing, in danger, with dependants."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Least, NullIf, TruncDate
from django.utils.translation import gettext_lazy as _

from casework.models import (
    CaseStatus,
    Decided,
    Happening,
    InvestigationEvent,
    NeedsAssessment,
    Review,
)
from clocks import LONDON
from followups.rules.base import (
    Occurrences,
    Owes,
    Rule,
    Safety,
    after,
    at_close_of_day,
    first,
    occurrences_of,
    of_case,
    of_first,
    sent_cases,
)
from pages.answers import Answer
from victims.ages import SURELY_OF_AGE, majority_in_sql
from victims.models import Dependant, MissingEpisode, Purpose, RiskJudgement, RiskLevel

AHEAD = timedelta(days=28)
SENT = [status for status in CaseStatus if status != CaseStatus.DRAFT]


def _at_midnight(day: str) -> Func:
    return Func(
        F(day),
        template="((%(expressions)s)::timestamp AT TIME ZONE 'Europe/London')",
        output_field=DateTimeField(),
    )


def _comes_of_age(at: datetime, met_at: Combinable) -> Occurrences:
    """Cases of people who were under 18 when we met them and are 18 by now or soon; an estimate at its latest."""
    soon = (at.astimezone(LONDON) + AHEAD).date()
    cases = (
        sent_cases()
        .filter(victim__age_disputed=False)
        .annotate(
            majority_on=Coalesce(
                NullIf("victim__of_age_on", Value(date.min)),
                majority_in_sql("victim__born_on", "victim__born_precision"),
            )
        )
        .annotate(of_age_at=_at_midnight("majority_on"))
        # Most people were grown up long before: a date settles that without working out their majority.
        .filter(
            Q(victim__of_age_on__gt=date.min)
            | Q(victim__born_on__gt=TruncDate("logged_at", tzinfo=LONDON) - SURELY_OF_AGE)
        )
        .filter(Q(victim__born_on__lte=soon - SURELY_OF_AGE) | Q(majority_on__lte=soon))
        .filter(majority_on__gt=TruncDate("logged_at", tzinfo=LONDON))
    )
    return occurrences_of(
        cases, **of_case(), occurrence=F("pk"), since=F("of_age_at"), met_at=met_at
    )


class ComeOfAgeNotAsked(Rule):
    """Somebody referred as a child is asked for their own consent when they turn 18. [domain 2.8, 2.4]"""

    slug = "come-of-age-not-asked"
    reads_at = True
    why = _("The person turns 18: what was done without their consent is theirs to decide now")
    act = _("Explain the national referral to them, and record what they decide")
    page = "casework:consent"
    safety = Safety.VICTIM
    warns = 20

    def occurrences(self, at: datetime) -> Occurrences:
        """People who come of age; met by their first decision about the national referral as an adult."""
        decided = Decided.objects.filter(
            case=OuterRef("pk"),
            purpose=Purpose.NRM,
            decided_at__gte=OuterRef("of_age_at"),
        )
        return _comes_of_age(at, first(decided, "decided_at"))


class ComeOfAgeSupport(Rule):
    """Support changes from the local authority to adults' services when somebody turns 18. [domain 2.8]"""

    slug = "come-of-age-support"
    reads_at = True
    why = _("The person turns 18: the local authority's support ends or changes")
    act = _("Assess their needs as an adult, and refer them to an agency for adults")
    page = "casework:needs"
    safety = Safety.VICTIM
    warns = 20

    def occurrences(self, at: datetime) -> Occurrences:
        """People who come of age; met by the first assessment of their needs as an adult."""
        assessed = NeedsAssessment.objects.filter(
            case=OuterRef("pk"), at__gte=OuterRef("of_age_at")
        )
        return _comes_of_age(at, first(assessed))


def _of_episode() -> dict[str, Any]:
    """Whose a time of being missing is: every case of the person that left its draft."""
    return of_case("victim__cases")


class MissingNotAlerted(Rule):
    """When somebody is missing, those who search and those who care for them are told at once. [domain 2.8]"""

    slug = "missing-not-alerted"
    why = _("The person is missing, and not everybody who must know has been told")
    act = _("Make the missing persons report, tell the local authority of a child, and record it")
    page = "casework:missing"
    safety = Safety.DANGER
    interrupts = True
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Times they were missing, since we knew; met when the report is made and a child's authority told."""
        whose = _of_episode()
        return occurrences_of(
            MissingEpisode.objects.filter(victim__cases__status__in=SENT),
            **(
                whose
                | {
                    "void_at": Least(F("found_at"), whose["void_at"]),
                    "void_reason": Value("found-or-closed"),
                }
            ),
            occurrence=F("pk"),
            since=F("recorded_at"),
            met_at=F("alerted_at"),
        )


class MissingNotReviewed(Rule):
    """While somebody is missing a supervisor looks every day at what is done to find them. [domain 2.8]"""

    slug = "missing-not-reviewed"
    why = _("The person is still missing; a supervisor must review what is done to find them")
    act = _("Review the case, or record that they were found")
    page = "casework:review"
    safety = Safety.DANGER
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Times they were missing and each review meanwhile; met by the next review, void when found."""
        supervisor = {"owner_id": Value(None), "void_reason": Value("found-or-closed")}
        whose = _of_episode() | supervisor
        reviews = Review.objects.filter(case=OuterRef("victim__cases"))
        during = "case__victim__missing_episodes"
        of_review = of_case("case") | supervisor
        later = Review.objects.filter(case=OuterRef("case"), at__gt=OuterRef("at"))
        return occurrences_of(
            MissingEpisode.objects.filter(victim__cases__status__in=SENT),
            **(whose | {"void_at": Least(F("found_at"), whose["void_at"])}),
            occurrence=F("pk"),
            since=F("recorded_at"),
            met_at=first(reviews.filter(after("recorded_at"))),
        ).union(
            occurrences_of(
                Review.objects.filter(
                    Q(**{f"{during}__found_at__isnull": True})
                    | Q(**{f"{during}__found_at__gt": F("at")}),
                    **{f"{during}__recorded_at__lt": F("at")},
                ),
                **(of_review | {"void_at": Least(F(f"{during}__found_at"), of_review["void_at"])}),
                occurrence=F("pk"),
                since=F("at"),
                met_at=first(later),
            ),
            all=True,
        )


class ReturnNotInterviewed(Rule):
    """Somebody who was missing and is found is spoken with about it within 72 hours. [T36]"""

    slug = "return-not-interviewed"
    why = _(
        "The person was found, and nobody has spoken with them about the time they were missing"
    )
    act = _("See that somebody independent speaks with them, and record it")
    page = "casework:missing"
    safety = Safety.VICTIM
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Times they were missing, from when they were found; met by the talk."""
        return occurrences_of(
            MissingEpisode.objects.filter(victim__cases__status__in=SENT, found_at__isnull=False),
            **_of_episode(),
            occurrence=F("pk"),
            since=F("found_at"),
            met_at=F("interviewed_at"),
        )


class RiskReviewDue(Rule):
    """The danger that the person is in is judged, and judged again by the day that was set. [domain 4.3]

    Whoever was in danger when they were met is judged on the first day.
    """

    slug = "risk-review-due"
    why = _("How much danger the person is in must be judged again")
    act = _("Judge the risk")
    page = "casework:risk"
    safety = Safety.VICTIM
    standing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Cases that began in danger, and judgements; each met by the next judgement."""
        of_person = RiskJudgement.objects.filter(victim=OuterRef("victim"))
        return occurrences_of(
            sent_cases().filter(danger=Answer.YES),
            **of_case(),
            occurrence=F("opening"),
            since=F("opened_at"),
            clock=Value("danger"),
            met_at=first(of_person.filter(judged_at__gte=OuterRef("opened_at")), "judged_at"),
        ).union(
            occurrences_of(
                RiskJudgement.objects.filter(victim__cases__status__in=SENT),
                **of_case("victim__cases"),
                occurrence=F("pk"),
                since=F("judged_at"),
                agreed_at=at_close_of_day("review_on"),
                met_at=first(of_person.filter(judged_at__gt=OuterRef("judged_at")), "judged_at"),
            ),
            all=True,
        )


class NeedsChanged(Rule):
    """The victim's needs are assessed again when they may have changed. [T13]

    They may when a suspect is charged, for whoever gives evidence has needs of their own in court; when the person
    is found after being missing; and when the danger they are in is judged to be high.
    """

    slug = "needs-changed"
    why = _("Their needs may have changed, and nobody has assessed them since")
    act = _("Ask what they need now, and assess their needs again")
    page = "casework:needs"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """What changed needs that were assessed before it; met by the next assessment."""
        before = RiskJudgement.objects.filter(
            victim=OuterRef("victim"), judged_at__lt=OuterRef("judged_at")
        ).order_by("-judged_at")
        judged = RiskJudgement.objects.filter(level=RiskLevel.HIGH).annotate(
            risk_before=of_first(before, "level")
        )
        rose = ~Q(risk_before=RiskLevel.HIGH) | Q(risk_before__isnull=True)
        return (
            _needs_changed(InvestigationEvent.objects.filter(kind=Happening.CHARGED), "case", "at")
            .union(
                _needs_changed(
                    MissingEpisode.objects.filter(found_at__isnull=False),
                    "victim__cases",
                    "found_at",
                ),
                all=True,
            )
            .union(_needs_changed(judged.filter(rose), "victim__cases", "judged_at"), all=True)
        )


def _needs_changed(rows: QuerySet[Any], case: str, since: str) -> Occurrences:
    """What happened in a case (by its path) at a time, where the needs had been assessed by then."""
    assessed = NeedsAssessment.objects.filter(case=OuterRef(case))
    known = Exists(assessed.filter(at__lt=OuterRef(since)))
    return occurrences_of(
        rows.filter(known, **{f"{case}__status__in": SENT}),
        **of_case(case),
        occurrence=F("pk"),
        since=F(since),
        met_at=first(assessed.filter(at__gte=OuterRef(since))),
    )


class DependantNotSafe(Rule):
    """Somebody who depends on the person and is not safe is made safe. [Children Act 2004 s11, Care Act 2014 s42]"""

    slug = "dependant-not-safe"
    why = _("Somebody who depends on the person is not safe")
    act = _("Make them safe, tell the local authority, then record how they are now")
    page = "casework:person"
    safety = Safety.DANGER
    interrupts = True
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """People recorded as not safe; met when the record of them is replaced or taken out."""
        return occurrences_of(
            Dependant.objects.filter(victim__cases__status__in=SENT, safe=Answer.NO),
            **of_case("victim__cases"),
            occurrence=F("pk"),
            since=F("recorded_at"),
            clock=Case(
                When(relation__in=("child", "unborn"), then=Value("child")),
                default=Value("standard"),
            ),
            met_at=F("ended_at"),
        )
