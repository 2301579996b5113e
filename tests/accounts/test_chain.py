"""The chain of the audit trail: whatever is altered, deleted, moved or dropped is found, and writing costs nothing."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

import clocks
from accounts import audit, chain
from accounts.actors import engine
from accounts.chained import AuditAnchor, AuditLink
from accounts.context import acting_as
from accounts.keyring import KeyRing
from tests.builders import make_case
from tests.cast import Cast
from tests.cluster import Clone

TREE = Path(__file__).resolve().parents[2]
LONG_AGO = datetime(2019, 5, 6, tzinfo=UTC)
Cursor = Any


def record(count: int, at: datetime | None = None) -> None:
    with acting_as(engine("test"), at=at):
        for number in range(count):
            audit.record("test.done", by=engine("test"), number=number)


def verify(head: str = "") -> chain.Verdict:
    return chain.verify(clocks.now() + timedelta(hours=1), head=head)


def places() -> int:
    with acting_as(engine("test")):
        return AuditLink.objects.count()


@pytest.fixture
def superuser(committed: Clone) -> Iterator[Cursor]:
    """Somebody for whom no trigger, no policy and no privilege holds; what they do is committed."""
    admin = os.environ["HOLDFAST_TEST_ADMIN"].rsplit("/", 1)[0] + f"/{committed.name}"
    link = psycopg2.connect(admin)
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor
    link.close()


@pytest.fixture
def chained(committed: Clone) -> None:
    """A trail of the cast's making and thirty events more, in three batches; and a month of 2019."""
    with psycopg2.connect(committed.urls["migrate"]) as link, link.cursor() as cursor:
        cursor.execute("SELECT accounts_make_months('2019-05-01', 1)")
    record(10, LONG_AGO)
    for _batch in range(3):
        record(10)
        chain.extend(clocks.now())


def test_every_event_has_one_place_and_a_whole_trail_has_no_fault(chained: None) -> None:
    verdict = verify()
    assert verdict.is_whole, verdict.faults
    assert verdict.anchors == 3
    assert verdict.events == places() >= 40
    assert chain.extend(clocks.now()) == 0


def test_an_event_that_is_committed_late_has_its_place_behind_those_that_were_seen_before(
    committed: Clone,
) -> None:
    slow = psycopg2.connect(committed.urls["engine"])
    with slow.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_auditevent (id, at, verb, actor_kind, actor_name, request_id, subject,"
            " subject_id, detail) VALUES (gen_random_uuid(), now(), 'test.slow', 'engine', 'slow', '', '', '', '{}')"
        )
        for _round in range(2):
            record(1)
            chain.extend(clocks.now())
        before = places()
        slow.commit()
    slow.close()
    record(1)
    assert chain.extend(clocks.now()) == 2
    assert places() == before + 2
    assert verify().is_whole


def test_a_database_that_is_restored_elsewhere_and_counts_its_transactions_anew_goes_on(
    chained: None, superuser: Cursor
) -> None:
    superuser.execute("UPDATE accounts_auditanchor SET floor = floor + 1000000000")
    record(3)
    assert chain.extend(clocks.now()) == 3


def alter(cursor: Cursor) -> None:
    cursor.execute(
        "UPDATE accounts_auditevent SET actor_name = 'Somebody else' WHERE verb = 'test.done'"
        " AND detail ->> 'number' = '4' AND at > '2020-01-01'"
    )


def delete(cursor: Cursor) -> None:
    cursor.execute(
        "DELETE FROM accounts_auditevent WHERE detail ->> 'number' = '7' AND at > '2020-01-01'"
    )


def swap(cursor: Cursor) -> None:
    cursor.execute("ALTER TABLE accounts_auditlink DROP CONSTRAINT event_has_one_place")
    cursor.execute(
        "WITH two AS (SELECT min(seq) AS one, max(seq) AS other FROM accounts_auditlink)"
        " UPDATE accounts_auditlink l SET (event_at, event_id) ="
        " (SELECT k.event_at, k.event_id FROM accounts_auditlink k, two"
        "   WHERE k.seq = CASE l.seq WHEN two.one THEN two.other ELSE two.one END)"
        " FROM two WHERE l.seq IN (two.one, two.other)"
    )


def forget_a_place(cursor: Cursor) -> None:
    cursor.execute("DELETE FROM accounts_auditlink WHERE seq = 5")


def forget_an_anchor(cursor: Cursor) -> None:
    cursor.execute("DELETE FROM accounts_auditanchor WHERE number = 2")


def drop_the_month(cursor: Cursor) -> None:
    cursor.execute("DROP TABLE accounts_auditevent_201905")


def drop_the_month_with_a_forged_certificate(cursor: Cursor) -> None:
    cursor.execute("DROP TABLE accounts_auditevent_201905")
    cursor.execute("SELECT key_id FROM accounts_auditanchor LIMIT 1")
    (key,) = cursor.fetchone()
    cursor.execute(
        "INSERT INTO accounts_auditdisposal (month, events, names, at, key_id, signature)"
        " VALUES ('2019-05-01', 10, '[\"a\", \"b\"]', now(), %s, %s)",
        [key, bytes(32)],
    )


