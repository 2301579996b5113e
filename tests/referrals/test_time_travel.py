"""Two agencies that fail somebody, lived through: one never calls, one accepts and never reaches the person."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

import clocks
from accounts.models import User
from followups import engine
from followups.models import FollowUp, Notice
from referrals import actions
from referrals.models import SupportReferral
from tests.builders import make_case
from tests.cast import Cast
from tests.referrals.builders import make_draft, make_sent, make_service, press_send, system

Browser = Callable[[User], Client]
WORKERS = {"hana", "cal"}  # whoever answers at Harbour; Una keeps its keys only
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# A Monday in winter, in the forenoon, with no bank holiday near.
AT = datetime(2026, 11, 16, 10, tzinfo=clocks.LONDON)


class World:
    """Time goes by in it, and the engine sweeps."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        return self.at

    def after(self, time: timedelta) -> None:
        self.at = AT + time
        engine.sweep(self.at)

    def told(self, rule: str) -> dict[int, set[str]]:
        """Who was told by e-mail, at each rung."""
        found: dict[int, set[str]] = {}
        rows = Notice.objects.filter(step__followup__rule=rule, channel="email")
        for rung, name in rows.values_list("step__rung", "person__username"):
            found.setdefault(rung, set()).add(name)
        return found


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> World:
    world = World()
    monkeypatch.setattr(clocks, "now", world)
    return world


def state(rule: str, referral: SupportReferral) -> str:
    return FollowUp.objects.get(rule=rule, subject_id=referral.pk).state


def supervisor_sees(client_of: Browser, cast: Cast, referral: SupportReferral, why: str) -> None:
    """The case is among those of silent agencies, and its reminders say why."""
    sade, reference = client_of(cast.sade), referral.case.reference
    assert reference in sade.get("/work/team?view=silent").content.decode()
    assert why in sade.get(f"/cases/{reference}/reminders").content.decode()


def passed_on(client_of: Browser, cast: Cast, referral: SupportReferral) -> SupportReferral:
    """The officer sees why and presses; a checked draft goes to the next agency."""
    olu = client_of(cast.olu)
    page = olu.get(f"/referral/{referral.pk}").content.decode()
    assert "Ask next: Beacon House, Outreach" in page
    assert "Meets 1 of 1 need: a support worker who visits" in page
    asked = olu.post(f"/referral/{referral.pk}/ask-instead")
    draft = SupportReferral.objects.get(instead_of=referral)
    assert asked["Location"] == f"/referral/{draft.pk}/share"
    assert press_send(olu, draft)["Location"] == f"/referral/{draft.pk}"
    return SupportReferral.objects.get(pk=draft.pk)


@pytest.mark.parametrize(("urgent", "late"), [(True, 5 * HOUR), (False, 2 * DAY)])
def test_an_agency_that_never_calls(
    client_of: Browser, cast: Cast, world: World, urgent: bool, late: timedelta
) -> None:
    referral = make_sent(urgent=urgent)
    make_service("beacon")
    rule = "agency-not-answered"
    world.after(timedelta(minutes=1))
    assert world.told(rule) == {0: WORKERS}  # the agency hears of it at once, and nobody else
    world.after(late)
    assert world.told(rule)[1] == WORKERS | {"olu"}  # chased
    queue = client_of(cast.olu).get("/work").content.decode()
    assert "Harbour Support has not answered the referral" in queue
    world.after(4 * late)
    assert "sade" in world.told(rule)[2]  # escalated
    assert "hana" in world.told(rule)[2]
    supervisor_sees(client_of, cast, referral, "Harbour Support has not answered the referral")
    assert (
        "Ask next: Beacon House"
        in client_of(cast.sade).get(f"/referral/{referral.pk}").content.decode()
    )
    next_one = passed_on(client_of, cast, referral)
    assert (next_one.status, next_one.agency) == ("sent", cast.beacon)
    assert SupportReferral.objects.get(pk=referral.pk).status == "withdrawn"
    world.after(4 * late + HOUR)
    assert state(rule, referral) == "void"
    assert state(rule, next_one) == "open"


