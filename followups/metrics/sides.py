"""The room of the ways to part what is counted, each with the words of its codes."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from accounts.models import Agency, Unit
from casework.nrm.leaflets import ENGLISH, leaflets
from casework.voice.questions import SKIP, Disengaging, Point, sheets
from followups.metrics import Side, Words
from followups.rules import RULES
from followups.team_sql import BAND
from referrals.models import DeclineReason
from training.models import Course
from victims.models import AgeBand, NeedKind

OTHER, NOT_RECORDED = "other", "not-recorded"
LANGUAGES = {each.language.casefold(): each.language for each in leaflets().values()}
"""Languages by name, as leaflets have them: what somebody wrote down freely must not become a code in an address."""
_LANGUAGE = rf"""CASE WHEN v.language = '' THEN '{NOT_RECORDED}'
    ELSE coalesce(substring(lower(v.language) FROM '\m({"|".join(LANGUAGES)})\M'), '{OTHER}') END"""


def _rules() -> Mapping[str, Words]:
    return {slug: rule.act for slug, rule in RULES.items()}


def _agencies() -> Mapping[str, Words]:
    return dict(Agency.objects.values_list("slug", "name"))


def _units() -> Mapping[str, Words]:
    return {str(pk): name for pk, name in Unit.objects.values_list("pk", "name")}


def _courses() -> Mapping[str, Words]:
    return dict(Course.objects.values_list("slug", "name"))


def _languages() -> Mapping[str, Words]:
    return LANGUAGES | {
        OTHER: gettext_lazy("Another language"),
        NOT_RECORDED: gettext_lazy("No language recorded"),
    }


def _questions() -> Mapping[str, Words]:
    return sheets()[ENGLISH].sentences


def _reasons() -> Mapping[str, Words]:
    return dict(Disengaging.choices) | {SKIP: gettext_lazy("They did not want to say")}


AGE = Side("age", gettext_lazy("By age"), BAND, lambda: dict(AgeBand.choices))
LANGUAGE = Side("language", gettext_lazy("By language"), _LANGUAGE, _languages)
RULE = Side("rule", gettext_lazy("By duty"), "f.rule", _rules)
AGENCY = Side("agency", gettext_lazy("By agency"), "a.slug", _agencies)
REASON = Side(
    "reason", gettext_lazy("By reason"), "r.decline_reason", lambda: dict(DeclineReason.choices)
)
KIND = Side("kind", gettext_lazy("By kind of need"), "n.kind", lambda: dict(NeedKind.choices))
QUESTION = Side("question", gettext_lazy("By question"), "q.name", _questions)
STOPPING = Side("stopping", gettext_lazy("By reason"), "q.reason", _reasons)
POINT = Side(
    "point", gettext_lazy("By when they were asked"), "k.point", lambda: dict(Point.choices)
)
COURSE = Side("course", gettext_lazy("By course"), "s.course", _courses)


def place(row: str) -> Side:
    """By the unit whose place it is: exact places are sealed, and stay so."""
    return Side("place", gettext_lazy("By place: the unit"), f"{row}.unit_id::text", _units)
