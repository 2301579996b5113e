"""The room of what every page says of a case that its reader opened in an emergency."""

from datetime import datetime
from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def opened_in_emergency(context: template.Context) -> dict[str, Any] | None:
    """The case of this page and until when it is open, if its reader sees it by emergency access; no query."""
    actor = getattr(context.get("request"), "actor", None)
    if actor is None or not actor.opened:
        return None
    case = context.get("case") or getattr(context.get("referral"), "case", None)
    until: datetime | None = actor.opened.get(getattr(case, "scope_id", None))
    return {"case": case, "until": until} if until else None
