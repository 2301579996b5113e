"""The room of the directory: who offers what, and where an agency keeps its own part of it current."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import clocks
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from accounts.scoping import NotVisible
from referrals.actions import directory as actions
from referrals.directory import near, offers, with_capacity
from referrals.disclosed import item_words, may_see_table
from referrals.disclosure import BEFORE
from referrals.forms import CapacityForm, DirectoryForm, ServiceForm
from referrals.models import Service

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.DIRECTORY_VIEW)
def agencies(request: ActorRequest) -> HttpResponse:
    """Services that take referrals from this force, by need and place, under their agencies."""
    form = DirectoryForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    services = Service.objects.filter(
        Q(forces=request.actor.force_id) | Q(forces=None), is_active=True, agency__is_active=True
    )
    if need := asked.get("need"):
        services = services.filter(needs__contains=[need])
    services = near(services, asked.get("place", "")).distinct()
    at = clocks.now()
    found = offers(with_capacity(services).select_related("agency"), at)
    rows = [
        (agency, [(offer, offer.capacity_words(at), offer.answer_words()) for offer in of_agency])
        for agency, of_agency in groupby(found, key=lambda offer: offer.service.agency)
    ]
    context = {"agencies": rows, "form": form}
    return render(request, "referrals/directory.html", context)


@require_safe
@requires(Permission.HOME_VIEW)
def may_see(request: ActorRequest) -> HttpResponse:
    """What an agency may see of a person, for each need: one table for officers and agencies."""
    table = may_see_table()
    rows = [
        (item, [need for need, allowed in table.rows if allowed[place]])
        for place, item in enumerate(table.items)
    ]
    before = [item_words(field) for field in BEFORE]
    context = {"rows": rows, "all": len(table.rows), "before": before}
    return render(request, "referrals/may_see.html", context)


@require_safe
@requires(Permission.AGENCY_INBOX)
def services(request: ActorRequest) -> HttpResponse:
    """What the agency offers, and how many places it said are free."""
    at = clocks.now()
    own = Service.objects.filter(agency=request.actor.agency_id)
    found = offers(with_capacity(own).select_related("agency"), at)
    rows = [(offer, offer.capacity_words(at)) for offer in found]
    return render(request, "referrals/services.html", {"rows": rows})


@GET_OR_POST
@requires(Permission.AGENCY_UPDATE)
def service_new(request: ActorRequest) -> HttpResponse:
    """Something new is offered."""
    form = ServiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in (*actions.KEPT, "forces")}
        try:
            actions.add_service(by=request.actor, **said)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            messages.success(request, _("Saved. Say how many places are free."))
            return redirect("referrals:services")
    return render(
        request, "referrals/service.html", {"form": form}, status=400 if form.errors else 200
    )


@GET_OR_POST
@requires(Permission.AGENCY_UPDATE)
def service(request: ActorRequest, pk: Any) -> HttpResponse:
    """Change what is offered; what was typed stays when it cannot be saved."""
    found = _own(request, pk)
    initial = {name: getattr(found, name) for name in (*actions.KEPT, "version")}
    initial["forces"] = list(found.forces.all())
    form = ServiceForm(request.POST or None, initial=initial)
    status = 400 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in (*actions.KEPT, "forces", "version")}
        try:
            actions.change_service(service=found, by=request.actor, **said)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
            status = 409
        else:
            messages.success(request, _("Saved."))
            return redirect("referrals:services")
    return render(
        request, "referrals/service.html", {"form": form, "service": found}, status=status
    )


@GET_OR_POST
@requires(Permission.AGENCY_UPDATE)
def capacity(request: ActorRequest, pk: Any) -> HttpResponse:
    """Say how many places are free now."""
    found = _own(request, pk)
    form = CapacityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_capacity(service=found, by=request.actor, **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        else:
            messages.success(request, _("Saved. Officers see it now."))
            return redirect("referrals:services")
    context = {"form": form, "service": found}
    return render(request, "referrals/capacity.html", context, status=400 if form.errors else 200)


def _own(request: ActorRequest, pk: Any) -> Service:
    found = Service.objects.filter(pk=pk, agency=request.actor.agency_id).first()
    if found is None:
        raise NotVisible("referrals.Service")
    return found
