"""The room of the rules about a case that is offered to another unit."""

from datetime import datetime

from django.db.models import Case, F, OuterRef, Value, When
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from casework.models import Transfer, TransferStatus
from followups.rules.base import Occurrences, Owes, Rule, Safety, first, occurrences_of, of_case


class TransferUnanswered(Rule):
    """A unit that is asked to take a case over answers; until then the case is whose it was. [force]

    The receiving unit's supervisor owes it, without seeing the case; what is held closely is the lead's.
    """

    slug = "transfer-unanswered"
    why = _("This unit was asked to take a case over and has not answered")
    act = _("Take it over, or say why not")
    page = "casework:transfer-answer"
    page_of = "subject"
    safety = Safety.VICTIM
    interrupts = True
    second_person = (Transfer, "offered_by")
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Every offer; met by the answer, void when it is taken back or the case ends."""
        return occurrences_of(
            Transfer.objects.all(),
            subject_id=F("pk"),
            force_id=F("to_force"),
            unit_id=Case(When(closely=False, then=F("to_unit"))),
            occurrence=F("pk"),
            since=F("offered_at"),
            clock=F("priority"),
            met_at=F("answered_at"),
            void_at=Least(F("withdrawn_at"), F("case__closed_at")),
        )


class TransferNotHeard(Rule):
    """Whoever offered a case and hears nothing asks, offers it to another unit or takes the offer back. [force]

    The case is theirs until somebody takes it over, so an offer that nobody answers comes back to them.
    """

    slug = "transfer-not-heard"
    why = _("Another unit was asked to take this case over and has not answered")
    act = _("Ask them, or take the offer back")
    page = "casework:transfer"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Every offer, on the case's own side; met by the answer, void when it is taken back or the case ends."""
        given = {
            "subject_id": F("pk"),
            "void_at": Least(F("withdrawn_at"), F("case__closed_at")),
            "void_reason": Value("taken-back-or-closed"),
        }
        return occurrences_of(
            Transfer.objects.all(),
            **(of_case("case") | given),
            occurrence=F("pk"),
            since=F("offered_at"),
            clock=F("priority"),
            met_at=F("answered_at"),
        )


class TransferRefused(Rule):
    """Whoever has a case learns that no other unit takes it over, and decides what happens now. [force]"""

    slug = "transfer-refused"
    why = _("Another unit does not take this case over")
    act = _("Read why, then decide what happens now")
    page = "casework:transfer"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Every refusal; met when somebody has read it, or the case is offered again."""
        again = Transfer.objects.filter(
            case=OuterRef("case"), offered_at__gt=OuterRef("answered_at")
        )
        return occurrences_of(
            Transfer.objects.filter(status=TransferStatus.REJECTED),
            **(of_case("case") | {"subject_id": F("pk")}),
            occurrence=F("pk"),
            since=F("answered_at"),
            clock=F("priority"),
            met_at=Least(F("refusal_seen_at"), first(again, "offered_at")),
        )
