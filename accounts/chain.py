"""The room of the audit trail's chain: each event has its place and hash once it is committed [ADR 0016].

Nothing of it is written where an event is written. Whoever reads the chain trusts no code of the database's:
what is hashed of an event stands here.
"""

import hmac
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection

from accounts import audit
from accounts.actors import engine
from accounts.chained import AuditAnchor, AuditDisposal, AuditLink
from accounts.context import acting_as
from accounts.keyring import key_ring

log = logging.getLogger(__name__)
BEGINNING = bytes(32)
"""What the first event's hash is made with, in place of the one before it."""
AT_A_TIME = 20_000
LATE = timedelta(minutes=5)
"""An event that has no place by then is late: the chain is extended every half minute."""
TOLD_AT_MOST = 1000
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('audit chain', 0))"

# Everything that the event says, in one written form whatever the session's settings.
DIGEST = """sha256(convert_to(jsonb_build_array(
    e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.verb, e.actor_kind, e.actor_id, e.actor_name,
    e.force_id, e.agency_id, e.request_id, e.subject, e.subject_id, e.scope_id, e.detail, e.xid::text)::text,
    'UTF8'))"""
HAS_NO_PLACE = """NOT EXISTS (SELECT 1 FROM accounts_auditlink l
                               WHERE l.event_at = e.at AND l.event_id = e.id)"""
# Only what is committed can be seen here, so nothing can come in before a place that was given. Below the
# floor every transaction had ended, and all that it wrote had its place; what is above it is asked for anew.
FRESH = f"""
SELECT e.at, e.id, e.xid::text::bigint, {DIGEST}, pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  FROM accounts_auditevent e
 WHERE e.xid >= %(floor)s::text::xid8 AND {HAS_NO_PLACE}
 ORDER BY e.xid, e.at, e.id LIMIT %(most)s
"""  # nosec B608 - only our own words
PLACES = """
INSERT INTO accounts_auditlink (seq, event_at, event_id, hash)
SELECT seq, at, id, decode(hash, 'hex')
  FROM unnest(%s::bigint[], %s::timestamptz[], %s::uuid[], %s::text[]) AS f (seq, at, id, hash)
"""
LINKS = f"""
SELECT l.seq, l.event_at, l.event_id, l.hash, CASE WHEN e.id IS NOT NULL THEN {DIGEST} END
  FROM accounts_auditlink l
  LEFT JOIN accounts_auditevent e ON e.at = l.event_at AND e.id = l.event_id
 WHERE l.seq <= %s ORDER BY l.seq
"""  # nosec B608 - only our own words
WITHOUT_ANCHOR = """
SELECT count(*), min(seq) FROM accounts_auditlink
 WHERE seq > (SELECT coalesce(max(last_seq), 0) FROM accounts_auditanchor)
"""
UNPLACED = f"""
SELECT count(*) FROM accounts_auditevent e WHERE e.at < %s AND {HAS_NO_PLACE}
"""  # nosec B608 - only our own words


def extend(at: datetime) -> int:
    """Every committed event has its place, in batches that each end in a signed anchor: how many were given one."""
    placed = 0
    while True:
        batch = _extend_once(at)
        placed += batch
        if batch < AT_A_TIME:
            return placed


def _extend_once(at: datetime) -> int:
    with acting_as(engine("audit chain"), at=at), connection.cursor() as cursor:
        # In a statement of its own: the next one sees what the last holder of the lock committed.
        cursor.execute(LOCK)
        last = AuditAnchor.objects.order_by("-number").first()
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        (ahead,) = cursor.fetchone()
        # Restored elsewhere, the database counts its transactions anew: then nothing is below the floor.
        floor = last.floor if last and last.floor <= ahead else 0
        cursor.execute(FRESH, {"floor": floor, "most": AT_A_TIME})
        rows = cursor.fetchall()
        if not rows:
            return 0
        seq, hashed = (last.last_seq, bytes(last.hash)) if last else (0, BEGINNING)
        hashes = []
        for row in rows:
            hashed = link(hashed, row[3])
            hashes.append(hashed.hex())
        seqs = list(range(seq + 1, seq + 1 + len(rows)))
        cursor.execute(
            PLACES, [seqs, [row[0] for row in rows], [str(row[1]) for row in rows], hashes]
        )
        full = len(rows) == AT_A_TIME
        anchor = AuditAnchor(
            number=last.number + 1 if last else 1,
            first_seq=seqs[0],
            last_seq=seqs[-1],
            hash=hashed,
            floor=min(rows[-1][4], rows[-1][2]) if full else rows[-1][4],
            at=at,
            key_id=key_ring().newest,
        )
        anchor.signature = signature(anchor)
        anchor.save(force_insert=True)
    # The log leaves this database: whoever rewrites the chain cannot rewrite what was sent away.
    log.info("The audit trail is anchored: %s", head_of(anchor))
    return len(rows)


