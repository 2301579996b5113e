"""A number is absent from every page until two presses, is then shown for a minute, and that is on record."""

from collections.abc import Callable

import pytest
from django.test import Client

import clocks
from accounts.models import AuditEvent, User
from casework.actions.person import set_safe_contact
from casework.models import Case
from pages.answers import Answer
from tests.builders import make_case
from tests.casework.steps import NUMBER, phone_rule
from tests.cast import Cast
from victims.models import SafeContact

Open = Callable[[User], Client]


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case()


@pytest.fixture
def rule(case: Case, cast: Cast) -> SafeContact:
    return phone_rule(case, cast.actor("olu"), safe=Answer.NO, code_word="Bluebell")


def address(case: Case, rule: SafeContact, page: str) -> str:
    return f"/case/{case.reference}/safe-contact/{rule.pk}/{page}"


def revealed() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(verb="safe_contact.revealed"))


@pytest.mark.parametrize("page", ["", "/contact", "/safe-contact", "/history", "/print", "/edit"])
def test_the_number_is_in_no_page_of_the_case(
    page: str, case: Case, rule: SafeContact, cast: Cast, client_of: Open
) -> None:
    response = client_of(cast.olu).get(f"/case/{case.reference}{page}")
    assert response.status_code == 200
    assert NUMBER not in response.content.decode()
    assert not revealed()


def test_the_number_is_not_where_its_rule_is_replaced(
    case: Case, rule: SafeContact, cast: Cast, client_of: Open
) -> None:
    browser = client_of(cast.olu)
    page = browser.get(f"/case/{case.reference}/safe-contact?change={rule.pk}").content.decode()
    assert "Her brother answers" in page
    assert NUMBER not in page


def test_the_rule_stands_alone_before_the_number_with_no_question_under_it(
    case: Case, rule: SafeContact, cast: Cast, client_of: Open
) -> None:
    page = client_of(cast.olu).get(address(case, rule, "read")).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "Do not use: phone call" in main
    assert "Her brother answers" in main
    assert "Bluebell" in main
    assert NUMBER not in page
    assert main.count("<input") == main.count('type="hidden"') == 1
    assert not revealed()


def test_the_second_press_shows_it_for_a_minute_and_writes_it_down(
    case: Case, rule: SafeContact, cast: Cast, client_of: Open
) -> None:
    response = client_of(cast.olu).post(address(case, rule, "reveal"))
    page = response.content.decode()
    assert NUMBER in page
    assert 'data-reveal-seconds="60"' in page
    assert response["Refresh"] == f"60; url=/case/{case.reference}/safe-contact"
    assert response["Cache-Control"] == "no-store"
    (event,) = revealed()
    assert (event.actor_id, event.subject_id) == (cast.olu.pk, str(rule.pk))
    assert NUMBER not in str(event.detail)


def test_a_forbidden_number_cannot_be_dialled_with_a_press_and_a_safe_one_can(
    case: Case, rule: SafeContact, cast: Cast, client_of: Open
) -> None:
    browser = client_of(cast.olu)
    assert "tel:" not in browser.post(address(case, rule, "reveal")).content.decode()
    safe = phone_rule(case, cast.actor("olu"), safe=Answer.YES)
    assert 'href="tel:07700900123"' in browser.post(address(case, safe, "reveal")).content.decode()


def test_looking_is_not_enough_to_see_it(
    case: Case, rule: SafeContact, cast: Cast, client_of: Open
) -> None:
    assert client_of(cast.olu).get(address(case, rule, "reveal")).status_code == 405
    assert not revealed()


@pytest.mark.parametrize(
    ("username", "status"), [("petra", 404), ("wyn", 404), ("keir", 403), ("hana", 403)]
)
def test_nobody_else_sees_it(
    username: str, status: int, case: Case, rule: SafeContact, cast: Cast, client_of: Open
) -> None:
    response = client_of(getattr(cast, username)).post(address(case, rule, "reveal"))
    assert response.status_code == status
    assert NUMBER not in response.content.decode()
    assert not revealed()


def test_the_rule_of_another_case_is_not_there(
    case: Case, rule: SafeContact, cast: Cast, client_of: Open
) -> None:
    other = make_case()
    assert client_of(cast.olu).post(address(other, rule, "reveal")).status_code == 404


def test_a_replaced_rule_shows_no_number(
    case: Case, rule: SafeContact, cast: Cast, client_of: Open
) -> None:
    set_safe_contact(
        case=case,
        by=cast.actor("olu"),
        channel="phone",
        safe=Answer.NO,
        review_on=clocks.today(),
        replaces=rule,
    )
    response = client_of(cast.olu).post(address(case, rule, "reveal"))
    assert response.status_code == 409
    assert NUMBER not in response.content.decode()


def test_an_old_rule_says_check_this_again(
    case: Case, rule: SafeContact, cast: Cast, client_of: Open
) -> None:
    browser = client_of(cast.olu)
    page = f"/case/{case.reference}/safe-contact"
    assert "Check this again" not in browser.get(page).content.decode()
    SafeContact.objects.filter(pk=rule.pk).update(review_on=clocks.today())
    assert "Check this again" in browser.get(page).content.decode()
