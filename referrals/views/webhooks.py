"""The room of the pages about webhooks: an agency's own, those of its sandbox, and the force's as second person."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts.actions.keeping import keepable
from accounts.actors import Actor
from accounts.confirm import confirmed
from accounts.errors import Conflict
from accounts.models import Agency
from accounts.permissions import ActorRequest, Permission, requires
from accounts.scoping import NotVisible
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


@dataclass(frozen=True)
class Here:
    """Whose webhooks: the agency's own, or those of its twin in the sandbox; and whoever acts there."""

    actor: Actor
    sandbox: bool

    @property
    def at(self) -> str:
        """What the names of the addresses begin with."""
        return "referrals:sandbox-" if self.sandbox else "referrals:"


Parameters = ParamSpec("Parameters")
Sided = Callable[Concatenate[ActorRequest, Here, Parameters], HttpResponse]


def on_both_sides(view: Sided[Parameters]) -> Callable[..., HttpResponse]:
    """The same page for what is real and, mounted with `sandbox=True`, for the sandbox, opened by the first press."""

    @wraps(view)
    def sided(
        request: ActorRequest,
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> HttpResponse:
        if not kwargs.pop("sandbox", False):
            return view(request, Here(request.actor, sandbox=False), *args, **kwargs)
        if _is_open(request.actor):
            with actions.inside(request.actor) as player:
                return view(request, Here(player, sandbox=True), *args, **kwargs)
        if request.method != "POST":  # nobody's, so nothing is there
            nobody = replace(request.actor, agency_id=None)
            return view(request, Here(nobody, sandbox=True), *args, **kwargs)
        with transaction.atomic():
            agency = get_object_or_404(Agency, pk=request.actor.agency_id)
            actions.open_sandbox(agency=agency, by=request.actor)
            with actions.inside(request.actor) as player:
                answer = view(request, Here(player, sandbox=True), *args, **kwargs)
            transaction.set_rollback(answer.status_code >= 400)  # what is refused opens nothing
        return answer

    return sided


def _is_open(by: Actor) -> bool:
    try:
        actions.sandbox_of(by)
    except NotVisible:
        return False
    return True


@require_safe
@requires(Permission.AGENCY_MANAGE)
@on_both_sides
def webhooks(request: ActorRequest, here: Here) -> HttpResponse:
    """The addresses of the agency's systems and how each fares; then those that were removed, for their logs."""
    rows = Webhook.objects.filter(agency=here.actor.agency_id)
    removed = Paginator(rows.exclude(ended_at=None).order_by("-ended_at", "pk"), PER_PAGE)
    context = {
        "here": here,
        "webhooks": _counted(rows.filter(ended_at=None)),
        "page": removed.get_page(request.GET.get("page")),
    }
    return render(request, "referrals/webhooks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_MANAGE)
@confirmed
@on_both_sides
def webhook_new(request: ActorRequest, here: Here) -> HttpResponse:
    """An address is proposed; its secret is shown this once."""
    form = WebhookForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                webhook, secret = actions.propose_webhook(
                    url=form.cleaned_data["url"], by=here.actor
                )
            except Conflict as conflict:
                form.add_error("url", conflict.sentence)
                status = 409
            except ValidationError as wrong:
                form.add_error(None, wrong)
            else:
                return _shown_once(request, here, webhook, secret)
    context = {"form": form, "here": here}
    return render(request, "referrals/webhook_new.html", context, status=status)


@require_safe
@requires(Permission.AGENCY_MANAGE)
@on_both_sides
def webhook(request: ActorRequest, here: Here, pk: UUID) -> HttpResponse:
    """One address: what can be done about it, and the log of what was sent there, all or by how far it got."""
    found = _own(here, pk)
    at, state = clocks.now(), request.GET.get("state", "")
    state = state if state in LOGS else ""
    rows = found.deliveries.filter(state=state) if state else found.deliveries.all()
    page = Paginator(_logged(rows), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here,
        "webhook": found,
        "secrets": list(found.secrets.current(at).defer("secret").order_by("-made_at")),
        "mine": found.proposed_by_id == here.actor.id,
        "given_up": found.deliveries.filter(state=DeliveryState.DEAD).count(),
        "logs": [(name, words, name == state) for name, words in LOGS.items()],
        "state": state,
        "lines": [_line_of(row) for row in page],
        "page": page,
        "kept_days": settings.DELIVERY_LOG_DAYS,
    }
    return render(request, "referrals/webhook.html", context)


@require_safe
@requires(Permission.AGENCY_MANAGE)
@on_both_sides
def delivery(request: ActorRequest, here: Here, pk: UUID, delivery: UUID) -> HttpResponse:
    """Every try to deliver one event."""
    found = _own(here, pk)
    row = get_object_or_404(_logged(found.deliveries.all()), pk=delivery)
    tries = [(each.at, came_of(each.problem), each.took_ms) for each in row.tries.all()]
    context = {"here": here, "webhook": found, "line": _line_of(row), "tries": tries}
    return render(request, "referrals/delivery.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_MANAGE)
@confirmed
@on_both_sides
def webhook_end(request: ActorRequest, here: Here, pk: UUID) -> HttpResponse:
    """An address is not wanted any more; its log stays."""
    found = _own(here, pk, removed_too=False)
    if request.method == "POST":
        actions.end_webhook(webhook=found, by=here.actor)
        messages.success(request, _t("Removed. Nothing is sent there any more."))
        return redirect(f"{here.at}webhooks")
    return render(request, "referrals/webhook_end.html", {"webhook": found, "here": here})


@require_POST
@requires(Permission.AGENCY_MANAGE)
@confirmed
@on_both_sides
def webhook_secret(request: ActorRequest, here: Here, pk: UUID) -> HttpResponse:
    """A new secret, shown this once; the old one signs too for a day."""
    found = _own(here, pk, removed_too=False)
    secret = actions.renew_secret(webhook=found, by=here.actor)
    return _shown_once(request, here, found, secret)


LOGS: dict[str, Any] = {
    "": _("Everything"),
    DeliveryState.DEAD: _("Given up"),
    DeliveryState.QUEUED: _("Waiting"),
    DeliveryState.DELIVERED: _("Received"),
}
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
@on_both_sides
def webhook_act(request: ActorRequest, here: Here, pk: UUID, name: str) -> HttpResponse:
    """One press on the page of an address."""
    verb, done = ACTS[name]
    found = _own(here, pk, removed_too=False)
    _do(request, lambda: verb(webhook=found, by=here.actor), done)
    return redirect(f"{here.at}webhook", pk=pk)


@require_POST
@requires(Permission.AGENCY_MANAGE)
@on_both_sides
def deliver_again(
    request: ActorRequest, here: Here, pk: UUID, delivery: UUID | None = None
) -> HttpResponse:
    """One delivery, or all that were given up, are sent again."""
    found = _own(here, pk, removed_too=False)
    row = get_object_or_404(found.deliveries, pk=delivery) if delivery else None
    again = actions.deliver_again(webhook=found, by=here.actor, delivery=row)
    words = ngettext(
        "%(count)d is sent again within a minute.",
        "%(count)d are sent again within a minute.",
        again,
    )
    messages.success(request, words % {"count": again})
    return redirect(f"{here.at}webhook", pk=pk)


@require_safe
@requires(Permission.AGENCY_ADMIN)
def webhooks_of_agencies(request: ActorRequest) -> HttpResponse:
    """For a force's administrator: addresses that wait for a second person, and systems that hear nothing."""
    rows = _counted(_of_kept(request)).select_related("agency", "proposed_by")
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
    found = get_object_or_404(_of_kept(request), pk=pk)
    verb, done = {
        "confirm": (
            actions.confirm_webhook,
            _("Confirmed. Events go to this address from now on."),
        ),
        "refuse": (actions.end_webhook, _("Removed. Nothing is sent to this address.")),
    }[name]
    _do(request, lambda: verb(webhook=found, by=request.actor), done)
    return redirect("referrals:webhooks-of-agencies")


def _of_kept(request: ActorRequest) -> QuerySet[Webhook]:
    return Webhook.objects.filter(keepable(request.actor.own_force_id, "agency"), ended_at=None)


def _do(request: ActorRequest, act: Callable[[], object], done: Done) -> None:
    """What was pressed for, or why it cannot be."""
    try:
        act()
    except Conflict as conflict:
        messages.error(request, conflict.sentence)
    else:
        messages.success(request, str(done))


def _shown_once(request: ActorRequest, here: Here, found: Webhook, secret: str) -> HttpResponse:
    """The page with a secret that is not shown again."""
    context = {"here": here, "webhook": found, "secret": secret}
    context["is_first"] = found.secrets.count() == 1
    return render(request, "referrals/webhook_secret.html", context)


def _own(here: Here, pk: UUID, *, removed_too: bool = True) -> Webhook:
    """The address, to look at; to act on, only one that was not removed."""
    rows = Webhook.objects.select_related("proposed_by", "confirmed_by", "ended_by")
    rows = rows if removed_too else rows.filter(ended_at=None)
    return get_object_or_404(rows, pk=pk, agency=here.actor.agency_id)


def _counted(rows: QuerySet[Webhook]) -> QuerySet[Webhook]:
    """With how many deliveries wait or were given up, and when one last arrived."""
    waiting = Q(deliveries__state=DeliveryState.QUEUED)
    dead = Q(deliveries__state=DeliveryState.DEAD)
    return rows.annotate(
        waiting=Count("deliveries", filter=waiting),
        given_up=Count("deliveries", filter=dead),
        last_received=Max("deliveries__delivered_at"),
    )


def _logged(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """With their event and what came of the last try."""
    last = Attempt.objects.filter(delivery=OuterRef("pk")).order_by("-at", "-pk")
    return rows.select_related("event").annotate(
        last_at=Subquery(last.values("at")[:1]), last_problem=Subquery(last.values("problem")[:1])
    )


def _line_of(row: Delivery) -> Line:
    """One line of the log; the row is of `_logged()`."""
    problem: str | None = getattr(row, "last_problem")  # noqa: B009 - annotated
    return Line(
        delivery=row,
        what=str(EventType(row.event.type).label) if row.event else _t("Test"),
        state=row.get_state_display(),
        colour=COLOURS[DeliveryState(row.state)],
        last="" if problem is None else came_of(problem),
        last_at=getattr(row, "last_at"),  # noqa: B009 - annotated
    )
