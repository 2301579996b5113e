"""What can happen to cases, in any order, by any door: for the proofs with random operations."""

from datetime import datetime, timedelta

from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import Absence, User
from casework.models import Allocation, Case, CaseEvent, Closure, Contact, CrimeRecord, EventKind
from tests.builders import make_case
from tests.cast import Cast
from tests.followups.conftest import add_fact
from victims.models import Channel

PEOPLE = ("olu", "rhys")


def act(name: str, cases: list[Case], which: int, at: datetime, cast: Cast) -> None:
    """One thing happens; what cannot happen in this state does not."""
    if name in {"log", "draft"}:
        cases.append(make_case(at=at, status="draft" if name == "draft" else "allocated"))
        return
    person = User.objects.get(username=PEOPLE[which % 2])
    if name == "leave":
        with acting_as(engine("test"), at=at):
            User.objects.filter(pk=person.pk).update(is_active=False)
    elif name == "absent":
        if not Absence.objects.filter(user=person, ends_at__gt=at).exists():
            Absence.objects.create(
                user=person, kind="sick", starts_at=at, ends_at=at + timedelta(days=which + 1)
            )
    elif cases:
        case = cases[which % len(cases)]
        case.refresh_from_db()
        _in_case(name, case, at, person, cast)


def _in_case(name: str, case: Case, at: datetime, person: User, cast: Cast) -> None:
    row = Case.objects.filter(pk=case.pk)
    if name == "assign" and case.status in {"new", "allocated"}:
        Allocation.objects.filter(case=case, ended_at=None).update(ended_at=at)
        add_fact(Allocation, case, at, owner=person)
        row.update(status="allocated", owner=person)
    elif name == "unassign" and case.status == "allocated":
        Allocation.objects.filter(case=case, ended_at=None).update(ended_at=at)
        row.update(status="new", owner=None)
    elif name in {"contact", "try"} and case.status != "closed":
        outcome = "spoke" if name == "contact" else "tried"
        later = at + timedelta(days=3)
        add_fact(Contact, case, at, outcome=outcome, channel=Channel.PHONE, next_at=later)
    elif name == "crime":
        add_fact(CrimeRecord, case, at, number=f"C{at:%m%d%H}")
    elif name == "close" and case.status in {"new", "allocated"}:
        row.update(status="closing")
        row.update(status="closed", closed_at=at)
        add_fact(
            Closure, case, at, outcome="transferred", explanation="x", no_contact_reason="x",
            decided_at=at, decided_by=cast.sade, agreed=True,
        )  # fmt: skip
    elif name == "reopen" and case.status == "closed":
        row.update(status="new", owner=None, closed_at=None)
        add_fact(CaseEvent, case, at, kind=EventKind.REOPENED)
