"""The room of the page on which a force decides whom it asks why they open a case."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.confirm import confirmed
from accounts.forms import AsksWhyForm
from accounts.models import Force
from accounts.permissions import ActorRequest, Permission, requires
from accounts.views.people import ask


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PEOPLE_ADMIN)
@confirmed
def looking(request: ActorRequest) -> HttpResponse:
    """The force's policy of asking why; a change counts from the next page that anybody opens."""
    force = Force.objects.get(pk=request.actor.own_force_id)
    form = AsksWhyForm(request.POST or None, initial={"asks_why": force.asks_why})
    if form.is_valid():
        actions.set_asks_why(by=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved. It counts from now on."))
        return redirect("accounts:looking")
    may = request.actor.can(Permission.AGENCY_ADMIN)
    return ask(request, "accounts/looking.html", form, administers_agencies=may)
