"""The room of what the person has not been told yet: the list that an officer ticks off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices

from casework.models import SERVED, TO_BE_TOLD, Case, Decision, Happening, Informed, Subject


@dataclass(frozen=True)
class Thing:
    """One thing to tell: `key` names it in a form, `code` in the history, `at` is when it happened."""

    key: str
    subject: Subject
    words: str
    at: datetime
    code: str
    pk: str = ""


def things_to_tell(case: Case) -> list[Thing]:
    """Everything that nobody has told them, nor said why not; what happened last is first."""
    informed = list(case.informed.all())
    return sorted(_untold(case, informed), key=lambda thing: thing.at, reverse=True)


def _untold(case: Case, informed: Iterable[Informed]) -> Iterable[Thing]:
    done = {row.subject for row in informed} | {row.happening_id for row in informed}
    done |= {row.decision_id for row in informed}
    for subject in (Subject.REPORT, Subject.COMPENSATION):
        if subject not in done:
            yield Thing(str(subject), subject, str(subject.label), case.logged_at, str(subject))
    for event in case.happenings.filter(kind__in=TO_BE_TOLD):
        if event.pk not in done:
            yield _thing(Subject.HAPPENING, Happening(event.kind), event.at, event.pk)
    for decided in case.nrm_events.filter(kind__in=SERVED):
        if decided.pk not in done:
            yield _thing(Subject.DECISION, Decision(decided.kind), decided.at, decided.pk)


def _thing(subject: Subject, kind: TextChoices, at: datetime, pk: UUID) -> Thing:
    return Thing(f"{subject}:{pk}", subject, str(kind.label), at, str(kind), str(pk))
