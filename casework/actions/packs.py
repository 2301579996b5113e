"""The room of what is prepared to be given away: made, redacted, reviewed by a second person, dropped."""

import json
from collections.abc import Collection
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from accounts.scoping import NotVisible
from accounts.states import move
from casework.actions.history import lock_case, write_line
from casework.models import (
    Case,
    EventKind,
    Happening,
    InvestigationEvent,
    Pack,
    PackItem,
    PackKind,
    PackLift,
    PackStatus,
)
from casework.packs import (
    HIDDEN,
    SENSITIVE,
    Document,
    Entry,
    Found,
    Others,
    Segment,
    Written,
    as_text,
    hidden,
    hide_more,
    read,
)
from pages.due import london_date

K, S = PackKind, PackStatus


@transaction.atomic
def make_pack(*, case: Case, kind: str, by: Actor) -> Pack:
    """A copy of the record as it is now, with everybody but the person hidden, for its preparer to go through."""
    check(by, Permission.PACK_PREPARE)
    now, locked = clocks.now(), lock_case(case, by=by)
    asked = open_request(locked) if kind == K.SUBJECT_ACCESS else None
    pack = add(
        Pack(
            scope_id=locked.scope_id,
            case=locked,
            at=now,
            by_id=by.person_id,
            recorded_at=now,
            kind=kind,
            asked=asked,
        )
    )
    found = read(locked, by)
    others = Others.in_record(found)
    PackItem.objects.bulk_create(
        _item(pack, position, each, others) for position, each in enumerate(found, 1)
    )
    write_line(
        locked,
        EventKind.PACK,
        verb="pack.made",
        by=by,
        recorded_at=now,
        made_for=str(kind),
        pack=str(pack.pk),
        items=len(found),
    )
    return pack


def open_request(case: Case) -> InvestigationEvent | None:
    """The latest time that they asked what we hold, and were not answered [T38]."""
    answers = case.happenings.filter(answers=OuterRef("pk"), kind=Happening.DATA_GIVEN)
    answered = Exists(answers)
    asked = case.happenings.filter(~answered, kind=Happening.DATA_ASKED)
    return asked.order_by("-at", "-recorded_at").first()


def _item(pack: Pack, position: int, found: Found, others: Others) -> PackItem:
    why = str(SENSITIVE.get(found.label, "")) if pack.kind == K.SCHEDULE else ""
    described = found.name[:1].upper() + found.name[1:]
    if found.at:
        described = _("%(what)s, %(day)s") % {"what": described, "day": london_date(found.at)}
    return PackItem(
        scope_id=pack.scope_id,
        pack=pack,
        position=position,
        subject=found.label.lower(),
        subject_id=found.pk,
        recorded_at=found.at,
        content=json.dumps(hidden(found, others)),
        description=described,
        sensitive=bool(why),
        why=why,
    )


def written(item: PackItem) -> Written:
    """The lines of an item, each in pieces."""
    return [
        (label, [(text, whose, key) for text, whose, key in pieces])
        for label, pieces in json.loads(item.content)
    ]


@transaction.atomic
def lift(*, item_id: UUID, key: int, reason: str, by: Actor) -> PackLift:
    """What was hidden may be read after all."""
    item = _item_in_work(item_id, by=by)
    if key not in {
        number for _label, pieces in written(item) for _t, _w, number in pieces if number
    }:
        raise Conflict(_("Nothing is hidden under this number. Look again."))
    lifted = add(
        PackLift(
            scope_id=item.scope_id,
            item=item,
            key=key,
            at=clocks.now(),
            by_id=by.person_id,
            reason=reason,
        )
    )
    audit.record("pack.lifted", by=by, of=item.pack, item=item.position, key=key)
    return lifted


@transaction.atomic
def hide(*, item_id: UUID, words: str, by: Actor) -> int:
    """These words are hidden in the item too; answers how often they were found."""
    item = _item_in_work(item_id, by=by)
    more, count = hide_more(written(item), words)
    if not count:
        raise Conflict(_("These words cannot be read in it. Type them as they stand there."))
    item.content = json.dumps(more)
    item.save(update_fields=["content"])
    audit.record("pack.hidden", by=by, of=item.pack, item=item.position, count=count)
    return count


@transaction.atomic
def judge_item(
    *,
    item_id: UUID,
    withheld: bool,
    sensitive: bool,
    why: str,
    by: Actor,
    description: str = "",
) -> PackItem:
    """An item is left out (it would prejudice something) or sensitive, with the reason; or it is neither."""
    item = _item_in_work(item_id, by=by)
    item.withheld, item.sensitive = withheld, sensitive
    item.why = why if withheld or sensitive else ""
    item.description = description or item.description
    check_row(item)
    item.save(update_fields=["withheld", "sensitive", "why", "description"])
    audit.record(
        "pack.judged",
        by=by,
        of=item.pack,
        item=item.position,
        withheld=withheld,
        sensitive=sensitive,
    )
    return item


