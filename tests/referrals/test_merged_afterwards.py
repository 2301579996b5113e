"""What was taken back in one record ends in another that is merged with it afterwards, in the same act."""

import json
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import OperationalError, connections

import clocks
from accounts.actors import Actor, engine
from accounts.context import acting_as
from accounts.models import GrantKind, ScopeGrant
from casework.actions.facts import dispute_age
from casework.actions.history import lock_open_case
from casework.actions.linking import link, merge
from casework.actions.person import record_consent
from casework.models import Case
from referrals import actions
from referrals.disclosure import Item
from referrals.models import Disclosure, SupportReferral, TakenBack
from referrals.rules import LegalBasis
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.followups.test_rules import owed
from tests.referrals.builders import make_draft, officer
from tests.referrals.test_consent_everywhere import ITEMS, MINUTE, accepted, decide, read_by
from tests.referrals.test_consent_out_of_reach import hide, merged
from victims.models import AgeBand, Purpose

Deed = Callable[[], object]


def agreed(case: Case) -> None:
    for purpose in (Purpose.AGENCY, Purpose.ACCOUNT):
        decide(case, "given", clocks.now() - 60 * MINUTE, purpose=purpose)


@pytest.fixture
def two(cast: Cast) -> tuple[Case, Case]:
    """Two records of one adult that nobody merged yet: both agreed to everything an hour ago."""
    case, other = make_case(), make_case()
    for each in (case, other):
        agreed(each)
    return case, other


@pytest.mark.parametrize("outcome", ["withdrawn", "refused"])
def test_an_agreement_taken_back_before_the_merge_ends_the_referral_of_the_other_record(
    outcome: str, two: tuple[Case, Case]
) -> None:
    case, other = two
    referral = accepted(other, "beacon")
    decide(case, outcome)
    referral.refresh_from_db()
    assert referral.is_open
    merged(case, other)
    referral.refresh_from_db()
    assert referral.status == "withdrawn"
    assert read_by("beacon", referral) == set()
    assert TakenBack.objects.filter(referral=referral, told_at=None).count() == 1
    assert [s for _d, s in owed("agency-not-told-to-stop", clocks.now(), other)] == ["open"]
    line = other.events.filter(kind="referral").latest("recorded_at")
    assert line.by is not None
    assert line.by.username == "sade"


def test_the_account_alone_when_only_that_was_taken_back(two: tuple[Case, Case]) -> None:
    case, other = two
    referral = accepted(other, "beacon")
    decide(case, "withdrawn", purpose=Purpose.ACCOUNT)
    merged(case, other)
    assert read_by("beacon", referral) == set(ITEMS) - {Item.FIRST_WORDS.value}
    referral.refresh_from_db()
    assert referral.is_open
    assert referral.disclosure.account == ""


def test_they_agreed_again_since_so_nothing_ends(two: tuple[Case, Case]) -> None:
    case, other = two
    referral = accepted(other, "beacon")
    decide(case, "withdrawn", clocks.now() - 90 * MINUTE)
    merged(case, other)
    referral.refresh_from_db()
    assert referral.is_open


def test_a_childs_referral_on_a_basis_in_law_outlives_the_merge(cast: Cast) -> None:
    case, other = (make_case(victim=make_victim(age_band=AgeBand.CHILD)) for _number in range(2))
    draft = make_draft(other, "beacon")
    chosen = actions.choose_items(
        referral=draft,
        items=ITEMS,
        legal_basis=LegalBasis.SAFEGUARDING,
        told_to="team",
        no_contact_reason="through_us",
        by=officer(),
    )
    referral = actions.send_referral(referral=chosen, by=officer())
    decide(case, "withdrawn")
    merged(case, other)
    referral.refresh_from_db()
    assert referral.is_open


