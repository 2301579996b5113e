"""Before a second case of one person is made: who may be known is offered, and nothing is ever stopped by it."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import AuditEvent, Restriction, User
from casework.models import Case, Search
from tests.builders import make_case, make_scope, make_victim
from tests.casework.test_finding import give_number
from tests.cast import Cast

ClientOf = Callable[[User], Client]
WORDS = "She said that she is never paid."
TYPED = {"danger": "no", "age_band": "adult", "first_words": WORDS, "called": "Jon Smyth"}


@pytest.fixture
def known(cast: Cast) -> Case:
    """Somebody of Olu's unit whom we know, with a number."""
    case = make_case(victim=make_victim(called="John Smith"), reference="HF-CDFGH")
    give_number(case, "07700 900123")
    return case


def test_looking_first_saves_nothing_and_keeps_what_was_typed(
    cast: Cast, known: Case, client_of: ClientOf
) -> None:
    before = Case.objects.count()
    answer = client_of(cast.olu).post("/concern/new?all=1", TYPED | {"then": "look"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert known.reference in shown
    assert WORDS in shown
    assert "There is a problem" not in shown
    assert Case.objects.count() == before


def test_looking_without_an_answer_says_go_on(cast: Cast, known: Case, client_of: ClientOf) -> None:
    typed = TYPED | {"called": "Lark Finch", "then": "look"}
    shown = client_of(cast.olu).post("/concern/new?all=1", typed).content.decode()
    assert "No case that you may see matches" in shown
    assert known.reference not in shown


@pytest.mark.parametrize("typed", [{}, {"called": "Wren", "contact_details": "07700900123"}])
def test_a_concern_is_saved_sent_and_offered_a_link_afterwards(
    cast: Cast, known: Case, client_of: ClientOf, typed: dict[str, str]
) -> None:
    browser = client_of(cast.olu)
    answer = browser.post("/concern/new?all=1", TYPED | typed)
    assert answer.status_code == 302
    case = Case.objects.exclude(pk=known.pk).get()
    link = f"/case/{case.reference}/links?with={known.reference}"
    check = browser.get(f"/concern/{case.reference}/5").content.decode()
    assert link in check
    assert browser.post(f"/concern/{case.reference}/5").status_code == 302
    case.refresh_from_db()
    assert case.status == "new"
    assert link in browser.get(f"/concern/{case.reference}/sent").content.decode()
    given = {"other": known.reference, "reason": "Same phone"}
    assert browser.post(link, given).status_code == 302


def test_a_record_held_closely_is_not_offered_but_its_team_may_learn_of_the_search(
    cast: Cast, client_of: ClientOf
) -> None:
    held = make_case(
        victim=make_victim(make_scope(restriction=Restriction.RESTRICTED), called="John Smith")
    )
    browser = client_of(cast.olu)
    browser.post("/concern/new?all=1", TYPED)
    case = Case.objects.exclude(pk=held.pk).get()
    assert held.reference not in browser.get(f"/concern/{case.reference}/5").content.decode()
    assert Search.objects.get().by == cast.olu


def test_what_was_offered_is_in_the_audit_trail(
    cast: Cast, known: Case, client_of: ClientOf
) -> None:
    client_of(cast.olu).post("/concern/new?all=1", TYPED | {"then": "look"})
    event = AuditEvent.objects.get(verb="case.searched", actor_id=cast.olu.pk)
    assert event.detail["shown"] == [str(known.pk)]
    assert "Smyth" not in str(event.detail)
