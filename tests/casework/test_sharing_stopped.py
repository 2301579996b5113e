"""What was done after the person took back an agreement that others rested on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

import clocks
from accounts.errors import Conflict
from accounts.models import AuditEvent, User
from casework.actions.duties import stop_sharing
from casework.actions.person import record_consent
from casework.models import Case, SharingStopped
from followups.engine import live_followups
from tests.builders import make_case
from tests.cast import Cast
from victims.models import Purpose

ClientOf = Callable[[User], Client]
TOLD = {"purpose": "health", "how": "told", "told": "The walk-in clinic, a nurse"}


@pytest.fixture
def case(cast: Cast) -> Case:
    """An adult who took back that health services are told."""
    made = make_case()
    decide(cast, made, "withdrawn")
    return made


def decide(cast: Cast, case: Case, outcome: str, purpose: str = Purpose.HEALTH) -> None:
    record_consent(
        case=case,
        by=cast.actor("olu"),
        purpose=purpose,
        outcome=outcome,
        decided_at=clocks.now() - timedelta(hours=1),
    )


def is_owed(case: Case) -> bool:
    return "sharing-not-stopped" in {
        owed.rule for owed in live_followups([case.pk], clocks.now()).owed
    }


def test_the_owner_records_who_was_told_and_then_nothing_is_owed(
    cast: Cast, case: Case, client_of: ClientOf
) -> None:
    browser, address = client_of(cast.olu), f"/case/{case.reference}/sharing-stopped"
    assert is_owed(case)
    assert address in browser.get(f"/case/{case.reference}").content.decode()
    assert address in browser.get(f"/case/{case.reference}/consent").content.decode()
    assert "Sharing with health services" in browser.get(address).content.decode()
    assert browser.post(address, TOLD).status_code == 302
    assert not is_owed(case)
    assert TOLD["told"] in browser.get(address).content.decode()
    history = browser.get(f"/case/{case.reference}/history").content.decode()
    assert "Consent: Sharing with health services, They were told, and it stopped" in history
    assert AuditEvent.objects.filter(verb="case.sharing_stopped").count() == 1


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"told": ""}, "Enter who was told to stop"),
        ({"how": "lawful"}, "Enter the reason in law for which it goes on"),
        ({"how": ""}, "Select what was done"),
        ({"purpose": "agency"}, "Select a valid choice"),
        ({"purpose": ""}, "Select what they took back"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    over: dict[str, Any], sentence: str, cast: Cast, case: Case, client_of: ClientOf
) -> None:
    address = f"/case/{case.reference}/sharing-stopped"
    answer = client_of(cast.olu).post(address, TOLD | over)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not SharingStopped.objects.exists()
    assert is_owed(case)


@pytest.mark.parametrize(
    "done",
    [
        {"how": "nothing"},
        {"how": "lawful", "reason": "Care Act 2014 s42; DI Ines decided it"},
    ],
)
def test_nothing_shared_and_a_reason_in_law_are_honest_ends_too(
    done: dict[str, str], cast: Cast, case: Case
) -> None:
    now = clocks.now()
    stop_sharing(case=case, by=cast.actor("olu"), at=now, purpose=Purpose.HEALTH, **done)
    assert not is_owed(case)


def test_it_did_not_stop_before_they_took_it_back(cast: Cast, case: Case) -> None:
    early = clocks.now() - timedelta(hours=2)
    with pytest.raises(Conflict, match="They decided after that"):
        stop_sharing(case=case, by=cast.actor("olu"), at=early, **TOLD)


@pytest.mark.parametrize("wrong", [{"told": ""}, {"how": "lawful"}, {"purpose": "nrm"}])
def test_the_database_holds_to_it(wrong: dict[str, str], cast: Cast, case: Case) -> None:
    now = clocks.now()
    row = {"scope": case.scope, "case": case, "at": now, "recorded_at": now, "by": cast.olu}
    with pytest.raises(IntegrityError), transaction.atomic():
        SharingStopped.objects.create(**row | TOLD | wrong)


def test_a_case_is_not_closed_over_it(cast: Cast, case: Case, client_of: ClientOf) -> None:
    page = client_of(cast.olu).get(f"/case/{case.reference}/close").content.decode()
    assert "An agreement holds no more (sharing with health services)" in page


def test_whoever_contacts_them_is_warned_that_they_do_not_want_it(
    cast: Cast, case: Case, client_of: ClientOf
) -> None:
    browser, address = client_of(cast.olu), f"/case/{case.reference}/contact"
    words = "They do not agree to contact by the police."
    assert words not in browser.get(address).content.decode()
    decide(cast, case, "withdrawn", Purpose.POLICE_CONTACT)
    assert words in browser.get(address).content.decode()
