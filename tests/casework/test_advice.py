"""Asking a specialist: whoever is on call owes the answer, it stays with the case, and nobody answers themselves."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

import clocks
from accounts.actions import specialists as rota
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, GrantKind, Restriction, RoleHeld, ScopeGrant, User
from accounts.permissions import Role
from accounts.scoping import NotVisible
from accounts.specialists import ForceContact, OnCall, on_call
from casework.actions import advice
from casework.models import Advice, Case, CaseEvent, EventKind
from clocks import LONDON
from followups import engine
from followups.models import FollowUp, FollowUpState, Notice
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast

Browser = Callable[[User], Client]
HOUR = timedelta(hours=1)
QUESTION = "She wants to go back to the house for her papers. May we take her?"


def put(cast: Cast, who: str, starts: timedelta, ends: timedelta) -> OnCall:
    """The turn of that specialist, from and until so long from now."""
    user, at = getattr(cast, who), clocks.now()
    RoleHeld.objects.get_or_create(user=user, role=Role.SPECIALIST_LEAD, defaults={"given_at": at})
    return rota.put_on_call(
        by=cast.actor("ines"), user=user, starts_at=at + starts, ends_at=at + ends
    )


def ask(cast: Cast, case: Case, *, urgent: bool = True, who: str = "olu") -> Advice:
    return advice.ask_specialist(case=case, question=QUESTION, urgent=urgent, by=cast.actor(who))


def owed(rule: str) -> FollowUp:
    engine.sweep(clocks.now())
    return FollowUp.objects.get(rule=rule)


def test_whoever_is_on_call_owes_the_answer_and_is_told(cast: Cast) -> None:
    put(cast, "petra", -HOUR, HOUR)
    case = make_case(owner=cast.olu)
    ask(cast, case)
    duty = owed("advice-not-given")
    assert duty.holder_id == cast.petra.pk
    assert duty.due_at == duty.since + HOUR
    assert Notice.objects.filter(step__followup=duty, person=cast.petra).exists()


def test_with_nobody_on_call_whoever_leads_owes_it(cast: Cast) -> None:
    ask(cast, make_case(owner=cast.olu), urgent=False)
    assert owed("advice-not-given").holder_id == cast.ines.pk


def test_when_the_turn_ends_unanswered_it_goes_to_whoever_is_next(cast: Cast) -> None:
    put(cast, "petra", -HOUR, HOUR)
    put(cast, "rhys", HOUR, 3 * HOUR)
    ask(cast, make_case(owner=cast.olu))
    assert owed("advice-not-given").holder_id == cast.petra.pk
    with clocks.moved(HOUR):
        assert owed("advice-not-given").holder_id == cast.rhys.pk
    RoleHeld.objects.filter(user__in=(cast.petra, cast.rhys), role=Role.SPECIALIST_LEAD).delete()
    with clocks.moved(3 * HOUR):
        assert owed("advice-not-given").holder_id == cast.ines.pk


def test_an_answer_ends_what_is_owed_and_is_owed_reading_by_whoever_asked(cast: Cast) -> None:
    case = make_case(owner=cast.olu)
    asked = ask(cast, case)
    owed("advice-not-given")
    advice.answer_question(
        case=case, advice_id=asked.pk, words="Not tonight.", by=cast.actor("ines")
    )
    assert owed("advice-not-given").state == FollowUpState.MET
    assert owed("advice-not-read").holder_id == cast.olu.pk
    advice.read_answer(case=case, advice_id=asked.pk, by=cast.actor("olu"))
    assert owed("advice-not-read").state == FollowUpState.MET


def test_a_question_that_came_and_went_between_two_sweeps_is_counted_as_met(cast: Cast) -> None:
    case = make_case(owner=cast.olu)
    asked = ask(cast, case)
    advice.answer_question(
        case=case, advice_id=asked.pk, words="Not tonight.", by=cast.actor("ines")
    )
    assert owed("advice-not-given").state == FollowUpState.MET


def test_nobody_answers_their_own_question(cast: Cast) -> None:
    case = make_case(owner=cast.olu)
    asked = ask(cast, case, who="ines")
    with pytest.raises(Refused):
        advice.answer_question(case=case, advice_id=asked.pk, words="Yes.", by=cast.actor("ines"))
    row = Advice.objects.filter(pk=asked.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(answer="Yes.", answered_at=clocks.now(), answered_by=cast.ines)


def test_who_is_no_specialist_answers_nothing_and_a_question_is_answered_once(cast: Cast) -> None:
    case = make_case(owner=cast.olu)
    asked = ask(cast, case)
    with pytest.raises(Refused):
        advice.answer_question(case=case, advice_id=asked.pk, words="Yes.", by=cast.actor("sade"))
    advice.answer_question(case=case, advice_id=asked.pk, words="Yes.", by=cast.actor("ines"))
    with pytest.raises(Conflict):
        advice.answer_question(case=case, advice_id=asked.pk, words="No.", by=cast.actor("ines"))
    with pytest.raises(Conflict):
        advice.answer_question(case=case, advice_id=asked.pk, words=" ", by=cast.actor("ines"))


def test_only_whoever_asked_or_owns_the_case_says_that_it_was_read(cast: Cast) -> None:
    case = make_case(owner=cast.olu)
    asked = ask(cast, case, who="sade")
    with pytest.raises(Conflict):
        advice.read_answer(case=case, advice_id=asked.pk, by=cast.actor("sade"))
    advice.answer_question(case=case, advice_id=asked.pk, words="Yes.", by=cast.actor("ines"))
    with pytest.raises(Refused):
        advice.read_answer(case=case, advice_id=asked.pk, by=cast.actor("ines"))
    advice.read_answer(case=case, advice_id=asked.pk, by=cast.actor("olu"))


def test_of_a_case_kept_to_a_team_no_specialist_outside_it_is_named_or_told(cast: Cast) -> None:
    put(cast, "petra", -HOUR, HOUR)
    scope = make_scope(restriction=Restriction.RESTRICTED)
    case = make_case(victim=make_victim(scope), owner=cast.olu)
    at = clocks.now() - HOUR
    grant = {"scope": scope, "force": cast.force, "kind": GrantKind.TEAM, "starts_at": at}
    ScopeGrant.objects.create(user=cast.olu, **grant)
    assert advice.who_answers(case) is None
    with acting_as(cast.actor("olu")):
        ask(cast, case)
    duty = owed("advice-not-given")
    assert duty.holder_id != cast.petra.pk
    assert not Notice.objects.filter(step__followup=duty, person=cast.petra).exists()
    with pytest.raises(NotVisible):
        ask(cast, case, who="petra")
    ScopeGrant.objects.create(user=cast.petra, **grant)
    turn = advice.who_answers(case)
    assert turn is not None
    assert turn.user == cast.petra
    assert owed("advice-not-given").holder_id == cast.petra.pk


def test_the_history_says_that_it_was_asked_and_answered_and_not_what(cast: Cast) -> None:
    case = make_case(owner=cast.olu)
    asked = ask(cast, case)
    advice.answer_question(
        case=case, advice_id=asked.pk, words="Not tonight.", by=cast.actor("ines")
    )
    lines = CaseEvent.objects.filter(case=case, kind=EventKind.ADVICE).order_by("recorded_at")
    assert [(line.text, line.detail["what"]) for line in lines] == [("", "asked"), ("", "answered")]


def test_one_specialist_at_a_time_and_only_a_specialist(cast: Cast) -> None:
    put(cast, "petra", -HOUR, HOUR)
    with pytest.raises(Conflict, match="already"):
        put(cast, "rhys", timedelta(), 2 * HOUR)
    with pytest.raises(Conflict, match="specialist"):
        rota.put_on_call(
            by=cast.actor("ines"),
            user=cast.olu,
            starts_at=clocks.now() + HOUR,
            ends_at=clocks.now() + 2 * HOUR,
        )


def test_a_turn_that_is_taken_off_ends_now_or_never_begins(cast: Cast) -> None:
    now, later = put(cast, "petra", -HOUR, HOUR), put(cast, "rhys", HOUR, 2 * HOUR)
    for turn in (now, later):
        rota.take_off_call(by=cast.actor("ines"), turn_id=turn.pk)
    assert on_call(cast.force.pk, clocks.now()) is None
    with clocks.moved(HOUR):
        assert on_call(cast.force.pk, clocks.now()) is None
    with pytest.raises(NotVisible):
        rota.take_off_call(by=cast.actor("ines"), turn_id=now.pk)


def test_a_turn_begins_and_ends_at_the_wall_clock_also_when_the_clocks_change(
    cast: Cast, client_of: Browser
) -> None:
    with clocks.frozen(datetime(2026, 10, 23, 9, tzinfo=LONDON)):
        day = {"starts_on_day": "24", "starts_on_month": "10", "starts_on_year": "2026"}
        day |= {"ends_on_day": "25", "ends_on_month": "10", "ends_on_year": "2026"}
        answer = client_of(cast.ines).post(
            "/specialists/on-call/new",
            {"who": str(cast.ines.pk), "starts": "20:00", "ends": "08:00", **day},
        )
        assert answer.status_code == 302, answer.content.decode()
    turn = OnCall.objects.get()
    assert turn.ends_at - turn.starts_at == 13 * HOUR


def test_an_officer_asks_and_reads_the_answer_on_the_case(cast: Cast, client_of: Browser) -> None:
    case = make_case(owner=cast.olu)
    olu, ines = client_of(cast.olu), client_of(cast.ines)
    page = f"/case/{case.reference}/advice"
    assert olu.post(page, {"question": "", "when": "urgent"}).status_code == 400
    assert olu.post(page, {"question": QUESTION, "when": "urgent"}).status_code == 302
    asked = Advice.objects.get()
    assert QUESTION in ines.get(f"{page}/{asked.pk}").content.decode()
    assert olu.get(f"{page}/{asked.pk}").status_code == 403
    assert ines.post(f"{page}/{asked.pk}", {"answer": "Not tonight."}).status_code == 302
    shown = olu.get(page).content.decode()
    assert "Not tonight." in shown
    assert "I have read it" in shown
    assert "I have read it" not in ines.get(page).content.decode()
    assert olu.post(f"{page}/{asked.pk}/read").status_code == 302
    asked.refresh_from_db()
    assert asked.read_by == cast.olu


def test_a_question_of_one_case_is_not_found_under_another(cast: Cast, client_of: Browser) -> None:
    asked = ask(cast, make_case(owner=cast.olu))
    other = make_case(owner=cast.olu)
    page = f"/case/{other.reference}/advice/{asked.pk}"
    assert client_of(cast.ines).get(page).status_code == 404
    assert client_of(cast.olu).post(f"{page}/read").status_code == 404


def test_a_closed_case_takes_no_question_and_its_open_one_is_no_longer_owed(cast: Cast) -> None:
    case = make_case(owner=cast.olu)
    ask(cast, case)
    owed("advice-not-given")
    Case.objects.filter(pk=case.pk).update(status="closing")
    Case.objects.filter(pk=case.pk).update(status="closed", closed_at=clocks.now())
    assert owed("advice-not-given").state == FollowUpState.VOID
    with pytest.raises(Conflict, match="closed"):
        ask(cast, case)


def test_numbers_to_ring_are_the_forces_own_and_seen_by_its_officers_alone(
    cast: Cast, client_of: Browser
) -> None:
    ines = client_of(cast.ines)
    number = {
        "name": "Regional organised crime unit",
        "what_for": "Several victims, or more than one force",
        "phone": "0111 496 0000",
        "hours": "Day and night",
    }
    assert ines.post("/specialists/contacts/new", number).status_code == 302
    again = ines.post("/specialists/contacts/new", number)
    assert again.status_code in (200, 400, 409)
    assert "Take it off first" in again.content.decode()
    assert "0111 496 0000" in client_of(cast.olu).get("/specialists").content.decode()
    contact = ForceContact.objects.get()
    assert ines.post(f"/specialists/contacts/{contact.pk}/end").status_code == 302
    assert "0111 496 0000" not in client_of(cast.olu).get("/specialists").content.decode()
    assert ines.post(f"/specialists/contacts/{contact.pk}/end").status_code == 404


def test_what_is_asked_is_in_no_event_of_the_trail_as_words(cast: Cast) -> None:
    asked = ask(cast, make_case(owner=cast.olu))
    events = AuditEvent.objects.filter(verb="advice.asked")
    assert events.count() == 1
    assert QUESTION not in str(list(events.values("detail")))
    assert asked.pk
