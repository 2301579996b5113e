"""What the officers of the invented force have learnt: mostly current, some about to lapse, some lapsed, one gap."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.core.management import call_command

import clocks
from accounts.actors import Actor
from accounts.auth import actor_of
from accounts.models import Force, User
from training.actions import add_date, add_learning, book, call_off, see_learning
from training.models import (
    Booking,
    Course,
    CourseDate,
    LearningKind,
    Purpose,
    Requirement,
    TrainingRecord,
)

GAP = "teo"  # owns cases in spite of a course that they lack
PROVIDERS = (
    "Northmoor Police learning and development",
    "Invented College of Policing courses",
    "Moorland Training Ltd",
)
# Asked of nobody, and needed by whoever interviews for evidence.
INTERVIEWERS = (
    ("petra", "abe-tier-3"),
    ("olu", "abe-tier-2-adult"),
    ("bram", "abe-tier-2-adult"),
    ("juno", "abe-tier-2-child"),
)
# Course, working days from today, how many of them, where, how many places, who has one.
CALLED_OFF = "Tern Street, room 2"
HELD: tuple[tuple[str, int, int, str, int, tuple[str, ...]], ...] = (
    ("ms-awareness", 5, 1, "Online", 30, ("teo",)),
    ("ms-investigator", 9, 4, "Northmoor headquarters, room 4", 2, ("olu", "petra")),
    ("abe-tier-2-child", 14, 5, "Fellgate training centre", 8, ("bram",)),
    ("ms-supervisor", 19, 1, "Online", 12, ()),
    ("pip2", 29, 10, "Fellgate training centre", 10, ("teo",)),
    ("ms-investigator", 39, 4, CALLED_OFF, 10, ("juno",)),
    ("ms-investigator", 44, 4, "Northmoor headquarters, room 4", 12, ()),
)
# Who learned beside a course, how many days ago, how, what about, in how many hours, and whether somebody saw it.
LEARNED: tuple[tuple[str, int, LearningKind, str, str, bool], ...] = (
    ("olu", 12, LearningKind.BRIEFING, "What a navigator does, by the navigators", "1.5", True),
    ("olu", 40, LearningKind.COACHING, "Sat in on an interview with an interpreter", "4", True),
    (
        "olu",
        2,
        LearningKind.READING,
        "The national referral, the guidance of this year",
        "2",
        False,
    ),
    ("petra", 70, LearningKind.CONFERENCE, "Forced labour on farms", "6.5", True),
    ("sade", 25, LearningKind.TEACHING, "A talk for front counters on first signs", "1", True),
    ("bram", 9, LearningKind.REVIEW, "A debrief after a visit to a car wash", "1", False),
)
LONG = (None, Decimal(6), Decimal(12), Decimal(24))  # hours that a course took; of some nobody said
BEFORE_ANY_CASE = 140  # days: older than every case, so that whoever was given one was trained then


def train_everybody(rng: Random) -> None:
    """The courses are those of the catalogue, and everybody has records of what their roles ask for."""
    call_command("load_courses", verbosity=0)
    today = clocks.today()
    people = User.objects.filter(force__isnull=False, is_active=True).order_by("username")
    made: list[TrainingRecord] = []
    for user in people.prefetch_related("roles"):
        roles = [held.role for held in user.roles.all()]
        asked: dict[str, list[Requirement]] = {}
        rows = Requirement.objects.must().filter(role__in=roles).select_related("course")
        for requirement in rows.order_by("course", "pk"):
            asked.setdefault(requirement.course_id, []).append(requirement)
        records = [_record(user, requirements, today, rng) for requirements in asked.values()]
        made += [record for record in records if record]
    _verify(made, rng)
    TrainingRecord.objects.bulk_create([*made, *_interviewers(today)], ignore_conflicts=True)


def hold_courses() -> None:
    """Courses are held in the weeks to come; one is over and not marked, one is called off. Twice is once."""
    if CourseDate.objects.exists():
        return
    bronwen = actor_of(User.objects.get(username="bronwen"), clocks.now())
    days = Force.objects.get(pk=bronwen.own_force_id).calendar.working_days()
    for course, ahead, long, where, places, taken in HELD:
        begins_on = days.step(clocks.today(), ahead)
        assert begins_on is not None, "The calendar of the invented force ends too early."
        held = add_date(
            by=bronwen,
            course=Course.objects.get(pk=course),
            provider=PROVIDERS[0],
            begins_on=begins_on,
            ends_on=days.step(begins_on, long - 1) or begins_on,
            where=where,
            places=places,
        )
        for username in taken:
            user = User.objects.get(username=username)
            book(by=actor_of(user, clocks.now()), held=held, user=user)
        if where == CALLED_OFF:
            call_off(by=bronwen, held=held)
    _is_over(bronwen)


def learn_beside() -> None:
    """What officers of the invented force learned without a course; somebody else has seen most. Twice is once."""
    today, now = clocks.today(), clocks.now()
    ines = actor_of(User.objects.get(username="ines"), now)
    for username, ago, kind, about, hours, is_seen in LEARNED:
        learned = add_learning(
            by=actor_of(User.objects.get(username=username), now),
            done_on=today - timedelta(days=ago),
            kind=kind,
            about=about,
            hours=Decimal(hours),
        )
        if is_seen:
            see_learning(by=ines, learning=learned)


def _is_over(bronwen: Actor) -> None:
    ended_on = clocks.today() - timedelta(days=3)
    held = CourseDate.objects.create(
        force_id=bronwen.own_force_id,
        course_id="ms-supervisor",
        provider=PROVIDERS[0],
        begins_on=ended_on,
        ends_on=ended_on,
        where="Online",
        places=12,
        added_at=_at_noon(ended_on - timedelta(days=40)),
        added_by_id=bronwen.person_id,
    )
    dov = User.objects.get(username="dov")
    at = _at_noon(ended_on - timedelta(days=20))
    Booking.objects.create(date=held, user=dov, booked_at=at, booked_by=dov)


def _interviewers(today: date) -> list[TrainingRecord]:
    completed_on = today - timedelta(days=BEFORE_ANY_CASE)
    at = _at_noon(completed_on)
    bronwen, ines = (User.objects.get(username=username) for username in ("bronwen", "ines"))
    return [
        TrainingRecord(
            user=User.objects.get(username=username),
            course_id=course,
            provider=PROVIDERS[0],
            completed_on=completed_on,
            expires_on=completed_on + timedelta(days=3 * 365),
            recorded_at=at,
            recorded_by=bronwen,
            verified_by=ines,
            verified_at=at + timedelta(days=1),
        )
        for username, course in INTERVIEWERS
    ]


def _record(
    user: User, asked: list[Requirement], today: date, rng: Random
) -> TrainingRecord | None:
    course = asked[0].course
    needed_for_cases = any(each.blocks or each.purpose == Purpose.OWN_CASE for each in asked)
    if user.username == GAP and needed_for_cases:
        return None
    if not needed_for_cases and rng.random() < 0.06:
        return None  # missing: the register shows it
    lasts = timedelta(days=course.lasts_months * 30) if course.lasts_months else None
    completed_on = today - timedelta(days=rng.randint(BEFORE_ANY_CASE, 330))
    if lasts:
        lapse = rng.random()
        if lapse < 0.06 and not needed_for_cases:
            completed_on = today - lasts - timedelta(days=rng.randint(3, 40))  # lapsed
        elif lapse < 0.18:
            completed_on = today - lasts + timedelta(days=rng.randint(8, 50))  # lapses soon
        elif lasts.days <= 330:
            newest = min(BEFORE_ANY_CASE, lasts.days // 2)
            completed_on = today - timedelta(days=rng.randint(newest, lasts.days - 70))
    return TrainingRecord(
        user=user,
        course=course,
        provider=rng.choice(PROVIDERS),
        completed_on=completed_on,
        expires_on=completed_on + lasts if lasts else None,
        recorded_at=_at_noon(completed_on + timedelta(days=2)),
        hours=LONG[completed_on.day % len(LONG)],
        recorded_by=user,
    )


def _verify(made: list[TrainingRecord], rng: Random) -> None:
    """The training administrator recorded them; the specialist lead, or a sergeant, has seen the proof of most."""
    bronwen, ines, sade = (
        User.objects.get(username=username) for username in ("bronwen", "ines", "sade")
    )
    for record in made:
        record.recorded_by = bronwen
        if record.user_id != bronwen.pk and rng.random() < 0.93:
            record.verified_by = sade if record.user_id == ines.pk else ines
            record.verified_at = record.recorded_at + timedelta(days=1)


def _at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clocks.LONDON)
