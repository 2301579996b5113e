"""The room of how an investigation reads: what happened and was decided, newest first, and whether they know."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import (
    SERVED,
    TO_BE_TOLD,
    Case,
    Decision,
    EventKind,
    Happening,
    ImmigrationShare,
    Informed,
    InvestigationEvent,
    NrmEvent,
    NrmStatus,
    Section45,
)
from pages.due import london_date, on_the_wall

# What was said of each event and decision, by its id.
Known = dict[UUID | None, Informed]


@dataclass(frozen=True)
class Entry:
    """One thing on the timeline: `told` says whether the person knows, empty where nobody must tell them."""

    title: str
    at: datetime
    by: str
    text: str = ""
    facts: tuple[str, ...] = ()
    told: str = ""
    untold: bool = field(default=False)


def timeline(case: Case) -> list[Entry]:
    """Crimes, the national referral, the investigation, section 45, sharing: one list, newest first."""
    informed = {row.happening_id or row.decision_id: row for row in case.informed.all()}
    entries = [
        *_of_crimes(case),
        *_of_referral(case, informed),
        *(
            _of_happening(event, informed)
            for event in case.happenings.select_related("by", "crime")
        ),
        *(_of_section_45(found) for found in case.section_45s.select_related("by")),
        *(_of_share(share) for share in case.immigration_shares.select_related("by")),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _name(person: User | None) -> str:
    return person.name if person else _("Holdfast")


def _of_crimes(case: Case) -> Iterable[Entry]:
    for crime in case.crimes.select_related("by"):
        facts = (crime.number, crime.other_force) if crime.other_force else (crime.number,)
        title = str(EventKind.CRIME.label)
        yield Entry(title, crime.at, _name(crime.by), facts=facts)


def _of_referral(case: Case, informed: Known) -> Iterable[Entry]:
    for referral in case.nrm_referrals.select_related("by"):
        yield Entry(str(NrmStatus.SUBMITTED.label), referral.at, _name(referral.by))
    for notified in case.duties_to_notify.select_related("by"):
        yield Entry(str(EventKind.DUTY_TO_NOTIFY.label), notified.at, _name(notified.by))
    for event in case.nrm_events.select_related("by"):
        kind = Decision(event.kind)
        told, untold = _knows(informed.get(event.pk), kind in SERVED)
        yield Entry(
            str(kind.label),
            event.at,
            _name(event.by),
            event.note,
            tuple(_dates(event)),
            told,
            untold,
        )


def _dates(event: NrmEvent) -> Iterable[str]:
    if event.reference:
        yield _("Reference %s.") % event.reference
    if event.received_at:
        yield _("We heard on %s.") % london_date(event.received_at)
    if event.until:
        yield _("Until %s.") % london_date(event.until)


def _of_happening(event: InvestigationEvent, informed: Known) -> Entry:
    facts = []
    if event.suspect:
        facts.append(_("Suspect %s.") % event.suspect)
    if event.crime:
        facts.append(_("Crime %s.") % event.crime.number)
    if event.hearing_at:
        facts.append(_("Hearing: %s.") % on_the_wall(event.hearing_at, event.at))
    kind = Happening(event.kind)
    told, untold = _knows(informed.get(event.pk), kind in TO_BE_TOLD)
    return Entry(str(kind.label), event.at, _name(event.by), event.note, tuple(facts), told, untold)


def _knows(row: Informed | None, must_know: bool) -> tuple[str, bool]:
    """Whether the person knows, in words, and whether they still must be told."""
    if row is None:
        return (_("They have not been told yet."), True) if must_know else ("", False)
    if row.why_not:
        return _("They were not told: %s") % row.why_not, False
    how = {
        "who": row.get_teller_display(),
        "how": row.get_channel_display().lower(),
        "day": london_date(row.at),
    }
    return _("They know. %(who)s: %(how)s, %(day)s.") % how, False


def _of_section_45(found: Section45) -> Entry:
    title = _("Section 45 considered")
    listed = _("In Schedule 4.") if found.schedule_4 else _("Not in Schedule 4.")
    if found.reviewed_at is None:
        review = _("No second officer has reviewed it yet.")
    elif found.agreed:
        review = _("A second officer agreed.")
    else:
        review = _("A second officer sent it back: %s") % found.review_note
    facts = (f"{found.offence}. {listed}", str(found.get_outcome_display()), review)
    return Entry(title, found.at, _name(found.by), found.findings, facts)


def _of_share(share: ImmigrationShare) -> Entry:
    if share.decided_at is None:
        state = _("Nobody has decided yet, so nothing may be shared.")
    elif not share.approved:
        state = _("It must not be shared: %s") % share.decision_note
    elif share.shared_at is None:
        state = _("It may be shared, and has not been.")
    else:
        state = _("Shared on %s.") % london_date(share.shared_at)
    title = _("Asked to tell immigration enforcement")
    facts = (share.recipient, _("Basis: %s") % share.basis, state)
    return Entry(title, share.at, _name(share.by), share.what, facts)
