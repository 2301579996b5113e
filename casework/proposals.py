"""The room of whom to give a case: what was looked at, the hard rules, and the order proposed, with its reasons.

`consider` reads once; everything after that is reckoned from what it read and nothing else. It is kept with the
decision, so that the same answer can be reckoned again. The points are a force default: no source gives any.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import clocks
from accounts.actors import Actor
from accounts.models import GrantKind, OfficerGender, Restriction
from accounts.permissions import Role
from accounts.scoping import REACH, reach_values
from casework.models import Case, CaseStatus
from pages.due import on_the_wall
from training.models import Purpose
from training.rules import Shortfall, shortfalls_of
from victims.models import OfficerPreference, RiskLevel

VERSION = 1
"""Goes up with any change of what is looked at, of a hard rule or of the points."""

PROPOSED = 3
"""So many are proposed; whoever chooses somebody else says why."""


class Asked(TypedDict):
    """What the case and its person ask of an owner."""

    language: str
    prefers: str
    closely: bool


class Lack(TypedDict):
    """A course that somebody lacks for owning a case."""

    course: str
    name: str
    reason: str
    blocks: bool


class Candidate(TypedDict):
    """What was known of one officer."""

    id: str
    name: str
    investigator: bool
    away_until: str | None
    closed_to: bool
    named: bool
    lacking: list[Lack]
    speaks: list[str]
    gender: str
    on_duty: bool
    open: int
    high_risk: int
    knows: bool


class Considered(TypedDict):
    """Everything that the proposal rests on, as it was at that time."""

    version: int
    at: str
    asked: Asked
    people: list[Candidate]


# Those who may be asked: the unit's investigators, or the force's where the unit has none. What they hold is counted as
# far as the reader sees it.
PEOPLE = f"""
WITH able AS (
    SELECT u.id, u.name, u.unit_id, u.languages, u.officer_gender FROM accounts_user u
     WHERE u.is_active AND u.force_id = %(force)s AND EXISTS (
           SELECT 1 FROM accounts_roleheld r WHERE r.user_id = u.id AND r.role = '{Role.INVESTIGATOR}')
), people AS (
    SELECT * FROM able
     WHERE unit_id = %(unit)s OR NOT EXISTS (SELECT 1 FROM able WHERE unit_id = %(unit)s)
), held AS (
    SELECT c.owner_id, count(*) AS open, count(*) FILTER (WHERE v.risk = '{RiskLevel.HIGH}') AS high
      FROM casework_case c JOIN victims_victim v ON v.id = c.victim_id
     WHERE c.owner_id IN (SELECT id FROM people) AND c.status <> '{CaseStatus.CLOSED}' AND c.id <> %(case)s
       AND {REACH.format(of="c")}
     GROUP BY c.owner_id
)
SELECT p.id, p.name, p.languages, p.officer_gender,
       (SELECT a.ends_at FROM accounts_absence a
         WHERE a.user_id = p.id AND a.starts_at <= %(at)s AND a.ends_at > %(at)s LIMIT 1),
       EXISTS (SELECT 1 FROM accounts_scopebar b
                WHERE b.scope_id = %(scope)s AND b.user_id = p.id AND b.ended_at IS NULL),
       EXISTS (SELECT 1 FROM accounts_scopegrant g
                WHERE g.scope_id = %(scope)s AND g.user_id = p.id AND g.kind = '{GrantKind.TEAM}'
                  AND g.starts_at <= %(at)s AND (g.ends_at IS NULL OR g.ends_at > %(at)s)),
       accounts_on_duty(p.id, %(at)s), coalesce(h.open, 0), coalesce(h.high, 0),
       EXISTS (SELECT 1 FROM casework_allocation l WHERE l.case_id = %(case)s AND l.owner_id = p.id)
         OR p.id = %(logged_by)s
  FROM people p LEFT JOIN held h ON h.owner_id = p.id
 ORDER BY p.name, p.id
