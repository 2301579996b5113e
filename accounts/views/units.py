"""The room of the pages about units and their supervisors."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions
from accounts.confirm import confirmed
from accounts.errors import Conflict
from accounts.forms import SupervisorsForm, UnitForm
from accounts.models import Unit
from accounts.permissions import ActorRequest, Permission, requires
from accounts.views.people import ask


@require_safe
@requires(Permission.PEOPLE_VIEW)
def units(request: ActorRequest) -> HttpResponse:
    """Every unit of the force, who is on duty for it, and how many people it has."""
    rows = (
        Unit.objects.filter(force=request.actor.force_id)
        .annotate(size=Count("people", filter=Q(people__is_active=True)))
        .prefetch_related("supervisions__user")
        .order_by("-is_active", "name")
    )
    context = {
        "units": rows,
        "administers": request.actor.can(Permission.PEOPLE_ADMIN),
        "administers_agencies": request.actor.can(Permission.AGENCY_ADMIN),
    }
    return render(request, "accounts/units.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PEOPLE_ADMIN)
@confirmed
def unit_new(request: ActorRequest) -> HttpResponse:
    """The force gets one more unit."""
    form = UnitForm(request.POST or None)
    if form.is_valid():
        try:
            unit = actions.add_unit(by=request.actor, **form.cleaned_data)
        except Conflict as conflict:
            form.add_error("name", conflict.sentence)
        else:
            messages.success(request, _("Added. Now choose who supervises the unit."))
            return redirect("accounts:unit", unit.pk)
    return ask(request, "accounts/unit_new.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PEOPLE_ADMIN)
@confirmed
def unit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A unit's name, phone and supervisors in order."""
    found = get_object_or_404(Unit, pk=pk, force_id=request.actor.force_id)
    form = UnitForm(request.POST or None, instance=found)
    supervisors = SupervisorsForm(request.POST or None, unit=found)
    if supervisors.errors:
        form.add_error(None, _("Select the supervisors from the people shown."))
    if form.is_valid() and supervisors.is_valid():
        try:
            with transaction.atomic():
                actions.change_unit(
                    by=request.actor,
                    unit=found,
                    is_active=supervisors.cleaned_data["is_active"],
                    **form.cleaned_data,
                )
                actions.set_supervisors(by=request.actor, unit=found, people=supervisors.people())
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:units")
    return ask(request, "accounts/unit.html", form, supervisors=supervisors)
