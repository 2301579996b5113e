"""The audit trail: every change by any path, nothing sealed in it, and nobody changes it."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction

import clocks
from accounts import audit
from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import AuditEvent, Scope, Unit, User
from tests.builders import make_scope
from tests.cast import Cast
from tests.cluster import Clone

TREE = Path(__file__).resolve().parents[2]


def changes(subject: str, verb: str = "row.update") -> dict[str, object]:
    event = AuditEvent.objects.filter(subject=subject, verb=verb).latest("at", "pk")
    return dict(event.detail)


def test_a_change_by_raw_sql_is_recorded_with_before_and_after(cast: Cast) -> None:
    unit = Unit.objects.get(pk=cast.unit.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_unit SET duty_phone = '' WHERE id = %s", [unit.pk])
    assert changes("accounts_unit") == {"duty_phone": [unit.duty_phone, ""]}


def test_a_value_that_becomes_nothing_or_something_is_a_change(cast: Cast) -> None:
    User.objects.filter(pk=cast.olu.pk).update(unit=None)
    User.objects.filter(pk=cast.olu.pk).update(unit=cast.unit)
    events = AuditEvent.objects.filter(subject="accounts_user", verb="row.update")
    told = [event.detail for event in events]
    unit = str(cast.unit.pk)
    assert {"unit_id": [unit, None]} in told
    assert {"unit_id": [None, unit]} in told


def test_a_change_of_nothing_records_nothing_changed(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.unit.pk).update(duty_phone=cast.unit.duty_phone)
    assert changes("accounts_unit") == {}


def test_a_new_and_a_deleted_row_record_what_they_held(cast: Cast) -> None:
    role = cast.olu.roles.first()
    assert role is not None
    held = role.role
    role.delete()
    assert changes("accounts_roleheld", "row.delete")["role"] == held


def test_redacted_columns_are_recorded_as_changed_and_never_as_values(cast: Cast) -> None:
    user = cast.olu
    user.set_password("tidal lantern oak 93")
    user.save()
    assert changes("accounts_user") == {"password": "(sealed)"}


@pytest.mark.parametrize("name", ["olu", None])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditevent SET verb = 'x'",
        "DELETE FROM accounts_auditevent",
        "TRUNCATE accounts_auditevent",
        "SELECT * FROM accounts_auditevent_default",
        "INSERT INTO accounts_auditevent_default SELECT * FROM accounts_auditevent",
        "SELECT accounts_make_months('2040-01-01', 1)",
        "ALTER TABLE accounts_auditevent DISABLE TRIGGER append_only",
        "ALTER TABLE accounts_auditevent DISABLE ROW LEVEL SECURITY",
    ],
)
def test_no_runtime_role_changes_the_trail_or_goes_round_it(
    cast: Cast, statement: str, name: str | None
) -> None:
    actor = cast.actor(name) if name else engine("test")
    with pytest.raises(DatabaseError), acting_as(actor), connection.cursor() as cursor:
        cursor.execute(statement)


def test_even_the_owner_does_not_change_an_event(committed: Clone) -> None:
    with acting_as(engine("test")):
        audit.record("test.done", by=engine("test"))
    link = psycopg2.connect(committed.urls["migrate"])
    try:
        month = f"accounts_auditevent_{clocks.now():%Y%m}"
        with link.cursor() as cursor, pytest.raises(psycopg2.Error, match="append-only"):
            cursor.execute(f"DELETE FROM {month}")
    finally:
        link.close()


def test_events_of_a_missing_month_are_kept_and_move_when_it_is_made(committed: Clone) -> None:
    with acting_as(engine("test"), at=datetime(2031, 3, 9, tzinfo=UTC)):
        audit.record("test.early", by=engine("test"))
    link = psycopg2.connect(committed.urls["migrate"])
    with link, link.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_auditevent_default")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT accounts_make_months('2031-02-01', 3)")
        assert cursor.fetchone() == (3,)
        cursor.execute("SELECT accounts_make_months('2031-02-01', 3)")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM accounts_auditevent_default")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT verb FROM accounts_auditevent_203103")
        assert cursor.fetchall() == [("test.early",)]
        with pytest.raises(psycopg2.Error, match="append-only"):
            cursor.execute("DELETE FROM accounts_auditevent_203103")
    link.close()
    with acting_as(engine("test")):
        assert AuditEvent.objects.filter(verb="test.early").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_auditevent_203103")


def test_the_months_ahead_are_made_by_a_command_of_the_owner(committed: Clone) -> None:
    said = subprocess.run(
        [sys.executable, "manage.py", "audit_months", "--ahead", "48"],
        cwd=TREE,
        env=committed.env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "months made; the trail has the next 48" in said.stdout


def test_a_record_moves_to_another_unit_of_the_force_and_to_no_other_force(cast: Cast) -> None:
    scope = make_scope()
    foreign = Unit.objects.get(slug="quayside")
    with acting_as(cast.actor("ines")):
        assert Scope.objects.filter(pk=scope.pk).update(unit=cast.other_unit) == 1
    with pytest.raises(DatabaseError, match="row-level security"), acting_as(cast.actor("ines")):
        Scope.objects.filter(pk=scope.pk).update(force=foreign.force, unit=foreign)
    with acting_as(cast.actor("wyn")):
        assert Scope.objects.filter(pk=scope.pk).update(unit=foreign) == 0


def test_an_auditor_reads_the_events_of_their_own_force_only(cast: Cast) -> None:
    for name in ("olu", "wyn"):
        audit.record("test.done", by=cast.actor(name))
    with acting_as(cast.actor("asha")):
        seen = AuditEvent.objects.filter(verb="test.done").values_list("actor_name", flat=True)
        assert list(seen) == [cast.olu.name]
    with acting_as(cast.actor("hana")):
        assert not AuditEvent.objects.filter(verb="test.done").exists()
