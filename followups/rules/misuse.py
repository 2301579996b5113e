"""The room of the rule about misuse: whatever fits a pattern is looked into by the force's auditor."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from casework.models import MisuseHit
from followups.rules.base import Occurrences, Owes, Rule, occurrences_of
from followups.rules.emergencies import force_auditor


class MisuseNotLookedInto(Rule):
    """What fits a pattern of misuse in the trail is looked into, and closed with a finding. [force]"""

    slug = "misuse-not-looked-into"
    why = _("What somebody did in the records fits a pattern of misuse")
    act = _("Look into it, and say what you found")
    page = "casework:misuse-hit"
    page_of = "subject"
    second_person = (MisuseHit, "person")
    owes = Owes.AUDITOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Every hit; met when it is closed."""
        return occurrences_of(
            MisuseHit.objects.all(),
            subject_id=F("pk"),
            force_id=F("force"),
            owner_id=force_auditor("force"),
            occurrence=F("pk"),
            since=F("found_at"),
            met_at=F("closed_at"),
        )
