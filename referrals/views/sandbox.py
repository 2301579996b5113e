"""The room of the page on which an agency tries its system out with invented people."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts.actions import make_key
from accounts.actors import Actor
from accounts.confirm import confirmed
from accounts.errors import Conflict
from accounts.forms import KeyForm
from accounts.models import Agency, Application
from accounts.permissions import ActorRequest, Permission, requires
from accounts.scoping import NotVisible
from referrals import actions
from referrals.forms import WebhookForm
from referrals.models import SupportReferral, Webhook
from referrals.rules import AnswerTimes, Side
from referrals.scenarios import ALL, SCENARIOS
from referrals.standing import Shown, shown
from referrals.views.webhooks import line_of, logged, shown_once

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
    actions.send_invented(name=name, by=request.actor)
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
        twin = actions.open_sandbox(agency=_agency(request), by=request.actor)
        try:
            key, secret = make_key(by=request.actor, agency=twin, **form.cleaned_data)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            return render(request, "accounts/key_made.html", {"key": key, "secret": secret})
    return render(request, "referrals/sandbox_key_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_MANAGE)
@confirmed
def webhook(request: ActorRequest) -> HttpResponse:
    """Where the sandbox tells of its events, whoever sets it; and what came of telling."""
    if request.method == "POST":
        actions.open_sandbox(agency=_agency(request), by=request.actor)
    try:
        with actions.inside(request.actor) as player:
            return _webhook(request, player)
    except NotVisible:
        return _webhook_page(request, None, WebhookForm())


def _webhook(request: ActorRequest, player: Actor) -> HttpResponse:
    found = Webhook.objects.filter(agency=player.agency_id, ended_at=None).first()
    if request.method != "POST":
        return _webhook_page(request, found, WebhookForm())
    if found is None:
        return _set_webhook(request, player)
    name = request.POST.get("act", "")
    if name == "renew":
        return shown_once(request, found, actions.renew_secret(webhook=found, by=player))
    if name not in WEBHOOK_ACTS:
        raise Http404
    verb, done = WEBHOOK_ACTS[name]
    try:
        verb(webhook=found, by=player)
    except Conflict as conflict:
        messages.error(request, conflict.sentence)
    else:
        messages.success(request, str(done))
    return redirect("referrals:sandbox-webhook")


def _set_webhook(request: ActorRequest, player: Actor) -> HttpResponse:
    form = WebhookForm(request.POST)
    if form.is_valid():
        try:
            made, secret = actions.propose_webhook(url=form.cleaned_data["url"], by=player)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            return shown_once(request, made, secret)
    return _webhook_page(request, None, form, status=400)


def _webhook_page(
    request: ActorRequest, found: Webhook | None, form: WebhookForm, status: int = 200
) -> HttpResponse:
    lines = [line_of(row) for row in logged(found.deliveries.all())[:PER_PAGE]] if found else []
    context = {"webhook": found, "form": form, "lines": lines}
    return render(request, "referrals/sandbox_webhook.html", context, status=status)


WEBHOOK_ACTS: dict[str, tuple[Callable[..., Any], Any]] = {
    "test": (
        actions.try_webhook,
        _lazy("A test goes out within a minute. Look at this page again to see what came of it."),
    ),
    "remove": (actions.end_webhook, _lazy("Removed. Nothing is sent there any more.")),
    "on": (
        lambda *, webhook, by: actions.switch_webhook(webhook=webhook, on=True, by=by),
        _lazy("Switched on. What happened meanwhile is sent too."),
    ),
}


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
