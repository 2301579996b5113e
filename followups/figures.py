"""The room of the pages of numbers: all in a sentence each, one with its chart and table, the list behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.models import Unit
from accounts.permissions import ActorRequest, Permission, requires
from followups import desk, metrics, team
from followups.metrics import Asked, Counted, Narrowed, Number, Side, shown
from followups.metrics.catalogue import NUMBERS

A_PAGE = 50
NARROWS = ("unit", "period", "by")


@dataclass(frozen=True)
class Question:
    """What the address asks: which units and how far back, with what makes the same address again."""

    asked: Asked
    units: Mapping[str, Unit]
    given: Mapping[str, str]

    def query(self, **more: str) -> str:
        """The address's narrowing, with more."""
        return urlencode(
            {name: value for name, value in (dict(self.given) | more).items() if value}
        )


def question(actor: Actor, given: Mapping[str, str]) -> Question:
    """Those of the actor's units that are asked for, else all; the default period for one that nobody knows."""
    slug = given.get("period", "")
    period = metrics.PERIODS.get(slug) or metrics.PERIODS[metrics.DEFAULT_PERIOD]
    units = team.chosen_units(actor, given.get("unit", ""))
    asked = Asked(actor, tuple(unit.pk for unit in units), clocks.now(), period)
    kept = {name: given.get(name, "") for name in NARROWS}
    return Question(asked, {str(unit.pk): unit for unit in units}, kept)


@require_safe
@requires(Permission.NUMBERS_VIEW)
def numbers(request: ActorRequest) -> HttpResponse:
    """Every number in a sentence, each asked by itself: one that could not be asked says so, the others stand."""
    asking = question(request.actor, request.GET)
    said = [(each, desk.asked(_said(each, asking.asked))) for each in NUMBERS.values()]
    audit.searched("numbers", by=request.actor, shown=[], numbers=sorted(NUMBERS))
    context = frame(request, asking) | {"said": said}
    failed = any(each is None for _number, each in said)
    return render(request, "followups/numbers.html", context, status=503 if failed else 200)


def _said(number: Number, asked: Asked) -> Callable[[], tuple[str, str]]:
    def ask() -> tuple[str, str]:
        found = metrics.answer(number, asked, number.sides[0])
        return shown.sentence(found), shown.middle(found)

    return ask


@require_safe
@requires(Permission.NUMBERS_VIEW)
def number(request: ActorRequest, slug: str) -> HttpResponse:
    """One number: what it counts, its chart and table, its units side by side, and the way to the list behind it."""
    which, asking = named(slug), question(request.actor, request.GET)
    side = which.side(asking.given["by"])
    figure = desk.asked(
        lambda: shown.figure(metrics.answer(which, asking.asked, side), side, asking.units)
    )
    audit.searched("number", by=request.actor, shown=[], number=slug)
    context = frame(request, asking) | {"number": which, "side": side, "figure": figure}
    return render(request, "followups/number.html", context, status=200 if figure else 503)


@require_safe
@requires(Permission.NUMBERS_VIEW)
def number_list(request: ActorRequest, slug: str) -> HttpResponse:
    """The things that a number counts, the worst first: as many as it says."""
    which, asking = named(slug), question(request.actor, request.GET)
    side, only = which.side(asking.given["by"]), narrowed(request.GET)
    found = desk.asked(lambda: _page(which, asking.asked, side, only, request.GET.get("page")))
    page, rows = found or (None, [])
    audit.searched(
        "number-list",
        by=request.actor,
        shown=[_named(which, row) for row in rows if row.case_id or which.heard],
        number=slug,
    )
    context = frame(request, asking) | {
        "number": which,
        "side": side,
        "page": page,
        "rows": [in_words(which, side, row) for row in rows],
        "group": side.said().get(only.group, ""),
        "part": which.parts.get(only.part, ""),
        "narrowed": asking.query(group=only.group, part=only.part),
    }
    return render(
        request, "followups/number_list.html", context, status=503 if page is None else 200
    )


def _named(which: Number, row: Counted) -> str:
    """How the trail names what was shown: a case, or an answer, which is of no case there."""
    return str(row.id) if which.heard else row.reference


def _page(
    which: Number, asked: Asked, side: Side, only: Narrowed, given: str | None
) -> tuple[Any, list[Counted]]:
    wanted = team.page_number(given)
    start = (wanted - 1) * A_PAGE
    total, rows = metrics.listed(which, asked, side, only, start=start, most=A_PAGE)
    if not rows and wanted > 1:
        return _page(which, asked, side, only, "1")
    return Paginator(range(total), A_PAGE).get_page(wanted), rows


def named(slug: str) -> Number:
    """The number of that name, or 404."""
    if slug not in NUMBERS:
        raise Http404
    return NUMBERS[slug]


def narrowed(given: Mapping[str, str]) -> Narrowed:
    """Which of the things are listed."""
    return Narrowed(given.get("group", ""), given.get("part", ""))


def in_words(which: Number, side: Side, row: Counted) -> dict[str, Any]:
    """One thing of the list as it is read."""
    return {
        "id": row.id,
        "reference": row.reference,
        "case_id": row.case_id,
        "unit": row.unit,
        "group": str(side.said().get(row.group, row.group)),
        "part": str(which.parts[row.part]),
        "value": "" if row.value is None else shown.span(row.value, days=which.days),
    }


def frame(request: ActorRequest, asking: Question) -> dict[str, Any]:
    """What every page of numbers shows above them: which units, and back to when."""
    return {
        "all_units": team.units_of(request.actor),
        "units": list(asking.units.values()),
        "chosen": asking.given,
        "period": asking.asked.period,
        "periods": [(each, asking.query(period=each.slug)) for each in metrics.PERIODS.values()],
        "query": asking.query(),
        "may_take": request.actor.can(Permission.EXPORT_TAKE),
        "may_share": request.actor.can(Permission.RETURNS_VIEW),
        "at": asking.asked.at,
    }
