"""What an agency can read is what the person's latest decision allows, whatever was decided in which order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clocks
from accounts.errors import Conflict, Refused
from accounts.models import Agency, User
from casework.actions.linking import link, merge
from casework.actions.person import record_consent
from casework.models import Case, Decision, EventKind, NrmEvent, NrmReferral
from pages.answers import Answer
from referrals import actions
from referrals.api.serializers import ReferralSerializer
from referrals.disclosure import Item
from referrals.models import SupportReferral, TakenBack
from referrals.rules import AnswerTimes, LegalBasis
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.followups.test_rules import owed
from tests.referrals.builders import make_draft, make_sent, make_service, officer, system
from victims.models import AgeBand, ConsentEvent, Notice, Purpose

Open = Callable[[User], Client]
AGENCIES = ("harbour", "beacon")
NO = ("refused", "withdrawn")
MINUTE = timedelta(minutes=1)
ITEMS = [Item.NAME.value, Item.FIRST_WORDS.value]

decisions = st.tuples(
    st.sampled_from((Purpose.AGENCY, Purpose.ACCOUNT, Purpose.NRM)),
    st.sampled_from((None, *AGENCIES)),
    st.sampled_from(("given", *NO)),
    st.integers(
        1, 9
    ),  # in which minute they decided: not always in the order in which it is written down
)


def decide(case: Case, outcome: str, at: datetime | None = None, **over: Any) -> ConsentEvent:
    told = {"purpose": Purpose.AGENCY, "decided_at": at or clocks.now()} | over
    return record_consent(case=case, by=officer(), outcome=outcome, **told)


def accepted(case: Case, slug: str) -> SupportReferral:
    """A referral that shares what they told us, and that the agency accepted."""
    draft = make_draft(case, slug)
    chosen = actions.choose_items(
        referral=draft,
        items=ITEMS,
        legal_basis="",
        told_to="team",
        no_contact_reason="through_us",
        by=officer(),
    )
    sent = actions.send_referral(referral=chosen, by=officer())
    return actions.accept(referral=sent, worker_name="Hana Wells", by=system(slug))


def read_by(slug: str, referral: SupportReferral) -> set[str]:
    """The items that the agency's own system is given through the API."""
    found = (
        SupportReferral.objects.with_steps()
        .select_related("agency", "force__calendar", "disclosure")
        .get_visible(system(slug), pk=referral.pk)
    )
    return set(ReferralSerializer(found, context={"times": AnswerTimes()}).data["shared"] or {})


class Model:
    """What the person decided, told again in the simplest way."""

    def __init__(self) -> None:
        self.said: list[tuple[int, int, Purpose, str | None, str]] = [
            (0, 0, Purpose.AGENCY, None, "given"),
            (0, 1, Purpose.ACCOUNT, None, "given"),
        ]
        self.may = {slug: set(ITEMS) for slug in AGENCIES}

    def holds(self, purpose: Purpose, slug: str) -> bool:
        """Whether the decision made last, about this agency or all, was a yes."""
        about = [each for each in self.said if each[2] == purpose and each[3] in {None, slug}]
        return max(about, key=lambda each: each[:2])[4] == "given"

    def decide(self, purpose: Purpose, about: str | None, outcome: str, minute: int) -> None:
        """One more decision; what ends does not come back by itself."""
        about = None if purpose == Purpose.NRM else about
        self.said.append((minute, len(self.said), purpose, about, outcome))
        for slug in AGENCIES:
            if not self.holds(Purpose.AGENCY, slug):
                self.may[slug] = set()
            if not self.holds(Purpose.ACCOUNT, slug):
                self.may[slug] -= {Item.FIRST_WORDS.value}


@pytest.mark.usefixtures("db")
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=st.lists(decisions, min_size=1, max_size=5))
def test_after_any_decisions_an_agency_reads_what_the_latest_allows(
    said: list[tuple[Purpose, str | None, str, int]],
) -> None:
    began, case = clocks.now() - 30 * MINUTE, make_case()
    for purpose in (Purpose.AGENCY, Purpose.ACCOUNT):
        decide(case, "given", began, purpose=purpose)
    referrals = {slug: accepted(case, slug) for slug in AGENCIES}
    model = Model()
    for purpose, about, outcome, minute in said:
        agency = Agency.objects.get(slug=about) if about else None
        decide(case, outcome, began + minute * MINUTE, purpose=purpose, agency=agency)
        model.decide(purpose, about, outcome, minute)
        for slug, referral in referrals.items():
            assert read_by(slug, referral) == model.may[slug]
    for slug, referral in referrals.items():
        referral.refresh_from_db()
        if referral.is_open:
            continue
        if model.holds(Purpose.AGENCY, slug) and model.holds(Purpose.ACCOUNT, slug):
            assert read_by(slug, accepted(case, slug)) == set(ITEMS)
        else:
            with pytest.raises(Refused):
                accepted(case, slug)


def test_what_they_told_us_is_passed_on_only_where_they_agreed_to_that(cast: Cast) -> None:
    case = make_case()
    decide(case, "given")
    with pytest.raises(Refused, match="passed on in full"):
        accepted(case, "harbour")
    decide(case, "given", purpose=Purpose.ACCOUNT, agency=cast.beacon)
    with pytest.raises(Refused, match="passed on in full"):
        accepted(case, "harbour")
    assert Item.FIRST_WORDS in read_by("beacon", accepted(case, "beacon"))


