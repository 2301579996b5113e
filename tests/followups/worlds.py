"""Invented records for the numbers: a few cases of all shapes, written straight into the tables."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from hypothesis import strategies as st

from accounts.models import GrantKind, Restriction, Scope, ScopeGrant
from casework.models import Case, CaseStatus, Contact, ContactOutcome
from followups.models import FollowUp, FollowUpState
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from victims.models import AgeBand, Channel

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
    return case


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
