"""The room of asking again who somebody is, before an act that opens a door or lets something out."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import clocks
from accounts.auth import JUST_PROVED, PROVED
from accounts.directory import directories
from accounts.models import User
from accounts.permissions import ActorRequest
from accounts.signing_in import DirectoryEntry
from accounts.step_forms import ConfirmForm
from pages.addresses import where_from

MARK = "confirm"  # what the page of the question sends beside its answer
LOOKING = {"GET", "HEAD", "OPTIONS"}
Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[ActorRequest, Parameters], HttpResponse]


def confirmed(view: View[Parameters]) -> Callable[..., HttpResponse]:
    """Let the view act only for somebody who showed who they are in the last minutes (STEP_UP).

    Else they are asked, on a page that carries what they had typed, and the act goes on from there. Looking
    at the view's page asks nothing. The mark is read by tests/house/test_confirm.py.
    """

    @wraps(view)
    def asking(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in LOOKING or (recently(request) and MARK not in request.POST):
            return view(request, *args, **kwargs)
        if (question := _question(request)) is not None:
            return question
        request.POST = _without_answer(request)
        return view(request, *args, **kwargs)

    asking.asks_again = True  # type: ignore[attr-defined]
    return asking


def recently(request: HttpRequest) -> bool:
    """Whether this session showed who it belongs to in the last minutes."""
    at = request.session.get(PROVED)
    now = clocks.now().timestamp()
    return at is not None and 0 <= now - at <= settings.STEP_UP.total_seconds()


def prove(request: ActorRequest) -> None:
    """The session has just shown who it belongs to, whatever becomes of the act: the middleware sees to the rest."""
    request.session[PROVED] = clocks.now().timestamp()
    request.META[JUST_PROVED] = True


def passkey_options(user: User) -> str:
    """What the browser needs to ask for one of the person's passkeys; empty when they have none."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists():
        return ""
    return as_json(begin_authentication(user))


def as_json(options: dict[str, Any]) -> str:
    """The library's options as the pages' script reads them."""
    return json.dumps(options, cls=DjangoJSONEncoder)


def _question(request: ActorRequest) -> HttpResponse | None:
    """The page that asks; None when it was answered rightly."""
    user = request.user
    assert isinstance(user, User)
    answer = request.POST if request.method == "POST" and MARK in request.POST else None
    form = ConfirmForm(request, user, answer)
    if form.is_valid():
        prove(request)
        return None
    shown = {
        "form": form,
        "typed": [
            (name, value) for name, values in _without_answer(request).lists() for value in values
        ],
        "passkey_options": passkey_options(user) if user.has_second_step else "",
        "directory": _directory_of(user),
        "came_from": urlsplit(where_from(request)).path,
        "minutes": int(settings.STEP_UP.total_seconds() // 60),
    }
    status = 400 if form.is_bound else 200
    return render(request, "accounts/confirm.html", shown, status=status)


def _directory_of(user: User) -> str:
    """The slug of the force whose directory knows them, for whoever has nothing here to show."""
    entry = DirectoryEntry.objects.filter(user=user).first()
    known = directories().values() if entry else ()
    return next((each.force for each in known if each.issuer == entry.issuer), "")  # type: ignore[union-attr]


def _without_answer(request: HttpRequest) -> Any:
    """What was typed on the page before: neither the token nor a password."""
    typed = request.POST.copy()
    for name in list(typed):
        if name == "csrfmiddlewaretoken" or name.startswith(MARK):
            del typed[name]
    return typed
