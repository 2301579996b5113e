"""The room of the rules about what a specialist is asked: it is answered in time, and the answer is read."""

from datetime import datetime

from django.db.models import (
    Case,
    DateTimeField,
    F,
    Func,
    OuterRef,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.specialists import OnCall
from casework.models import Advice
from followups.models import Rung
from followups.rules.base import Occurrences, Owes, Rule, Safety, occurrences_of, of_case


class AdviceNotGiven(Rule):
    """Whoever is on call answers what an officer asks about a case; with nobody on call, whoever leads. [R2]"""

    slug = "advice-not-given"
    why = _("An officer asked a specialist about this case, and has no answer yet")
    act = _("Answer the question")
    page = "casework:advice"
    owes = Owes.SPECIALIST
    second_person = (Advice, "by")
    ladder = (Rung.OWNER, Rung.FORCE_LEAD, Rung.FORCE_LEAD)
    safety = Safety.VICTIM
    interrupts = True
    announces = True
    reads_at = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Every question, owed by whoever is on call at that moment; met by the answer."""
        moment = Value(at, DateTimeField())
        turns = OnCall.objects.filter(force=OuterRef("scope__force")).at(at)
        lead = Func(
            F("scope__force"), moment, function="accounts_force_lead", output_field=UUIDField()
        )
        return occurrences_of(
            Advice.objects.all(),
            **(of_case("case") | {"owner_id": Coalesce(Subquery(turns.values("user")[:1]), lead)}),
            occurrence=F("pk"),
            since=F("at"),
            clock=Case(When(urgent=True, then=Value("urgent")), default=Value("standard")),
            met_at=F("answered_at"),
        )


class AdviceNotRead(Rule):
    """A specialist's answer is read by whoever asked, or by the case's officer. [R2]"""

    slug = "advice-not-read"
    why = _("A specialist answered what was asked about this case")
    act = _("Read the answer, and do what it says or say why not")
    page = "casework:advice"
    safety = Safety.VICTIM
    interrupts = True
    announces = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Every answer; met when it was read."""
        return occurrences_of(
            Advice.objects.filter(answered_at__isnull=False),
            **(of_case("case") | {"owner_id": F("by")}),
            occurrence=F("pk"),
            since=F("answered_at"),
            clock=Case(When(urgent=True, then=Value("urgent")), default=Value("standard")),
            met_at=F("read_at"),
        )
