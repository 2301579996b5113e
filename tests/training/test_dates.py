"""When courses are held: who takes a place, that there is never one too many, and that whoever came has the course."""

import io
from collections.abc import Callable
from datetime import timedelta
from random import Random
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.actors import Actor
from accounts.actors import engine as in_the_engine
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import User
from accounts.scoping import NotVisible
from followups import engine
from followups.models import FollowUp, FollowUpState
from tests.cast import Cast
from tests.training.conftest import Trained
from training import actions
from training.models import Booking, Course, CourseDate, TrainingRecord
from training.standing import standings

ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)
AT_ONCE = ("olu", "rhys", "petra", "sade")


@pytest.fixture
def held(cast: Cast, catalogue: None) -> CourseDate:
    return hold(cast)


def hold(
    cast: Cast, course: str = "ms-investigator", *, ahead: int = 10, **over: Any
) -> CourseDate:
    values: dict[str, Any] = {
        "course": Course.objects.get(pk=course),
        "provider": "Northmoor Learning",
        "begins_on": clocks.today() + ahead * DAY,
        "ends_on": clocks.today() + (ahead + 1) * DAY,
        "where": "Headquarters, room 4",
        "places": 2,
    }
    return actions.add_date(by=cast.actor("bronwen"), **(values | over))


def book(cast: Cast, held: CourseDate, who: str, by: str = "") -> Booking:
    return actions.book(by=cast.actor(by or who), held=held, user=getattr(cast, who))


def over(held: CourseDate) -> CourseDate:
    """As if its last day were yesterday."""
    days = {"begins_on": clocks.today() - 2 * DAY, "ends_on": clocks.today() - DAY}
    CourseDate.objects.filter(pk=held.pk).update(**days)
    held.refresh_from_db()
    return held


def test_the_last_place_is_taken_once(cast: Cast, held: CourseDate) -> None:
    book(cast, held, "olu")
    assert book(cast, held, "olu") == Booking.objects.get()
    given = book(cast, held, "rhys")
    with pytest.raises(Conflict, match="Every place is taken"):
        book(cast, held, "petra")
    actions.give_back(by=cast.actor("rhys"), booking=given)
    book(cast, held, "petra")
    assert held.bookings.filter(ended_at=None).count() == 2


def test_a_supervisor_takes_places_for_her_people_and_an_officer_for_himself_alone(
    cast: Cast, held: CourseDate
) -> None:
    book(cast, held, "olu", by="sade")
    with pytest.raises(Refused):
        book(cast, held, "petra", by="sade")  # of another unit
    with pytest.raises(Refused):
        book(cast, held, "rhys", by="olu")
    with acting_as(cast.actor("rhys")), pytest.raises(NotVisible):
        actions.give_back(by=cast.actor("rhys"), booking=Booking.objects.get())
    actions.give_back(by=cast.actor("sade"), booking=Booking.objects.get())


def test_nobody_has_a_place_on_what_has_begun_is_called_off_or_is_another_forces(
    cast: Cast, held: CourseDate
) -> None:
    with pytest.raises(Refused):
        book(cast, held, "wyn", by="sade")
    with pytest.raises(CourseDate.DoesNotExist):
        book(cast, held, "wyn")
    with pytest.raises(Conflict, match="begun"):
        book(cast, over(hold(cast)), "olu")
    actions.call_off(by=cast.actor("bronwen"), held=held)
    with pytest.raises(Conflict, match="called off"):
        book(cast, held, "olu")


def test_nobody_takes_two_places_on_one_course(cast: Cast, held: CourseDate) -> None:
    book(cast, held, "olu")
    with pytest.raises(Conflict, match="another day"):
        book(cast, hold(cast, ahead=20), "olu")


def test_there_are_never_fewer_places_than_people(cast: Cast, held: CourseDate) -> None:
    book(cast, held, "olu")
    book(cast, held, "rhys")
    with pytest.raises(Conflict, match="2 people have a place"):
        actions.change_date(by=cast.actor("bronwen"), held=held, where="Online", places=1)
    actions.change_date(by=cast.actor("bronwen"), held=held, where="Online", places=3)
    book(cast, held, "petra")


def refuses(sql: str, *values: object) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError:
        return True
    return False


def test_the_database_holds_to_the_places_whatever_the_path(cast: Cast, held: CourseDate) -> None:
    lost = book(cast, held, "petra")
    actions.give_back(by=cast.actor("petra"), booking=lost)
    book(cast, held, "olu")
    book(cast, held, "rhys")
    assert refuses(
        "UPDATE training_booking SET ended_at = NULL, ended_by_id = NULL WHERE id = %s", lost.pk
    )
    assert refuses("UPDATE training_coursedate SET places = 1")
    assert refuses(
        "UPDATE training_coursedate SET called_off_at = now(), called_off_by_id = added_by_id"
    )
    actions.change_date(by=cast.actor("bronwen"), held=held, where="Online", places=9)
    assert (
        refuses("UPDATE training_booking SET user_id = %s WHERE id = %s", cast.wyn.pk, lost.pk)
        is False
    )
    assert refuses(
        "UPDATE training_booking SET ended_at = NULL, ended_by_id = NULL WHERE id = %s", lost.pk
    )


