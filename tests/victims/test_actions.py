"""What becomes true of a person's record, and what never does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent
from accounts.scoping import NotVisible
from pages.answers import Answer
from tests.builders import make_scope, make_victim
from tests.cast import Cast
from victims import actions
from victims.gates import consent_withdrawn
from victims.models import (
    Channel,
    ConsentEvent,
    ConsentOutcome,
    Purpose,
    RiskLevel,
    SafeContact,
    ToldState,
    ToldTopic,
    Topic,
    Victim,
)


def rule(victim: Victim, by: Actor, **over: Any) -> SafeContact:
    given = {
        "channel": Channel.PHONE,
        "safe": Answer.YES,
        "review_on": clocks.today() + timedelta(days=30),
        "details": "07700 900123",
    }
    return actions.set_safe_contact(victim=victim, by=by, **(given | over))


def consent(victim: Victim, by: Actor, outcome: ConsentOutcome, **over: Any) -> ConsentEvent:
    given = {"purpose": Purpose.AGENCY, "decided_at": clocks.now()}
    return actions.record_consent(victim=victim, by=by, outcome=outcome, **(given | over))


def judge(victim: Victim, by: Actor) -> None:
    again = clocks.today() + timedelta(days=7)
    actions.judge_risk(victim=victim, by=by, risk=RiskLevel.HIGH, review_on=again)


def tell(victim: Victim, by: Actor, **over: Any) -> ToldTopic:
    given = {"topic": Topic.MONEY, "state": ToldState.TOLD, "heard_at": clocks.now()}
    return actions.tell_topic(victim=victim, by=by, **(given | over))


@pytest.mark.parametrize("username", ["petra", "dov", "wyn", "gus"])
def test_nobody_out_of_reach_changes_a_person(username: str, cast: Cast) -> None:
    victim, by = make_victim(), cast.actor(username)
    for act in (
        lambda: rule(victim, by),
        lambda: consent(victim, by, ConsentOutcome.GIVEN),
        lambda: tell(victim, by),
        lambda: actions.edit_person(victim=victim, by=by, version=1, changes={"called": "X"}),
        lambda: judge(victim, by),
        lambda: actions.set_needs(victim=victim, by=by, kinds={"legal"}),
    ):
        with pytest.raises(NotVisible):
            act()


@pytest.mark.parametrize("username", ["keir", "asha", "ming", "lena", "bronwen", "hana"])
def test_nobody_without_the_role_changes_a_person(username: str, cast: Cast) -> None:
    victim, by = make_victim(), cast.actor(username)
    for act in (
        lambda: rule(victim, by),
        lambda: consent(victim, by, ConsentOutcome.GIVEN),
        lambda: tell(victim, by),
        lambda: actions.edit_person(victim=victim, by=by, version=1, changes={"called": "X"}),
    ):
        with pytest.raises(Refused):
            act()


def test_only_details_that_differ_are_changed_and_named(cast: Cast) -> None:
    victim = make_victim(language="Twi")
    changes = {"language": "Twi", "called": "Mai"}
    changed = actions.edit_person(victim=victim, by=cast.actor("olu"), version=1, changes=changes)
    victim.refresh_from_db()
    assert changed == ["called"]
    assert (victim.called, victim.version) == ("Mai", 2)


def test_a_stale_version_changes_nothing(cast: Cast) -> None:
    victim, olu = make_victim(), cast.actor("olu")
    actions.edit_person(victim=victim, by=olu, version=1, changes={"called": "Mai"})
    with pytest.raises(Conflict) as told:
        actions.edit_person(victim=victim, by=olu, version=1, changes={"called": "May"})
    assert told.value.fields == ("what to call them",)
    victim.refresh_from_db()
    assert victim.called == "Mai"


def test_risk_and_scope_are_not_edited_as_details(cast: Cast) -> None:
    for name, value in (("risk", RiskLevel.HIGH), ("scope", make_scope())):
        with pytest.raises(ValueError, match=name):
            actions.edit_person(
                victim=make_victim(), by=cast.actor("olu"), version=1, changes={name: value}
            )


def test_a_rule_is_replaced_and_the_one_before_is_kept_with_its_words(cast: Cast) -> None:
    victim, olu = make_victim(), cast.actor("olu")
    first = rule(victim, olu, notes="Before 6pm only")
    second = rule(victim, olu, safe=Answer.NO, details="", notes="Never", replaces=first)
    first.refresh_from_db()
    assert first.ended_at is not None
    assert (first.notes, first.safe) == ("Before 6pm only", Answer.YES)
    assert (second.details, second.ended_at) == ("07700 900123", None)


def test_a_rule_of_somebody_else_is_not_replaced(cast: Cast) -> None:
    olu = cast.actor("olu")
    theirs = rule(make_victim(), olu)
    with pytest.raises(NotVisible):
        rule(make_victim(), olu, replaces=theirs)
    theirs.refresh_from_db()
    assert theirs.ended_at is None


def test_a_number_lies_sealed_and_in_no_audit_row(cast: Cast) -> None:
    made = rule(make_victim(), cast.actor("olu"), notes="The brother listens")
    with connection.cursor() as cursor:
        cursor.execute("SELECT details, notes FROM victims_safecontact WHERE id = %s", [made.pk])
        lying = str(cursor.fetchone())
    audited = str(list(AuditEvent.objects.values_list("detail", flat=True)))
    for secret in ("900123", "brother"):
        assert secret not in lying
        assert secret not in audited


@pytest.mark.parametrize(
    ("outcome", "announced"),
    [(ConsentOutcome.GIVEN, False), (ConsentOutcome.REFUSED, True), ("withdrawn", True)],
)
def test_taking_consent_back_is_announced_in_the_same_transaction(
    outcome: ConsentOutcome, announced: bool, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[ConsentEvent] = []

    def listen(event: ConsentEvent, by: Actor, at: datetime) -> None:
        heard.append(event)

    monkeypatch.setattr(consent_withdrawn, "answers", [listen])
    event = consent(make_victim(), cast.actor("olu"), outcome)
    assert heard == ([event] if announced else [])


def test_a_withdrawal_that_cannot_be_carried_out_is_not_recorded(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = make_victim()

    def broken(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(consent_withdrawn, "answers", [broken])
    with pytest.raises(RuntimeError):
        consent(victim, cast.actor("olu"), ConsentOutcome.WITHDRAWN)
    assert not victim.consents.exists()


@pytest.mark.parametrize("table", ["victims_consentevent", "victims_toldtopic"])
@pytest.mark.parametrize("words", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_what_was_agreed_and_told_is_never_changed(words: str, table: str, cast: Cast) -> None:
    victim, olu = make_victim(), cast.actor("olu")
    consent(victim, olu, ConsentOutcome.GIVEN)
    tell(victim, olu)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(words.format(table))


@pytest.mark.parametrize("state", sorted(set(ToldState.values) - {ToldState.SPECIALIST_ONLY}))
def test_only_a_topic_that_was_told_asks_why_again(state: str, cast: Cast) -> None:
    victim, ines = make_victim(), cast.actor("ines")
    tell(victim, ines, state=state)
    if state == ToldState.TOLD:
        with pytest.raises(Conflict, match="already told us"):
            tell(victim, ines)
        tell(victim, ines, why_again="She brought it up herself.")
    else:
        tell(victim, ines)
    assert victim.told_topics.count() == 2


def test_the_reason_is_asked_once_for_what_one_officer_adds_in_one_sitting(cast: Cast) -> None:
    victim, olu = make_victim(), cast.actor("olu")
    tell(victim, olu)
    tell(victim, olu, why_again="She brought it up herself.")
    tell(victim, olu, summary="And the name of the shop.")
    with pytest.raises(Conflict, match="already told us"):
        tell(victim, cast.actor("sade"))
    with clocks.moved(timedelta(hours=13)), pytest.raises(Conflict, match="already told us"):
        tell(victim, olu)
    tell(victim, olu, topic=Topic.HEALTH)


def test_what_only_a_specialist_asks_others_ask_only_with_a_reason(cast: Cast) -> None:
    victim, olu, ines = make_victim(), cast.actor("olu"), cast.actor("ines")
    tell(victim, olu, state=ToldState.SPECIALIST_ONLY)
    for state in (ToldState.TOLD, ToldState.DECLINED, ToldState.ANYONE):
        with pytest.raises(Refused, match="specialist"):
            tell(victim, olu, state=state)
    tell(victim, olu, why_not_specialist="He was at the door.")
    tell(victim, olu, state=ToldState.NOT_ASKED)
    with pytest.raises(Refused):  # a reason is for that once
        tell(victim, olu, why_again="More.")
    tell(victim, ines, why_again="The interview.")
    tell(victim, olu, why_again="More.", specialist=True)
    tell(victim, ines, state=ToldState.ANYONE)
    tell(victim, olu, why_again="More.")


def test_judging_the_risk_is_a_new_version_of_the_person(cast: Cast) -> None:
    victim = make_victim()
    judge(victim, cast.actor("olu"))
    victim.refresh_from_db()
    assert (victim.risk, victim.version) == (RiskLevel.HIGH, 2)


def test_a_rule_is_stale_on_its_day_and_after_thirty(cast: Cast) -> None:
    made, now = rule(make_victim(), cast.actor("olu")), clocks.now()
    assert not made.is_stale(now + timedelta(days=29))
    assert made.is_stale(now + timedelta(days=31))
    made.review_on = clocks.today()
    assert made.is_stale(now)
