"""Whatever is done to a case in whatever order: while it is open, somebody holds it and a next step is dated."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.scoping import NotVisible
from casework.actions import closing, duties, person
from casework.holding import holder
from casework.models import Case, CaseStatus, ClosingOutcome, ContactOutcome
from pages.answers import Answer
from tests.builders import make_case, make_victim
from tests.casework.steps import asked_to_close, decided, phone_rule, spoke
from tests.cast import Cast
from victims.models import AgeBand, ConsentOutcome, RiskLevel, Topic


def contact(case: Case, by: Actor, choice: int) -> None:
    spoke(case, by, outcome=list(ContactOutcome)[choice % 5])


def close(case: Case, by: Actor, choice: int) -> None:
    asked_to_close(case, by, outcome=list(ClosingOutcome)[choice % 6])


def decide(case: Case, by: Actor, choice: int) -> None:
    closing.decide_closing(case=case, by=by, agreed=choice % 2 == 0, note="Read it.")


def reopen(case: Case, by: Actor, choice: int) -> None:
    closing.reopen(case=case, by=by, reason="New facts.")


def consent(case: Case, by: Actor, choice: int) -> None:
    decided(case, by, list(ConsentOutcome)[choice % 3])


def refer(case: Case, by: Actor, choice: int) -> None:
    duties.submit_nrm(case=case, by=by, at=clocks.now())


def notify(case: Case, by: Actor, choice: int) -> None:
    duties.notify(case=case, by=by, at=clocks.now())


def risk(case: Case, by: Actor, choice: int) -> None:
    risk, again = list(RiskLevel)[1 + choice % 2], clocks.today() + timedelta(days=7)
    person.judge_risk(case=case, by=by, risk=risk, reason="Heard it.", review_on=again)


def tell(case: Case, by: Actor, choice: int) -> None:
    person.tell_topic(
        case=case,
        by=by,
        topic=list(Topic)[choice % 7],
        state="told",
        heard_at=clocks.now(),
        why_again="Asked by her." if choice % 2 else "",
    )


def rule(case: Case, by: Actor, choice: int) -> None:
    phone_rule(case, by, safe=list(Answer)[choice % 5])


def age(case: Case, by: Actor, choice: int) -> None:
    person.edit_case(
        case=case,
        by=by,
        versions=(case.version, case.victim.version),
        person={"age_band": list(AgeBand)[choice % 3]},
        details={},
    )


Act = Callable[[Case, Actor, int], None]
ACTS: tuple[Act, ...] = (
    contact,
    close,
    decide,
    reopen,
    consent,
    refer,
    notify,
    risk,
    tell,
    rule,
    age,
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTS),
        st.sampled_from(("olu", "sade", "ines", "rhys", "petra", "tarek")),
        st.integers(min_value=0, max_value=209),
    ),
    max_size=25,
)


@pytest.mark.usefixtures("db", "nothing_owed_above")
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS, status=st.sampled_from([CaseStatus.NEW, CaseStatus.ALLOCATED]))
def test_an_open_case_is_never_nobodys(
    steps: list[tuple[Act, str, int]], status: CaseStatus
) -> None:
    cast = Cast()
    actors = {name: cast.actor(name) for name in ("olu", "sade", "ines", "rhys", "petra", "tarek")}
    case = make_case(status=status, victim=make_victim(age_band=AgeBand.UNSURE))
    for act, username, choice in steps:
        lines, was = case.events.count(), case.status
        try:
            with transaction.atomic():
                act(case, actors[username], choice)
        except (Conflict, Refused, NotVisible):
            case.refresh_from_db()
            assert (case.events.count(), case.status) == (lines, was)
        holds(Case.objects.select_related("scope", "owner", "victim").get(pk=case.pk))
        case.refresh_from_db()


def holds(case: Case) -> None:
    """The invariant."""
    asked = case.closures.filter(decided_at=None).count()
    assert asked == (1 if case.status == CaseStatus.CLOSING else 0)
    assert (case.closed_at is not None) == (case.status == CaseStatus.CLOSED)
    for closure in case.closures.exclude(decided_at=None):
        assert closure.by_id != closure.decided_by_id
    if case.status == CaseStatus.CLOSED:
        return
    assert case.scope.unit_id is not None
    assert holder(case, clocks.now()) is not None
    latest = case.contacts.order_by("-recorded_at").first()
    if latest is not None:
        assert latest.next_at > latest.at
