"""The room of lists from outside: looked at first, then compared once; each mismatch is owed until looked into."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import Agency
from accounts.permissions import Permission, check
from accounts.rows import check_row
from referrals.models import ListKind, Mismatch, OutsideList
from referrals.outside import AGREES, Found, Unread, compare, compare_rows


class Becomes(TextChoices):
    """What becomes of a mismatch that was found."""

    OWED = "owed", gettext_lazy("will be owed to whoever looks after it")
    OWED_ALREADY = "owed_already", gettext_lazy("is owed already")
    LOOKED_INTO = "looked_into", gettext_lazy("was looked into already")
    ENDS = "ends", gettext_lazy("was owed and ends: this list agrees with our record, or names it")


@transaction.atomic
def preview_list(*, by: Actor, kind: str, agency: Agency | None, content: bytes) -> OutsideList:
    """The list is kept with what would become of each row; nothing is owed yet. `Unreadable` if it is no list."""
    check(by, Permission.LISTS_COMPARE)
    agency = agency if kind == ListKind.AGENCY else None
    made = OutsideList(
        force_id=by.own_force_id,
        kind=kind,
        agency=agency,
        digest=hashlib.sha256(content).hexdigest(),
        uploaded_at=clocks.now(),
        uploaded_by_id=by.person_id,
    )
    check_row(made)
    found = compare(content, kind, agency, by)
    made.rows = _kept(found, made, by)
    made.save(force_insert=True)
    audit.record("list.previewed", by=by, of=made, kind=str(kind), rows=len(found))
    return made


@transaction.atomic
def compare_list(*, by: Actor, upload: OutsideList) -> OutsideList:
    """Every mismatch is owed, and what this list settles is owed no longer. Done twice is done once.

    What a list merely leaves out is not settled: it stays owed until somebody has looked into it.
    """
    check(by, Permission.LISTS_COMPARE)
    upload = OutsideList.objects.select_for_update().get(pk=upload.pk)
    if by.force_id != upload.force_id:
        raise Refused(_("This list belongs to another force."), verb="list.compare")
    if upload.applied_at is not None:
        return upload
    now = clocks.now()
    # Compared again: our record may have changed since it was looked at.
    rows = [_read(row) for row in upload.rows if row["line"]]
    found = compare_rows(rows, upload.kind, upload.agency, by)
    upload.rows = _kept(found, upload, by)
    wanted = [
        _mismatch(each, upload)
        for each, row in zip(found, upload.rows, strict=False)  # what ends follows
        if row["becomes"] == Becomes.OWED
    ]
    Mismatch.objects.bulk_create(wanted, ignore_conflicts=True)
    gone = [row.pk for row in _settled(found, _of_list(upload, by).pending())]
    Mismatch.objects.visible_to(by).filter(pk__in=gone).update(agreed_at=now)
    upload.applied_at = now
    upload.save(update_fields=["rows", "applied_at"])
    audit.record("list.compared", by=by, of=upload, owed=len(wanted), agreed=len(gone))
    return upload


@transaction.atomic
def resolve_mismatch(*, by: Actor, mismatch_id: UUID, note: str) -> Mismatch:
    """Somebody looked into it and says what they found. `Conflict` if it is owed no longer, or nothing is said."""
    check(by, Permission.LISTS_RESOLVE)
    found = (
        Mismatch.objects.visible_to(by)
        .select_for_update(of=("self",))
        .get_visible(by, pk=mismatch_id)
    )
    if found.resolved_at or found.agreed_at:
        raise Conflict(_("This was looked into already, or a later list agrees with our record."))
    found.resolved_at, found.resolved_by_id, found.note = clocks.now(), by.person_id, note.strip()
    check_row(found)
    found.save(update_fields=["resolved_at", "resolved_by", "note"])
    audit.record("mismatch.resolved", by=by, of=found, kind=found.kind)
    return found


def _kept(found: list[Found], upload: OutsideList, by: Actor) -> list[dict[str, Any]]:
    """Each row as it is shown: what it says, what was found, and what becomes of that."""
    earlier = list(_of_list(upload, by).select_related("found_in"))
    pending = {_key(row) for row in earlier if not (row.resolved_at or row.agreed_at)}
    looked_into = {
        _key(row)
        for row in earlier
        # What a list leaves out is looked into again with the next one, but not with the same file.
        if row.resolved_at and (row.stage or row.found_in.digest == upload.digest)
    }

    def becomes(each: Found) -> str:
        if not each.is_mismatch:
            return ""
        if each.key in pending:
            return Becomes.OWED_ALREADY
        return Becomes.LOOKED_INTO if each.key in looked_into else Becomes.OWED

    ends = _settled(found, [row for row in earlier if not (row.resolved_at or row.agreed_at)])
    return [
        *(_row(each, each.line, str(each.result), becomes(each)) for each in found),
        *(_row(row, 0, str(row.kind), Becomes.ENDS) for row in ends),
    ]


def _row(said: Found | Mismatch, line: int, result: str, becomes: str) -> dict[str, Any]:
    return {
        "line": line,
        "reference": said.reference,
        "stage": said.stage,
        "on": said.on.isoformat() if said.on else "",
        "result": result,
        "becomes": str(becomes),
    }


def _settled(found: list[Found], pending: Iterable[Mismatch]) -> list[Mismatch]:
    """What was owed and this list settles: it names it and agrees; of what was left out, it names it."""
    named = {about for each in found if each.line for about in _about(each)}
    agreed = {
        about for each in found if each.line and each.result == AGREES for about in _about(each)
    }
    return [
        row
        for row in pending
        if not _about(row).isdisjoint(agreed if row.stage else agreed | named)
    ]


def _about(said: Found | Mismatch) -> set[str | UUID]:
    """What a row or a mismatch is about: its reference, and the referral that it was found to be of."""
    referral = said.referral.pk if isinstance(said, Found) and said.referral else None
    if isinstance(said, Mismatch):
        referral = said.referral_id
    return {about for about in (said.reference, referral) if about}


def _read(row: dict[str, Any]) -> Found:
    on = date.fromisoformat(row["on"]) if row["on"] else None
    unread = (
        row["result"] if row["result"] in Unread.values and row["result"] != Unread.TWICE else ""
    )
    return Found(row["line"], row["reference"], row["stage"], on, unread)


def _of_list(upload: OutsideList, by: Actor) -> Any:
    rows = Mismatch.objects.visible_to(by).filter(force=upload.force_id)
    return rows.filter(found_in__kind=upload.kind, agency=upload.agency_id)


def _key(row: Mismatch) -> tuple[str, str, str, date | None]:
    return (row.kind, row.reference, row.stage, row.on)


def _mismatch(each: Found, upload: OutsideList) -> Mismatch:
    about = each.nrm or each.referral
    return Mismatch(
        force_id=upload.force_id,
        scope_id=about.scope_id if about else None,
        case_id=about.case_id if about else None,
        found_in=upload,
        agency_id=upload.agency_id,
        nrm=each.nrm,
        referral=each.referral,
        kind=each.result,
        reference=each.reference,
        stage=each.stage,
        on=each.on,
        found_at=clocks.now(),
    )
