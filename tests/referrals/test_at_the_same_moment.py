"""Sending, taking back an agreement and closing at the same moment: on two real connections, never in between."""

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connections

import clocks
from accounts.actors import Actor, engine
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from casework.actions.closing import ask_to_close
from casework.actions.person import record_consent
from casework.models import Case, ClosingOutcome
from referrals import actions
from referrals.models import Disclosure, SupportReferral
from tests.builders import make_case
from tests.cast import Cast
from tests.referrals.builders import agree, make_draft
from victims.models import ConsentOutcome, Purpose

Act = Callable[[Actor], object]
PAUSE = 0.5  # long enough for the second to arrive at the lock that the first holds

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def by(committed: object) -> Actor:
    with acting_as(engine("test")):
        return Cast().actor("olu")


@pytest.fixture
def draft(by: Actor) -> SupportReferral:
    with acting_as(engine("test")):
        case = make_case()
        agree(case)
        drafts = SupportReferral.objects.select_related("case")
        return drafts.get(pk=make_draft(case).pk)


def one_in_the_other(first: Act, second: Act, by: Actor) -> list[Exception]:
    """The first has acted and not committed when the second begins; what the second was told."""
    acted, told = Event(), []

    def begin() -> None:
        try:
            with acting_as(by):
                first(by)
                acted.set()
                time.sleep(PAUSE)
        finally:
            connections.close_all()

    def follow() -> None:
        acted.wait(timeout=30)
        try:
            with acting_as(by):
                second(by)
        except (Refused, Conflict) as refusal:
            told.append(refusal)
        finally:
            connections.close_all()

    people = [Thread(target=begin), Thread(target=follow)]
    for person in people:
        person.start()
    for person in people:
        person.join(timeout=60)
    assert acted.is_set()
    return told


def send(draft: SupportReferral) -> Act:
    return lambda by: actions.send_referral(
        referral=SupportReferral.objects.visible_to(by).get(pk=draft.pk), by=by
    )


def take_back(case: Case) -> Act:
    return lambda by: record_consent(
        case=Case.objects.visible_to(by).get(pk=case.pk),
        by=by,
        purpose=Purpose.AGENCY,
        outcome=ConsentOutcome.WITHDRAWN,
        decided_at=clocks.now() + timedelta(seconds=1),
    )


def close(case: Case) -> Act:
    return lambda by: ask_to_close(
        case=Case.objects.visible_to(by).get(pk=case.pk),
        by=by,
        outcome=ClosingOutcome.NOT_A_VICTIM,
        explanation="Nothing was found.",
        no_contact_reason="Never met",
    )


def shared(draft: SupportReferral) -> list[str]:
    """What the agency can read."""
    with acting_as(engine("test")):
        rows = Disclosure.objects.filter(referral=draft, emptied_at=None)
        return [row.full for row in rows]


def status(draft: SupportReferral) -> str:
    with acting_as(engine("test")):
        return SupportReferral.objects.get(pk=draft.pk).status


def test_nothing_is_sent_while_the_agreement_is_taken_back(
    by: Actor, draft: SupportReferral
) -> None:
    told = one_in_the_other(take_back(draft.case), send(draft), by)
    assert [type(each) for each in told] == [Refused]
    assert (status(draft), shared(draft)) == ("draft", [])


def test_taking_back_waits_for_the_sending_and_empties_it(
    by: Actor, draft: SupportReferral
) -> None:
    assert one_in_the_other(send(draft), take_back(draft.case), by) == []
    assert (status(draft), shared(draft)) == ("withdrawn", [])


@pytest.mark.parametrize("sending_first", [True, False])
def test_the_agreement_is_the_persons_whichever_of_their_cases_it_was_taken_back_in(
    by: Actor, draft: SupportReferral, sending_first: bool
) -> None:
    with acting_as(engine("test")):
        other = make_case(victim=draft.case.victim)
    acts = [send(draft), take_back(other)]
    one_in_the_other(*(acts if sending_first else acts[::-1]), by)
    assert shared(draft) == []


def test_closing_waits_for_the_sending_and_sees_it(by: Actor, draft: SupportReferral) -> None:
    (told,) = one_in_the_other(send(draft), close(draft.case), by)
    assert isinstance(told, Conflict)
    assert any("Harbour Support" in sentence for sentence in told.fields)


def test_nothing_is_sent_from_a_case_that_is_being_closed(
    by: Actor, draft: SupportReferral
) -> None:
    def closed(_: Actor) -> None:
        rows = Case.objects.visible_to(by).filter(pk=draft.case_id)
        rows.update(status="closing")
        rows.update(status="closed", closed_at=clocks.now())

    told = one_in_the_other(closed, send(draft), by)
    assert [type(each) for each in told] == [Conflict]
    assert (status(draft), shared(draft)) == ("draft", [])
