"""The room of the rules about the second reader of what the Home Office is told."""

from datetime import datetime

from django.db.models import Case, F, OuterRef, Value, When
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from casework.models import DutyToNotify, NrmReading, NrmReferral, NrmSubmission, Verdict
from followups.rules.base import Occurrences, Owes, Rule, Safety, first, occurrences_of, of_case


class NrmNotRead(Rule):
    """What somebody who is not in date sends to the Home Office is read by somebody who is. [domain 6.3, force]"""

    slug = "nrm-not-read"
    why = _("What is told to the Home Office must be read by somebody in date for it; nobody has")
    act = _("Read it, or have somebody in date read it, and say what you found")
    page = "casework:nrm-reading"
    owes = Owes.SUPERVISOR
    safety = Safety.VICTIM
    announces = True
    second_person = (NrmReading, "by")

    def occurrences(self, at: datetime) -> Occurrences:
        """Each time that it was asked; met by the reading, or because what was asked about left otherwise."""
        sent = Case(When(sent=True, then=Value("sent")), default=Value("before"))
        return occurrences_of(
            NrmReading.objects.all(),
            **(of_case("case") | {"owner_id": Value(None)}),
            occurrence=F("pk"),
            since=F("recorded_at"),
            clock=sent,
            met_at=Least(F("read_at"), F("left_at")),
        )


class NrmToPutRight(Rule):
    """What a second reader found wrong in what the Home Office is told is put right. [force]"""

    slug = "nrm-to-put-right"
    why = _("Whoever read what the Home Office is told found something to put right")
    act = _("Put it right, and have it read again or send the correction")
    page = "casework:nrm-reading"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Readings that found something; met by whatever was sent after, or a later reading that found it fit."""
        rows = NrmReading.objects.filter(verdict=Verdict.PUT_RIGHT)
        later = {"case": OuterRef("case"), "recorded_at__gt": OuterRef("read_at")}
        fit = NrmReading.objects.filter(
            case=OuterRef("case"), verdict=Verdict.FIT, read_at__gt=OuterRef("read_at")
        )
        return occurrences_of(
            rows,
            **of_case("case"),
            occurrence=F("pk"),
            since=F("read_at"),
            met_at=Least(
                first(fit, "read_at"),
                *(
                    first(of.objects.filter(**later), "recorded_at")
                    for of in (NrmSubmission, NrmReferral, DutyToNotify)
                ),
            ),
        )