@transaction.atomic
def submit_pack(*, pack_id: UUID, by: Actor) -> Pack:
    """Its preparer has been through all of it: a second person reviews it."""
    pack = _pack(pack_id, by=by)
    _only_preparer(pack, by)
    pack.submitted_at, pack.reviewed_at, pack.reviewed_by = clocks.now(), None, None
    return move(pack, S.REVIEW, by=by, save=("submitted_at", "reviewed_at", "reviewed_by"))


@transaction.atomic
def review_pack(*, pack_id: UUID, agreed: bool, note: str, by: Actor) -> Pack:
    """A second person lets it leave as it is, or gives it back; never whoever prepared it."""
    check(by, Permission.PACK_REVIEW)
    pack = _pack(pack_id, by=by)
    if pack.by_id == by.id:
        raise Refused(_("You prepared it. A second person must review it."), verb="pack.review")
    if pack.status != S.REVIEW:
        raise Conflict(_("It does not wait for a review: somebody may have decided already."))
    pack.reviewed_at, pack.reviewed_by_id, pack.review_note = clocks.now(), by.person_id, note
    pack.digest = digest_of(pack) if agreed else ""
    return move(
        pack,
        S.READY if agreed else S.DRAFT,
        by=by,
        save=("reviewed_at", "reviewed_by", "review_note", "digest"),
    )


@transaction.atomic
def drop_pack(*, pack_id: UUID, by: Actor) -> Pack:
    """It will not leave."""
    check(by, Permission.PACK_PREPARE)
    return move(_pack(pack_id, by=by), S.DROPPED, by=by)


def digest_of(pack: Pack) -> str:
    """SHA-256 of everything that leaves with it."""
    return sha256("\n\f\n".join(map(as_text, documents(pack))).encode()).hexdigest()


def documents(pack: Pack) -> list[Document]:
    """What leaves: of a schedule the list without sensitive items and the one of them, apart, for other readers."""
    items = list(
        PackItem.objects.reached_from(pack=pack).prefetch_related("lifts").order_by("position")
    )
    if pack.kind == K.SCHEDULE:
        plain = [item for item in items if not (item.sensitive or item.withheld)]
        closed = [item for item in items if item.sensitive and not item.withheld]
        return [
            Document(
                "c",
                _("Schedule of relevant non-sensitive unused material (MG6C)"),
                [Entry(f"{number}. {item.description}") for number, item in enumerate(plain, 1)],
            ),
            Document(
                "d",
                _("Schedule of relevant sensitive unused material (MG6D): not for the defence"),
                [
                    Entry(f"{number}. {item.description}", [(_("Why it is sensitive"), item.why)])
                    for number, item in enumerate(closed, 1)
                ],
            ),
        ]
    told = [_told(item) for item in items if not item.withheld]
    return [Document("pack", _("What we hold about you"), told, _left_out(items))]


def _told(item: PackItem) -> Entry:
    lifted = {each.key for each in item.lifts.all()}
    lines = [
        (label, "".join(shown(piece, lifted) for piece in pieces))
        for label, pieces in written(item)
    ]
    return Entry(f"{item.position}. {item.description}", lines)


def shown(piece: Segment, lifted: Collection[int]) -> str:
    """A piece as its reader sees it."""
    text, whose, key = piece
    return text if not whose or key in lifted else _("[hidden: %s]") % HIDDEN[whose]


def _left_out(items: list[PackItem]) -> str:
    count = sum(item.withheld for item in items)
    if not count:
        return ""
    # That something is left out is said; what, and why, would tell what must not be told [DPA 2018 s45(5)].
    return (
        ngettext(
            "%d record is left out, as the law allows. You may ask the Information Commissioner to check that.",
            "%d records are left out, as the law allows. You may ask the Information Commissioner to check that.",
            count,
        )
        % count
    )


def _pack(pack_id: UUID, *, by: Actor) -> Pack:
    pack = Pack.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=pack_id).first()
    if pack is None:
        raise NotVisible(Pack._meta.label)
    return pack


def _item_in_work(item_id: UUID, *, by: Actor) -> PackItem:
    item = PackItem.objects.visible_to(by).filter(pk=item_id).first()
    if item is None:
        raise NotVisible(PackItem._meta.label)
    item.pack = _pack(item.pack_id, by=by)
    _only_preparer(item.pack, by)
    if item.pack.status != S.DRAFT:
        raise Conflict(_("It is with a second person, or done: it cannot be changed now."))
    return item


def _only_preparer(pack: Pack, by: Actor) -> None:
    check(by, Permission.PACK_PREPARE)
    if pack.by_id != by.id:
        raise Refused(
            _("Only whoever began it prepares it, so that somebody else can review it."),
            verb="pack.prepare",
        )
