"""A day that a force takes off moves what it owes, and nobody else's."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

import clocks
from accounts.models import AuditEvent, Force, Unit, User
from followups import engine
from followups.models import FollowUp
from tests.builders import make_case
from tests.cast import Cast
from tests.followups.conftest import AT

SignIn = Callable[[User], Client]
TOMORROW = AT.date() + timedelta(days=1)
ON_THE_SECOND_DAY = datetime(2026, 11, 18, 17, tzinfo=UTC)
ON_THE_THIRD_DAY = datetime(2026, 11, 19, 17, tzinfo=UTC)


def asked(day: date, what: str = "off", name: str = "Force day") -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"falls_on_{part}": str(value) for part, value in parts.items()} | {
        "working": what,
        "name": name,
    }


def due(force: Force) -> datetime | None:
    engine.sweep(AT)
    return FollowUp.objects.get(rule="support-not-offered", force=force).due_at


def test_a_day_off_of_one_force_moves_what_it_owes_and_no_other_forces(
    cast: Cast, client_of: SignIn
) -> None:
    with clocks.frozen(AT):
        other = Unit.objects.exclude(force=cast.force).select_related("force")[0]
        make_case(at=AT)
        make_case(at=AT, unit=other, owner=None)
        assert (due(cast.force), due(other.force)) == (ON_THE_SECOND_DAY, ON_THE_SECOND_DAY)
        lena = client_of(cast.lena)
        assert lena.post("/days/new", asked(TOMORROW)).status_code == 302
        assert (due(cast.force), due(other.force)) == (ON_THE_THIRD_DAY, ON_THE_SECOND_DAY)
        page = lena.get("/days").text
        assert "Force day" in page
        assert "Take back 17 November" in page
        lena.post(f"/days/{TOMORROW}/undo")
        assert due(cast.force) == ON_THE_SECOND_DAY
        assert "Force day" not in lena.get("/days").text
    verbs = AuditEvent.objects.filter(verb__startswith="day.", actor_id=cast.lena.pk).order_by("at")
    assert set(verbs.values_list("verb", flat=True)) == {"day.decided", "day.undecided"}


def test_a_second_day_goes_into_the_same_calendar(cast: Cast, client_of: SignIn) -> None:
    with clocks.frozen(AT):
        lena = client_of(cast.lena)
        lena.post("/days/new", asked(TOMORROW))
        lena.post("/days/new", asked(date(2026, 12, 25), "worked", "All hands"))
        calendar = Force.objects.get(pk=cast.force.pk).calendar
    assert calendar.overrides.count() == 2
    assert calendar.working_days().counts(date(2026, 12, 25))
    assert not calendar.working_days().counts(TOMORROW)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (AT.date(), "Choose a day after today"),
        (date(2060, 1, 4), "Choose a day up to 31 December"),
        (AT.date() - timedelta(days=1), "must be today or in the future"),
    ],
)
def test_a_day_that_has_begun_or_that_nobody_knows_is_refused_and_kept_on_the_page(
    cast: Cast, client_of: SignIn, day: date, sentence: str
) -> None:
    with clocks.frozen(AT):
        page = client_of(cast.lena).post("/days/new", asked(day, name="An invented day"))
    assert page.status_code == 400
    assert sentence in page.text
    assert "An invented day" in page.text
    assert Force.objects.get(pk=cast.force.pk).calendar == cast.force.calendar


def test_who_may_see_people_reads_the_days_and_may_not_change_them(
    cast: Cast, client_of: SignIn
) -> None:
    sade = client_of(cast.sade)
    assert "Add a day" not in sade.get("/days").text
    assert sade.post("/days/new", asked(TOMORROW)).status_code == 403
    assert sade.post(f"/days/{TOMORROW}/undo").status_code == 403


def test_what_was_not_decided_or_is_no_day_cannot_be_taken_back(
    cast: Cast, client_of: SignIn
) -> None:
    lena = client_of(cast.lena)
    with clocks.frozen(AT):
        said = lena.post(f"/days/{TOMORROW}/undo", follow=True).text
        nonsense = lena.post("/days/tomorrow/undo")
    assert "decided nothing for that day" in said
    assert nonsense.status_code == 404
