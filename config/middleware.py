"""The room of answering a `Conflict` as a page: Django has handlers for the other errors."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