def test_a_childs_referral_goes_on_and_ends_with_their_own_no_at_18(cast: Cast) -> None:
    born_on = clocks.today().replace(day=1)
    victim = make_victim(age_band=AgeBand.CHILD, born_on=born_on.replace(year=born_on.year - 18))
    made = clocks.now() - timedelta(days=60)
    with clocks.frozen(made):
        case = make_case(victim=victim)
        draft = make_draft(case, "harbour")
        basis = LegalBasis.SAFEGUARDING
        chosen = actions.choose_items(
            referral=draft,
            items=ITEMS,
            legal_basis=basis,
            told_to="team",
            no_contact_reason="through_us",
            by=officer(),
        )
        referral = actions.send_referral(referral=chosen, by=officer())
        actions.accept(referral=referral, worker_name="Hana Wells", by=system())
        decide(case, "refused")
        assert read_by("harbour", referral) == set(ITEMS)
    decide(case, "refused")
    assert read_by("harbour", referral) == set()


def test_an_adult_from_their_own_first_decision_about_the_national_referral(cast: Cast) -> None:
    born_on = clocks.today().replace(day=1)
    victim = make_victim(age_band=AgeBand.CHILD, born_on=born_on.replace(year=born_on.year - 18))
    case = make_case(victim=victim)
    decide(case, "given", purpose=Purpose.NRM)
    victim.refresh_from_db()
    assert victim.age_band == AgeBand.ADULT


def test_nobody_decides_in_the_future(cast: Cast) -> None:
    with pytest.raises(Conflict, match="future"):
        decide(make_case(), "given", clocks.now() + timedelta(hours=1))


def test_the_agency_is_told_to_stop_and_only_then_is_nothing_owed(
    cast: Cast, client_of: Open
) -> None:
    case = make_case()
    referral = make_sent(case)
    with clocks.frozen(datetime(2026, 11, 16, 10, tzinfo=UTC) + timedelta(days=365)):
        at = clocks.now()
        decide(case, "withdrawn")
        assert owed("agency-not-told-to-stop", at) == [(at + timedelta(hours=4), "open")]
        olu, address = client_of(cast.olu), f"/referral/{referral.pk}"
        assert "must stop using it" in olu.get(address).content.decode()
        assert olu.post(f"{address}/told-to-stop").status_code == 302
        assert olu.post(f"{address}/told-to-stop").status_code == 302
        assert "must stop using it" not in olu.get(address).content.decode()
        assert owed("agency-not-told-to-stop", at) == [(at + timedelta(hours=4), "met")]
    assert TakenBack.objects.get().told_by == cast.olu
    assert case.events.filter(detail__step="told_to_stop").count() == 1


@pytest.mark.parametrize("outcome", NO)
def test_a_national_referral_that_they_no_longer_want_is_owed_to_the_home_office(
    outcome: str, cast: Cast
) -> None:
    at = datetime(2026, 11, 16, 10, tzinfo=UTC)
    rule, due = "nrm-consent-taken-back", datetime(2026, 11, 17, 17, tzinfo=UTC)

    def said(case: Case, what: str, when: datetime) -> None:
        ConsentEvent.objects.create(
            scope=case.scope, victim=case.victim, purpose=Purpose.NRM, outcome=what,
            decided_at=when, recorded_at=when, explained_by=case.logged_by,
        )  # fmt: skip

    for age, referred in (("adult", True), ("adult", False), ("child", True)):
        case = make_case(at=at - timedelta(days=9), victim=make_victim(age_band=age))
        if referred:
            nrm = NrmReferral.objects.create(
                scope=case.scope, case=case, at=at - timedelta(days=8), by=cast.olu,
                recorded_at=at - timedelta(days=8),
            )  # fmt: skip
        said(case, outcome, at)
        if (age, referred) == ("adult", True):
            first, standing = case, nrm
    assert owed(rule, at) == [(due, "open")]
    NrmEvent.objects.create(
        scope=first.scope, case=first, referral=standing, kind=Decision.WITHDRAWN,
        at=at + timedelta(hours=1), by=cast.olu, recorded_at=at + timedelta(hours=1),
    )  # fmt: skip
    assert owed(rule, at + timedelta(hours=2)) == [(due, "met")]
    assert owed(rule, at, first) == [(due, "met")]


def test_how_it_was_explained_is_kept_and_shown(cast: Cast, client_of: Open) -> None:
    case, olu = make_case(), client_of(cast.olu)
    make_service("harbour")
    answers = {
        "purpose": "account",
        "agency": str(cast.harbour.pk),
        "outcome": "refused",
        "reason": "She fears that her sister hears of it.",
        "notice": Notice.FORCE_2026,
        "language": "Tigrinya",
        "interpreter_used": "yes",
    }
    address = f"/case/{case.reference}/consent"
    assert olu.post(address, answers).status_code == 400  # which interpreter?
    assert olu.post(address, answers | {"interpreter": "Line 41"}).status_code == 302
    event = ConsentEvent.objects.get()
    assert (event.agency, event.notice, event.interpreter) == (
        cast.harbour,
        Notice.FORCE_2026,
        "Line 41",
    )
    assert event.interpreter_used == Answer.YES
    shown = olu.get(address).content.decode()
    for words in ("Harbour Support", "Did not agree", "Line 41", "In Tigrinya", "November 2026"):
        assert words in shown
    assert case.events.get(kind=EventKind.CONSENT).text == answers["reason"]


def test_what_is_taken_back_in_one_record_of_a_person_ends_in_every_other(cast: Cast) -> None:
    kept, other = make_case(), make_case()
    for case in (kept, other):
        decide(case, "given")
        decide(case, "given", purpose=Purpose.ACCOUNT)
    referral = accepted(kept, "harbour")
    same = link(case=kept, other=other, by=officer(), reason="Same phone")
    merge(case=kept, link=same, by=officer("sade"), reason="She says so herself.")
    decide(other, "withdrawn")
    assert read_by("harbour", referral) == set()
    with pytest.raises(Refused):
        accepted(kept, "beacon")