def test_of_many_who_take_the_last_place_at_once_one_has_it(committed: object) -> None:
    with acting_as(in_the_engine("test")):
        call_command("load_courses", verbosity=0, stdout=io.StringIO())
        cast = Cast()
        held = hold(cast, places=1)
        people = [(cast.actor(who), getattr(cast, who)) for who in AT_ONCE]
    ready, told = Barrier(len(people)), []

    def take(by: Actor, user: User) -> None:
        try:
            with acting_as(by):
                ready.wait(timeout=60)
                actions.book(by=by, held=held, user=user)
            told.append("has it")
        except Conflict:
            told.append("too late")
        finally:
            connections.close_all()

    threads = [Thread(target=take, args=each) for each in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=120)
    assert sorted(told) == ["has it", "too late", "too late", "too late"]


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_done_nobody_sits_on_anybodys_lap(
    cast: Cast, catalogue: None, seed: int
) -> None:
    rng, people = Random(seed), ["olu", "rhys", "petra", "sade", "dov"]
    courses = [hold(cast, course, places=rng.randint(1, 3)) for course in ("pip2", "pip3", "pip2")]
    bronwen = cast.actor("bronwen")
    for _turn in range(40):
        held, who = rng.choice(courses), rng.choice(people)
        mine = Booking.objects.filter(user__username=who, ended_at=None).first()
        act = rng.choice(["book", "book", "book", "back", "change", "off"])
        try:
            with transaction.atomic():
                if act == "book":
                    book(cast, held, who)
                elif act == "back" and mine:
                    actions.give_back(by=cast.actor(who), booking=mine)
                elif act == "change":
                    places = rng.randint(1, 4)
                    actions.change_date(by=bronwen, held=held, where="A room", places=places)
                elif act == "off" and rng.random() < 0.1:
                    actions.call_off(by=bronwen, held=held)
        except Conflict:
            pass
        for each in CourseDate.objects.all():
            taken = each.bookings.filter(ended_at=None).count()
            assert taken <= (0 if each.called_off_at else each.places)
        twice = "SELECT count(*) - count(DISTINCT (k.user_id, d.course_id)) FROM training_booking k"
        with connection.cursor() as cursor:
            cursor.execute(
                f"{twice} JOIN training_coursedate d ON d.id = k.date_id WHERE k.ended_at IS NULL"
            )
            assert cursor.fetchone() == (0,)


def test_whoever_came_has_the_course_and_somebody_else_verifies_it(
    cast: Cast, held: CourseDate
) -> None:
    came, away = book(cast, held, "olu"), book(cast, held, "rhys")
    bronwen = cast.actor("bronwen")
    with pytest.raises(Conflict, match="not over"):
        actions.mark(by=bronwen, held=held, attended={came.pk})
    over(held)
    assert actions.mark(by=bronwen, held=held, attended={came.pk}) == 2
    assert actions.mark(by=bronwen, held=held, attended={came.pk, away.pk}) == 0
    record = TrainingRecord.objects.get()
    assert (record.user, record.completed_on, record.verified_at) == (cast.olu, held.ends_on, None)
    assert record.expires_on == actions.expiry(held.course, held.ends_on)
    ines = cast.actor("ines")
    assert actions.verify_record(by=ines, record=record).verified_by == cast.ines


def test_whoever_was_marked_on_the_last_day_keeps_that_whatever_is_pressed_after(
    cast: Cast, catalogue: None
) -> None:
    held = hold(cast, ahead=0, ends_on=clocks.today())
    came, bronwen = book(cast, held, "olu"), cast.actor("bronwen")
    actions.mark(by=bronwen, held=held, attended={came.pk})
    with pytest.raises(Conflict, match="over"):
        actions.call_off(by=bronwen, held=held)
    with pytest.raises(Conflict, match="over"):
        actions.give_back(by=cast.actor("olu"), booking=came)
    assert Booking.objects.get().attended


def test_a_course_that_was_recorded_before_it_was_marked_stays_as_it_is(
    cast: Cast, held: CourseDate, trained: Trained
) -> None:
    came = book(cast, held, "olu")
    over(held)
    kept = trained(cast.olu, held.course_id, completed_on=held.ends_on, provider="Another")
    actions.mark(by=cast.actor("bronwen"), held=held, attended={came.pk})
    assert TrainingRecord.objects.get() == kept


