"""The room of what other pages show of referrals: those of a case, and whose turn each is."""

from datetime import datetime
from typing import Any

from django import template

import clocks
from casework.models import Case
from referrals.standing import shown_all

register = template.Library()


@register.inclusion_tag("referrals/_support_referrals.html")
def support_referrals(case: Case) -> dict[str, Any]:
    """The case's referrals on its own page: agency, state in words, whose turn, clock."""
    at: datetime = clocks.now()
    return {"case": case, "rows": shown_all(case, at), "at": at}