def test_a_third_record_that_the_merger_may_not_see_counts_too(cast: Cast) -> None:
    case, held, other = make_case(), make_case(), make_case()
    agreed(other)
    merged(case, held)
    hide(held)
    ScopeGrant.objects.create(
        scope=held.scope, force=cast.force, user=cast.sade,
        kind=GrantKind.TEAM, starts_at=clocks.now() - 60 * MINUTE, ends_at=clocks.now() + MINUTE,
    )  # fmt: skip
    record_consent(
        case=held, by=officer("sade"), purpose=Purpose.AGENCY, outcome="withdrawn",
        decided_at=clocks.now(),
    )  # fmt: skip
    referral = accepted(other, "beacon")
    ScopeGrant.objects.filter(scope=held.scope).update(ends_at=clocks.now())
    sade = officer("sade")
    with acting_as(sade):
        assert not Case.objects.visible_to(sade).filter(pk=held.pk).exists()
        same = link(case=case, other=other, by=sade, reason="Same phone")
        merge(case=case, link=same, by=sade, reason="She says so herself.")
    referral.refresh_from_db()
    assert referral.status == "withdrawn"


def test_the_sealed_account_out_of_reach_is_gone_when_it_is_taken_back(
    two: tuple[Case, Case],
) -> None:
    case, held = two
    merged(case, held)
    unseen = accepted(held, "beacon")
    assert json.loads(unseen.disclosure.account) == {"first_words": held.first_words}
    assert "first_words" not in unseen.disclosure.full
    hide(held)
    with acting_as(officer()):
        decide(case, "withdrawn", purpose=Purpose.ACCOUNT)
    shared = Disclosure.objects.filter(referral=unseen)
    assert list(shared.values_list("account", flat=True)) == [""]
    assert list(shared.exclude(full="")) != []


# --- at the same moment, on real connections


@pytest.fixture
def pair_of_one(committed: object) -> tuple[Actor, list[Case], list[SupportReferral]]:
    with acting_as(engine("test")):
        by, cases = Cast().actor("olu"), [make_case(), make_case()]
        merged(*cases)
        for case in cases:
            agreed(case)
        return by, cases, [accepted(cases[0], "harbour"), accepted(cases[1], "beacon")]


def test_two_officers_at_once_in_both_records_never_wait_for_each_other_in_a_ring(
    pair_of_one: tuple[Actor, list[Case], list[SupportReferral]],
) -> None:
    by, cases, referrals = pair_of_one
    holding, failed = Barrier(2, timeout=30), []

    def act(case: Case) -> None:
        try:
            with acting_as(by):
                lock_open_case(Case.objects.visible_to(by).get(pk=case.pk), by=by)
                holding.wait()
                decide(case, "withdrawn")
        except OperationalError as ring:
            failed.append(ring)
        finally:
            connections.close_all()

    people = [Thread(target=act, args=(case,)) for case in cases]
    for each in people:
        each.start()
    for each in people:
        each.join(timeout=60)
    assert failed == []
    with acting_as(engine("test")):
        found = SupportReferral.objects.filter(pk__in=[each.pk for each in referrals])
        assert set(found.values_list("status", flat=True)) == {"withdrawn"}


def test_an_age_and_a_referral_changed_at_once_in_two_records_of_one_person(
    pair_of_one: tuple[Actor, list[Case], list[SupportReferral]],
) -> None:
    by, cases, referrals = pair_of_one
    holding, failed = Barrier(3, timeout=30), []

    def during(first: Deed, second: Deed) -> None:
        try:
            with acting_as(by):
                first()
                holding.wait()
                second()
        except OperationalError as ring:
            failed.append(ring)
        finally:
            connections.close_all()

    def hold(case: Case) -> None:
        lock_open_case(Case.objects.visible_to(by).get(pk=case.pk), by=by)

    deeds = [
        (
            lambda: hold(cases[0]),
            lambda: dispute_age(case=cases[0], by=by, disputed_by="police", why="Two records"),
        ),
        (lambda: hold(cases[1]), lambda: decide(cases[1], "withdrawn")),
        (
            lambda: SupportReferral.objects.select_for_update().get(pk=referrals[0].pk),
            lambda: actions.withdraw(referral=referrals[0], by=by),
        ),
    ]
    people = [Thread(target=during, args=deed) for deed in deeds]
    for each in people:
        each.start()
    for each in people:
        each.join(timeout=60)
    assert failed == []
