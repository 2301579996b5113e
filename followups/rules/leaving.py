"""The room of the rules about what leaves the building: a long file that was asked for is looked at."""

from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.exported import ExportRequest
from accounts.models import Supervision
from followups.rules.base import Occurrences, Rule, occurrences_of


class ExportUndecided(Rule):
    """Whoever asks for more rows than one person takes alone is answered by a second person. [force]"""

    slug = "export-undecided"
    why = _("Somebody asked to download a long list, and nobody has looked at that")
    act = _("Look at what they asked for, and decide")
    page = "accounts:export-request"
    page_of = "subject"

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
