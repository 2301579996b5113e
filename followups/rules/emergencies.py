"""The room of the rules about emergency access: the case's team reads it, and somebody else reviews it."""

from datetime import datetime

from django.db.models import F, Func, UUIDField, Value
from django.utils.translation import gettext_lazy as _

from casework.models import EmergencyAccess
from followups.rules.base import Occurrences, Owes, Rule, occurrences_of, of_case


def force_auditor(force: str) -> Func:
    """The auditor of a force."""
    return Func(F(force), function="accounts_force_auditor", output_field=UUIDField())


class EmergencyNotRead(Rule):
    """Whoever holds a case learns at once that somebody outside its team opened it in an emergency. [force]"""

    slug = "emergency-not-read"
    why = _("Somebody outside the team opened this case in an emergency")
    act = _("Read who it was, when and why")
    page = "casework:emergencies-of-case"
    interrupts = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Every emergency access; met when somebody of the team has read it."""
        return occurrences_of(
            EmergencyAccess.objects.all(),
            **(of_case("case") | {"void_at": Value(None)}),
            occurrence=F("pk"),
            since=F("at"),
            met_at=F("read_at"),
        )


class EmergencyNotReviewed(Rule):
    """Every emergency access is reviewed on the next working day by somebody who did not use it. [force]

    It is about an officer, not about a case: of no scope, so that whoever reviews it need not see the case.
    """

    slug = "emergency-not-reviewed"
    why = _("Somebody opened a case in an emergency, and nobody has reviewed that")
    act = _("Review whether it was needed")
    page = "casework:emergency"
    page_of = "subject"
    interrupts = True
    announces = True
    second_person = (EmergencyAccess, "by")
    owes = Owes.AUDITOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Every emergency access, the auditor's from the first moment; met by the review."""
        return occurrences_of(
            EmergencyAccess.objects.all(),
            subject_id=F("pk"),
            force_id=F("force"),
            owner_id=force_auditor("force"),
            occurrence=F("pk"),
            since=F("at"),
            met_at=F("reviewed_at"),
        )
