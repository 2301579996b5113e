"""Invented records for the numbers: a few cases of all shapes, written straight into the tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st

import clocks
from accounts.models import Agency, Force, GrantKind, Restriction, Scope, ScopeGrant, User
from casework.models import (
    Asking,
    Case,
    CaseEvent,
    CaseStatus,
    ClosingOutcome,
    Closure,
    Contact,
    ContactOutcome,
    DutyToNotify,
    NrmReferral,
    VoiceAnswer,
)
from casework.voice.questions import ASKED, Point
from followups.models import FollowUp, FollowUpState
from referrals.models import ReferralStatus, SupportReferral
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from training.models import Course, Requirement, TrainingRecord
from victims.models import AgeBand, Channel, Need, NeedKind

HOUR = timedelta(hours=1)
# Around the edges of what the numbers tell apart, and far from them.
AGO = st.one_of(
    st.sampled_from([1, 23, 24, 25, 71, 73, 167, 169, 336, 337, 671, 673]), st.integers(1, 9_000)
)
RULES = ["crime-not-recorded", "contact-lapsed", "review-due"]


@dataclass(frozen=True)
class Told:
    """What was recorded of one person: whose the case is, since when, and all that happened in it."""

    unit: str
    seen: str  # standard, restricted, or restricted and granted to Sade
    ago: int
    status: CaseStatus
    age: AgeBand
    language: str
    contacts: tuple[tuple[int, ContactOutcome], ...]
    duties: tuple[tuple[int, FollowUpState], ...]
    told_home_office: tuple[str, ...] = ()
    closed_as: tuple[tuple[int, ClosingOutcome, bool], ...] = ()
    needs: tuple[tuple[NeedKind, bool], ...] = ()
    asked: tuple[tuple[int, ReferralStatus, NeedKind, int, int], ...] = ()
    heard: tuple[tuple[int, Point, Mapping[str, Any]], ...] = ()
    had_a_part: str = ""  # who wrote in its history what only they do who work in a case


HOME_OFFICE = st.lists(st.sampled_from(["submitted", "withdrawn", "dtn"]), max_size=2, unique=True)
# Lost contact is an end only once it was considered whether the person is missing.
ENDS = [each for each in ClosingOutcome if each != ClosingOutcome.NO_CONTACT]
KINDS = [NeedKind.HEALTH, NeedKind.LEGAL]
STATES = [
    *(ReferralStatus.DRAFT, ReferralStatus.SENT, ReferralStatus.ACCEPTED),
    *(ReferralStatus.IN_PROGRESS, ReferralStatus.DECLINED, ReferralStatus.WITHDRAWN),
]
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "safe_now": st.sampled_from(["yes", "no", "not_sure", "skip"]),
        **{
            name: st.sampled_from(["yes", "partly", "no", "skip", "no_interpreter"])
            for name in ("understood", "respect", "listened", "interpreter", "told", "in_touch")
        },
        "stopping": st.sampled_from(["skip", ["nothing"], ["afraid"], ["afraid", "silence"]]),
    },
)
TOOK = st.sampled_from([0, 1, 24, 25, 48, 49, 73, 168, 169, 400])
PEOPLE = st.builds(
    Told,
    unit=st.sampled_from(["harbour-road", "harbour-road", "fellgate"]),
    seen=st.sampled_from(["standard", "standard", "standard", "restricted", "granted"]),
    ago=AGO,
    status=st.sampled_from(
        [CaseStatus.DRAFT, CaseStatus.NEW, CaseStatus.ALLOCATED, CaseStatus.CLOSED]
    ),
    age=st.sampled_from(list(AgeBand)),
    language=st.sampled_from(["", "Albanian", "vietnamese (north)", "Klingon"]),
    contacts=st.lists(st.tuples(AGO, st.sampled_from(list(ContactOutcome))), max_size=4).map(tuple),
    duties=st.lists(
        st.tuples(st.integers(-200, 9_000), st.sampled_from(list(FollowUpState))), max_size=3
    ).map(tuple),
    told_home_office=HOME_OFFICE.map(tuple),
    closed_as=st.lists(st.tuples(AGO, st.sampled_from(ENDS), st.booleans()), max_size=1).map(tuple),
    needs=st.lists(
        st.tuples(st.sampled_from(KINDS), st.booleans()), max_size=2, unique_by=lambda need: need[0]
    ).map(tuple),
    asked=st.lists(
        st.tuples(AGO, st.sampled_from(STATES), st.sampled_from(KINDS), TOOK, TOOK), max_size=2
    ).map(tuple),
    heard=st.lists(st.tuples(AGO, st.sampled_from(list(Point)), ANSWERS), max_size=2).map(tuple),
    had_a_part=st.sampled_from(["", "", "sade", "ines"]),
)
WORLDS = st.lists(PEOPLE, max_size=6)


def build(cast: Cast, told: Told, at: datetime) -> Case:
    """The case with its person and all that happened."""
    scope = _scope(cast, told, at)
    logged = at - told.ago * HOUR
    case = make_case(
        victim=make_victim(scope, age_band=told.age, language=told.language),
        status=told.status,
        owner=None if told.status == CaseStatus.NEW else cast.olu,
        at=logged,
    )
    for ago, outcome in told.contacts:
        then = at - ago * HOUR
        Contact.objects.create(
            scope=scope, case=case, at=then, by=cast.olu, recorded_at=then, outcome=outcome,
            channel=Channel.PHONE, next_at=then + HOUR,
        )  # fmt: skip
    for place, (ago, state) in enumerate(told.duties):
        _duty(case, RULES[place], at - ago * HOUR, state, at)
    _home_office(case, told, at)
    for kind, ended in told.needs:
        Need.objects.create(
            scope=scope, victim=case.victim, kind=kind, found_at=logged, found_by=cast.olu,
            ended_at=at if ended else None,
        )  # fmt: skip
    for agency, one in zip((cast.harbour, cast.beacon), told.asked, strict=False):
        _asked(case, agency, one, at)
    for ago, point, answers in told.heard:
        say(case, at - ago * HOUR, point, answers)
    if told.had_a_part:
        CaseEvent.objects.create(
            scope=scope, case=case, kind="note", at=at, recorded_at=at, text="x",
            by=User.objects.get(username=told.had_a_part),
        )  # fmt: skip
    return case


def say(case: Case, then: datetime, point: Point, answers: Mapping[str, Any]) -> None:
    """What somebody answered of the questions of that point; nothing at all is an answer that was skipped."""
    asking = Asking.objects.create(
        scope=case.scope, case=case, at=then, recorded_at=then, point=point, way="in_person",
        language="en", by=User.objects.get(username="olu"),
    )  # fmt: skip
    given = {each.name: answers[each.name] for each in ASKED[point] if each.name in answers}
    VoiceAnswer.objects.create(
        asking=asking, force=case.scope.force, at=then, skipped=not given, answers=given,
        unsafe=False, complaint=False, has_words=False,
    )  # fmt: skip


def _home_office(case: Case, told: Told, at: datetime) -> None:
    fact = {"scope": case.scope, "case": case, "at": case.logged_at, "recorded_at": at}
    for what in told.told_home_office:
        if what == "dtn":
            DutyToNotify.objects.create(**fact)
        else:
            NrmReferral.objects.create(status=what, **fact)
    for ago, outcome, agreed in told.closed_as:
        Closure.objects.create(
            outcome=outcome, explanation="x", no_contact_reason="x", by=case.logged_by, agreed=agreed,
            decided_by=User.objects.get(username="sade"), decided_at=at - ago * HOUR, **fact,
        )  # fmt: skip


def _asked(
    case: Case, agency: Agency, one: tuple[int, ReferralStatus, NeedKind, int, int], at: datetime
) -> None:
    ago, status, kind, answered, reached = one
    sent = at - ago * HOUR
    values: dict[str, Any] = {"status": status}
    if status != ReferralStatus.DRAFT:
        values |= {
            "sent_at": sent,
            "legal_basis": "x",
            "told_to": "worker",
            "no_contact_reason": "through_us",
        }
    if status in (ReferralStatus.ACCEPTED, ReferralStatus.IN_PROGRESS):
        values |= {"accepted_at": sent + answered * HOUR, "worker_name": "x"}
    if status == ReferralStatus.IN_PROGRESS:
        values |= {"first_contact_at": sent + (answered + reached) * HOUR}
    if status == ReferralStatus.DECLINED:
        values |= {"declined_at": sent + answered * HOUR, "decline_reason": "no_capacity"}
    SupportReferral.objects.create(
        scope=case.scope, case=case, agency=agency, force=case.scope.force, needs=[kind],
        created_at=sent, created_by=case.logged_by, changed_at=at, **values,
    )  # fmt: skip


def _scope(cast: Cast, told: Told, at: datetime) -> Scope:
    unit = cast.unit if told.unit == "harbour-road" else cast.other_unit
    restricted = told.seen != "standard"
    scope = make_scope(
        unit, restriction=Restriction.RESTRICTED if restricted else Restriction.STANDARD
    )
    if told.seen == "granted":
        ScopeGrant.objects.create(
            scope=scope, force=cast.force, user=cast.sade, kind=GrantKind.TEAM, starts_at=at - HOUR
        )
    return scope


def _duty(case: Case, rule: str, due: datetime, state: FollowUpState, at: datetime) -> None:
    owed = state in (FollowUpState.OPEN, FollowUpState.QUARANTINED)
    unknown = state == FollowUpState.QUARANTINED
    FollowUp.objects.create(
        rule=rule, subject_id=uuid4(), occurrence=uuid4(), case=case, scope=case.scope,
        force=case.scope.force, unit=case.scope.unit, since=due, clock="standard",
        due_at=None if unknown else due, state=state, first_seen_at=due, changed_at=at,
        ended_at=None if owed else at, end_reason="" if owed else "done",
    )  # fmt: skip


RECORDS = st.lists(
    st.tuples(
        st.sampled_from(["olu", "sade", "rhys", "petra"]),
        st.integers(0, 20),
        st.integers(-3, 900),
        st.none() | st.sampled_from([-400, -1, 0, 1, 60, 61, 400]),
    ),
    max_size=8,
)
"""Courses that somebody has: whose, which of those required, completed so many days ago, lapsing in so many days."""


def train(rows: list[tuple[str, int, int, int | None]], at: datetime) -> None:
    """The records are on the register."""
    today, day = clocks.today(), timedelta(days=1)
    courses = ["first", "second", "third"]
    force = Force.objects.get(slug="northmoor")
    for place, slug in enumerate(courses):
        Course.objects.create(slug=slug, name=slug)
        for of in (None, force)[place % 2 :]:
            for role in ("responder", "investigator"):
                Requirement.objects.create(course_id=slug, role=role, purpose="role", force=of)
        if place:
            Requirement.objects.create(
                course_id=slug, role="investigator", purpose="own_case", force=force
            )
    for who, course, ago, lasts in rows:
        completed = today - ago * day
        TrainingRecord.objects.get_or_create(
            user=User.objects.get(username=who),
            course_id=courses[course % len(courses)],
            completed_on=completed,
            defaults={
                "provider": "College",
                "expires_on": None if lasts is None else max(completed, today + lasts * day),
                "recorded_at": at,
                "recorded_by": User.objects.get(username="bronwen"),
            },
        )