def alter_and_make_the_whole_chain_anew(cursor: Cursor) -> None:
    """What only a signature shows: every hash fits, the anchors' too."""
    alter(cursor)
    cursor.execute(
        f"SELECT l.seq, {chain.DIGEST} FROM accounts_auditlink l JOIN accounts_auditevent e"
        " ON e.at = l.event_at AND e.id = l.event_id ORDER BY l.seq"
    )
    hashed = chain.BEGINNING
    for seq, digest in cursor.fetchall():
        hashed = sha256(hashed + bytes(digest)).digest()
        cursor.execute("UPDATE accounts_auditlink SET hash = %s WHERE seq = %s", [hashed, seq])
        cursor.execute(
            "UPDATE accounts_auditanchor SET hash = %s WHERE last_seq = %s", [hashed, seq]
        )


@pytest.mark.parametrize(
    ("tamper", "kind"),
    [
        (alter, "altered"),
        (delete, "deleted"),
        (swap, "reordered"),
        (forget_a_place, "place-missing"),
        (forget_an_anchor, "anchor"),
        (drop_the_month, "month-gone"),
        (drop_the_month_with_a_forged_certificate, "disposal"),
        (alter_and_make_the_whole_chain_anew, "anchor"),
    ],
)
def test_what_somebody_above_every_wall_does_to_the_trail_is_found(
    chained: None, superuser: Cursor, tamper: Callable[[Cursor], None], kind: str
) -> None:
    tamper(superuser)
    verdict = verify()
    assert not verdict.is_whole
    assert kind in {fault.kind for fault in verdict.faults}, verdict.faults


def test_what_was_altered_is_named_and_nothing_else_is(chained: None, superuser: Cursor) -> None:
    alter(superuser)
    superuser.execute(
        "SELECT l.seq FROM accounts_auditlink l JOIN accounts_auditevent e ON e.id = l.event_id"
        " WHERE e.actor_name = 'Somebody else' ORDER BY l.seq"
    )
    altered = [seq for (seq,) in superuser.fetchall()]
    assert [fault.seq for fault in verify().faults] == altered
    assert len(altered) == 3


def test_an_end_that_was_cut_off_is_found_by_an_anchor_that_was_kept_elsewhere(
    chained: None, superuser: Cursor
) -> None:
    head = verify().head
    assert verify(head).is_whole
    superuser.execute(
        "DELETE FROM accounts_auditevent e USING accounts_auditlink l, accounts_auditanchor a"
        " WHERE a.number = 3 AND l.seq BETWEEN a.first_seq AND a.last_seq AND e.id = l.event_id"
    )
    superuser.execute(
        "DELETE FROM accounts_auditlink l USING accounts_auditanchor a"
        " WHERE a.number = 3 AND l.seq >= a.first_seq"
    )
    superuser.execute("DELETE FROM accounts_auditanchor WHERE number = 3")
    assert verify().is_whole
    assert [fault.kind for fault in verify(head).faults] == ["head"]


def test_a_key_that_left_the_ring_is_vouched_for_by_a_newer_one_and_only_then(
    chained: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = KeyRing({"9999-new": b"n" * 32}, newest="9999-new")
    monkeypatch.setattr(chain, "key_ring", lambda: ring)
    assert [fault.kind for fault in verify().faults] == ["anchor"]
    record(1)
    chain.extend(clocks.now())
    assert verify().is_whole


def command(committed: Clone, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=TREE, env=committed.env | env, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_command_says_what_it_found_and_exits_1(
    chained: None, committed: Clone, superuser: Cursor
) -> None:
    assert command(committed, "verify_audit").returncode == 0
    delete(superuser)
    said = command(committed, "verify_audit", "--format", "json")
    found = json.loads(said.stdout)
    assert said.returncode == 1
    assert not found["whole"]
    assert {fault["kind"] for fault in found["faults"]} == {"deleted"}


def test_an_event_without_a_place_is_late_after_five_minutes(chained: None) -> None:
    record(2)
    assert chain.verify(clocks.now()).late == 0
    assert not verify().is_whole
    assert verify().late == 2


def test_a_month_goes_by_two_people_after_its_time_and_the_trail_stays_whole(
    chained: None, committed: Clone
) -> None:
    def dispose(by: str, second: str, month: str = "2019-05") -> subprocess.CompletedProcess[str]:
        words = ("--dispose", month, "--by", by, "--second", second)
        return command(committed, "audit_months", *words)

    assert "Two different people" in dispose("asha", "Asha").stderr
    assert "olu is no auditor" in dispose("asha", "olu").stderr
    assert "must be kept" in dispose("asha", "lena", f"{clocks.now():%Y-%m}").stderr
    assert "The trail has no month" in dispose("asha", "lena", "2018-01").stderr
    assert "10 events of 2019-05 are gone" in dispose("asha", "lena").stdout
    chain.extend(clocks.now())
    assert verify().is_whole


def test_writing_an_event_touches_nothing_of_the_chain(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'accounts_auditevent'::regclass"
        )
        assert cursor.fetchall() == [("append_only",)]
    with CaptureQueriesContext(connection) as captured, acting_as(cast.actor("olu")):
        make_case(logged_by=cast.olu)
    assert captured
    chains = (AuditLink._meta.db_table, AuditAnchor._meta.db_table)
    assert not [query for query in captured if any(name in query["sql"] for name in chains)]


@pytest.mark.parametrize("name", ["olu", None])
@pytest.mark.parametrize("table", ["accounts_auditlink", "accounts_auditanchor"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET hash = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_no_runtime_role_changes_the_chain(
    cast: Cast, statement: str, table: str, name: str | None
) -> None:
    actor = cast.actor(name) if name else engine("test")
    with pytest.raises(DatabaseError), acting_as(actor), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
