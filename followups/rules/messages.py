"""The room of the rule about our own messages: one that nobody got is itself something owed."""

from datetime import datetime

from django.db.models import F, OuterRef, Value
from django.utils.translation import gettext_lazy as _

from followups.models import Notice, NoticeState
from followups.rules.base import Occurrences, Rule, Safety, first, occurrences_of


class NoticeNotDelivered(Rule):
    """A reminder that could not be sent is passed on to the supervisor by another way. [I5 of features.md]"""

    slug = "notice-not-delivered"
    why = _("A reminder about this could not be sent by e-mail")
    act = _("Tell the officer yourself, and have their e-mail address put right")
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Dead letters; met by the next message that reached the person, void when nothing is owed any more."""
        reached = Notice.objects.filter(
            person=OuterRef("person"),
            channel=OuterRef("channel"),
            accepted_at__gt=OuterRef("made_at"),
        )
        # Its own dead letters would breed: the item itself stays on the supervisor's page.
        dead = Notice.objects.filter(state=NoticeState.DEAD).exclude(step__followup__rule=self.slug)
        followup = "step__followup"
        return occurrences_of(
            dead,
            subject_id=F("pk"),
            case_id=F(f"{followup}__case"),
            scope_id=F(f"{followup}__scope"),
            force_id=F(f"{followup}__force"),
            unit_id=F(f"{followup}__unit"),
            occurrence=F("pk"),
            since=F("made_at"),
            met_at=first(reached, "accepted_at"),
            void_at=F(f"{followup}__ended_at"),
            void_reason=Value("no-longer-owed"),
        )
