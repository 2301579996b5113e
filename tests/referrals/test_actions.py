"""Every act on a referral: in every state, by every side, and what each leaves behind."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

import clocks
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent
from accounts.scoping import NotVisible
from casework import gates as casework_gates
from casework.models import Case, CaseEvent
from referrals import actions
from referrals.errors import Stale
from referrals.models import Disclosure, ReferralStatus, SupportReferral
from referrals.standing import shown, shown_all
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.referrals import builders
from tests.referrals.builders import agree, make_draft, make_in, make_sent, officer, system
from victims import gates as victims_gates
from victims.models import AgeBand, ConsentOutcome, Need

STATES = [status.value for status in ReferralStatus]
AGENCY_ACTS: dict[str, tuple[Callable[..., Any], dict[str, Any], set[str]]] = {
    "accept": (actions.accept, {"worker_name": "Noor"}, {"sent", "opened", "needs_info"}),
    "decline": (actions.decline, {"reason": "wrong_area"}, {"sent", "opened", "needs_info"}),
    "ask": (actions.ask, {"text": "Which day?"}, {"sent", "opened"}),
    "first contact": (actions.confirm_first_contact, {}, {"accepted", "in_progress"}),
    "complete": (
        actions.complete,
        {"reason": "needs_partly_met", "outcomes": {"outreach": "met"}},
        {"in_progress"},
    ),
    "review": (actions.hold_review, {"finding": "as_planned"}, {"in_progress"}),
    "change worker": (actions.change_worker, {"worker_name": "Noor"}, {"accepted", "in_progress"}),
    "end early": (actions.end_early, {"reason": "moved_away"}, {"accepted", "in_progress"}),
}
POLICE_ACTS: dict[str, tuple[Callable[..., Any], set[str]]] = {
    "send": (
        actions.send_referral,
        {"draft", "sent", "opened", "needs_info", "accepted", "in_progress"},
    ),
    "withdraw": (
        actions.withdraw,
        {"draft", "sent", "opened", "needs_info", "accepted", "in_progress", "withdrawn"},
    ),
    "in error": (
        actions.mark_in_error,
        {"sent", "opened", "needs_info", "accepted", "in_progress", "in_error"},
    ),
    "no other support": (
        partial(actions.handle_decline, reason="not_needed"),
        {"declined", "ended_early", "withdrawn", "in_error"},
    ),
}


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("name", AGENCY_ACTS)
def test_an_agency_does_only_what_the_state_allows(cast: Cast, name: str, status: str) -> None:
    verb, asked, allowed = AGENCY_ACTS[name]
    referral = make_in(status)
    if status == "draft":
        with pytest.raises(NotVisible):
            verb(referral=referral, by=system(), **asked)
    elif status in allowed:
        verb(referral=referral, by=system(), **asked)
    else:
        with pytest.raises(Conflict):
            verb(referral=referral, by=system(), **asked)
        assert SupportReferral.objects.get(pk=referral.pk).status == status


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("name", POLICE_ACTS)
def test_the_police_do_only_what_the_state_allows(cast: Cast, name: str, status: str) -> None:
    verb, allowed = POLICE_ACTS[name]
    case = make_case()
    agree(case)
    referral = make_in(status, case)
    if status in allowed:
        verb(referral=referral, by=officer())
    else:
        with pytest.raises(Conflict):
            verb(referral=referral, by=officer())
        assert SupportReferral.objects.get(pk=referral.pk).status == status


@pytest.mark.parametrize("name", AGENCY_ACTS)
def test_neither_an_officer_nor_another_agency_acts_for_an_agency(cast: Cast, name: str) -> None:
    verb, asked, _allowed = AGENCY_ACTS[name]
    referral = make_sent()
    with pytest.raises(Refused):
        verb(referral=referral, by=officer(), **asked)
    with pytest.raises(NotVisible):
        verb(referral=referral, by=system("beacon"), **asked)


@pytest.mark.parametrize("name", POLICE_ACTS)
def test_no_agency_no_responder_and_no_other_unit_acts_for_the_police(
    cast: Cast, name: str
) -> None:
    verb, _allowed = POLICE_ACTS[name]
    referral = make_sent()
    for by in (system(), officer("rhys")):
        with pytest.raises(Refused):
            verb(referral=referral, by=by)
    for by in (officer("petra"), officer("wyn")):
        with pytest.raises(NotVisible):
            verb(referral=referral, by=by)


@pytest.mark.parametrize("name", AGENCY_ACTS)
def test_the_same_act_twice_gives_the_same_answer_and_one_line_of_history(
    cast: Cast, name: str
) -> None:
    verb, asked, allowed = AGENCY_ACTS[name]
    referral = make_in(min(allowed - {"in_progress"} or allowed))
    version = SupportReferral.objects.get(pk=referral.pk).version
    once = verb(referral=referral, version=version, by=system(), **asked)
    lines = CaseEvent.objects.count()
    again = verb(referral=referral, version=version, by=system(), **asked)
    assert (again.status, again.version) == (once.status, once.version)
    assert CaseEvent.objects.count() == lines
    asked_for = [question.text for question in referral.questions.all()]
    assert asked_for.count("Which day?") == (name == "ask")


@pytest.mark.parametrize("name", AGENCY_ACTS)
def test_an_act_on_an_earlier_version_is_stale(cast: Cast, name: str) -> None:
    verb, asked, allowed = AGENCY_ACTS[name]
    referral = make_in(min(allowed - {"in_progress"} or allowed))
    with pytest.raises(Stale):
        verb(referral=referral, version=referral.version - 1, by=system(), **asked)


def test_an_adult_is_not_referred_without_agreement(cast: Cast) -> None:
    case = make_case()
    referral = make_draft(case)
    for outcome in (None, ConsentOutcome.REFUSED, ConsentOutcome.WITHDRAWN):
        if outcome:
            agree(case, outcome)
        with pytest.raises(Refused):
            actions.send_referral(referral=referral, by=officer())
    assert not Disclosure.objects.exists()


def test_a_legal_basis_does_not_stand_in_for_an_adults_agreement(cast: Cast) -> None:
    referral = make_draft()
    chosen = actions.choose_items(
        referral=referral,
        items=["name"],
        legal_basis="children_act_2004_s11",
        told_to="team",
        no_contact_reason="through_us",
        by=officer(),
    )
    with pytest.raises(Refused):
        actions.send_referral(referral=chosen, by=officer())


def test_a_no_to_this_agency_outweighs_an_earlier_yes_to_all(cast: Cast) -> None:
    case = make_case()
    agree(case)
    agree(case, ConsentOutcome.REFUSED, cast.harbour)
    with pytest.raises(Refused):
        actions.send_referral(referral=make_draft(case), by=officer())
    assert make_sent(case, "beacon").status == "sent"


@pytest.mark.parametrize("age", [AgeBand.CHILD, AgeBand.UNSURE])
def test_a_child_is_referred_on_a_stated_legal_basis_only(cast: Cast, age: str) -> None:
    case = make_case(victim=make_victim(age_band=age))
    referral = make_draft(case)
    with pytest.raises(Refused):
        actions.send_referral(referral=referral, by=officer())
    actions.choose_items(
        referral=referral,
        items=["name"],
        legal_basis="children_act_2004_s11",
        told_to="team",
        no_contact_reason="through_us",
        by=officer(),
    )
    sent = actions.send_referral(referral=referral, by=officer())
    assert (sent.status, sent.consent, sent.legal_basis) == ("sent", None, "children_act_2004_s11")


def test_the_database_itself_refuses_a_referral_sent_on_nothing(cast: Cast) -> None:
    referral = make_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportReferral.objects.filter(pk=referral.pk).update(status="sent", sent_at=clocks.now())


@pytest.mark.parametrize("status", ["draft", "closed"])
def test_only_an_open_case_is_referred(cast: Cast, status: str) -> None:
    with pytest.raises(Conflict):
        make_draft(make_case(status=status))


def test_one_agency_is_not_asked_twice_at_once(cast: Cast) -> None:
    case = make_case()
    make_sent(case)
    with pytest.raises(Conflict):
        make_draft(case)


def test_a_second_draft_to_the_same_agency_for_the_same_is_the_first_one(cast: Cast) -> None:
    case = make_case()
    assert make_draft(case).pk == make_draft(case, needs=["outreach", "safe_house"]).pk


def test_withdrawn_agreement_empties_what_was_shared_and_withdraws_what_is_open(cast: Cast) -> None:
    case = make_case()
    agree(case)
    done, open_one = make_in("completed", case), make_sent(case, "beacon")
    event = agree(case, ConsentOutcome.WITHDRAWN)
    for answer in victims_gates.consent_withdrawn.answers:
        answer(event, officer(), clocks.now())
    assert SupportReferral.objects.get(pk=open_one.pk).status == "withdrawn"
    assert SupportReferral.objects.get(pk=done.pk).status == "completed"
    for disclosure in Disclosure.objects.all():
        assert (disclosure.first, disclosure.full) == ("", "")
        assert disclosure.emptied_reason == "consent_withdrawn"


def test_agreement_withdrawn_from_one_agency_leaves_the_other_alone(cast: Cast) -> None:
    case = make_case()
    agree(case)
    harbour, beacon = make_sent(case), make_sent(case, "beacon")
    event = agree(case, ConsentOutcome.WITHDRAWN, cast.harbour)
    actions.end_on_withdrawn_consent(event, officer(), clocks.now())
    assert SupportReferral.objects.get(pk=harbour.pk).status == "withdrawn"
    assert SupportReferral.objects.get(pk=beacon.pk).status == "sent"


def test_a_referral_sent_in_error_loses_its_content_and_keeps_its_record(cast: Cast) -> None:
    referral = make_in("in_error")
    disclosure = Disclosure.objects.get(referral=referral)
    assert (disclosure.first, disclosure.full) == ("", "")
    assert disclosure.items
    assert disclosure.emptied_at


def test_a_case_with_an_open_referral_says_why_it_cannot_close(cast: Cast) -> None:
    case = make_case()
    assert actions.open_referrals(case, clocks.now()) == []
    make_sent(case)
    (sentence,) = actions.open_referrals(case, clocks.now())
    assert "Harbour Support" in sentence
    assert actions.open_referrals in casework_gates.may_close.answers


@pytest.mark.parametrize(
    "wrong",
    [
        {"decline_handled_at": None},
        {"no_other_support": ""},
        {"no_other_support": "other", "no_other_support_why": ""},
    ],
)
def test_the_database_lets_nobody_settle_a_decline_without_a_reason(
    cast: Cast, wrong: dict[str, Any]
) -> None:
    referral = make_in("declined")
    actions.handle_decline(referral=referral, reason="not_wanted", by=officer())
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportReferral.objects.filter(pk=referral.pk).update(**wrong)


def test_a_decline_opens_the_need_again_and_the_reason_why_nobody_else_is_asked_is_said_once(
    cast: Cast,
) -> None:
    referral, said = make_in("declined"), {"reason": "other", "why": "Her aunt helps."}
    for _ in range(2):
        actions.handle_decline(referral=referral, by=officer(), **said)
    with pytest.raises(Conflict, match="was said already why"):
        actions.handle_decline(referral=referral, reason="not_wanted", by=officer())
    row = SupportReferral.objects.get(pk=referral.pk)
    assert row.decline_handled_at
    assert (row.no_other_support, row.no_other_support_why) == ("other", "Her aunt helps.")
    assert "aunt" not in CaseEvent.objects.latest("recorded_at").text
    assert [need.kind for need in Need.objects.filter(victim=referral.case.victim)] == ["outreach"]


def test_an_answer_lets_the_agency_go_on(cast: Cast) -> None:
    referral = make_in("needs_info")
    question = referral.questions.get()
    with pytest.raises(ValidationError):
        actions.answer_question(question=question, answer=" ", by=officer())
    for _twice in range(2):
        actions.answer_question(question=question, answer="By bus", by=officer())
    with pytest.raises(Conflict):
        actions.answer_question(question=question, answer="By train", by=officer())
    found = SupportReferral.objects.get(pk=referral.pk)
    assert (found.status, found.questions.get().answer) == ("opened", "By bus")


def test_first_contact_cannot_be_before_it_was_sent_or_in_the_future(cast: Cast) -> None:
    referral = make_in("accepted")
    for moment in (timedelta(days=-1), timedelta(hours=1)):
        with pytest.raises(ValidationError):
            actions.confirm_first_contact(
                referral=referral, contact_at=clocks.now() + moment, by=system()
            )


@pytest.mark.parametrize(
    ("verb", "asked"),
    [
        (actions.accept, {"worker_name": "  "}),
        (actions.decline, {"reason": "because"}),
        (actions.ask, {"text": " "}),
        (actions.complete, {"reason": ""}),
    ],
)
def test_bad_words_change_nothing(cast: Cast, verb: Any, asked: dict[str, str]) -> None:
    referral = make_sent()
    with pytest.raises(ValidationError):
        verb(referral=referral, by=system(), **asked)
    assert SupportReferral.objects.get(pk=referral.pk).version == referral.version


def test_opened_is_the_first_look_in_the_audit_trail(cast: Cast) -> None:
    referral = make_sent()
    looked_at = clocks.now() + timedelta(minutes=3)
    for minutes in (3, 9):
        AuditEvent.objects.create(
            at=clocks.now() + timedelta(minutes=minutes) if minutes == 9 else looked_at,
            verb="supportreferral.viewed",
            actor_kind="agency",
            actor_name="Harbour",
            agency_id=cast.harbour.pk,
            subject="referrals.supportreferral",
            subject_id=str(referral.pk),
            scope_id=referral.scope_id,
        )
    found = SupportReferral.objects.with_steps().get(pk=referral.pk)
    assert (found.status, found.standing, found.looked_at) == ("sent", "opened", looked_at)
    assert list(SupportReferral.objects.with_steps().standing("opened")) == [found]
    assert not SupportReferral.objects.with_steps().standing("sent").exists()
    accepted = actions.accept(referral=referral, worker_name="Noor", by=system())
    assert accepted.opened_at == looked_at


@pytest.mark.parametrize("status", STATES)
def test_a_case_shows_the_same_steps_of_its_referrals_as_any_list(cast: Cast, status: str) -> None:
    referral = make_in(status)
    AuditEvent.objects.create(
        at=clocks.now(),
        verb="supportreferral.viewed",
        actor_kind="agency",
        actor_name="Harbour",
        agency_id=cast.harbour.pk,
        subject="referrals.supportreferral",
        subject_id=str(referral.pk),
        scope_id=referral.scope_id,
    )
    at = clocks.now()
    rows = SupportReferral.objects.with_steps().with_left()
    rows = rows.select_related("agency", "force__calendar")
    case = Case.objects.with_header().get(pk=referral.case_id)
    [of_case] = shown_all(case, at)
    assert of_case == shown(rows.get(pk=referral.pk), at)
    assert of_case.referral.looked_at == rows.get(pk=referral.pk).looked_at


def test_the_history_names_the_agency_and_never_the_person(cast: Cast) -> None:
    case = make_case(victim=make_victim(called="Planted Name"))
    agree(case)
    builders.make_in("completed", case)
    lines = list(case.events.order_by("recorded_at").values_list("text", "by"))
    assert len(lines) == 4
    assert all("Harbour Support" in text and "Planted" not in text for text, _by in lines)
    assert [by is None for _text, by in lines] == [False, True, True, True]


def test_what_is_shared_cannot_change_after_sending(cast: Cast) -> None:
    referral = make_sent()
    with pytest.raises(Conflict):
        actions.choose_items(
            referral=referral,
            items=[],
            legal_basis="",
            told_to="team",
            no_contact_reason="through_us",
            by=officer(),
        )


def test_an_unknown_item_is_not_shared(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        actions.choose_items(
            referral=make_draft(),
            items=["password"],
            legal_basis="",
            told_to="team",
            no_contact_reason="through_us",
            by=officer(),
        )


def test_an_administrator_refers_nobody(cast: Cast) -> None:
    case, service = make_case(), builders.make_service()
    with pytest.raises(Refused):
        actions.draft_referral(
            case=case, service=service, needs=["outreach"], urgent=False, by=officer("lena")
        )
