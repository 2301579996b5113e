"""The room of the page for an inspection: what was asked of forces, line by line, with the evidence counted now."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.permissions import ActorRequest, Permission, requires
from followups import desk, figures, metrics
from followups.metrics import Asked as Counting
from followups.metrics import Number, shown
from followups.metrics.catalogue import NUMBERS
from followups.returns.recommendations import CONCERNS, RECOMMENDATIONS, Asked


@dataclass(frozen=True)
class Line:
    """One thing that was asked, with its numbers as sentences (none where it could not be asked) and its pages."""

    asked: Asked
    numbers: list[tuple[Number, str | None]]
    pages: list[tuple[str, str]]


@require_safe
@requires(Permission.RETURNS_VIEW)
def recommendations(request: ActorRequest) -> HttpResponse:
    """What the report and the super-complaint asked, each with its evidence; a number that fails says so alone."""
    asking = figures.question(request.actor, request.GET)
    wanted = {slug for each in (*RECOMMENDATIONS, *CONCERNS) for slug in each.numbers}
    said = {slug: _said(NUMBERS[slug], asking.asked) for slug in sorted(wanted)}
    audit.searched("recommendations", by=request.actor, shown=[], numbers=sorted(wanted))
    context = figures.frame(request, asking) | {
        "recommendations": [_line(each, said) for each in RECOMMENDATIONS],
        "concerns": [_line(each, said) for each in CONCERNS],
    }
    failed = any(sentence is None for sentence in said.values())
    return render(request, "followups/recommendations.html", context, status=503 if failed else 200)


def _said(number: Number, asked: Counting) -> str | None:
    return desk.asked(lambda: shown.sentence(metrics.answer(number, asked, number.sides[0])))


def _line(each: Asked, said: dict[str, str | None]) -> Line:
    return Line(
        each,
        [(NUMBERS[slug], said[slug]) for slug in each.numbers],
        [(reverse(page.address), str(page.words)) for page in each.pages],
    )
