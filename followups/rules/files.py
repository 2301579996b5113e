"""The room of the rules about the files of a case: what the scanner has not checked, and what it found."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from casework.models import CaseFile
from followups.rules.base import CASE_CLOSED, Occurrences, Rule, Safety, occurrences_of, of_case

PATIENCE = timedelta(hours=1)
"""So long a file may wait for the scanner before anybody is told: usually it takes a minute."""


class _OfFile(Rule):
    """Something about one file of a case; taken out of the case it is nobody's any more."""

    page = "casework:file"
    page_of = "subject"

    def owed(self, rows: QuerySet[CaseFile], **said: object) -> Occurrences:
        """The rows as occurrences."""
        ends = {
            "void_at": Least(F("taken_out_at"), F("case__closed_at")),
            "void_reason": Value(CASE_CLOSED),
        }
        return occurrences_of(
            rows, **(of_case("case") | {"subject_id": F("pk")} | ends | said), occurrence=F("pk")
        )


class FileNotChecked(_OfFile):
    """A file that the virus scanner has not checked within the hour cannot be used: somebody finds out why. [force]"""

    slug = "file-not-checked"
    why = _("The virus scanner has not checked a file, so nobody can download it")
    act = _("Tell whoever runs Holdfast, or take the file out and add it in another way")
    reads_at = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Files that waited for an hour and more; met by the verdict."""
        waited = Q(scanned_at=None, recorded_at__lte=at - PATIENCE)
        waited |= Q(scanned_at__gt=F("recorded_at") + PATIENCE)
        return self.owed(
            CaseFile.objects.filter(waited), since=F("recorded_at"), met_at=F("scanned_at")
        )


class FileInfected(_OfFile):
    """A file in which the virus scanner found something is dealt with: a clean one is asked for. [force]"""

    slug = "file-infected"
    why = _("The virus scanner found something in a file of this case")
    act = _("Tell who sent it, get a clean copy, and record what you did")
    safety = Safety.VICTIM
    interrupts = True
    announces = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Every find, the owner's at once and the supervisor's next; met when somebody says what was done."""
        return self.owed(
            CaseFile.objects.filter(status="infected"),
            since=F("scanned_at"),
            met_at=F("dealt_with_at"),
        )
