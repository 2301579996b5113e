"""The room of what every answer carries, how much may be brought, and of a `Conflict` or missing reason as a page."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from accounts.actors import NOBODY
from accounts.errors import Conflict
from accounts.permissions import can
from accounts.reasons import ReasonNeeded
from config import errors


class ConflictMiddleware:
    """A `Conflict` that no view caught becomes 409 with its sentence; a case that needs a reason, the question."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand on; what was raised is answered below."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer it; the view's savepoint is already undone."""
        if isinstance(exception, ReasonNeeded):
            return errors.reason_needed(request, exception)
        return errors.conflict(request, exception) if isinstance(exception, Conflict) else None


API = ("/api/", "/sandbox/api/")
MACHINES = (*API, "/open-referral/")  # what answers in JSON says itself what it cannot read
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class HeadersMiddleware:
    """Every answer tells the browser what it may not do with it, beside the content policy and Django's own.

    A method that nothing here knows (TRACE, CONNECT, one that somebody made up) reaches no page. A system that
    asks without TLS is refused, not led to HTTPS: else nobody would notice that its key goes about in the clear.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers; a body that is too large is not even read."""
        if request.method not in METHODS:
            response: HttpResponse = HttpResponseNotAllowed(METHODS)
        elif (
            settings.SECURE_SSL_REDIRECT
            and request.path.startswith(API)
            and not request.is_secure()
        ):
            response = _plain(
                _("Ask by HTTPS, and make a new key: this one went about in the clear."), 403
            )
        elif not request.path.startswith(MACHINES) and _holds_nul(request):
            response = _plain(_("This address cannot be read. Go back, and try again."), 400)
        elif _length(request) > settings.MOST_BYTES_OF_FILES:
            response = too_large()
        else:
            response = self.get_response(request)
        for name, value in settings.HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class LargeBodyMiddleware:
    """What is larger than a page's form is read only by a view that takes files, from somebody who may add one.

    Here, because whoever checks the form's token reads the whole body first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand on; the view is known below."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_given: Any
    ) -> HttpResponse | None:
        """Answer 413 before a byte is read."""
        if _length(request) <= settings.MOST_BYTES:
            return None
        actor, permission = getattr(request, "actor", NOBODY), getattr(view, "takes_files", None)
        return None if permission is not None and can(actor, permission) else too_large()


def too_large() -> HttpResponse:
    """A body that is not even read."""
    return _plain(_("This is too large to send. Make it smaller and try again."), 413)


def _holds_nul(request: HttpRequest) -> bool:
    """Whether its address has a character in it that PostgreSQL keeps nowhere: nothing can be looked for by it."""
    return "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
