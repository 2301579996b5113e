"""Migrations that move data, over rows of the shape before them: forward, back, and forward again."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

from accounts.models import Unit, User
from casework.models import Case, CaseEvent, EventKind, NrmEvent, NrmReferral
from followups.models import FollowUp, Notice, Step
from tests import cluster
from tests.builders import make_case, make_victim
from tests.conftest import OWN_DATABASE

PROVE = bool(os.environ.get("PROVE"))
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def executor(django_db_blocker: Any) -> Iterator[MigrationExecutor]:
    """What migrates a database of this module's own, as whom it migrates: its owner."""
    copy = cluster.clone(f"{OWN_DATABASE.name}_moved")
    default = connections["default"]
    kept = dict(default.settings_dict)
    owner = urlsplit(copy.urls["migrate"])
    as_owner = {"NAME": copy.name, "USER": owner.username, "PASSWORD": owner.password}
    with django_db_blocker.unblock():
        default.close()
        default.settings_dict |= as_owner
        try:
            yield MigrationExecutor(connection)
        finally:
            default.close()
            default.settings_dict.update(kept)
            cluster.drop(copy.name)


@dataclass
class Moved:
    """One migration, undone and done again; with PROVE=1 with everything that was built on it."""

    executor: MigrationExecutor
    app: str
    name: str

    def back(self) -> None:
        if PROVE:
            before = [on for on in self._migration.dependencies if on[0] == self.app]
            MigrationExecutor(connection).migrate(before)
            return
        with connection.schema_editor(atomic=True) as editor:
            self._migration.unapply(self._before(), editor)

    def forward(self) -> None:
        if PROVE:
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes())
            return
        with connection.schema_editor(atomic=True) as editor:
            self._migration.apply(self._before(), editor)

    @property
    def _migration(self) -> Migration:
        return self.executor.loader.get_migration(self.app, self.name)

    def _before(self) -> Any:
        return self.executor.loader.project_state((self.app, self.name), at_end=False)


