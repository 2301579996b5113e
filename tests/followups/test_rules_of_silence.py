"""The rule about a person whom nobody can reach: which contacts make it owed, what ends it, when it comes again."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from casework.models import Case, CaseEvent, CaseStatus, Closure, Contact, LostContact
from followups import engine
from followups.models import FollowUp, Notice
from followups.rules import RULES
from tests.builders import make_case
from tests.cast import Cast
from tests.followups.conftest import add_fact
from victims.models import Channel

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WAYS = {"p": Channel.PHONE, "v": Channel.IN_PERSON, "t": Channel.TEXT}
OUTCOMES = {
    "-": "tried", "!": "unsafe", "?": "someone_else", "+": "spoke", "0": "declined",
}  # fmt: skip


def tried(case: Case, at: datetime, said: str) -> None:
    """Contacts an hour apart: "p- v- p+" is no answer by phone, nobody there, then spoken with by phone."""
    for hour, (way, outcome) in enumerate(said.split(), start=1):
        when = at + hour * HOUR
        given: dict[str, Any] = {"channel": WAYS[way], "next_at": when + DAY}
        add_fact(Contact, case, when, outcome=OUTCOMES[outcome], **given)


def considered(case: Case, at: datetime) -> LostContact:
    made: LostContact = add_fact(
        LostContact, case, at, outcome="not_needed", reason="Seen.", decided_by="Sgt Sade"
    )
    return made


def owed(at: datetime) -> list[tuple[datetime | None, str]]:
    engine.sweep(at, rules={"contact-lost": RULES["contact-lost"]})
    rows = FollowUp.objects.filter(rule="contact-lost").order_by("since", "clock")
    return list(rows.values_list("due_at", "state"))


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("", None),
        ("p- v-", None),
        ("p- p- p- p-", None),
        ("p- v- p-", 3),
        ("p- p- p- v-", 4),
        ("p- v- t- p-", 3),
        ("p! v? p-", 3),
        ("p- v- p+", None),
        ("p- v- p0 p-", None),
        ("p- v+ v- p- v-", 5),
        ("p- v- p+ p- v-", None),
    ],
)
def test_three_tries_by_two_ways_without_reaching_them_are_lost_contact(
    cast: Cast, at: datetime, said: str, hour: int | None
) -> None:
    tried(make_case(at=at), at, said)
    due = [] if hour is None else [(at + hour * HOUR, "open")]
    assert owed(at + DAY) == due


def test_the_owner_is_told_at_once_then_the_supervisor_then_the_lead(
    cast: Cast, at: datetime
) -> None:
    case = make_case(at=at)
    tried(case, at, "p- v- p-")
    told = []
    for hours in (3, 4, 6):
        engine.sweep(at + hours * HOUR, rules={"contact-lost": RULES["contact-lost"]})
        notices = Notice.objects.filter(step__followup__rule="contact-lost")
        told.append({notice.person.username for notice in notices})
    assert told == [{"olu"}, {"olu", "sade"}, {"olu", "sade", "ines"}]
    assert FollowUp.objects.get(rule="contact-lost").deadline.status == "force_default"


def test_what_was_considered_meets_it_and_it_comes_again_in_14_days(
    cast: Cast, at: datetime
) -> None:
    case = make_case(at=at)
    tried(case, at, "p- v- p-")
    owed(at + 3 * HOUR)
    considered(case, at + 5 * HOUR)
    again = at + 5 * HOUR + 14 * DAY
    assert owed(at + 6 * HOUR) == [(at + 3 * HOUR, "met_late"), (again, "open")]
    tried(case, at + DAY, "p- v- p- v-")
    assert owed(at + 2 * DAY)[1:] == [(again, "open")]
    considered(case, again)
    assert owed(again + HOUR)[1:] == [(again, "met"), (again + 14 * DAY, "open")]


@pytest.mark.parametrize("outcome", ["spoke", "declined"])
def test_reaching_them_ends_it_and_new_tries_begin_anew(
    cast: Cast, at: datetime, outcome: str
) -> None:
    case = make_case(at=at)
    tried(case, at, "p- v- p-")
    considered(case, at + 4 * HOUR)
    reached = at + 2 * DAY
    add_fact(Contact, case, reached, outcome=outcome, channel=Channel.PHONE, next_at=reached + DAY)
    assert [state for _due, state in owed(at + 3 * DAY)] == ["met_late", "met"]
    tried(case, reached, "v- v- p-")
    assert owed(at + 3 * DAY)[2:] == [(reached + 3 * HOUR, "open")]


def test_a_contact_written_up_late_among_the_tries_meets_it_and_it_never_lapses(
    cast: Cast, at: datetime
) -> None:
    case = make_case(at=at)
    tried(case, at, "p- v- p-")
    assert owed(at + 4 * HOUR) == [(at + 3 * HOUR, "open")]
    when = at + 90 * timedelta(minutes=1)
    add_fact(Contact, case, when, outcome="spoke", channel=Channel.PHONE, next_at=when + DAY)
    assert [state for _due, state in owed(at + 5 * HOUR)] == ["met"]


def test_it_ends_with_the_case_and_an_opened_case_begins_anew(cast: Cast, at: datetime) -> None:
    case = make_case(at=at)
    tried(case, at, "p- v- p-")
    considered(case, at + 4 * HOUR)
    owed(at + 5 * HOUR)
    add_fact(
        Closure, case, at + DAY, outcome="died", explanation="x", no_contact_reason="x",
        decided_at=at + DAY, decided_by=cast.sade, agreed=True,
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.CLOSING)
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.CLOSED, closed_at=at + DAY)
    assert owed(at + DAY)[1][1] == "void"
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.ALLOCATED, closed_at=None)
    add_fact(CaseEvent, case, at + 2 * DAY, kind="reopened")
    assert [state for _due, state in owed(at + 2 * DAY)] == ["met_late", "void"]
    tried(case, at + 2 * DAY, "p- v-")
    assert [state for _due, state in owed(at + 3 * DAY)] == ["met_late", "void"]
    tried(case, at + 3 * DAY, "p-")
    assert owed(at + 4 * DAY)[2:] == [(at + 3 * DAY + HOUR, "open")]
