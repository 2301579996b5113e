"""The rule about searches: a team whose record is held closely learns that somebody looked, and nobody else does."""

from datetime import date, datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

import clocks
from accounts.context import acting_as
from accounts.models import Restriction, User
from casework import finding
from casework.actions.sought import look_into, who_looked
from casework.models import Case, Search
from followups import engine
from followups.models import FollowUp
from followups.rules import RULES
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast

RULE = {"person-sought": RULES["person-sought"]}


@pytest.fixture
def held(cast: Cast) -> Case:
    """A covert case on which only Petra is named."""
    at = clocks.now()
    scope = make_scope(restriction=Restriction.COVERT)
    scope.grants.create(force=cast.force, user=cast.petra, kind="team", starts_at=at)
    victim = make_victim(scope, called="Wren Ouzel", born_on=date(1990, 2, 1))
    return make_case(victim=victim, owner=cast.petra, reference="HF-CDFGH")


def search(cast: Cast, who: User, words: str) -> None:
    with acting_as(cast.actor(who.username)):
        finding.note(finding.read(words))


def owed(at: datetime | None = None) -> list[FollowUp]:
    engine.sweep(at or clocks.now(), rules=RULE)
    return list(FollowUp.objects.filter(rule="person-sought").open())


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Wren Ouzel", 1),
        ("ouzel wrenn", 1),
        ("Ouzel 02/01/1990", 1),
        ("1 February 1990", 1),
        ("HF-CDFGH", 1),
        ("Wern Ouzzel", 1),
        ("Ouzelle", 1),
        ("Wrem Ouzal 02/01/1990", 1),
        ("Wrem Ouzal", 0),
        ("Wren Finch", 0),
        ("Warren Hazel", 0),
        ("Ouse", 0),
        ("Lark Finch 03/03/1971", 0),
        ("07700 900123", 0),
    ],
)
def test_a_search_that_would_have_found_them_is_an_item_of_the_team(
    cast: Cast, held: Case, words: str, count: int
) -> None:
    search(cast, cast.olu, words)
    assert [(row.case, row.holder) for row in owed()] == [(held, cast.petra)] * count


def test_a_name_that_is_only_like_theirs_is_one_item_a_day_however_often_it_is_typed(
    cast: Cast, held: Case
) -> None:
    for words in ("Wern Ouzzel", "Wren Ouzle", "Wern Ouzzel"):
        search(cast, cast.olu, words)
    assert len(owed()) == 1
    search(cast, cast.olu, "Wren Ouzel")
    assert len(owed()) == 1
    search(cast, cast.petra, "Wern Ouzzel")
    search(cast, cast.wyn, "Wern Ouzzel")
    assert len(owed()) == 1


def test_of_a_compared_search_no_piece_of_the_name_is_kept(cast: Cast, held: Case) -> None:
    search(cast, cast.olu, "Wern Ouzzel")
    search(cast, cast.olu, "Lark Finch")
    assert owed() != []
    assert not Search.objects.exclude(trigrams=[]).exists()
    assert [kept.alike for kept in Search.objects.order_by("at")] == [[held.victim_id], []]


def test_only_the_engine_compares_and_the_searcher_waits_for_nothing_of_it(
    cast: Cast, held: Case
) -> None:
    search(cast, cast.olu, "Wern Ouzzel")
    assert Search.objects.get().alike == []
    with (
        acting_as(cast.actor("olu")),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        finding.compare()


def test_the_team_itself_and_a_standard_case_make_no_item(cast: Cast, held: Case) -> None:
    make_case(victim=make_victim(called="Lark Finch"))
    search(cast, cast.petra, "Wren Ouzel")
    search(cast, cast.olu, "Lark Finch")
    assert owed() == []


def test_one_person_who_searches_all_day_is_one_item_and_two_are_two(
    cast: Cast, held: Case
) -> None:
    for words in ("Wren Ouzel", "Ouzel", "Wren Ouzel 02/01/1990"):
        search(cast, cast.olu, words)
    assert len(owed()) == 1
    search(cast, cast.rhys, "Wren Ouzel")
    assert len(owed()) == 2


def test_the_team_sees_who_looked_and_looking_into_it_ends_the_item(cast: Cast, held: Case) -> None:
    search(cast, cast.olu, "Wren Ouzel")
    assert len(owed()) == 1
    petra = cast.actor("petra")
    with acting_as(petra):
        assert [each.who for each in who_looked(held)] == [cast.olu]
        look_into(case=held, by=petra, note="Spoke to him. His case is another.")
    (row,) = FollowUp.objects.filter(rule="person-sought")
    assert owed() == []
    row.refresh_from_db()
    assert row.state == "met"


def test_nobody_beyond_the_team_is_told_who_looked(cast: Cast, held: Case) -> None:
    search(cast, cast.olu, "Wren Ouzel")
    for who in ("olu", "ines", "sade"):
        with acting_as(cast.actor(who)):
            assert who_looked(held) == []


def test_after_ninety_days_nothing_is_owed_for_a_search(cast: Cast, held: Case) -> None:
    search(cast, cast.olu, "Wren Ouzel")
    assert len(owed()) == 1
    assert owed(clocks.now() + timedelta(days=91)) == []
    assert FollowUp.objects.get(rule="person-sought").end_reason == "old"
