"""Two people on the same case: the second is told what changed, by whom and when, and loses no typing."""

import re
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client

from accounts.actors import Actor, engine
from accounts.context import acting_as
from accounts.errors import Conflict
from accounts.models import User
from accounts.rows import as_read
from casework.actions.facts import add_fact, replace_fact
from casework.actions.person import edit_case
from casework.models import Case
from pages.answers import Answer
from tests.builders import make_case, make_victim
from tests.casework.steps import phone_rule
from tests.cast import Cast
from victims.models import FactKind, PersonName, Victim

Open = Callable[[User], Client]


def versions(page: str) -> str:
    found = re.search(
        r'name="versions"[^>]*value="([\d-]+)"|value="([\d-]+)"[^>]*name="versions"', page
    )
    assert found
    return found[1] or found[2]


ANSWERS = {"called": "Mai", "age_band": "adult", "language": "", "interpreter": "not_asked"}
ANSWERS |= {"officer_preference": "not_asked", "danger": "not_asked"}


def test_the_second_is_told_what_changed_and_keeps_their_words(cast: Cast, client_of: Open) -> None:
    case = make_case()
    address = f"/case/{case.reference}/edit"
    olu, sade = client_of(cast.olu), client_of(cast.sade)
    read = versions(olu.get(address).content.decode())
    assert sade.post(address, ANSWERS | {"versions": read, "language": "Twi"}).status_code == 302
    mine = ANSWERS | {"versions": read, "language": "Akan", "communication_needs": "Speak slowly"}
    response = olu.post(address, mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Sgt Sade Okonjo changed this case while you were typing" in page
    assert "Recorded now: Twi" in page
    assert "Akan" in page
    assert "Speak slowly" in page
    case.victim.refresh_from_db()
    assert case.victim.language == "Twi"
    assert olu.post(address, mine | {"versions": versions(page)}).status_code == 302
    case.victim.refresh_from_db()
    assert case.victim.language == "Akan"


def test_the_same_words_twice_are_no_clash(cast: Cast, client_of: Open) -> None:
    case = make_case()
    address = f"/case/{case.reference}/edit"
    browser = client_of(cast.olu)
    mine = ANSWERS | {"versions": versions(browser.get(address).content.decode())}
    assert browser.post(address, mine).status_code == 302
    assert browser.post(address, mine).status_code == 302
    assert case.events.count() == 1


def test_a_page_without_its_version_saves_nothing(cast: Cast, client_of: Open) -> None:
    case = make_case()
    for version in ({}, {"versions": "x"}, {"versions": "1"}):
        response = client_of(cast.olu).post(f"/case/{case.reference}/edit", ANSWERS | version)
        assert response.status_code == 400
    assert not case.events.exists()


def test_a_rule_that_was_replaced_meanwhile_is_not_replaced_again(
    cast: Cast, client_of: Open
) -> None:
    case = make_case()
    rule = phone_rule(case, cast.actor("olu"))
    address = f"/case/{case.reference}/safe-contact?change={rule.pk}"
    answers = {
        "safe": "no",
        "notes": "He has her phone",
        "review_on_day": "1",
        "review_on_month": "3",
        "review_on_year": "2099",
    }
    assert client_of(cast.olu).post(address, answers).status_code == 302
    response = client_of(cast.sade).post(address, answers | {"notes": "My own words"})
    assert response.status_code == 409
    assert "My own words" in response.content.decode()
    current = case.victim.safe_contacts.get(ended_at=None)
    assert (current.notes, current.safe) == ("He has her phone", Answer.NO)
    assert current.details == rule.details


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def test_two_people_change_different_details_at_once_and_both_are_kept(
    cast: Cast, client_of: Open
) -> None:
    case = make_case(victim=make_victim(called="Mai"))
    address = f"/case/{case.reference}/edit"
    olu, sade = client_of(cast.olu), client_of(cast.sade)
    page = olu.get(address).content.decode()
    as_read = ANSWERS | {name: hidden(page, name) for name in ("versions", "read")}
    assert sade.post(address, as_read | {"language": "Twi", "place": "Pier 4"}).status_code == 302
    mine = as_read | {"communication_needs": "Speak slowly", "incident_number": "NM-9"}
    assert olu.post(address, mine).status_code == 302
    case = Case.objects.select_related("victim").get(pk=case.pk)
    victim = case.victim
    assert (victim.language, victim.communication_needs) == ("Twi", "Speak slowly")
    assert (case.place, case.incident_number) == ("Pier 4", "NM-9")


def test_whoever_is_told_of_a_clash_does_not_undo_the_rest_by_saving_again(
    cast: Cast, client_of: Open
) -> None:
    case = make_case(victim=make_victim(called="Mai"))
    address = f"/case/{case.reference}/edit"
    olu, sade = client_of(cast.olu), client_of(cast.sade)
    page = olu.get(address).content.decode()
    as_read = ANSWERS | {name: hidden(page, name) for name in ("versions", "read")}
    theirs = as_read | {"language": "Twi", "communication_needs": "Speak slowly"}
    assert sade.post(address, theirs).status_code == 302
    response = olu.post(address, as_read | {"language": "Akan"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Recorded now: Twi" in page
    assert "Speak slowly" in page  # what Sade wrote stands where Olu typed nothing
    assert page.count("Recorded now") == 2  # the one question, and the summary above it
    again = ANSWERS | {"language": "Akan", "communication_needs": "Speak slowly"}
    again |= {name: hidden(page, name) for name in ("versions", "read")}
    assert olu.post(address, again).status_code == 302
    victim = Victim.objects.get(pk=case.victim_id)
    assert (victim.language, victim.communication_needs) == ("Akan", "Speak slowly")


def test_what_was_read_is_told_by_digests_that_show_nothing(cast: Cast, client_of: Open) -> None:
    case = make_case(victim=make_victim(called="Thanh Mai"))
    page = client_of(cast.olu).get(f"/case/{case.reference}/edit").content.decode()
    read = hidden(page, "read")
    assert "Thanh" not in read
    other = make_case(victim=make_victim(called="Thanh Mai"))
    page = client_of(cast.olu).get(f"/case/{other.reference}/edit").content.decode()
    assert not set(read.split()) & set(hidden(page, "read").split())


WRITERS = 50
Write = Callable[[Case, Actor, int], object]


def all_at_once(case: Case, by: Actor, write: Write, count: int = WRITERS) -> list[object]:
    """So many people write at the same moment, each on a connection of their own; what came of each."""
    outcomes: list[object] = []
    together = Barrier(count)

    def one(number: int) -> None:
        try:
            with acting_as(by):
                read = Case.objects.visible_to(by).select_related("victim").get(pk=case.pk)
                together.wait(timeout=60)
                write(read, by, number)
            outcomes.append(number)
        except Conflict as told:
            outcomes.append(told)
        finally:
            connections.close_all()

    people = [Thread(target=one, args=(number,)) for number in range(count)]
    for person in people:
        person.start()
    for person in people:
        person.join(timeout=120)
    assert len(outcomes) == count
    return outcomes


@pytest.fixture
def shared_case(committed: object) -> tuple[Case, Actor]:
    with acting_as(engine("test")):
        return make_case(), Cast().actor("olu")


def edit(case: Case, by: Actor, details: dict[str, str]) -> None:
    names = ("called", "language", "communication_needs")
    edit_case(
        case=case,
        by=by,
        versions=(case.version, case.victim.version),
        person={name: getattr(case.victim, name) for name in names} | details,
        details={},
        read=as_read(case.victim, names),
    )


def test_of_fifty_writers_of_one_section_one_wins_and_the_others_are_told_what_changed(
    shared_case: tuple[Case, Actor],
) -> None:
    case, by = shared_case
    for version in (2, 3):

        def call(case: Case, by: Actor, number: int) -> None:
            edit(case, by, {"called": f"writer {number} of {version}"})  # noqa: B023 - called here

        outcomes = all_at_once(case, by, call)
        (winner,) = [each for each in outcomes if not isinstance(each, Conflict)]
        told = [each for each in outcomes if isinstance(each, Conflict)]
        assert [each.fields for each in told] == [("what to call them",)] * (WRITERS - 1)
        with acting_as(engine("test")):
            case.victim.refresh_from_db()
            assert (case.victim.called, case.victim.version) == (
                f"writer {winner} of {version}",
                version,
            )
            assert case.events.count() == version - 1


def test_fifty_writers_of_the_three_parts_of_a_person_lose_nothing_to_each_other(
    shared_case: tuple[Case, Actor],
) -> None:
    case, by = shared_case
    names = ("called", "language", "communication_needs")
    outcomes = all_at_once(
        case, by, lambda case, by, number: edit(case, by, {names[number % 3]: f"writer {number}"})
    )
    winners = sorted(each for each in outcomes if isinstance(each, int))
    assert sorted(number % 3 for number in winners) == [0, 1, 2]  # one for each part
    with acting_as(engine("test")):
        case.victim.refresh_from_db()
        for number in winners:
            assert getattr(case.victim, names[number % 3]) == f"writer {number}"
        assert case.victim.version == 4


def test_fifty_names_written_at_once_are_fifty_names(shared_case: tuple[Case, Actor]) -> None:
    case, by = shared_case

    def name(case: Case, by: Actor, number: int) -> None:
        values = {"text": f"Name {number}", "latin": "", "kind": "other"}
        add_fact(case=case, by=by, kind=FactKind.NAME, values=values)

    outcomes = all_at_once(case, by, name)
    assert sorted(str(each) for each in outcomes) == sorted(str(each) for each in range(WRITERS))
    with acting_as(engine("test")):
        assert PersonName.objects.filter(victim=case.victim, ended_at=None).count() == WRITERS


def test_of_fifty_who_put_one_name_right_one_wins_and_the_others_are_told(
    shared_case: tuple[Case, Actor],
) -> None:
    case, by = shared_case
    with acting_as(engine("test")):
        values = {"text": "Zahra", "latin": "", "kind": "own"}
        first = add_fact(case=case, by=by, kind=FactKind.NAME, values=values)

    def put_right(case: Case, by: Actor, number: int) -> None:
        right = {"text": f"Zahra {number}", "latin": "", "kind": "own"}
        replace_fact(case=case, by=by, kind=FactKind.NAME, fact=first, values=right)

    outcomes = all_at_once(case, by, put_right)
    (winner,) = [each for each in outcomes if not isinstance(each, Conflict)]
    with acting_as(engine("test")):
        standing = PersonName.objects.get(ended_at=None)
        assert standing.text == f"Zahra {winner}"
