"""Giving a case an owner, overriding missing training, and what happens to a leaver's cases."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

import clocks
from accounts.actions.leaving import leave
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import GrantKind, RoleHeld, Scope, ScopeGrant, Unit, User
from accounts.permissions import Role
from casework.actions.allocation import OverrideNeeded, assign, lacking_of, review_override
from casework.actions.closing import ask_to_close, decide_closing, reopen
from casework.actions.logging import (
    hand_to_duty_supervisor,
    save_page,
    send_to_duty_supervisor,
    start_concern,
)
from casework.models import Allocation, Case, CaseEvent, CaseStatus, EventKind
from tests.builders import make_case
from tests.cast import Cast
from training.models import Course, Purpose, Requirement, TrainingRecord

ClientOf = Callable[[User], Client]


@pytest.fixture
def pip2(cast: Cast) -> Course:
    """An investigator needs PIP2 to be given a case; Olu has none."""
    Requirement.objects.all().delete()
    course = Course.objects.create(slug="tests-pip2", name="PIP2")
    Requirement.objects.create(
        course=course, role=Role.INVESTIGATOR, purpose=Purpose.OWN_CASE, blocks=True
    )
    return course


@pytest.fixture
def nothing_needed(cast: Cast) -> None:
    """No course is needed to own a case."""
    Requirement.objects.filter(purpose=Purpose.OWN_CASE).delete()


def trained(user: User, course: Course, *, expires_in: int = 300) -> None:
    today = clocks.today()
    TrainingRecord.objects.create(
        user=user,
        course=course,
        provider="Northmoor Learning",
        completed_on=today - timedelta(days=700),
        expires_on=today + timedelta(days=expires_in),
        recorded_at=clocks.now(),
        recorded_by=user,
    )


def new_case(**over: Any) -> Case:
    return make_case(status=CaseStatus.NEW, **over)


def give(cast: Cast, case: Case, owner: User, *, who: str = "sade", why: str = "") -> Case:
    return assign(case=case, owner=owner, override_reason=why, by=cast.actor(who))


# Assigning


def test_the_new_owner_owns_it_may_see_it_and_it_is_in_the_history(
    cast: Cast, nothing_needed: None
) -> None:
    case = give(cast, new_case(), cast.olu)
    assert (case.status, case.owner) == (CaseStatus.ALLOCATED, cast.olu)
    assert ScopeGrant.objects.filter(scope=case.scope, user=cast.olu, ends_at=None).exists()
    assert case.events.filter(kind=EventKind.ASSIGNED).count() == 1


def test_the_one_before_loses_the_case_and_the_right_that_came_with_it(
    cast: Cast, nothing_needed: None
) -> None:
    other = User.objects.create(
        username="nia", name="DC Nia Prue", force=cast.force, unit=cast.unit
    )
    RoleHeld.objects.create(user=other, role=Role.INVESTIGATOR)
    case = give(cast, new_case(), cast.olu)
    give(cast, case, other)
    assert Allocation.objects.filter(ended_at=None).get().owner == other
    assert not ScopeGrant.objects.filter(user=cast.olu, ends_at=None).exists()


def test_giving_it_twice_is_giving_it_once(cast: Cast, nothing_needed: None) -> None:
    case = new_case()
    for _press in range(2):
        give(cast, case, cast.olu)
    assert Allocation.objects.count() == 1


@pytest.mark.parametrize("who", ["petra", "rhys", "hana"])
def test_only_an_investigator_of_the_unit_can_be_given_it(
    cast: Cast, nothing_needed: None, who: str
) -> None:
    with pytest.raises(Conflict):
        give(cast, new_case(), getattr(cast, who))


def test_a_unit_without_an_investigator_may_ask_another_units(
    cast: Cast, nothing_needed: None
) -> None:
    RoleHeld.objects.filter(user=cast.olu, role=Role.INVESTIGATOR).delete()
    case = give(cast, new_case(logged_by=cast.olu), cast.petra)
    with acting_as(cast.actor("petra")) as later:
        assert Case.objects.visible_to(later.actor).filter(pk=case.pk).exists()


def test_a_draft_or_a_closed_case_is_not_given_out(cast: Cast, nothing_needed: None) -> None:
    for status in (CaseStatus.DRAFT, CaseStatus.CLOSED):
        with pytest.raises(Conflict):
            give(cast, make_case(status=status), cast.olu)


@pytest.mark.parametrize("who", ["olu", "rhys", "tarek", "keir", "lena"])
def test_who_does_not_give_cases_out_is_refused(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        give(cast, new_case(), cast.olu, who=who)


# Training


def test_missing_training_needs_a_reason_and_changes_nothing_without_one(
    cast: Cast, pip2: Course
) -> None:
    case = new_case()
    with pytest.raises(OverrideNeeded) as needed:
        give(cast, case, cast.olu, why="  ")
    assert "PIP2" in needed.value.fields[0]
    case.refresh_from_db()
    assert (case.status, case.owner) == (CaseStatus.NEW, None)


def test_an_override_is_kept_with_its_reason(cast: Cast, pip2: Course) -> None:
    give(cast, new_case(), cast.olu, why="Nobody else is here tonight")
    row = Allocation.objects.get()
    assert [each["course"] for each in row.shortfalls] == [pip2.pk]
    assert row.override_reason == "Nobody else is here tonight"


def test_a_lapsed_course_counts_as_missing_and_a_current_one_does_not(
    cast: Cast, pip2: Course
) -> None:
    trained(cast.olu, pip2, expires_in=-1)
    with pytest.raises(OverrideNeeded):
        give(cast, new_case(), cast.olu)
    TrainingRecord.objects.update(expires_on=clocks.today() + timedelta(days=30))
    give(cast, new_case(), cast.olu, why="not needed")
    assert Allocation.objects.get().override_reason == ""


def test_the_act_changes_at_the_midnight_in_london_in_which_the_course_lapses(
    cast: Cast, pip2: Course
) -> None:
    trained(cast.olu, pip2)
    TrainingRecord.objects.update(completed_on=date(2026, 1, 1), expires_on=date(2027, 6, 30))
    midnight = datetime(2027, 6, 30, 23, tzinfo=UTC)  # in summer time
    with clocks.frozen(midnight - timedelta(microseconds=1)):
        before = lacking_of([cast.olu])[cast.olu.pk]
    with clocks.frozen(midnight):
        found = lacking_of([cast.olu])[cast.olu.pk]
    said = [
        [(each["reason"], each["blocks"]) for each in each_time] for each_time in (before, found)
    ]
    assert said == [[("unverified", False)], [("lapsed", True)]]


def test_a_lead_reviews_an_override_and_nobody_reviews_their_own(cast: Cast, pip2: Course) -> None:
    give(cast, new_case(), cast.olu, why="Tonight only")
    row = Allocation.objects.get()
    with pytest.raises(Refused):
        review_override(allocation=row, by=cast.actor("sade"))
    reviewed = review_override(allocation=row, by=cast.actor("ines"))
    assert reviewed.override_reviewed_by == cast.ines
    own = new_case()
    give(cast, own, cast.olu, who="ines", why="Tonight only")
    with pytest.raises(Refused):
        review_override(allocation=own.allocations.get(), by=cast.actor("ines"))


# Pages


def test_the_page_offers_the_units_investigators_and_says_what_they_lack(
    cast: Cast, client_of: ClientOf, pip2: Course
) -> None:
    shown = client_of(cast.sade).get(f"/case/{new_case().reference}/assign").content.decode()
    assert cast.olu.name in shown
    assert "PIP2 is missing" in shown
    assert cast.petra.name not in shown


def test_the_page_tells_a_gap_that_needs_a_reason_from_one_that_is_only_said(
    cast: Cast, client_of: ClientOf, pip2: Course
) -> None:
    said_only = Course.objects.create(slug="tests-abe", name="ABE")
    Requirement.objects.create(
        course=said_only, role=Role.INVESTIGATOR, purpose=Purpose.OWN_CASE, blocks=False
    )
    address = f"/case/{new_case().reference}/assign"
    shown = client_of(cast.sade).get(address).content.decode()
    assert "PIP2 is missing (say why below); ABE is missing" in shown
    assert 'name="override_reason"' in shown
    trained(cast.olu, pip2)  # nobody has verified it: said, and no reason asked
    shown = client_of(cast.sade).get(address).content.decode()
    assert "PIP2 is not verified yet" in shown
    assert "ABE is missing" in shown
    assert 'name="override_reason"' not in shown


def test_a_post_from_the_queue_goes_back_to_the_queue(
    cast: Cast, client_of: ClientOf, nothing_needed: None
) -> None:
    answer = client_of(cast.sade).post(
        f"/case/{new_case().reference}/assign", {"owner": str(cast.olu.pk), "next": "/work/team"}
    )
    assert answer["Location"] == "/work/team"


def test_a_way_back_to_somewhere_else_is_not_taken(
    cast: Cast, client_of: ClientOf, nothing_needed: None
) -> None:
    for elsewhere in ("https://elsewhere.invalid/", "//elsewhere.invalid", "a page", "-1"):
        case = new_case()
        typed = {"owner": str(cast.olu.pk), "next": elsewhere}
        answer = client_of(cast.sade).post(f"/case/{case.reference}/assign", typed)
        assert answer["Location"] == f"/case/{case.reference}"


def test_without_a_reason_the_page_asks_for_it_and_keeps_the_choice(
    cast: Cast, client_of: ClientOf, pip2: Course
) -> None:
    case = new_case()
    answer = client_of(cast.sade).post(
        f"/case/{case.reference}/assign", {"owner": str(cast.olu.pk), "next": "/work/team"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert 'href="#id_override_reason"' in shown
    assert f'value="{cast.olu.pk}" checked' in shown
    assert 'name="next" value="/work/team"' in shown


def test_overrides_are_listed_until_a_lead_has_reviewed_them(
    cast: Cast, client_of: ClientOf, pip2: Course
) -> None:
    case = new_case()
    give(cast, case, cast.olu, why="Tonight only")
    browser = client_of(cast.ines)
    shown = browser.get("/overrides").content.decode()
    assert "Tonight only" in shown
    assert "PIP2 is missing" in shown
    browser.post(f"/overrides/{case.allocations.get().pk}")
    assert "Nothing to review." in browser.get("/overrides").content.decode()


def test_another_units_case_is_neither_shown_nor_given_out(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.dov).get(f"/case/{new_case().reference}/assign").status_code == 404


def test_one_override_and_ten_cost_the_same_queries(
    cast: Cast, client_of: ClientOf, pip2: Course
) -> None:
    browser = client_of(cast.ines)
    browser.get("/overrides")
    costs = []
    for more in (1, 9):
        for _each in range(more):
            give(cast, new_case(), cast.olu, why="Tonight only")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/overrides")
        costs.append(len(asked))
    assert costs[0] == costs[1]


# Leaving


def test_every_open_case_of_a_leaver_waits_for_an_owner_with_its_unit(
    cast: Cast, nothing_needed: None
) -> None:
    draft = start_concern(concern=uuid4(), answers={}, by=cast.actor("olu"))
    given = give(cast, new_case(), cast.olu)
    closing = make_case(status=CaseStatus.CLOSING, owner=cast.olu)
    closed = make_case(status=CaseStatus.CLOSED, owner=cast.olu)
    leave(by=cast.actor("lena"), user=cast.olu)
    status = dict(Case.objects.values_list("pk", "status"))
    assert (status[draft.pk], status[given.pk]) == (CaseStatus.NEW, CaseStatus.NEW)
    assert (status[closing.pk], status[closed.pk]) == (CaseStatus.CLOSING, CaseStatus.CLOSED)
    assert list(Case.objects.filter(owner=cast.olu)) == [closed]
    assert Case.objects.get(pk=draft.pk).sent_at is not None
    assert CaseEvent.objects.filter(kind=EventKind.PERSON_LEFT).count() == 3
    assert not Allocation.objects.filter(ended_at=None).exists()


def test_a_closely_held_case_of_a_leaver_moves_too(cast: Cast, nothing_needed: None) -> None:
    case = give(cast, new_case(), cast.olu)
    Scope.objects.filter(pk=case.scope_id).update(restriction="covert")
    leave(by=cast.actor("lena"), user=cast.olu)
    assert Case.objects.get().owner is None


def test_leaving_costs_the_same_queries_for_one_case_and_for_thirty(cast: Cast) -> None:
    costs = []
    for username, cases in (("olu", 1), ("petra", 30)):
        user = User.objects.get(username=username)
        for _each in range(cases):
            make_case(owner=user, unit=user.unit)
        with CaptureQueriesContext(connection) as asked:
            leave(by=cast.actor("lena"), user=user)
        costs.append(len(asked))
    assert costs[0] == costs[1]


# Invariants under any order of acts


class Handovers(RuleBasedStateMachine):
    """Officers log, send, hand, are given, close, reopen and leave, in any order."""

    cases = Bundle("cases")

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.cast = Cast()
        Requirement.objects.filter(purpose=Purpose.OWN_CASE).delete()
        self.people = [self.join(f"pc{number}") for number in range(3)]

    def join(self, username: str) -> str:
        user = User.objects.create(
            username=username, name=username, force=self.cast.force, unit=self.cast.unit
        )
        for role in (Role.RESPONDER, Role.INVESTIGATOR):
            RoleHeld.objects.create(user=user, role=role)
        return username

    def person(self, number: int) -> str:
        return self.people[number % len(self.people)]

    def attempt(self, act: Callable[..., object], **given: Any) -> None:
        with suppress(Conflict, Refused), transaction.atomic():
            act(**given)

    @rule(target=cases, number=st.integers(0, 9), words=st.sampled_from(["", "She is not paid."]))
    def log(self, number: int, words: str) -> Case:
        by = self.cast.actor(self.person(number))
        return start_concern(concern=uuid4(), answers={"first_words": words}, by=by)

    @rule(case=cases, number=st.integers(0, 9))
    def write(self, case: Case, number: int) -> None:
        by = self.cast.actor(self.person(number))
        self.attempt(save_page, case=case, answers={"first_words": "He is not paid."}, by=by)

    @rule(case=cases, number=st.integers(0, 9), handing=st.booleans())
    def pass_on(self, case: Case, number: int, handing: bool) -> None:
        act = hand_to_duty_supervisor if handing else send_to_duty_supervisor
        self.attempt(act, case=case, by=self.cast.actor(self.person(number)))

    @rule(case=cases, number=st.integers(0, 9))
    def give_out(self, case: Case, number: int) -> None:
        owner = User.objects.get(username=self.person(number))
        by = self.cast.actor("sade")
        self.attempt(assign, case=case, owner=owner, override_reason="", by=by)

    @rule(case=cases, number=st.integers(0, 9))
    def ask_closing(self, case: Case, number: int) -> None:
        self.attempt(
            ask_to_close,
            case=case,
            by=self.cast.actor(self.person(number)),
            outcome="not_a_victim",
            explanation="It was a misunderstanding.",
            no_contact_reason="They have gone home.",
        )

    @rule(case=cases, agreed=st.booleans())
    def decide(self, case: Case, agreed: bool) -> None:
        by = self.cast.actor("sade")
        self.attempt(decide_closing, case=case, by=by, agreed=agreed, note="Looked at.")

    @rule(case=cases, number=st.integers(0, 9))
    def open_again(self, case: Case, number: int) -> None:
        by = self.cast.actor(self.person(number))
        self.attempt(reopen, case=case, by=by, reason="They came back.")

    @rule(number=st.integers(0, 9))
    def leave(self, number: int) -> None:
        username = self.person(number)
        leave(by=self.cast.actor("lena"), user=User.objects.get(username=username))
        self.people.remove(username)
        self.people.append(self.join(f"pc{User.objects.count()}"))

    @invariant()
    def every_open_case_is_somebodys(self) -> None:
        held = Q(owner__isnull=False) | Q(status__in=(CaseStatus.NEW, CaseStatus.CLOSING))
        unheld = Case.objects.open().exclude(held).count()
        left = Case.objects.open().filter(owner__is_active=False).count()
        assert (unheld, left) == (0, 0)
        assert Case.objects.filter(scope__unit__isnull=True).count() == 0

    @invariant()
    def only_the_owner_has_an_owners_right(self) -> None:
        rights = ScopeGrant.objects.filter(kind=GrantKind.OWNER, ends_at=None)
        for scope_id, user_id in rights.values_list("scope", "user"):
            assert Case.objects.filter(scope=scope_id, owner=user_id).exists()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)


def test_whatever_happens_every_open_case_is_somebodys(cast: Cast) -> None:
    run_state_machine_as_test(
        Handovers,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_unit_of_a_case_is_never_nothing(cast: Cast) -> None:
    assert not Scope._meta.get_field("unit").null
    assert Unit.objects.filter(pk=make_case().scope.unit_id).exists()


def test_the_page_costs_the_same_queries_for_one_investigator_and_for_25(
    cast: Cast, client_of: ClientOf, pip2: Course
) -> None:
    case, browser, costs = new_case(), client_of(cast.sade), []
    browser.get(f"/case/{case.reference}/assign")
    for more in (0, 24):
        for number in range(more):
            joined = User.objects.create(
                username=f"dc{number}", name=f"DC {number}", force=cast.force, unit=cast.unit
            )
            RoleHeld.objects.create(user=joined, role=Role.INVESTIGATOR)
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/case/{case.reference}/assign")
        costs.append(len(asked))
    assert costs[0] == costs[1]
