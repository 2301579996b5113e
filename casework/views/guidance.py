"""The room of the pages on which a force's guidance is read and kept."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import guidance as act
from casework.forms.guidance import CardForm, NextVersionForm
from casework.models import GuidanceCard


@requires(Permission.ADVICE_ASK)
@require_safe
def guidance(request: ActorRequest) -> HttpResponse:
    """Every card of the force that is shown now, by the step it stands beside."""
    rows = GuidanceCard.objects.filter(force=request.actor.own_force_id)
    context = {
        "cards": rows.standing_now().select_related("set_by"),
        "keeps": request.actor.can(Permission.SPECIALISTS_KEEP),
        "begun": rows.exists(),
    }
    return render(request, "casework/guidance.html", context)


@requires(Permission.SPECIALISTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def card_new(request: ActorRequest) -> HttpResponse:
    """One more card."""
    form, status = CardForm(request.POST or None), 400 if request.method == "POST" else 200
    if form.is_valid():
        try:
            act.add_card(by=request.actor, **form.cleaned_data)
        except Conflict as clash:
            form.add_error("title", clash.sentence)
            status = 409
        else:
            messages.success(request, _("Saved. It stands beside that step from now on."))
            return redirect("casework:guidance")
    return render(request, "casework/guidance_new.html", {"form": form}, status=status)


@requires(Permission.SPECIALISTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The next version of a card."""
    rows = GuidanceCard.objects.standing_now().filter(force=request.actor.own_force_id)
    was = get_object_or_404(rows, pk=pk)
    initial = {"words": was.words, "source": was.source, "standing": was.standing}
    form = NextVersionForm(request.POST or None, initial=initial)
    if form.is_valid():
        act.change_card(by=request.actor, card_id=pk, **form.cleaned_data)
        messages.success(request, _("Saved as the next version."))
        return redirect("casework:guidance")
    status = 400 if request.method == "POST" else 200
    return render(
        request, "casework/guidance_card.html", {"form": form, "card": was}, status=status
    )


@requires(Permission.SPECIALISTS_KEEP)
@require_POST
def card_end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A card is shown no more."""
    act.end_card(by=request.actor, card_id=pk)
    messages.success(request, _("It is shown no more. It stays with what was decided beside it."))
    return redirect("casework:guidance")


@requires(Permission.SPECIALISTS_KEEP)
@require_POST
def take_starters(request: ActorRequest) -> HttpResponse:
    """A force that has no guidance yet begins with the cards that come with Holdfast."""
    try:
        act.take_starters(by=request.actor)
    except Conflict as clash:
        messages.error(request, clash.sentence)
    else:
        messages.success(request, _("Saved. Read each, and change what your force does otherwise."))
    return redirect("casework:guidance")
