"""The room of the page on which an agency tries its system out with invented people."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts.actions import make_key
from accounts.confirm import confirmed
from accounts.errors import Conflict
from accounts.forms import KeyForm
from accounts.models import Agency, Application
from accounts.permissions import ActorRequest, Permission, requires
from accounts.scoping import NotVisible
from referrals import actions
from referrals.models import SupportReferral
from referrals.rules import AnswerTimes, Side
from referrals.scenarios import ALL, SCENARIOS
from referrals.standing import Shown, shown

PER_PAGE = 25


@require_safe
@requires(Permission.AGENCY_SANDBOX)
def sandbox(request: ActorRequest) -> HttpResponse:
    """What can be sent there, what was, and its keys; before anybody opened it there is nothing yet."""
    at = clocks.now()
    try:
        rows, page = _rows(request)
    except NotVisible:
        rows, page = [], None
    keys = Application.objects.filter(
        agency__sandbox_of=request.actor.agency_id, revoked_at=None
    ).select_related("made_by")
    context = {
        "scenarios": ALL,
        "rows": rows,
        "page": page,
        "keys": keys.order_by("name", "pk"),
        "manages": request.actor.can(Permission.AGENCY_MANAGE),
        "site": request.build_absolute_uri("/sandbox"),
        "at": at,
        "most": actions.MOST_INVENTED,
    }
    return render(request, "referrals/sandbox.html", context)


@require_POST
@requires(Permission.AGENCY_SANDBOX)
def send(request: ActorRequest) -> HttpResponse:
    """A referral of an invented person is there."""
    name = request.POST.get("scenario", "")
    if name not in SCENARIOS:
        raise NotVisible("referrals.scenarios")
    actions.open_sandbox(agency=_agency(request), by=request.actor)
    try:
        actions.send_invented(name=name, by=request.actor)
    except Conflict as full:
        messages.error(request, full.sentence)
    else:
        words = _("In the sandbox now: %s. Your system is told of it within a minute.")
        messages.success(request, words % SCENARIOS[name].words)
    return redirect("referrals:sandbox")


@require_POST
@requires(Permission.AGENCY_SANDBOX)
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What the agency's system asked about an invented person is answered."""
    try:
        actions.answer_invented(pk=pk, by=request.actor)
    except Conflict as conflict:
        messages.error(request, conflict.sentence)
    else:
        messages.success(request, _("Answered. It is your turn again."))
    return redirect("referrals:sandbox")


@require_POST
@requires(Permission.AGENCY_SANDBOX)
def empty(request: ActorRequest) -> HttpResponse:
    """Nothing of what was sent there is there any more."""
    with suppress(NotVisible):  # never opened: it is empty
        actions.empty_sandbox(by=request.actor)
    messages.success(request, _("The sandbox is empty. Its keys still work."))
    return redirect("referrals:sandbox")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_MANAGE)
@confirmed
def key_new(request: ActorRequest) -> HttpResponse:
    """A key that opens the sandbox and nothing real; its secret is shown this once."""
    form = KeyForm(request.POST or None)
    status = 400 if request.method == "POST" else 200
    if form.is_valid():
        try:
            with transaction.atomic():  # a key that is refused opens no sandbox
                twin = actions.open_sandbox(agency=_agency(request), by=request.actor)
                key, secret = make_key(by=request.actor, agency=twin, **form.cleaned_data)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            return render(request, "accounts/key_made.html", {"key": key, "secret": secret})
    return render(request, "referrals/sandbox_key_new.html", {"form": form}, status=status)


def _rows(request: ActorRequest) -> tuple[list[Shown], "Page[Any]"]:
    """One page of what is in the sandbox, newest first."""
    times, at = AnswerTimes(), clocks.now()
    with actions.inside(request.actor) as player:
        found = SupportReferral.objects.visible_to(player).with_steps()
        found = found.select_related("agency", "force__calendar").order_by("-created_at", "pk")
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        return [shown(row, at, times, Side.AGENCY) for row in page], page


def _agency(request: ActorRequest) -> Agency:
    return get_object_or_404(Agency, pk=request.actor.agency_id)
