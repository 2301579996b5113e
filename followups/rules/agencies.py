"""The room of the rules about support agencies: an answer, the person reached, a decline and a question dealt with."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, RoleHeld
from accounts.permissions import Role
from casework.models import CaseEvent, EventKind
from followups.rules.base import (
    CASE_CLOSED,
    Occurrences,
    Owes,
    Rule,
    Safety,
    at_close_of_day,
    first,
    named,
    occurrences_of,
    of_case,
)
from referrals.disclosure import Item
from referrals.models import (
    CapacityWord,
    Delivery,
    DisclosureEvent,
    DisclosureKind,
    Event,
    EventType,
    Question,
    ReferralStatus,
    Service,
    SupportReferral,
    SupportReview,
)
from referrals.seen import CALLED_OFF, calls, ends, looks
from referrals.ways import JOINED
from victims.models import SafeContact


def of_referral(path: str = "") -> dict[str, Any]:
    """Whose an occurrence is when `path` leads to its referral; it ends with the referral or the case."""
    step = f"{path}__" if path else ""
    return of_case(f"{step}case") | {
        "subject_id": F(path or "pk"),
        "void_at": Least(_called_off(step), F(f"{step}ended_at")),
        "void_reason": Value("referral-ended"),
        "words": named(agency=f"{step}agency__name"),
        "clock": Case(
            When(Q(**{f"{step}urgent": True}), then=Value("urgent")), default=Value("standard")
        ),
    }


def _called_off(step: str) -> Least:
    """When the police called the referral off, or closed its case."""
    off = Case(
        When(
            Q(**{f"{step}status__in": CALLED_OFF}),
            then=Coalesce(F(f"{step}withdrawn_at"), F(f"{step}changed_at")),
        )
    )
    return Least(off, F(f"{step}case__closed_at"))


def sent() -> QuerySet[SupportReferral]:
    """Referrals that an agency was sent."""
    return SupportReferral.objects.filter(sent_at__isnull=False)


class AgencyNotAnswered(Rule):
    """An agency that was sent a referral accepts or declines it in time. [T41]

    Its clock stands still while we owe it an answer to a question, and starts again with our answer.
    """

    slug = "agency-not-answered"
    why = _("%(agency)s has not answered the referral")
    act = _("Call the agency, or ask the next one")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.VICTIM
    announces = True
    owes = Owes.AGENCY

    def occurrences(self, at: datetime) -> Occurrences:
        """Referrals from when they were sent, and from each answer of ours; met when the agency acts."""
        asked = Question.objects.filter(referral=OuterRef("pk"))
        asked_again = Question.objects.filter(
            referral=OuterRef("referral"), asked_at__gt=OuterRef("asked_at")
        )
        return occurrences_of(
            sent(),
            **of_referral(),
            agency_id=F("agency"),
            occurrence=F("pk"),
            since=F("sent_at"),
            met_at=Least(F("accepted_at"), F("declined_at"), first(asked, "asked_at")),
        ).union(
            occurrences_of(
                Question.objects.filter(answered_at__isnull=False),
                **of_referral("referral"),
                agency_id=F("referral__agency"),
                occurrence=F("pk"),
                since=F("answered_at"),
                met_at=Least(
                    F("referral__accepted_at"),
                    F("referral__declined_at"),
                    first(asked_again, "asked_at"),
                ),
            ),
            all=True,
        )


class AgencyNotReachedPerson(Rule):
    """An agency that accepted a referral reaches the person; until then nobody supports them. [ux 4.2]"""

    slug = "agency-not-reached-person"
    why = _("%(agency)s accepted, but has not reached the person")
    act = _("Ask the agency whether they have reached the person, or ask the next one")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.VICTIM
    owes = Owes.AGENCY

    def occurrences(self, at: datetime) -> Occurrences:
        """Referrals from their acceptance; met by the first contact."""
        return occurrences_of(
            sent().filter(accepted_at__isnull=False),
            **of_referral(),
            agency_id=F("agency"),
            occurrence=F("pk"),
            since=F("accepted_at"),
            met_at=F("first_contact_at"),
        )


class AgencyReviewDue(Rule):
    """An agency that supports somebody looks with them at how it goes, on the day that they agreed. [ux 4.2]"""

    slug = "agency-review-due"
    why = _("%(agency)s has not reviewed the support with the person")
    act = _("Ask the agency how the support goes")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.VICTIM
    owes = Owes.AGENCY

    def occurrences(self, at: datetime) -> Occurrences:
        """Reviews from when they were agreed; met when held, void when the support ends."""
        return occurrences_of(
            SupportReview.objects.all(),
            **(of_referral("referral") | {"clock": Value("standard")}),
            agency_id=F("agency"),
            occurrence=F("pk"),
            since=F("agreed_at"),
            agreed_at=at_close_of_day("due_on"),
            met_at=F("held_at"),
        )


class ReferralDeclined(Rule):
    """What an agency declined, stopped early or left unmet is looked after the same working day. [I9]

    Whoever holds the case is told at once. It is sent elsewhere, or somebody records why no other support is needed.
    """

    slug = "referral-declined"
    why = _("%(agency)s will not support the person, stopped early, or left a need unmet")
    act = _("Send it to another agency, or say why not")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.VICTIM
    interrupts = True
    announces = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Referrals from their decline or unfinished end; met by a decision, or once each need is asked about anew."""
        unmet = Func(
            F("outcomes"),
            template="""jsonb_path_exists(%(expressions)s, '$.* ? (@ == "unmet")')""",
            output_field=BooleanField(),
        )
        ended = Coalesce(
            F("declined_at"),
            Case(
                When(Q(status=ReferralStatus.ENDED_EARLY) | Q(left_unmet=True), then=F("ended_at"))
            ),
        )
        left = Case(
            When(status=ReferralStatus.COMPLETED, then=_unmet_of(F("outcomes"))),
            default=F("needs"),
        )
        whose = of_referral() | {"clock": Value("standard"), "void_at": F("case__closed_at")}
        return occurrences_of(
            sent()
            .annotate(left_unmet=unmet)
            .annotate(support_ended_at=ended)
            .filter(support_ended_at__isnull=False),
            **whose,
            occurrence=F("pk"),
            since=F("support_ended_at"),
            met_at=Least(F("decline_handled_at"), _asked_anew(left, since="support_ended_at")),
        )


