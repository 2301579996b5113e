"""What a person takes back ends also where whoever records it may not look: as the web role, behind both walls."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

import clocks
from accounts.actors import Actor
from accounts.context import acting_as
from accounts.errors import Refused
from accounts.models import AuditEvent, GrantKind, Restriction, ScopeGrant, User
from casework.actions.duties import submit_nrm
from casework.actions.linking import link, merge
from casework.actions.person import record_consent
from casework.models import Case, CaseEvent
from casework.rules import NrmPath, nrm_path
from referrals import actions
from referrals.disclosure import Item
from referrals.models import Disclosure, SupportReferral, TakenBack
from referrals.rules import LegalBasis
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.followups.test_rules import owed
from tests.referrals.builders import make_draft, officer
from tests.referrals.test_consent_everywhere import ITEMS, MINUTE, accepted, decide, read_by
from victims.models import AgeBand, ConsentEvent, Purpose

Open = Callable[[User], Client]


def hide(case: Case) -> None:
    """From now on nobody sees the record who is not named on it."""
    case.scope.restriction = Restriction.COVERT
    case.scope.save()


def merged(case: Case, other: Case) -> None:
    same = link(case=case, other=other, by=officer(), reason="Same phone")
    merge(case=case, link=same, by=officer("sade"), reason="She says so herself.")


@pytest.fixture
def pair(cast: Cast) -> tuple[Case, Case]:
    """Two records of one adult who agreed to everything; Olu sees the first, nobody of his unit the second."""
    case, held = make_case(), make_case()
    merged(case, held)
    for purpose in (Purpose.AGENCY, Purpose.ACCOUNT, Purpose.NRM):
        for each in (case, held):
            decide(each, "given", clocks.now() - 60 * MINUTE, purpose=purpose)
    return case, held


def take_back(case: Case, outcome: str = "withdrawn", **over: Any) -> ConsentEvent:
    """Olu records it as a web request does: in the role of the web, with his own reach."""
    with acting_as(officer()), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("holdfast_web",)
        return decide(case, outcome, **over)


@pytest.mark.parametrize("outcome", ["withdrawn", "refused"])
def test_a_referral_that_the_officer_cannot_see_ends_with_the_agreement(
    outcome: str, pair: tuple[Case, Case]
) -> None:
    case, held = pair
    seen, unseen = accepted(case, "harbour"), accepted(held, "beacon")
    hide(held)
    take_back(case, outcome)
    for referral, slug in ((seen, "harbour"), (unseen, "beacon")):
        referral.refresh_from_db()
        assert referral.status == "withdrawn"
        assert read_by(slug, referral) == set()
        assert referral.disclosure.emptied_reason == "consent_withdrawn"
        assert TakenBack.objects.filter(referral=referral, told_at=None).count() == 1


def test_it_shows_the_officer_nothing_and_tells_the_other_team_what_it_owes(
    pair: tuple[Case, Case], cast: Cast, client_of: Open
) -> None:
    case, held = pair
    unseen = accepted(held, "beacon")
    hide(held)
    browser, address = client_of(cast.olu), f"/case/{case.reference}"
    answers = {"purpose": "agency", "outcome": "withdrawn", "notice": "spoken"}
    answer = browser.post(f"{address}/consent", answers | {"interpreter_used": "no"}, follow=True)
    pages = answer.content.decode() + browser.get(f"{address}/history").content.decode()
    assert held.reference not in pages
    assert "Beacon" not in pages
    assert str(unseen.pk) not in pages
    with acting_as(officer()):
        for model in (SupportReferral, Disclosure, TakenBack):
            assert not model.objects.visible_to(officer()).exists()
        assert not CaseEvent.objects.visible_to(officer()).filter(case=held).exists()
    line = held.events.filter(kind="referral").latest("recorded_at")
    assert line.by is None
    assert line.text.endswith("was withdrawn: the person took back their agreement.")
    assert [state for _due, state in owed("agency-not-told-to-stop", clocks.now(), held)] == [
        "open"
    ]
    changes = AuditEvent.objects.filter(verb="row.update", subject_id=str(unseen.pk))
    assert changes.filter(detail__status=["accepted", "withdrawn"]).count() == 1


def test_what_they_told_us_is_read_no_more_and_the_rest_goes_on(pair: tuple[Case, Case]) -> None:
    case, held = pair
    unseen = accepted(held, "beacon")
    assert read_by("beacon", unseen) == set(ITEMS)
    hide(held)
    take_back(case, purpose=Purpose.ACCOUNT)
    assert read_by("beacon", unseen) == set(ITEMS) - {Item.FIRST_WORDS.value}
    unseen.refresh_from_db()
    assert unseen.is_open


@pytest.mark.parametrize(("about", "ends"), [("harbour", False), ("beacon", True), (None, True)])
def test_only_the_agency_that_it_is_about(
    about: str | None, ends: bool, pair: tuple[Case, Case], cast: Cast
) -> None:
    case, held = pair
    unseen = accepted(held, "beacon")
    hide(held)
    take_back(case, agency=getattr(cast, about) if about else None)
    unseen.refresh_from_db()
    assert unseen.is_open is not ends


def test_a_no_that_is_written_down_late_ends_nothing(pair: tuple[Case, Case]) -> None:
    case, held = pair
    unseen = accepted(held, "beacon")
    hide(held)
    take_back(case, at=clocks.now() - 90 * MINUTE)
    unseen.refresh_from_db()
    assert unseen.is_open


def test_a_stranger_and_a_parted_record_are_left_alone(pair: tuple[Case, Case]) -> None:
    case, _held = pair
    stranger = make_case()
    decide(stranger, "given")
    decide(stranger, "given", purpose=Purpose.ACCOUNT)
    other = accepted(stranger, "beacon")
    take_back(case)
    other.refresh_from_db()
    assert other.is_open


def test_a_childs_referral_on_a_basis_in_law_goes_on(cast: Cast) -> None:
    case, held = (make_case(victim=make_victim(age_band=AgeBand.CHILD)) for _number in range(2))
    merged(case, held)
    basis = LegalBasis.SAFEGUARDING
    draft = make_draft(held, "beacon")
    chosen = actions.choose_items(
        referral=draft,
        items=ITEMS,
        legal_basis=basis,
        told_to="team",
        no_contact_reason="through_us",
        by=officer(),
    )
    unseen = actions.send_referral(referral=chosen, by=officer())
    hide(held)
    take_back(case)
    unseen.refresh_from_db()
    assert unseen.is_open


def call(decision: ConsentEvent, by: Actor) -> None:
    with acting_as(by), connection.cursor() as cursor:
        cursor.execute("SELECT referrals_take_back(%s, false, '')", [decision.pk])


def test_nobody_makes_another_officers_decision_or_an_agreement_end_anything(
    pair: tuple[Case, Case], cast: Cast
) -> None:
    case, held = pair
    unseen = accepted(held, "beacon")
    given = ConsentEvent.objects.filter(victim=case.victim, purpose="agency").get()
    call(given, officer())
    at = clocks.now()
    no = ConsentEvent.objects.create(
        scope=case.scope, victim=case.victim, purpose=Purpose.AGENCY, outcome="withdrawn",
        decided_at=at, recorded_at=at, explained_by=cast.olu,
    )  # fmt: skip
    call(no, officer("wyn"))
    unseen.refresh_from_db()
    assert unseen.is_open
    call(no, officer())
    unseen.refresh_from_db()
    assert not unseen.is_open


def test_what_was_said_out_of_reach_stops_what_would_be_sent_and_is_not_shown(
    pair: tuple[Case, Case], cast: Cast, client_of: Open
) -> None:
    case, held = pair
    draft = make_draft(case, "harbour")
    hide(held)
    ScopeGrant.objects.create(
        scope=held.scope,
        force=cast.force,
        user=cast.sade,
        kind=GrantKind.TEAM,
        starts_at=clocks.now() - MINUTE,
    )
    for purpose in (Purpose.AGENCY, Purpose.NRM):
        record_consent(
            case=held, by=officer("sade"), purpose=purpose, outcome="withdrawn",
            decided_at=clocks.now(), reason="Words nobody else may read.",
        )  # fmt: skip
    with acting_as(officer()), pytest.raises(Refused, match="no longer holds"):
        actions.send_referral(referral=draft, by=officer())
    with acting_as(officer()):
        assert (
            nrm_path(Case.objects.visible_to(officer()).get(pk=case.pk), officer()) is NrmPath.ASK
        )
    page = client_of(cast.olu).get(f"/case/{case.reference}/consent").content.decode()
    assert "Words nobody else may read." not in page
    take_back(case, "given")
    take_back(case, "given", purpose=Purpose.NRM)
    with acting_as(officer()):
        assert actions.send_referral(referral=draft, by=officer()).is_open
        submit_nrm(case=case, by=officer(), at=clocks.now())


def test_whether_they_agreed_is_told_only_of_whom_one_may_see(
    pair: tuple[Case, Case], cast: Cast
) -> None:
    case, held = pair
    hide(held)
    for person, by, said in (
        (case, officer(), True),
        (held, officer(), False),
        (case, officer("wyn"), False),
    ):
        with acting_as(by), connection.cursor() as cursor:
            cursor.execute("SELECT victims_agreed(%s, 'agency', NULL)", [person.victim_id])
            assert cursor.fetchone() == (said,)
    with acting_as(officer()), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute("SELECT victims_said(%s, 'agency', NULL)", [held.victim_id])


def test_the_function_knows_the_open_states_that_the_model_has(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'referrals_end_resting_on'")
        (source,) = cursor.fetchone()
    listed = source.split("r.status IN (")[1].split(")")[0]
    assert {word.strip(" '") for word in listed.split(",")} == set(SupportReferral.OPEN)
