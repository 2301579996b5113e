"""The room of what surrounds every request: no-store, session limits, and the one transaction with its actor."""

from collections.abc import Callable
from uuid import uuid4

import clocks
from accounts import audit
from accounts.actors import NOBODY
from accounts.auth import actor_of
from accounts.context import acting_as
from accounts.errors import Refused
from accounts.models import User
from accounts.permissions import ActorRequest
from accounts.scoping import NotVisible
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import resolve
from django.urls.exceptions import Resolver404

GetResponse = Callable[[HttpRequest], HttpResponse]


class NoStoreMiddleware:
    """Nothing behind sign-in is kept by a browser: Back after sign-out asks to sign in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response["Cache-Control"] = "no-store"
        return response


class SessionLimitsMiddleware:
    """A session ends after 30 minutes without a request and after 10 hours in any case."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            at = clocks.now().timestamp()
            started = request.session.setdefault("started", at)
            idle = at - request.session.get("seen", at)
            if idle > settings.SESSION_IDLE.total_seconds() or at - started > (
                settings.SESSION_ABSOLUTE.total_seconds()
            ):
                logout(request)
                return self._signed_out(request)
            request.session["seen"] = at
        return self.get_response(request)

    def _signed_out(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("X-Requested-With") == "draft":
            return HttpResponse(status=401)
        address: HttpResponseRedirect = redirect(f"{settings.LOGIN_URL}")
        return address


class RequestContextMiddleware:
    """Every request is one transaction in which Python and PostgreSQL know who acts [architecture 6].

    `ATOMIC_REQUESTS` makes the view a savepoint inside it: a refusal undoes the view's work, and its own
    audit row, written here, stays.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = clocks.now()
        user = request.user
        actor = actor_of(user, at) if isinstance(user, User) else NOBODY
        setattr(request, "actor", actor)  # noqa: B010 - HttpRequest has no such attribute to mypy
        with acting_as(actor, at=at, request_id=str(uuid4()), in_request=True):
            response = self.get_response(request)
            # A response that is rendered later would be rendered outside the walls.
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
        return response

    def process_exception(self, request: ActorRequest, exception: Exception) -> None:
        """A refusal is written to the audit trail; the answer itself is `config/errors.py`."""
        if isinstance(exception, PermissionDenied | NotVisible):
            tried = exception.verb if isinstance(exception, Refused) else ""
            audit.refused(
                tried or type(exception).__name__,
                by=request.actor,
                route=_route(request),
                method=request.method,
                ids={name: str(value) for name, value in _ids(request).items()},
            )


def _route(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _ids(request: HttpRequest) -> dict[str, object]:
    return dict(request.resolver_match.captured_kwargs) if request.resolver_match else {}
