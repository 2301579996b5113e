"""The room of asking twice: under one Idempotency-Key an act is done once and answered the same each time.

The answer is kept in the act's own transaction, so there is never the one without the other. Whoever asks while
the first is still at work waits for it.
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _
from psycopg2.errors import LockNotAvailable
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

import clocks
from referrals.api.problems import KeyMissing, KeyUsed, PreconditionRequired, problem_response
from referrals.errors import InFlight
from referrals.models import KeptAnswer

KEY = re.compile(r'"?([!#-~]{1,255})"?')
"""Visible ASCII, in quotation marks or without them."""
PATIENCE = timedelta(seconds=10)
"""So long a request waits for the one before it."""
KEPT_HEADERS = ("ETag", "Location", "WWW-Authenticate")
HOLD = """
SELECT set_config('lock_timeout', %s, true);
SELECT pg_advisory_xact_lock(hashtextextended(%s, 0));
SELECT set_config('lock_timeout', '0', true)
"""


class Once:
    """An address whose acts are each done once."""

    def once(self, request: Request, act: Callable[[], Response]) -> Response:
        """What the act answers, good or bad; or what it answered to the same request before."""
        application, digest = request.auth.application, _digest(request)  # type: ignore[union-attr]
        asked = _asked(request)
        _hold(f"answer {application.pk} {digest}")
        before = KeptAnswer.objects.filter(application=application, digest=digest).first()
        if before is not None:
            return self._again(json.loads(before.answer), asked)
        answer = self._answered(act)
        body = json.loads(JSONRenderer().render(answer.data))
        kept = {
            "asked": asked,
            "status": answer.status_code,
            "type": answer.content_type,
            "headers": {name: answer[name] for name in KEPT_HEADERS if name in answer},
            "body": body if _is_problem(answer.status_code) else self.kept(body),
        }
        KeptAnswer.objects.create(
            application=application,
            agency_id=application.agency_id,
            digest=digest,
            answer=json.dumps(kept),
            kept_at=clocks.now(),
        )
        return answer

    def kept(self, body: Any) -> Any:
        """What is kept of an answer's body."""
        return body

    def given_again(self, body: Any) -> Any:
        """The body that is given with what was kept of it."""
        return body

    def _again(self, kept: dict[str, Any], asked: str) -> Response:
        if kept["asked"] != asked:
            raise KeyUsed
        status, body = kept["status"], kept["body"]
        again = body if _is_problem(status) else self.given_again(body)
        return Response(again, status, headers=kept["headers"], content_type=kept["type"])

    def _answered(self, act: Callable[[], Response]) -> Response:
        """A refusal is an answer too; what breaks is none, and can be tried again under the same key."""
        try:
            with transaction.atomic():
                return act()
        except PreconditionRequired:
            raise  # the same act with its If-Match is no other act: it may come under the same key
        except Exception as wrong:
            context = self.get_exception_handler_context()  # type: ignore[attr-defined]
            answer = problem_response(wrong, context)
            if answer is None:
                raise
            return answer


def _is_problem(status: int) -> bool:
    return status >= 400


def _digest(request: Request) -> str:
    """What stands for the caller's key."""
    given = KEY.fullmatch(request.headers.get("Idempotency-Key", "").strip())
    if given is None:
        raise KeyMissing
    return hashlib.sha256(given[1].encode()).hexdigest()


def _asked(request: Request) -> str:
    """What stands for the request: its address and body, and not the version that it was decided on."""
    plain = request._request
    asked = f"{plain.method} {plain.get_full_path()}\n".encode() + plain.body
    return hashlib.sha256(asked).hexdigest()


def _hold(name: str) -> None:
    """Nobody else is at work under this name until the request has ended; `InFlight` after waiting in vain."""
    patience = f"{int(PATIENCE.total_seconds() * 1000)}ms"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(HOLD, [patience, name])
    except DatabaseError as wrong:
        if not isinstance(wrong.__cause__, LockNotAvailable):
            raise
        raise InFlight(
            _("The first request with this Idempotency-Key is still being worked on.")
        ) from wrong
