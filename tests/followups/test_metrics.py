"""The numbers: each equals the list behind it and a twin that shares nothing with it, whatever is recorded."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clocks
from accounts.context import acting_as
from accounts.exports import Sheet
from accounts.models import AuditEvent, User
from accounts.permissions import ROLES, Permission
from casework.models import Case, VoiceAnswer
from casework.voice.questions import Point
from followups import downloads, metrics
from followups.metrics import PERIODS, Answer, Asked, Counted, Narrowed, Number
from followups.metrics.catalogue import NUMBERS
from tests.builders import make_case
from tests.cast import Cast
from tests.followups.twins import TWINS
from tests.followups.worlds import RECORDS, WORLDS, Told, build, say, train

Browser = Callable[[User], Client]
WHO = {"sade": ["harbour-road"], "ines": ["harbour-road", "fellgate"]}
Counts = dict[tuple[str, str], int]


def asked(cast: Cast, who: str, period: str = "quarter") -> Asked:
    units = (cast.unit.pk,) if who == "sade" else (cast.unit.pk, cast.other_unit.pk)
    return Asked(cast.actor(who), units, clocks.now(), PERIODS[period])


def twin(slug: str, who: str, question: Asked) -> Counts:
    given = {"units": WHO[who], "who": who, "at": question.at, "back": question.period.long}
    with connection.cursor() as cursor:
        cursor.execute(TWINS[slug], given | {"today": clocks.today()})
        return {(group, part): count for group, part, count in cursor.fetchall()}


def counts(answer: Answer) -> Counts:
    return {
        (group, part): count
        for group, parts in answer.groups.items()
        for part, count in parts.items()
    }


ALL = Narrowed()


def whole_list(number: Number, question: Asked, only: Narrowed = ALL) -> list[Counted]:
    return metrics.listed(number, question, number.sides[0], only, most=10_000)[1]


def test_every_number_has_a_twin_and_says_what_it_counts() -> None:
    assert set(TWINS) == set(NUMBERS)
    for number in NUMBERS.values():
        assert all((number.counted, number.when, number.left_out, number.source, number.share))
        assert number.good < set(number.parts)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    world=WORLDS,
    records=RECORDS,
    who=st.sampled_from(sorted(WHO)),
    period=st.sampled_from(sorted(PERIODS)),
)
def test_a_number_equals_the_list_behind_it_and_its_twin(
    db: None, world: list[Told], records: list[Any], who: str, period: str
) -> None:
    cast = Cast()
    with transaction.atomic():
        question = asked(cast, who, period)
        for told in world:
            build(cast, told, question.at)
        train(records, question.at)
        expected = {slug: twin(slug, who, question) for slug in NUMBERS}
        for slug, number in NUMBERS.items():
            with acting_as(question.actor):
                answer = metrics.answer(number, question, number.sides[0])
                rows = whole_list(number, question)
            assert counts(answer) == expected[slug], slug
            assert Counter((row.group, row.part) for row in rows) == expected[slug], slug
            assert sum(sum(parts.values()) for parts in answer.units.values()) == len(rows)
        transaction.set_rollback(True)


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(world=WORLDS)
def test_each_way_to_part_a_number_counts_the_same_things(db: None, world: list[Told]) -> None:
    cast = Cast()
    with transaction.atomic():
        question = asked(cast, "ines")
        for told in world:
            build(cast, told, question.at)
        with acting_as(question.actor):
            for number in NUMBERS.values():
                answers = [metrics.answer(number, question, side) for side in number.sides]
                assert len({str(answer.parts) for answer in answers}) == 1
                good = whole_list(number, question, Narrowed(part="good"))
                rest = whole_list(number, question, Narrowed(part="rest"))
                assert (len(good), len(good) + len(rest)) == (answers[0].good, answers[0].total)
        transaction.set_rollback(True)


def test_what_has_no_rows_is_said_to_have_nothing_to_count(cast: Cast, client_of: Browser) -> None:
    page = client_of(cast.sade).get("/numbers/first-contact")
    assert page.status_code == 200
    assert "There are no cases to count here." in page.content.decode()


def test_an_empty_list_is_an_answer_and_no_failure(cast: Cast, client_of: Browser) -> None:
    page = client_of(cast.sade).get("/numbers/silence/list")
    assert page.status_code == 200
    assert "There is nothing to list." in page.content.decode()


def test_a_list_and_its_number_ask_as_often_for_50_as_for_1(cast: Cast, client_of: Browser) -> None:
    browser, asked = client_of(cast.sade), []
    browser.get("/numbers/silence/list")
    for more in (1, 49):
        for _each in range(more):
            make_case(at=clocks.now() - timedelta(days=40))
        for address in ("/numbers/silence", "/numbers/silence/list"):
            with CaptureQueriesContext(connection) as queries:
                page = browser.get(address)
            asked.append(len(queries))
    assert page.content.decode().count('href="/case/') >= 50
    assert asked[:2] == asked[2:]


def failing(slug: str) -> AbstractContextManager[object]:
    ask = metrics.answer

    def answer(number: Number, *rest: object) -> Answer:
        if number.slug == slug:
            raise DatabaseError
        return ask(number, *rest)  # type: ignore[arg-type]

    return patch.object(metrics, "answer", answer)


@pytest.mark.parametrize("slug", NUMBERS)
def test_a_number_that_could_not_be_asked_says_so_and_the_others_stand(
    cast: Cast, client_of: Browser, slug: str
) -> None:
    browser: Client = client_of(cast.sade)
    with failing(slug):
        page = browser.get("/numbers")
        one = browser.get(f"/numbers/{slug}")
    said = page.content.decode()
    assert (page.status_code, one.status_code) == (503, 503)
    assert said.count("We could not check") == 1
    others = said.count("to count here.") + said.count("are in date.")
    assert others == len(NUMBERS) - 1
    assert "We could not check" in one.content.decode()
    assert "What is counted" in one.content.decode()


def test_a_list_that_could_not_be_asked_says_so(cast: Cast, client_of: Browser) -> None:
    browser: Client = client_of(cast.sade)
    with patch.object(metrics, "listed", side_effect=DatabaseError):
        page = browser.get("/numbers/silence/list")
    assert page.status_code == 503
    assert "We could not check" in page.content.decode()
    assert "There is nothing to list" not in page.content.decode()


def test_whoever_reads_a_list_leaves_a_line_of_which_cases(cast: Cast, client_of: Browser) -> None:
    case = make_case(at=clocks.now() - timedelta(days=40))
    client_of(cast.sade).get("/numbers/silence/list")
    seen = AuditEvent.objects.filter(actor_id=cast.sade.pk).order_by("at").last()
    assert seen is not None
    assert case.reference in str(seen.detail)


def heard(cast: Cast, *, logged_by: User) -> Case:
    """A case that somebody logged, whose person said in it that nobody respected them."""
    case = make_case(owner=cast.olu, logged_by=logged_by)
    say(case, clocks.now(), Point.FIRST_CONTACT, {"safe_now": "yes", "respect": "no"})
    return case


def test_nobody_counts_or_lists_what_is_said_of_their_own_part(
    cast: Cast, client_of: Browser
) -> None:
    case = heard(cast, logged_by=cast.sade)
    answer = VoiceAnswer.objects.get()
    sade, ines = client_of(cast.sade), client_of(cast.ines)
    assert "There are no answers to count here." in sade.get("/numbers/experience").content.decode()
    listed = ines.get("/numbers/experience/list?part=no").content.decode()
    assert f"/voice/{answer.pk}" in listed
    assert case.reference not in listed
    assert f"/voice/{answer.pk}" not in sade.get("/numbers/experience/list").content.decode()


def test_what_people_said_leaves_as_rounded_counts_alone(cast: Cast) -> None:
    for _each in range(7):
        heard(cast, logged_by=cast.olu)
    next_quarter = clocks.moved(timedelta(days=93))
    with next_quarter, acting_as(cast.actor("ines")):
        content = downloads.number(cast.actor("ines"), {"of": "experience", "by": "question"})
    sheet = content.body
    assert isinstance(sheet, Sheet)
    assert not content.items
    assert len(sheet.rows) == 4  # the three questions of a first contact, and all
    counts = [int(cell) for row in sheet.rows for cell in row[1:]]
    assert {count % 5 for count in counts} == {0}
    assert sum(counts) > 0


def test_whoever_reads_numbers_may_read_what_people_said() -> None:
    for may in ROLES.values():
        assert Permission.NUMBERS_VIEW not in may or Permission.VOICE_READ in may
