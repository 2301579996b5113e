"""Many cases moved in one go: each as it would be moved alone, each once, with its result."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.actors import engine
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import RoleHeld, ScopeBar, Tie, User
from accounts.permissions import Role
from casework.actions.allocation import assign
from casework.actions.moves import (
    EVERYBODY,
    NOBODY,
    TrainingMissing,
    ask_to_move,
    asked_lately,
    move_some,
    stop_moving,
)
from casework.actions.transfers import accept
from casework.models import (
    Allocation,
    BulkMove,
    Case,
    CaseEvent,
    CaseStatus,
    EventKind,
    MovedCase,
    MoveStatus,
    MoveTo,
    Transfer,
)
from tests.builders import make_case
from tests.cast import Cast
from tests.cluster import TREE, Clone
from training.models import Course, Purpose, Requirement

ClientOf = Callable[[User], Client]
MANY = 5_000 if os.environ.get("PROVE") else 60
S = MoveStatus


@pytest.fixture(autouse=True)
def nothing_needed(request: pytest.FixtureRequest) -> None:
    """No course is needed to own a case, unless the test asks for one."""
    if "committed" not in request.fixturenames:
        request.getfixturevalue("db")
        Requirement.objects.filter(purpose=Purpose.OWN_CASE).delete()


def officer(cast: Cast, name: str) -> User:
    made = User.objects.create(
        username=name.lower(), name=f"DC {name} Prue", force=cast.force, unit=cast.unit
    )
    RoleHeld.objects.create(user=made, role=Role.INVESTIGATOR)
    return made


def asked(cast: Cast, **over: Any) -> BulkMove:
    given = {"unit": cast.unit, "whose": str(cast.olu.pk), "to": MoveTo.OFFICER}
    given |= {"reason": "He goes on a course.", "by": cast.actor("sade")}
    return ask_to_move(**(given | over))


def results(job: BulkMove) -> list[str]:
    return [str(row.status) for row in MovedCase.objects.filter(job=job)]


def test_every_case_of_one_officer_goes_to_another_and_each_has_its_result(cast: Cast) -> None:
    nia = officer(cast, "Nia")
    cases = [make_case() for _ in range(3)]
    make_case(status=CaseStatus.CLOSED)
    job = asked(cast, to_owner=nia)
    assert [Case.objects.get(pk=case.pk).owner for case in cases] == [cast.olu] * 3
    assert move_some(seconds=60) == {"moved": 3}
    assert results(job) == [S.MOVED] * 3
    assert set(Case.objects.open().values_list("owner", flat=True)) == {nia.pk}
    kept = Allocation.objects.filter(ended_at=None)
    assert {(row.by_id, row.choice_reason) for row in kept} == {
        (cast.sade.pk, "He goes on a course.")
    }
    job.refresh_from_db()
    assert job.done_at is not None
    assert move_some(seconds=60) == {}


def test_what_may_not_be_moved_stays_where_it_is_and_says_why(cast: Cast) -> None:
    nia = officer(cast, "Nia")
    moved, closed_to = make_case(), make_case()
    ScopeBar.objects.create(
        scope=closed_to.scope, force=cast.force, user=nia, tie=Tie.FAMILY,
        declared_at=clocks.now(), declared_by=nia,
    )  # fmt: skip
    job = asked(cast, to_owner=nia)
    assert move_some(seconds=60) == {"moved": 1, "refused": 1}
    refused = MovedCase.objects.get(job=job, status=S.REFUSED)
    assert refused.case == closed_to
    assert "conflict of interest" in refused.problem
    closed_to.refresh_from_db()
    moved.refresh_from_db()
    assert (closed_to.owner, moved.owner) == (cast.olu, nia)


def test_a_case_that_changed_hands_meanwhile_is_left_where_it_is(cast: Cast) -> None:
    nia, ola = officer(cast, "Nia"), officer(cast, "Ola")
    case = make_case()
    asked(cast, to_owner=nia)
    assign(case=case, owner=ola, override_reason="Tonight.", by=cast.actor("sade"))
    assert move_some(seconds=60) == {"refused": 1}
    case.refresh_from_db()
    assert case.owner == ola


def test_shared_out_each_goes_to_whoever_is_proposed_first_for_it(cast: Cast) -> None:
    others = [officer(cast, name) for name in ("Nia", "Ola", "Pia")]
    for _ in range(9):
        make_case(status=CaseStatus.NEW, logged_by=cast.rhys)
    asked(cast, whose=NOBODY, to=MoveTo.SHARED)
    assert move_some(seconds=60) == {"moved": 9}
    held = [Case.objects.filter(owner=user).count() for user in (cast.olu, *others)]
    assert sum(held) == 9
    assert max(held) - min(held) <= 1
    assert all(row.place == 1 for row in Allocation.objects.all())


def test_offered_to_another_unit_each_stays_its_owners_until_somebody_else_takes_it_over(
    cast: Cast,
) -> None:
    case = make_case()
    job = asked(
        cast, whose=EVERYBODY, to=MoveTo.UNIT, to_unit=cast.other_unit, why="capacity",
        by=cast.actor("ines"),
    )  # fmt: skip
    assert move_some(seconds=60) == {"offered": 1}
    case.refresh_from_db()
    offer = Transfer.objects.get(case=case)
    assert (case.owner, offer.status) == (cast.olu, "offered")
    assert MovedCase.objects.get(job=job).transfer == offer
    with pytest.raises(Refused):
        accept(transfer=offer, owner=cast.petra, by=cast.actor("ines"))


def test_an_officer_without_the_training_gets_them_only_when_that_is_ticked_and_reviewed(
    cast: Cast,
) -> None:
    course = Course.objects.create(slug="tests-pip2", name="PIP2")
    Requirement.objects.create(
        course=course, role=Role.INVESTIGATOR, purpose=Purpose.OWN_CASE, blocks=True
    )
    nia = officer(cast, "Nia")
    make_case()
    with pytest.raises(TrainingMissing, match="lacks training"):
        asked(cast, to_owner=nia)
    asked(cast, to_owner=nia, in_spite=True)
    assert move_some(seconds=60) == {"moved": 1}
    assert Allocation.objects.exclude(shortfalls=[]).get().override_reviewed_at is None


def test_whoever_has_left_or_lost_their_role_moves_nothing_any_more(cast: Cast) -> None:
    nia = officer(cast, "Nia")
    make_case()
    asked(cast, to_owner=nia)
    cast.sade.roles.all().delete()
    assert move_some(seconds=60) == {"refused": 1}
    assert Case.objects.open().get().owner == cast.olu


def test_stopped_what_was_not_moved_yet_stays_where_it_is(cast: Cast) -> None:
    nia = officer(cast, "Nia")
    make_case()
    job = stop_moving(job=asked(cast, to_owner=nia), by=cast.actor("sade"))
    assert move_some(seconds=60) == {}
    assert results(job) == [S.STOPPED]
    assert Case.objects.open().get().owner == cast.olu


def test_another_units_supervisor_neither_hears_of_a_job_nor_stops_it(cast: Cast) -> None:
    nia = officer(cast, "Nia")
    make_case()
    job, at = asked(cast, to_owner=nia), clocks.now() - timedelta(hours=1)
    for who in ("dov", "petra", "gus"):
        with acting_as(cast.actor(who)):
            assert asked_lately(cast.actor(who), at) == []
            with pytest.raises((BulkMove.DoesNotExist, Refused)):
                stop_moving(job=job, by=cast.actor(who))
    with acting_as(cast.actor("sade")):
        assert asked_lately(cast.actor("sade"), at) == [job]
    assert move_some(seconds=60) == {"moved": 1}


def test_a_case_waits_in_one_job_at_a_time(cast: Cast) -> None:
    nia = officer(cast, "Nia")
    make_case()
    asked(cast, to_owner=nia)
    with pytest.raises(Conflict, match="no such case"):
        asked(cast, to_owner=nia)


def test_nobody_moves_the_cases_of_a_unit_that_they_do_not_look_after(cast: Cast) -> None:
    make_case()
    for who in ("dov", "olu", "gus"):
        with pytest.raises(Refused):
            asked(cast, to_owner=officer(cast, f"For{who}"), by=cast.actor(who))


def test_one_that_cannot_be_moved_by_a_fault_does_not_stop_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    nia = officer(cast, "Nia")
    cases = [make_case() for _ in range(3)]
    job = asked(cast, to_owner=nia)
    real = assign

    def fails_for_one(**said: Any) -> Case:
        if said["case"].pk == cases[0].pk:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")
        return real(**said)

    monkeypatch.setattr("casework.actions.moves.assign", fails_for_one)
    assert move_some(seconds=60) == {"refused": 1, "moved": 2}
    assert "A fault" in MovedCase.objects.get(job=job, status=S.REFUSED).problem


def test_the_pages_ask_say_how_far_it_is_and_stop(cast: Cast, client_of: ClientOf) -> None:
    nia = officer(cast, "Nia")
    case = make_case()
    sade = client_of(cast.sade)
    typed = {"unit": cast.unit.slug, "whose": str(cast.olu.pk), "to": "officer", "reason": ""}
    refused = sade.post("/moves/new", typed)
    assert refused.status_code == 400
    for sentence in ("Say why they are moved", "Select who gets the cases"):
        assert sentence in refused.content.decode()
    done = sade.post("/moves/new", typed | {"to_owner": str(nia.pk), "reason": "On leave."})
    assert done.status_code == 302
    page = sade.get(done["Location"]).content.decode()
    assert "0 of 1 cases are done" in page
    move_some(seconds=60)
    page = sade.get(done["Location"]).content.decode()
    assert "1 of 1 cases are done" in page
    assert f"Given to {nia.name}" in page
    assert case.reference in page
    assert sade.post(f"{done['Location']}/stop").status_code == 409
    assert client_of(cast.dov).get(done["Location"]).status_code == 404
    assert "1 case of Harbour Road Response" in sade.get("/moves").content.decode()


def test_the_page_asks_as_many_questions_for_fifty_cases_as_for_one(
    cast: Cast, client_of: ClientOf
) -> None:
    nia, ola = officer(cast, "Nia"), officer(cast, "Ola")
    sade = client_of(cast.sade)

    def questions(job: BulkMove) -> int:
        move_some(seconds=60)
        sade.get(f"/moves/{job.pk}")
        with CaptureQueriesContext(connection) as said:
            sade.get(f"/moves/{job.pk}")
        return len(said)

    make_case()
    one = questions(asked(cast, to_owner=nia))
    for _ in range(49):
        make_case(owner=ola)
    assert questions(asked(cast, whose=str(ola.pk), to_owner=nia)) == one


MOVER = "import django; django.setup(); from followups.tasks import move_cases; move_cases(1200)"


def a_mover(committed: Clone) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", MOVER],
        cwd=TREE,
        env=committed.env
        | {"HOLDFAST_ROLE": "engine", "DJANGO_SETTINGS_MODULE": "config.settings"},
    )


def test_many_cases_survive_a_worker_killed_in_the_middle_each_moved_once(
    committed: Clone,
) -> None:
    cast = Cast()
    with acting_as(engine("test")):
        Requirement.objects.filter(purpose=Purpose.OWN_CASE).delete()
        nia = officer(cast, "Nia")
        for _ in range(MANY):
            make_case()
        job = asked(cast, to_owner=nia)
    ownerless = 0

    def moved() -> int:
        nonlocal ownerless
        with acting_as(engine("test")):
            ownerless += Case.objects.open().filter(owner=None).count()
            return MovedCase.objects.filter(job=job).exclude(status=S.WAITING).count()

    def wait_for(enough: int) -> int:
        ends = time.monotonic() + 1200
        while (count := moved()) < enough and time.monotonic() < ends:
            time.sleep(0.02)
        return count

    first = a_mover(committed)
    wait_for(MANY // 3)
    first.send_signal(signal.SIGKILL)
    assert first.wait(30) == -signal.SIGKILL
    assert MANY // 3 <= moved() < MANY, "killed in the middle"
    others = [a_mover(committed), a_mover(committed)]
    wait_for(MANY)
    assert [other.wait(60) for other in others] == [0, 0]
    assert ownerless == 0
    with acting_as(engine("test")):
        assert set(MovedCase.objects.filter(job=job).values_list("status", flat=True)) == {S.MOVED}
        assert set(Case.objects.open().values_list("owner", flat=True)) == {nia.pk}
        given = Allocation.objects.filter(owner=nia)
        assert given.count() == given.values("case").distinct().count() == MANY
        lines = CaseEvent.objects.filter(kind=EventKind.ASSIGNED)
        assert lines.count() == lines.values("case").distinct().count() == MANY
        job.refresh_from_db()
        assert job.done_at is not None
        assert job.done_at - job.at < timedelta(hours=1)
