"""What follows from a decision that was taken back, in whichever record of the person it was said."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.context import acting_as
from accounts.models import Restriction
from casework.models import Case, Decided, NrmReferral
from followups import engine
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.followups.conftest import AT, add_fact
from tests.followups.test_rules import owed
from victims.models import ConsentEvent, Purpose, Victim

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NRM = "nrm-consent-taken-back"


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
    cases, due = three(), datetime(2026, 11, 17, 17, tzinfo=UTC)
    add_fact(NrmReferral, cases[1], AT - 8 * DAY)
    said(make_case(at=AT), "withdrawn", AT)  # somebody else
    said(cases[where], "withdrawn", AT)
    assert owed(NRM, AT) == [(due, "open")]
    assert owed(NRM, AT, cases[1]) == [(due, "open")]
    said(cases[where - 1], "given", AT + HOUR)
    assert owed(NRM, AT + 2 * HOUR) == [(due, "met")]


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
