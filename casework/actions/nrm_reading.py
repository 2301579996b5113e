"""The room of the second reader: what the Home Office is told is read by somebody in date for it [domain 6.3].

Nothing waits for a reader whose delay would harm the person: it may go unread with a reason, and is read then.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from accounts.scoping import NotVisible
from casework.actions.history import lock_open_case, write_line
from casework.models import Case, EventKind, NrmReading, NrmSubmission, ReadingStep, Verdict
from casework.proposals import Lack, as_lack
from clocks import LONDON
from training.models import Purpose
from training.rules import shortfalls_of


class NotRead(Conflict):
    """Whoever sends it is not in date, nobody who is has read it, and no reason is given."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You are not in date for this, and nobody who is has read it as it stands."
                " Ask somebody to read it, or say why it could not wait."
            )
        )


def lacked_by(by: Actor, *, on: date) -> list[Lack]:
    """The courses without which somebody else reads what this officer sends; none for whoever is in date."""
    found = shortfalls_of([by.person_id], purpose=Purpose.NRM, on=on)[by.person_id]
    return [as_lack(each) for each in found if each.blocks]


def is_read(case: Case, *, digest: str, sender: Actor) -> bool:
    """Whether somebody in date, other than whoever sends them, found just these answers fit to go."""
    rows = NrmReading.objects.visible_to(sender).filter(case=case, verdict=Verdict.FIT)
    return bool(digest) and rows.filter(digest=digest).exclude(read_by=sender.person_id).exists()


def leave(case: Case, *, by: Actor, at: datetime, digest: str = "", why: str = "") -> None:
    """It may leave; where it leaves unread by anybody in date, it is said why, and reading it is owed.

    `digest` is that of the answers, empty where they are sent outside Holdfast. Raises `NotRead`.
    """
    _asked_first(case, by=by).update(left_at=clocks.now())
    lacking = lacked_by(by, on=at.astimezone(LONDON).date())
    if not lacking or is_read(case, digest=digest, sender=by):
        return
    if not why.strip():
        raise NotRead
    _ask(case, by=by, at=at, sent=True, shortfalls=lacking, why=why.strip(), digest=digest)


@transaction.atomic
def ask_to_read(*, case: Case, by: Actor) -> NrmReading:
    """Somebody in date owes reading what is to be sent. Asked twice is asked once."""
    check(by, Permission.NRM_DECIDE)
    locked, at = lock_open_case(case, by=by), clocks.now()
    if found := _asked_first(locked, by=by).first():
        return found
    lacking = lacked_by(by, on=clocks.today())
    return _ask(locked, by=by, at=at, sent=False, shortfalls=lacking)


def _asked_first(case: Case, *, by: Actor) -> QuerySet[NrmReading]:
    """What somebody is asked to read before it leaves, and has not read yet: one at most."""
    rows = NrmReading.objects.visible_to(by).filter(case=case, sent=False)
    return rows.filter(read_at=None, left_at=None)


def _ask(case: Case, *, by: Actor, at: datetime, sent: bool, **said: object) -> NrmReading:
    reading = add(
        NrmReading(
            scope_id=case.scope_id,
            case=case,
            at=at,
            by_id=by.person_id,
            recorded_at=clocks.now(),
            sent=sent,
            **said,
        )
    )
    step = ReadingStep.UNREAD if sent else ReadingStep.ASKED
    _line(reading, step, verb="nrm.reading_asked", by=by)
    return reading


def readings(case: Case, *, by: Actor) -> list[NrmReading]:
    """Every time that somebody was asked to read it, and it did not leave before: the oldest first."""
    rows = NrmReading.objects.visible_to(by).filter(case=case, left_at=None)
    return list(rows.select_related("by", "read_by").order_by("recorded_at", "pk"))


def why_not(reading: NrmReading, *, by: Actor) -> str:
    """Why this officer cannot be the one who reads it; nothing for somebody who can."""
    if by.person_id == reading.by_id:
        return _("You asked for this. Somebody else reads it.")
    sent = NrmSubmission.objects.visible_to(by).filter(case=reading.case_id, digest=reading.digest)
    if reading.digest and sent.filter(by=by.person_id).exists():
        return _("You sent this. Somebody else reads it.")
    if lacked_by(by, on=clocks.today()):
        return _("You are not in date for this yourself. Somebody who is reads it.")
    return ""


@transaction.atomic
def read_report(
    *, reading: NrmReading, digest: str, standing: str, verdict: str, words: str = "", by: Actor
) -> NrmReading:
    """Somebody in date, who neither asked for it nor sent it, has read these very answers. Read once.

    `digest` is that of what they read, `standing` that of what was sent or would be sent now.
    """
    check(by, Permission.NRM_DECIDE)
    lock_open_case(reading.case, by=by)
    rows = NrmReading.objects.visible_to(by).select_for_update(of=("self",))
    found = rows.filter(pk=reading.pk).select_related("case").first()
    if found is None:
        raise NotVisible(NrmReading._meta.label)
    if sentence := why_not(found, by=by):
        raise Refused(sentence, verb="nrm.read")
    if found.read_at is not None:
        raise Conflict(_("Somebody has read this already."))
    if found.left_at is not None:
        raise Conflict(_("It has left already. Look at what was sent."))
    if digest != standing or (found.sent and digest != found.digest):
        raise Conflict(_("The record changed after you read it. Read again what is sent."))
    found.digest, found.verdict, found.words = digest, verdict, words.strip()
    found.read_at, found.read_by_id = clocks.now(), by.person_id
    check_row(found)
    found.save(update_fields=["digest", "verdict", "words", "read_at", "read_by"])
    _line(found, ReadingStep(f"read_{verdict}"), verb="nrm.read", by=by)
    return found


def _line(reading: NrmReading, step: ReadingStep, *, verb: str, by: Actor) -> None:
    write_line(
        reading.case,
        EventKind.NRM,
        verb=verb,
        by=by,
        recorded_at=clocks.now(),
        reading=str(step),
    )
