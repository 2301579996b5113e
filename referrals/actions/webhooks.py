"""The room of how an agency is told by webhook: the address two people agree on, its secrets, tests and replay."""

import secrets
from base64 import b64encode
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actions.keeping import keep
from accounts.actors import Actor, ActorKind
from accounts.errors import Conflict, Refused
from accounts.permissions import Permission, check
from referrals.models import Delivery, DeliveryState, Webhook, WebhookSecret
from referrals.transports import ADDRESS

BOTH_SIGN = timedelta(hours=24)
MOST = 5
Q = DeliveryState.QUEUED


@transaction.atomic
def propose_webhook(*, url: str, by: Actor) -> tuple[Webhook, str]:
    """An address waits for a second person, but in the sandbox; its secret is given back this once."""
    check(by, Permission.AGENCY_MANAGE)
    url = _readable(url)
    if Webhook.objects.filter(agency=by.agency_id, url=url, ended_at=None).exists():
        raise Conflict(_("This address is there already."))
    if Webhook.objects.filter(agency=by.agency_id, ended_at=None).count() >= MOST:
        raise Conflict(_("You have %s addresses already. Remove one that you do not need.") % MOST)
    at = clocks.now()
    webhook = Webhook(
        agency_id=by.own_agency_id, url=url, proposed_by_id=by.person_id, proposed_at=at
    )
    if webhook.agency.sandbox_of_id:
        webhook.sandboxed = webhook.is_on = True
        webhook.confirmed_by_id, webhook.confirmed_at = by.person_id, at
    webhook.save(force_insert=True)
    audit.record("webhook.proposed", by=by, of=webhook)
    return webhook, _new_secret(webhook, by, at)


@transaction.atomic
def confirm_webhook(*, webhook: Webhook, by: Actor) -> Webhook:
    """A second person agrees: events go to the address from now on."""
    webhook = _locked(webhook, by, or_force=True)
    if webhook.confirmed_at:
        return webhook
    if webhook.proposed_by_id == by.person_id:
        raise Refused(
            _("You proposed this address. Somebody else must confirm it."), verb="webhook.confirmed"
        )
    webhook.confirmed_by_id, webhook.confirmed_at = by.person_id, clocks.now()
    webhook.is_on = True
    webhook.save(update_fields=("confirmed_by", "confirmed_at", "is_on"))
    audit.record("webhook.confirmed", by=by, of=webhook)
    return webhook


@transaction.atomic
def end_webhook(*, webhook: Webhook, by: Actor) -> Webhook:
    """The address is refused, or no longer wanted; nothing is sent there any more."""
    webhook = _locked(webhook, by, or_force=True)
    webhook.ended_by_id, webhook.ended_at, webhook.is_on = by.person_id, clocks.now(), False
    webhook.save(update_fields=("ended_by", "ended_at", "is_on"))
    audit.record("webhook.ended", by=by, of=webhook)
    return webhook


@transaction.atomic
def switch_webhook(*, webhook: Webhook, on: bool, by: Actor) -> Webhook:
    """The address hears of events, or waits. Switched on again, it hears of what it missed."""
    webhook = _locked(webhook, by)
    if webhook.confirmed_at is None:
        raise Conflict(_("A second person must confirm the address first."))
    if webhook.is_on != on:
        webhook.is_on = on
        if webhook.is_silent:  # they know
            webhook.heard_at = clocks.now()
        webhook.save(update_fields=("is_on", "heard_at"))
        audit.record("webhook.switched", by=by, of=webhook, on=on)
    return webhook


@transaction.atomic
def renew_secret(*, webhook: Webhook, by: Actor) -> str:
    """A new secret signs from now on; the old one signs too for a day, so that no delivery is refused meanwhile."""
    webhook = _locked(webhook, by)
    at = clocks.now()
    known = WebhookSecret.objects.filter(webhook=webhook)
    known.filter(ends_at__gt=at).update(ends_at=at)  # two at most sign
    known.filter(ends_at=None).update(ends_at=at + BOTH_SIGN)
    audit.record("webhook.secret_renewed", by=by, of=webhook)
    return _new_secret(webhook, by, at)


@transaction.atomic
def end_old_secrets(*, webhook: Webhook, by: Actor) -> None:
    """Only the newest secret signs, from now on: somebody may have seen the old one."""
    webhook = _locked(webhook, by)
    at = clocks.now()
    if WebhookSecret.objects.filter(webhook=webhook, ends_at__gt=at).update(ends_at=at):
        audit.record("webhook.secrets_ended", by=by, of=webhook)


@transaction.atomic
def try_webhook(*, webhook: Webhook, by: Actor) -> Delivery:
    """A test is sent within a minute; the log says what came of it."""
    webhook = _locked(webhook, by)
    if not webhook.is_on:
        raise Conflict(_("Nothing is sent to this address now. Switch it on first."))
    at = clocks.now()
    waiting = webhook.deliveries.filter(event=None, state=Q).first()
    if waiting is not None:
        return waiting
    audit.record("webhook.tested", by=by, of=webhook)
    return Delivery.objects.create(
        webhook=webhook, agency_id=webhook.agency_id, made_at=at, send_after=at
    )


@transaction.atomic
def deliver_again(*, webhook: Webhook, by: Actor, delivery: Delivery | None = None) -> int:
    """One delivery, or all that were given up, are sent again within a minute, with the same id: how many."""
    webhook = _locked(webhook, by)
    rows = webhook.deliveries.exclude(state=Q)
    rows = rows.filter(pk=delivery.pk) if delivery else rows.filter(state=DeliveryState.DEAD)
    again = rows.update(state=Q, send_after=clocks.now(), attempts=0)
    if again:
        audit.record("webhook.delivered_again", by=by, of=webhook, count=again)
    return again


def _locked(webhook: Webhook, by: Actor, *, or_force: bool = False) -> Webhook:
    """The agency's own row, held until the act is done; the force that looks after it may confirm and end it too."""
    if or_force and by.kind is ActorKind.OFFICER:
        check(by, Permission.AGENCY_ADMIN)
        keep(webhook.agency_id, by=by)
        rows = Webhook.objects.all()
    else:
        check(by, Permission.AGENCY_MANAGE)
        rows = Webhook.objects.filter(agency=by.agency_id)
    found = rows.select_for_update(of=("self",)).get(pk=webhook.pk)
    if found.ended_at is not None:
        raise Conflict(_("This address was removed. Propose it again."))
    return found


def _new_secret(webhook: Webhook, by: Actor, at: datetime) -> str:
    secret = "whsec_" + b64encode(secrets.token_bytes(32)).decode()
    WebhookSecret.objects.create(
        webhook=webhook,
        agency_id=webhook.agency_id,
        secret=secret,
        made_at=at,
        made_by_id=by.person_id,
    )
    return secret


def _readable(url: str) -> str:
    """The address in small letters as far as they do not matter, or what is wrong with it."""
    scheme, colon, rest = url.strip().partition("://")
    host, slash, path = rest.partition("/")
    url = scheme.lower() + colon + host.lower() + slash + path
    found = ADDRESS.fullmatch(url)
    if found is None or len(url) > 300:
        raise ValidationError(
            {
                "url": _(
                    "Enter an address that begins with https:// and a name, like"
                    " https://hooks.agency.org.uk/holdfast, without a port, a sign-in or a #"
                )
            }
        )
    if found["host"] == urlsplit(settings.SITE_URL).hostname:
        raise ValidationError({"url": _("This is our own address. Enter one of your system")})
    return url
