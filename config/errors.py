"""The room of how an error looks on a page: 400, 403, 404, 409, 500, each saying what to do now."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts.errors import Conflict, Refused
from accounts.permissions import Permission
from accounts.reasons import ReasonNeeded
from casework.views.why import ask_why
from referrals.api import server_error as problem_of_server


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent could not be read."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """Not allowed; the refusal is already in the audit trail."""
    sentence = exception.sentence if isinstance(exception, Refused) else ""
    return render(request, "403.html", {"sentence": sentence}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page, or none that this person may see; the way in for an emergency is the same for both."""
    actor, match = getattr(request, "actor", None), request.resolver_match
    reference = match.kwargs.get("reference", "") if match else ""
    may = actor is not None and actor.can(Permission.CASE_BREAK_GLASS)
    return render(request, "404.html", {"break_glass": reference if may else ""}, status=404)


def conflict(request: HttpRequest, exception: Conflict) -> HttpResponse:
    """It cannot be done now: the record changed or stands elsewhere."""
    context = {"sentence": exception.sentence, "fields": exception.fields}
    return render(request, "409.html", context, status=409)


def reason_needed(request: HttpRequest, exception: ReasonNeeded) -> HttpResponse:
    """They may see it, and say first why: the question, which carries what they had typed."""
    return ask_why(request, exception.record)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke: nothing was saved. Written without the request: the database may be what broke."""
    if request.path.startswith(("/api/", "/sandbox/api/")):
        return problem_of_server(request)
    return HttpResponse(render_to_string("500.html"), status=500)