def test_whoever_loses_a_place_is_owed_to_know_it(cast: Cast, held: CourseDate) -> None:
    book(cast, held, "olu")
    book(cast, held, "rhys")
    actions.call_off(by=cast.actor("bronwen"), held=held)
    engine.sweep(clocks.now())
    duties = {each.holder: each for each in FollowUp.objects.filter(rule="place-lost")}
    assert set(duties) == {cast.olu, cast.rhys}
    lost = Booking.objects.get(user=cast.olu)
    with pytest.raises(Refused):
        actions.know(by=cast.actor("sade"), booking=lost)
    actions.know(by=cast.actor("olu"), booking=lost)
    book(cast, hold(cast, ahead=30), "rhys")
    engine.sweep(clocks.now())
    states = FollowUp.objects.filter(rule="place-lost").values_list("state", flat=True)
    assert set(states) == {FollowUpState.MET}


def test_the_register_shows_who_has_a_place(cast: Cast, held: CourseDate) -> None:
    book(cast, held, "petra")
    (line,) = standings(clocks.today(), users=[cast.petra.pk], course=held.course_id)
    assert line.booked_on == held.begins_on


def test_the_pages_add_a_date_take_a_place_and_mark_who_came(
    cast: Cast, catalogue: None, client_of: ClientOf
) -> None:
    bronwen, olu, sade = (client_of(each) for each in (cast.bronwen, cast.olu, cast.sade))
    day = clocks.today() + 9 * DAY
    typed = {
        "course": "ms-investigator", "provider": "", "where": "Online", "places": "1",
        "begins_on_day": day.day, "begins_on_month": day.month, "begins_on_year": day.year,
    }  # fmt: skip
    assert bronwen.post("/training/dates/new", typed | {"places": "many"}).status_code == 400
    past = clocks.today() - DAY
    early = {"begins_on_day": past.day, "begins_on_month": past.month, "begins_on_year": past.year}
    assert bronwen.post("/training/dates/new", typed | early).status_code == 400
    assert not CourseDate.objects.exists()
    assert bronwen.post("/training/dates/new", typed).status_code == 302
    held = CourseDate.objects.get()
    page = f"/training/dates/{held.pk}"
    assert "1 of 1" in olu.get("/training/dates").content.decode()
    assert "Take a place for somebody" not in olu.get(page).content.decode()
    assert olu.post(page, {"officer": "rhys"}).status_code == 400
    assert olu.post(page, {"officer": "olu"}).status_code == 302
    assert "You have a place" in olu.get("/training/dates").content.decode()
    assert cast.olu.name in sade.get(page).content.decode()
    full = sade.post(page, {"officer": "rhys"})
    assert full.status_code == 409
    assert "Every place is taken" in full.content.decode()
    over(held)
    assert "Over: who attended?" in bronwen.get("/training/dates").content.decode()
    assert "Over: who attended?" not in sade.get("/training/dates").content.decode()
    came = str(Booking.objects.get().pk)
    assert bronwen.post(f"{page}/attended", {"attended": "nobody"}).status_code == 400
    assert bronwen.post(f"{page}/attended", {"attended": came}).status_code == 302
    assert TrainingRecord.objects.get().user == cast.olu
    assert cast.olu.name in sade.get("/training/waiting").content.decode()


def test_a_date_is_called_off_and_its_people_are_told_on_the_page(
    cast: Cast, held: CourseDate, client_of: ClientOf
) -> None:
    book(cast, held, "olu")
    bronwen, olu = client_of(cast.bronwen), client_of(cast.olu)
    page = f"/training/dates/{held.pk}"
    assert "1 person loses their place" in bronwen.get(f"{page}/call-off").content.decode()
    assert bronwen.post(f"{page}/call-off").status_code == 302
    shown = olu.get("/training/dates").content.decode()
    assert "is called off" in shown
    booking = Booking.objects.get()
    assert olu.post(f"/training/places/{booking.pk}/know").status_code == 302
    assert "is called off" not in olu.get("/training/dates").content.decode()
    assert "This is called off." in olu.get(page).content.decode()


def test_an_officer_sees_no_colleague_with_a_place_and_nothing_of_another_force(
    cast: Cast, held: CourseDate, client_of: ClientOf
) -> None:
    book(cast, held, "rhys")
    page = f"/training/dates/{held.pk}"
    for who in (cast.olu, cast.dov):  # a colleague, and the supervisor of another unit
        shown = client_of(who).get(page).content.decode()
        assert cast.rhys.name not in shown
        assert "1 of 2 taken" in shown
    assert cast.rhys.name in client_of(cast.sade).get(page).content.decode()
    wyn = client_of(cast.wyn)
    assert wyn.get(page).status_code == 404
    assert held.course.name not in wyn.get("/training/dates").content.decode()


def test_one_date_and_fifty_cost_the_same_queries(
    cast: Cast, held: CourseDate, client_of: ClientOf
) -> None:
    sade = client_of(cast.sade)
    counted = []
    for more in (0, 49):
        for ahead in range(more):
            hold(cast, ahead=ahead + 11)
        sade.get("/training/dates")
        with CaptureQueriesContext(connection) as asked:
            assert sade.get("/training/dates").status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]