def link(before: bytes, digest: bytes) -> bytes:
    """The hash of an event in its place: of all that came before it, and of what it says."""
    return sha256(before + bytes(digest)).digest()


def head_of(anchor: AuditAnchor) -> str:
    """The anchor in one word, to be kept elsewhere: `<place>:<hash>`."""
    return f"{anchor.last_seq}:{bytes(anchor.hash).hex()}"


def signature(signed: AuditAnchor | AuditDisposal) -> bytes | None:
    """What its key says of it; None where the key is no longer in the ring."""
    key = key_ring().keys.get(signed.key_id)
    if key is None:
        return None
    # A key of its own, made from the ring's: what signs seals nothing.
    signing = hmac.digest(key, b"holdfast audit anchors", sha256)
    return hmac.digest(signing, signed.words().encode(), sha256)


def _is_signed(signed: AuditAnchor | AuditDisposal) -> bool | None:
    expected = signature(signed)
    return None if expected is None else hmac.compare_digest(expected, bytes(signed.signature))


class NotDisposable(Exception):
    """The month may not go yet; the sentence says why."""


def dispose(month: date, *, names: tuple[str, str], at: datetime) -> int:
    """The month's events are gone, by the two people named; their places, hashes and the anchors stay. How many.

    For the owner's role. `month` is its first day; months begin at midnight UTC.
    """
    table = f"accounts_auditevent_{month:%Y%m}"
    with acting_as(engine("audit_months"), at=at), connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        if not cursor.fetchone()[0]:
            raise NotDisposable(f"The trail has no month {month:%Y-%m}.")
        cursor.execute(
            f"SELECT count(*), count(*) FILTER (WHERE {HAS_NO_PLACE}) FROM {table} e"  # nosec B608
        )
        events, unplaced = cursor.fetchone()
        if unplaced:
            raise NotDisposable(
                f"{unplaced} events of {month:%Y-%m} are not in the chain. Run manage.py chain_audit first."
            )
        gone = AuditDisposal(
            month=month, events=events, names=list(names), at=at, key_id=key_ring().newest
        )
        gone.signature = signature(gone)
        gone.save(force_insert=True)
        audit.record(
            "audit.disposed",
            by=engine("audit_months"),
            month=f"{month:%Y-%m}",
            events=events,
            names=list(names),
        )
        cursor.execute(f"DROP TABLE {table}")
    return int(events)


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was written: its kind, its place in the chain if it has one, and a sentence."""

    kind: str
    words: str
    seq: int | None = None
    event: str = ""


@dataclass
class Verdict:
    """What was looked at, in numbers, and every fault that was found."""

    events: int = 0
    anchors: int = 0
    head: str = ""
    late: int = 0
    found: int = 0
    faults: list[Fault] = field(default_factory=list)

    def add(self, kind: str, words: str, *, seq: int | None = None, event: str = "") -> None:
        """One more fault; beyond a thousand they are only counted."""
        self.found += 1
        if len(self.faults) < TOLD_AT_MOST:
            self.faults.append(Fault(kind, words, seq, event))

    @property
    def is_whole(self) -> bool:
        """Whether nothing was altered, deleted, moved or left out."""
        return not self.found and not self.late


@dataclass
class _Misfit:
    seq: int
    event: str
    before: bytes
    hash: bytes
    digest: bytes


def verify(at: datetime, *, head: str = "") -> Verdict:
    """Whether every event is as it was when it was given its place, and none is missing.

    `head` is an anchor that was kept elsewhere (`<place>:<hash>`): the chain must still lead through it.
    """
    verdict = Verdict()
    with acting_as(engine("verify_audit"), at=at):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")  # a whole trail takes its time
        anchors = list(AuditAnchor.objects.order_by("number"))
        disposed = _disposed(verdict)
        hashes = _check_links(verdict, anchors, disposed)
        _check_anchors(verdict, anchors, hashes)
        with connection.cursor() as cursor:
            cursor.execute(WITHOUT_ANCHOR)
            beyond, first = cursor.fetchone()
            cursor.execute(UNPLACED, [at - LATE])
            (verdict.late,) = cursor.fetchone()
        if beyond:
            verdict.add("unsigned", f"{beyond} places from {first} on have no anchor", seq=first)
        if head:
            _check_head(verdict, head)
    return verdict


def _disposed(verdict: Verdict) -> set[date]:
    months = set()
    for gone in AuditDisposal.objects.order_by("month"):
        if _is_signed(gone) is False:
            verdict.add("disposal", f"The disposal of {gone.month:%Y-%m} is not signed by our key")
        else:
            months.add(gone.month)
    return months


def _check_links(
    verdict: Verdict, anchors: list[AuditAnchor], disposed: set[date]
) -> dict[int, bytes]:
    """The hash that stands at each anchor's place."""
    wanted = {anchor.last_seq for anchor in anchors}
    hashes: dict[int, bytes] = {}
    before: bytes | None = BEGINNING
    expected = 1
    missing: dict[date, list[tuple[int, str]]] = {}
    misfits: list[_Misfit] = []
    for seq, event_at, event_id, hashed, digest in _links(max(wanted, default=0)):
        if seq != expected:
            verdict.add(
                "place-missing", f"Places {expected} to {seq - 1} are missing", seq=expected
            )
            before = None
        if digest is None:
            month = event_at.astimezone(UTC).date().replace(day=1)
            if month not in disposed:
                missing.setdefault(month, []).append((seq, str(event_id)))
        elif before is not None and link(before, digest) != hashed:
            misfits.append(_Misfit(seq, str(event_id), before, hashed, bytes(digest)))
        verdict.events += 1
        if seq in wanted:
            hashes[seq] = hashed
        before, expected = hashed, seq + 1
    _name_misfits(verdict, misfits)
    _name_missing(verdict, missing)
    return hashes