@pytest.mark.parametrize(("urgent", "late"), [(True, 30 * HOUR), (False, 4 * DAY)])
def test_an_agency_that_accepts_and_never_reaches_the_person(
    client_of: Browser, cast: Cast, world: World, urgent: bool, late: timedelta
) -> None:
    referral = make_sent(urgent=urgent)
    make_service("beacon")
    actions.accept(referral=referral, worker_name="Hana Wells", by=system())
    rule = "agency-not-reached-person"
    world.after(late)
    assert world.told(rule)[1] == WORKERS | {"olu"}
    why = "Harbour Support accepted, but has not reached the person"
    assert why in client_of(cast.olu).get("/work").content.decode()
    world.after(3 * late)
    assert "sade" in world.told(rule)[2]
    supervisor_sees(client_of, cast, referral, why)
    assert state(rule, referral) == "open"
    next_one = passed_on(client_of, cast, referral)
    taken = SupportReferral.objects.get(pk=referral.pk)
    assert (taken.status, taken.disclosure.full) == ("withdrawn", "")
    actions.accept(referral=next_one, worker_name="Bea", by=system("beacon"))
    actions.confirm_first_contact(referral=next_one, by=system("beacon"))
    world.after(3 * late + HOUR)
    assert (state(rule, referral), state(rule, next_one)) == ("void", "met")


def test_a_review_that_is_not_held_is_chased(client_of: Browser, cast: Cast, world: World) -> None:
    referral = make_sent()
    actions.accept(referral=referral, worker_name="Hana Wells", by=system())
    day = (AT + 7 * DAY).date()
    actions.confirm_first_contact(referral=referral, review_on=day, by=system())
    rule = "agency-review-due"
    world.after(DAY)
    (owed,) = FollowUp.objects.filter(rule=rule)
    assert owed.due_at == datetime(2026, 11, 23, 17, tzinfo=clocks.LONDON)
    world.after(8 * DAY)
    assert world.told(rule)[1] == WORKERS | {"olu"}
    actions.hold_review(referral=referral, finding="as_planned", by=system())
    world.after(8 * DAY + HOUR)
    states = FollowUp.objects.filter(rule=rule).order_by("since")
    assert list(states.values_list("state", flat=True)) == ["met_late", "open"]


def test_a_decline_tells_the_officer_the_same_day_and_a_need_left_unmet_too(
    client_of: Browser, cast: Cast, world: World
) -> None:
    declined = make_sent()
    actions.decline(referral=declined, reason="no_capacity", by=system())
    finished = make_sent(make_case(), "beacon")
    actions.accept(referral=finished, worker_name="Bea", by=system("beacon"))
    actions.confirm_first_contact(referral=finished, by=system("beacon"))
    actions.complete(
        referral=finished,
        reason="lost_contact",
        outcomes={"outreach": "unmet"},
        by=system("beacon"),
    )
    world.after(HOUR)
    for referral in (declined, finished):
        owed = FollowUp.objects.get(rule="referral-declined", subject_id=referral.pk)
        assert owed.due_at is not None
        assert (owed.due_at - AT) <= 4 * HOUR
    world.after(4 * HOUR)
    assert "olu" in world.told("referral-declined")[1]


def test_a_decline_in_the_late_afternoon_is_told_the_same_working_day(
    cast: Cast, world: World
) -> None:
    referral = make_sent()
    late = timedelta(hours=6, minutes=30)  # half past four
    world.after(late)
    actions.decline(referral=referral, reason="no_capacity", by=system())
    world.after(late + timedelta(minutes=1))
    assert world.told("referral-declined") == {0: {"olu"}}
    told = Notice.objects.filter(step__followup__rule="referral-declined", channel="email")
    assert {row.send_after for row in told} == {world.at}


def test_a_draft_for_the_next_agency_owes_nothing_to_the_first(cast: Cast, world: World) -> None:
    draft = make_draft()
    world.after(9 * DAY)
    assert not FollowUp.objects.filter(subject_id=draft.pk).exists()