def run(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def referred(case: Case, **over: Any) -> NrmReferral:
    values = {"at": AT, "recorded_at": AT, "by": case.logged_by} | over
    return NrmReferral.objects.create(scope=case.scope, case=case, **values)


def line(case: Case, at: datetime, by: User, **detail: str) -> None:
    CaseEvent.objects.create(
        scope=case.scope, case=case, kind=EventKind.NRM, at=at, by=by, recorded_at=at + DAY,
        detail=detail,
    )  # fmt: skip


def decided(referral: NrmReferral, kind: str, at: datetime, by: User, *, stands: str) -> None:
    """As the product records it today."""
    NrmEvent.objects.create(
        scope=referral.scope, case=referral.case, referral=referral, kind=kind, at=at, by=by,
        recorded_at=at + DAY,
    )  # fmt: skip
    line(referral.case, at, by, what=kind)
    referral.status = stands
    referral.save(update_fields=["status"])


def test_the_dates_on_a_referral_become_events_and_come_back(executor: MigrationExecutor) -> None:
    olu, sade = (User.objects.get(username=name) for name in ("olu", "sade"))
    case, silent = make_case(), make_case()
    taken_back = referred(case, status="withdrawn")
    second = referred(case, at=AT + 9 * DAY, status="rg_negative")
    final = referred(silent, status="cg_negative")
    for days, who, status in (
        (2, olu, "rg_positive"),
        (5, sade, "withdrawn"),
        (12, sade, "rg_negative"),
    ):
        line(case, AT + days * DAY, who, status=status)

    moved = Moved(executor, "casework", "0010_dates_of_decisions")
    moved.back()
    dates = """UPDATE casework_nrmreferral SET grounds_decided_at = %s, conclusive_decided_at = %s,
                      withdrawn_at = %s WHERE id = %s"""
    run(dates, AT + 2 * DAY, None, AT + 5 * DAY, taken_back.pk)
    run(dates, AT + 12 * DAY, None, None, second.pk)
    run(dates, AT + 3 * DAY, AT + 80 * DAY, None, final.pk)
    moved.forward()
    told = {
        (taken_back.pk, "rg_positive", AT + 2 * DAY, olu.pk),
        (taken_back.pk, "withdrawn", AT + 5 * DAY, sade.pk),
        (second.pk, "rg_negative", AT + 12 * DAY, sade.pk),
        (final.pk, "rg_positive", AT + 3 * DAY, None),
        (final.pk, "cg_negative", AT + 80 * DAY, None),
    }
    assert events() == sorted(told, key=str)

    decided(second, "rg_positive", AT + 40 * DAY, olu, stands="rg_positive")
    decided(final, "cg_positive", AT + 90 * DAY, olu, stands="cg_positive")
    decided(final, "disqualified", AT + 95 * DAY, sade, stands="disqualified")
    moved.back()
    were = {
        taken_back.pk: ("withdrawn", AT + 2 * DAY, None, AT + 5 * DAY),
        second.pk: ("rg_positive", AT + 40 * DAY, None, None),
        final.pk: ("cg_positive", AT + 3 * DAY, AT + 90 * DAY, None),
    }
    columns = "id, status, grounds_decided_at, conclusive_decided_at, withdrawn_at"
    assert {
        key: tuple(row) for key, *row in run(f"SELECT {columns} FROM casework_nrmreferral")
    } == were
    moved.forward()
    stood = told - {(second.pk, "rg_negative", AT + 12 * DAY, sade.pk)}
    stood -= {(final.pk, "cg_negative", AT + 80 * DAY, None)}
    stood |= {(second.pk, "rg_positive", AT + 40 * DAY, olu.pk)}
    stood |= {(final.pk, "cg_positive", AT + 90 * DAY, olu.pk)}
    again = events()
    assert stood <= set(again)
    assert len(again) == len(set(again))


def events() -> list[tuple[Any, ...]]:
    return sorted(NrmEvent.objects.values_list("referral_id", "kind", "at", "by_id"), key=str)


def test_every_case_gets_the_unit_of_its_scope_again(executor: MigrationExecutor) -> None:
    units = list(Unit.objects.filter(slug__in=("harbour-road", "fellgate")))
    cases = {make_case(unit=unit).pk: unit.pk for unit in units}
    moved = Moved(executor, "casework", "0006_unit_of_a_case")
    for _twice in range(2):
        moved.back()
        moved.forward()
        assert dict(Case.objects.filter(pk__in=cases).values_list("pk", "unit_id")) == cases


def test_a_message_given_up_has_its_time_and_what_came_of_it_since_fits_the_old_shape(
    executor: MigrationExecutor,
) -> None:
    case, people = make_case(), User.objects.order_by("username")[:4]
    owed = FollowUp.objects.create(
        rule="unallocated", subject_id=case.pk, occurrence=case.pk, force=case.scope.force,
        since=AT, clock="", due_at=AT, clocks_version=1, state="open", first_seen_at=AT,
        changed_at=AT,
    )  # fmt: skip
    step = Step.objects.create(
        followup=owed, round=1, rung=1, to="owner", reached_at=AT, made_at=AT
    )
    gone, sent, returned, waiting = (
        Notice.objects.create(
            step=step, person=who, channel="email", made_at=AT, send_after=AT + DAY
        )
        for who in people
    )
    moved = Moved(executor, "followups", "0006_what_became_of_a_message")
    moved.back()
    run("UPDATE followups_notice SET state = 'dead' WHERE id = %s", gone.pk)
    ways = "UPDATE followups_notice SET state = 'accepted', accepted_at = %s WHERE id IN (%s, %s)"
    run(ways, AT + DAY, sent.pk, returned.pk)
    moved.forward()
    gone.refresh_from_db()
    assert (gone.state, gone.failed_at) == ("dead", AT + DAY)

    Notice.objects.filter(pk=sent.pk).update(state="delivered", delivered_at=AT + 2 * DAY)
    Notice.objects.filter(pk=returned.pk).update(state="bounced", failed_at=AT + 2 * DAY)
    moved.back()
    kept = "SELECT id, state, accepted_at FROM followups_notice"
    assert {key: (state, at) for key, state, at in run(kept)} == {
        gone.pk: ("dead", None),
        sent.pk: ("accepted", AT + DAY),
        returned.pk: ("dead", AT + DAY),
        waiting.pk: ("queued", None),
    }
    moved.forward()
    assert set(Notice.objects.values_list("pk", "failed_at")) == {
        (gone.pk, AT + DAY),
        (sent.pk, None),
        (returned.pk, AT + DAY),
        (waiting.pk, None),
    }


def test_keys_made_one_by_one_before_are_those_made_together_since(
    executor: MigrationExecutor,
) -> None:
    for name in ("Jon Smyth", "Олександр Петренко", "محمد علي", "José"):
        person = make_victim(called=name, born_on=AT.date(), home_office_references="HO 1, HO 2")
        make_case(victim=person, place="Dock Road", incident_number="NM-7")
    together = keys()
    assert len(together) > 40
    of_cases = Moved(executor, "casework", "0013_keys_of_many")
    of_people = Moved(executor, "victims", "0008_keys_of_many")
    of_cases.back()
    of_people.back()
    run("DELETE FROM victims_searchkey")
    run("SELECT victims_keep_person(id) FROM victims_victim")
    run(
        "SELECT casework_keep_case(victim_id, id, ARRAY[reference, incident_number], place) FROM casework_case"
    )
    assert keys() == together
    of_people.forward()
    of_cases.forward()
    assert keys() == together


def keys() -> list[tuple[Any, ...]]:
    columns = "scope_id, force_id, unit_id, is_standard, victim_id, source, kind, key, latin"
    return sorted(run(f"SELECT {columns} FROM victims_searchkey"), key=str)