def _links(last: int) -> Iterator[tuple[int, datetime, UUID, bytes, bytes | None]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(LINKS, [last])
        for seq, event_at, event_id, hashed, digest in cursor:
            yield seq, event_at, event_id, bytes(hashed), digest


def _name_misfits(verdict: Verdict, misfits: list[_Misfit]) -> None:
    """An event that does not fit its place was altered, unless it fits another one's: then they changed places."""
    digests = {each.digest: each for each in misfits[:TOLD_AT_MOST]}
    for each in misfits:
        fitting = [
            other
            for digest, other in (digests.items() if len(misfits) <= TOLD_AT_MOST else ())
            if other.seq != each.seq and link(each.before, digest) == each.hash
        ]
        if fitting:
            words = (
                f"Event {each.event} stands at place {each.seq}, where {fitting[0].event} belongs"
            )
            verdict.add("reordered", words, seq=each.seq, event=each.event)
        else:
            words = f"Event {each.event} at place {each.seq} is not as it was written"
            verdict.add("altered", words, seq=each.seq, event=each.event)


def _name_missing(verdict: Verdict, missing: dict[date, list[tuple[int, str]]]) -> None:
    for month, events in sorted(missing.items()):
        if _is_empty(month):
            words = f"The month {month:%Y-%m} is gone with {len(events)} events, and nobody disposed of it"
            verdict.add("month-gone", words, seq=events[0][0])
            continue
        for seq, event in events:
            verdict.add("deleted", f"Event {event} at place {seq} is gone", seq=seq, event=event)


def _is_empty(month: date) -> bool:
    starts = datetime(month.year, month.month, 1, tzinfo=UTC)
    ends = (starts + timedelta(days=32)).replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT 1 FROM accounts_auditevent WHERE at >= %s AND at < %s)",
            [starts, ends],
        )
        empty: bool = cursor.fetchone()[0]
    return empty


def _check_anchors(verdict: Verdict, anchors: list[AuditAnchor], hashes: dict[int, bytes]) -> None:
    """Every anchor says what the chain says, and is signed.

    One whose key has left the ring is vouched for by a later one: each hash holds all that came before it.
    """
    number, seq, vouched = 1, 1, True
    for anchor in anchors:
        signed = _is_signed(anchor)
        if anchor.number != number or anchor.first_seq != seq:
            verdict.add("anchor", f"An anchor before place {anchor.first_seq} is missing", seq=seq)
        if signed is False:
            words = f"Anchor {anchor.number} is not signed by our key"
            verdict.add("anchor", words, seq=anchor.last_seq)
        elif hashes.get(anchor.last_seq) != bytes(anchor.hash):
            words = f"The chain is not what anchor {anchor.number} says it was"
            verdict.add("anchor", words, seq=anchor.last_seq)
        vouched = signed is not None
        number, seq = anchor.number + 1, anchor.last_seq + 1
    if not vouched:
        words = "The last anchor is signed with a key that is not in the ring"
        verdict.add("anchor", words, seq=anchors[-1].last_seq)
    verdict.anchors = len(anchors)
    verdict.head = head_of(anchors[-1]) if anchors else ""


def _check_head(verdict: Verdict, head: str) -> None:
    place, _colon, told = head.partition(":")
    kept = AuditLink.objects.filter(seq=int(place)).first() if place.isdigit() else None
    if kept is None or bytes(kept.hash).hex() != told:
        verdict.add("head", "The chain does not lead through the anchor that was kept elsewhere")
