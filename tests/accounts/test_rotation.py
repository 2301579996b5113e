"""A new key seals everything anew, beside everybody's work; then the old one can go."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

import clocks
from accounts import rotation
from accounts.actors import engine
from accounts.context import acting_as
from accounts.keyring import key_ring
from accounts.models import AuditEvent, Restriction, User
from accounts.sealed import Unsealable, seal, unseal
from casework import finding
from casework.models import Case, NrmSubmission
from config.devservices import postgres
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from tests.cluster import Clone
from victims.models import SafeContact

TREE = Path(__file__).resolve().parents[2]
PLACE = "victims_safecontact.details:1"
PEOPLE = 24
ENGINE = engine("test")


@pytest.fixture
def ring(tmp_path: Path, settings: Any) -> Path:
    """A ring of its own with the usual key in it."""
    mine = tmp_path / "ring"
    shutil.copytree(settings.SEALING_KEYS_DIR, mine)
    mine.chmod(0o700)
    settings.SEALING_KEYS_DIR = mine
    return mine


def said(*words: str) -> str:
    out = StringIO()
    call_command("rotate_keys", *words, stdout=out)
    return out.getvalue()


def test_a_new_key_waits_until_it_is_everywhere_and_then_seals(ring: Path) -> None:
    old = key_ring().newest
    told = said("--make")
    (waiting,) = (path for path in ring.iterdir() if path.name.startswith("next-"))
    assert waiting.stat().st_mode & 0o777 == 0o600
    assert waiting.read_text() not in told
    assert seal("blue door", place=PLACE).startswith(f"v2.{old}.")
    new = waiting.name.removeprefix("next-")
    assert f"{new} seals from now on" in said("--use")
    sealed = seal("blue door", place=PLACE)
    assert sealed.startswith(f"v2.{new}.")
    (ring / new).rename(ring / f"next-{new}")  # as on a machine that was not told yet
    assert unseal(sealed, place=PLACE) == "blue door"


def test_every_new_key_comes_after_the_others(ring: Path) -> None:
    with clocks.frozen(clocks.now()):
        for _each in range(3):
            said("--make")
            said("--use")
    assert list(key_ring().keys) == sorted(key_ring().keys)
    assert len(key_ring().keys) == 4


@pytest.mark.parametrize("mode", [0o701, 0o704, 0o705, 0o755])
def test_a_ring_that_others_can_look_into_gets_no_key(ring: Path, mode: int) -> None:
    ring.chmod(mode)
    for words in ("--make", "--use"):
        with pytest.raises(CommandError, match="chmod 700"):
            said(words)
    assert len(list(ring.iterdir())) == 1


def test_no_key_waits(ring: Path) -> None:
    with pytest.raises(CommandError, match="make one with --make"):
        said("--use")


def test_what_is_no_key_is_refused_by_name_and_a_half_written_one_is_not_looked_at(
    ring: Path,
) -> None:
    (ring / ".half").write_text("aGFsZg==")
    assert len(key_ring().keys) == 1
    for name, content in (("k2", "aGFsZg=="), ("k.2", (ring / "k1").read_text())):
        (ring / name).write_text(content)
        with pytest.raises(Exception, match=name):
            key_ring()
        (ring / name).unlink()


def test_a_key_that_left_the_ring_opens_nothing(ring: Path) -> None:
    sealed = seal("blue door", place=PLACE)
    said("--make")
    said("--use")
    (ring / "k1").unlink()
    with pytest.raises(Unsealable):
        unseal(sealed, place=PLACE)


def test_a_row_read_before_the_new_key_is_saved_with_it(cast: Cast, ring: Path) -> None:
    contact = number_of(make_case(), "07700 900123")
    read = SafeContact.objects.get(pk=contact.pk)
    said("--make")
    said("--use")
    read.save()
    assert stored(contact).startswith(f"v2.{key_ring().newest}.")
    assert SafeContact.objects.get(pk=contact.pk).details == "07700 900123"


def test_a_place_is_one_place_under_every_key(cast: Cast, ring: Path) -> None:
    case = make_case(place="Gannet Yard")
    olu = cast.actor("olu")
    for _each in range(2):
        said("--make")
        said("--use")
        make_case(place="Gannet Wharf")
        with acting_as(olu):
            found = finding.find(finding.read("Gannet Yard"), olu)
        assert [row for row, _why in found.rows] == [case]


def test_only_the_owner_seals_anew(db: None) -> None:
    with pytest.raises(CommandError, match="Only holdfast_owner"):
        said()


def number_of(case: Case, number: str) -> SafeContact:
    return SafeContact.objects.create(
        scope=case.scope,
        victim=case.victim,
        channel="phone",
        safe="yes",
        details=number,
        notes="Ask for Wilhelmina Quist",
        review_on=clocks.today(),
        set_at=clocks.now(),
        set_by=case.logged_by,
    )


def stored(contact: SafeContact) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT details FROM victims_safecontact WHERE id = %s", [contact.pk])
        return str(cursor.fetchone()[0])


def sent(case: Case) -> NrmSubmission:
    now = clocks.now()
    return NrmSubmission.objects.create(
        scope=case.scope,
        case=case,
        kind="evidence",
        number=1,
        at=now,
        recorded_at=now,
        answers="She slept at Gannet Yard",
        digest="0" * 64,
    )


def rotate(clone: Clone, ring: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "manage.py", "rotate_keys", *words],
        cwd=TREE,
        env=clone.env | {"SEALING_KEYS_DIR": str(ring)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def checked(clone: Clone, ring: Path) -> tuple[int, dict[str, Any]]:
    with rotate(clone, ring, "--check", "--json") as check:
        assert check.stdout
        answer = check.stdout.readline()
        return check.wait(), json.loads(answer)


def reseals() -> list[AuditEvent]:
    with acting_as(ENGINE):
        return list(AuditEvent.objects.filter(verb="values.resealed").order_by("at"))


def until(happens: Callable[[], object]) -> None:
    for _each in range(1200):
        if happens():
            return
        time.sleep(0.05)
    raise AssertionError("It never happened.")


@contextmanager
def writing(contacts: list[SafeContact]) -> Iterator[dict[Any, str]]:
    """Somebody changes one number after the other, over and over; what each is at last."""
    last: dict[Any, str] = {}
    done = Event()

    def write() -> None:
        for n in count():
            contact = contacts[n % len(contacts)]
            number = f"07700 {900000 + n % 999}"
            with acting_as(ENGINE):
                row = SafeContact.objects.select_for_update().get(pk=contact.pk)
                row.details = number
                row.save(update_fields=["details"])
            last[contact.pk] = number
            if done.wait(0.005):
                break
        connections.close_all()

    thread = Thread(target=write)
    thread.start()
    try:
        until(lambda: len(last) == len(contacts))
        yield last
    finally:
        done.set()
        thread.join()


@contextmanager
def held(clone: Clone, contact: SafeContact) -> Iterator[None]:
    """Somebody else's transaction holds the row, so that no rotation ends meanwhile."""
    link = psycopg2.connect(clone.urls["engine"])
    with link.cursor() as cursor:
        cursor.execute("SELECT set_config('app.kind', 'engine', true)")
        cursor.execute(
            "SELECT 1 FROM victims_safecontact WHERE id = %s FOR UPDATE", [str(contact.pk)]
        )
        assert cursor.fetchone()
    try:
        yield
    finally:
        link.close()


