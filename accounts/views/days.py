"""The room of the pages about days off."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts import actions
from accounts.errors import Conflict
from accounts.forms import DayForm
from accounts.models import Force
from accounts.permissions import ActorRequest, Permission, requires
from accounts.views.people import ask


@require_safe
@requires(Permission.PEOPLE_VIEW)
def days(request: ActorRequest) -> HttpResponse:
    """The days off to come, as they count for every time limit of the force."""
    force = Force.objects.select_related("calendar").get(pk=request.actor.own_force_id)
    context = {
        "days": force.calendar.days_off(since=clocks.today()),
        "calendar": force.calendar,
        "administers": request.actor.can(Permission.PEOPLE_ADMIN),
        "administers_agencies": request.actor.can(Permission.AGENCY_ADMIN),
    }
    return render(request, "accounts/days.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PEOPLE_ADMIN)
def day_new(request: ActorRequest) -> HttpResponse:
    """One more day is off, or worked, for the whole force."""
    form = DayForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.decide_day(
                by=request.actor,
                falls_on=told["falls_on"],
                working=told["working"] == "worked",
                name=told["name"],
            )
        except Conflict as conflict:
            form.add_error("falls_on", conflict.sentence)
        else:
            messages.success(request, _("Saved. What is due moves within a minute."))
            return redirect("accounts:days")
    return ask(request, "accounts/day_new.html", form)


@require_POST
@requires(Permission.PEOPLE_ADMIN)
def day_undo(request: ActorRequest, day: str) -> HttpResponse:
    """The day is again what it is for the nation."""
    try:
        actions.undecide_day(by=request.actor, falls_on=date.fromisoformat(day))
    except ValueError as error:
        raise Http404 from error
    except Conflict as conflict:
        messages.error(request, conflict.sentence)
    else:
        messages.success(request, _("Taken back. What is due moves within a minute."))
    return redirect("accounts:days")
