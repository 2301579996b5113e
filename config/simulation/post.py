"""The mail server of the invented year, outside the building: at times it is down, refuses mail, or sends it back."""

import smtplib
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

import clocks
from config.simulation.chance import Chance
from config.simulation.habits import Habits

REPORT = """From: MAILER-DAEMON@mail.invalid
Content-Type: multipart/report; report-type=delivery-status; boundary=B
MIME-Version: 1.0

--B
Content-Type: text/plain

The mailbox is full.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.invalid

Action: failed
Status: 5.2.2
--B
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--B--
"""


class Post(BaseEmailBackend):
    """Takes mail, refuses it, or is not there, as the weather of that hour is."""

    chance: ClassVar[Chance] = Chance(0)
    habits: ClassVar[Habits] = Habits()
    lost: ClassVar[dict[str, datetime]] = {}  # taken and not delivered: when it will have come back

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were taken."""
        at = clocks.now()
        if self._is_down(at):
            raise smtplib.SMTPServerDisconnected("The invented mail server is down.")
        for message in email_messages:
            if self.chance.happens(self.habits.mail_refused, "refused", message.to, at):
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"no such mailbox")})
            if self.chance.happens(self.habits.mail_comes_back, "comes back", message.to, at):
                wait = self.chance.wait(self.habits.comes_back_after, "back after", message.to, at)
                self.lost[message.extra_headers["Message-ID"]] = at + wait
        return len(email_messages)

    def _is_down(self, at: datetime) -> bool:
        return self.chance.happens(self.habits.mail_down, "mail down", f"{at:%Y-%m-%d %H}")


def report_on(message_id: str) -> bytes:
    """What the mail server sends back about it: a delivery report (RFC 3464)."""
    return REPORT.format(message_id=message_id).encode()
