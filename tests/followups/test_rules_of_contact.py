"""The rules about reaching the person: what a newer contact ends, and what a supervisor sees at once."""

from datetime import datetime, timedelta

import pytest

from casework.models import Contact, Review
from followups import engine
from followups.models import FollowUp, Notice
from followups.rules import RULES
from tests.builders import make_case
from tests.cast import Cast
from tests.followups.conftest import add_fact
from victims.models import Channel

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def contact(case: object, at: datetime, outcome: str, **over: object) -> Contact:
    """Somebody tried to reach the person."""
    given = {"channel": Channel.PHONE, "next_at": at + 4 * HOUR} | over
    made: Contact = add_fact(Contact, case, at, outcome=outcome, **given)  # type: ignore[arg-type]
    return made


def states(rule: str, at: datetime) -> list[str]:
    engine.sweep(at, rules={rule: RULES[rule]})
    rows = FollowUp.objects.filter(rule=rule).order_by("since", "first_seen_at", "pk")
    return list(rows.values_list("state", flat=True))


@pytest.mark.parametrize("older", ["tried", "unsafe", "someone_else", "declined", "spoke"])
def test_reaching_the_person_ends_every_older_next_contact(
    cast: Cast, at: datetime, older: str
) -> None:
    case = make_case(at=at)
    first = contact(case, at + HOUR, older)
    newer = contact(case, at + 2 * HOUR, "spoke")
    engine.sweep(at + 3 * HOUR, rules={"contact-lapsed": RULES["contact-lapsed"]})
    rows = FollowUp.objects.filter(rule="contact-lapsed", case=case)
    assert rows.get(occurrence=first.pk).ended_at == newer.at
    assert list(rows.open().values_list("occurrence", flat=True)) == [newer.pk]


@pytest.mark.parametrize("older", ["tried", "spoke"])
def test_of_two_in_the_same_minute_the_one_recorded_later_counts(
    cast: Cast, at: datetime, older: str
) -> None:
    case = make_case(at=at)
    contact(case, at + HOUR, older)
    newer = Contact.objects.create(
        scope=case.scope,
        case=case,
        at=at + HOUR,
        by=cast.olu,
        recorded_at=at + HOUR + timedelta(seconds=20),
        outcome="spoke",
        channel=Channel.PHONE,
        next_at=at + DAY,
    )
    engine.sweep(at + 2 * HOUR, rules={"contact-lapsed": RULES["contact-lapsed"]})
    assert [row.occurrence for row in FollowUp.objects.filter(case=case).open()] == [newer.pk]


@pytest.mark.parametrize("outcome", ["unsafe", "someone_else"])
class TestAContactThatWasNotSafe:
    def test_the_supervisor_is_told_at_once(self, cast: Cast, at: datetime, outcome: str) -> None:
        case = make_case(at=at)
        contact(case, at + HOUR, outcome)
        engine.sweep(at + HOUR)
        row = FollowUp.objects.get(rule="contact-unsafe", case=case)
        assert (row.due_at, row.holder) == (at + HOUR, cast.sade)
        told = Notice.objects.filter(step__followup=row)
        assert {notice.person for notice in told} == {cast.sade}
        assert told.filter(channel="email", interrupts=True).exists()

    def test_the_next_contact_is_counted_in_hours_and_climbs_in_hours(
        self, cast: Cast, at: datetime, outcome: str
    ) -> None:
        case = make_case(at=at)
        made = contact(case, at + HOUR, outcome)
        engine.sweep(at + 7 * HOUR + timedelta(minutes=1))
        row = FollowUp.objects.get(rule="contact-lapsed", occurrence=made.pk)
        assert (row.clock, row.due_at) == ("unsafe", at + 5 * HOUR)
        told = Notice.objects.filter(step__followup=row).values_list("person__username", flat=True)
        assert {"olu", "sade"} <= set(told)

    def test_it_is_met_by_the_supervisors_review(
        self, cast: Cast, at: datetime, outcome: str
    ) -> None:
        case = make_case(at=at)
        contact(case, at + HOUR, outcome)
        assert states("contact-unsafe", at + HOUR) == ["open"]
        add_fact(Review, case, at + 2 * HOUR, by=cast.sade)
        assert states("contact-unsafe", at + 3 * HOUR) == ["met_late"]

    def test_it_is_met_when_somebody_reaches_them_after_all(
        self, cast: Cast, at: datetime, outcome: str
    ) -> None:
        case = make_case(at=at)
        contact(case, at + HOUR, outcome)
        contact(case, at + 2 * HOUR, "tried")
        assert states("contact-unsafe", at + 2 * HOUR) == ["open"]
        contact(case, at + 3 * HOUR, "spoke")
        assert states("contact-unsafe", at + 4 * HOUR) == ["met_late"]


@pytest.mark.parametrize("outcome", ["spoke", "tried", "declined"])
def test_an_ordinary_contact_calls_no_supervisor(cast: Cast, at: datetime, outcome: str) -> None:
    contact(make_case(at=at), at + HOUR, outcome)
    assert states("contact-unsafe", at + HOUR) == []
