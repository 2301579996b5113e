"""The room of the team's queue and of one's own work as files: references and duties, and officers by name."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clocks
from accounts.actions.exports import MOST
from accounts.actors import Actor
from accounts.exports import Content, Download, Item, Narrowed, Printed, Sheet
from accounts.models import Force
from accounts.permissions import Permission
from accounts.scoping import NotVisible
from accounts.small_numbers import Cells, published, summed, with_totals
from casework.models import Case
from followups import figures, metrics, queues, team
from followups.metrics import Number, Side
from followups.returns import cells, files, papers
from followups.returns.catalogue import HOME_OFFICE, RETURNS
from followups.rules import RULES


def queue(actor: Actor, narrowed: Narrowed) -> Content:
    """The team's queue in one view, all of its rows."""
    at = clocks.now()
    units = team.chosen_units(actor, narrowed.get("unit", ""))
    days = units[0].force.calendar.working_days() if units else None
    asked = team.Team(actor, [unit.pk for unit in units], days, at)
    found = team.whole(asked, team.view_named(narrowed.get("view", "all")).slug, MOST + 1)
    headings = [
        *(_("Case"), _("About"), _("Due"), _("Due at"), _("Why it is here"), _("Owner")),
        _("Last safe contact"),
    ]
    rows = [
        [
            *(row.reference, row.about, row.due, row.due_detail, row.why, row.owner),
            row.last_safe_contact,
        ]
        for row in found
    ]
    return Content(Sheet(headings, rows), _items(actor, {row.case_id for row in found}))


def work(actor: Actor, narrowed: Narrowed) -> Content:
    """Everything that this person, or somebody they cover for, holds."""
    held = list(queues.held(actor)[: MOST + 1])
    found = queues.work_rows(held, clocks.now(), actor)
    headings = [_("Case"), _("About"), _("Due"), _("Due at"), _("Why it is here"), _("What to do")]
    rows = [
        [row.reference, row.about, row.due.relative, row.due.absolute, row.why, row.act]
        for row in found
    ]
    return Content(Sheet(headings, rows), _items(actor, {each.case_id for each in held}))


def numbers(actor: Actor, narrowed: Narrowed) -> Content:
    """How often each duty is owed, and was met in time and late since the month began; rounded [ADR 0021]."""
    counts: Cells = {
        (unit, slug, str(place)): count
        for (slug, unit), tally in queues.tallies_by_unit(actor, clocks.now()).items()
        for place, count in enumerate((tally.open, tally.met, tally.met_late))
    }
    found = summed(published(("duties",), counts), 1, 2)
    counted = {slug for _unit, slug, _place in counts}
    slugs = [slug for slug in RULES if slug in counted]
    names = [*(str(RULES[slug].act) for slug in slugs), _("All")]
    headings = [
        *(_("Duty"), _("Owed now"), _("Met in time this month"), _("Met late this month")),
        _("All"),
    ]
    table = with_totals([[found.get((slug, str(at)), 0) for at in range(3)] for slug in slugs])
    lines = [[name, *map(str, counts)] for name, counts in zip(names, table, strict=True)]
    return Content(Sheet(headings, lines if slugs else []))


def number(actor: Actor, narrowed: Narrowed) -> Content:
    """The list behind a number, as far as its page is narrowed: as many rows as the number counts."""
    which, asking = figures.named(narrowed.get("of", "")), figures.question(actor, narrowed)
    side, only = which.side(narrowed.get("by", "")), figures.narrowed(narrowed)
    if which.heard:
        return Content(_heard(which, actor, side))
    _total, found = metrics.listed(which, asking.asked, side, only, most=MOST + 1)
    rows = [figures.in_words(which, side, row) for row in found]
    headings = [
        *(_("Case or officer"), str(side.words), _("What became of it"), _("How long")),
        _("Unit"),
    ]
    items = [
        Item(row.scope_id, "casework.case", row.case_id, row.reference)
        for row in {row.case_id: row for row in found}.values()
        if row.case_id and row.scope_id
    ]
    cells = ("reference", "group", "part", "value", "unit")
    return Content(Sheet(headings, [[row[name] for name in cells] for row in rows]), items)


