"""The room of what surrounds every request: no-store, session limits, and the one transaction with its actor."""

from collections.abc import Callable
from typing import Any, cast
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

import clocks
from accounts import audit
from accounts.actors import NOBODY
from accounts.auth import BY_DIRECTORY, JUST_PROVED, actor_of
from accounts.context import acting_as
from accounts.errors import Refused
from accounts.models import User
from accounts.permissions import ActorRequest
from accounts.scoping import NotVisible
from accounts.second_step import must_have_second_step

# What somebody may do who has yet to set up their second step.
ON_THE_WAY = frozenset(
    {
        *("second-step", "app-add", "passkey-add"),
        *("account_logout", "account_login", "stay-signed-in", "livez", "readyz"),
        *("theme", "hidden", "help", "cookies", "accessibility", "privacy"),
    }
)
SEEN_STEP = 30  # seconds: a session is not written for every press
GetResponse = Callable[[HttpRequest], HttpResponse]


class NoStoreMiddleware:
    """Nothing behind sign-in is kept by a browser: Back after sign-out asks to sign in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and tell the browser to keep nothing."""
        response = self.get_response(request)
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response["Cache-Control"] = "no-store"
        return response


class SessionLimitsMiddleware:
    """A session ends after 30 minutes without a request and after 10 hours in any case."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End a session that is over; else note the press and go on."""
        if request.user.is_authenticated:
            at = clocks.now().timestamp()
            started = request.session.setdefault("started", at)
            idle = at - request.session.get("seen", started)
            if idle > settings.SESSION_IDLE.total_seconds() or at - started > (
                settings.SESSION_ABSOLUTE.total_seconds()
            ):
                logout(request)
                return self._signed_out(request)
            if idle >= SEEN_STEP or "seen" not in request.session:
                request.session["seen"] = at
        return self.get_response(request)

    def _signed_out(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("X-Requested-With") in {"draft", "idle"}:
            return HttpResponse(status=401)
        if request.method in {"GET", "HEAD"}:
            answer: HttpResponse = redirect_to_login(request.get_full_path())
            return answer
        return redirect(settings.LOGIN_URL)


class RequestContextMiddleware:
    """Every request is one transaction in which Python and PostgreSQL know who acts [architecture 6].

    `ATOMIC_REQUESTS` makes the view a savepoint inside it: a refusal undoes the view's work, and its own
    audit row, written here, stays. Nobody's requests need no transaction of ours.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside the context of whoever acts, and record a refusal."""
        at = clocks.now()
        user = request.user
        actor = actor_of(user, at) if isinstance(user, User) else NOBODY
        setattr(request, "actor", actor)  # noqa: B010 - HttpRequest has no such attribute to mypy
        with acting_as(actor, at=at, request_id=str(uuid4()), in_request=True):
            response = self.get_response(request)
            # A response that is rendered later would be rendered outside the walls.
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
            if JUST_PROVED in request.META:
                # Here, because what the view wrote is undone when the act is refused.
                request.session.cycle_key()
                audit.record("session.confirmed", by=actor)
            if _is_refusal(request, response):
                _record(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Remember what was tried; the answer itself is `config/errors.py`."""
        if isinstance(exception, PermissionDenied | NotVisible):
            tried = exception.verb if isinstance(exception, Refused) else ""
            request.META["holdfast.tried"] = tried or type(exception).__name__


class SecondStepMiddleware:
    """Whoever must have a second step and has none sets one up before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand on; who is led elsewhere is decided below, when the page is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_given: Any
    ) -> HttpResponse | None:
        """Lead them to the page on which they set it up, unless they are on their way."""
        user = request.user
        if not isinstance(user, User) or user.has_second_step:
            return None
        if request.session.get(BY_DIRECTORY) == str(user.pk):
            return None
        if not must_have_second_step(cast(ActorRequest, request).actor.roles):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in ON_THE_WAY:
            return None
        if request.headers.get("X-Requested-With") in {"draft", "idle"}:
            return HttpResponse(status=401)
        return redirect("second-step")


def _is_refusal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whoever refused: an action, a missing CSRF token, the API, or a row that this actor may not see.

    An address that does not exist is no refusal; one with an id in it that shows no row is, and so is a question
    that names what is not the asker's (`holdfast.ids`).
    """
    in_address = request.resolver_match is not None and bool(request.resolver_match.kwargs)
    names_a_row = in_address or "holdfast.ids" in request.META
    return response.status_code in {401, 403} or (response.status_code == 404 and names_a_row)


def _record(request: HttpRequest, response: HttpResponse) -> None:
    match = request.resolver_match
    ids = {} if match is None or "token" in match.kwargs else match.kwargs
    audit.refused(
        request.META.get("holdfast.tried", f"http.{response.status_code}"),
        by=cast(ActorRequest, request).actor,
        route=match.view_name if match else "",
        method=request.method,
        ids={name: str(value) for name, value in ids.items()}
        | request.META.get("holdfast.ids", {}),
    )
