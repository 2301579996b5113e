"""A safe way that changed after sending: everybody is told, and the agency is given the rules as they are now."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, User
from casework.models import CaseEvent
from referrals import actions, disclosure
from referrals.models import Disclosure, SupportReferral
from tests.builders import make_case
from tests.casework.steps import phone_rule
from tests.cast import Cast
from tests.referrals.builders import make_in, make_safe_contact, officer

Browser = Callable[[User], Client]
OLD, NEW = "07700 900123", "07700 900456"
BUTTON = "Send the safe contact rules as they are now"


@pytest.fixture
def referral(cast: Cast) -> SupportReferral:
    """Harbour accepted, and has a number that was replaced since."""
    case = make_case()
    old = make_safe_contact(case, details=OLD)
    referral = make_in("accepted", case)
    phone_rule(case, officer(), details=NEW, notes="Her brother has the old phone", replaces=old)
    return referral


def given(referral: SupportReferral) -> str:
    return Disclosure.objects.get(referral=referral).full


def test_the_page_says_so_until_the_rules_are_sent_again(
    cast: Cast, client_of: Browser, referral: SupportReferral
) -> None:
    olu, address = client_of(cast.olu), f"/referral/{referral.pk}"
    page = olu.get(address).content.decode()
    assert "How to reach the person has changed since Harbour Support was told" in page
    assert BUTTON in page
    assert OLD not in page
    assert NEW not in page
    assert olu.post(f"{address}/renew").status_code == 302
    page = olu.get(address).content.decode()
    assert "has changed since" not in page
    assert BUTTON not in page


def test_the_case_page_says_so_at_once(
    cast: Cast, client_of: Browser, referral: SupportReferral
) -> None:
    page = client_of(cast.olu).get(f"/case/{referral.case.reference}").content.decode()
    assert "Harbour Support still has the old way" in page
    assert f"/referral/{referral.pk}" in page


def test_the_agency_has_the_new_rules_and_nothing_else_new(referral: SupportReferral) -> None:
    before = disclosure.read(given(referral))
    case = referral.case
    case.victim.called = "Another name"
    case.victim.save(update_fields=["called"])
    actions.renew_safe_contact(referral=referral, by=officer())
    after = disclosure.read(given(referral))
    assert before
    assert after
    assert NEW in str(after["safe_contact"])
    assert OLD not in str(after)
    assert {**after, "safe_contact": None} == {**before, "safe_contact": None}


def test_it_is_on_record_without_the_number(referral: SupportReferral) -> None:
    version = SupportReferral.objects.get(pk=referral.pk).version
    actions.renew_safe_contact(referral=referral, by=officer())
    event = AuditEvent.objects.get(verb="disclosure.renewed")
    assert event.subject_id == str(referral.pk)
    assert NEW not in str(event.detail)
    line = CaseEvent.objects.get(case=referral.case, detail__step="renewed")
    assert line.text == "Harbour Support was given the safe contact rules as they are now."
    assert SupportReferral.objects.get(pk=referral.pk).version == version + 1


def test_twice_is_once(referral: SupportReferral) -> None:
    for _ in range(2):
        actions.renew_safe_contact(referral=referral, by=officer())
    assert AuditEvent.objects.filter(verb="disclosure.renewed").count() == 1


@pytest.mark.parametrize("status", ["declined", "completed", "withdrawn", "in_error"])
def test_a_referral_that_is_over_gives_nothing_more(cast: Cast, status: str) -> None:
    referral = make_in(status)
    phone_rule(referral.case, officer(), details=NEW)
    with pytest.raises(Conflict):
        actions.renew_safe_contact(referral=referral, by=officer())
    assert NEW not in given(referral)


def test_an_agency_that_was_not_told_is_not_told_now(cast: Cast) -> None:
    referral = make_in("accepted")
    Disclosure.objects.filter(referral=referral).update(items=["name"])
    phone_rule(referral.case, officer(), details=NEW)
    with pytest.raises(Conflict):
        actions.renew_safe_contact(referral=referral, by=officer())
    assert NEW not in given(referral)


def test_who_may_not_send_is_told_who_may(
    cast: Cast, client_of: Browser, referral: SupportReferral
) -> None:
    responder = next(
        person
        for person in User.objects.filter(unit=cast.unit, is_active=True)
        if {held.role for held in person.roles.all()} == {"responder"}
    )
    with pytest.raises(Refused):
        actions.renew_safe_contact(referral=referral, by=officer(responder.username))
    client = client_of(responder)
    assert client.post(f"/referral/{referral.pk}/renew").status_code == 403
    page = client.get(f"/referral/{referral.pk}").content.decode()
    assert BUTTON not in page
    assert "An investigator or supervisor sends them" in page
