"""The pages of an investigation: one short form for each thing, and one page that says what is owed and why."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.models import User
from casework.actions import duties, protection
from casework.actions.investigation import record_happening
from casework.models import (
    ANSWERS,
    Case,
    Happening,
    ImmigrationShare,
    Informed,
    InvestigationEvent,
    NrmEvent,
    Section45,
)
from clocks import LONDON
from tests.builders import make_case, make_victim
from tests.cast import Cast
from victims.models import AgeBand

Open = Callable[[User], Client]
FRAME = re.compile(r"SAVEPOINT|set_config|SET LOCAL ROLE")


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(at=clocks.now() - timedelta(days=3))


@pytest.fixture
def olu(cast: Cast, client_of: Open) -> Client:
    return client_of(cast.olu)


@pytest.fixture
def sade(cast: Cast, client_of: Open) -> Client:
    return client_of(cast.sade)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def day(name: str, days_ago: int) -> dict[str, str]:
    on = (clocks.now() - timedelta(days=days_ago)).astimezone(LONDON).date()
    return {
        f"{name}_day": str(on.day),
        f"{name}_month": str(on.month),
        f"{name}_year": str(on.year),
    }


def test_an_arrest_is_two_presses_and_says_what_is_owed_and_how_sure_that_is(
    case: Case, olu: Client
) -> None:
    address = f"/case/{case.reference}/happened/arrested"
    assert "Have they been told?" in words(olu.get(address))
    saved = olu.post(address, {"suspect": "A"}, follow=True)
    assert saved.redirect_chain[-1][0] == f"/case/{case.reference}/investigation"
    shown = words(saved)
    assert InvestigationEvent.objects.get().suspect == "A"
    assert "They do not know yet that a suspect was arrested" in shown
    assert "Time allowed: unverified. T16: Victims&#x27; Code 2015 timings" in shown
    assert "They have not been told yet." in shown
    told = olu.post(
        f"/case/{case.reference}/inform",
        {
            "about": [f"happening:{InvestigationEvent.objects.get().pk}", "report"],
            "teller": "police",
            "channel": "in_person",
        },
        follow=True,
    )
    assert "They know. We did: in person" in words(told)
    assert "They do not know yet that a suspect was arrested" not in words(told)
    assert set(Informed.objects.values_list("subject", flat=True)) == {"happening", "report"}


@pytest.mark.parametrize("kind", Happening.values)
def test_every_kind_has_a_form_with_no_more_than_it_needs(
    case: Case, olu: Client, cast: Cast, kind: str
) -> None:
    asked, by, at = ANSWERS.get(kind, ()), cast.actor("olu"), clocks.now()
    decided = None
    if asked == (Happening.REVIEW_ASKED,):
        decided = record_happening(case=case, by=by, kind=Happening.PROSECUTORS, at=at)
    for each in asked:
        record_happening(case=case, by=by, kind=each, at=at, answers=decided)
    page = olu.get(f"/case/{case.reference}/happened/{kind}")
    assert page.status_code == 200
    assert ("hearing_on" in page.content.decode()) == (kind == Happening.COURT_DATE)
    assert len(re.findall(r"<label|<legend", page.content.decode())) <= 14


def test_what_nobody_knows_of_is_not_a_page(case: Case, olu: Client) -> None:
    assert olu.get(f"/case/{case.reference}/happened/eaten").status_code == 404


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("court_date", {"note": "Crown Court"}, "Enter the date of the hearing"),
        ("no_further_action", {}, "Answer this in a few words"),
        ("arrested", {"suspect": "Old Bill Sykes"}, "no name"),
        ("arrested", {"told_how": "letter"}, "not one of the available choices"),
        ("person_charged", {"note": "Theft"}, "must consider section 45"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    case: Case, olu: Client, kind: str, typed: dict[str, str], sentence: str
) -> None:
    answer = olu.post(f"/case/{case.reference}/happened/{kind}", typed)
    assert answer.status_code in {400, 409}
    assert sentence in words(answer)
    for value in typed.values():
        assert value in answer.content.decode()
    assert not InvestigationEvent.objects.exists()


class TestDecisions:
    """What the Home Office decides is typed as days, and runs from the earliest safe reading."""

    @pytest.fixture
    def address(self, cast: Cast, case: Case) -> str:
        case.victim.age_band = AgeBand.CHILD
        case.victim.save()
        duties.submit_nrm(case=case, by=cast.actor("olu"), at=case.logged_at)
        return f"/case/{case.reference}/decisions"

    def test_a_day_is_read_as_its_first_moment_and_never_before_it_was_sent(
        self, address: str, case: Case, olu: Client
    ) -> None:
        assert olu.post(address, {"kind": "received"} | day("made_on", 3)).status_code == 302
        assert NrmEvent.objects.get().at == case.logged_at
        given = {"kind": "rg_negative", "reference": "HO-9"} | day("made_on", 2)
        shown = words(olu.post(address, given | day("heard_on", 1), follow=True))
        decided = NrmEvent.objects.get(kind="rg_negative")
        assert decided.at.astimezone(LONDON).strftime("%H:%M") == "00:00"
        assert decided.received_at is not None
        assert decided.received_at > decided.at
        assert "Time allowed: sourced. T09" in shown
        assert "Reference HO-9." in shown

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"kind": "rg_positive"}, "Enter the day on which it was decided or done"),
            ({"kind": "cg_positive"} | day("made_on", 1), "Select a valid choice"),
            ({"kind": "rg_positive"} | day("made_on", 9), "before the referral was sent"),
            (
                {"kind": "rg_positive"} | day("made_on", 1) | day("heard_on", 2),
                "This is before it was decided",
            ),
        ],
    )
    def test_wrong_days_are_refused(
        self, address: str, olu: Client, given: dict[str, str], sentence: str
    ) -> None:
        answer = olu.post(address, given)
        assert answer.status_code in {400, 409}
        assert sentence in words(answer)
        assert not NrmEvent.objects.exists()

    def test_without_a_referral_it_leads_to_the_referral(self, case: Case, olu: Client) -> None:
        answer = olu.get(f"/case/{case.reference}/decisions")
        assert answer.status_code == 302
        assert answer["Location"] == f"/case/{case.reference}/nrm"

    def test_once_referred_every_way_leads_to_the_one_page_of_decisions(
        self, address: str, case: Case, olu: Client
    ) -> None:
        case.nrm_referrals.update(home_office_reference="HO-7")
        referral = f"/case/{case.reference}/nrm"
        assert olu.get(referral)["Location"] == address
        page = words(olu.get(address))
        assert "HO-7" in page
        assert "What was told, and what was sent" in page
        again = olu.post(referral, {"home_office_reference": "HO-8"}, follow=True)
        assert "on record already. Nothing was changed." in words(again)
        assert case.nrm_referrals.get().home_office_reference == "HO-7"


def test_a_child_gets_a_guardian_in_words_of_the_nation(
    cast: Cast, client_of: Open, olu: Client
) -> None:
    child = make_case(victim=make_victim(age_band="child"))
    address = f"/case/{child.reference}/guardian"
    assert "Independent Child Trafficking Guardians" in words(olu.get(address))
    cast.force.nation = "scotland"
    cast.force.save()
    assert "Guardianship Scotland" in words(olu.get(address))
    assert olu.post(address, {"outcome": "referred"}).status_code == 302
    assert child.guardian_referrals.get().outcome == "referred"


def test_enhanced_rights_are_a_supervisors_to_turn_off_and_need_a_reason(
    case: Case, olu: Client, sade: Client
) -> None:
    address = f"/case/{case.reference}/enhanced"
    assert olu.get(address).status_code == 403
    assert sade.post(address, {"enhanced": "no"}).status_code == 400
    shown = sade.post(address, {"enhanced": "no", "reason": "Asked for by them."}, follow=True)
    assert "No: Asked for by them." in words(shown)


def test_section_45_takes_two_officers(case: Case, olu: Client, sade: Client) -> None:
    given = {
        "offence": "Growing cannabis",
        "age_then": "adult",
        "schedule_4": "yes",
        "findings": "Nobody made her do it.",
        "outcome": "does_not_apply",
    }
    address = f"/case/{case.reference}/section-45"
    assert "only for these" in words(olu.post(address, given))
    assert olu.post(address, given | {"schedule_4": "no"}).status_code == 302
    assert olu.get(f"{address}/review").status_code == 403
    assert "Growing cannabis" in words(sade.get(f"{address}/review"))
    sade.post(f"{address}/review", {"decision": "yes", "note": "I read the interview."})
    assert Section45.objects.get().agreed is True
    charged = olu.post(f"/case/{case.reference}/happened/person_charged", {"note": "Cultivation"})
    assert charged.status_code == 302


def test_who_asked_finds_no_button_to_agree_with_themselves(
    cast: Cast, case: Case, sade: Client
) -> None:
    asked = {
        "recipient": "Immigration Enforcement",
        "what": "That she is here",
        "basis": "An invented law",
        "necessity": "An invented need",
        "person_told": "yes",
    }
    protection.ask_to_share(case=case, by=cast.actor("sade"), **asked)
    page = sade.get(f"/case/{case.reference}/immigration/decide")
    assert "somebody else must decide" in words(page)
    assert "decision" not in re.findall(r'name="(\w+)"', page.content.decode())


def test_immigration_is_asked_approved_and_recorded(case: Case, olu: Client, sade: Client) -> None:
    address = f"/case/{case.reference}/immigration"
    given = {"recipient": "R", "what": "W", "basis": "B", "necessity": "N", "person_told": "no"}
    assert olu.post(address, given).status_code == 302
    assert "Nothing was approved" in words(olu.post(f"{address}/shared", {"only_this": "on"}))
    sade.post(f"{address}/decide", {"decision": "yes", "note": "Proportionate."})
    assert olu.post(f"{address}/shared", {"only_this": "on"}).status_code == 302
    assert ImmigrationShare.objects.get().shared_at is not None


def test_the_page_costs_the_same_with_one_event_and_with_thirty(
    case: Case, cast: Cast, olu: Client
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert olu.get(f"/case/{case.reference}/investigation").status_code == 200
        return len([query for query in queries if not FRAME.search(query["sql"])])

    record_happening(case=case, by=cast.actor("olu"), kind="arrested", at=clocks.now())
    asked()
    at_one = asked()
    for _number in range(29):
        record_happening(case=case, by=cast.actor("olu"), kind="bailed", at=clocks.now())
    assert asked() == at_one <= 32


def test_who_asks_for_a_review_says_of_which_decision(case: Case, olu: Client, cast: Cast) -> None:
    address = f"/case/{case.reference}/happened/review_asked"
    assert "There is nothing open that this could answer" in olu.get(address).content.decode()
    ours, theirs = (
        record_happening(case=case, by=cast.actor("olu"), kind=kind, at=clocks.now(), note=note)
        for kind, note in (("no_further_action", "No witness"), ("prosecutors", "Not enough"))
    )
    assert (
        "They asked for a review"
        in olu.get(f"/case/{case.reference}/investigation").content.decode()
    )
    assert olu.post(address, {}).status_code == 400
    assert olu.post(address, {"answers": str(theirs.pk)}).status_code == 302
    asked = case.happenings.get(kind="review_asked")
    assert asked.answers == theirs
    page = olu.get(address).content.decode()
    assert (str(ours.pk) in page, str(theirs.pk) in page) == (True, False)
