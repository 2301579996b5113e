"""The room of the pages about when somebody is on duty."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import clocks
from accounts import actions
from accounts.actions.absences import may_record_for
from accounts.errors import Conflict, Refused
from accounts.forms import ShiftChangeForm, ShiftsForm
from accounts.models import User
from accounts.permissions import ActorRequest, Permission, requires
from accounts.views.people import ask


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ABSENCE_RECORD)
def shifts(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Somebody's week, and what is different for once."""
    user = _planned_by(request, pk)
    week = {
        f"{name}_{row.weekday}": wall
        for row in user.shifts.all()
        for name, wall in (("from", row.starts), ("until", row.ends))
    }
    form = ShiftsForm(request.POST if request.method == "POST" else None, initial=week)
    if form.is_valid():
        actions.set_shifts(by=request.actor, user=user, week=form.cleaned_data["week"])
        messages.success(request, _("Saved. Urgent messages follow it from now on."))
        return redirect("accounts:person", pk)
    changes = user.shift_changes.filter(ends_at__gt=clocks.now())
    return ask(request, "accounts/shifts.html", form, person=user, changes=changes)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ABSENCE_RECORD)
def shift_change(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Somebody is on duty, or is not, for once."""
    user = _planned_by(request, pk)
    form = ShiftChangeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.change_shift(
                by=request.actor,
                user=user,
                on_duty=said["what"] == "on",
                starts_at=said["starts_at"],
                ends_at=said["ends_at"],
            )
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            messages.success(request, _("Saved. Urgent messages follow it."))
            return redirect("accounts:shifts", pk)
    return ask(request, "accounts/shift_change.html", form, person=user)


def _planned_by(request: ActorRequest, pk: UUID) -> User:
    user = get_object_or_404(User, pk=pk, force_id=request.actor.force_id, is_active=True)
    if not may_record_for(user, by=request.actor):
        raise Refused(_("Only their supervisor can do this."), verb="shifts.set")
    return user
