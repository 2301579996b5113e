"""What follows from a decision that was taken back, in whichever record of the person it was said."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.context import acting_as
from accounts.models import Restriction
from casework.models import Case, Decided, NrmReferral, SharingStopped
from followups import engine
from followups.models import FollowUp
from followups.rules import why
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.followups.conftest import AT, add_fact
from tests.followups.test_rules import owed
from victims.models import ConsentEvent, Purpose, Victim

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NRM, STOPPED = "nrm-consent-taken-back", "sharing-not-stopped"
# Monday forenoon; one working day is Tuesday at 5pm.
DUE = datetime(2026, 11, 17, 17, tzinfo=UTC)
BODIES = (Purpose.LOCAL_AUTHORITY, Purpose.HEALTH, Purpose.POLICE_CONTACT)


def said(case: Case, outcome: str, at: datetime, purpose: str = Purpose.NRM) -> ConsentEvent:
    return ConsentEvent.objects.create(
        scope=case.scope,
        victim=case.victim,
        purpose=purpose,
        outcome=outcome,
        decided_at=at,
        recorded_at=at,
        explained_by=case.logged_by,
    )


def of_one_person(*cases: Case) -> None:
    """The records of all cases are merged into that of the first."""
    first, *others = cases
    Victim.objects.filter(cases__in=others).update(merged_into=first.victim)


def three(**over: object) -> list[Case]:
    cases = [make_case(at=AT - 9 * DAY, victim=make_victim(**over)) for _number in range(3)]
    of_one_person(*cases)
    return cases


@pytest.mark.parametrize("where", [0, 1, 2])
def test_a_no_in_any_record_is_owed_to_the_home_office_in_the_case_that_was_referred(
    where: int, cast: Cast
) -> None:
    cases = three()
    add_fact(NrmReferral, cases[1], AT - 8 * DAY)
    said(make_case(at=AT), "withdrawn", AT)  # somebody else
    said(cases[where], "withdrawn", AT)
    assert owed(NRM, AT) == [(DUE, "open")]
    assert owed(NRM, AT, cases[1]) == [(DUE, "open")]
    said(cases[where - 1], "given", AT + HOUR)
    assert owed(NRM, AT + 2 * HOUR) == [(DUE, "met")]


def test_records_that_are_merged_after_it_was_said_count_from_then_on(cast: Cast) -> None:
    referred, other = make_case(at=AT - 9 * DAY), make_case(at=AT - 9 * DAY)
    add_fact(NrmReferral, referred, AT - 8 * DAY)
    said(other, "refused", AT)
    assert owed(NRM, AT) == []
    of_one_person(other, referred)
    assert [state for _due, state in owed(NRM, AT + HOUR)] == ["open"]


def test_coming_of_age_is_met_by_what_they_decide_in_another_record(cast: Cast) -> None:
    born = date(2008, 11, 24)
    cases, birthday = three(age_band="child", born_on=born), datetime(2026, 11, 24, tzinfo=UTC)
    said(cases[2], "given", birthday + HOUR)
    states = {state for _due, state in owed("come-of-age-not-asked", birthday + DAY)}
    assert states == {"met"}


def test_whoever_asks_what_was_decided_sees_what_they_may_see_and_no_more(cast: Cast) -> None:
    case, held = make_case(), make_case()
    of_one_person(case, held)
    said(held, "refused", AT)
    held.scope.restriction = Restriction.COVERT
    held.scope.save()
    with acting_as(cast.actor("olu")):
        assert not Decided.objects.exists()
    with acting_as(engine.engine("test")):
        assert Decided.objects.count() == 2


class TestStopping:
    """Sharing with the local authority, with health services, and contact by the police."""

    @pytest.mark.parametrize("purpose", BODIES)
    @pytest.mark.parametrize(
        ("decisions", "states"),
        [
            (["refused"], []),
            (["given"], []),
            (["withdrawn"], ["open"]),
            (["given", "withdrawn"], ["open"]),
            (["given", "refused"], ["open"]),
            (["given", "withdrawn", "refused"], ["open"]),
            (["given", "withdrawn", "given"], ["void"]),
            (["given", "withdrawn", "given", "withdrawn"], ["void", "open"]),
        ],
    )
    def test_it_is_owed_when_an_agreement_ends(
        self, purpose: Purpose, decisions: list[str], states: list[str], cast: Cast
    ) -> None:
        case = make_case(at=AT - 9 * DAY)
        for number, outcome in enumerate(decisions):
            said(case, outcome, AT + number * HOUR, purpose)
        assert [state for _due, state in owed(STOPPED, AT + DAY)] == states

    def test_it_says_what_was_taken_back_by_when_and_that_a_force_chose_the_time(
        self, cast: Cast
    ) -> None:
        case = make_case(at=AT - DAY)
        said(case, "withdrawn", AT, Purpose.HEALTH)
        assert owed(STOPPED, AT) == [(DUE, "open")]
        followup = FollowUp.objects.get()
        assert "(sharing with health services)" in why(followup)
        assert (followup.deadline.status, followup.owner_id) == ("force_default", cast.olu.pk)

    @pytest.mark.parametrize(
        ("purpose", "after", "state"),
        [
            (Purpose.HEALTH, HOUR, "met"),
            (Purpose.HEALTH, 3 * DAY, "met_late"),
            (Purpose.HEALTH, -HOUR, "open"),
            (Purpose.POLICE_CONTACT, HOUR, "open"),
        ],
    )
    def test_what_was_recorded_since_about_the_same_meets_it(
        self, purpose: Purpose, after: timedelta, state: str, cast: Cast
    ) -> None:
        case = make_case(at=AT - DAY)
        said(case, "withdrawn", AT, Purpose.HEALTH)
        owed(STOPPED, AT)
        add_fact(SharingStopped, case, AT + after, purpose=purpose, how="told", told="A clinic")
        assert owed(STOPPED, AT + 4 * DAY) == [(DUE, state)]

    @pytest.mark.parametrize(
        ("about", "states"),
        [
            ({"age_band": "child"}, []),
            ({"age_band": "unsure"}, []),
            ({"age_disputed": True}, []),
            ({}, ["open"]),
        ],
    )
    def test_the_local_authority_of_a_child_goes_on_and_others_stop(
        self, about: dict[str, object], states: list[str], cast: Cast
    ) -> None:
        case = make_case(at=AT - DAY, victim=make_victim(**about))
        said(case, "withdrawn", AT, Purpose.LOCAL_AUTHORITY)
        assert [state for _due, state in owed(STOPPED, AT)] == states
        said(case, "withdrawn", AT, Purpose.HEALTH)
        assert len(owed(STOPPED, AT)) == len(states) + 1

    def test_every_case_of_the_person_owes_it_for_itself(self, cast: Cast) -> None:
        cases = three()
        said(cases[0], "given", AT - DAY, Purpose.HEALTH)
        said(cases[2], "withdrawn", AT, Purpose.HEALTH)
        assert owed(STOPPED, AT) == [(DUE, "open")] * 3
        add_fact(SharingStopped, cases[1], AT + HOUR, purpose=Purpose.HEALTH, how="nothing")
        assert owed(STOPPED, AT + HOUR, cases[1]) == [(DUE, "met")]
        assert owed(STOPPED, AT + HOUR, cases[0]) == [(DUE, "open")]

    def test_a_case_out_of_reach_owes_it_too(self, cast: Cast) -> None:
        case, held = make_case(at=AT - DAY), make_case(at=AT - DAY)
        of_one_person(case, held)
        held.scope.restriction = Restriction.COVERT
        held.scope.save()
        said(case, "withdrawn", AT, Purpose.HEALTH)
        assert owed(STOPPED, AT, held) == [(DUE, "open")]
