"""The room of the queues: which open cases stand in which view, in what order, and in what words why."""

import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber
from django.db.models.query import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.actors import Actor
from accounts.models import Absence, Force, Unit
from accounts.scoping import ScopedQuerySet
from casework.models import Case, CaseStatus, Contact, ContactOutcome
from clocks import WorkingDays
from clocks.models import Deadline
from followups.doors import Door, door
from followups.models import FollowUp, FollowUpState, Notice
from followups.rules import of, urgency, why
from followups.rules.base import Rule
from pages.due import DueWords, due_words, on_the_wall
from victims.models import AgeBand

ROWS_A_PAGE = 50
SOON = timedelta(hours=24)
TONIGHT = timedelta(hours=12)
# What a row says of its case; fifty times every other column is most of the time of the page.
SHOWN_OF_CASE = (
    *("reference", "status", "version"),
    *("victim__age_band", "victim__language", "owner__name"),
)
HOLDING = ("no-owner", "owner-left", "owner-absent")
AGENCIES = ("agency-not-answered", "agency-not-reached-person", "referral-declined")


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


def of_view(slug: str, at: datetime) -> Q:
    """Which owed things put a case into the view; what could not be worked out has no due time."""
    unknown = Q(due_at__isnull=True)
    due = Q(due_at__lte=at + SOON) | unknown
    child = ~Q(case__victim__age_band=AgeBand.ADULT)
    views = {
        "all": due,
        "overdue": Q(due_at__lt=at) | unknown,
        "soon": Q(due_at__gte=at, due_at__lte=at + SOON),
        "no-owner": Q(rule__in=HOLDING),
        "silent": Q(rule__in=AGENCIES) & due,
        "new": Q(case__sent_at__gte=at - TONIGHT) & due,
        "children": child & due,
        "quiet": Q(rule="contact-lapsed") & due,
        "closing": Q(rule="close-not-countersigned"),
    }
    return views[slug]


@dataclass(frozen=True)
class Row:
    """One case in the queue and the most urgent reason why it stands there."""

    case_id: UUID
    followup_id: UUID | None
    reference: str
    about: str
    due: DueWords
    why: str
    owner: str
    owner_away: str
    needs_owner: bool
    last_safe_contact: str
    version: int


@dataclass(frozen=True)
class Board:
    """What a supervisor sees: how many of how many, the counts of each view, and one page of rows."""

    open_cases: int
    counts: dict[str, int]
    rows: list[Row]
    page: object

    @property
    def no_owner(self) -> int:
        """How many have nobody; a template cannot ask for a key with a hyphen."""
        return self.counts["no-owner"]


def units_of(actor: Actor) -> QuerySet[Unit]:
    """The units whose queue the actor looks after: their own, or the whole force's."""
    if actor.force_wide:
        return Unit.objects.filter(force=actor.force_id)
    return Unit.objects.filter(pk__in=sorted(actor.unit_ids))


def owed(actor: Actor, units: Iterable[UUID]) -> ScopedQuerySet[FollowUp]:
    """Everything owed on the cases of these units that the actor may see."""
    return FollowUp.objects.of_cases_visible_to(actor).open().filter(unit__in=list(units))


def board(actor: Actor, units: list[UUID], slug: str, at: datetime, page: str | None) -> Board:
    """The queue of these units in one view: seven questions to the database, whatever its length."""
    open_cases = Case.objects.visible_to(actor).open().filter(scope__unit__in=units)
    everything = owed(actor, units)
    counted = _counts(everything, at)
    total = open_cases.count()
    counted["later"] = total - counted["all"]
    days = (
        Force.objects.select_related("calendar").get(pk=actor.own_force_id).calendar.working_days()
    )
    rows, shown = (
        _later(open_cases, everything, at, days, page)
        if slug == "later"
        else _due(everything, of_view(slug, at), counted[slug], at, days, page)
    )
    return Board(open_cases=total, counts=counted, rows=rows, page=shown)


def _counts(everything: ScopedQuerySet[FollowUp], at: datetime) -> dict[str, int]:
    slugs = [view.slug for view in VIEWS if view.slug != "later"]
    # What is not due and in no view by its rule is most of the table: it is not looked at.
    in_some_view = of_view("all", at) | of_view("no-owner", at) | of_view("closing", at)
    counts = everything.filter(in_some_view).aggregate(
        **{
            name.replace("-", "_"): Count("case", filter=of_view(name, at), distinct=True)
            for name in slugs
        }
    )
    return {name: int(counts[name.replace("-", "_")]) for name in slugs}


