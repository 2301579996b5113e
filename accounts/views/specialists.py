"""The room of the pages about whom to ask: which specialist is on call, and the numbers to ring."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts.actions import specialists as act
from accounts.errors import Conflict
from accounts.forms import ForceContactForm, OnCallForm
from accounts.permissions import ActorRequest, Permission, requires
from accounts.specialists import ForceContact, OnCall, on_call
from accounts.views.people import ask


@require_safe
@requires(Permission.ADVICE_ASK)
def specialists(request: ActorRequest) -> HttpResponse:
    """Who is on call now and next, and whom to ring about what."""
    force, at = request.actor.own_force_id, clocks.now()
    context = {
        "now": on_call(force, at),
        "turns": OnCall.objects.filter(force=force).to_come(at).select_related("user"),
        "contacts": ForceContact.objects.filter(force=force, ended_at=None),
        "keeps": request.actor.can(Permission.SPECIALISTS_KEEP),
    }
    return render(request, "accounts/specialists.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SPECIALISTS_KEEP)
def on_call_new(request: ActorRequest) -> HttpResponse:
    """A specialist is put on call for a time."""
    people = act.specialists_of(request.actor.own_force_id)
    form = OnCallForm(request.POST or None, people=people)
    if form.is_valid():
        said = form.cleaned_data
        try:
            act.put_on_call(
                by=request.actor,
                user=said["who"],
                starts_at=said["starts_at"],
                ends_at=said["ends_at"],
            )
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            messages.success(request, _("Saved. Questions go to them in that time."))
            return redirect("accounts:specialists")
    return ask(request, "accounts/on_call_new.html", form)


@require_POST
@requires(Permission.SPECIALISTS_KEEP)
def on_call_end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A turn ends now, or never begins."""
    act.take_off_call(by=request.actor, turn_id=pk)
    messages.success(
        request, _("Taken off. Put somebody else on call, or questions go to whoever leads.")
    )
    return redirect("accounts:specialists")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SPECIALISTS_KEEP)
def contact_new(request: ActorRequest) -> HttpResponse:
    """One more number to ring."""
    form = ForceContactForm(request.POST or None)
    if form.is_valid():
        try:
            act.add_contact(by=request.actor, **form.cleaned_data)
        except Conflict as conflict:
            form.add_error("name", conflict.sentence)
        else:
            messages.success(request, _("Saved. Everybody of the force sees it."))
            return redirect("accounts:specialists")
    return ask(request, "accounts/force_contact_new.html", form)


@require_POST
@requires(Permission.SPECIALISTS_KEEP)
def contact_end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A number is taken off."""
    act.end_contact(by=request.actor, contact_id=pk)
    messages.success(request, _("Taken off the list."))
    return redirect("accounts:specialists")
