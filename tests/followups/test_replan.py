"""A due time is moved with a reason: twice by whoever sees to it, then only by a supervisor who has not moved it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, RoleHeld, User
from accounts.permissions import ROLES, Permission, Role
from accounts.scoping import NotVisible
from casework.models import CaseEvent, CrimeRecord
from clocks import LONDON, frozen
from followups import actions, engine
from followups.models import FollowUp, Notice, RePlan
from followups.rules import RULES
from tests.builders import make_case
from tests.cast import Cast
from tests.followups.conftest import AT, add_fact

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CRIME = {"crime-not-recorded": RULES["crime-not-recorded"]}
WHY = "The custody record comes tomorrow."
SignIn = Callable[[User], Client]


@pytest.fixture
def owed(cast: Cast) -> FollowUp:
    """The crime is to be recorded within a day."""
    make_case(at=AT)
    engine.sweep(AT, rules=CRIME)
    return FollowUp.objects.get()


def move(cast: Cast, owed: FollowUp, who: str = "olu", **over: Any) -> RePlan:
    given = {"due_at": AT + 2 * DAY, "reason": WHY} | over
    with frozen(AT + HOUR):
        return actions.replan(followup_id=owed.pk, by=cast.actor(who), **given)


def moved_twice(cast: Cast, owed: FollowUp, *who: str) -> None:
    for mover in who or ("olu", "olu"):
        move(cast, owed, mover)


def test_it_is_due_then_from_the_next_sweep_on_with_who_and_why(cast: Cast, owed: FollowUp) -> None:
    made = move(cast, owed, reason=f"  {WHY} ")
    assert (made.by, made.reason, made.round) == (cast.olu, WHY, 2)
    engine.sweep(AT + HOUR, rules=CRIME)
    owed.refresh_from_db()
    assert (owed.due_at, owed.was_due_at, owed.round) == (AT + 2 * DAY, AT + DAY, 2)
    act = AuditEvent.objects.get(verb="followup.replanned")
    assert WHY not in str(act.detail)
    line = CaseEvent.objects.get(case=owed.case, kind="re_planned")
    assert WHY in line.text
    assert (line.by, line.at) == (cast.olu, AT + HOUR)
    assert WHY not in str(line.detail)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_moved(cast: Cast, owed: FollowUp, reason: str) -> None:
    with pytest.raises(Conflict, match="Say why"):
        move(cast, owed, reason=reason)
    with pytest.raises(IntegrityError, match="replan_has_reason"), transaction.atomic():
        raw(owed, cast.olu, reason=reason)
    assert not RePlan.objects.exists()


@pytest.mark.parametrize("due_at", [AT, AT + HOUR])
def test_a_time_that_has_passed_is_none(cast: Cast, owed: FollowUp, due_at: Any) -> None:
    with pytest.raises(Conflict, match="already passed"):
        move(cast, owed, due_at=due_at)


def test_what_is_no_longer_owed_is_not_moved(cast: Cast, owed: FollowUp) -> None:
    add_fact(CrimeRecord, owed.case, AT, number="C1")
    engine.sweep(AT, rules=CRIME)
    with pytest.raises(Conflict, match="no longer owed"):
        move(cast, owed)


@pytest.mark.parametrize("who", ["rhys", "tarek", "keir", "asha", "lena", "hana"])
def test_without_the_permission_nobody_moves_it(cast: Cast, owed: FollowUp, who: str) -> None:
    with pytest.raises(Refused):
        move(cast, owed, who)


@pytest.mark.parametrize("who", ["petra", "dov", "wyn", "gus"])
def test_to_another_unit_and_another_force_it_is_not_there(
    cast: Cast, owed: FollowUp, who: str
) -> None:
    with pytest.raises(NotVisible):
        move(cast, owed, who)


class TestHowFar:
    """The rule's own time once more; beyond it a supervisor, who is told of what others move."""

    @pytest.mark.parametrize(
        ("who", "to", "may"),
        [
            ("olu", 2 * DAY, True),
            ("olu", 2 * DAY + MINUTE, False),
            ("olu", 900 * DAY, False),
            ("sade", 9 * DAY, True),
        ],
    )
    def test_nobody_but_a_supervisor_moves_it_further(
        self, cast: Cast, owed: FollowUp, who: str, to: timedelta, may: bool
    ) -> None:
        if may:
            assert move(cast, owed, who, due_at=AT + to).due_at == AT + to
        else:
            with pytest.raises(Refused, match="at the latest"):
                move(cast, owed, who, due_at=AT + to)
            assert not RePlan.objects.exists()

    def test_two_moves_go_no_further_than_one(self, cast: Cast, owed: FollowUp) -> None:
        move(cast, owed)
        engine.sweep(AT + HOUR, rules=CRIME)
        with pytest.raises(Refused, match="at the latest"):
            move(cast, owed, due_at=AT + 3 * DAY)

    def test_of_what_is_overdue_the_time_counts_from_now(self, cast: Cast, owed: FollowUp) -> None:
        late = AT + 9 * DAY
        with frozen(late):
            given = {"followup_id": owed.pk, "by": cast.actor("olu"), "reason": WHY}
            with pytest.raises(Refused):
                actions.replan(due_at=late + DAY + MINUTE, **given)
            assert actions.replan(due_at=late + DAY, **given).due_at == late + DAY

    def test_every_duty_may_be_moved_by_a_shift(self, cast: Cast) -> None:
        make_case(at=AT, danger="yes")
        engine.sweep(AT)
        for each in FollowUp.objects.open():
            assert actions.latest_move(each, AT) >= AT + 8 * HOUR

    def test_the_supervisor_is_told_and_nothing_of_the_next_round_is_taken_away(
        self, cast: Cast, owed: FollowUp
    ) -> None:
        move(cast, owed)
        told = Notice.objects.filter(person=cast.sade, step__followup=owed)
        assert set(told.values_list("channel", "step__round", "step__to")) == {
            ("page", 1, "supervisor"),
            ("email", 1, "supervisor"),
        }
        engine.sweep(AT + 5 * DAY, rules=CRIME)
        rungs = owed.steps.filter(round=2).values_list("rung", flat=True)
        assert sorted(rungs) == [1, 2, 3]

    def test_of_their_own_moves_supervisors_are_not_told(self, cast: Cast, owed: FollowUp) -> None:
        move(cast, owed, "sade")
        assert not Notice.objects.filter(step__followup=owed).exists()

    def test_the_page_says_how_far_and_keeps_what_was_typed(
        self, cast: Cast, owed: FollowUp, client_of: SignIn
    ) -> None:
        on = (AT + 30 * DAY).astimezone(LONDON)
        asked = {"on_day": on.day, "on_month": on.month, "on_year": on.year, "time": "9am"}
        with frozen(AT + HOUR):
            browser, address = client_of(cast.olu), f"/work/followup/{owed.pk}"
            assert "at the latest; further only a supervisor can" in browser.get(address).text
            page = browser.post(address, asked | {"reason": "Typed with care."})
        assert page.status_code == 422
        assert "Ask a supervisor to move it further." in page.text
        assert "Typed with care." in page.text


