"""The context of one act: what PostgreSQL is told, how contexts nest, and how errors leave them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Max

import clocks
from accounts import audit
from accounts.actors import NOBODY, engine
from accounts.context import acting_as, current, go_on_at
from accounts.errors import Unscoped
from accounts.models import AuditEvent
from casework.models import Case
from tests.builders import make_case
from tests.cast import Cast


def told(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(accounts_ctx(%s), '')", [name])
        (value,) = cursor.fetchone()
    return str(value)


def test_on_leaving_a_context_the_outer_one_is_told_again(cast: Cast) -> None:
    assert told("kind") == "engine"
    with acting_as(cast.actor("olu")):
        assert told("actor") == str(cast.olu.pk)
        with acting_as(cast.actor("sade")):
            assert told("actor") == str(cast.sade.pk)
        assert told("actor") == str(cast.olu.pk)
    assert told("kind") == "engine"


def test_after_an_error_the_outer_context_is_the_one_that_holds(cast: Cast) -> None:
    with acting_as(cast.actor("olu")):
        with pytest.raises(RuntimeError), acting_as(cast.actor("sade")):
            raise RuntimeError
        assert told("actor") == str(cast.olu.pk)
        assert current().actor.id == cast.olu.pk  # type: ignore[union-attr]


def test_a_database_error_inside_is_not_hidden_by_leaving(cast: Cast) -> None:
    olu = cast.actor("olu")
    with pytest.raises(DatabaseError, match="division by zero"), acting_as(olu):
        Case.objects.raw("SELECT 1/0 AS id")[0]
    assert told("kind") == "engine"


def test_a_context_that_was_marked_for_undoing_is_undone(cast: Cast) -> None:
    with acting_as(cast.actor("olu")):
        audit.record("test.undone", by=cast.actor("olu"))
        transaction.set_rollback(True)
    assert told("kind") == "engine"
    assert not AuditEvent.objects.filter(verb="test.undone").exists()


def test_a_command_may_go_on_at_another_time_but_a_request_may_not(cast: Cast) -> None:
    at = clocks.now()
    with acting_as(engine("test"), at=at) as began:
        go_on_at(at + timedelta(days=1))
        assert told("at") == (at + timedelta(days=1)).isoformat()
        assert told("kind") == "engine"
        assert told("request") != began.request_id
    with acting_as(cast.actor("olu"), in_request=True), pytest.raises(RuntimeError):
        go_on_at(at)


def test_nobody_sees_no_row(cast: Cast) -> None:
    make_case()
    with acting_as(NOBODY):
        assert Case.objects.count() == 0
    assert Case.objects.count() == 1


def test_without_a_context_the_database_shows_no_row(committed: object) -> None:
    with acting_as(engine("test")):
        make_case()
    with transaction.atomic():
        assert Case.objects.count() == 0
    with acting_as(engine("test")):
        assert Case.objects.count() == 1


READS = {
    "a list": lambda rows, case: list(rows),
    "get": lambda rows, case: rows.get(),
    "first": lambda rows, case: rows.first(),
    "last": lambda rows, case: rows.last(),
    "earliest": lambda rows, case: rows.earliest("logged_at"),
    "latest": lambda rows, case: rows.latest("logged_at"),
    "count": lambda rows, case: rows.count(),
    "exists": lambda rows, case: rows.exists(),
    "contains": lambda rows, case: rows.contains(case),
    "in_bulk": lambda rows, case: rows.in_bulk(),
    "values": lambda rows, case: list(rows.values("pk")),
    "values_list": lambda rows, case: list(rows.values_list("pk", flat=True)),
    "aggregate": lambda rows, case: rows.aggregate(Max("version")),
    "iterator": lambda rows, case: list(rows.iterator()),
    "dates": lambda rows, case: list(rows.datetimes("logged_at", "day")),
    "update": lambda rows, case: rows.update(version=2),
    "delete": lambda rows, case: rows.delete(),
    "raw": lambda rows, case: rows.raw("SELECT 1"),
    "a slice": lambda rows, case: list(rows[:1]),
    "bool": lambda rows, case: bool(rows),
    "len": lambda rows, case: len(rows),
    "index": lambda rows, case: rows[0],
}


@pytest.mark.parametrize("read", READS)
def test_in_a_request_rows_cannot_be_read_without_saying_for_whom(cast: Cast, read: str) -> None:
    case = make_case()
    with acting_as(cast.actor("olu"), in_request=True), pytest.raises(Unscoped):
        READS[read](Case.objects.all(), case)


@pytest.mark.parametrize(
    "join",
    [
        lambda mine, others: mine | others,
        lambda mine, others: others | mine,
        lambda mine, others: mine ^ others,
        lambda mine, others: mine.union(others),
    ],
)
def test_scoped_rows_joined_with_unscoped_ones_are_unscoped(cast: Cast, join: object) -> None:
    actor = cast.actor("olu")
    with acting_as(actor, in_request=True), pytest.raises(Unscoped):
        list(join(Case.objects.visible_to(actor), Case.objects.all()))  # type: ignore[operator]


def test_a_visible_rows_own_rows_can_be_read(cast: Cast) -> None:
    case, actor = make_case(), cast.actor("olu")
    with acting_as(actor, in_request=True):
        mine = Case.objects.visible_to(actor) | Case.objects.visible_to(actor)
        found = mine.get(pk=case.pk)
        assert list(found.events.all()) == []
        assert found.victim.pk == case.victim.pk


def test_the_moment_of_a_context_is_the_moment_of_its_events(cast: Cast) -> None:
    at = clocks.now()
    with acting_as(cast.actor("asha"), at=at):
        audit.record("test.done", by=cast.actor("asha"))
    assert AuditEvent.objects.get(verb="test.done").at == at
