"""What happens in an investigation, what the person is told, and what two people must think through first."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from casework.actions import decisions, duties, protection
from casework.actions.investigation import inform, record_happening
from casework.models import (
    Case,
    Happening,
    ImmigrationShare,
    Informed,
    InvestigationEvent,
    Section45,
)
from casework.timeline import lines
from casework.untold import things_to_tell
from tests.builders import make_case, make_victim
from tests.casework.steps import phone_rule
from tests.cast import Cast
from victims.models import Channel

H = Happening


@pytest.fixture
def olu(cast: Cast) -> Actor:
    return cast.actor("olu")


@pytest.fixture
def sade(cast: Cast) -> Actor:
    return cast.actor("sade")


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case()


def happen(case: Case, by: Actor, kind: str, **values: Any) -> InvestigationEvent:
    given = {"at": clocks.now()} | values
    return record_happening(case=case, by=by, kind=kind, **given)


def considered(case: Case, by: Actor, **values: Any) -> Section45:
    given = {
        "at": clocks.now(),
        "offence": "Growing cannabis",
        "age_then": "adult",
        "schedule_4": False,
        "findings": "Nobody made her do it.",
        "outcome": "does_not_apply",
    }
    return protection.consider_section_45(case=case, by=by, **(given | values))


class TestTelling:
    """The list of what they do not know yet gets shorter only by telling, or by a reason."""

    def test_everything_that_must_be_told_is_on_the_list_until_it_was(
        self, case: Case, olu: Actor
    ) -> None:
        child = make_case(victim=make_victim(age_band="child"))
        sent = duties.submit_nrm(case=child, by=olu, at=clocks.now())
        decisions.record_event(referral=sent, by=olu, kind="rg_negative", at=clocks.now())
        happen(child, olu, H.ARRESTED)
        happen(child, olu, H.STATEMENT_TAKEN)
        codes = {thing.code for thing in things_to_tell(child)}
        assert codes == {"report", "compensation", "arrested", "rg_negative"}
        keys = [thing.key for thing in things_to_tell(child)]
        inform(case=child, by=olu, at=clocks.now(), about=keys[:3], channel=Channel.IN_PERSON)
        inform(case=child, by=olu, at=clocks.now(), about=keys[3:], why_not="They asked not to.")
        assert things_to_tell(child) == []
        with pytest.raises(Conflict, match="recorded meanwhile"):
            inform(case=child, by=olu, at=clocks.now(), about=keys[:1], channel="in_person")
        said = lines(child.events.filter(kind="informed"))
        assert any("They asked not to." in line.text for line in said)
        assert any("Suspect arrested" in " ".join(line.said) for line in said)

    def test_told_at_once_is_one_page_less(self, case: Case, olu: Actor) -> None:
        event = happen(case, olu, H.ARRESTED, told_how=Channel.IN_PERSON)
        assert Informed.objects.get(happening=event).by_id == olu.id

    @pytest.mark.parametrize("teller", ["police", "agency"])
    def test_only_the_police_answer_for_the_way_they_used(
        self, case: Case, olu: Actor, teller: str
    ) -> None:
        given = {"about": ["report"], "channel": Channel.LETTER, "teller": teller}
        if teller == "police":
            with pytest.raises(Conflict, match="not recorded as safe"):
                inform(case=case, by=olu, at=clocks.now(), **given)
            given["unsafe_channel_reason"] = "Handed over by her sister."
        assert len(inform(case=case, by=olu, at=clocks.now(), **given)) == 1

    def test_a_safe_way_needs_no_reason(self, case: Case, olu: Actor) -> None:
        phone_rule(case, olu)
        inform(case=case, by=olu, at=clocks.now(), about=["report"], channel=Channel.PHONE)
        assert Informed.objects.get().channel == Channel.PHONE

    def test_nobody_is_told_before_it_happened(self, case: Case, olu: Actor) -> None:
        event = happen(case, olu, H.ARRESTED)
        early = event.at - timedelta(minutes=1)
        about = [f"happening:{event.pk}"]
        with pytest.raises(Conflict, match="before it happened"):
            inform(case=case, by=olu, at=early, about=about, channel=Channel.IN_PERSON)


class TestHappening:
    """An event is a fact: who may write it, what it needs, and that it stays."""

    @pytest.mark.parametrize(
        ("kind", "sentence"),
        [
            (H.COURT_DATE, "when the hearing is"),
            (H.PROPERTY_RETURNED, "Choose what this answers"),
            (H.REVIEW_DECIDED, "Choose what this answers"),
        ],
    )
    def test_what_it_needs_is_asked_for(
        self, case: Case, olu: Actor, kind: str, sentence: str
    ) -> None:
        with pytest.raises(Conflict, match=sentence):
            happen(case, olu, kind)

    def test_an_answer_is_to_the_right_question_of_the_same_case(
        self, case: Case, olu: Actor
    ) -> None:
        held = happen(case, olu, H.PROPERTY_HELD, note="A phone")
        with pytest.raises(Conflict, match="what this answers"):
            happen(case, olu, H.DATA_GIVEN, answers=held)
        with pytest.raises(Conflict, match="what this answers"):
            happen(make_case(), olu, H.PROPERTY_RETURNED, answers=held)
        assert happen(case, olu, H.PROPERTY_RETURNED, answers=held).answers == held

    def test_a_responder_does_not_record_it_and_nobody_changes_it(
        self, cast: Cast, case: Case, olu: Actor
    ) -> None:
        with pytest.raises(Refused):
            happen(case, cast.actor("rhys"), H.ARRESTED)
        event = happen(case, olu, H.ARRESTED)
        with pytest.raises(DatabaseError), transaction.atomic():
            InvestigationEvent.objects.filter(pk=event.pk).update(kind=H.RELEASED)


class TestEnhanced:
    """On for everybody; off only by a supervisor, with a reason."""

    def test_a_supervisor_turns_them_off_with_a_reason(self, case: Case, sade: Actor) -> None:
        with pytest.raises(Conflict, match="unless you say why"):
            protection.set_enhanced(case=case, by=sade, enhanced=False)
        protection.set_enhanced(case=case, by=sade, enhanced=False, reason="Asked for by them.")
        case.refresh_from_db()
        assert (case.enhanced, case.enhanced_off_reason) == (False, "Asked for by them.")
        protection.set_enhanced(case=case, by=sade, enhanced=True)
        case.refresh_from_db()
        assert (case.enhanced, case.enhanced_off_reason) == (True, "")

    def test_their_officer_does_not(self, case: Case, olu: Actor) -> None:
        with pytest.raises(Refused):
            protection.set_enhanced(case=case, by=olu, enhanced=False, reason="Because.")

    def test_no_path_turns_them_off_without_a_reason(self, case: Case) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(enhanced=False)


class TestSection45:
    """No charge of a victim is recorded before two officers have thought about it."""

    def test_a_charge_needs_a_consideration_that_a_second_officer_agreed_with(
        self, case: Case, olu: Actor, sade: Actor
    ) -> None:
        with pytest.raises(Conflict, match="must consider section 45"):
            happen(case, olu, H.PERSON_CHARGED)
        considered(case, olu)
        with pytest.raises(Conflict, match="must review it first"):
            happen(case, olu, H.PERSON_CHARGED)
        protection.review_section_45(case=case, by=sade, agreed=False, note="Ask her sister.")
        with pytest.raises(Conflict, match="sent it back"):
            happen(case, olu, H.PERSON_CHARGED)
        second = considered(case, olu)
        protection.review_section_45(case=case, by=sade, agreed=True)
        assert happen(case, olu, H.PERSON_CHARGED).section_45 == second

    def test_a_defence_that_may_apply_stops_the_charge(
        self, case: Case, olu: Actor, sade: Actor
    ) -> None:
        considered(case, olu, outcome="may_apply")
        protection.review_section_45(case=case, by=sade, agreed=True)
        with pytest.raises(Conflict, match="may apply"):
            happen(case, olu, H.PERSON_CHARGED)

    @pytest.mark.parametrize(
        ("listed", "outcome"),
        [(True, "may_apply"), (True, "does_not_apply"), (False, "not_available")],
    )
    def test_what_is_concluded_fits_schedule_4(
        self, case: Case, olu: Actor, listed: bool, outcome: str
    ) -> None:
        with pytest.raises(Conflict, match="Schedule 4"):
            considered(case, olu, schedule_4=listed, outcome=outcome)

    def test_who_found_it_does_not_review_it(self, case: Case, sade: Actor) -> None:
        considered(case, sade)
        with pytest.raises(Refused, match="considered it yourself"):
            protection.review_section_45(case=case, by=sade, agreed=True)

    def test_their_officer_does_not_review_it(self, case: Case, olu: Actor, sade: Actor) -> None:
        considered(case, sade)
        with pytest.raises(Refused):
            protection.review_section_45(case=case, by=olu, agreed=True)

    @pytest.mark.parametrize("found", ["nothing", "of another case", "not reviewed", "may apply"])
    def test_no_path_records_a_charge_without_it(
        self, case: Case, olu: Actor, sade: Actor, found: str
    ) -> None:
        section_45 = None
        if found != "nothing":
            of = make_case() if found == "of another case" else case
            outcome = "may_apply" if found == "may apply" else "does_not_apply"
            section_45 = considered(of, olu, outcome=outcome)
            if found != "not reviewed":
                protection.review_section_45(case=of, by=sade, agreed=True)
        with pytest.raises(DatabaseError), transaction.atomic():
            InvestigationEvent.objects.create(
                scope=case.scope,
                case=case,
                kind=H.PERSON_CHARGED,
                at=clocks.now(),
                recorded_at=clocks.now(),
                section_45=section_45,
            )


class TestImmigration:
    """Nothing goes to immigration enforcement without a basis, and a second person who agreed."""

    ASKED = {
        "recipient": "Immigration Enforcement",
        "what": "That she is here",
        "basis": "An invented law",
        "necessity": "An invented need",
        "person_told": "yes",
    }

    def test_it_is_asked_decided_by_another_and_only_then_shared(
        self, case: Case, olu: Actor, sade: Actor
    ) -> None:
        protection.ask_to_share(case=case, by=olu, **self.ASKED)
        with pytest.raises(Conflict, match="Nothing was approved"):
            protection.record_shared(case=case, by=olu, at=clocks.now())
        protection.decide_share(case=case, by=sade, approved=True, note="Proportionate.")
        shared = protection.record_shared(case=case, by=olu, at=clocks.now())
        assert shared.shared_at is not None

    def test_no_is_no(self, case: Case, olu: Actor, sade: Actor) -> None:
        protection.ask_to_share(case=case, by=olu, **self.ASKED)
        protection.decide_share(case=case, by=sade, approved=False, note="Not necessary.")
        with pytest.raises(Conflict, match="Nothing was approved"):
            protection.record_shared(case=case, by=olu, at=clocks.now())

    @pytest.mark.parametrize("missing", ["basis", "necessity", "recipient", "what"])
    def test_it_says_on_which_basis_and_why(self, case: Case, olu: Actor, missing: str) -> None:
        with pytest.raises(Conflict):
            protection.ask_to_share(case=case, by=olu, **(self.ASKED | {missing: ""}))

    def test_who_asked_does_not_decide(self, case: Case, sade: Actor, olu: Actor) -> None:
        protection.ask_to_share(case=case, by=sade, **self.ASKED)
        with pytest.raises(Refused, match="second person"):
            protection.decide_share(case=case, by=sade, approved=True, note="Yes.")
        with pytest.raises(Refused):
            protection.decide_share(case=case, by=olu, approved=True, note="Yes.")

    def test_no_path_shares_what_nobody_approved(self, case: Case, olu: Actor) -> None:
        asked = protection.ask_to_share(case=case, by=olu, **self.ASKED)
        rows = ImmigrationShare.objects.filter(pk=asked.pk)
        now = clocks.now()
        for forged in (
            {"shared_at": now},
            {"decided_at": now, "decided_by": olu.id, "approved": True, "shared_at": now},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(**forged)
