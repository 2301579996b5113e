"""The invented force: the same for the same seed, whole, and with nobody who could be real."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command

import clocks
from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import Absence, Agency, Shift, Unit, User
from casework.models import Asking, Case, CaseStatus, ClosingOutcome, NrmEvent, SharedFact
from config.demo import voice
from config.demo.cases import Life
from config.demo.cast import make_cast
from config.demo.force import Unfinished, has_cases, make_force
from config.demo.people import add_rest_of_force
from config.demo.plan import UNITS, WHOLE, Turn, plans
from config.demo.players import Players
from config.demo.training import train_everybody
from referrals.models import ReferralStatus, SupportReferral
from tests.cluster import PASSWORD, TREE, Clone
from victims.models import PersonLink, SafeContact

CASES = 40
# Numbers that Ofcom keeps for drama: nobody is called when somebody calls them.
NOBODY_ANSWERS = re.compile(r"(01632 960\d{3}|07700 900\d{3})")


@pytest.fixture
def seeded(committed: Clone) -> Iterator[Clone]:
    command = [sys.executable, "manage.py", "seed_demo", "--cases", str(CASES), "--seed", "7"]
    env = committed.env | {
        "HOLDFAST_ROLE": "engine",
        "HOLDFAST_DEMO": "1",
        "DEMO_PASSWORD": PASSWORD,
    }
    committed.env.update(env)
    said = subprocess.run(command, cwd=TREE, env=env, check=True, capture_output=True, text=True)
    assert "Sign in as olu" in said.stdout
    with acting_as(engine("test")):
        yield committed


def manage(clone: Clone, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(
        command, cwd=TREE, env=clone.env, check=False, capture_output=True, text=True
    )


def test_the_force_is_whole_and_nothing_in_it_falls_through_the_cracks(seeded: Clone) -> None:
    statuses = set(Case.objects.values_list("status", flat=True))
    assert statuses == {status.value for status in CaseStatus}
    assert Case.objects.count() == CASES
    assert Agency.objects.count() >= 6
    assert SharedFact.objects.filter(ended_at=None).exists()
    assert SharedFact.objects.exclude(ended_at=None).exists()
    assert {"linked", "merged"} == set(PersonLink.objects.values_list("status", flat=True))
    assert NrmEvent.objects.filter(kind="rg_positive").exists()
    assert Case.objects.filter(closures__outcome__in=ClosingOutcome.values, closed_at=None).exists()
    assert SupportReferral.objects.filter(status=ReferralStatus.IN_PROGRESS).exists()
    assert Absence.objects.filter(cover=None).exists()
    assert Absence.objects.exclude(cover=None).exists()
    assert Shift.objects.filter(user__unit__slug="harbour-road").exists()
    assert not Shift.objects.filter(user__username="olu").exists()

    phones = [*Unit.objects.values_list("duty_phone", flat=True)]
    phones += Agency.objects.values_list("phone", flat=True)
    phones += [rule.details for rule in SafeContact.objects.all() if rule.details]
    assert [phone for phone in phones if not NOBODY_ANSWERS.fullmatch(phone)] == []
    assert not User.objects.exclude(email="").exclude(email__endswith=".invalid").exists()

    assert manage(seeded, "followups", "--once").returncode == 0
    cracks = manage(seeded, "cracks")
    assert cracks.returncode == 0, cracks.stdout

    again = manage(seeded, "seed_demo", "--cases", str(CASES), "--seed", "7", "--if-empty")
    assert (again.returncode, again.stdout) == (0, "")
    refused = manage(seeded, "seed_demo", "--cases", str(CASES), "--seed", "7")
    assert refused.returncode != 0
    assert "There are cases already" in refused.stderr


def test_the_same_seed_on_the_same_day_gives_the_same_force(committed: Clone) -> None:
    at = clocks.now() - timedelta(minutes=1)
    first, second = made_and_undone(at), made_and_undone(at)
    assert len(first) == 12 + 1
    assert first == second


def test_processes_beside_each_other_make_the_same_force_as_one(committed: Clone) -> None:
    at = clocks.now() - timedelta(minutes=1)
    alone = made_and_undone(at)
    with clocks.frozen(at):
        make_force(cases=12, seed=3, password=PASSWORD, processes=2)
    with acting_as(engine("test")):
        assert [*content(), {"shifts": shifts()}] == alone


def test_a_share_that_was_not_finished_is_said_and_finished_by_the_next_run(
    committed: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = clocks.now() - timedelta(minutes=1)
    lived = Life.live

    def no_drafts(life: Life) -> Case:
        return os._exit(9) if life.plan.turn is Turn.DRAFT_FRESH else lived(life)

    monkeypatch.setattr(Life, "live", no_drafts)
    with clocks.frozen(at), pytest.raises(Unfinished):
        make_force(cases=12, seed=3, password=PASSWORD, processes=2)
    assert not has_cases()
    monkeypatch.undo()
    with clocks.frozen(at):
        make_force(cases=12, seed=3, password=PASSWORD, processes=2)
    assert has_cases()
    with acting_as(engine("test")):
        assert Case.objects.count() == 12


def test_the_navigator_asks_nobody_whose_case_is_of_another_force(
    committed: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawn by chance it ended the first start on some days and not on others: here everybody is drawn."""
    monkeypatch.setattr(voice, "ASKED_OF", 1.0)
    at = clocks.now() - timedelta(minutes=1)
    with clocks.frozen(at), suppress(Undone), acting_as(engine("test")):
        make_cast(PASSWORD)
        add_rest_of_force(PASSWORD)
        train_everybody(Random(1))
        players = Players.of_the_force(at)
        healthy = [plan for plan in plans(CASES, Random(1), at) if plan.turn is Turn.HEALTHY]
        theirs = [plan for plan in healthy if plan.unit == "quayside"]
        ours = next(plan for plan in healthy if plan.unit == "fellgate")
        lived = {plan.unit: Life(plan, players, at).live() for plan in [*theirs, ours]}
        asked = set(Asking.objects.values_list("case__scope__unit__slug", flat=True))
        assert (set(lived), asked) == ({"quayside", "fellgate"}, {"fellgate"})
        raise Undone


