"""The room of what every page shows around its content: navigation, theme, banners, who is here."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

import clocks

THEME_COOKIE = "theme"
SYSTEM, LIGHT, NIGHT = "system", "light", "night"
THEMES = (SYSTEM, LIGHT, NIGHT)
IDLE_WARNING_MINUTES = 5


@dataclass(frozen=True)
class NavItem:
    """One section in the navigation; never an act ("Log a concern" is a button on a page)."""

    words: str
    href: str
    count: int = 0
    counted: str = ""


Navigation = Callable[[HttpRequest], Sequence[NavItem]]


def chrome(request: HttpRequest) -> dict[str, Any]:
    """What base.html reads.

    Upper rooms fill it through settings, because this room may not know them:
    NAVIGATION (dotted path of a `Navigation`), BANNERS and FOOTNOTES (names of templates).
    """
    user = getattr(request, "user", None)
    signed_in = bool(user is not None and user.is_authenticated)
    return {
        "SITE_NAME": settings.SITE_NAME,
        "demo": getattr(settings, "DEMO", False),
        "theme": theme_of(request),
        "themes": THEMES,
        "signed_in": signed_in,
        "signed_in_as": str(user) if signed_in else "",
        "navigation": _navigation(request) if signed_in else [],
        "banners": getattr(settings, "BANNERS", ()) if signed_in else (),
        "footnotes": getattr(settings, "FOOTNOTES", ()) if signed_in else (),
        "made_at": clocks.now(),
        "idle_minutes": int(settings.SESSION_IDLE.total_seconds() // 60),
        "idle_warning_minutes": IDLE_WARNING_MINUTES,
    }


def theme_of(request: HttpRequest) -> str:
    """The theme this browser asked for; the system's own unless it did."""
    chosen = request.COOKIES.get(THEME_COOKIE, SYSTEM)
    return chosen if chosen in THEMES else SYSTEM


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    path = getattr(settings, "NAVIGATION", "")
    if not path:
        return []
    items = _navigation_of(path)(request)
    current = _closest(request.path, [item.href for item in items])
    return [{**asdict(item), "current": item.href == current} for item in items]


@cache
def _navigation_of(path: str) -> Navigation:
    found: Navigation = import_string(path)
    return found


def _closest(path: str, hrefs: Sequence[str]) -> str:
    """The section this page is in: the longest address that begins its own."""
    inside = [href for href in hrefs if path == href or (href != "/" and path.startswith(href))]
    return max(inside, key=len, default="")
