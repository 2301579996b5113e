"""The files of a case: what each is, whether the virus scanner has looked at it, and where its bytes lie sealed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.kept_files import FILE_PRIVACY, KeptFile, KeptFileQuerySet, kept_as_it_came
from accounts.models import User
from accounts.privacy import Privacy
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


class SaysWhere(models.TextChoices):
    """Whether the file itself says where it was made, as phones write it into photographs and films."""

    NO = "no", _("No")
    YES = "yes", _("Yes")
    UNKNOWN = "unknown", _("It may: Holdfast cannot read that in this kind of file")


class CaseFileQuerySet(KeptFileQuerySet["CaseFile"]):
    """Files of cases."""


class CaseFile(Fact, KeptFile):
    """A file that an officer added to a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(_("what it is"), max_length=20, choices=FileKind.choices)
    words = EncryptedTextField(_("what it shows or says"))
    name = EncryptedTextField(_("its name"), blank=True)
    says_where = models.CharField(
        _("says where it was made"), max_length=7, choices=SaysWhere.choices
    )

    dealt_with_at = models.DateTimeField(null=True, blank=True)
    dealt_with_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dealt_with = EncryptedTextField(_("what was done about it"), blank=True)
    why_taken_out = EncryptedTextField(_("why it was taken out"), blank=True)

    objects = CaseFileQuerySet.as_manager()

    PRIVACY = (
        FACT_PRIVACY
        | FILE_PRIVACY
        | {
            "kind": Privacy.CASE,
            "words": Privacy.SEALED,
            "name": Privacy.SEALED,
            "says_where": Privacy.CASE,
            "dealt_with_at": Privacy.PUBLIC,
            "dealt_with_by": Privacy.PUBLIC,
            "dealt_with": Privacy.SEALED,
            "why_taken_out": Privacy.SEALED,
        }
    )

    class Meta(Fact.Meta):
        verbose_name = _("file")
        indexes = (
            models.Index(
                fields=("tried_at",), name="file_waiting", condition=Q(status="quarantined")
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(by__isnull=False), name="file_has_bringer"),
            *kept_as_it_came("file"),
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
