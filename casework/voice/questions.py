"""The room of the questions: which are asked at which point, what may be answered, and in which languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from casework.nrm.leaflets import ENGLISH, Leaflet, written_in

HERE = Path(__file__).parent / "words"
SKIP = "skip"
WORDS_MOST = 2000


class Point(TextChoices):
    """When somebody is asked: after what they have just been through [domain 1.4, R1]."""

    FIRST_CONTACT = "first_contact", _("After the first contact")
    INTERVIEW = "interview", _("After an interview")
    DECISION = "decision", _("After a decision")
    CLOSURE = "closure", _("When the case is closed")


class Disengaging(TextChoices):
    """Why somebody stops, or finds it hard to go on talking to the police [super-complaint; domain 1.4 and 10]."""

    NOTHING = "nothing", _("Nothing does")
    AFRAID = "afraid", _("Afraid for themselves or their family")
    IMMIGRATION = "immigration", _("Afraid that they must leave the country")
    PROSECUTED = "prosecuted", _("Afraid of being punished themselves")
    DISTRUST = "distrust", _("Do not trust the police")
    REPEATING = "repeating", _("Had to tell it again and again")
    SILENCE = "silence", _("Nobody told them what was happening")
    SUPPORT = "support", _("Need a home, money or care first")
    PRESSURE = "pressure", _("Somebody does not want them to talk to the police")
    MOVE_ON = "move_on", _("Want to leave it behind")


@dataclass(frozen=True)
class Question:
    """One question: the name of its sentence, and the names of the answers. `several` may be true at once."""

    name: str
    answers: tuple[str, ...]
    several: bool = False


PARTLY = ("yes", "partly", "no")
SAFE = Question("safe_now", ("yes", "no", "not_sure"))
COMPLAIN = Question("complain", ("yes", "no"))
STOPPING = Question("stopping", tuple(Disengaging.values), several=True)
# Four at each point, and a box for what they want to say themselves.
ASKED: Mapping[str, tuple[Question, ...]] = {
    Point.FIRST_CONTACT: (
        SAFE,
        Question("understood", PARTLY),
        Question("respect", PARTLY),
        COMPLAIN,
    ),
    Point.INTERVIEW: (
        SAFE,
        Question("listened", PARTLY),
        Question("interpreter", (*PARTLY, "no_interpreter")),
        COMPLAIN,
    ),
    Point.DECISION: (SAFE, Question("told", PARTLY), STOPPING, COMPLAIN),
    Point.CLOSURE: (SAFE, Question("in_touch", PARTLY), STOPPING, COMPLAIN),
}


def sheets() -> Mapping[str, Leaflet]:
    """The sentences in every language in which anybody may be asked here.

    What no translator has checked is for the demonstration alone: nobody real is asked in it.
    """
    every = written_in(HERE)
    return {code: each for code, each in every.items() if each.checked or settings.DEMO}


def all_checked() -> bool:
    """Whether a translator has checked every language in which anybody may be asked here."""
    return all(sheet.checked for sheet in sheets().values())


def sheet_of(code: str) -> Leaflet:
    """The sentences in a language; in English where it is none of ours, or not to be used yet."""
    known = sheets()
    return known.get(code, known[ENGLISH])


def read(point: str, given: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """An answer to each question of the point: what is left out, or is no answer to it, was skipped."""
    return {
        question.name: _several(question, given.get(question.name))
        if question.several
        else _one(question, given.get(question.name))
        for question in ASKED[point]
    }


def _one(question: Question, given: Any) -> str:
    return given if isinstance(given, str) and given in question.answers else SKIP


def _several(question: Question, given: Any) -> str | list[str]:
    wanted = given if isinstance(given, Iterable) and not isinstance(given, str) else ()
    chosen = [answer for answer in question.answers if answer in set(wanted)]
    # Whoever ticks "nothing" beside a reason has a reason.
    reasons = [answer for answer in chosen if answer != Disengaging.NOTHING]
    return reasons or chosen or SKIP


def is_unsafe(answers: Mapping[str, Any]) -> bool:
    """Whether somebody must see to their safety at once: not safe, not sure, or kept from talking."""
    return answers.get(SAFE.name) in {"no", "not_sure"} or Disengaging.PRESSURE in answers.get(
        STOPPING.name, ()
    )


def is_complaint(answers: Mapping[str, Any]) -> bool:
    """Whether they want to complain."""
    return answers.get(COMPLAIN.name) == "yes"
