"""The room of the pages on which a case is closed to somebody who knows somebody in it, and opened to them again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import clocks
from accounts.confirm import confirmed
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from accounts.scoping import NotVisible
from casework.actions import conflicts
from casework.forms.access import ConflictEndForm, ConflictForm
from casework.views.asking import ask, opened


@requires(Permission.CONFLICT_DECLARE)
@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: ActorRequest, reference: str) -> HttpResponse:
    """Say that oneself, or somebody whom one supervises, must keep away from this case."""
    case = opened(request, reference, "conflict")
    form, status = ConflictForm(request.POST or None, by=request.actor), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            person, tie = form.cleaned_data["username"], form.cleaned_data["tie"]
            try:
                conflicts.declare(case=case, person=person, tie=tie, by=request.actor)
            except Conflict as clash:
                form.add_error(None, clash.sentence)
                status = 409
            else:
                return _closed(request, case.reference, mine=person.pk == request.actor.id)
    context = {"case": case, "form": form, "at": clocks.now()}
    if request.actor.can(Permission.CONFLICT_RECORD):
        context["bars"] = conflicts.closed_to(case)
    return render(request, "casework/conflict.html", context, status=status)


def _closed(request: ActorRequest, reference: str, *, mine: bool) -> HttpResponse:
    if mine:
        words = _("Case %s is closed to you. Your supervisor sees to what was yours in it.")
        messages.success(request, words % reference)
        return redirect("/")
    messages.success(request, _("The case is closed to them."))
    return redirect("casework:conflict", reference)


@requires(Permission.CONFLICT_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def conflict_end(request: ActorRequest, reference: str, pk: UUID) -> HttpResponse:
    """A supervisor says why the case need not be closed to somebody any longer."""
    case = opened(request, reference, "conflict-end")
    bar = next((bar for bar in conflicts.closed_to(case) if bar.pk == pk), None)
    if bar is None:
        raise NotVisible("accounts.ScopeBar")
    return ask(
        request,
        case,
        name="conflict-end",
        make=ConflictEndForm,
        act=lambda why: conflicts.end(bar=bar, why=why, by=request.actor),
        saved=_("Saved. The case is no longer closed to them."),
        to="casework:conflict",
        bar=bar,
        yours=request.actor.id in {bar.user_id, bar.declared_by_id},
    )
