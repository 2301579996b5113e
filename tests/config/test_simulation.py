"""The invented year: its promises hold in it, and the same seed gives the same one."""

import json
import os
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import User
from clocks import LONDON
from config.simulation.chance import Chance
from config.simulation.habits import Habits
from config.simulation.report import Report, in_words, look, together
from config.simulation.year import Year
from followups.cracks import LEFT_BY_PEOPLE
from followups.models import FollowUp
from tests import cluster
from tests.builders import make_case
from tests.cluster import Clone

PROVE = bool(os.environ.get("PROVE"))
FORCES, DAYS, PAUSE = (3, 365, timedelta(hours=1)) if PROVE else (1, 30, timedelta(hours=10))
BEGINS = datetime(2026, 1, 5, 6, tzinfo=LONDON)
# A month like a bad year: workers die, the engine stands still for days, mail is down, people leave.
BAD = replace(
    Habits(),
    cases_a_week=3,
    kills=0.1,
    outage_every=timedelta(days=9),
    outage_for=timedelta(hours=40),
    mail_down=0.1,
    leaves_every=timedelta(days=40),
    sick_every=timedelta(days=20),
    moves=0.7,
    offered_after=timedelta(days=3),
    unit_refuses=0.3,
    unit_silent=0.3,
    taken_back_after=timedelta(days=6),
)
BUSY = replace(BAD, cases_a_week=30)
# Everything that is late has gone up as far as its time says, whatever was killed and whenever nothing swept.
LEFT_OUT = """
SELECT f.rule, c.reference FROM followups_followup f JOIN casework_case c ON c.id = f.case_id
 WHERE f.state = 'open' AND f.due_at <= %(at)s
   AND NOT EXISTS (SELECT 1 FROM followups_step s JOIN followups_notice n ON n.step_id = s.id
                    WHERE s.followup_id = f.id AND s.rung = 1)
"""


def unanswered(at: datetime) -> int:
    """What that line must say, by other means: the highest step of what is owed, and the answers to it."""
    count, three_days = 0, timedelta(days=3)
    rows = FollowUp.objects.open().exclude(rule="promise-broken")
    for row in rows.prefetch_related("steps", "acknowledgements"):
        steps = [step for step in row.steps.all() if step.round == row.round and step.rung > 1]
        top = max(steps, key=lambda step: step.rung, default=None)
        answers = [
            each
            for each in row.acknowledgements.all()
            if top and (each.round, each.rung) == (top.round, top.rung)
        ]
        answered = answers and (answers[-1].rung == 2 or at - answers[-1].until < three_days)
        count += bool(top and at - top.made_at > three_days and not answered)
    return count


def lived(**given: Any) -> tuple[Year, Report]:
    year = Year(**{"forces": FORCES, "begins": BEGINS, "habits": BAD, "pause": PAUSE} | given)
    return year, look(year, year.live(), {"seed": given["seed"]})


def test_in_a_bad_month_nobody_falls_through_the_cracks(committed: Clone, tmp_path: Path) -> None:
    year, report = lived(days=DAYS, seed=5)
    assert set(report.cracks) <= {LEFT_BY_PEOPLE}
    assert report.outcome["acts"]["took on what went up"] > 0
    looked_at, found = year.outcome.cracks[-1]
    with acting_as(engine("test")):
        assert found.get(LEFT_BY_PEOPLE, 0) == unanswered(looked_at)
    assert report.cases > 3
    assert report.outcome["workers killed"] > 0
    assert report.outcome["sweeps missed in outages"] > 0
    assert report.outcome["outages of days"] > 0
    assert report.outcome["messages that came back"] > 0
    assert report.outcome["people who left"] > 0
    assert report.steps["rung 2"] > 0
    # Taken over, refused, and left without an answer until it was taken back.
    offers = report.outcome["offers to another unit"]
    assert {"accepted", "rejected", "withdrawn"} <= set(offers), offers
    with acting_as(engine("test")):
        assert not User.objects.filter(username__startswith="force-", shifts=None).exists()
    unknown = [said for said in report.outcome["stood in the way"] if said.startswith("nobody")]
    assert unknown == []
    with acting_as(engine("test")), connection.cursor() as cursor:
        cursor.execute(LEFT_OUT, {"at": year.ends})
        assert cursor.fetchall() == []
    assert "| Rule | In time |" in in_words(report)
    assert_told_again(report, tmp_path)