def _asked_anew(needs: Any, *, since: str, or_open: bool = False) -> Func:
    """When each of the needs was asked about since, `or_open` of somebody who is asked already."""
    return Func(
        F("case"),
        needs,
        F(since),
        Value(or_open),
        function="referrals_asked_anew",
        output_field=DateTimeField(),
    )


class ReferralCalledOff(Rule):
    """What an agency was asked about until the police called it off is asked of another, or it is said why not. [I9]

    Passing a referral on may leave a need behind that the next agency does not meet.
    """

    slug = "referral-called-off"
    why = _(
        "The referral to %(agency)s was called off, and nobody is asked about all that it was for"
    )
    act = _("Ask another agency, or say why not")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Sent referrals since they were called off; met by a reason, or while each need is asked about otherwise.

        Whoever took back their agreement decides themselves what they are asked about next.
        """
        taken_back = Q(
            status=ReferralStatus.WITHDRAWN, disclosure__emptied_reason="consent_withdrawn"
        )
        whose = of_referral() | {"clock": Value("standard"), "void_at": F("case__closed_at")}
        return occurrences_of(
            sent()
            .filter(status__in=CALLED_OFF)
            .exclude(taken_back)
            .annotate(off_at=Coalesce("withdrawn_at", "changed_at")),
            **(whose | {"void_reason": Value(CASE_CLOSED)}),
            occurrence=F("pk"),
            since=F("off_at"),
            met_at=Least(
                F("decline_handled_at"), _asked_anew(F("needs"), since="off_at", or_open=True)
            ),
        )


def _unmet_of(outcomes: F) -> Func:
    return Func(
        outcomes,
        template="""ARRAY(SELECT o.key::varchar FROM jsonb_each_text(%(expressions)s) o WHERE o.value = 'unmet')""",
        output_field=ArrayField(CharField()),
    )


class AgencyQuestion(Rule):
    """An agency's question about a referral is answered; until then our clock runs, not theirs. [ux 4.2]"""

    slug = "agency-question"
    why = _("%(agency)s asks a question about the referral")
    act = _("Answer the question")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Questions from when they were asked; met by the answer, void when the agency decides without it."""
        whose = of_referral("referral")
        decided = (F("referral__accepted_at"), F("referral__declined_at"))
        return occurrences_of(
            Question.objects.all(),
            **(whose | {"clock": Value("standard"), "void_at": Least(whose["void_at"], *decided)}),
            occurrence=F("pk"),
            since=F("asked_at"),
            met_at=F("answered_at"),
        )


class CapacityStale(Rule):
    """An agency says again how many places a service has free: what it said goes stale. [force]

    The specialist lead of the first force that the service works in holds it; the agency's people are told.
    """

    slug = "capacity-stale"
    why = _("%(agency)s has not said lately how many places it has free: %(service)s")
    act = _("Ask the agency to bring its capacity up to date")
    page = "referrals:agencies"
    page_of = "nobody"
    owes = Owes.AGENCY

    def occurrences(self, at: datetime) -> Occurrences:
        """Services since they were listed, then each word on their capacity; met by the next word."""
        first_word = CapacityWord.objects.filter(service=OuterRef("pk"))
        next_word = CapacityWord.objects.filter(service=OuterRef("service"), at__gt=OuterRef("at"))
        return occurrences_of(
            Service.objects.annotate(works_in=_first_force("pk")).filter(works_in__isnull=False),
            **_of_service(),
            occurrence=F("pk"),
            since=F("listed_at"),
            met_at=first(first_word),
        ).union(
            occurrences_of(
                CapacityWord.objects.annotate(works_in=_first_force("service")).filter(
                    works_in__isnull=False
                ),
                **_of_service("service"),
                occurrence=F("pk"),
                since=F("at"),
                met_at=first(next_word),
            ),
            all=True,
        )


def _of_service(path: str = "") -> dict[str, Any]:
    step = f"{path}__" if path else ""
    gone = Q(**{f"{step}is_active": False}) | Q(**{f"{step}agency__is_active": False})
    return {
        "subject_id": F(path or "pk"),
        "force_id": F("works_in"),
        "agency_id": F(f"{step}agency"),
        "void_at": Case(When(gone, then=F(f"{step}changed_at"))),
        "void_reason": Value("not-offered"),
        "words": named(agency=f"{step}agency__name", service=f"{step}name"),
    }


def _first_force(service: str) -> Coalesce:
    """The first of the forces that it works in; one with a specialist lead before one without."""
    works_in = Service.forces.through.objects.filter(service=OuterRef(OuterRef(service)))
    lead = RoleHeld.objects.filter(
        user__force=OuterRef("pk"), user__is_active=True, role=Role.SPECIALIST_LEAD
    )
    forces = Force.objects.annotate(has_lead=Exists(lead)).order_by("-has_lead", "slug")
    return Coalesce(
        Subquery(forces.filter(pk__in=works_in.values("force")).values("pk")[:1]),
        Subquery(forces.values("pk")[:1]),
    )


class DisclosureStale(Rule):
    """An agency that was told how to reach the person is told when that changes. [force]

    It may phone a number that somebody else now answers.
    """

    slug = "disclosure-stale"
    why = _("How to reach the person has changed, and %(agency)s still has the old way")
    act = _("Send the agency the safe contact rules as they are now")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.DANGER
    interrupts = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Rules set after an open referral shared them, and merges that make others count; met when it has them.

        A rule of a record that is merged counts from when it is set; what it said before the merge, with the merge.
        """
        own, joined = "victim__cases__support_referrals", "case__support_referrals"
        merges = CaseEvent.objects.filter(kind__in=JOINED)
        found = _not_given(_shared_before(merges, "at", joined), "at", joined).union(
            _not_given(_shared_before(SafeContact.objects.all(), "set_at", own), "set_at", own),
            all=True,
        )
        for path in ("merged_into", "merged_records", "merged_into__merged_records"):
            to = f"victim__{path}__cases__support_referrals"
            merged = CaseEvent.objects.filter(
                case=OuterRef(f"{to}__case"), kind=EventKind.MERGED, at__lte=OuterRef("set_at")
            )
            elsewhere = _shared_before(SafeContact.objects.all(), "set_at", to)
            elsewhere = elsewhere.annotate(read_in=F(f"{to}__case__victim"))
            elsewhere = elsewhere.filter(Exists(merged), ~Q(read_in=F("victim")))
            found = found.union(_not_given(elsewhere, "set_at", to), all=True)
        return found


