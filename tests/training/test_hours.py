"""Hours of learning: said by oneself, seen by somebody else, and counted the same by hand as by the page."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, User
from accounts.scoping import NotVisible
from tests.cast import Cast
from training import actions
from training.actions.imports import Result
from training.hours import hours_of, year_to
from training.models import Course, Learning, LearningKind, TrainingRecord

ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)


def learn(cast: Cast, who: str = "olu", *, ago: int = 3, **over: Any) -> Learning:
    values: dict[str, Any] = {
        "done_on": clocks.today() - ago * DAY,
        "kind": LearningKind.READING,
        "about": "An invented guide",
        "hours": Decimal("1.5"),
    }
    return actions.add_learning(by=cast.actor(who), **(values | over))


def refuses(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


def test_the_same_said_twice_is_said_once_and_other_hours_are_a_clash(cast: Cast) -> None:
    assert learn(cast) == learn(cast)
    with pytest.raises(Conflict, match="with other hours"):
        learn(cast, hours=Decimal(2))
    assert Learning.objects.count() == 1


@pytest.mark.parametrize("hours", ["0", "0.4", "24.5", "-1"])
def test_it_takes_between_half_an_hour_and_a_day(cast: Cast, hours: str) -> None:
    with pytest.raises((ValidationError, Conflict)):
        learn(cast, hours=Decimal(hours))
    assert not Learning.objects.exists()


def test_nobody_has_learned_what_is_still_to_come(cast: Cast) -> None:
    with pytest.raises(Conflict, match="future"):
        learn(cast, ago=-1)


def test_its_writer_takes_it_back_until_somebody_has_seen_it(cast: Cast) -> None:
    first, second = learn(cast), learn(cast, about="Another guide")
    actions.take_back(by=cast.actor("olu"), learning=first)
    actions.take_back(by=cast.actor("olu"), learning=first)
    with pytest.raises(Conflict, match="taken it back"):
        actions.see_learning(by=cast.actor("sade"), learning=first)
    actions.see_learning(by=cast.actor("sade"), learning=second)
    with pytest.raises(Conflict, match="stays"):
        actions.take_back(by=cast.actor("olu"), learning=second)
    with pytest.raises(Refused, match="Only whoever added it"):
        actions.take_back(by=cast.actor("sade"), learning=second)
    assert learn(cast) != first, "what was taken back may be said again"


def test_whoever_does_not_see_a_persons_training_neither_sees_nor_ends_their_learning(
    cast: Cast, client_of: ClientOf
) -> None:
    learned = learn(cast)
    with pytest.raises(NotVisible):
        actions.see_learning(by=cast.actor("dov"), learning=learned)
    with pytest.raises(Refused):
        actions.see_learning(by=cast.actor("rhys"), learning=learned)
    assert (
        client_of(cast.rhys).post(f"/training/learning/{learned.pk}/take-back").status_code == 404
    )
    assert client_of(cast.dov).post(f"/training/learning/{learned.pk}/seen").status_code == 404
    assert "An invented guide" not in client_of(cast.dov).get("/training/waiting").content.decode()
    learned.refresh_from_db()
    assert (learned.seen_at, learned.taken_back_at) == (None, None)


def test_what_was_said_stays_as_it_was_said_whatever_the_path(cast: Cast) -> None:
    seen = actions.see_learning(by=cast.actor("sade"), learning=learn(cast))
    taken_back = actions.take_back(by=cast.actor("olu"), learning=learn(cast, about="Another"))
    change = "UPDATE training_learning SET {} WHERE id = '{}'"
    for what in ("hours = 9", "about = 'x'", "done_on = done_on - 1", "seen_at = now()",
                 "seen_at = NULL, seen_by_id = NULL"):  # fmt: skip
        assert refuses(change.format(what, seen.pk)), what
    assert refuses(change.format("taken_back_at = NULL", taken_back.pk))
    assert refuses(change.format("taken_back_at = now()", seen.pk))
    assert refuses("DELETE FROM training_learning")


def test_its_words_stand_in_no_trail(cast: Cast) -> None:
    learn(cast, about="Quillon spoke")
    assert not [event for event in AuditEvent.objects.all() if "Quillon" in str(event.detail)]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (date(2026, 11, 28), date(2025, 11, 29)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 2, 29)),
        (date(2026, 12, 31), date(2026, 1, 1)),
    ],
)
def test_a_year_is_twelve_months_with_both_its_ends(last: date, first: date) -> None:
    assert (year_to(last).since, year_to(last).until) == (first, last)


@pytest.mark.parametrize("seed", range(3))
def test_everybodys_hours_are_those_counted_by_hand(cast: Cast, catalogue: None, seed: int) -> None:
    rng, people = Random(seed), ("olu", "rhys", "petra", "sade")
    courses = list(Course.objects.all()[:4])
    for _again in range(25):
        user = getattr(cast, rng.choice(people))
        if rng.random() < 0.5:
            TrainingRecord.objects.get_or_create(
                user=user, course=rng.choice(courses),
                completed_on=clocks.today() - rng.randrange(500) * DAY,
                defaults={"provider": "x", "recorded_at": clocks.now(), "recorded_by": cast.bronwen,
                          "hours": rng.choice([None, Decimal("7.5"), Decimal(40)])},
            )  # fmt: skip
        else:
            learned = learn(
                cast, user.username, ago=rng.randrange(500), about=str(_again),
                hours=Decimal(rng.randrange(1, 40)) / 2,
            )  # fmt: skip
            if rng.random() < 0.3:
                actions.take_back(by=cast.actor(user.username), learning=learned)
            elif rng.random() < 0.5:
                actions.see_learning(by=cast.actor("ines"), learning=learned)
    year = year_to(clocks.today() - rng.randrange(60) * DAY)
    found = hours_of(year, force=cast.force.pk)
    assert [(row.total, row.name) for row in found] == sorted((r.total, r.name) for r in found)
    for row in found:
        records = list(TrainingRecord.objects.filter(user=row.user_id))
        records = [each for each in records if year.since <= each.completed_on <= year.until]
        learning = [
            each
            for each in Learning.objects.filter(user=row.user_id, taken_back_at=None)
            if year.since <= each.done_on <= year.until
        ]
        assert row.courses == sum(each.hours or 0 for each in records)
        assert row.other == sum(each.hours for each in learning)
        assert row.total == row.courses + row.other
        assert row.unknown == sum(each.hours is None for each in records)
        assert row.unseen == sum(each.hours or 0 for each in records if not each.verified_at) + sum(
            each.hours for each in learning if not each.seen_at
        )
    assert {row.user_id for row in found} == set(
        User.objects.filter(force=cast.force, is_active=True).values_list("pk", flat=True)
    )


def test_a_course_takes_as_long_as_usual_unless_somebody_says_otherwise(
    cast: Cast, catalogue: None
) -> None:
    bronwen = cast.actor("bronwen")
    course = actions.add_course(
        by=bronwen, name="Invented course", provider="Here", lasts_months=12, source="Us",
        hours=Decimal(6),
    )  # fmt: skip
    said = {"by": bronwen, "course": course, "provider": "Here", "expires_on": None}
    usual = actions.record_training(user=cast.olu, completed_on=clocks.today() - DAY, **said)
    longer = actions.record_training(
        user=cast.olu, completed_on=clocks.today(), hours=Decimal(9), **said
    )
    assert (usual.hours, longer.hours) == (6, 9)
    with pytest.raises(Conflict, match="hours"):
        actions.record_training(
            user=cast.olu, completed_on=clocks.today(), hours=Decimal(8), **said
        )


@pytest.mark.parametrize(
    ("hours", "result", "kept"),
    [("6.5", "added", Decimal("6.5")), ("", "added", None), ("long", "hours_wrong", None),
     ("0", "hours_wrong", None), ("401", "hours_wrong", None), ("1.25", "hours_wrong", None)],
)  # fmt: skip
def test_a_csv_may_say_the_hours(
    cast: Cast, catalogue: None, hours: str, result: str, kept: Decimal | None
) -> None:
    text = f"officer,course,provider,completed,expires,hours\nolu,pip2,Here,2026-01-05,,{hours}\n"
    upload = actions.preview_import(by=cast.actor("bronwen"), content=text.encode())
    upload = actions.apply_import(by=cast.actor("bronwen"), upload=upload)
    assert Result(upload.rows[0]["result"]) == result
    assert [each.hours for each in TrainingRecord.objects.all()] == [kept] * (result == "added")


def test_a_file_that_was_looked_at_before_there_were_hours_is_added_all_the_same(
    cast: Cast, catalogue: None, client_of: ClientOf
) -> None:
    text = "officer,course,provider,completed,expires\nolu,pip2,Here,2026-01-05,\n"
    upload = actions.preview_import(by=cast.actor("bronwen"), content=text.encode())
    upload.rows = [row | {"cells": row["cells"][:5]} for row in upload.rows]
    upload.save()
    bronwen = client_of(cast.bronwen)
    assert bronwen.get(f"/training/import/{upload.pk}").status_code == 200
    bronwen.post(f"/training/import/{upload.pk}")
    assert TrainingRecord.objects.get().hours is None


def test_an_officer_adds_what_they_learned_and_a_sergeant_sees_it(
    cast: Cast, client_of: ClientOf
) -> None:
    olu, today = client_of(cast.olu), clocks.today()
    told = {"kind": "reading", "about": "An invented guide", "hours": "1.5", "done_on_0": "",
            "done_on_day": today.day, "done_on_month": today.month, "done_on_year": today.year}  # fmt: skip
    wrong = olu.post("/training/hours/new", told | {"hours": "a while"})
    assert wrong.status_code == 400
    assert "Enter the hours as a number" in wrong.content.decode()
    assert "An invented guide" in wrong.content.decode(), "what was typed is kept"
    assert olu.post("/training/hours/new", told).status_code == 302
    page = olu.get("/training/hours").content.decode()
    assert "1.5 hours from" in page
    assert "Take back" in page
    sade = client_of(cast.sade)
    assert "An invented guide" in sade.get("/training/waiting").content.decode()
    learned = Learning.objects.get()
    assert sade.post(f"/training/learning/{learned.pk}/seen").status_code == 302
    assert cast.sade.name in olu.get("/training/hours").content.decode()
    assert "An invented guide" not in sade.get("/training/waiting").content.decode()


def test_a_sergeant_sees_the_hours_of_her_unit_alone(cast: Cast, client_of: ClientOf) -> None:
    learn(cast)
    shown = client_of(cast.sade).get("/training/hours/team").context["page"]
    units = set(
        User.objects.filter(pk__in=[row.user_id for row in shown]).values_list("unit", flat=True)
    )
    assert units == {cast.unit.pk}
    assert shown[-1].name == cast.olu.name, "whoever has most comes last"
    assert client_of(cast.olu).get("/training/hours/team").status_code == 403
    assert len(client_of(cast.bronwen).get("/training/hours/team").context["page"]) > len(shown)


def test_the_pages_of_hours_ask_as_many_questions_for_fifty_as_for_one(
    cast: Cast, client_of: ClientOf
) -> None:
    olu, sade = client_of(cast.olu), client_of(cast.sade)

    def questions() -> list[int]:
        counted = []
        for client, path in (
            (olu, "/training/hours"),
            (sade, "/training/hours/team"),
            (sade, "/training/waiting"),
        ):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            counted.append(len(asked))
        return counted

    learn(cast, about="first")
    one = questions()
    for number in range(49):
        learn(cast, about=str(number))
    assert questions() == one
