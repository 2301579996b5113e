"""When somebody is on duty: their week, nights, what is different for once, and who may say so."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

import clocks
from accounts import actions
from accounts.errors import Conflict, Refused
from accounts.models import Absence, Shift, ShiftChange, User
from tests.cast import Cast

Browser = Callable[[User], Client]
NIGHTS = {day: (time(22), time(7)) for day in (1, 2, 3)}  # Monday to Wednesday
DAYS = {day: (time(8), time(16)) for day in range(1, 6)}


def plan(cast: Cast, week: Any, who: str = "rhys") -> None:
    actions.set_shifts(by=cast.actor("sade"), user=getattr(cast, who), week=week)


def on_duty(person: User, wall: str) -> bool:
    """At a time on the wall in London: "2026-11-16 10:00", a Monday."""
    at = datetime.fromisoformat(wall).replace(tzinfo=clocks.LONDON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_on_duty(%s, %s)", [person.pk, at])
        return bool(cursor.fetchone()[0])


def test_whoever_has_no_shifts_is_always_on_duty(cast: Cast) -> None:
    assert on_duty(cast.rhys, "2026-11-15 03:00")


@pytest.mark.parametrize(
    ("week", "wall", "expected"),
    [
        (DAYS, "2026-11-16 07:59", False),
        (DAYS, "2026-11-16 08:00", True),
        (DAYS, "2026-11-16 15:59", True),
        (DAYS, "2026-11-16 16:00", False),
        (DAYS, "2026-11-21 10:00", False),  # a Saturday
        (DAYS, "2026-07-06 08:00", True),  # in summer, by the wall
        (DAYS, "2026-07-06 16:30", False),
        (NIGHTS, "2026-11-16 06:00", False),  # nobody's Sunday night
        (NIGHTS, "2026-11-16 22:00", True),
        (NIGHTS, "2026-11-17 06:59", True),
        (NIGHTS, "2026-11-17 07:00", False),
        (NIGHTS, "2026-11-19 06:59", True),  # Wednesday's night ends on Thursday
        (NIGHTS, "2026-11-19 22:00", False),
        ({7: (time(22), time(6))}, "2026-11-16 05:00", True),  # Sunday's ends on Monday
        ({7: (time(22), time(6))}, "2026-10-25 23:30", True),  # the night the clocks went back
        ({1: (time(9), time(9))}, "2026-11-17 08:59", True),  # a day and a night
    ],
)
def test_a_week_says_who_is_on_duty(cast: Cast, week: Any, wall: str, expected: bool) -> None:
    plan(cast, week)
    assert on_duty(cast.rhys, wall) is expected


def test_the_later_change_counts_for_once_and_an_absence_before_all(cast: Cast) -> None:
    plan(cast, DAYS)
    sade, rhys = cast.actor("sade"), cast.rhys
    night = datetime(2026, 11, 21, 22, tzinfo=clocks.LONDON)
    with clocks.frozen(night - timedelta(days=2)):
        for on in (True, False, True):
            with clocks.moved(timedelta(minutes=ShiftChange.objects.count())):
                actions.change_shift(
                    by=sade, user=rhys, on_duty=on, starts_at=night, ends_at=night.replace(hour=23)
                )
                assert on_duty(rhys, "2026-11-21 22:30") is on
    assert not on_duty(rhys, "2026-11-21 23:00")
    Absence.objects.create(
        user=rhys, kind="sick", starts_at=night, ends_at=night + timedelta(hours=1)
    )
    assert not on_duty(rhys, "2026-11-21 22:30")


def test_a_change_lies_ahead_and_ends_after_it_starts(cast: Cast) -> None:
    at, sade = clocks.now(), cast.actor("sade")
    hour = timedelta(hours=1)
    for starts_at, ends_at in ((at + hour, at + hour), (at - 2 * hour, at - hour)):
        with pytest.raises(Conflict):
            actions.change_shift(
                by=sade, user=cast.rhys, on_duty=True, starts_at=starts_at, ends_at=ends_at
            )


@pytest.mark.parametrize("who", ["rhys", "olu", "dov", "gus", "tarek"])
def test_only_their_supervisor_plans_somebodys_duty(
    cast: Cast, client_of: Browser, who: str
) -> None:
    with pytest.raises(Refused):
        actions.set_shifts(by=cast.actor(who), user=cast.rhys, week=DAYS)
    page = client_of(getattr(cast, who)).get(f"/people/{cast.rhys.pk}/shifts")
    assert page.status_code in {403, 404}
    assert not Shift.objects.exists()


def test_a_supervisor_plans_a_week_on_a_page_that_keeps_what_was_typed(
    cast: Cast, client_of: Browser
) -> None:
    sade, path = client_of(cast.sade), f"/people/{cast.rhys.pk}/shifts"
    assert "always on duty" in sade.get(f"/people/{cast.rhys.pk}").text
    wrong = sade.post(path, {"from_1": "10pm", "until_1": "", "from_2": "whenever"})
    assert wrong.status_code == 400
    assert "Enter both times, or neither" in wrong.text
    assert "whenever" in wrong.text
    assert not Shift.objects.exists()
    assert sade.post(path, {"from_1": "10pm", "until_1": "07:00"}).status_code == 302
    (shift,) = Shift.objects.all()
    assert (shift.user, shift.weekday, shift.starts, shift.ends) == (
        cast.rhys, 1, time(22), time(7),
    )  # fmt: skip
    assert "Monday 22:00 until 07:00" in sade.get(f"/people/{cast.rhys.pk}").text
    assert 'value="22:00"' in sade.get(path).text
    assert sade.post(path, {}).status_code == 302
    assert not Shift.objects.exists()


def test_a_supervisor_changes_one_time(cast: Cast, client_of: Browser) -> None:
    sade, path = client_of(cast.sade), f"/people/{cast.rhys.pk}/shifts/change"
    day = clocks.today() + timedelta(days=2)
    given = {"what": "off", "starts": "8am", "ends": "4pm"} | {
        f"{name}_on_{part}": getattr(day, part)
        for name in ("starts", "ends")
        for part in ("day", "month", "year")
    }
    wrong = sade.post(path, given | {"ends": "7am"})
    assert (wrong.status_code, "It must end after it starts" in wrong.text) == (400, True)
    assert sade.post(path, given).status_code == 302
    change = ShiftChange.objects.get()
    assert (change.on_duty, change.recorded_by) == (False, cast.sade)
    assert "not on duty" in sade.get(f"/people/{cast.rhys.pk}/shifts").text
