"""How to reach them safely."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from clocks import LONDON
from pages.answers import Answer
from victims.models.person import Victim


class Channel(models.TextChoices):
    """A way to reach somebody."""

    PHONE = "phone", _("Phone call")
    TEXT = "text", _("Text message")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    IN_PERSON = "in_person", _("In person")
    THROUGH_AGENCY = "through_agency", _("Through an agency")


class SafeContact(models.Model):
    """One way to reach the person and the rule for it: safe or not, who may use it, when, what to say.

    `details` (the number or address) and the rule's words lie sealed. A rule is replaced, never changed:
    the earlier one gets `ended_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="safe_contacts")
    channel = models.CharField(_("how"), max_length=20, choices=Channel.choices)
    safe = models.CharField(
        _("is it safe to use?"), max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED
    )
    details = EncryptedTextField(_("number or address"), blank=True, found_by="phone")
    who_may_use = EncryptedTextField(_("who may use it"), blank=True)
    when = EncryptedTextField(_("when"), blank=True)
    code_word = EncryptedTextField(_("code word"), blank=True)
    who_else_sees = EncryptedTextField(_("who else can see it"), blank=True)
    notes = EncryptedTextField(_("read before using it"), blank=True)
    voicemail = models.CharField(
        _("may we leave a voicemail?"),
        max_length=10,
        choices=Answer.choices,
        default=Answer.NOT_ASKED,
    )
    review_on = models.DateField(_("check again on"))
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet["SafeContact"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "channel": Privacy.SAFE_CONTACT,
        "safe": Privacy.SAFE_CONTACT,
        "details": Privacy.SEALED,
        "who_may_use": Privacy.SEALED,
        "when": Privacy.SEALED,
        "code_word": Privacy.SEALED,
        "who_else_sees": Privacy.SEALED,
        "notes": Privacy.SEALED,
        "voicemail": Privacy.SAFE_CONTACT,
        "review_on": Privacy.PUBLIC,
        "set_at": Privacy.PUBLIC,
        "set_by": Privacy.PUBLIC,
        "ended_at": Privacy.PUBLIC,
    }
    FIELDSETS = {
        _("How"): ("channel", "safe", "details"),
        _("The rule"): (
            "who_may_use",
            "when",
            "code_word",
            "who_else_sees",
            "voicemail",
            "notes",
            "review_on",
        ),
    }

    STALE_AFTER = timedelta(days=30)

    class Meta:
        ordering = ("-set_at", "pk")

    def __str__(self) -> str:
        return str(self.pk)

    def is_stale(self, at: datetime) -> bool:
        """Whether it must be checked with the person again: its day has come, or 30 days have passed."""
        return self.review_on <= at.astimezone(LONDON).date() or self.set_at + self.STALE_AFTER < at

    @property
    def forbids(self) -> bool:
        """Whether this way must not be used at all."""
        return self.safe == Answer.NO
