"""Two people on the same case: the second is told what changed, by whom and when, and loses no typing."""

import re
from collections.abc import Callable
from threading import Thread

import pytest
from django.db import connections
from django.test import Client

from accounts.actors import engine
from accounts.context import acting_as
from accounts.errors import Conflict
from accounts.models import User
from casework.actions.person import edit_case
from casework.models import Case
from pages.answers import Answer
from tests.builders import make_case
from tests.casework.steps import phone_rule
from tests.cast import Cast

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


WRITERS = 12


@pytest.mark.usefixtures("committed")
def test_of_writers_at_the_same_moment_one_wins_and_the_others_are_told() -> None:
    with acting_as(engine("test")):
        case = make_case()
        by = Cast().actor("olu")
    outcomes: list[str] = []

    def write(name: str) -> None:
        try:
            with acting_as(by):
                edit_case(
                    case=Case.objects.visible_to(by).get(pk=case.pk),
                    by=by,
                    versions=(1, 1),
                    person={"called": name},
                    details={},
                )
            outcomes.append(name)
        except Conflict:
            outcomes.append("told")
        finally:
            connections.close_all()

    writers = [Thread(target=write, args=(f"writer {n}",)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=30)
    assert len(outcomes) == WRITERS
    (winner,) = [name for name in outcomes if name != "told"]
    with acting_as(engine("test")):
        case.victim.refresh_from_db()
        assert (case.victim.called, case.victim.version) == (winner, 2)
