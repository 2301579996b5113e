"""The room of who an agency's system is: its token, what the token allows, and how often it may ask."""

from copy import copy
from math import ceil
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils.translation import gettext as _
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.actors import Actor, ActorKind
from accounts.context import become
from accounts.models import Application
from accounts.permissions import Role
from accounts.rates import asked_at

READ = "referrals:read"
ACCEPT, DECLINE, ASK = "referrals:accept", "referrals:decline", "referrals:ask"
CONTACT, REVIEW, WORKER = "updates:contact", "updates:review", "updates:worker"
COMPLETE, END = "updates:complete", "updates:end"
DECIDE, UPDATE = "referrals:decide", "updates:write"
# A scope of several verbs, as keys were first given: a token with it may do each of them.
WIDER = dict.fromkeys((ACCEPT, DECLINE, ASK), DECIDE) | dict.fromkeys(
    (CONTACT, REVIEW, WORKER, COMPLETE, END), UPDATE
)
EVENTS = "events:read"
VOICE = "voice:write"


def system_of(application: Application) -> Actor:
    """The actor that one key of an agency is; the audit trail tells keys apart by their beginning."""
    agency = application.agency
    if agency is None or not application.is_usable(None):
        raise AuthenticationFailed(
            _("This key was revoked, or belongs to no agency that takes referrals.")
        )
    return Actor(
        kind=ActorKind.AGENCY,
        name=f"{agency.name} (key {application.client_id[:6]})",
        agency_id=agency.pk,
        roles=frozenset({Role.AGENCY_SYSTEM}),
    )


class AgencyTokenAuthentication(OAuth2Authentication):  # type: ignore[misc]
    """A bearer token makes the rest of the request its agency's, in Python and in PostgreSQL."""

    www_authenticate_realm = "Holdfast"

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Any] | None:
        """The token, once the database knows the agency; None without a valid one."""
        asked = _without_body(request._request)
        found = super().authenticate(asked)
        if found is None:
            setattr(request, "oauth2_error", asked.oauth2_error)  # noqa: B010 - for the challenge
            return None
        token = found[1]
        actor = system_of(token.application)
        setattr(request._request, "actor", actor)  # noqa: B010 - as the middleware sets it
        become(actor)
        return AnonymousUser(), token


def _without_body(request: Any) -> Any:
    """The request as its token is looked for: in the header alone, whatever the body and the question are."""
    asked = copy(request)
    asked.POST = QueryDict()
    asked.META = request.META | {"QUERY_STRING": ""}
    return asked


class DenyAll(BasePermission):
    """The default: a route that nobody gave a permission is closed."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Never."""
        return False


def enough(scope: str) -> list[str]:
    """The scopes of which a token needs one."""
    return [scope, WIDER[scope]] if scope in WIDER else [scope]


class HasScope(BasePermission):
    """The token must carry the scope that the view names for the method."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether it does; the refusal names the scope that is missing."""
        scope: str = view.scope
        self.message = _("This needs a token with the scope %s.") % scope
        token: Any = request.auth
        return bool(token and any(token.allow_scopes([one]) for one in enough(scope)))


class KeyThrottle(SimpleRateThrottle):
    """Each key, or each address without one, may ask so often; counted outside the request's transaction."""

    def __init__(self) -> None:
        """The rate is known once the view is."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Whether this one may go on."""
        self.scope = view.throttle_scope
        self.rate = self.get_rate()
        self.num_requests, self.duration = self.parse_rate(self.rate)
        if self.num_requests is None or self.duration is None:
            return True
        self.now: float = self.timer()
        at = asked_at(
            self.get_cache_key(request, view),
            now=self.now,
            duration=self.duration,
            most=self.num_requests,
        )
        self.history: list[float] = at[::-1]
        return bool(at[-1] == self.now)

    def headers(self) -> dict[str, str]:
        """How often, what is left, in how many seconds there is more [draft-ietf-httpapi-ratelimit-headers]."""
        if self.num_requests is None or self.duration is None:
            return {}
        left = max(0, self.num_requests - len(self.history))
        waits = self.duration - (self.now - self.history[-1]) if self.history else 0
        return {
            "RateLimit-Policy": f'"{self.scope}";q={self.num_requests};w={self.duration}',
            "RateLimit": f'"{self.scope}";r={left};t={max(0, ceil(waits))}',
        }

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Who is counted."""
        token: Any = request.auth
        who = token.application_id if token else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": who}
