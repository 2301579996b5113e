"""The room of how the API says no: every error is a problem+json that says what to do [RFC 9457]."""

import re
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from rest_framework import exceptions
from rest_framework.response import Response

from accounts.context import current
from accounts.errors import Conflict, Refused
from referrals.api.differs import differs
from referrals.api.ids import NotTheirs
from referrals.errors import InFlight, Stale

PROBLEM = "application/problem+json"
CORRELATION = re.compile(r"[A-Za-z0-9_-]{1,64}")
ADDRESS = "/api/v1/problems/"
YOURS, OURS = "yours", "ours"


class KeyMissing(exceptions.APIException):
    """An act without an Idempotency-Key, or with one that cannot be read."""


class KeyUsed(exceptions.APIException):
    """The Idempotency-Key was sent before with something else."""


class PreconditionRequired(exceptions.APIException):
    """An act without If-Match: the caller must say which version they decided on [RFC 6585]."""


class RealKey(exceptions.APIException):
    """A key that opens real referrals, used in the sandbox."""

    slug = "real-key"


class SandboxKey(exceptions.APIException):
    """A key of the sandbox, used where referrals are real."""

    slug = "sandbox-key"


class Problem(NamedTuple):
    """A status, what happened, what the caller does now, and whose fault it is."""

    status: int
    title: Any
    now: Any
    fault: str = YOURS


# By slug; the page at `type` shows the same words.
PROBLEMS = {
    "malformed": Problem(
        400, _lazy("The request could not be read"), _lazy("Send valid JSON as UTF-8.")
    ),
    "invalid": Problem(
        400,
        _lazy("Something in the request is not right"),
        _lazy("Put right what `errors` names, each by its JSON pointer, and send it again."),
    ),
    "idempotency-key-missing": Problem(
        400,
        _lazy("Idempotency-Key is missing, or cannot be read"),
        _lazy(
            "Make up a key for this one act, such as a UUID, and send it as Idempotency-Key. Send the same"
            " key when you try the same act again."
        ),
    ),
    "not-signed-in": Problem(
        401,
        _lazy("No valid token"),
        _lazy("Get a token at /api/v1/token and send it as `Authorization: Bearer ...`."),
    ),
    "not-allowed": Problem(
        403,
        _lazy("Not allowed"),
        _lazy("Ask for a token with the scope that is named. If you have it, ask the force."),
    ),
    "real-key": Problem(
        403,
        _lazy("This is a real key, and this is the sandbox"),
        _lazy(
            "Keep this key for /api/v1, where referrals are real. For the sandbox make a key on its page,"
            " /agency/sandbox, and use that at /sandbox/api/v1."
        ),
    ),
    "sandbox-key": Problem(
        403,
        _lazy("This is a key of the sandbox, and referrals here are real"),
        _lazy(
            "Use this key at /sandbox/api/v1. For real referrals make a key on the page of your keys, /agency/keys."
        ),
    ),
    "not-found": Problem(
        404,
        _lazy("There is no such thing for you"),
        _lazy(
            "Check the address, and every id, cursor and number that you sent: only what you were given is there."
            " Another agency's looks the same as none."
        ),
    ),
    "method-not-allowed": Problem(
        405,
        _lazy("This address does not do that"),
        _lazy("Use one of the methods in the Allow header."),
    ),
    "not-acceptable": Problem(
        406,
        _lazy("Only JSON is given here"),
        _lazy("Send `Accept: application/json`, or no Accept header."),
    ),
    "conflict": Problem(
        409,
        _lazy("It cannot be done now"),
        _lazy("Read the referral again: it stands elsewhere than this act needs."),
    ),
    "in-flight": Problem(
        409,
        _lazy("Your first request with this Idempotency-Key is still being worked on"),
        _lazy("Send it again, with the same key, after the seconds that Retry-After says."),
        OURS,
    ),
    "stale": Problem(
        412,
        _lazy("The referral changed after you read it"),
        _lazy(
            "Read it again, then decide, with the new ETag in If-Match and a new Idempotency-Key."
        ),
    ),
    "too-large": Problem(
        413,
        _lazy("The request is too large"),
        _lazy("Send less: no act needs more than a few thousand characters."),
    ),
    "unsupported-media-type": Problem(
        415,
        _lazy("This media type is not read here"),
        _lazy("Send `Content-Type: application/json`; the token address reads a form."),
    ),
    "idempotency-key-used": Problem(
        422,
        _lazy("This Idempotency-Key was used for something else"),
        _lazy("Nothing was done. Make up a new key for each act."),
    ),
    "precondition-required": Problem(
        428,
        _lazy("If-Match is missing"),
        _lazy("Send the ETag of the referral that you read as If-Match."),
    ),
    "too-many-requests": Problem(
        429,
        _lazy("Too many requests"),
        _lazy("Wait as many seconds as Retry-After says."),
    ),
    "server-error": Problem(
        500,
        _lazy("Something broke here"),
        _lazy("Nothing was saved. Try again; if it stays, tell the force the trace id."),
        OURS,
    ),
}
OF_EXCEPTIONS: tuple[tuple[type[BaseException], str], ...] = (
    (exceptions.ParseError, "malformed"),
    (RequestDataTooBig, "too-large"),
    (KeyMissing, "idempotency-key-missing"),
    (KeyUsed, "idempotency-key-used"),
    (PreconditionRequired, "precondition-required"),
    (exceptions.NotAuthenticated, "not-signed-in"),
    (exceptions.AuthenticationFailed, "not-signed-in"),
    (RealKey, RealKey.slug),
    (SandboxKey, SandboxKey.slug),
    (exceptions.PermissionDenied, "not-allowed"),
    (PermissionDenied, "not-allowed"),
    (Http404, "not-found"),
    (exceptions.NotFound, "not-found"),
    (exceptions.MethodNotAllowed, "method-not-allowed"),
    (exceptions.NotAcceptable, "not-acceptable"),
    (Stale, "stale"),
    (InFlight, "in-flight"),
    (Conflict, "conflict"),
    (exceptions.UnsupportedMediaType, "unsupported-media-type"),
    (exceptions.Throttled, "too-many-requests"),
    (exceptions.ValidationError, "invalid"),
    (ValidationError, "invalid"),
)


