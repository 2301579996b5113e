"""The room of what the outside says became of a message: it arrived, or it came back."""

import hmac
import json
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, message_from_string, policy
from email.message import Message as Mail
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

import clocks
from accounts.actors import engine
from accounts.context import acting_as
from accounts.signing_in import SecurityNotice
from followups.models import Notice, NoticeState

LONGEST_REPORT = 64 * 1024
NOTIFY_FAILURES = {"permanent-failure", "temporary-failure", "technical-failure"}


def delivered(message_id: str, at: datetime) -> int:
    """The message reached its mailbox or phone: how many notices it carried. Said twice, it counts once."""
    with acting_as(engine("receipts"), at=at):
        return Notice.objects.filter(
            message_id=message_id, state__in=(NoticeState.QUEUED, NoticeState.ACCEPTED)
        ).update(
            state=NoticeState.DELIVERED,
            accepted_at=Coalesce(F("accepted_at"), at),
            delivered_at=at,
            lease_until=None,
            lease_token=None,
            problem="",
        )


def came_back(message_id: str, problem: str, at: datetime) -> int:
    """The message was taken and then came back: how many notices it carried. Said twice, it counts once."""
    with acting_as(engine("receipts"), at=at):
        changes = _changes_told_by(message_id).update(failed_at=at)
        return changes + Notice.objects.filter(
            message_id=message_id,
            state__in=(NoticeState.QUEUED, NoticeState.ACCEPTED, NoticeState.DELIVERED),
        ).update(
            state=NoticeState.BOUNCED,
            failed_at=at,
            lease_until=None,
            lease_token=None,
            problem=problem[:60],
        )


def _changes_told_by(message_id: str) -> QuerySet[SecurityNotice]:
    """The change in how somebody signs in that the message told of, which is named after it."""
    try:
        key = UUID(message_id.strip("<>").partition("@")[0])
    except ValueError:
        return SecurityNotice.objects.none()
    return SecurityNotice.objects.filter(pk=key, sent_at__isnull=False, failed_at=None)


@csrf_exempt
@login_not_required
@require_POST
def notify_receipt(request: HttpRequest) -> HttpResponse:
    """GOV.UK Notify reports on a message; it proves itself with the bearer token that it was given.

    https://docs.notifications.service.gov.uk/rest-api.html#callbacks. What is not ours is taken and left
    alone: Notify would only send it again.
    """
    if not _is_notify(request):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    try:
        told = json.loads(request.body[:LONGEST_REPORT])
        reference, status = str(told["reference"] or ""), str(told["status"])
    except (ValueError, KeyError, TypeError):
        return HttpResponse("A report has a reference and a status.", status=400)
    at = clocks.now()
    if status == "delivered":
        delivered(f"<{reference}>", at)
    elif status in NOTIFY_FAILURES:
        came_back(f"<{reference}>", f"notify-{status}", at)
    return HttpResponse(status=204)


def _is_notify(request: HttpRequest) -> bool:
    expected = settings.NOTIFY_CALLBACK_TOKEN
    given = request.headers.get("Authorization", "")
    return bool(expected) and hmac.compare_digest(given.encode(), f"Bearer {expected}".encode())


class NotAReport(Exception):
    """The mail is no delivery report."""


def read_report(raw: bytes, at: datetime) -> int:
    """A mail server's delivery report (RFC 3464) is taken over: how many notices it was about."""
    mail = message_from_bytes(raw, policy=policy.compat32)
    parts = list(mail.walk())
    named = next(_names(parts), "")
    said = [part for part in parts if part.get("Action")]
    if mail.get_content_type() != "multipart/report" or not (named and said):
        raise NotAReport
    action, status = said[0]["Action"].strip().lower(), str(said[0].get("Status", "")).strip()
    if action == "failed":
        return came_back(named, f"smtp-{status}", at)
    return delivered(named, at) if action == "delivered" else 0


def _names(parts: list[Mail]) -> Iterator[str]:
    """The Message-ID of the mail that the report is about; it is in the report's last part."""
    for part in reversed(parts[1:]):
        about = part
        if part.get_content_type() == "text/rfc822-headers":
            about = message_from_string(str(part.get_payload()), policy=policy.compat32)
        if about.get("Message-ID"):
            yield str(about["Message-ID"]).strip()
