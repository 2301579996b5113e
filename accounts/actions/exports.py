"""The room of how a file leaves the building: asked for, looked at by a second person when it is long, recorded."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.exported import Export, ExportItem, ExportRequest
from accounts.exports import DOWNLOADS, Content, Download, Kept, Narrowed, Stamp
from accounts.models import User
from accounts.permissions import Permission, check
from accounts.rows import add
from accounts.scoping import NotVisible

# What one person takes in a day of their own accord; counted together, so that ten short lists are a long one.
ALONE = 100
ALONE_IN = timedelta(hours=24)
# Nobody takes more than this: ask for less, more often.
MOST = 10_000
AGREED_FOR = timedelta(hours=24)
AT_ONCE = 500  # rows written in one statement


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why somebody wants a file, and who outside the force will get it (empty: nobody)."""

    reason: str
    words: str
    recipient: str = ""


def needs_second_look(download: Download, rows: int, *, by: Actor) -> bool:
    """Whether, with what they took in the last 24 hours, this is more than one person takes alone."""
    if not download.second_look:
        return False
    lately = Export.objects.visible_to(by).filter(by=by.id, at__gt=clocks.now() - ALONE_IN)
    counted = [each.slug for each in DOWNLOADS.values() if each.second_look]
    lately = lately.filter(request=None, what__in=counted)
    taken = lately.aggregate(rows=Sum("rows"))["rows"] or 0
    return rows > 1 and bool(taken + rows > ALONE)


def waits(download: Download, narrowed: Narrowed, content: Content, *, by: Actor) -> bool:
    """Whether somebody else must look at it, and has not yet agreed to this many rows."""
    rows = len(content.body)
    if not needs_second_look(download, rows, by=by):
        return False
    agreed = agreed_request(download, narrowed, by=by)
    return agreed is None or rows > agreed.rows


def latest_request(download: Download, narrowed: Narrowed, *, by: Actor) -> ExportRequest | None:
    """What the person last asked for of just this and has not taken: it says where that stands."""
    rows = ExportRequest.objects.visible_to(by).select_related("decided_by")
    asked = rows.filter(by=by.id, what=download.slug, narrowed=dict(narrowed), export=None)
    return asked.order_by("-at").first()


def agreed_request(download: Download, narrowed: Narrowed, *, by: Actor) -> ExportRequest | None:
    """The person's own request for just this that somebody agreed to, not yet used and not run out."""
    return (
        ExportRequest.objects.visible_to(by)
        .filter(
            by=by.id,
            what=download.slug,
            narrowed=dict(narrowed),
            agreed=True,
            decided_at__gt=clocks.now() - AGREED_FOR,
            export=None,
        )
        .order_by("-decided_at")
        .first()
    )


@transaction.atomic
def take(
    download: Download, narrowed: Narrowed, content: Content, purpose: Purpose, *, by: Actor
) -> tuple[Export, bytes | str]:
    """The file, marked, and its line in the disclosure record; `Conflict` when a second person must look first.

    Of a file that is kept as it came, the address of its link.
    """
    _may(download, by)
    # One at a time for each person: what they took lately is counted, an agreed request is used once.
    person = User.objects.select_for_update().get(pk=by.person_id)
    rows = len(content.body)
    if rows > MOST:
        raise Conflict(_("This is %d rows, too many for one file. Choose fewer.") % rows)
    if waits(download, narrowed, content, by=by):
        raise Conflict(_("A second person must look at this before it leaves. Ask for it."))
    is_long = needs_second_look(download, rows, by=by)
    request = agreed_request(download, narrowed, by=by) if is_long else None
    at, number = clocks.now(), _next_number()
    stamp = Stamp(number, person.name, person.username, at, purpose.reason, rows)
    body = content.body
    if isinstance(body, Kept):
        leaves: bytes | str = body.link(number)
        size, digest = body.size, body.digest
    else:
        leaves = whole = body.marked(stamp)
        size, digest = len(whole), sha256(whole).hexdigest()
    export = add(
        Export(
            id=number,
            at=at,
            by=person,
            request=request,
            size=size,
            digest=digest,
            items_digest=content.items_digest,
            **_asked(download, narrowed, content, purpose, by),
        )
    )
    items = (
        ExportItem(
            export=export,
            scope_id=item.scope_id,
            subject=item.subject,
            subject_id=item.subject_id,
            reference=item.reference,
        )
        for item in content.items
    )
    ExportItem.objects.bulk_create(items, batch_size=AT_ONCE)
    audit.record(
        "export.taken",
        by=by,
        of=export,
        what=download.slug,
        rows=rows,
        reason=purpose.reason,
        outside=bool(purpose.recipient),
        digest=export.digest,
    )
    return export, leaves


@transaction.atomic
def ask_for(
    download: Download, narrowed: Narrowed, content: Content, purpose: Purpose, *, by: Actor
) -> ExportRequest:
    """Somebody else is to look at a long list before it leaves; `Conflict` when it was asked for already."""
    _may(download, by)
    request = add(
        ExportRequest(
            at=clocks.now(),
            by_id=by.person_id,
            unit_id=by.home_unit_id,
            **_asked(download, narrowed, content, purpose, by),
        )
    )
    audit.record("export.asked", by=by, of=request, what=download.slug, rows=request.rows)
    return request


@transaction.atomic
def decide(*, request_id: UUID, agreed: bool, note: str, by: Actor) -> ExportRequest:
    """A second person agrees that it leaves, within 24 hours, or says why not."""
    check(by, Permission.EXPORT_APPROVE)
    request = (
        ExportRequest.objects.visible_to(by)
        .select_for_update(of=("self",))
        .filter(pk=request_id)
        .first()
    )
    if request is None:
        raise NotVisible(ExportRequest._meta.label)
    if request.by_id == by.id:
        raise Refused(_("Somebody else must look at what you asked for."), verb="export.decide")
    if request.decided_at is not None:
        raise Conflict(_("Somebody has decided this already."))
    request.decided_at, request.decided_by_id = clocks.now(), by.person_id
    request.agreed, request.note = agreed, note
    request.save(update_fields=["decided_at", "decided_by", "agreed", "note"])
    audit.record("export.decided", by=by, of=request, agreed=agreed, rows=request.rows)
    return request


def runs_out_at(request: ExportRequest) -> datetime | None:
    """Until when an agreed request can be used."""
    return request.decided_at + AGREED_FOR if request.agreed and request.decided_at else None


def _may(download: Download, by: Actor) -> None:
    check(by, Permission.EXPORT_TAKE)
    check(by, download.permission)


def _asked(
    download: Download, narrowed: Narrowed, content: Content, purpose: Purpose, by: Actor
) -> dict[str, Any]:
    return {
        "force_id": by.own_force_id,
        "scope_id": content.scope_id,
        "what": download.slug,
        "narrowed": dict(narrowed),
        "rows": len(content.body),
        "reason": purpose.reason,
        "words": purpose.words,
        "recipient": purpose.recipient,
    }


def _next_number() -> int:
    """The number is printed in the file, whose digest the row keeps: it is drawn first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('accounts_export', 'id'))")
        (number,) = cursor.fetchone()
    return int(number)