"""  # nosec B608 - only our own words


def consider(case: Case, *, by: Actor, at: datetime) -> Considered:
    """What the case asks and what is known of everybody who may be asked; two questions, however many people."""
    with connection.cursor() as cursor:
        cursor.execute(
            PEOPLE,
            reach_values(by)
            | {
                "force": case.scope.force_id,
                "unit": case.scope.unit_id,
                "scope": case.scope_id,
                "case": case.pk,
                "logged_by": case.logged_by_id,
                "at": at,
            },
        )
        rows = cursor.fetchall()
    lacking = shortfalls_of([row[0] for row in rows], purpose=Purpose.OWN_CASE, on=clocks.today())
    return {
        "version": VERSION,
        "at": at.isoformat(),
        "asked": {
            "language": case.victim.language,
            "prefers": case.victim.officer_preference,
            "closely": case.scope.restriction != Restriction.STANDARD,
        },
        "people": [_candidate(row, lacking[row[0]]) for row in rows],
    }


def _candidate(row: tuple[Any, ...], lacking: list[Shortfall]) -> Candidate:
    user_id, name, languages, gender, away_until, closed_to, named, on_duty, held, high, knows = row
    return {
        "id": str(user_id),
        "name": name,
        "investigator": True,
        "away_until": away_until.isoformat() if away_until else None,
        "closed_to": closed_to,
        "named": named,
        "lacking": [as_lack(each) for each in lacking],
        "speaks": [each.strip() for each in languages.split(",") if each.strip()],
        "gender": gender,
        "on_duty": on_duty,
        "open": held,
        "high_risk": high,
        "knows": knows,
    }


def as_lack(found: Shortfall) -> Lack:
    """A course that somebody lacks, as it is kept."""
    return {
        "course": found.course,
        "name": found.name,
        "reason": str(found.reason),
        "blocks": found.blocks,
    }


def stopped(asked: Asked, person: Candidate) -> str:
    """The hard rule that keeps the case from them, in words; empty when none does. No reason overrides it."""
    if not person["investigator"]:
        return _("is not an investigator")
    if person["closed_to"]:
        return _("has a conflict of interest: the case is closed to them")
    if asked["closely"] and not person["named"]:
        return _("is not on the named team of this case, which is held closely")
    if person["away_until"]:
        until = datetime.fromisoformat(person["away_until"])
        return _("is away until %s") % on_the_wall(until, until)
    return ""


def lacks_training(person: Candidate) -> bool:
    """Whether they lack a course without which the case is theirs only for a reason that a lead reviews."""
    return any(each["blocks"] for each in person["lacking"])


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for somebody, or against: its points, and the words."""

    points: int
    words: str


@dataclass(frozen=True)
class Proposed:
    """Somebody who may be given the case, and why they stand where they do. `place` counts from 1."""

    place: int
    person: Candidate
    points: int
    reasons: list[Reason]

    @property
    def is_proposed(self) -> bool:
        """Whether they are among the first, with the training that the act demands."""
        return self.place <= PROPOSED and not lacks_training(self.person)

    def why(self) -> str:
        """The reasons as one line: "Speaks Vietnamese +30. On duty now +20. Holds 3 open cases -6"."""
        return ". ".join(
            f"{reason.words} {reason.points:+d}" if reason.points else reason.words
            for reason in self.reasons
        )


def propose(considered: Considered) -> list[Proposed]:
    """Everybody whom no hard rule stops, the fittest first; who lacks required training after all others.

    Reckoned from what was considered alone, so that it is the same whenever it is asked again.
    """
    asked = considered["asked"]
    able = [person for person in considered["people"] if not stopped(asked, person)]
    weighed = [(person, weigh(asked, person)) for person in able]
    weighed.sort(
        key=lambda pair: (
            lacks_training(pair[0]),
            -sum(reason.points for reason in pair[1]),
            pair[0]["open"],
            pair[0]["id"],
        )
    )
    return [
        Proposed(place, person, sum(reason.points for reason in reasons), reasons)
        for place, (person, reasons) in enumerate(weighed, 1)
    ]


def kept_from(considered: Considered) -> list[tuple[Candidate, str]]:
    """Those whom a hard rule stops, each with the rule."""
    found = [(person, stopped(considered["asked"], person)) for person in considered["people"]]
    return [(person, why) for person, why in found if why]


WISHES = {OfficerPreference.WOMAN: OfficerGender.WOMAN, OfficerPreference.MAN: OfficerGender.MAN}


def weigh(asked: Asked, person: Candidate) -> list[Reason]:
    """What speaks for the person and against, the weightiest first."""
    found = [*_of_language(asked, person), *_of_wish(asked, person)]
    found.append(Reason(20, _("On duty now")) if person["on_duty"] else Reason(0, _("Off duty")))
    if person["knows"]:
        found.append(Reason(15, _("Knows this case")))
    if person["open"]:
        words = ngettext("Holds %d open case", "Holds %d open cases", person["open"])
        found.append(Reason(-2 * person["open"], words % person["open"]))
    if person["high_risk"]:
        words = ngettext("%d of high risk", "%d of high risk", person["high_risk"])
        found.append(Reason(-3 * person["high_risk"], words % person["high_risk"]))
    warnings = sum(not each["blocks"] for each in person["lacking"])
    if warnings:
        words = ngettext("%d course to be looked at", "%d courses to be looked at", warnings)
        found.append(Reason(-5 * warnings, words % warnings))
    return sorted(found, key=lambda reason: -abs(reason.points))


def _of_language(asked: Asked, person: Candidate) -> list[Reason]:
    wanted = asked["language"].strip()
    if not wanted or wanted.casefold() == "english":
        return []
    spoken = {each.casefold() for each in person["speaks"]}
    if spoken & {wanted.casefold(), wanted.casefold().replace(",", " ").split()[0]}:
        return [Reason(30, _("Speaks %s") % wanted)]
    return [Reason(0, _("Not known to speak %s") % wanted)]


def _of_wish(asked: Asked, person: Candidate) -> list[Reason]:
    wanted = WISHES.get(OfficerPreference(asked["prefers"]))
    if wanted is None:
        return []
    if not person["gender"]:
        return [Reason(0, _("Whether this is the woman or man they asked for is not recorded"))]
    if person["gender"] == wanted:
        return [Reason(20, _("Is the woman or man that the person would rather speak to"))]
    return [Reason(-20, _("The person would rather speak to somebody of another gender"))]
