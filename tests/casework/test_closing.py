"""How a case ends: every refusal, the second officer, and opening it again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

import clocks
from accounts.errors import Conflict, Refused
from accounts.models import User
from accounts.scoping import NotVisible
from casework.actions import decisions, duties
from casework.actions.closing import decide_closing, reopen
from casework.gates import may_close, on_closed
from casework.models import CaseStatus, ClosingOutcome, Closure, EventKind
from tests.builders import make_case, make_victim
from tests.casework.steps import asked_to_close, closed, notified
from tests.cast import Cast
from victims.models import AgeBand

pytestmark = pytest.mark.usefixtures("nothing_owed_above")

Open = Callable[[User], Client]
OWED = "An agency has not answered the referral."


@pytest.fixture
def something_owed(nothing_owed_above: None) -> None:
    """A room above says that something is unmet."""
    may_close.fill(lambda case, at: [OWED])


def test_two_officers_close_a_case(cast: Cast) -> None:
    case = make_case()
    closed(case, cast.actor("olu"), cast.actor("sade"))
    assert case.status == CaseStatus.CLOSED
    assert case.closed_at is not None
    closure = case.closures.get()
    assert (closure.by, closure.decided_by, closure.agreed) == (cast.olu, cast.sade, True)
    kinds = set(case.events.values_list("kind", flat=True))
    assert {EventKind.CLOSING, EventKind.CLOSED} <= kinds


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"last_safe_contact_at": None}, "last safe contact"),
        ({"explanation": ""}, "blank"),
        ({"outcome": "forgotten"}, "not a valid choice"),
    ],
)
def test_closing_needs_an_outcome_words_and_the_last_safe_contact(
    wrong: dict[str, Any], sentence: str, cast: Cast
) -> None:
    case, olu = make_case(), cast.actor("olu")
    notified(case, olu)
    with pytest.raises(Conflict, match=sentence):
        asked_to_close(case, olu, **wrong)
    case.refresh_from_db()
    assert case.status == CaseStatus.ALLOCATED
    assert not case.closures.exists()


def test_why_there_was_no_contact_stands_for_the_last_one(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    notified(case, olu)
    asked_to_close(case, olu, last_safe_contact_at=None, no_contact_reason="She left the country.")
    case.refresh_from_db()
    assert case.status == CaseStatus.CLOSING


@pytest.mark.parametrize("outcome", ClosingOutcome.values)
def test_a_case_without_a_national_decision_closes_only_as_not_a_victim(
    outcome: str, cast: Cast
) -> None:
    case, olu = make_case(), cast.actor("olu")
    if outcome == ClosingOutcome.NOT_A_VICTIM:
        asked_to_close(case, olu, outcome=outcome)
        assert case.closures.exists()
    else:
        with pytest.raises(Conflict) as refusal:
            asked_to_close(case, olu, outcome=outcome)
        assert "National Referral Mechanism is not decided" in refusal.value.fields[0]


def test_a_referral_that_was_withdrawn_is_no_decision(cast: Cast) -> None:
    case, olu = make_case(victim=make_victim(age_band=AgeBand.CHILD)), cast.actor("olu")
    sent = duties.submit_nrm(case=case, by=olu, at=clocks.now())
    decisions.record_event(referral=sent, by=olu, kind="withdrawn", at=clocks.now())
    with pytest.raises(Conflict):
        asked_to_close(case, olu)


def test_what_the_rooms_above_still_owe_refuses_asking(something_owed: None, cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    notified(case, olu)
    with pytest.raises(Conflict) as refusal:
        asked_to_close(case, olu)
    assert refusal.value.fields == (OWED,)


def test_what_came_up_since_it_was_asked_refuses_the_second_officer(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    notified(case, olu)
    asked_to_close(case, olu)
    may_close.fill(lambda case, at: [OWED])
    with pytest.raises(Conflict):
        decide_closing(case=case, by=cast.actor("sade"), agreed=True)
    case.refresh_from_db()
    assert case.status == CaseStatus.CLOSING


@pytest.mark.parametrize("agreed", [True, False])
def test_who_asked_never_decides(agreed: bool, cast: Cast) -> None:
    case, sade = make_case(), cast.actor("sade")
    notified(case, sade)
    asked_to_close(case, sade)
    with pytest.raises(Refused, match="second officer"):
        decide_closing(case=case, by=sade, agreed=agreed, note="Mine.")


def test_who_asked_never_decides_by_raw_writes_either(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    notified(case, olu)
    asked_to_close(case, olu)
    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.update(decided_by=cast.olu, decided_at=clocks.now(), agreed=True)


@pytest.mark.parametrize("username", ["olu", "rhys", "petra", "tarek", "keir", "dov", "wyn"])
def test_only_a_supervisor_in_reach_decides(username: str, cast: Cast) -> None:
    case, sade = make_case(), cast.actor("sade")
    notified(case, sade)
    asked_to_close(case, sade)
    with pytest.raises((Refused, NotVisible)):
        decide_closing(case=case, by=cast.actor(username), agreed=True)


@pytest.mark.parametrize("status", ["draft", "closing", "closed"])
def test_closing_is_asked_for_only_from_an_open_case(status: str, cast: Cast) -> None:
    case = make_case(status=CaseStatus(status))
    with pytest.raises(Conflict):
        asked_to_close(case, cast.actor("olu"), outcome=ClosingOutcome.NOT_A_VICTIM)
    assert not case.closures.exists()


def test_staying_open_needs_a_reason_and_gives_the_case_back(cast: Cast) -> None:
    case, olu, sade = make_case(), cast.actor("olu"), cast.actor("sade")
    notified(case, olu)
    asked_to_close(case, olu)
    with pytest.raises(Conflict, match="Say why"):
        decide_closing(case=case, by=sade, agreed=False)
    decide_closing(case=case, by=sade, agreed=False, note="Ask her first.")
    case.refresh_from_db()
    assert (case.status, case.owner) == (CaseStatus.ALLOCATED, cast.olu)
    with pytest.raises(Conflict, match="Nobody is waiting"):
        decide_closing(case=case, by=sade, agreed=True)


def test_a_case_without_an_owner_goes_back_to_its_unit(cast: Cast) -> None:
    case = make_case(status=CaseStatus.NEW)
    asked_to_close(case, cast.actor("olu"), outcome=ClosingOutcome.NOT_A_VICTIM)
    decide_closing(case=case, by=cast.actor("sade"), agreed=False, note="Look again.")
    case.refresh_from_db()
    assert (case.status, case.owner) == (CaseStatus.NEW, None)


def test_the_rooms_above_are_told_in_the_same_transaction(cast: Cast) -> None:
    case, heard = make_case(), []
    on_closed.fill(lambda case, by, at: heard.append((case.pk, case.status, at)))
    closed(case, cast.actor("olu"), cast.actor("sade"))
    assert heard == [(case.pk, CaseStatus.CLOSED, case.closed_at)]


def test_a_room_above_that_fails_leaves_the_case_open(cast: Cast) -> None:
    case = make_case()

    def broken(*_: Any) -> None:
        raise RuntimeError

    on_closed.fill(broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        closed(case, cast.actor("olu"), cast.actor("sade"))
    case.refresh_from_db()
    assert case.status == CaseStatus.ALLOCATED


def test_a_closed_case_opens_again_with_its_owner_and_its_history(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    closed(case, olu, cast.actor("sade"))
    lines = case.events.count()
    reopen(case=case, by=olu, reason="She phoned again.")
    case.refresh_from_db()
    assert (case.status, case.owner, case.closed_at) == (CaseStatus.ALLOCATED, cast.olu, None)
    assert case.events.count() == lines + 1
    assert case.closures.count() == 1


def test_a_case_whose_owner_left_opens_again_with_its_unit(cast: Cast) -> None:
    case = make_case()
    closed(case, cast.actor("olu"), cast.actor("sade"))
    User.objects.filter(pk=cast.olu.pk).update(is_active=False, left_at=clocks.now())
    reopen(case=case, by=cast.actor("sade"), reason="A letter came.")
    case.refresh_from_db()
    assert (case.status, case.owner) == (CaseStatus.NEW, None)


@pytest.mark.parametrize("status", ["draft", "new", "allocated", "closing"])
def test_an_open_case_cannot_be_opened_again(status: str, cast: Cast) -> None:
    with pytest.raises(Conflict, match="already open"):
        reopen(case=make_case(status=CaseStatus(status)), by=cast.actor("olu"), reason="Hm.")


def test_the_page_says_what_stands_in_the_way_and_keeps_the_words(
    something_owed: None, cast: Cast, client_of: Open
) -> None:
    case, browser = make_case(), client_of(cast.olu)
    address = f"/case/{case.reference}/close"
    page = browser.get(address).content.decode()
    assert OWED in page
    assert "National Referral Mechanism is not decided" in page
    day = clocks.today() - timedelta(days=1)
    answers = {
        "outcome": "safe_and_supported",
        "explanation": "She is with her aunt",
        "last_on_day": day.day,
        "last_on_month": day.month,
        "last_on_year": day.year,
        "last_time": "10am",
    }
    response = browser.post(address, answers)
    assert response.status_code == 409
    assert OWED in response.content.decode()
    assert "She is with her aunt" in response.content.decode()


def test_the_journey_through_the_pages(cast: Cast, client_of: Open) -> None:
    case = make_case()
    asked = {
        "outcome": "not_a_victim",
        "explanation": "It was a dispute over rent",
        "no_contact_reason": "He has no phone",
    }
    address = f"/case/{case.reference}"
    assert client_of(cast.olu).post(f"{address}/close", asked).status_code == 302
    assert client_of(cast.olu).get(f"{address}/countersign").status_code == 403
    browser = client_of(cast.sade)
    assert "It was a dispute over rent" in browser.get(f"{address}/countersign").content.decode()
    answer = browser.post(f"{address}/countersign", {"decision": "agree", "note": "I asked him."})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.status == CaseStatus.CLOSED
    assert browser.post(f"{address}/reopen", {"reason": ""}).status_code == 400
    assert browser.post(f"{address}/reopen", {"reason": "New facts"}).status_code == 302


def test_the_page_of_who_asked_offers_no_decision(cast: Cast, client_of: Open) -> None:
    case = make_case()
    asked_to_close(case, cast.actor("sade"), outcome=ClosingOutcome.NOT_A_VICTIM)
    page = client_of(cast.sade).get(f"/case/{case.reference}/countersign").content.decode()
    assert "somebody else must decide" in page
    assert "Save the decision" not in page


def test_with_every_room_above_a_person_who_is_no_victim_needs_no_national_referral(
    cast: Cast, every_room: None
) -> None:
    case, olu = make_case(), cast.actor("olu")
    with pytest.raises(Conflict) as refusal:
        asked_to_close(case, olu, outcome=ClosingOutcome.NOT_A_VICTIM)
    standing = " ".join(refusal.value.fields)
    assert "crime has not been recorded" in standing
    assert "NRM" not in standing
    for outcome in set(ClosingOutcome) - {ClosingOutcome.NOT_A_VICTIM}:
        with pytest.raises(Conflict) as refusal:
            asked_to_close(case, olu, outcome=outcome)
        assert " ".join(refusal.value.fields).count("not decided") == 1