def assert_told_again(report: Report, where: Path) -> None:
    """Written down, read again, two years taken together and drawn beside one."""
    year, drawn = where / "year.json", where / "drawn.svg"
    year.write_text(json.dumps(report.as_json()))
    said = StringIO()
    call_command(
        "simulation_report", f"one={year}", f"two={year},{year}", "--svg", drawn, stdout=said
    )
    met, late, never = report.totals
    assert f"| {met} / {late} / {never} | {met * 2} / {late * 2} / {never * 2} |" in said.getvalue()
    for duty in report.duties:
        twice = {each.rule: each for each in together([report, report]).duties}[duty.rule]
        assert twice.days_late == pytest.approx(duty.days_late)
    assert drawn.read_text().endswith("</svg>\n")
    assert drawn.read_text().count("polyline") == 2
    year.write_text("{}")
    with pytest.raises(CommandError, match="not what"):
        call_command("simulation_report", f"one={year}")


# Of what the case's owner holds: who was told, and is not them. Agencies' people are in no force.
TOLD_BESIDES = """
SELECT u.username, f.rule FROM followups_notice n
  JOIN followups_step s ON s.id = n.step_id JOIN followups_followup f ON f.id = s.followup_id
  JOIN casework_allocation a ON a.case_id = f.case_id AND a.at <= n.made_at
   AND (a.ended_at IS NULL OR a.ended_at > n.made_at)
  JOIN accounts_user u ON u.id = n.person_id
 WHERE f.owner_id IS NOT NULL AND n.person_id <> a.owner_id
"""


@pytest.mark.parametrize(("ladder", "others"), [("full", True), ("owner", False)])
def test_with_the_ladder_cut_back_nobody_is_told_but_whoever_holds_it(
    committed: Clone, ladder: str, others: bool
) -> None:
    """Nobody is away, so that an owner holds it themselves; mail comes back and officers are off duty in both."""
    never = timedelta(days=100_000)
    nobody_goes = {"sick_every": never, "leaves_every": never, "moves": 0}
    habits = replace(
        BUSY,
        cases_a_week=15,
        mail_comes_back=0.3,
        comes_back_after=timedelta(hours=1),
        **nobody_goes,
    )
    _year, report = lived(days=4, seed=7, habits=habits, ladder=ladder)
    assert report.steps["rung 2"] > 0
    assert report.outcome["messages that came back"] > 0
    with acting_as(engine("test")), connection.cursor() as cursor:
        cursor.execute(TOLD_BESIDES)
        assert bool(cursor.fetchall()) == others


def test_the_same_seed_gives_the_same_days_and_another_one_others(
    committed: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    _year, first = lived(days=2, seed=3, habits=BUSY)
    again = cluster.clone(f"{committed.name}_again")
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", again.name)
    try:
        _year, second = lived(days=2, seed=3, habits=BUSY)
    finally:
        connection.close()
        monkeypatch.undo()
        cluster.drop(again.name)
    assert first == second
    assert first.cases > 0


def test_what_is_asked_of_chance_does_not_depend_on_what_was_asked_before() -> None:
    chance = Chance(5)
    before = chance.of("a", 1)
    assert chance.of("b", 2) != before
    assert chance.of("a", 1) == before
    assert Chance(6).of("a", 1) != before
    assert 0.45 < sum(chance.of("many", n) for n in range(2000)) / 2000 < 0.55


def test_it_is_refused_where_there_are_cases(committed: Clone, settings: Any) -> None:
    settings.DEMO = True
    with acting_as(engine("test")):
        make_case()
    with pytest.raises(CommandError, match="without cases"):
        call_command("simulate", "--days", "1")
    with pytest.raises(CommandError, match="1 or more"):
        call_command("simulate", "--pause", "0")
    settings.DEMO = False
    with pytest.raises(CommandError, match="invented people"):
        call_command("simulate", "--days", "1")
