"""The room of what signing in rests on: sessions, second steps, directories, and what people are told of it."""

from importlib import import_module
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Privacy
from accounts.sealed import EncryptedTextField


class Session(AbstractBaseSession):
    """One browser in which somebody is signed in (or about to); the trail and the person see it by its `handle`.

    The database ends it with whatever it rests on: a role, the password, the second step, the account.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="sessions",
        editable=False,
    )
    handle = models.UUIDField(null=True, unique=True, editable=False)
    started_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=60, blank=True)  # "Firefox on Windows"
    place = models.CharField(max_length=60, blank=True)  # "an address that begins with 192.0"

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> Any:
        """What reads and writes these rows."""
        return import_module(settings.SESSION_ENGINE).SessionStore


class DirectoryEntry(models.Model):
    """Somebody whom their force's own directory knows, by the one id that never changes there."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="directory_entry"
    )
    issuer = models.URLField(max_length=300)
    subject = models.CharField(max_length=255)
    shut_out_at = models.DateTimeField(
        null=True
    )  # when no group of theirs gave them a role any more

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("issuer", "subject"), name="directory_entry_once"),
        )

    def __str__(self) -> str:
        return f"{self.issuer} {self.user_id}"


class StepSecret(models.Model):
    """What an authenticator app or a set of recovery codes rests on; the library keeps only this row's id."""

    PRIVACY: ClassVar = {"id": Privacy.PUBLIC, "secret": Privacy.SEALED}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    secret = EncryptedTextField()

    def __str__(self) -> str:
        return str(self.pk)


class NoticeKind(models.TextChoices):
    """What changed in how somebody signs in, that they must hear of whoever did it."""

    LINK_MADE = "link-made", _("An administrator made a link to set a new password for you.")
    PASSWORD_SET = "password-set", _("Your password was changed.")
    STEP_ADDED = "step-added", _("A second step was added to your account.")
    STEP_REMOVED = "step-removed", _("A second step was removed from your account.")
    STEP_RESET = "step-reset", _("An administrator took away your second step.")
    CODES_MADE = "codes-made", _("New recovery codes were made for your account.")
    SESSIONS_ENDED = "sessions-ended", _("An administrator signed you out everywhere.")
    ADDRESS_CHANGED = "address-changed", _("Your e-mail address in Holdfast was changed.")
    ROLES_CHANGED = "roles-changed", _("An administrator changed what you may do.")


class SecurityNotice(models.Model):
    """Somebody is told of a change in how they sign in: on every page until they have read it, and by e-mail."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="security_notices"
    )
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    # Where it goes when that is no longer theirs: the address before a change; emptied once it is sent.
    address = models.EmailField(blank=True, default="", db_default="")
    read_at = models.DateTimeField(null=True)
    send_after = models.DateTimeField()  # also the end of the lease of whoever sends it now
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(default=0, db_default=0)  # it was not taken
    failed_at = models.DateTimeField(null=True)  # it was given up, or came back

    class Meta:
        ordering = ("-at", "pk")
        indexes = (
            models.Index(
                fields=("user",), condition=Q(read_at__isnull=True), name="security_notice_unread"
            ),
            models.Index(
                fields=("send_after",),
                condition=Q(sent_at__isnull=True),
                name="security_notice_unsent",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id}"