def is_found(case: Case, *typed: str) -> None:
    olu = Cast().actor("olu")
    with acting_as(olu):
        for words in typed:
            rows = finding.find(finding.read(words), olu).rows
            assert case in [row for row, _why in rows], words


def team_learns_of(search_by: User, case: Case) -> None:
    with acting_as(ENGINE), connection.cursor() as cursor:
        cursor.execute("SELECT case_id, by_id FROM casework_soughtmatch")
        assert cursor.fetchall() == [(case.pk, search_by.pk)]


def test_a_rotation_that_is_killed_among_writers_loses_nothing_and_goes_on(
    committed: Clone, ring: Path
) -> None:
    old = key_ring().newest
    with acting_as(ENGINE):
        cases = [make_case(place=f"Gannet Yard {n:03}") for n in range(PEOPLE)]
        contacts = [number_of(case, f"0121 496 0{n:03}") for n, case in enumerate(cases)]
        submission = sent(cases[0])
        covert = make_scope(restriction=Restriction.COVERT)
        covert_case = make_case(victim=make_victim(covert), place="Curlew Steps")
        petra = Cast().petra
        searcher = Cast().actor("petra")
    with acting_as(searcher):
        finding.note(finding.read("Curlew Steps"))
    numbers = {contact.pk: str(contact.details) for contact in contacts}
    written, kept = contacts[: PEOPLE // 2], contacts[PEOPLE // 2 :]
    team_learns_of(petra, covert_case)
    said("--make")
    said("--use")
    with writing(written) as changed:
        with held(committed, kept[-1]):
            first = rotate(committed, ring, "--at-a-time", "3")
            until(reseals)
            for case, contact in zip(cases[PEOPLE // 2 :], kept, strict=True):
                is_found(case, case.place, numbers[contact.pk])
            assert first.poll() is None, "it cannot end while somebody holds a row"
            first.kill()
            first.communicate()
            code, told = checked(committed, ring)
            assert code != 0
            assert old in {key.split(".")[1] for key in told["old"]}
        second = rotate(committed, ring)
        told_at_last, _nothing = second.communicate()
        assert second.returncode == 0, told_at_last
    numbers |= changed
    code, told = checked(committed, ring)
    assert (code, told["old"], told["unknown"]) == (0, {}, [])
    assert told["columns"]["victims_safecontact.details"] == {f"v2.{told['newest']}": PEOPLE}

    (ring / old).unlink()
    for case, contact in zip(cases, contacts, strict=True):
        is_found(case, case.place, numbers[contact.pk])
    team_learns_of(petra, covert_case)
    with acting_as(ENGINE):
        for contact in contacts:
            again = SafeContact.objects.get(pk=contact.pk)
            assert again.details == numbers[contact.pk]
            assert again.notes == "Ask for Wilhelmina Quist"
        assert NrmSubmission.objects.get(pk=submission.pk).answers == "She slept at Gannet Yard"
        # Nothing is called a change that is none, and each row is named that was sealed anew.
        assert not AuditEvent.objects.filter(actor_name="rotate_keys", verb="row.update").exists()
    named = {row for event in reseals() for row in event.detail["rows"]}
    assert {str(row.pk) for row in (*kept, submission, covert_case)} <= named
    nothing_sealed_is_in_the_dump(committed)


def nothing_sealed_is_in_the_dump(clone: Clone) -> None:
    superuser = os.environ["HOLDFAST_TEST_ADMIN"].rsplit("/", 1)[0]
    pg_dump = postgres.binaries(Path(os.environ["HOLDFAST_TEST_ROOT"])) / "pg_dump"
    done = subprocess.run(
        [pg_dump, "--no-password", f"{superuser}/{clone.name}"], capture_output=True, check=True
    )
    dump = done.stdout.decode()
    with acting_as(ENGINE):
        assert str(SafeContact.objects.first().pk) in dump  # type: ignore[union-attr]
    for secret in ("Gannet", "0121 496", "1214960", "Wilhelmina", "Quist", "Curlew", "90000"):
        assert secret not in dump, secret


SEALED_BY_HAND = "v2.k1.AAAA"
GUARDED = [
    ("victims_safecontact", "details"),
    ("casework_nrmsubmission", "answers"),
]


@contextmanager
def resealing_as(url: str) -> Iterator[Any]:
    """A session that says of itself that it only seals anew."""
    link = psycopg2.connect(url)
    with link.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.kind', 'engine', false), set_config('app.resealing', 'yes', false),"
            " set_config('app.name', 'somebody', false)"
        )
    try:
        yield link
    finally:
        link.close()


def changed_by_hand() -> int:
    with acting_as(ENGINE):
        return AuditEvent.objects.filter(verb="row.update", actor_name="somebody").count()


def test_no_session_but_the_owners_goes_round_the_guards_by_saying_that_it_reseals(
    committed: Clone, ring: Path
) -> None:
    with acting_as(ENGINE):
        contact = number_of(make_case(), "07700 900123")
        submission = sent(make_case())
    with resealing_as(committed.urls["engine"]) as link, link.cursor() as cursor:
        cursor.execute("UPDATE victims_safecontact SET details = %s", [SEALED_BY_HAND])
        assert cursor.rowcount == 1
        link.commit()
        assert changed_by_hand() == 1
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("UPDATE casework_nrmsubmission SET answers = %s", [SEALED_BY_HAND])
        link.rollback()
        with pytest.raises(psycopg2.Error):
            cursor.execute("SET SESSION AUTHORIZATION holdfast_owner")
    # The owner's session too may change nothing but sealed text for sealed text.
    with resealing_as(committed.urls["migrate"]) as link, link.cursor() as cursor:
        for values in ("details = '', notes = ''", "details = 'plain'", "safe = 'no'"):
            cursor.execute(f"UPDATE victims_safecontact SET {values}")
            link.commit()
        assert changed_by_hand() == 4
        for values in ("answers = 'plain'", f"answers = '{SEALED_BY_HAND}', number = 2"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="append-only"):
                cursor.execute(f"UPDATE casework_nrmsubmission SET {values}")
            link.rollback()
        cursor.execute("UPDATE casework_nrmsubmission SET answers = %s", [SEALED_BY_HAND])
        assert cursor.rowcount == 1
        link.rollback()
    assert contact.pk
    assert submission.pk


def test_the_owner_reaches_every_row_of_every_sealed_table(db: None) -> None:
    tables = {table.name for table in rotation.sealed_tables()}
    assert {"victims_safecontact", "casework_case", "casework_nrmsubmission"} <= tables
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relname = ANY (%s) AND relrowsecurity"
            " AND NOT EXISTS (SELECT FROM pg_policies p WHERE p.tablename = c.relname"
            " AND p.roles = '{holdfast_owner}' AND p.cmd = 'ALL' AND p.qual = 'true')",
            [list(tables)],
        )
        assert cursor.fetchall() == []
