"""The room of the team's queue: which open cases stand in which view, in what order, and in what words why."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models.query import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.models import Unit
from accounts.scoping import reach_values
from casework.models import CaseStatus, ContactOutcome
from clocks import WorkingDays
from followups.escalations import NOT_ESCALATED, Escalation
from followups.queues import ROWS_A_PAGE, about, ago
from followups.rules import RULES, STANDINGS, in_words
from followups.team_sql import BOARDS
from followups.team_sql import VIEWS as CONDITIONS
from pages.due import DueWords, due_words, on_the_wall

SOON = timedelta(hours=24)
TONIGHT = timedelta(hours=12)
LONGEST_PAGE = 7  # digits of a page's number; no queue has a million pages
HOLDING = ["no-owner", "owner-left", "owner-absent"]
AGENCIES = [
    "agency-not-answered",
    "agency-not-reached-person",
    "agency-review-due",
    "agency-has-not-seen",
    "referral-declined",
    "referral-called-off",
]


@dataclass(frozen=True)
class View:
    """A saved view of the queue: a link with a count that equals the rows behind it."""

    slug: str
    words: str


VIEWS = (
    View("all", gettext_lazy("Needs action")),  # type: ignore[arg-type]
    View("overdue", gettext_lazy("Overdue")),  # type: ignore[arg-type]
    View("soon", gettext_lazy("Due in 24 hours")),  # type: ignore[arg-type]
    View("no-owner", gettext_lazy("No owner")),  # type: ignore[arg-type]
    View("silent", gettext_lazy("Agency silent")),  # type: ignore[arg-type]
    View("new", gettext_lazy("New tonight")),  # type: ignore[arg-type]
    View("children", gettext_lazy("Children")),  # type: ignore[arg-type]
    View("quiet", gettext_lazy("Going quiet")),  # type: ignore[arg-type]
    View("closing", gettext_lazy("Closing checks")),  # type: ignore[arg-type]
    View("later", gettext_lazy("Nothing due yet")),  # type: ignore[arg-type]
)
TILES = ("overdue", "soon", "no-owner", "silent")


@dataclass(frozen=True)
class Row:
    """One case in the queue and the most urgent reason why it stands there."""

    case_id: UUID
    followup_id: UUID | None
    reference: str
    about: str
    due: str
    due_detail: str
    due_level: str
    standing: str
    why: str
    owner: str
    owner_away: str
    needs_owner: bool
    last_safe_contact: str
    version: int
    promise: str
    wanted: bool


@dataclass(frozen=True)
class Board:
    """What a supervisor sees: how many of how many, the counts of each view, and one page of rows."""

    open_cases: int
    counts: dict[str, int]
    rows: list[Row]
    page: Page[int]

    @property
    def no_owner(self) -> int:
        """How many have nobody; a template cannot ask for a key with a hyphen."""
        return self.counts["no-owner"]


@dataclass(frozen=True)
class Team:
    """Whose queue is read, by whom, at what time, with the working days that its words count in."""

    actor: Actor
    units: list[UUID]
    days: WorkingDays | None
    at: datetime

    def ask(self, statement: str, **more: Any) -> list[tuple[Any, ...]]:
        """The rows of one of the queue's statements, cut to what the actor may see."""
        values: dict[str, Any] = {
            "units": self.units,
            "at": self.at,
            "soon": self.at + SOON,
            "tonight": self.at - TONIGHT,
            "holding": HOLDING,
            "agencies": AGENCIES,
            "spoke": ContactOutcome.SPOKE.value,
        }
        with connection.cursor() as cursor:
            cursor.execute(statement, values | reach_values(self.actor) | more)
            return list(cursor.fetchall())


def page_number(asked: str | None) -> int:
    """Which page the address asks for; the first where it is no number, or one that no list is as long as."""
    return max(1, int(asked)) if asked and asked.isdecimal() and len(asked) < LONGEST_PAGE else 1


def board(team: Team, slug: str, page: str | None) -> Board:
    """The queue in one view: one question to the database, whatever its length; a second for a page beyond the last."""
    asked = page_number(page)
    found = team.ask(BOARDS[slug], few=ROWS_A_PAGE, skipped=(asked - 1) * ROWS_A_PAGE)
    open_cases, *numbers = found[0][: 1 + len(CONDITIONS)]
    counts = dict(zip(CONDITIONS, numbers, strict=True))
    counts["later"] = open_cases - counts["all"]
    shown = Paginator(range(counts[slug]), ROWS_A_PAGE).get_page(page)
    if shown.number != asked:
        return board(team, slug, str(shown.number))
    return Board(open_cases, counts, _rows(found, team), shown)


def whole(team: Team, slug: str, most: int) -> list[Row]:
    """The first `most` rows of one view, in one question."""
    return _rows(team.ask(BOARDS[slug], few=most, skipped=0), team)


def _rows(found: list[tuple[Any, ...]], team: Team) -> list[Row]:
    rows = [each[1 + len(CONDITIONS) : -1] for each in found]  # the last only puts them in order
    return [_row(each, team) for each in rows if each[5]]


def _row(found: tuple[Any, ...], team: Team) -> Row:
    """One row of `queue_rows` in words. A case that just changed may have nothing worked out yet."""
    (followup_id, rule, words, due_at, standing), of_case, height = (
        found[:5],
        found[5:14],
        found[14:],
    )
    case_id, reference, status, version, age_band, language, owner, spoke_at, away_until = of_case
    gone_up = NOT_ESCALATED if height[0] is None else Escalation(*height)
    if followup_id is None:
        due = DueWords(_("Soon"), "", "soon")
        why = _("Just changed: what is owed is being worked out")
    else:
        due = due_words(due_at, team.at, team.days)
        why = in_words(RULES[rule], json.loads(words), due_at)
    return Row(
        case_id=case_id,
        followup_id=followup_id,
        reference=reference,
        about=about(age_band, language),
        due=due.relative,
        due_detail=due.absolute,
        due_level=due.level,
        standing=str(STANDINGS.get(standing, "")),
        why=why,
        owner=owner or "",
        owner_away=_("Away until %s") % on_the_wall(away_until, team.at) if away_until else "",
        needs_owner=status == CaseStatus.NEW,
        last_safe_contact=ago(spoke_at, team.at),
        version=version,
        promise=gone_up.promise(team.at),
        wanted=gone_up.wanted,
    )


@dataclass(frozen=True)
class ViewLink:
    """One saved view as a link with its count."""

    words: str
    href: str
    current: bool
    count: int
    is_tile: bool


def units_of(actor: Actor) -> QuerySet[Unit]:
    """The units whose queue the actor looks after: their own, or the whole force's."""
    units = Unit.objects.select_related("force__calendar")
    if actor.force_wide:
        return units.filter(force=actor.force_id)
    return units.filter(pk__in=sorted(actor.unit_ids))


def links(board: Board, chosen: View) -> list[ViewLink]:
    """Every saved view, with the count that equals its list."""
    return [
        ViewLink(
            str(view.words),
            f"?view={view.slug}",
            view == chosen,
            board.counts[view.slug],
            view.slug in TILES,
        )
        for view in VIEWS
    ]


def view_named(slug: str) -> View:
    """The saved view of that name; the first one for a name that nobody knows."""
    return next((view for view in VIEWS if view.slug == slug), VIEWS[0])


def chosen_units(actor: Actor, slug: str) -> list[Unit]:
    """The one unit asked for, if the actor looks after it; else all of theirs."""
    units = list(units_of(actor))
    return [unit for unit in units if unit.slug == slug] or units
