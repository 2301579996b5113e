"""The room of when courses are held: dates and their places, who has one, and who came."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import User
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from training.actions.records import expiry, record_training
from training.models import Booking, Course, CourseDate, training_reach


@transaction.atomic
def add_date(
    *,
    by: Actor,
    course: Course,
    provider: str,
    begins_on: date,
    ends_on: date,
    where: str,
    places: int,
) -> CourseDate:
    """The course is held on these days, for so many."""
    check(by, Permission.TRAINING_COURSES)
    if course.force_id not in {None, by.force_id}:
        raise Refused(_("This course belongs to another force."), verb="course-date.add")
    made = add(
        CourseDate(
            force_id=by.own_force_id,
            course=course,
            provider=provider,
            begins_on=begins_on,
            ends_on=ends_on,
            where=where,
            places=places,
            added_at=clocks.now(),
            added_by_id=by.person_id,
        )
    )
    audit.record("course-date.added", by=by, of=made, course=course.pk)
    return made


@transaction.atomic
def change_date(*, by: Actor, held: CourseDate, where: str, places: int) -> CourseDate:
    """It is held elsewhere, or for more or fewer; never for fewer than have a place."""
    check(by, Permission.TRAINING_COURSES)
    held = _open(held, by=by)
    if places < (taken := _standing(held)):
        raise Conflict(_("%d people have a place. Enter that many places or more.") % taken)
    held.where, held.places = where, places
    check_row(held)
    held.save(update_fields=["where", "places"])
    audit.record("course-date.changed", by=by, of=held, places=places)
    return held


@transaction.atomic
def call_off(*, by: Actor, held: CourseDate) -> CourseDate:
    """It is not held. Whoever had a place has lost it, and owes themselves another. Twice is once."""
    check(by, Permission.TRAINING_COURSES)
    held = _locked(held, by=by)
    if held.called_off_at is not None:
        return held
    if held.ends_on < clocks.today() or held.bookings.filter(attended__isnull=False).exists():
        raise Conflict(_("It is over. Mark who attended."))
    now = clocks.now()
    lost = Booking.objects.visible_to(by).standing().filter(date=held)
    lost.update(ended_at=now, ended_by=by.person_id, lost=True)
    held.called_off_at, held.called_off_by_id = now, by.person_id
    held.save(update_fields=["called_off_at", "called_off_by"])
    audit.record("course-date.called_off", by=by, of=held)
    return held


@transaction.atomic
def book(*, by: Actor, held: CourseDate, user: User) -> Booking:
    """They have a place: one's own, or of one's people. Twice is once."""
    check(by, Permission.TRAINING_OWN)
    if user.pk != by.person_id:
        check(by, Permission.TRAINING_TEAM)
    # Locked, so that nobody is given two places on one course in the same moment.
    people = User.objects.select_for_update(no_key=True).filter(training_reach(by), pk=user.pk)
    if not people.filter(is_active=True).exists():
        raise Refused(_("You do not see this person's training."), verb="booking.add")
    held = _open(held, by=by)
    theirs = Booking.objects.visible_to(by).standing().filter(user=user)
    if found := theirs.filter(date=held).first():
        return found
    if theirs.filter(date__course=held.course, date__ends_on__gte=clocks.today()).exists():
        raise Conflict(
            _("They have a place on the same course on another day. Give that back first.")
        )
    if _standing(held) >= held.places:
        raise Conflict(_("Every place is taken. Choose another date."))
    made = add(Booking(date=held, user=user, booked_at=clocks.now(), booked_by_id=by.person_id))
    audit.record("booking.added", by=by, of=made, user=str(user.pk), course=held.course_id)
    return made


@transaction.atomic
def give_back(*, by: Actor, booking: Booking) -> Booking:
    """The place is free for somebody else. Twice is once."""
    check(by, Permission.TRAINING_OWN)
    booking = _of(booking, by=by)
    if booking.ended_at is not None:
        return booking
    if booking.date.ends_on < clocks.today() or booking.attended is not None:
        raise Conflict(_("It is over. Whoever keeps the training says who attended."))
    booking.ended_at, booking.ended_by_id = clocks.now(), by.person_id
    booking.save(update_fields=["ended_at", "ended_by"])
    audit.record("booking.given_back", by=by, of=booking, user=str(booking.user_id))
    return booking


@transaction.atomic
def know(*, by: Actor, booking: Booking) -> Booking:
    """They know that what they had a place on is called off. Twice is once."""
    check(by, Permission.TRAINING_OWN)
    booking = _of(booking, by=by)
    if booking.user_id != by.person_id:
        raise Refused(_("Only they say so themselves."), verb="booking.know")
    if booking.lost and booking.known_at is None:
        booking.known_at = clocks.now()
        booking.save(update_fields=["known_at"])
    return booking


@transaction.atomic
def mark(*, by: Actor, held: CourseDate, attended: Collection[UUID]) -> int:
    """Of everybody with a place it is on record whether they came; of those who did, that they completed the course.

    `attended` are bookings; how many were marked now. Nobody is marked twice, and somebody else verifies each record.
    """
    check(by, Permission.TRAINING_RECORD)
    held = _locked(held, by=by)
    if held.called_off_at is not None or held.ends_on > clocks.today():
        raise Conflict(_("It is not over yet, or was called off."))
    rows = Booking.objects.visible_to(by).standing().filter(date=held, attended=None)
    marked = list(rows.select_related("user"))
    for booking in marked:
        booking.attended = booking.pk in attended
        booking.marked_at, booking.marked_by_id = clocks.now(), by.person_id
        if booking.attended:
            _completed(booking, held, by=by)
    Booking.objects.visible_to(by).bulk_update(marked, ["attended", "marked_at", "marked_by"])
    audit.record("course-date.marked", by=by, of=held, marked=len(marked))
    return len(marked)


def _completed(booking: Booking, held: CourseDate, *, by: Actor) -> None:
    completed = booking.user.training.filter(course=held.course, completed_on=held.ends_on)
    if not completed.exists():  # somebody may have recorded it with the certificate before
        record_training(
            by=by,
            user=booking.user,
            course=held.course,
            provider=held.provider,
            completed_on=held.ends_on,
            expires_on=expiry(held.course, held.ends_on),
        )


def _locked(held: CourseDate, *, by: Actor) -> CourseDate:
    rows = CourseDate.objects.select_for_update(of=("self",)).select_related("course")
    return rows.get(pk=held.pk, force=by.own_force_id)


def _open(held: CourseDate, *, by: Actor) -> CourseDate:
    held = _locked(held, by=by)
    if held.called_off_at is not None:
        raise Conflict(_("It is called off. Choose another date."))
    if held.begins_on < clocks.today():
        raise Conflict(_("It has begun already. Choose another date."))
    return held


def _standing(held: CourseDate) -> int:
    """How many have a place, whoever asks: a count names nobody."""
    return held.bookings.filter(ended_at=None).count()


def _of(booking: Booking, *, by: Actor) -> Booking:
    """One's own, or of one's people by whoever looks after their training."""
    rows = Booking.objects.select_for_update(of=("self",)).select_related("date")
    found = rows.get_visible(by, pk=booking.pk)
    if found.user_id != by.person_id:
        check(by, Permission.TRAINING_TEAM)
    return found
