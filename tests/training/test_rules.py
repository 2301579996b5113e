"""What an officer lacks: the table of states, the catalogue, and what the database never keeps."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.context import acting_as
from accounts.models import AuditEvent, User
from accounts.permissions import Role
from tests.cast import Cast
from tests.training.conftest import Trained
from training import catalogue as files
from training.models import Course, Purpose, Requirement, TrainingRecord
from training.rules import Reason, shortfalls, shortfalls_of

UNVERIFIED = {"verified_at": None, "verified_by": None}
# What Olu's PIP2 records are -> what is said of PIP2, and whether it blocks.
TABLE: dict[str, tuple[list[dict[str, Any]], tuple[Reason, bool] | None]] = {
    "nothing": ([], (Reason.MISSING, True)),
    "current, never lapsing": ([{}], None),
    "last day is today": ([{"left": 0}], None),
    "lapsed yesterday": ([{"left": -1}], (Reason.LAPSED, True)),
    "lapsed, then renewed": ([{"left": -1}, {"ago": 5, "left": 300}], None),
    "renewed, then an older one recorded": ([{"ago": 5, "left": 300}, {"left": -1}], None),
    "not verified": ([UNVERIFIED], (Reason.UNVERIFIED, False)),
    "verified until later, renewed unverified": (
        [{"left": 9}, {"ago": 1, "left": 9, **UNVERIFIED}],
        None,
    ),
    "completed tomorrow": ([{"ago": -1}], (Reason.MISSING, True)),
}


def said_of(user: User, course: str = "pip2") -> tuple[Reason, bool] | None:
    lacking = shortfalls(user, purpose=Purpose.OWN_CASE, on=clocks.today())
    return next(((each.reason, each.blocks) for each in lacking if each.course == course), None)


@pytest.mark.parametrize("case", TABLE)
def test_the_table_of_shortfalls(cast: Cast, trained: Trained, case: str) -> None:
    records, expected = TABLE[case]
    for record in records:
        trained(cast.olu, **record)
    assert said_of(cast.olu) == expected


def test_the_investigator_course_only_warns(cast: Cast, catalogue: None) -> None:
    assert said_of(cast.olu, "ms-investigator") == (Reason.MISSING, False)


def test_only_the_roles_one_holds_ask_for_courses(cast: Cast, catalogue: None) -> None:
    assert shortfalls(cast.rhys, purpose=Purpose.OWN_CASE, on=clocks.today()) == []
    asked = shortfalls(cast.sade, purpose=Purpose.ROLE, on=clocks.today())
    assert {each.course for each in asked} == {"ms-awareness", "ms-supervisor"}


def test_many_officers_are_asked_about_in_one_query(cast: Cast, trained: Trained) -> None:
    people = list(User.objects.filter(force=cast.force))
    trained(cast.olu)
    with CaptureQueriesContext(connection) as asked:
        lacking = shortfalls_of(
            [each.pk for each in people], purpose=Purpose.OWN_CASE, on=clocks.today()
        )
    assert len(asked) == 1
    assert set(lacking) == {person.pk for person in people}
    assert "pip2" not in {each.course for each in lacking[cast.olu.pk]}
    assert "pip2" in {each.course for each in lacking[cast.petra.pk]}


def test_a_force_may_ask_more_but_only_of_its_own(cast: Cast, catalogue: None) -> None:
    Requirement.objects.create(
        force=cast.force,
        course_id="ms-investigator",
        role=Role.INVESTIGATOR,
        purpose=Purpose.OWN_CASE,
        blocks=True,
    )
    assert said_of(cast.olu, "ms-investigator") == (Reason.MISSING, True)
    assert said_of(cast.wyn, "ms-investigator") == (Reason.MISSING, False)


def test_the_ways_to_ask_for_records_agree_with_the_table(cast: Cast, trained: Trained) -> None:
    old, new = trained(cast.olu, left=-1), trained(cast.olu, ago=5, left=30)
    rows, today = TrainingRecord.objects.all(), clocks.today()
    assert list(rows.current(today)) == [new]
    assert list(rows.lapsing(today, 30)) == [new]
    assert not rows.lapsing(today, 29)
    assert list(rows.latest_per_course()) == [new]
    assert old in rows


def test_loading_the_courses_twice_changes_nothing(cast: Cast, catalogue: None) -> None:
    assert files.load(files.read()) == 0
    assert Requirement.objects.get(course="pip2", role="investigator").blocks


def test_loading_puts_right_what_differs_and_keeps_a_forces_own(
    cast: Cast, catalogue: None
) -> None:
    Course.objects.filter(pk="pip2").update(name="Something else")
    Course.objects.create(slug="own", force=cast.force, name="Own")
    Requirement.objects.create(course_id="pip3", role=Role.ANALYST, purpose=Purpose.ROLE)
    assert files.load(files.read()) == 2
    assert Course.objects.get(pk="pip2").name == "PIP2 accredited investigator"
    assert Course.objects.filter(pk="own").exists()
    assert not Requirement.objects.filter(role=Role.ANALYST).exists()


@pytest.mark.parametrize(
    "words",
    [
        "[a",
        '[a]\nname = ""',
        '[a]\nname = "A"\nlong = 1',
        '[a]\nname = "A"\nneeds = [{role = "x"}]',
    ],
)
def test_a_broken_catalogue_is_said_and_loads_nothing(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    file = tmp_path / "catalogue.toml"
    file.write_text(words)
    with pytest.raises(files.CatalogueError):
        files.read(file)
    rows = files.read
    monkeypatch.setattr(files, "read", lambda: rows(file))
    before = Course.objects.count()
    with pytest.raises(CommandError):
        call_command("load_courses")
    assert Course.objects.count() == before


def test_everything_in_the_catalogue_says_who_says_so() -> None:
    for course, asked in files.read():
        assert course.source, course.pk
        assert all(each.source for each in asked)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ago": 1, "left": -2},
        {"verified_by": None},
        {"verified_at": None},
    ],
)
def test_the_database_keeps_no_record_that_cannot_be(
    cast: Cast, trained: Trained, wrong: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        trained(cast.olu, **wrong)


def test_nobody_verifies_their_own_and_a_completion_is_kept_once(
    cast: Cast, trained: Trained
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        trained(cast.olu, verified_by=cast.olu)
    trained(cast.olu)
    with pytest.raises(IntegrityError), transaction.atomic():
        trained(cast.olu)


def test_the_database_shows_no_force_anothers_training(cast: Cast, trained: Trained) -> None:
    trained(cast.wyn)
    trained(cast.olu)
    Course.objects.create(slug="theirs", force=cast.wyn.force, name="Theirs")
    with acting_as(cast.actor("bronwen")), connection.cursor() as cursor:
        cursor.execute("SELECT user_id FROM training_trainingrecord")
        assert cursor.fetchall() == [(cast.olu.pk,)]
        cursor.execute("SELECT count(*) FROM training_course WHERE slug IN ('theirs', 'pip2')")
        assert cursor.fetchone() == (1,)
        cursor.execute(
            "UPDATE training_requirement SET blocks = true WHERE force_id = %s", [cast.wyn.force_id]
        )
        assert cursor.rowcount == 0


def test_the_shared_catalogue_cannot_be_changed_by_anybody_who_signs_in(
    cast: Cast, catalogue: None
) -> None:
    with (
        acting_as(cast.actor("bronwen")),
        pytest.raises(Exception, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE training_course SET name = 'x' WHERE slug = 'pip2'")


def test_every_change_to_a_record_is_in_the_trail(cast: Cast, trained: Trained) -> None:
    record = trained(cast.olu)
    TrainingRecord.objects.filter(pk=record.pk).update(
        expires_on=clocks.today() + timedelta(days=1)
    )
    verbs = AuditEvent.objects.filter(subject_id=str(record.pk)).values_list("verb", flat=True)
    assert {"row.insert", "row.update"} <= set(verbs)