class TestTheThirdMove:
    """It is a supervisor's who has not moved it before, in the action and in the database."""

    @pytest.mark.parametrize("who", ["sade", "ines"])
    def test_a_supervisor_or_lead_makes_it(self, cast: Cast, owed: FollowUp, who: str) -> None:
        moved_twice(cast, owed)
        assert move(cast, owed, who).round == 4

    @pytest.mark.parametrize(
        ("before", "who"),
        [
            (("olu", "olu"), "olu"),
            (("sade", "sade"), "sade"),
            (("sade", "olu"), "sade"),
            (("olu", "sade"), "sade"),
            (("olu", "ines"), "ines"),
            (("olu", "olu", "sade"), "sade"),
        ],
    )
    def test_nobody_else_makes_it_by_any_door(
        self, cast: Cast, owed: FollowUp, before: tuple[str, ...], who: str
    ) -> None:
        moved_twice(cast, owed, *before)
        with pytest.raises(Refused, match="moved twice"):
            move(cast, owed, who)
        with pytest.raises(IntegrityError, match="moved twice"), transaction.atomic():
            raw(owed, getattr(cast, who), round=9)
        assert RePlan.objects.count() == len(before)

    def test_the_fourth_needs_yet_another(self, cast: Cast, owed: FollowUp) -> None:
        moved_twice(cast, owed, "olu", "olu", "sade")
        assert move(cast, owed, "ines").round == 5

    def test_the_database_and_the_table_of_roles_mean_the_same(
        self, cast: Cast, owed: FollowUp
    ) -> None:
        moved_twice(cast, owed)
        takes = set()
        for role in set(Role):
            RoleHeld.objects.filter(user=cast.dov).delete()
            RoleHeld.objects.create(user=cast.dov, role=role)
            try:
                with transaction.atomic():
                    raw(owed, cast.dov, round=9)
                    takes.add(role)
                    transaction.set_rollback(True)
            except IntegrityError:
                pass
        assert takes == {role for role in Role if Permission.QUEUE_VIEW in ROLES[role]}

    def test_the_page_says_so_keeps_what_was_typed_and_the_trail_has_it(
        self, cast: Cast, owed: FollowUp, client_of: SignIn
    ) -> None:
        moved_twice(cast, owed)
        on = (AT + 3 * DAY).astimezone(LONDON)
        asked = {"on_day": on.day, "on_month": on.month, "on_year": on.year, "time": "9am"}
        with frozen(AT + HOUR):
            page = client_of(cast.olu).post(
                f"/work/followup/{owed.pk}", asked | {"reason": "Typed with care."}
            )
        shown = page.content.decode()
        assert page.status_code == 422
        assert "This was moved twice. Ask a supervisor who has not moved it" in shown
        assert "Typed with care." in shown
        assert f'value="{on.year}"' in shown
        assert RePlan.objects.count() == 2
        assert AuditEvent.objects.get(verb="access.refused").detail["tried"] == "followup.replan"

    def test_whoever_may_not_move_it_again_is_told_before_they_type(
        self, cast: Cast, owed: FollowUp, client_of: SignIn
    ) -> None:
        moved_twice(cast, owed)
        with frozen(AT + HOUR):
            olus = client_of(cast.olu).get(f"/work/followup/{owed.pk}").content.decode()
            sades = client_of(cast.sade).get(f"/work/followup/{owed.pk}").content.decode()
        assert "Why is it moved?" not in olus
        assert "Ask a supervisor who has not moved it" in olus
        assert "Why is it moved?" in sades


def test_a_reason_is_read_only_by_whoever_reads_the_duty_and_never_changed(
    cast: Cast, owed: FollowUp
) -> None:
    move(cast, owed)
    with pytest.raises(DatabaseError), transaction.atomic():
        RePlan.objects.update(reason="Another")
    for who, sees in (("sade", 1), ("dov", 0), ("gus", 0)):
        with acting_as(cast.actor(who), at=AT), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE holdfast_web")
            cursor.execute("SELECT count(*) FROM followups_replan")
            assert cursor.fetchone() == (sees,), who
            cursor.execute("RESET ROLE")


def raw(owed: FollowUp, by: User, **values: Any) -> RePlan:
    return RePlan.objects.create(
        **{"followup": owed, "round": 2, "due_at": AT + DAY, "reason": WHY, "at": AT, "by": by}
        | values
    )
