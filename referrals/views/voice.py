"""The room of the pages on which a support worker asks the person how the police treated them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from casework.forms.voice import PointForm
from casework.nrm.leaflets import ENGLISH
from casework.views.voice import asked_in, given_in
from casework.voice.questions import Point, all_checked, sheets
from referrals.actions.voice import tell_voice
from referrals.models import SupportReferral

form_page = require_http_methods(["GET", "HEAD", "POST"])


@requires(Permission.AGENCY_INBOX)
@form_page
def voice(request: ActorRequest, pk: Any) -> HttpResponse:
    """About what, and in which language, they are asked."""
    referral = _referral(request, pk)
    form = PointForm(request.POST or None, initial={"language": ENGLISH})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        return redirect("referrals:inbox-voice-ask", pk, chosen["point"], chosen["language"])
    context = {"referral": referral, "form": form, "unchecked": not all_checked()}
    status = 400 if form.is_bound else 200
    return render(request, "referrals/voice.html", context, status=status)


@requires(Permission.AGENCY_INBOX)
@form_page
def voice_ask(request: ActorRequest, pk: Any, point: str, language: str) -> HttpResponse:
    """The questions, to be read out or shown: what they answer goes to the police, apart from the case."""
    referral = _referral(request, pk)
    if point not in Point.values or language not in sheets():
        raise Http404
    if request.method == "POST":
        tell_voice(
            referral=referral,
            point=point,
            language=language,
            given=given_in(point, request.POST),
            words=request.POST.get("words", ""),
            by=request.actor,
        )
        messages.success(request, _("Sent. The officers whom it is about cannot see it."))
        return redirect("referrals:inbox-referral", pk)
    context = {"referral": referral} | asked_in(point, sheets()[language])
    return render(request, "referrals/voice_ask.html", context)


def _referral(request: ActorRequest, pk: Any) -> SupportReferral:
    """The agency's own referral, while it supports the person."""
    found = SupportReferral.objects.get_visible(request.actor, pk=pk)
    audit.viewed(found, by=request.actor)
    if not (found.is_open and found.accepted_at):
        raise Conflict(_("You can ask them from when you accept until the support ends."))
    return found
