"""The room of what other pages show of referrals: those of a case, and whose turn each is."""

from datetime import datetime
from typing import Any

from django import template

import clocks
from casework.models import Case
from referrals.models import Webhook
from referrals.standing import shown_all

register = template.Library()


@register.inclusion_tag("referrals/_support_referrals.html")
def support_referrals(case: Case) -> dict[str, Any]:
    """The case's referrals on its own page: agency, state in words, whose turn, clock."""
    at: datetime = clocks.now()
    return {"case": case, "rows": shown_all(case, at), "at": at}


@register.simple_tag(takes_context=True)
def silent_webhooks(context: template.Context) -> list[Webhook]:
    """The addresses of the reader's agency whose system has not taken the last that it was told."""
    return list(Webhook.objects.silent().filter(agency=context["request"].actor.agency_id))
