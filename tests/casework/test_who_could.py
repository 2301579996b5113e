"""Who could take something on: by the training of that day and the shifts of that moment, each part somebody else's."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

import clocks
from accounts.models import Absence, AuditEvent, Shift, User
from accounts.permissions import Role
from casework.who_could import Able, Part, able, crew
from clocks import LONDON
from tests.builders import make_training
from tests.cast import Cast
from training.models import Course, Purpose, Requirement

Browser = Callable[[User], Client]
CHILD, ADULT, EITHER = "abe-tier-2-child", "abe-tier-2-adult", "abe-tier-3"


@pytest.fixture
def asked_of_investigators(cast: Cast) -> None:
    """PIP2 is asked of every investigator, and nobody has it."""
    Course.objects.get_or_create(slug="pip2", defaults={"name": "PIP2"})
    Requirement.objects.get_or_create(
        course_id="pip2",
        role=Role.INVESTIGATOR,
        purpose=Purpose.OWN_CASE,
        defaults={"blocks": True},
    )


def at(cast: Cast, moment: datetime | None = None, language: str = "") -> dict[str, Able]:
    found = able(cast.olu.force_id, moment or clocks.now(), near=[], language=language)
    return {each.name: each for each in found}


def test_an_investigator_who_lacks_what_blocks_does_not_lead(
    cast: Cast, asked_of_investigators: None
) -> None:
    assert cast.olu.name not in at(cast)
    make_training(cast.olu, "pip2")
    assert at(cast)[cast.olu.name].parts == {Part.LEAD}


def test_whoever_is_no_investigator_leads_nothing_with_every_course(
    cast: Cast, asked_of_investigators: None
) -> None:
    make_training(cast.sade, "pip2")
    assert cast.sade.name not in at(cast)


@pytest.mark.parametrize(
    ("course", "parts"),
    [(CHILD, {Part.CHILD}), (ADULT, {Part.ADULT}), (EITHER, {Part.CHILD, Part.ADULT})],
)
def test_whom_somebody_interviews_is_what_they_are_trained_for(
    cast: Cast, asked_of_investigators: None, course: str, parts: set[Part]
) -> None:
    make_training(cast.sade, course)
    assert at(cast)[cast.sade.name].parts == parts


def test_a_course_that_lapses_before_the_day_does_not_count_on_it(
    cast: Cast, asked_of_investigators: None
) -> None:
    today = clocks.today()
    make_training(cast.sade, CHILD, until=today)
    night = datetime.combine(today, time(23, 59), LONDON)
    assert cast.sade.name in at(cast, night)
    assert cast.sade.name not in at(cast, night + timedelta(minutes=1))


def test_who_is_on_duty_is_said_of_that_moment(cast: Cast, asked_of_investigators: None) -> None:
    make_training(cast.olu, "pip2")
    Shift.objects.filter(user=cast.olu).delete()
    monday = datetime(2027, 1, 4, 10, tzinfo=LONDON)
    Shift.objects.create(user=cast.olu, weekday=1, starts=time(9), ends=time(17))
    assert at(cast, monday)[cast.olu.name].on_duty
    evening = at(cast, monday.replace(hour=20))[cast.olu.name]
    assert (evening.on_duty, evening.present) == (False, True)
    Absence.objects.create(
        user=cast.olu,
        kind="leave",
        starts_at=monday - timedelta(days=1),
        ends_at=monday + timedelta(days=1),
        recorded_by=cast.sade,
        recorded_at=clocks.now(),
    )
    away = at(cast, monday)[cast.olu.name]
    assert (away.on_duty, away.present) == (False, False)


def test_a_proof_that_nobody_verified_is_said(cast: Cast, asked_of_investigators: None) -> None:
    record = make_training(cast.olu, "pip2")
    assert not at(cast)[cast.olu.name].proven
    record.verified_at, record.verified_by = clocks.now(), cast.sade
    record.save()
    assert at(cast)[cast.olu.name].proven


def test_whoever_speaks_the_language_comes_first(cast: Cast, asked_of_investigators: None) -> None:
    for who in (cast.olu, cast.sade):
        make_training(who, ADULT)
        Shift.objects.filter(user=who).delete()
    User.objects.filter(pk=cast.sade.pk).update(languages="French, vietnamese")
    User.objects.filter(pk=cast.olu.pk).update(languages="Viet")
    found = [each for each in at(cast, language="Vietnamese").values() if Part.ADULT in each.parts]
    assert [(each.name, each.speaks) for each in found] == [
        (cast.sade.name, True),
        (cast.olu.name, False),
    ]


def test_nobody_of_another_force_is_named(cast: Cast, asked_of_investigators: None) -> None:
    make_training(cast.gus, CHILD)
    assert cast.gus.name not in at(cast)


def somebody(number: int, parts: set[Part]) -> Able:
    key = UUID(int=number)
    return Able(key, str(number), "", frozenset(parts), True, True, True, False)


CREWS = st.lists(st.sets(st.sampled_from(list(Part)), min_size=1), max_size=5)


@given(CREWS, st.integers(0, 3), st.integers(0, 2))
def test_as_many_parts_are_given_as_can_be_and_none_twice(
    able_for: list[set[Part]], adults: int, children: int
) -> None:
    people = [somebody(number, parts) for number, parts in enumerate(able_for)]
    said = crew(people, adults=adults, children=children)
    assert all(part in who.parts for part, who in said.found)
    assert len({who.id for _part, who in said.found}) == len(said.found)
    wanted = [Part.LEAD, *[Part.CHILD] * children, *[Part.ADULT] * adults]
    lacking = sum(more for _part, more in said.short)
    assert len(said.found) + lacking == len(wanted)
    # Hall and Koenig: what must be lacking is the most by which some of the parts outnumber whoever can do any of them.
    sets = [set(some) for size in range(4) for some in combinations(Part, size)]
    must = max(
        sum(part in some for part in wanted) - sum(bool(some & set(who.parts)) for who in people)
        for some in sets
    )
    assert lacking == must


@given(CREWS)
def test_a_lead_is_found_if_anybody_can_lead(able_for: list[set[Part]]) -> None:
    people = [somebody(number, parts) for number, parts in enumerate(able_for)]
    said = crew(people, adults=2, children=2)
    leads = any(Part.LEAD in each.parts for each in people)
    assert (Part.LEAD in dict(said.found)) == leads


def test_the_page_says_what_is_lacking_and_whom_to_call_in(
    cast: Cast, client_of: Browser, asked_of_investigators: None
) -> None:
    for who, course in ((cast.olu, "pip2"), (cast.sade, ADULT), (cast.petra, CHILD)):
        make_training(who, course)
        Shift.objects.filter(user=who).delete()
    ask = {"adults": "1", "children": "1", "language": "vi"}
    page = client_of(cast.sade).get("/who-could", ask).text
    assert "it can be done by those on duty" in page
    assert "1 adult, 1 child, Vietnamese." in page
    today = clocks.now().astimezone(LONDON)
    Shift.objects.create(
        user=cast.petra, weekday=(today.isoweekday() % 7) + 1, starts=time(3), ends=time(4)
    )
    page = client_of(cast.sade).get("/who-could", ask).text
    assert "not by those on duty; it can be if others are called in" in page
    assert "Interviews a child, with a social worker: 1 more" in page
    page = client_of(cast.sade).get("/who-could", {"children": "3"}).text
    assert "it cannot be done by your force alone" in page
    assert "Whom to ask outside your force" in page


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        ({"adults": "many"}, "Enter a number"),
        ({"adults": "-1"}, "Enter 0 or more"),
        ({"children": "31"}, "Enter 30 or fewer"),
        ({"at": "teatime"}, "Enter a time, for example 5:30pm or 17:30"),
        ({"language": "xx"}, "Choose one from the list"),
        ({"on_day": "1", "on_month": "1", "on_year": "2031"}, "within the next 90 days"),
        ({"on_day": "1", "on_month": "1", "on_year": "2020"}, "must be today or in the future"),
    ],
)
def test_what_cannot_be_asked_is_said_and_kept(
    cast: Cast, client_of: Browser, ask: dict[str, Any], words: str
) -> None:
    answer = client_of(cast.sade).get("/who-could", ask)
    assert answer.status_code == 400
    assert words in answer.text
    assert all(f'value="{typed}"' in answer.text for typed in ask.values() if typed != "xx")


def test_whose_training_was_shown_is_in_the_trail(
    cast: Cast, client_of: Browser, asked_of_investigators: None
) -> None:
    make_training(cast.olu, "pip2")
    client_of(cast.sade).get("/who-could", {"adults": "2"})
    seen = AuditEvent.objects.filter(verb="training.searched").latest("at").detail
    assert (seen["shown"], seen["adults"]) == ([str(cast.olu.pk)], 2)


def test_it_asks_as_much_of_fifty_officers_as_of_one(
    cast: Cast, client_of: Browser, asked_of_investigators: None
) -> None:
    browser = client_of(cast.sade)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get("/who-could").status_code == 200
        return len(queries)

    make_training(cast.olu, ADULT)
    asked()
    one = asked()
    for number in range(50):
        make_training(
            User.objects.create(
                username=f"one{number}",
                name=f"One {number}",
                force=cast.olu.force,
                unit=cast.olu.unit,
            ),
            ADULT,
        )
    assert asked() == one
