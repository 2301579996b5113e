"""The room of how a line of the history reads: what happened, in words, from the codes that the act wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from casework.models import (
    AdviceStep,
    CaseEvent,
    ClosingOutcome,
    ContactOutcome,
    Decision,
    EventKind,
    FileKind,
    GuardianOutcome,
    Happening,
    LostOutcome,
    NrmStatus,
    ReadingStep,
    RowKind,
    Section45Outcome,
    StoppedHow,
    Subject,
    TransferRefusal,
    TransferStatus,
)
from pages.due import on_the_wall
from victims.models import (
    AgeResult,
    Alerted,
    BestInterests,
    ConsentOutcome,
    Disputant,
    FactKind,
    NeedKind,
    Purpose,
    RiskLevel,
    ToldState,
    Topic,
)

# Which list of words a code in `detail` belongs to.
WORDS: dict[tuple[str, str], type[TextChoices]] = {
    (EventKind.CONTACT, "outcome"): ContactOutcome,
    (EventKind.LOST_CONTACT, "outcome"): LostOutcome,
    (EventKind.CONSENT, "outcome"): ConsentOutcome,
    (EventKind.CONSENT, "purpose"): Purpose,
    (EventKind.CONSENT, "how"): StoppedHow,
    (EventKind.CONSENT, "best_interests"): BestInterests,
    (EventKind.CLOSING, "outcome"): ClosingOutcome,
    (EventKind.NRM, "status"): NrmStatus,
    (EventKind.NRM, "what"): Decision,
    (EventKind.NRM, "reading"): ReadingStep,
    (EventKind.INVESTIGATION, "what"): Happening,
    (EventKind.GUARDIAN, "outcome"): GuardianOutcome,
    (EventKind.SECTION_45, "outcome"): Section45Outcome,
    (EventKind.TOLD, "topic"): Topic,
    (EventKind.TOLD, "state"): ToldState,
    (EventKind.RISK, "risk"): RiskLevel,
    (EventKind.EDITED, "row"): RowKind,
    (EventKind.PERSON, "fact"): FactKind,
    (EventKind.AGE, "result"): AgeResult,
    (EventKind.TRANSFER, "step"): TransferStatus,
    (EventKind.TRANSFER, "refusal"): TransferRefusal,
    (EventKind.FILE, "what"): FileKind,
    (EventKind.ADVICE, "what"): AdviceStep,
}

# What was done to a fact about the person, to a file, or while they were missing.
STEPS = {
    "added": _lazy("Added."),
    "replaced": _lazy("Put right; what was recorded before is kept."),
    "ended": _lazy("Taken out; what was recorded before is kept."),
    "missing": _lazy("They are missing."),
    "found": _lazy("They were found."),
    "interviewed": _lazy("They were spoken with about it."),
    "file_infected": _lazy("The virus scanner found something in it. It is locked away."),
    "file_dealt_with": _lazy("What was done about the virus is recorded."),
    "file_taken_out": _lazy("Taken out: nobody can download it any more."),
}


@dataclass(frozen=True)
class Line:
    """One line as it is shown; `keeps` whether what it took out of the account can be read there."""

    title: str
    at: datetime
    by: str
    said: tuple[str, ...]
    text: str
    pk: UUID
    keeps: bool
    guidance: tuple[str, ...] = ()


def lines(events: Iterable[CaseEvent], *, guidance: bool = False) -> list[Line]:
    """The events as lines, in their order; with the cards that stood beside each, where they were asked for too."""
    return [
        Line(
            title=_title(event),
            at=event.at,
            by=event.by.name if event.by else _("Holdfast"),
            said=tuple(_said(event)),
            text=event.text,
            pk=event.pk,
            keeps="taken_out" in event.detail,
            guidance=_guidance(event) if guidance else (),
        )
        for event in events
    ]


def _guidance(event: CaseEvent) -> tuple[str, ...]:
    """The cards that stood beside the step."""
    shown = (each.card for each in event.guidance.all())
    return tuple(
        _("%(title)s, version %(version)d") % {"title": card.title, "version": card.version}
        for card in shown
    )


def _title(event: CaseEvent) -> str:
    named = [
        str(words(event.detail[key]).label)
        for (kind, key), words in WORDS.items()
        if kind == event.kind and event.detail.get(key) in words.values
    ]
    title = str(EventKind(event.kind).label)
    return _("%(what)s: %(named)s") % {"what": title, "named": ", ".join(named)} if named else title


def _said(event: CaseEvent) -> Iterable[str]:
    detail: dict[str, Any] = event.detail
    if next_at := parse_datetime(str(detail.get("next_at", ""))):
        yield _("Next contact by %s.") % on_the_wall(next_at, event.at)
    if until := parse_datetime(str(detail.get("until", ""))):
        yield _("By %s.") % on_the_wall(until, event.at)
    if detail.get("supervisor"):
        yield _("A supervisor must look at this.")
    if detail.get("lost"):
        yield _("Contact is lost: a missing person report must be considered.")
    if detail.get("kinds"):
        needs = [str(NeedKind(kind).label) for kind in detail["kinds"] if kind in NeedKind.values]
        yield _("They need: %s.") % ", ".join(needs)
    if detail.get("disputed_by") in Disputant.values:
        yield _("Disputed by: %s. They are treated as a child.") % str(
            Disputant(detail["disputed_by"]).label
        )
    if detail.get("alerted"):
        told = [str(Alerted(who).label) for who in detail["alerted"] if who in Alerted.values]
        yield _("Told: %s.") % ", ".join(told)
    if step := STEPS.get(str(detail.get("step", ""))):
        yield str(step)
    if detail.get("not_specialist"):
        topics = [str(Topic(topic).label).lower() for topic in detail["not_specialist"]]
        yield _("Only a specialist asks about %s. Why somebody else wrote it down:") % ", ".join(
            topics
        )
    if "taken_out" in detail:
        yield _("Taken out of the account; it is kept here.")
    if detail.get("support_declined"):
        yield _("They want no support from an agency now.")
    if detail.get("is_safe") is False:
        yield _("They are not safe yet.")
    if event.kind == EventKind.TRANSFER and {"from", "to"} <= detail.keys():
        yield _("From %(from)s to %(to)s.") % detail
    yield from _said_of_protection(event)


# What a yes or no in `detail` means, by the line it stands in.
SENTENCES = {
    (EventKind.ENHANCED, "enhanced", True): _lazy("They have enhanced rights."),
    (EventKind.ENHANCED, "enhanced", False): _lazy("They have no enhanced rights."),
    (EventKind.SECTION_45, "agreed", True): _lazy("A second officer agreed."),
    (EventKind.SECTION_45, "agreed", False): _lazy("A second officer sent it back."),
    (EventKind.IMMIGRATION, "approved", True): _lazy("It may be shared."),
    (EventKind.IMMIGRATION, "approved", False): _lazy("It must not be shared."),
    (EventKind.IMMIGRATION, "shared", True): _lazy("It was shared as approved."),
    (EventKind.INFORMED, "told", False): _lazy("They were not told, for this reason:"),
}


def _said_of_protection(event: CaseEvent) -> Iterable[str]:
    about = event.detail.get("about") if event.kind == EventKind.INFORMED else None
    if about:
        yield _("About: %s.") % "; ".join(_about(code) for code in about)
    for (kind, key, value), words in SENTENCES.items():
        if kind == event.kind and event.detail.get(key) is value:
            yield str(words)


def _about(code: str) -> str:
    """ "arrested" or "rg_positive" or "report", in words."""
    lists: tuple[type[TextChoices], ...] = (Happening, Decision, Subject)
    return next((str(words(code).label) for words in lists if code in words.values), code)
