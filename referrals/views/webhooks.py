"""The room of the pages about webhooks: an agency's own, and those on which a force is the second person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts.confirm import confirmed
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from referrals import actions
from referrals.forms import WebhookForm
from referrals.models import Attempt, Delivery, DeliveryState, EventType, Webhook
from referrals.words import came_of

PER_PAGE = 25


@dataclass(frozen=True)
class Line:
    """One delivery, as the log shows it."""

    delivery: Delivery
    what: str
    state: str
    colour: str
    last: str
    last_at: datetime | None


COLOURS = {
    DeliveryState.QUEUED: "blue",
    DeliveryState.DELIVERED: "green",
    DeliveryState.DEAD: "red",
}


@require_safe
@requires(Permission.AGENCY_MANAGE)
def webhooks(request: ActorRequest) -> HttpResponse:
    """The addresses of the agency's systems, and how each fares."""
    rows = _counted(Webhook.objects.filter(agency=request.actor.agency_id, ended_at=None))
    return render(request, "referrals/webhooks.html", {"webhooks": rows, "me": request.actor.id})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_MANAGE)
@confirmed
def webhook_new(request: ActorRequest) -> HttpResponse:
    """An address is proposed; its secret is shown this once."""
    form = WebhookForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                webhook, secret = actions.propose_webhook(
                    url=form.cleaned_data["url"], by=request.actor
                )
            except Conflict as conflict:
                form.add_error("url", conflict.sentence)
                status = 409
            except ValidationError as wrong:
                form.add_error(None, wrong)
            else:
                return shown_once(request, webhook, secret)
    return render(request, "referrals/webhook_new.html", {"form": form}, status=status)