def problem(
    slug: str, detail: str = "", errors: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """The body of one problem."""
    status, title, now, fault = PROBLEMS[slug]
    context = current()
    body: dict[str, Any] = {
        "type": f"{ADDRESS}{slug}",
        "title": str(title),
        "status": status,
        "detail": detail or str(now),
        "fault": fault,
        "trace_id": context.request_id if context else "",
    }
    return body | ({"errors": errors} if errors else {})


def problem_response(exception: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to what a view raised; None lets an unknown error become a 500.

    Acts undo themselves, so the request's transaction keeps what the audit trail writes of a refusal.
    """
    slug = _slug(exception)
    if slug is None:
        return None
    request = context["request"]
    if isinstance(exception, Refused | Http404 | PermissionDenied | RealKey | SandboxKey):
        verb = exception.verb if isinstance(exception, Refused) else ""
        request._request.META["holdfast.tried"] = verb or type(exception).__name__
    if isinstance(exception, NotTheirs):
        request._request.META["holdfast.ids"] = exception.ids
    body = problem(slug, _detail(exception), _errors(exception))
    if isinstance(exception, Stale) and exception.apart is not None:
        body["differs"] = sorted(f"/{field}" for field in exception.apart)
    elif isinstance(exception, Stale) and exception.changed is not None:
        body["differs"] = differs(exception.changed)
    return Response(body, body["status"], headers=_headers(exception), content_type=PROBLEM)


def server_error(request: HttpRequest) -> JsonResponse:
    """What `config/errors.py` answers under /api/ when something broke."""
    headers = {"X-Correlation-Id": correlation_of(request)}
    body = problem("server-error")
    return JsonResponse(body, status=500, content_type=PROBLEM, headers=headers)


def correlation_of(request: HttpRequest) -> str:
    """The id that the caller gave the request, or ours: it goes back with each answer."""
    given = request.headers.get("X-Correlation-Id", "")
    known = current()
    ours = known.request_id if known else ""
    return given if CORRELATION.fullmatch(given) else ours


def _slug(exception: Exception) -> str | None:
    return next((slug for kind, slug in OF_EXCEPTIONS if isinstance(exception, kind)), None)


def _detail(exception: Exception) -> str:
    if isinstance(exception, Refused | Conflict):
        return exception.sentence
    if isinstance(exception, exceptions.PermissionDenied):
        return str(exception.detail)
    if isinstance(exception, exceptions.ParseError):
        return _("The body is not valid JSON.")
    return ""


def _headers(exception: Exception) -> dict[str, str]:
    headers = {}
    if challenge := getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(exception, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    if isinstance(exception, InFlight):
        headers["Retry-After"] = "1"
    return headers


def _errors(exception: Exception) -> list[dict[str, str]]:
    """Each wrong field by its JSON pointer, in words."""
    if isinstance(exception, exceptions.ValidationError):
        found = exception.detail
        named = found if isinstance(found, dict) else {"non_field_errors": found}
        return [
            {"pointer": _pointer(name), "detail": str(words)}
            for name, sentences in named.items()
            for words in (sentences if isinstance(sentences, list) else [sentences])
        ]
    if isinstance(exception, ValidationError):
        named_sentences = getattr(exception, "error_dict", None)
        if named_sentences is None:
            return [{"pointer": "", "detail": words} for words in exception.messages]
        return [
            {"pointer": _pointer(name), "detail": words}
            for name, sentences in exception.message_dict.items()
            for words in sentences
        ]
    return []


def _pointer(name: str) -> str:
    return "" if name == "non_field_errors" else "/" + name.replace("~", "~0").replace("/", "~1")