class _Counted(Paginator):  # type: ignore[type-arg]
    """A paginator whose count is already known."""

    def __init__(self, rows: QuerySet[FollowUp, UUID], total: int) -> None:
        super().__init__(rows, ROWS_A_PAGE)
        self.total = total

    @property
    def count(self) -> int:
        """The count that the tile shows."""
        return self.total


def _due(
    everything: ScopedQuerySet[FollowUp],
    matching: Q,
    total: int,
    at: datetime,
    days: WorkingDays,
    page: str | None,
) -> tuple[list[Row], object]:
    # Which fifty comes first, from the follow-ups alone; only those fifty are joined with their cases.
    urgent_first = ("urgency", F("due_at").asc(nulls_first=True))
    place = Window(RowNumber(), partition_by="case_id", order_by=(*urgent_first, "pk"))
    ranked = everything.filter(matching).annotate(urgency=urgency())
    firsts = ranked.annotate(place=place).filter(place=1).order_by(*urgent_first, "pk")
    shown = _Counted(firsts.values_list("pk", flat=True), total).get_page(page)
    rows = (
        everything.filter(pk__in=list(shown))
        .annotate(
            urgency=urgency(),
            last_spoke_at=_last_spoke("case"),
            away_until=_away_until("case__owner", at),
        )
        .select_related("case__victim", "case__owner")
        .only("rule", "words", "due_at", *(f"case__{name}" for name in SHOWN_OF_CASE))
        .order_by(*urgent_first, F("last_spoke_at").asc(nulls_first=True), "pk")
    )
    return [_row(followup, at, days) for followup in rows], shown


def _later(
    open_cases: QuerySet[Case],
    everything: ScopedQuerySet[FollowUp],
    at: datetime,
    days: WorkingDays,
    page: str | None,
) -> tuple[list[Row], object]:
    needs_action = everything.filter(of_view("all", at)).values("case")
    following = everything.filter(case=OuterRef("pk")).order_by("due_at")
    rows = (
        open_cases.exclude(pk__in=needs_action)
        .annotate(
            next_id=Subquery(following.values("pk")[:1]),
            next_due_at=Subquery(following.values("due_at")[:1]),
            last_spoke_at=_last_spoke("pk"),
            away_until=_away_until("owner", at),
        )
        .select_related("victim", "owner")
        .only(*SHOWN_OF_CASE)
        .order_by(F("next_due_at").asc(nulls_first=True), "pk")
    )
    shown = Paginator(rows, ROWS_A_PAGE).get_page(page)
    nexts = everything.in_bulk([case.next_id for case in shown if case.next_id])  # type: ignore[attr-defined]
    return [_quiet_row(case, nexts.get(case.next_id), at, days) for case in shown], shown  # type: ignore[attr-defined]


def _last_spoke(path: str) -> Subquery:
    return Subquery(
        Contact.objects.filter(case=OuterRef(path), outcome=ContactOutcome.SPOKE)
        .order_by("-at")
        .values("at")[:1]
    )


def _away_until(owner: str, at: datetime) -> Subquery:
    """Until when the owner is away; nobody is away twice at one time."""
    now_away = Absence.objects.filter(user=OuterRef(owner), starts_at__lte=at, ends_at__gt=at)
    return Subquery(now_away.values("ends_at")[:1])


def _row(followup: FollowUp, at: datetime, days: WorkingDays) -> Row:
    case = followup.case
    assert case is not None
    due = due_words(followup.due_at, at, days)
    return _of_case(case, followup.pk, due, why(followup), followup, at)


def _quiet_row(case: Case, following: FollowUp | None, at: datetime, days: WorkingDays) -> Row:
    if following is None:
        soon = DueWords(_("Soon"), "", "soon")
        words = _("Just changed: what is owed is being worked out")
        return _of_case(case, None, soon, words, case, at)
    due = due_words(following.due_at, at, days)
    return _of_case(case, following.pk, due, why(following), case, at)


