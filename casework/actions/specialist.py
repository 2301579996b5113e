"""The room of what only a specialist asks, and why somebody else did."""

from datetime import timedelta
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Refused
from accounts.permissions import Permission
from casework.models import Case, EventKind, OfMany, Party, Place, Situation
from casework.records import theirs
from training.models import TrainingRecord
from victims.models import ToldTopic, Topic

# Achieving best evidence: the courses of those who interview vulnerable people.
INTERVIEWER = "abe-"
# A reason given once holds for what the same officer writes in the same sitting.
SITTING = timedelta(hours=12)
# The parts of the account in which the person tells what happened to them; the others ask somebody else.
TELLING_PARTS = frozenset({"atrisk", "background", "exploitation", "opinion", "since", "situation"})
TELLING_ROWS: tuple[type[OfMany], ...] = (Situation, Place, Party)


class ForSpecialists(Refused):
    """Only a specialist asks about it, this one is none and gave no reason."""


def is_specialist(by: Actor) -> bool:
    """Whether they may ask what only specialists ask: by their role, or trained to interview vulnerable people."""
    if by.can(Permission.TESTIMONY_SPECIALIST):
        return True
    rows = TrainingRecord.objects.visible_to(by).current(clocks.today())
    return rows.filter(user_id=by.person_id, course__slug__startswith=INTERVIEWER).exists()


def only_specialists_ask(case: Case, by: Actor) -> list[ToldTopic]:
    """The marks that hold now, in any record of the person: topics about which only a specialist asks."""
    rows = ToldTopic.objects.visible_to(by).filter(victim__in=theirs(case, by))
    return rows.for_specialists()


def owes_reason(case: Case, by: Actor, marks: list[ToldTopic]) -> list[str]:
    """The marked topics for which this officer owes a reason before they write in the account.

    None for a specialist, nor for whoever gave their reason in this sitting.
    """
    topics = sorted(str(mark.topic) for mark in marks)
    if not topics or is_specialist(by):
        return []
    said = case.events.filter(
        kind=EventKind.EDITED, by_id=by.id, recorded_at__gte=clocks.now() - SITTING
    )
    return [] if said.filter(detail__not_specialist__contains=topics).exists() else topics


def check_asking(case: Case, by: Actor, *, why: str) -> dict[str, Any]:
    """What the history says of it, or `ForSpecialists` where a reason is owed and none is given."""
    topics = owes_reason(case, by, only_specialists_ask(case, by))
    if topics and not why.strip():
        raise ForSpecialists(sentence_about(topics), verb="account.ask")
    return {"not_specialist": topics} if topics else {}


def sentence_about(topics: list[str]) -> str:
    """What only a specialist asks about, and what to do now."""
    words = get_text_list([str(Topic(topic).label).lower() for topic in topics], _("or"))
    return (
        _("Only a specialist asks about %s. Say why you had to, or leave the account to them.")
        % words
    )