def _heard(which: Number, actor: Actor, side: Side) -> Sheet:
    """What people said, as counts of whole quarters: no row of a person leaves, and no small number [ADR 0021]."""
    heard = RETURNS[which.slug]
    shown = papers.table(heard, cells(heard, actor), side.slug)
    return Sheet(shown.headings, shown.rows)


def one_return(actor: Actor, narrowed: Narrowed) -> Content:
    """One table of the Home Office, as rounded counts; `NotVisible` for one that is not theirs."""
    wanted = {each.number.slug: each for each in HOME_OFFICE}.get(narrowed.get("of", ""))
    if wanted is None:
        raise NotVisible("return")
    force = Force.objects.get(pk=actor.own_force_id)
    return Content(Sheet(*files.long_form(wanted, cells(wanted, actor), force.name)))


def htcds(actor: Actor, narrowed: Narrowed) -> Content:
    """The referrals for research: as many lines of each kind as the rounded counts say."""
    referred = HOME_OFFICE[0]
    return Content(Sheet(*files.htcds(referred, cells(referred, actor))))


def commissioner(actor: Actor, narrowed: Narrowed) -> Content:
    """What the commissioner is told, as a PDF."""
    return Content(Printed(papers.commissioner(actor)))


def _items(actor: Actor, cases: Iterable[UUID | None]) -> list[Item]:
    found: Any = Case.objects.visible_to(actor).filter(pk__in=[pk for pk in cases if pk])
    return [
        Item(scope, "casework.case", pk, reference)
        for scope, pk, reference in found.values_list("scope", "pk", "reference")
    ]


def _queue_page(narrowed: Narrowed) -> str:
    return f"{reverse('followups:queue')}?{urlencode(narrowed)}"


def _number_page(narrowed: Narrowed) -> str:
    rest = {name: value for name, value in narrowed.items() if name != "of"}
    return f"{reverse('followups:number-list', args=[narrowed['of']])}?{urlencode(rest)}"


DOWNLOADS = (
    Download(
        slug="queue",
        words=gettext_lazy("The team's queue"),
        permission=Permission.QUEUE_VIEW,
        make=queue,
        back=_queue_page,
        asks=("view", "unit"),
    ),
    Download(
        slug="number",
        words=gettext_lazy("The list behind a number"),
        permission=Permission.NUMBERS_VIEW,
        make=number,
        back=_number_page,
        asks=("of", "unit", "period", "by", "group", "part"),
    ),
    Download(
        slug="numbers",
        words=gettext_lazy("How often each duty is owed and met"),
        permission=Permission.QUEUE_VIEW,
        make=numbers,
        back=lambda _narrowed: reverse("followups:rules"),
        second_look=False,  # nobody's record is in it
    ),
    Download(
        slug="return",
        words=gettext_lazy("A table for the Home Office"),
        permission=Permission.RETURNS_VIEW,
        make=one_return,
        back=lambda _narrowed: reverse("followups:home-office"),
        asks=("of",),
        second_look=False,  # nobody's record is in it
    ),
    Download(
        slug="htcds",
        words=gettext_lazy("Referrals for research, as counts (HTCDS)"),
        permission=Permission.RETURNS_VIEW,
        make=htcds,
        back=lambda _narrowed: reverse("followups:home-office"),
        second_look=False,  # nobody's record is in it
    ),
    Download(
        slug="commissioner",
        words=gettext_lazy("What victims need, for the commissioner"),
        permission=Permission.RETURNS_VIEW,
        make=commissioner,
        back=lambda _narrowed: reverse("followups:commissioner"),
        second_look=False,  # nobody's record is in it
    ),
    Download(
        slug="work",
        words=gettext_lazy("My work"),
        permission=Permission.WORK_VIEW,
        make=work,
        back=lambda _narrowed: reverse("followups:work"),
    ),
)
