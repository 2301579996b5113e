"""The mail server of the invented year: outside the building, with days on which it is down and mail that bounces."""

import smtplib
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

import clocks
from config.simulation.chance import Chance
from config.simulation.habits import Habits


class Post(BaseEmailBackend):
    """Takes mail, refuses it, or is not there, as the weather of that hour is."""

    chance: ClassVar[Chance] = Chance(0)
    habits: ClassVar[Habits] = Habits()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were taken."""
        at = clocks.now()
        if self._is_down(at):
            raise smtplib.SMTPServerDisconnected("The invented mail server is down.")
        for message in email_messages:
            if self.chance.happens(self.habits.mail_bounces, "bounce", message.to, at):
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"no such mailbox")})
        return len(email_messages)

    def _is_down(self, at: datetime) -> bool:
        return self.chance.happens(self.habits.mail_down, "mail down", f"{at:%Y-%m-%d %H}")
