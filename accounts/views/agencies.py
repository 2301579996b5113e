"""The room of the pages on which support agencies and their workers are kept."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions
from accounts.actions.keeping import keepable
from accounts.confirm import confirmed
from accounts.errors import Conflict
from accounts.forms import AgencyForm, AgencyWorkerForm
from accounts.models import Agency
from accounts.permissions import ActorRequest, Permission, requires
from accounts.views.people import ask


@require_safe
@requires(Permission.AGENCY_ADMIN)
def agencies(request: ActorRequest) -> HttpResponse:
    """Every agency, which force looks after it and how many people sign in for it."""
    workers = Count("people", filter=Q(people__is_active=True))
    ours = keepable(request.actor.own_force_id)
    rows = Agency.objects.select_related("kept_by").annotate(workers=workers, is_ours=ours)
    context = {
        "agencies": rows.order_by("-is_active", "name"),
        "administers": request.actor.can(Permission.PEOPLE_ADMIN),
        "administers_agencies": True,
    }
    return render(request, "accounts/agencies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_ADMIN)
@confirmed
def agency_new(request: ActorRequest) -> HttpResponse:
    """One more agency can be sent referrals."""
    form = AgencyForm(request.POST or None)
    del form.fields["is_active"], form.fields["kept_by"]
    if form.is_valid():
        try:
            agency = actions.add_agency(by=request.actor, **form.cleaned_data)
        except Conflict as conflict:
            form.add_error("name", conflict.sentence)
        else:
            messages.success(request, _("Added. Now add the people who will answer referrals."))
            return redirect("accounts:agency-edit", agency.pk)
    return ask(request, "accounts/agency_new.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_ADMIN)
@confirmed
def agency_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """An agency's name and how to reach it; whether it takes referrals; who signs in for it."""
    agency = _kept(request, pk)
    initial = {name: getattr(agency, name) for name in ("name", "phone", "email", "is_active")}
    initial["kept_by"] = agency.kept_by_id or request.actor.own_force_id
    form = AgencyForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.change_agency(by=request.actor, agency=agency, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:agencies-manage")
    return ask(
        request, "accounts/agency_edit.html", form, agency=agency, workers=agency.people.all()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_ADMIN)
@confirmed
def agency_worker_new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Somebody may answer referrals for an agency."""
    agency = _kept(request, pk)
    form = AgencyWorkerForm(request.POST or None)
    if form.is_valid():
        try:
            worker = actions.add_agency_worker(by=request.actor, agency=agency, **form.cleaned_data)
        except Conflict as conflict:
            form.add_error("username", conflict.sentence)
        else:
            messages.success(request, _("Added. Now make the link with which they set a password."))
            return redirect("accounts:person", worker.pk)
    return ask(request, "accounts/agency_worker_new.html", form, agency=agency)


def _kept(request: ActorRequest, pk: UUID) -> Agency:
    return get_object_or_404(Agency, keepable(request.actor.own_force_id), pk=pk)
