"""The files of a case: what each is, whether the virus scanner has looked at it, and where its bytes lie sealed."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from casework.models.case import FACT_PRIVACY, Case, Fact


class FileKind(models.TextChoices):
    """What an officer adds."""

    PHOTOGRAPH = "photograph", _("Photograph")
    STATEMENT = "statement", _("Statement")
    INTERVIEW = "interview", _("Record of an interview")
    AGENCY = "agency", _("Document from an agency")
    OFFICIAL = "official", _("Letter or decision from the Home Office, a court or prosecutors")
    MEDICAL = "medical", _("Medical or forensic report")
    MESSAGES = "messages", _("Messages or records from a phone")
    OTHER = "other", _("Something else")


class FileStatus(models.TextChoices):
    """What is known of it: nobody can download what is not clean."""

    QUARANTINED = "quarantined", _("Waiting for the virus scanner")
    CLEAN = "clean", _("Checked for viruses")
    INFECTED = "infected", _("Locked away: the virus scanner found something")


class SaysWhere(models.TextChoices):
    """Whether the file itself says where it was made, as phones write it into photographs and films."""

    NO = "no", _("No")
    YES = "yes", _("Yes")
    UNKNOWN = "unknown", _("It may: Holdfast cannot read that in this kind of file")


class CaseFileQuerySet(ScopedQuerySet["CaseFile"]):
    """Files, by what is known of them."""

    def standing(self) -> Self:
        """Those that nobody took out."""
        return self.filter(taken_out_at=None)

    def waiting(self) -> Self:
        """Those that the scanner has yet to look at."""
        return self.filter(status=FileStatus.QUARANTINED, taken_out_at=None)


class CaseFile(Fact):
    """A file that an officer added to a case. Its bytes lie in the strongroom as `kept_as`, sealed with `key`.

    `digest` is the SHA-256 of the file as it came, `size` its bytes. `scanned_by` is the scanner with its
    signatures' date; `failure` the code of why the last of `tries` gave no verdict.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(_("what it is"), max_length=20, choices=FileKind.choices)
    words = EncryptedTextField(_("what it shows or says"))
    name = EncryptedTextField(_("its name"), blank=True)
    media_type = models.CharField(_("kind of file"), max_length=100)
    suffix = models.CharField(max_length=5)
    size = models.PositiveBigIntegerField(_("size"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    says_where = models.CharField(
        _("says where it was made"), max_length=7, choices=SaysWhere.choices
    )
    kept_as = models.CharField(max_length=64, unique=True)
    key = EncryptedTextField()

    status = models.CharField(
        max_length=11, choices=FileStatus.choices, default=FileStatus.QUARANTINED
    )
    scanned_at = models.DateTimeField(null=True, blank=True)
    scanned_by = models.CharField(_("checked by"), max_length=200, blank=True)
    found = models.CharField(_("what was found"), max_length=200, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=20, blank=True)

    dealt_with_at = models.DateTimeField(null=True, blank=True)
    dealt_with_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dealt_with = EncryptedTextField(_("what was done about it"), blank=True)
    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why_taken_out = EncryptedTextField(_("why it was taken out"), blank=True)

    objects = CaseFileQuerySet.as_manager()

    TRANSITIONS: ClassVar = {
        FileStatus.QUARANTINED: frozenset({FileStatus.CLEAN, FileStatus.INFECTED}),
        FileStatus.CLEAN: frozenset(),
        FileStatus.INFECTED: frozenset(),
    }
    PRIVACY = FACT_PRIVACY | {
        "kind": Privacy.CASE,
        "words": Privacy.SEALED,
        "name": Privacy.SEALED,
        "media_type": Privacy.CASE,
        "suffix": Privacy.PUBLIC,
        "size": Privacy.PUBLIC,
        "digest": Privacy.CASE,
        "says_where": Privacy.CASE,
        "kept_as": Privacy.PUBLIC,
        "key": Privacy.SEALED,
        "status": Privacy.PUBLIC,
        "scanned_at": Privacy.PUBLIC,
        "scanned_by": Privacy.PUBLIC,
        "found": Privacy.CASE,
        "tried_at": Privacy.PUBLIC,
        "tries": Privacy.PUBLIC,
        "failure": Privacy.PUBLIC,
        "dealt_with_at": Privacy.PUBLIC,
        "dealt_with_by": Privacy.PUBLIC,
        "dealt_with": Privacy.SEALED,
        "taken_out_at": Privacy.PUBLIC,
        "taken_out_by": Privacy.PUBLIC,
        "why_taken_out": Privacy.SEALED,
    }

    class Meta(Fact.Meta):
        verbose_name = _("file")
        indexes = (
            models.Index(
                fields=("tried_at",), name="file_waiting", condition=Q(status="quarantined")
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(by__isnull=False), name="file_has_bringer"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$", kept_as__regex=r"^[0-9a-f]{64}$"),
                name="file_names_are_hex",
            ),
            models.CheckConstraint(
                condition=Q(status="quarantined", scanned_at=None, scanned_by="", found="")
                | (Q(status="clean", scanned_at__isnull=False, found="") & ~Q(scanned_by=""))
                | (
                    Q(status="infected", scanned_at__isnull=False)
                    & ~Q(scanned_by="")
                    & ~Q(found="")
                ),
                name="file_status_is_the_scanners",
            ),
            models.CheckConstraint(
                condition=Q(dealt_with_at=None, dealt_with_by=None, dealt_with="")
                | (
                    Q(status="infected", dealt_with_at__isnull=False, dealt_with_by__isnull=False)
                    & ~Q(dealt_with="")
                ),
                name="file_dealt_with_by_and_at",
                violation_error_message=_("Say what was done about the file."),
            ),
            models.CheckConstraint(
                condition=Q(taken_out_at=None, taken_out_by=None, why_taken_out="")
                | (
                    Q(taken_out_at__isnull=False, taken_out_by__isnull=False) & ~Q(why_taken_out="")
                ),
                name="file_taken_out_by_and_at",
                violation_error_message=_("Say why it is taken out."),
            ),
            models.UniqueConstraint(
                fields=("case", "digest"),
                condition=Q(taken_out_at=None),
                name="file_once_a_case",
                violation_error_message=_("This very file is in the case already."),
            ),
        )

    @property
    def place(self) -> str:
        """What its bytes are bound to."""
        return f"{self._meta.db_table}.bytes:{self.pk}"

    @property
    def may_leave(self) -> bool:
        """Whether anybody may download it."""
        return self.status == FileStatus.CLEAN and self.taken_out_at is None