def made_and_undone(at: datetime) -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = []
    with clocks.frozen(at), suppress(Undone), acting_as(engine("test")):
        make_force(cases=12, seed=3, password=PASSWORD)
        seen += [*content(), {"shifts": shifts()}]
        raise Undone
    return seen


class Undone(Exception):
    """Everything is taken back."""


def shifts() -> list[tuple[Any, ...]]:
    rows = Shift.objects.order_by("user__username", "weekday")
    return list(rows.values_list("user__username", "weekday", "starts", "ends"))


def content() -> list[dict[str, Any]]:
    cases = Case.objects.select_related("victim", "owner", "scope__unit").order_by("reference")
    return [
        {
            "case": (case.reference, case.status, case.place, case.first_words, case.logged_at),
            "person": (case.victim.called, case.victim.age_band, case.victim.language),
            "held": (case.scope.unit.slug, case.owner and case.owner.username),
            "ways": sorted(rule.details for rule in case.victim.safe_contacts.all()),
            "history": list(case.events.order_by("at", "kind").values_list("kind", "at", "text")),
        }
        for case in cases
    ]


def test_another_seed_gives_other_people() -> None:
    at = clocks.now()
    called = [[plan.person.called for plan in plans(50, Random(seed), at)] for seed in (1, 1, 2)]
    assert called[0] == called[1] != called[2]


@pytest.mark.parametrize("count", [12, 40, 200, 333])
def test_there_are_as_many_cases_as_asked_for(count: int) -> None:
    made = plans(count, Random(1), clocks.now())
    assert len(made) == count
    assert len({plan.case_id for plan in made}) == count


def test_most_cases_of_a_supervisor_are_well_looked_after() -> None:
    still_open, _closed, matters = UNITS["harbour-road"]
    assert still_open == 38
    assert 4 <= len(matters) <= 10
    assert sum(opened + closed for opened, closed, _turns in UNITS.values()) == WHOLE
    named = {turn for _open, _closed, turns in UNITS.values() for turn in turns}
    assert named | {Turn.HEALTHY, Turn.CLOSED, Turn.AGENCY_NEW, Turn.OFFERED} == set(Turn)


def test_it_makes_nobody_outside_the_demo(db: None, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="HOLDFAST_DEMO"):
        call_command("seed_demo", "--cases", "1")
