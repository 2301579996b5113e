"""The room of the rules about what leaves the building: long files, and copies of the record, are looked at."""

from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.exported import ExportRequest
from accounts.models import Supervision
from casework.models import Pack, PackStatus
from followups.rules.base import Occurrences, Owes, Rule, occurrences_of, of_case


class ExportUndecided(Rule):
    """Whoever asks for more rows than one person takes alone is answered by a second person. [force]"""

    slug = "export-undecided"
    why = _("Somebody asked to download a long list, and nobody has looked at that")
    act = _("Look at what they asked for, and decide")
    page = "accounts:export-request"
    page_of = "subject"
    second_person = (ExportRequest, "by")
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Requests; met by the decision. A supervisor's own go to the force's specialist lead."""
        own = Supervision.objects.filter(unit=OuterRef("unit"), user=OuterRef("by"))
        return occurrences_of(
            ExportRequest.objects.all(),
            subject_id=F("pk"),
            scope_id=F("scope"),
            force_id=F("force"),
            unit_id=Case(When(Exists(own), then=Value(None)), default=F("unit")),
            occurrence=F("pk"),
            since=F("at"),
            met_at=F("decided_at"),
        )


class PackNotReviewed(Rule):
    """A copy of the record that is to be given away is reviewed by a second person. [force]"""

    slug = "pack-not-reviewed"
    why = _("A copy of the record waits for a second person before it may leave")
    act = _("Review it")
    page = "casework:pack"
    page_of = "subject"
    second_person = (Pack, "by")
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Copies that were submitted; met by the review. They are the unit's supervisor's, also of a closed case."""
        whose = of_case("case") | {"owner_id": Value(None), "subject_id": F("pk")}
        dropped = Case(When(status=PackStatus.DROPPED, then=F("submitted_at")))
        return occurrences_of(
            Pack.objects.filter(submitted_at__isnull=False),
            **(whose | {"void_at": dropped, "void_reason": Value("dropped")}),
            occurrence=F("pk"),
            since=F("submitted_at"),
            met_at=F("reviewed_at"),
        )