def _shared_before(changes: QuerySet[Any], since: str, to: str) -> QuerySet[Any]:
    """Changes with each referral that `to` leads to and that had shared how to reach the person before."""
    return changes.filter(
        **{
            f"{to}__sent_at__lt": F(since),
            f"{to}__items__contains": [Item.SAFE_CONTACT.value],
        }
    )


def _not_given(changed: QuerySet[Any], since: str, to: str) -> Occurrences:
    whose = of_referral(to)
    given_at = f"{to}__disclosure__disclosed_at"
    over = Least(whose["void_at"], F(f"{to}__declined_at"), F(f"{to}__disclosure__emptied_at"))
    return occurrences_of(
        changed,
        **(whose | {"void_at": over, "clock": Value("standard")}),
        occurrence=F("pk"),
        since=F(since),
        met_at=Case(When(**{f"{given_at}__gte": F(since)}, then=F(given_at))),
    )


class AgencyHasNotSeen(Rule):
    """An agency knows what the police ended or changed in a referral: it may still act on what it read. [P24]

    Its people are told at once. A read referral, a received webhook and a phone call show that it knows.
    """

    slug = "agency-has-not-seen"
    why = _("%(agency)s has not seen that its referral was ended or changed")
    act = _("Phone the agency and tell it, then record that you did")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.VICTIM
    interrupts = True
    announces = True
    blocks_closing = True
    owes = Owes.AGENCY

    def occurrences(self, at: datetime) -> Occurrences:
        """What ended referrals, and new rules for reaching the person; met when the agency knows."""
        received = Delivery.objects.filter(event=OuterRef("pk"), delivered_at__isnull=False)
        withdrawn = When(type=EventType.WITHDRAWN, then=Value("standard"))
        renewed = DisclosureEvent.objects.filter(kind=DisclosureKind.RENEWED)
        over = Least(_called_off("referral__"), F("referral__declined_at"), F("referral__ended_at"))
        return occurrences_of(
            Event.objects.filter(ends(), agency__sandbox_of=None),
            **_known_to_agency(),
            clock=Case(withdrawn, default=Value("urgent")),
            met_at=Least(first(looks()), first(calls()), first(received, "delivered_at")),
        ).union(
            occurrences_of(
                renewed,
                **(_known_to_agency() | {"void_at": over, "void_reason": Value("referral-ended")}),
                clock=Value("urgent"),
                met_at=Least(first(looks()), first(calls())),
            ),
            all=True,
        )


def _known_to_agency() -> dict[str, Any]:
    return of_case("referral__case") | {
        "subject_id": F("referral"),
        "agency_id": F("agency"),
        "words": named(agency="agency__name"),
        "occurrence": F("pk"),
        "since": F("at"),
    }
