"""The room of the files of a case: added, looked at by the scanner, dealt with, taken out, sent."""

from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

import clocks
from accounts import audit, media
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.kept_files import FileStatus, Sent, bring, check_bytes, judged, named_by, pieces_of
from accounts.media import Judged, NotTaken, judge, plain_name
from accounts.permissions import Permission, check
from accounts.rows import check_row
from accounts.scoping import NotVisible
from casework.actions.history import lock_case, lock_open_case, write_line
from casework.models import Case, CaseFile, EventKind, SaysWhere


@transaction.atomic
def add_file(
    *, case: Case, kind: str, words: str, name: str, content: BinaryIO, by: Actor
) -> CaseFile:
    """The file lies sealed in the strongroom and waits for the scanner; `Conflict` says why it is not taken.

    Its bytes are on the disk before its row is: where the row does not come to be, `tidy` removes them.
    """
    check(by, Permission.FILE_ADD)
    now, locked = clocks.now(), lock_open_case(case, by=by)
    try:
        is_a = judge(content)
    except NotTaken as refused:
        raise Conflict(refused.sentence) from refused
    no_room = _(
        "The files of this case may have %s together, and there is no room for this one."
    ) % filesizeformat(settings.FILES_MOST_A_CASE)
    row = CaseFile(
        scope_id=locked.scope_id,
        case=locked,
        at=now,
        by_id=by.person_id,
        recorded_at=now,
        kind=kind,
        words=words,
        name=plain_name(name),
        says_where=_says_where(is_a),
    )
    made = bring(row, content, is_a.medium, room=_room_in(locked, by=by), no_room=no_room)
    _line(made, "added", "file.added", now, by=by, what=str(kind))
    return made


def _says_where(is_a: Judged) -> SaysWhere:
    return {True: SaysWhere.YES, False: SaysWhere.NO, None: SaysWhere.UNKNOWN}[is_a.gps]


def _room_in(case: Case, *, by: Actor) -> int:
    """How many bytes the case still takes; what was taken out counts, because it is still kept."""
    kept = CaseFile.objects.visible_to(by).filter(case=case).aggregate(size=Sum("size"))["size"]
    return settings.FILES_MOST_A_CASE - (kept or 0)


@transaction.atomic
def deal_with(*, file: CaseFile, words: str, by: Actor) -> CaseFile:
    """Somebody says what was done about a file in which the scanner found something."""
    check(by, Permission.FILE_ADD)
    locked, now = _locked(file, by=by), clocks.now()
    if locked.status != FileStatus.INFECTED or locked.dealt_with_at is not None:
        raise Conflict(_("Nothing is to be done about this file: somebody may have done it."))
    locked.dealt_with_at, locked.dealt_with_by_id, locked.dealt_with = now, by.person_id, words
    check_row(locked)
    locked.save(update_fields=["dealt_with_at", "dealt_with_by", "dealt_with"])
    _line(locked, "file_dealt_with", "file.dealt_with", now, by=by)
    return locked


@transaction.atomic
def take_out(*, file: CaseFile, why: str, by: Actor) -> CaseFile:
    """Nobody can download it any more; that it was there, its hash and why stay until the case is disposed of."""
    check(by, Permission.FILE_ADD)
    locked, now = _locked(file, by=by), clocks.now()
    if locked.taken_out_at is not None:
        raise Conflict(_("It is taken out already."))
    locked.taken_out_at, locked.taken_out_by_id, locked.why_taken_out = now, by.person_id, why
    check_row(locked)
    locked.save(update_fields=["taken_out_at", "taken_out_by", "why_taken_out"])
    _line(locked, "file_taken_out", "file.taken_out", now, by=by)
    return locked


def _locked(file: CaseFile, *, by: Actor) -> CaseFile:
    lock_case(file.case, by=by)
    rows = CaseFile.objects.visible_to(by).select_related("case").select_for_update(of=("self",))
    return rows.get(pk=file.pk)


@transaction.atomic
def scanned(*, file_id: UUID, found: str, by_scanner: str, by: Actor) -> CaseFile | None:
    """The scanner's verdict is kept; None where the file is gone, or somebody was quicker."""
    row = (
        CaseFile.objects.visible_to(by)
        .select_related("case")
        .select_for_update(of=("self",))
        .filter(pk=file_id, status=FileStatus.QUARANTINED)
        .first()
    )
    if row is None:
        return None
    now = clocks.now()
    judged(row, found=found, by_scanner=by_scanner, at=now, by=by)
    if found:
        _line(row, "file_infected", "file.infected", now, by=by)
    return row


def _line(file: CaseFile, step: str, verb: str, now: datetime, *, by: Actor, **detail: Any) -> None:
    write_line(
        file.case,
        EventKind.FILE,
        verb=verb,
        by=by,
        recorded_at=now,
        step=step,
        file=str(file.pk),
        **detail,
    )


def send(token: str, *, by: Actor) -> Sent:
    """The file that the link names, if everything still holds: `NotVisible` in every other case.

    Asked again: who it is, the minute, what they may do and see, and that it is clean. Its bytes are compared
    with their SHA-256 before the first leaves; `Conflict` where they are not those that came.
    """
    check(by, Permission.FILE_TAKE)
    check(by, Permission.EXPORT_TAKE)
    file_id, export = named_by(token, CaseFile, by=by)
    file = CaseFile.objects.select_related("case").get_visible(by, pk=file_id)
    if not file.may_leave:
        raise NotVisible("casework.CaseFile")
    check_bytes(file)
    audit.record("file.sent", by=by, of=file, export=export, digest=file.digest)
    name = f"export-{export}-{file.kind}.{file.suffix}"
    return Sent(file, name, pieces_of(file))


def has_bare_copy(file: CaseFile) -> bool:
    """Whether a copy can be made of the file that does not say where it was made."""
    return file.media_type in {medium.content_type for medium in media.PHOTOGRAPHS}


def without_place(file: CaseFile) -> bytes:
    """The photograph drawn anew, with nothing in it but what is to be seen; `Conflict` where that cannot be."""
    check_bytes(file)
    try:
        bare, _medium = media.without_place(BytesIO(b"".join(pieces_of(file))))
    except NotTaken as refused:
        raise Conflict(refused.sentence) from refused
    return bare
