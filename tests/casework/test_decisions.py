"""What the Home Office decides is kept with its dates; the referral stands where the last decision puts it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from casework.actions import decisions, duties
from casework.models import (
    Case,
    CaseEvent,
    Decision,
    EventKind,
    GuardianReferral,
    NrmEvent,
    NrmReferral,
)
from tests.builders import make_case, make_victim
from tests.cast import Cast

D = Decision


@pytest.fixture
def olu(cast: Cast) -> Actor:
    return cast.actor("olu")


@pytest.fixture
def sent(olu: Actor) -> NrmReferral:
    """A child's referral, sent a day ago."""
    case = make_case(victim=make_victim(age_band="child"))
    day_ago = clocks.now() - timedelta(days=1)
    return duties.submit_nrm(case=case, by=olu, at=day_ago)


def came(sent: NrmReferral, by: Actor, kind: str, **values: Any) -> NrmEvent:
    return decisions.record_event(
        referral=sent, by=by, kind=kind, **({"at": clocks.now()} | values)
    )


# What can come after what, beside the table of transitions.
AFTER = {
    D.RECOVERY_EXTENDED: [D.RG_POSITIVE],
    D.RECONSIDERATION_ASKED: [D.RG_NEGATIVE],
    D.RECONSIDERATION_NOT_WANTED: [D.RG_NEGATIVE],
    D.RECONSIDERATION_REFUSED: [D.RG_POSITIVE, D.CG_NEGATIVE],
    D.DISQUALIFICATION_LIFTED: [D.RG_POSITIVE, D.DISQUALIFIED],
    D.MOVE_ON_PLANNED: [D.RG_NEGATIVE],
    D.EXITED: [D.RG_NEGATIVE],
}


@pytest.mark.parametrize("kind", AFTER)
def test_what_follows_a_decision_cannot_come_before_it(
    sent: NrmReferral, olu: Actor, kind: str
) -> None:
    until = clocks.now() + timedelta(days=30)
    with pytest.raises(Conflict, match="does not follow"):
        came(sent, olu, kind, until=until)
    assert kind not in decisions.may_come(sent)
    for step in AFTER[Decision(kind)]:
        came(sent, olu, step)
    sent.refresh_from_db()
    assert kind in decisions.may_come(sent)
    assert came(sent, olu, kind, until=until).kind == kind


@pytest.mark.parametrize("final", [False, True])
def test_a_disqualification_that_is_lifted_leads_back_to_where_it_stood(
    sent: NrmReferral, olu: Actor, final: bool
) -> None:
    came(sent, olu, D.RG_POSITIVE)
    if final:
        came(sent, olu, D.CG_POSITIVE)
    came(sent, olu, D.DISQUALIFIED)
    came(sent, olu, D.DISQUALIFICATION_LIFTED)
    sent.refresh_from_db()
    assert sent.status == (D.CG_POSITIVE if final else D.RG_POSITIVE)


def test_an_event_says_when_it_was_made_when_we_heard_and_who_wrote_it_down(
    sent: NrmReferral, olu: Actor
) -> None:
    now = clocks.now()
    made = now - timedelta(hours=5)
    event = came(
        sent, olu, D.RG_POSITIVE, at=made, received_at=now, reference="HO-7", note="By letter."
    )
    sent.refresh_from_db()
    assert (event.at, event.received_at, event.by_id) == (made, now, olu.id)
    assert sent.home_office_reference == "HO-7"
    line = CaseEvent.objects.filter(case=sent.case, kind=EventKind.NRM).first()
    assert line is not None
    assert (line.at, line.text, line.detail["what"]) == (made, "By letter.", "rg_positive")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"at": -timedelta(days=2)}, "before the referral was sent"),
        ({"received_at": -timedelta(hours=3)}, "before it was decided"),
        ({"kind": D.INFORMATION_SENT}, "which request"),
        ({"kind": D.WITHDRAWN, "twice": True}, "does not follow"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    sent: NrmReferral, olu: Actor, values: dict[str, Any], sentence: str
) -> None:
    now = clocks.now()
    twice, kind = values.pop("twice", False), values.pop("kind", D.RG_POSITIVE)
    given = {name: now + value for name, value in values.items()}
    if twice:
        came(sent, olu, kind)
    with pytest.raises(Conflict, match=sentence):
        came(sent, olu, kind, **given)


def test_an_answer_answers_a_request_of_its_own_referral(
    cast: Cast, sent: NrmReferral, olu: Actor
) -> None:
    asked = came(sent, olu, D.INFORMATION_ASKED)
    assert came(sent, olu, D.INFORMATION_SENT, answers=asked).answers == asked
    other = duties.submit_nrm(
        case=make_case(victim=make_victim(age_band="child")), by=olu, at=clocks.now()
    )
    with pytest.raises(Conflict, match="request that was answered"):
        came(other, olu, D.INFORMATION_SENT, answers=asked)


def test_a_responder_does_not_record_decisions(cast: Cast, sent: NrmReferral) -> None:
    with pytest.raises(Refused):
        came(sent, cast.actor("rhys"), D.RG_POSITIVE)
    assert not NrmEvent.objects.exists()


def test_an_event_is_never_changed(sent: NrmReferral, olu: Actor) -> None:
    event = came(sent, olu, D.RG_POSITIVE)
    with pytest.raises(DatabaseError), transaction.atomic():
        NrmEvent.objects.filter(pk=event.pk).update(kind=D.RG_NEGATIVE)


def test_a_child_is_referred_to_a_guardian(cast: Cast, sent: NrmReferral, olu: Actor) -> None:
    case: Case = sent.case
    decisions.record_guardian(case=case, by=olu, at=clocks.now(), outcome="referred")
    assert GuardianReferral.objects.get(case=case).outcome == "referred"
    assert CaseEvent.objects.filter(case=case, kind=EventKind.GUARDIAN).exists()
