"""The room of the ways out of the building: each takes one message at a time, or says why it did not."""

import logging
import smtplib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import jwt
import requests
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import clocks
from accounts.mailboxes import can_be_mailed
from followups.models import NoticeChannel, OutboxMessage

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """One message to one person about everything that waits for them: numbers only.

    What changed in how they sign in has `words` and a `subject` of its own.
    """

    message_id: str
    channel: str
    to: str
    attempts: int
    waiting: int
    overdue: int
    refusals: int = 0
    subject: str = ""
    words: str = ""


class NotTaken(Exception):
    """This message was not taken; `for_good` when trying again cannot help."""

    def __init__(self, problem: str, *, for_good: bool = False) -> None:
        super().__init__(problem)
        self.problem, self.for_good = problem, for_good


class TransportDown(Exception):
    """Nothing can be sent this way now: trying the rest would only take time."""


class Transport(Protocol):
    """A way out. `send` returns when the message was taken; else it raises `NotTaken` or `TransportDown`."""

    def send(self, message: Message) -> None:
        """The message is taken by whoever carries it."""

    def close(self) -> None:
        """Nothing more is to be sent now."""


def offer(message: Message, transport: Transport) -> None:
    """The message was taken, or `NotTaken`, or `TransportDown`: whatever is wrong with one holds up no other."""
    try:
        transport.send(message)
    except (NotTaken, TransportDown, DatabaseError, SoftTimeLimitExceeded):
        raise
    except Exception as error:
        log.exception("A message could not be handed over; the others go on.")
        raise NotTaken(type(error).__name__) from error


def transport_for(channel: str) -> Transport:
    """What carries a channel's messages, as the settings say."""
    if channel == NoticeChannel.SMS:
        return Notify("sms", "phone_number", settings.NOTIFY_SMS_TEMPLATE)
    if settings.MAIL_BY == "notify":
        return Notify("email", "email_address", settings.NOTIFY_EMAIL_TEMPLATE)
    return MailServer()


def sends_texts() -> bool:
    """Whether there is a way to send a text."""
    return bool(settings.NOTIFY_API_KEY and settings.NOTIFY_SMS_TEMPLATE)


class MailServer:
    """The force's own mail server, by SMTP; in the demo, the outbox table."""

    def __init__(self) -> None:
        self.link = get_connection(timeout=settings.EMAIL_TIMEOUT)

    def send(self, message: Message) -> None:
        """The server took it; it may still come back."""
        if not can_be_mailed(message.to):
            raise NotTaken("bad-address", for_good=True)
        mail = EmailMessage(
            subject=message.subject or _("You have work waiting in Holdfast. Sign in to see it."),
            body=body(message),
            to=[message.to],
            headers={"Message-ID": message.message_id},
            connection=self.link,
        )
        try:
            sent = mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            code = max((code for code, _words in error.recipients.values()), default=0)
            raise NotTaken(f"smtp-{code}", for_good=500 <= code < 600) from error
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError) as error:
            raise TransportDown(type(error).__name__) from error
        except smtplib.SMTPResponseException as error:
            raise NotTaken(f"smtp-{error.smtp_code}") from error
        except smtplib.SMTPException as error:
            raise NotTaken(type(error).__name__) from error
        except OSError as error:  # SMTPException is one too, and has been dealt with
            raise TransportDown(type(error).__name__) from error
        if not sent:
            raise NotTaken("not-taken")

    def close(self) -> None:
        """Hang up."""
        self.link.close()


class Notify:
    """GOV.UK Notify: one template for each channel, with one place in it, `((message))`.

    https://docs.notifications.service.gov.uk/rest-api.html. A reference may be used twice there, so before
    anything is sent a second time Notify is asked whether it has the first.
    """

    def __init__(self, kind: str, address: str, template: str) -> None:
        self.kind, self.address, self.template = kind, address, template
        self.session = requests.Session()

    def send(self, message: Message) -> None:
        """Notify has it in its queue; what becomes of it comes back as a report."""
        reference = message.message_id.strip("<>")
        if message.attempts > 1 and self._has(reference):
            return
        self._ask(
            "POST",
            f"/v2/notifications/{self.kind}",
            json={
                self.address: message.to,
                "template_id": self.template,
                "personalisation": {"message": body(message)},
                "reference": reference,
            },
        )

    def close(self) -> None:
        """Hang up."""
        self.session.close()

    def _has(self, reference: str) -> bool:
        found = self._ask("GET", "/v2/notifications", params={"reference": reference})
        return bool(found.get("notifications"))

    def _ask(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        try:
            answer = self.session.request(
                method,
                settings.NOTIFY_URL + path,
                headers={"Authorization": f"Bearer {notify_token(settings.NOTIFY_API_KEY)}"},
                timeout=settings.EMAIL_TIMEOUT,
                allow_redirects=False,
                **given,
            )
            said = answer.json()
        except requests.JSONDecodeError as error:
            raise NotTaken("notify-unreadable") from error
        except requests.RequestException as error:
            raise TransportDown(type(error).__name__) from error
        if answer.status_code in {
            403,
            429,
        }:  # a key or a limit: the next message would fare the same
            raise TransportDown(f"notify-{answer.status_code}")
        if answer.status_code not in {200, 201}:
            raise NotTaken(f"notify-{answer.status_code}", for_good=_is_about_the_address(said))
        known: dict[str, Any] = said
        return known


def _is_about_the_address(said: Any) -> bool:
    errors = said.get("errors", []) if isinstance(said, dict) else []
    return any(error.get("error") == "ValidationError" for error in errors)


def notify_token(key: str) -> str:
    """The signed proof of who asks: `key` ends in the service's id and its secret, 36 characters each."""
    service, secret = key[-73:-37], key[-36:]
    # Notify compares it with its own wall clock, whatever our clock is set to.
    return jwt.encode({"iss": service, "iat": int(time.time())}, secret, algorithm="HS256")


def body(message: Message) -> str:
    """Plain sentences without anybody's name: how much waits, and where."""
    if message.words:
        return message.words
    lines = [
        ngettext(
            "%(count)d thing is waiting for you.",
            "%(count)d things are waiting for you.",
            message.waiting,
        )
        % {"count": message.waiting}
    ]
    if message.overdue:
        lines.append(
            ngettext(
                "%(count)d is due or overdue now.",
                "%(count)d are due or overdue now.",
                message.overdue,
            )
            % {"count": message.overdue}
        )
    lines += [
        "",
        _("Sign in to see what to do and by when: %s") % settings.SITE_URL,
        "",
        _("For safety this message names nobody. Please do not reply to it."),
    ]
    return "\n".join(lines)


class OutboxBackend(BaseEmailBackend):
    """The demo's mail server: a table that the outbox page shows. Nothing leaves the machine."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages; all are taken."""
        at = clocks.now()
        rows = [
            OutboxMessage(
                message_id=mail.extra_headers.get("Message-ID", ""),
                to=", ".join(mail.recipients())[:300],
                subject=str(mail.subject)[:200],
                body=str(mail.body),
                at=at,
            )
            for mail in email_messages
        ]
        return len(OutboxMessage.objects.bulk_create(rows))
