"""The room of the rules about what the person must be told: each by the Victims' Code, sooner with enhanced rights."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Case, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from casework.models import Happening, Informed, InvestigationEvent, Subject
from followups.rules.base import (
    CASE_CLOSED,
    Occurrences,
    Rule,
    Safety,
    first,
    occurrences_of,
    of_case,
    once,
    sent_cases,
)

NOT_TOLD = "not-told"


def by_rights(path: str = "") -> Case:
    """The clock of enhanced rights, which a case has unless somebody said why not."""
    return Case(
        When(**{f"{path}enhanced": True}, then=Value("enhanced")), default=Value("standard")
    )


def told_of(events: QuerySet[Any], informed: QuerySet[Informed], **said: Any) -> Occurrences:
    """The events as things to tell: met when the person was told, void when it is recorded why not."""
    spared = first(informed.exclude(why_not=""))
    given = {
        "occurrence": F("pk"),
        "since": F("at"),
        "clock": by_rights("case__"),
        "met_at": first(informed.filter(why_not="")),
        "void_at": Least(F("case__closed_at"), F("spared_at")),
        "void_reason": Case(
            When(spared_at__isnull=False, then=Value(NOT_TOLD)), default=Value(CASE_CLOSED)
        ),
    }
    return occurrences_of(events.annotate(spared_at=spared), **(of_case("case") | given | said))


class Telling(Rule):
    """The person is told of what happened in the investigation. [Victims' Code Right 6]

    No case is closed over something that they were neither told nor spared for a reason.
    """

    kinds: ClassVar[tuple[str, ...]] = ()
    act = _("Tell them the safe way, or record why not")
    page = "casework:inform"
    safety = Safety.VICTIM
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """What happened, since it happened; met when they were told of it."""
        return told_of(
            InvestigationEvent.objects.filter(kind__in=self.kinds),
            Informed.objects.filter(happening=OuterRef("pk")),
        )


class Once(Rule):
    """The person is told something that everybody who reports is told. [Victims' Code Rights 3 and 5]"""

    subject: ClassVar[str]
    page = "casework:inform"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Cases from their log; met when they were told, void when it is recorded why not."""
        informed = Informed.objects.filter(case=OuterRef("pk"), subject=self.subject)
        spared = first(informed.exclude(why_not=""))
        return once(
            sent_cases().annotate(spared_at=spared),
            first(informed.filter(why_not="")),
            clock=by_rights(),
            void_at=Least(F("closed_at"), F("spared_at")),
            void_reason=Case(
                When(spared_at__isnull=False, then=Value(NOT_TOLD)), default=Value(CASE_CLOSED)
            ),
        )


class ReportNotAcknowledged(Once):
    """They have it in writing: the crime number, who their officer is, what happens next. [T12]"""

    slug = "report-not-acknowledged"
    why = _("They have nothing in writing about their report yet")
    act = _("Give it to them in writing, the safe way")
    subject = Subject.REPORT


class CompensationNotTold(Once):
    """They know how they can ask for compensation. [Victims' Code Right 5]"""

    slug = "compensation-not-told"
    why = _("Nobody has told them about compensation")
    act = _("Tell them how to ask for compensation")
    subject = Subject.COMPENSATION
    safety = Safety.ROUTINE


class NoInvestigationNotTold(Telling):
    """They are told that there will be no investigation, and why. [T15]"""

    slug = "no-investigation-not-told"
    why = _("They do not know yet that there will be no investigation, and why")
    kinds = (Happening.NOT_INVESTIGATED,)


class ArrestNotTold(Telling):
    """They are told that a suspect was arrested. [T16]"""

    slug = "arrest-not-told"
    why = _("They do not know yet that a suspect was arrested")
    kinds = (Happening.ARRESTED,)


class InterviewNotTold(Telling):
    """They are told that a suspect was interviewed under caution. [T17]"""

    slug = "interview-not-told"
    why = _("They do not know yet that a suspect was interviewed")
    kinds = (Happening.INTERVIEWED,)


class ReleaseNotTold(Telling):
    """They are told of a release, of bail, and of a change to bail. [T18]"""

    slug = "release-not-told"
    why = _("They do not know yet that a suspect was released, or that bail changed")
    kinds = (Happening.BAILED, Happening.BAIL_CHANGED, Happening.RELEASED)
    safety = Safety.DANGER
    interrupts = True


class ChargeNotTold(Telling):
    """They are told of a charge or an out-of-court disposal. [T19]"""

    slug = "charge-not-told"
    why = _("They do not know yet that a suspect was charged, or dealt with out of court")
    kinds = (Happening.CHARGED, Happening.OUT_OF_COURT)


class NoProsecutionNotTold(Telling):
    """They are told that the police end the matter, why, and of the right to review. [T20]"""

    slug = "no-prosecution-not-told"
    why = _("They do not know yet that the police take no further action, and why")
    act = _("Tell them, give the reasons, and say that they can ask for a review within 3 months")
    kinds = (Happening.NO_FURTHER_ACTION,)


class ProsecutorsNotTold(Telling):
    """They are told that prosecutors do not charge, stop, or change the charge. [T21]"""

    slug = "prosecutors-decision-not-told"
    why = _("They do not know yet what the prosecutors decided")
    act = _("Make sure that they know, and that they can ask the prosecutors for a review")
    kinds = (Happening.PROSECUTORS,)


class CourtDateNotTold(Telling):
    """They are told when and where the court sits, and of every change. [T27]"""

    slug = "court-date-not-told"
    why = _("They do not know the court date yet")
    kinds = (Happening.COURT_DATE,)


class OutcomeNotTold(Telling):
    """They are told the verdict, the sentence and of an appeal. [T28]"""

    slug = "outcome-not-told"
    why = _("They do not know yet how the court decided")
    kinds = (Happening.OUTCOME,)


class RecordsRequestNotTold(Telling):
    """They have it in writing before others are asked for records about them: what, why, how. [T31]"""

    slug = "records-request-not-told"
    why = _("They have no written notice that others were asked for records about them")
    act = _("Give them the notice in writing: what was asked for, why, and what is done with it")
    kinds = (Happening.RECORDS_ASKED,)
