"""Several referrals of one person at once: an agency is asked about each need once, and none is forgotten."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clocks
from accounts.errors import Conflict
from accounts.models import User
from casework.models import Case
from followups import engine
from followups.models import FollowUp
from followups.rules import RULES
from referrals import actions, matching
from referrals.models import ListKind, SupportReferral
from referrals.outside import compare
from tests.builders import make_case
from tests.cast import Cast
from tests.referrals.builders import agree, make_draft, make_sent, make_service, officer, system
from victims.models import Need

Open = Callable[[User], Client]
NEEDS = ["safe_house", "outreach", "legal"]
OPEN = sorted(SupportReferral.OPEN)


@pytest.fixture
def case(cast: Cast) -> Case:
    """A person who agreed, of whom Harbour and Beacon can be asked about three needs."""
    for slug in ("harbour", "beacon"):
        make_service(slug, needs=NEEDS)
    made = make_case()
    agree(made)
    return made


def needed(case: Case, *kinds: str) -> None:
    for kind in kinds:
        Need.objects.create(
            scope=case.scope,
            victim=case.victim,
            kind=kind,
            found_at=clocks.now(),
            found_by=case.logged_by,
        )


def test_an_agency_is_asked_about_one_need_while_it_is_asked_about_another(case: Case) -> None:
    house = make_sent(case, needs=["safe_house"])
    legal = make_sent(case, needs=["legal"])
    assert house.pk != legal.pk
    assert case.support_referrals.filter(status="sent").count() == 2


def test_it_is_not_asked_twice_about_the_same(case: Case) -> None:
    make_sent(case, needs=["safe_house", "legal"])
    with pytest.raises(Conflict, match="Harbour Support is asked about this already: legal"):
        make_draft(case, needs=["legal", "outreach"])
    make_draft(case, "beacon", needs=["legal"])


def test_a_draft_for_other_needs_stays_and_one_for_these_goes_on(case: Case) -> None:
    legal = make_draft(case, needs=["legal"])
    house = make_draft(case, needs=["safe_house"])
    assert make_draft(case, needs=["legal", "outreach"]).pk == legal.pk
    assert SupportReferral.objects.get(pk=house.pk).needs == ["safe_house"]


def test_of_two_drafts_for_one_need_the_second_is_told(case: Case) -> None:
    first, second = make_draft(case, needs=["legal"]), make_draft(case, needs=["outreach"])
    SupportReferral.objects.filter(pk=second.pk).update(needs=["legal", "outreach"])
    actions.send_referral(referral=first, by=officer())
    with pytest.raises(Conflict, match="asked about one of these needs already"):
        actions.send_referral(referral=second, by=officer())
    assert SupportReferral.objects.get(pk=second.pk).status == "draft"


Moves = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from(["draft", "sent", "accepted", "declined", "withdrawn"]),
        st.sets(st.sampled_from(NEEDS), min_size=1).map(sorted),
    ),
    max_size=15,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=Moves)
def test_whatever_is_written_no_need_is_asked_about_twice(
    case: Case, moves: list[tuple[int, str, list[str]]]
) -> None:
    with transaction.atomic():
        rows = [_copy(make_draft(case, needs=["legal"])) for _ in range(5)]
        for number, status, needs in moves:
            _write(rows[number], status, needs)
        of_case = SupportReferral.objects.filter(case=case, status__in=OPEN)
        asked = [need for needs in of_case.values_list("needs", flat=True) for need in needs]
        assert len(asked) == len(set(asked))
        transaction.set_rollback(True)


def _copy(draft: SupportReferral) -> SupportReferral:
    """One more of the same: no act makes two."""
    draft.pk, draft.items, draft.legal_basis = uuid4(), [], "children_act_2004_s11"
    draft.save(force_insert=True)
    return draft


def _write(row: SupportReferral, status: str, needs: list[str]) -> None:
    """The row says so from now on, past every act; the database refuses a need that is asked about, and no other."""
    if status != row.status and status not in row.TRANSITIONS.get(row.status, ()):
        return
    others = SupportReferral.objects.filter(case=row.case_id, status__in=OPEN).exclude(pk=row.pk)
    clash = status in OPEN and others.filter(needs__overlap=needs).exists()
    at = clocks.now()
    said = {"status": status, "needs": needs, "sent_at": at, "accepted_at": at, "declined_at": at}
    said |= {"worker_name": "Noor", "decline_reason": "other"}
    rows = SupportReferral.objects.filter(pk=row.pk)
    if clash:
        with (
            pytest.raises(IntegrityError, match="referral_one_open_for_a_need"),
            transaction.atomic(),
        ):
            rows.update(**said)
    else:
        rows.update(**said)
        row.status = status


class TestPages:
    def test_the_needs_that_nobody_is_asked_about_are_ticked_and_named(
        self, case: Case, cast: Cast, client_of: Open
    ) -> None:
        needed(case, "legal", "safe_house")
        sent = make_sent(case, needs=["safe_house"])
        browser = client_of(cast.olu)
        for page in (
            reverse("referrals:case-referrals", args=[case.reference]),
            reverse("referrals:referral", args=[sent.pk]),
        ):
            shown = browser.get(page).content.decode()
            assert "No agency is asked yet about: legal" in shown
        form = browser.get(reverse("referrals:referral-new", args=[case.reference])).context["form"]
        assert form.initial["needs"] == ["legal"]

    def test_an_agency_is_offered_for_the_rest_and_asked_about_no_more(
        self, case: Case, cast: Cast, client_of: Open
    ) -> None:
        make_sent(case, needs=["safe_house"])
        browser = client_of(cast.olu)
        address = reverse("referrals:referral-agencies", args=[case.reference])
        asked = {"needs": ["safe_house", "legal", "work"]}
        page = browser.get(address, asked)
        offered = {match.service.agency.slug: match for match in page.context["offered"]}
        assert offered["harbour"].met == ("legal",)
        assert "Is asked already about: a safe place" in page.content.decode()
        browser.post(address, asked | {"service": str(offered["harbour"].service.pk)})
        assert case.support_referrals.get(status="draft").needs == ["legal"]

    def test_one_that_is_asked_about_all_of_it_is_not_offered(
        self, case: Case, cast: Cast, client_of: Open
    ) -> None:
        make_sent(case, needs=["legal"])
        address = reverse("referrals:referral-agencies", args=[case.reference])
        page = client_of(cast.olu).get(address, {"needs": ["legal"]})
        assert [match.service.agency.slug for match in page.context["offered"]] == ["beacon"]
        assert "Harbour Support is asked about this already" in page.content.decode()


def test_who_helps_with_one_need_is_asked_next_about_another(case: Case) -> None:
    make_sent(case, "beacon", needs=["safe_house"])
    declined = make_sent(case, needs=["legal"])
    actions.decline(referral=declined, reason="no_capacity", by=system())
    found = SupportReferral.objects.with_steps().get(pk=declined.pk)
    best = matching.next_best(found, officer(), clocks.now())
    assert best is not None
    assert (best.service.agency.slug, best.met) == ("beacon", ("legal",))


def test_a_decline_is_looked_after_once_each_of_its_needs_is_asked_about_anew(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = "referral-declined"
    begun = clocks.now()
    wall = iter(range(1, 100))
    monkeypatch.setattr(clocks, "now", lambda: begun + timedelta(seconds=next(wall)))
    declined = make_sent(case, needs=["legal", "safe_house"])
    actions.decline(referral=declined, reason="no_capacity", by=system())
    states = []
    for needs in (["outreach"], ["legal"], ["safe_house"]):
        make_sent(case, "beacon", needs=needs)
        engine.sweep(clocks.now(), rules={rule: RULES[rule]})
        states.append(FollowUp.objects.get(rule=rule, subject_id=declined.pk).state)
    assert states == ["open", "open", "met"]


def test_an_agencys_list_that_names_the_case_means_all_that_it_does_for_the_person(
    case: Case, cast: Cast
) -> None:
    for needs in (["legal"], ["safe_house"]):
        actions.accept(referral=make_sent(case, needs=needs), worker_name="Hana Wells", by=system())
    listed = f"reference,status,last contact\n{case.reference},accepted,\n"
    rows = compare(listed.encode(), ListKind.AGENCY, cast.harbour, cast.actor("ines"))
    assert [row.result for row in rows] == ["agrees"]
