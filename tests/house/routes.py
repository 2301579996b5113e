"""Every address of Holdfast, with made-up ids in it, and how it is sorted."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView

from accounts.permissions import Permission

NOBODYS = UUID("00000000-0000-4000-8000-000000000000")
MADE_UP = {"reference": "HF-ZZZZZ"}

# Open to anybody, each with its reason. Whatever is not here asks to sign in.
PUBLIC = {
    "livez": "says only that the process answers",
    "readyz": "says only whether the process can serve",
    "followups:health": "says only whether the engine runs; for the watchman outside",
    "followups:metrics": "the scraper's token is the key; numbers only",
    "followups:notify-receipt": "the bearer token that Notify was given is the key; answers nothing",
    "account_login": "signing in",
    "account_logout": "signing out when the session is over already",
    "account_inactive": "says that an account is closed, and of nobody",
    "set-password": "the token in the link is the key",
    "mfa_authenticate": "the second step of signing in; the first is in the session",
    "mfa_login_webauthn": "signing in with a passkey",
    "directory-start": "signing in through a force's own directory",
    "directory-back": "back from there; the token is the key",
    "casework:voice-questions": "the link that somebody was given is the key; shows no record",
    "casework:voice-sent": "words",
    "theme": "a cookie with a colour",
    "hidden": "an empty page",
    "help": "words",
    "cookies": "words",
    "accessibility": "words",
    "privacy": "words",
    "gallery": "invented parts; demo and development only",
    "referrals:api-token": "the agency's id and secret are the key",
    "referrals:api-openapi": "describes the API; holds no record",
    "referrals:api-docs": "describes the API; holds no record",
    "referrals:api-changelog": "says what changed in the API; holds no record",
    "referrals:api-changelog-feed": "the same for feed readers",
    "referrals:api-problem": "explains an error code; holds no record",
    "referrals:api-open-home": "the public directory: says what it is",
    "referrals:api-open-services": "the public directory: what agencies let strangers read",
    "referrals:api-open-services-one": "the public directory: what agencies let strangers read",
    "referrals:api-open-taxonomies": "the public directory: words",
    "referrals:api-open-taxonomies-one": "the public directory: words",
    "referrals:api-open-taxonomy_terms": "the public directory: words",
    "referrals:api-open-taxonomy_terms-one": "the public directory: words",
    "referrals:api-open-service_at_locations": "the public directory: always empty",
    "referrals:api-open-service_at_locations-one": "the public directory: always 404",
    "referrals:api-nowhere": "says in JSON that there is no such address",
    "referrals:api-sandbox-token": "the key of an agency's sandbox",
    "referrals:api-sandbox-nowhere": "says in JSON that there is no such address",
}
# For whoever is signed in, whatever their role.
SIGNED_IN = {
    "account_change_password": "one's own password",
    "stay-signed-in": "one's own session",
    "security": "how one signs in oneself",
    "notices-read": "what changed in how one signs in",
    "second-step": "one's own second step",
    "app-add": "one's own second step",
    "passkey-add": "one's own second step",
    "step-remove": "one's own second step",
    "codes": "one's own recovery codes",
    "sessions-end-others": "one's own sessions",
    "session-end": "one's own session",
}


@dataclass(frozen=True)
class Route:
    """One address: its name, what leads to it, and what answers."""

    name: str
    pattern: str
    path: str
    parameters: frozenset[str]
    view: Callable[..., HttpResponse]

    @property
    def permission(self) -> Permission | None:
        """The mark that `@requires` left."""
        return getattr(self.view, "required_permission", None)

    @property
    def asks_sign_in(self) -> bool:
        """Whether the middleware sends nobody away to sign in."""
        return bool(getattr(self.view, "login_required", True))

    @property
    def api(self) -> type[APIView] | None:
        """The API's view class, if it is one."""
        cls = getattr(self.view, "cls", None)
        return cls if isinstance(cls, type) and issubclass(cls, APIView) else None


def routes() -> list[Route]:
    """Every route of the project."""
    return list(_walk(get_resolver(), "", "", frozenset()))


def _walk(
    resolver: URLResolver, prefix: str, spaces: str, outer: frozenset[str]
) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        parameters = outer | set(getattr(entry.pattern, "converters", {}))
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            path = "/" + _filled(entry, prefix)
            name = spaces + (entry.name or "")
            yield Route(name, pattern, path, frozenset(parameters), entry.callback)
        else:
            inner = f"{spaces}{entry.namespace}:" if entry.namespace else spaces
            yield from _walk(entry, pattern, inner, frozenset(parameters))


def _filled(entry: URLPattern, prefix: str) -> str:
    """The address with ids of nothing: what it shows is decided before any row is looked for."""
    written = prefix + str(entry.pattern)
    if written.startswith("^"):
        return written.strip("^$").replace("(?:/.*)?", "")
    return re.sub(r"<(?:(\w+):)?(\w+)>", lambda part: _made_up(part[1], part[2]), written)


def _made_up(kind: str, name: str) -> str:
    return str(MADE_UP.get(name, {"int": 1, "uuid": NOBODYS}.get(kind, "stale")))