def _of_case(
    case: Case,
    followup_id: UUID | None,
    due: DueWords,
    reason: str,
    found: FollowUp | Case,
    at: datetime,
) -> Row:
    """`found` is the row that the list was made of: it knows when they last spoke, and who is away."""
    spoke_at: datetime | None = getattr(found, "last_spoke_at", None)
    away_until: datetime | None = getattr(found, "away_until", None)
    return Row(
        case_id=case.pk,
        followup_id=followup_id,
        reference=case.reference,
        about=about(case),
        due=due,
        why=reason,
        owner=case.owner.name if case.owner else "",
        owner_away=_("Away until %s") % on_the_wall(away_until, at) if away_until else "",
        needs_owner=case.status == CaseStatus.NEW,
        last_safe_contact=ago(spoke_at, at),
        version=case.version,
    )


def about(case: Case) -> str:
    """Age band and language: how a row says whom it is about without a name."""
    victim = case.victim
    age = _("Adult") if victim.age_band == AgeBand.ADULT else _("Under 18")
    if victim.age_band == AgeBand.UNSURE:
        age = _("Age not sure, treated as under 18")
    return f"{age}, {victim.language}" if victim.language else age


def ago(moment: datetime | None, at: datetime) -> str:
    """How long ago somebody last spoke with the person safely."""
    if moment is None:
        return _("Not yet")
    days = (at - moment).days
    return ngettext("%d day ago", "%d days ago", days) % days if days else _("Today")


@dataclass(frozen=True)
class ViewLink:
    """One saved view as a link with its count."""

    words: str
    href: str
    current: bool
    count: int
    is_tile: bool


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


# What waits for somebody outside the force: its clock is shown, but nobody here can do it.
OTHERS = ("agency-not-answered", "agency-not-reached-person", "nrm-decision-overdue")


@dataclass(frozen=True)
class WorkRow:
    """One thing that a person holds: the case (or none), due, why, and where to do it."""

    followup_id: UUID
    reference: str
    about: str
    due: DueWords
    why: str
    act: str
    door: Door


def held(actor: Actor) -> ScopedQuerySet[FollowUp]:
    """What this person holds now, and what those hold whom they cover for; most urgent first."""
    return (
        FollowUp.objects.visible_to(actor)
        .filter(holder__in=sorted(actor.acting_for), state=FollowUpState.OPEN)
        .exclude(rule__in=OTHERS)
        .annotate(urgency=urgency())
        .select_related("case__victim", "force__calendar")
        .order_by("urgency", "due_at", "pk")
    )


def waiting_for_others(actor: Actor) -> ScopedQuerySet[FollowUp]:
    """What agencies and the Home Office owe on this person's cases."""
    return (
        FollowUp.objects.visible_to(actor)
        .filter(holder__in=sorted(actor.acting_for), state=FollowUpState.OPEN, rule__in=OTHERS)
        .select_related("case__victim", "force__calendar")
        .order_by("due_at", "pk")
    )


def work_rows(followups: Iterable[FollowUp], at: datetime, actor: Actor) -> list[WorkRow]:
    """The rows as this person's page shows them."""
    return [_work_row(followup, at, actor) for followup in followups]


def _work_row(followup: FollowUp, at: datetime, actor: Actor) -> WorkRow:
    case = followup.case
    return WorkRow(
        followup_id=followup.pk,
        reference=case.reference if case else "",
        about=about(case) if case else "",
        due=due_words(followup.due_at, at, followup.force.calendar.working_days()),
        why=why(followup),
        act=str(of(followup).act),
        door=door(followup, actor),
    )


@dataclass(frozen=True)
class ToldLine:
    """One notice on a person's own page: when, about which case, what, and whether it is still owed."""

    at: datetime
    reference: str
    why: str
    followup_id: UUID
    still_owed: bool


def told_line(notice: Notice) -> ToldLine:
    """A notice in words."""
    followup = notice.step.followup
    return ToldLine(
        at=notice.made_at,
        reference=followup.case.reference if followup.case else "",
        why=why(followup),
        followup_id=followup.pk,
        still_owed=followup.state == FollowUpState.OPEN,
    )


@dataclass(frozen=True)
class RuleLine:
    """One rule as the catalogue shows it: what to do, the duty behind it, and its code last."""

    slug: str
    act: str
    duty: str
    deadlines: list[Deadline]
    blocks_closing: bool


def rule_line(rule: Rule, deadlines: list[Deadline]) -> RuleLine:
    """A rule with the deadlines in force; the first line of its docstring is the duty, with its source."""
    duty = inspect.cleandoc(rule.__doc__ or "").splitlines()[0]
    return RuleLine(rule.slug, str(rule.act), duty, deadlines, rule.blocks_closing)
