"""The room of signing in through a force's own directory: there, and back."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import actions, audit
from accounts.actors import NOBODY
from accounts.auth import BY_DIRECTORY
from accounts.directory import Directory, NotSaid, directories
from accounts.errors import Refused

NEXT = "directory_next"


@require_safe
@login_not_required
def directory_start(request: HttpRequest, force: str) -> HttpResponse:
    """To the directory; `again` when somebody who is signed in must show who they are."""
    directory = _directory(force)
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    request.session[NEXT] = wanted if safe else ""
    back = request.build_absolute_uri(reverse("directory-back", args=[force]))
    try:
        return directory.send_there(request, back, again="again" in request.GET)
    except NotSaid as problem:
        return _not_in(
            problem.why, _("Your force's sign-in cannot be reached now. Try again."), request
        )


@require_safe
@login_not_required
def directory_back(request: HttpRequest, force: str) -> HttpResponse:
    """Back from the directory: signed in as whom it named, or told why not."""
    directory = _directory(force)
    try:
        user = actions.arrive(directory=directory, claims=directory.claims_of(request))
    except NotSaid as problem:
        return _not_in(
            problem.why, _("Your force's sign-in did not say who you are. Try again."), request
        )
    except Refused as refused:
        return _not_in(refused.verb, refused.sentence, request)
    if user is None:
        words = _("Your force's directory gives you no work here. Ask whoever keeps it.")
        return _not_in("no role", words, request)
    wanted = request.session.pop(NEXT, "") or None
    # Named, so that nobody else who signs in here afterwards counts as having shown it.
    request.session[BY_DIRECTORY] = str(user.pk) if directory.asks_second_step else ""
    answer: HttpResponse = perform_login(request, Login(user=user, redirect_url=wanted))
    return answer


def _directory(force: str) -> Directory:
    try:
        return directories()[force]
    except KeyError as unknown:
        raise Http404 from unknown


def _not_in(why: str, words: str, request: HttpRequest) -> HttpResponse:
    audit.record("session.refused", by=NOBODY, step="directory", why=why)
    messages.error(request, words)
    return redirect("account_login")
