"""The room of the rules about what people say of how they were treated: they are asked, and what they say is read.

What is owed is of no case and no unit, so that nobody of the case's team sees that there is anything to read: it
belongs to a supervisor or specialist lead whom it is not about [docs/voice.md].
"""

from datetime import datetime

from django.db.models import Case, DateTimeField, F, Func, Q, QuerySet, UUIDField, Value, When
from django.utils.translation import gettext_lazy as _

from casework.models import PointReached, VoiceAnswer
from followups.models import Rung
from followups.rules.base import CASE_CLOSED, Occurrences, Owes, Rule, Safety, occurrences_of


def _somebody_apart(function: str, path: str, at: datetime) -> Func:
    """Who it is for whom the answers are not about, as that function of the database finds them; `path` is the case."""
    place = (path, *(f"{path}__{each}" for each in ("scope", "scope__unit", "scope__force")))
    return Func(
        *(F(each) for each in place),
        Value(at, DateTimeField()),
        function=function,
        output_field=UUIDField(),
    )


class VoiceToAsk(Rule):
    """Everybody is asked how it was for them at the points that they reach, or it is said why not. [R1, force]"""

    slug = "voice-to-ask"
    why = _("Somebody has not been asked yet how it was for them")
    act = _("Ask them, give them the link, or say why they are not asked")
    page = "casework:voice-due"
    page_of = "subject"
    owes = Owes.ASKER
    ladder = (Rung.OWNER, Rung.FORCE_LEAD, Rung.FORCE_LEAD)
    reads_at = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Points reached; met by asking or by saying why not, no longer owed once the case has moved on."""
        asker = _somebody_apart("followups_voice_asker", "case", at)
        return occurrences_of(
            PointReached.objects.all(),
            subject_id=F("case"),
            force_id=F("case__scope__force"),
            owner_id=Case(When(settled_at=None, over_at=None, then=asker)),
            occurrence=F("pk"),
            since=F("at"),
            met_at=F("settled_at"),
            void_at=F("over_at"),
            void_reason=Value(CASE_CLOSED),
        )


class _Said(Rule):
    """Something that a person said is for somebody whom it is not about; met when they say what was done."""

    page = "casework:voice-said"
    page_of = "subject"
    owes = Owes.APART
    ladder = (Rung.OWNER, Rung.FORCE_LEAD, Rung.FORCE_LEAD)
    interrupts = True
    announces = True
    reads_at = True

    def owed(self, rows: QuerySet[VoiceAnswer], at: datetime, **said: object) -> Occurrences:
        """The answers as occurrences, each with who reads it."""
        reader = _somebody_apart("followups_voice_reader", "asking__case", at)
        return occurrences_of(
            rows,
            subject_id=F("pk"),
            force_id=F("asking__scope__force"),
            owner_id=Case(When(asking__dealing=None, then=reader)),
            occurrence=F("pk"),
            since=F("at"),
            met_at=F("asking__dealing__at"),
            **said,
        )


class VoiceUnsafe(_Said):
    """Whoever says that they are not safe, or are kept from talking to the police, is seen to at once. [force]"""

    slug = "voice-unsafe"
    why = _("Somebody who was asked how it was for them said that they are not safe")
    act = _("Read it, have somebody see to their safety now, and say what was done")
    safety = Safety.DANGER

    def occurrences(self, at: datetime) -> Occurrences:
        """Answers of people who are not safe, or not sure."""
        return self.owed(VoiceAnswer.objects.filter(unsafe=True), at)


class VoiceNotRead(_Said):
    """A complaint, and what people say in their own words, is read by somebody whom it is not about. [R1, T30]"""

    slug = "voice-not-read"
    why = _("Somebody who was asked how it was for them said something that must be read")
    act = _("Read it, see to it, and say what was done")
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Complaints, and words of their own."""
        rows = VoiceAnswer.objects.filter(Q(complaint=True) | Q(has_words=True), unsafe=False)
        clock = Case(When(complaint=True, then=Value("complaint")), default=Value("words"))
        return self.owed(rows, at, clock=clock)
