"""The room of the pages of returns: what may be shared with others as counts, to read before it leaves."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.actors import Actor
from accounts.permissions import ActorRequest, Permission, requires
from followups import desk
from followups.returns import papers
from followups.returns.catalogue import HOME_OFFICE
from pages.papers import Paper


@require_safe
@requires(Permission.RETURNS_VIEW)
def returns(request: ActorRequest) -> HttpResponse:
    """What may be shared with whom, each with the way to it."""
    return render(request, "followups/returns.html", {})


@require_safe
@requires(Permission.RETURNS_VIEW)
def commissioner(request: ActorRequest) -> HttpResponse:
    """What a police and crime commissioner is told: unmet need, and where support should be commissioned."""
    return _paper(request, "commissioner", papers.commissioner)


@require_safe
@requires(Permission.RETURNS_VIEW)
def home_office(request: ActorRequest) -> HttpResponse:
    """The Home Office's tables, each to read and to take as a file."""
    return _paper(request, "home-office", papers.home_office)


def _paper(request: ActorRequest, kind: str, make: Callable[[Actor], Paper]) -> HttpResponse:
    paper = desk.asked(lambda: make(request.actor))
    audit.searched("return", by=request.actor, shown=[], paper=kind)
    context = {
        "paper": paper,
        "kind": kind,
        "tables": [each.number for each in HOME_OFFICE],
        "may_take": request.actor.can(Permission.EXPORT_TAKE),
    }
    return render(request, "followups/return.html", context, status=200 if paper else 503)