@require_safe
@requires(Permission.AGENCY_MANAGE)
def webhook(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One address: what can be done about it, and the log of what was sent there."""
    found = _own(request, pk)
    at = clocks.now()
    page = Paginator(logged(found.deliveries.all()), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "webhook": found,
        "secrets": list(found.secrets.current(at).defer("secret").order_by("-made_at")),
        "mine": found.proposed_by_id == request.actor.id,
        "given_up": found.deliveries.filter(state=DeliveryState.DEAD).count(),
        "lines": [line_of(row) for row in page],
        "page": page,
        "kept_days": settings.DELIVERY_LOG_DAYS,
    }
    return render(request, "referrals/webhook.html", context)


@require_safe
@requires(Permission.AGENCY_MANAGE)
def delivery(request: ActorRequest, pk: UUID, delivery: UUID) -> HttpResponse:
    """Every try to deliver one event."""
    found = _own(request, pk)
    row = get_object_or_404(logged(found.deliveries.all()), pk=delivery)
    tries = [(each.at, came_of(each.problem), each.took_ms) for each in row.tries.all()]
    context = {"webhook": found, "line": line_of(row), "tries": tries}
    return render(request, "referrals/delivery.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_MANAGE)
@confirmed
def webhook_end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """An address is not wanted any more."""
    found = _own(request, pk)
    if request.method == "POST":
        actions.end_webhook(webhook=found, by=request.actor)
        messages.success(request, _t("Removed. Nothing is sent there any more."))
        return redirect("referrals:webhooks")
    return render(request, "referrals/webhook_end.html", {"webhook": found})


@require_POST
@requires(Permission.AGENCY_MANAGE)
@confirmed
def webhook_secret(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A new secret, shown this once; the old one signs too for a day."""
    found = _own(request, pk)
    return shown_once(request, found, actions.renew_secret(webhook=found, by=request.actor))


Done = str | Promise
ACTS: dict[str, tuple[Callable[..., Any], Done]] = {
    "confirm": (actions.confirm_webhook, _("Confirmed. Events go to this address from now on.")),
    "on": (
        lambda *, webhook, by: actions.switch_webhook(webhook=webhook, on=True, by=by),
        _("Switched on. What happened meanwhile is sent too."),
    ),
    "off": (
        lambda *, webhook, by: actions.switch_webhook(webhook=webhook, on=False, by=by),
        _("Switched off. What happens meanwhile waits."),
    ),
    "test": (
        actions.try_webhook,
        _("A test goes out within a minute. Look at this page again to see what came of it."),
    ),
    "end-old-secrets": (
        actions.end_old_secrets,
        _("Only the newest secret signs from now on."),
    ),
}


@require_POST
@requires(Permission.AGENCY_MANAGE)
@confirmed
def webhook_act(request: ActorRequest, pk: UUID, name: str) -> HttpResponse:
    """One press on the page of an address."""
    verb, done = ACTS[name]
    _do(request, lambda: verb(webhook=_own(request, pk), by=request.actor), done)
    return redirect("referrals:webhook", pk=pk)


@require_POST
@requires(Permission.AGENCY_MANAGE)
def deliver_again(request: ActorRequest, pk: UUID, delivery: UUID | None = None) -> HttpResponse:
    """One delivery, or all that were given up, are sent again."""
    found = _own(request, pk)
    row = get_object_or_404(found.deliveries, pk=delivery) if delivery else None
    again = actions.deliver_again(webhook=found, by=request.actor, delivery=row)
    words = ngettext(
        "%(count)d is sent again within a minute.",
        "%(count)d are sent again within a minute.",
        again,
    )
    messages.success(request, words % {"count": again})
    return redirect("referrals:webhook", pk=pk)


@require_safe
@requires(Permission.AGENCY_ADMIN)
def webhooks_of_agencies(request: ActorRequest) -> HttpResponse:
    """For a force's administrator: addresses that wait for a second person, and systems that hear nothing."""
    rows = _counted(Webhook.objects.filter(ended_at=None)).select_related("agency", "proposed_by")
    found = list(rows.order_by("agency__name", "-proposed_at", "pk"))
    context = {
        "waiting": [row for row in found if row.confirmed_at is None],
        "others": [row for row in found if row.confirmed_at is not None],
    }
    return render(request, "referrals/webhooks_of_agencies.html", context)


@require_POST
@requires(Permission.AGENCY_ADMIN)
@confirmed
def webhook_decide(request: ActorRequest, pk: UUID, name: str) -> HttpResponse:
    """A force's administrator is the second person, or says no."""
    found = get_object_or_404(Webhook, pk=pk, ended_at=None)
    verb, done = {
        "confirm": (
            actions.confirm_webhook,
            _("Confirmed. Events go to this address from now on."),
        ),
        "refuse": (actions.end_webhook, _("Removed. Nothing is sent to this address.")),
    }[name]
    _do(request, lambda: verb(webhook=found, by=request.actor), done)
    return redirect("referrals:webhooks-of-agencies")


def _do(request: ActorRequest, act: Callable[[], object], done: Done) -> None:
    """What was pressed for, or why it cannot be."""
    try:
        act()
    except Conflict as conflict:
        messages.error(request, conflict.sentence)
    else:
        messages.success(request, str(done))


def shown_once(request: ActorRequest, found: Webhook, secret: str) -> HttpResponse:
    """The page with a secret that is not shown again."""
    context = {"webhook": found, "secret": secret, "is_first": found.secrets.count() == 1}
    return render(request, "referrals/webhook_secret.html", context)


def _own(request: ActorRequest, pk: UUID) -> Webhook:
    rows = Webhook.objects.select_related("proposed_by", "confirmed_by")
    return get_object_or_404(rows, pk=pk, agency=request.actor.agency_id, ended_at=None)


def _counted(rows: QuerySet[Webhook]) -> QuerySet[Webhook]:
    """With how many deliveries wait or were given up, and when one last arrived."""
    waiting = Q(deliveries__state=DeliveryState.QUEUED)
    dead = Q(deliveries__state=DeliveryState.DEAD)
    return rows.annotate(
        waiting=Count("deliveries", filter=waiting),
        given_up=Count("deliveries", filter=dead),
        last_received=Max("deliveries__delivered_at"),
    )


def logged(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """With their event and what came of the last try."""
    last = Attempt.objects.filter(delivery=OuterRef("pk")).order_by("-at", "-pk")
    return rows.select_related("event").annotate(
        last_at=Subquery(last.values("at")[:1]), last_problem=Subquery(last.values("problem")[:1])
    )


def line_of(row: Delivery) -> Line:
    """One line of the log; the row is of `logged()`."""
    problem: str | None = getattr(row, "last_problem")  # noqa: B009 - annotated
    return Line(
        delivery=row,
        what=str(EventType(row.event.type).label) if row.event else _t("Test"),
        state=row.get_state_display(),
        colour=COLOURS[DeliveryState(row.state)],
        last="" if problem is None else came_of(problem),
        last_at=getattr(row, "last_at"),  # noqa: B009 - annotated
    )
