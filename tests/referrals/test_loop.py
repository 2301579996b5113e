"""A referral is not done until someone has reached the person: said first, reviewed, and closed for each need."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

import clocks
from accounts.errors import Conflict
from accounts.models import User
from casework.models import Case
from followups import engine
from followups.models import FollowUp
from followups.rules import RULES
from pages.answers import Answer
from referrals import actions, disclosure, matching, rules
from referrals.api import views as api
from referrals.disclosed import told_of
from referrals.disclosure import BEFORE, MAY_SEE, Item, may_see
from referrals.management.commands.disclosure_table import document
from referrals.models import DisclosureEvent, NeedOutcome, SupportReferral, SupportReview
from referrals.standing import shown
from referrals.views import inbox
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.referrals.builders import (
    agree,
    make_draft,
    make_in,
    make_safe_contact,
    make_sent,
    make_service,
    officer,
    system,
)
from victims.actions import record_consent
from victims.models import ConsentOutcome, Need, NeedKind, Notice, Purpose, RiskLevel

DOCUMENT = Path(__file__).parents[2] / "docs" / "disclosure.md"


def open_needs(case: Case) -> set[str]:
    return set(
        Need.objects.filter(victim=case.victim, ended_at=None).values_list("kind", flat=True)
    )


def need(case: Case, kind: str) -> Need:
    return Need.objects.create(
        scope=case.scope,
        victim=case.victim,
        kind=kind,
        found_at=clocks.now(),
        found_by=case.logged_by,
    )


class TestSaidBeforeSending:
    @pytest.mark.parametrize(
        ("of_victim", "of_referral", "missing"),
        [
            ({"interpreter": Answer.NOT_ASKED}, {}, "interpreter"),
            ({"risk": RiskLevel.NOT_JUDGED}, {}, "danger"),
            ({}, {"told_to": ""}, "may be told"),
            ({}, {"no_contact_reason": ""}, "safe way"),
        ],
    )
    def test_what_nobody_said_keeps_it_here(
        self, cast: Cast, of_victim: dict[str, Any], of_referral: dict[str, Any], missing: str
    ) -> None:
        case = make_case()
        agree(case)
        draft = make_draft(case)
        type(case.victim).objects.filter(pk=case.victim_id).update(**of_victim)
        if of_referral:
            SupportReferral.objects.filter(pk=draft.pk).update(**of_referral)
        with pytest.raises(ValidationError, match=missing):
            actions.send_referral(referral=draft, by=officer())
        assert SupportReferral.objects.get(pk=draft.pk).status == "draft"

    def test_a_safe_way_that_is_shared_needs_no_reason(self, cast: Cast) -> None:
        case = make_case()
        agree(case)
        make_safe_contact(case)
        draft = make_draft(case)
        SupportReferral.objects.filter(pk=draft.pk).update(no_contact_reason="")
        assert actions.send_referral(referral=draft, by=officer()).status == "sent"

    def test_an_unsafe_way_is_no_way(self, cast: Cast) -> None:
        case = make_case()
        make_safe_contact(case, safe="no")
        draft = make_draft(case)
        draft.no_contact_reason = ""
        assert [page for _, page in rules.gaps(draft, case, officer())] == [
            "referrals:referral-share"
        ]

    def test_that_it_is_not_known_is_an_answer(self, cast: Cast) -> None:
        case = make_case(victim=make_victim(interpreter=Answer.NOT_KNOWN, risk=RiskLevel.HIGH))
        assert rules.gaps(make_draft(case), case, officer()) == []

    def test_the_database_sends_nothing_without_it(self, cast: Cast) -> None:
        referral = make_sent()
        row = SupportReferral.objects.filter(pk=referral.pk)
        for gone in ({"told_to": ""}, {"items": ["name"], "no_contact_reason": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                row.update(**gone)

    def test_needs_are_asked_of_several_agencies_at_once(self, cast: Cast) -> None:
        case = make_case()
        make_service("beacon", name="Law", needs=["legal"])
        make_sent(case)
        make_sent(case, "beacon", needs=["legal"])
        assert case.support_referrals.open().count() == 2

    def test_an_adult_who_declines_the_national_referral_is_referred_all_the_same(
        self, cast: Cast
    ) -> None:
        case = make_case()
        record_consent(
            victim=case.victim,
            by=officer(),
            purpose=Purpose.NRM,
            outcome=ConsentOutcome.REFUSED,
            decided_at=clocks.now(),
            language="English",
            interpreter_used=Answer.NO,
            notice=Notice.FORCE_2026,
        )
        agree(case)
        assert make_sent(case).status == "sent"


class TestReviews:
    def test_the_first_contact_agrees_one_and_each_review_the_next(self, cast: Cast) -> None:
        referral, day = make_in("accepted"), clocks.today() + timedelta(days=10)
        actions.confirm_first_contact(referral=referral, review_on=day, by=system())
        assert SupportReview.objects.get(referral=referral).due_on == day
        actions.hold_review(referral=referral, finding="changed", by=system())
        held, waiting = SupportReview.objects.filter(referral=referral).order_by("held_at")
        assert (held.finding, waiting.held_at, waiting.due_on) == ("changed", None, None)

    @pytest.mark.parametrize("ago", [0, 1])
    def test_a_day_that_is_over_is_refused(self, cast: Cast, ago: int) -> None:
        day = clocks.today() - timedelta(days=ago)
        with pytest.raises(ValidationError, match="in the future"):
            actions.confirm_first_contact(referral=make_in("accepted"), review_on=day, by=system())

    def test_two_wait_for_nobody(self, cast: Cast) -> None:
        referral = make_in("in_progress")
        with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
            SupportReview.objects.create(
                scope=referral.scope,
                referral=referral,
                agency=referral.agency,
                agreed_at=clocks.now(),
            )


class TestClosedForEachNeed:
    def test_met_ends_the_need_and_unmet_opens_it_again(self, cast: Cast) -> None:
        case = make_case()
        make_service(needs=["outreach", "safe_house", "health"])
        need(case, "outreach")
        referral = make_sent(case, needs=["outreach", "safe_house", "health"])
        actions.accept(referral=referral, worker_name="Hana Wells", by=system())
        actions.confirm_first_contact(referral=referral, by=system())
        became = {"outreach": "met", "safe_house": "unmet", "health": "unwanted"}
        actions.complete(referral=referral, reason="needs_partly_met", outcomes=became, by=system())
        assert open_needs(case) == {"safe_house"}
        done = SupportReferral.objects.with_steps().get(pk=referral.pk)
        assert rules.left_open(done) == ["safe_house"]
        said = shown(done, clocks.now())
        assert said.next == "You: find other support for what was not met"
        assert said.turn.due_at is not None

    @pytest.mark.parametrize("outcomes", [None, {}, {"outreach": "so so"}, {"legal": "met"}])
    def test_every_need_has_its_outcome(self, cast: Cast, outcomes: Any) -> None:
        with pytest.raises(ValidationError, match="for each need"):
            actions.complete(
                referral=make_in("in_progress"),
                reason="lost_contact",
                outcomes=outcomes,
                by=system(),
            )

    @pytest.mark.parametrize("outcomes", [{}, {"outreach": "so so"}])
    def test_the_database_completes_nothing_without_them(self, cast: Cast, outcomes: Any) -> None:
        referral = make_in("completed")
        with pytest.raises(IntegrityError), transaction.atomic():
            SupportReferral.objects.filter(pk=referral.pk).update(outcomes=outcomes)

    @pytest.mark.parametrize("status", ["declined", "ended_early"])
    def test_what_an_agency_leaves_is_open_again_at_once(self, cast: Cast, status: str) -> None:
        case = make_case()
        make_in(status, case)
        assert open_needs(case) == {"outreach"}

    def test_sent_in_error_takes_the_content_and_keeps_the_record(self, cast: Cast) -> None:
        referral = make_in("in_error")
        assert (referral.disclosure.first, referral.disclosure.full) == ("", "")
        assert referral.disclosure_events.filter(kind="emptied").exists()


class TestAskingTheNext:
    def test_a_decline_offers_the_next_agency_with_the_same_choices(self, cast: Cast) -> None:
        case = make_case()
        referral = make_in("declined", case)
        beacon = make_service("beacon", name="Visits")
        best = matching.next_best(referral, officer(), clocks.now())
        assert best is not None
        assert best.service == beacon
        draft = actions.ask_instead(referral=referral, service=best.service, by=officer())
        assert (draft.instead_of, draft.needs) == (referral, referral.needs)
        assert (draft.items, draft.told_to) == (referral.items, referral.told_to)

    def test_the_next_is_looked_for_alike_by_gender_place_and_access(self, cast: Cast) -> None:
        case = make_case()
        asked = {"gender": "women", "place": "Fellgate", "access": ["step_free"]}
        sent = make_sent(case, **asked)
        referral = actions.decline(referral=sent, reason="no_capacity", by=system())
        make_service("beacon", name="A men's house", gender="men")
        make_service("beacon", name="B elsewhere", places=["Old Quay"])
        fits = make_service("beacon", name="C", places=["Fellgate"], access=["step_free"])
        best = matching.next_best(referral, officer(), clocks.now())
        assert best is not None
        assert best.service == fits
        draft = actions.ask_instead(referral=referral, service=best.service, by=officer())
        kept = SupportReferral.objects.get(pk=draft.pk)
        assert {name: getattr(kept, name) for name in asked} == asked

    def test_a_service_for_men_is_not_asked_next_for_a_woman(self, cast: Cast) -> None:
        sent = make_sent(gender="women")
        referral = actions.decline(referral=sent, reason="no_capacity", by=system())
        make_service("beacon", gender="men")
        assert matching.next_best(referral, officer(), clocks.now()) is None
        anyone = make_service("beacon", name="For anyone")
        best = matching.next_best(referral, officer(), clocks.now())
        assert best is not None
        assert best.service == anyone

    def test_an_agency_that_was_asked_before_is_not_offered(self, cast: Cast) -> None:
        case = make_case()
        make_in("declined", case, "beacon")
        assert matching.next_best(make_in("declined", case), officer(), clocks.now()) is None

    def test_within_its_time_an_agency_is_not_passed_over(self, cast: Cast) -> None:
        make_service("beacon")
        assert matching.next_best(make_sent(), officer(), clocks.now()) is None

    def test_sending_to_the_next_withdraws_the_silent_one(self, cast: Cast) -> None:
        case = make_case()
        silent, beacon = make_sent(case), make_service("beacon")
        draft = actions.ask_instead(referral=silent, service=beacon, by=officer())
        assert SupportReferral.objects.get(pk=silent.pk).status == "sent"
        actions.send_referral(referral=draft, by=officer())
        assert SupportReferral.objects.get(pk=silent.pk).status == "withdrawn"

    def test_one_that_reached_the_person_meanwhile_goes_on(self, cast: Cast) -> None:
        case = make_case()
        late, beacon = make_in("accepted", case), make_service("beacon")
        draft = actions.ask_instead(referral=late, service=beacon, by=officer())
        actions.confirm_first_contact(referral=late, by=system())
        actions.send_referral(referral=draft, by=officer())
        assert SupportReferral.objects.get(pk=late.pk).status == "in_progress"

    def test_needs_that_the_next_does_not_meet_are_owed_and_the_page_says_so_before(
        self, cast: Cast, client_of: Callable[[User], Client]
    ) -> None:
        case = make_case()
        make_service(needs=["outreach", "legal"])
        silent = make_sent(case, needs=["outreach", "legal"])
        beacon = make_service("beacon", needs=["outreach"])
        draft = actions.ask_instead(referral=silent, service=beacon, by=officer())
        olu = client_of(cast.olu)
        for page in ("share", "check"):
            words = olu.get(f"/referral/{draft.pk}/{page}").content.decode()
            assert "Sending this withdraws the referral to Harbour Support" in words
            assert "Nobody is then asked about: legal advice" in words
        actions.send_referral(referral=draft, by=officer())
        rule = "referral-called-off"
        engine.sweep(clocks.now(), rules={rule: RULES[rule]})
        assert FollowUp.objects.get(rule=rule, subject_id=silent.pk).state == "open"
        left = olu.get(f"/referral/{silent.pk}").content.decode()
        assert "Nobody is asked now about: legal advice." in left

    def test_an_acceptance_that_nobody_knew_of_is_not_taken_back(
        self, cast: Cast, client_of: Callable[[User], Client]
    ) -> None:
        case = make_case()
        silent, beacon = make_sent(case), make_service("beacon")
        draft = actions.ask_instead(referral=silent, service=beacon, by=officer())
        actions.accept(referral=silent, worker_name="Hana Wells", by=system())
        page = client_of(cast.olu).get(f"/referral/{draft.pk}/check").content.decode()
        assert "Harbour Support has accepted since you began this" in page
        assert "Send referral to" not in page
        with pytest.raises(Conflict, match="has accepted since you began this"):
            actions.send_referral(referral=draft, by=officer())
        assert SupportReferral.objects.get(pk=silent.pk).status == "accepted"
        again = actions.ask_instead(referral=silent, service=beacon, by=officer())
        assert again.pk == draft.pk
        page = client_of(cast.olu).get(f"/referral/{draft.pk}/check").content.decode()
        assert "has accepted it, but has not reached the person" in page
        actions.send_referral(referral=again, by=officer())
        assert SupportReferral.objects.get(pk=silent.pk).status == "withdrawn"

    @pytest.mark.parametrize("status", ["in_progress", "completed"])
    def test_what_leaves_nothing_open_is_passed_to_nobody(self, cast: Cast, status: str) -> None:
        with pytest.raises(Conflict):
            actions.ask_instead(
                referral=make_in(status), service=make_service("beacon"), by=officer()
            )


class TestWhatAnAgencyMaySee:
    def test_the_document_is_current(self) -> None:
        assert DOCUMENT.read_text() == document(), "manage.py disclosure_table > docs/disclosure.md"

    def test_the_table_has_every_need(self) -> None:
        assert set(MAY_SEE) == set(NeedKind.values)

    @pytest.mark.parametrize("kind", NeedKind.values)
    def test_the_database_holds_to_the_table(self, db: None, kind: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT referrals_may_see(%s::varchar[])", [[kind]])
            assert set(cursor.fetchone()[0]) == {str(item.value) for item in MAY_SEE[kind]}

    @pytest.mark.parametrize("kind", NeedKind.values)
    def test_no_more_than_the_needs_allow_is_ticked(self, cast: Cast, kind: str) -> None:
        make_service(needs=NeedKind.values)
        draft = make_draft(needs=[kind])
        assert set(draft.items) <= may_see([kind])
        for item in set(Item.values) - may_see([kind]):
            with pytest.raises(ValidationError, match="does not have to know"):
                actions.choose_items(
                    referral=draft, items=[item], legal_basis="", told_to="team", by=officer()
                )
            with pytest.raises(DatabaseError), transaction.atomic():
                SupportReferral.objects.filter(pk=draft.pk).update(items=[item])

    def test_before_it_accepts_it_sees_the_listed_fields_and_no_other(self, cast: Cast) -> None:
        referral = make_sent()
        assert set(disclosure.first(referral, referral.case)) == set(BEFORE)
        recorded = DisclosureEvent.objects.get(referral=referral)
        assert (recorded.kind, set(recorded.items)) == ("minimum", set(BEFORE))


class TestEachDisclosureIsRecorded:
    def kinds(self, referral: SupportReferral) -> list[tuple[str, list[str]]]:
        rows = DisclosureEvent.objects.filter(referral=referral).order_by("at", "kind")
        return [(row.kind, sorted(row.items)) for row in rows if row.kind != "minimum"]

    def test_what_why_to_whom_and_on_what_agreement(self, cast: Cast) -> None:
        referral = make_in("accepted")
        row = DisclosureEvent.objects.get(referral=referral, kind="accepted")
        assert (row.needs, row.agency, row.items) == (["outreach"], cast.harbour, referral.items)
        assert row.consent == referral.consent
        (_, line) = told_of(referral)
        assert line.basis.startswith("Agreed on")

    def test_rules_given_anew_and_answers_too(self, cast: Cast) -> None:
        case = make_case()
        make_safe_contact(case)
        referral = make_in("opened", case)
        assert ("answer", ["answer"]) in self.kinds(referral)
        make_safe_contact(case, channel="letter")
        actions.renew_safe_contact(referral=referral, by=officer())
        assert ("renewed", ["safe_contact"]) in self.kinds(referral)

    def test_nobody_writes_or_alters_one(self, cast: Cast) -> None:
        referral = make_sent()
        rows = DisclosureEvent.objects.filter(referral=referral)
        for change in (rows.update, lambda **_: rows.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change(kind="answer")
        row = rows.get()
        row.pk = None
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save(force_insert=True)

    def test_withdrawn_is_recorded(self, cast: Cast) -> None:
        assert "emptied" in dict(self.kinds(make_in("withdrawn")))


class TestInboxAndApiAreTwins:
    def test_each_act_of_the_one_is_an_act_of_the_other(self) -> None:
        assert set(inbox.ACTS) == set(api.ACTS)

    @pytest.mark.parametrize("name", inbox.ACTS)
    def test_both_do_it_by_the_same_verb_and_ask_the_same(self, name: str) -> None:
        page, address = inbox.ACTS[name], api.ACTS[name]
        assert page.verb is address.verb
        assert set(page.takes) == set(address.asked().fields)


def test_an_outcome_is_one_of_three(cast: Cast) -> None:
    done = make_in("completed")
    assert json.dumps(done.outcomes) == '{"outreach": "met"}'
    assert set(done.outcomes.values()) <= set(NeedOutcome.values)
