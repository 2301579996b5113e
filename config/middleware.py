"""The room of what every answer carries, and of answering a `Conflict` as a page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.errors import Conflict
from config import errors


class ConflictMiddleware:
    """A `Conflict` that no view caught becomes 409 with its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand on; the conflict itself is answered below."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 409; the view's savepoint is already undone."""
        return errors.conflict(request, exception) if isinstance(exception, Conflict) else None


class HeadersMiddleware:
    """Every answer tells the browser what it may not do with it, beside the content policy and Django's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers; a body that is too large is not even read."""
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.MOST_BYTES:
            response = HttpResponse(
                _("This is too large to send. Make it smaller and try again."),
                status=413,
                content_type="text/plain; charset=utf-8",
            )
        else:
            response = self.get_response(request)
        for name, value in settings.HEADERS.items():
            response.headers.setdefault(name, value)
        return response
