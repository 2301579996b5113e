"""How Harbour's own system is connected: a key, an address that two people agreed on, and what it has heard."""

from datetime import datetime, timedelta

import clocks
from accounts.actions import make_key
from accounts.actors import engine
from accounts.auth import actor_of
from accounts.context import acting_as
from accounts.models import Agency, User
from config.demo.plan import DAY
from referrals import actions, delivery, events
from referrals.models import Attempt, Delivery, DeliveryState, Webhook

ADDRESS = "https://hooks.harbour.invalid/holdfast"
PROPOSED = "https://new.harbour.invalid/holdfast"
HEARD_AFTER = timedelta(seconds=20)
SOON_AFTER = timedelta(minutes=1)


def connect_harbour(now: datetime) -> None:
    """Una and Cal connected it ten days ago; a second address waits. Doing it again changes nothing."""
    began = now - 10 * DAY
    with clocks.frozen(began), acting_as(engine("seed_demo"), at=began):
        if Webhook.objects.exists():
            return
        una, cal = (actor_of(User.objects.get(username=name), began) for name in ("una", "cal"))
        harbour = Agency.objects.get(slug="harbour")
        make_key(by=una, agency=harbour, name="Case system of Harbour")
        webhook, _secret = actions.propose_webhook(url=ADDRESS, by=una)
        actions.confirm_webhook(webhook=webhook, by=cal)
    with clocks.frozen(now), acting_as(engine("seed_demo"), at=now):
        actions.propose_webhook(url=PROPOSED, by=una)
    events.number(now)
    delivery.make(now)
    _heard(webhook, now)


def _heard(webhook: Webhook, now: datetime) -> None:
    """What happened until an hour ago has arrived; now and then at the second try."""
    with acting_as(engine("seed_demo"), at=now):
        rows = list(
            Delivery.objects.filter(webhook=webhook, event__at__lt=now - timedelta(hours=1))
            .select_related("event")
            .order_by("number")
        )
        tries: list[Attempt] = []
        for place, row in enumerate(rows):
            happened = row.event.at if row.event else now
            heard = [(HEARD_AFTER, "")]
            if place % 9 == 4:
                heard = [(HEARD_AFTER, "answered-503"), (HEARD_AFTER + SOON_AFTER, "")]
            tries += [
                Attempt(
                    delivery=row,
                    agency_id=row.agency_id,
                    at=happened + after,
                    took_ms=180 + place % 40,
                    problem=problem,
                )
                for after, problem in heard
            ]
            row.made_at = happened
            row.state, row.attempts = DeliveryState.DELIVERED, len(heard)
            row.delivered_at = happened + heard[-1][0]
        Attempt.objects.bulk_create(tries)
        Delivery.objects.bulk_update(rows, ("made_at", "state", "attempts", "delivered_at"))
