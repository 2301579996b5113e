"""The room of the rules about ourselves: a message that nobody got, and a promise found broken, are owed too."""

from datetime import datetime

from django.db.models import F, OuterRef, Value
from django.utils.translation import gettext_lazy as _

from followups.models import Crack, Notice, NoticeState
from followups.rules.base import Occurrences, Rule, Safety, first, named, occurrences_of


class NoticeNotDelivered(Rule):
    """A reminder that could not be sent is passed on to the supervisor by another way. [I5 of features.md]"""

    slug = "notice-not-delivered"
    why = _("A reminder about this did not reach somebody")
    act = _("Tell them yourself, have their address put right, and send it again")
    page = "followups:undelivered"
    page_of = "nobody"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """What was given up or came back; met by the next message that reached them, void when nothing is owed."""
        reached = Notice.objects.filter(
            person=OuterRef("person"),
            channel=OuterRef("channel"),
            accepted_at__gt=OuterRef("failed_at"),
        ).exclude(state=NoticeState.BOUNCED)
        # Its own dead letters would breed: the item itself stays on the supervisor's page.
        failed = Notice.objects.filter(failed_at__isnull=False).exclude(
            step__followup__rule=self.slug
        )
        followup = "step__followup"
        return occurrences_of(
            failed,
            subject_id=F("pk"),
            case_id=F(f"{followup}__case"),
            scope_id=F(f"{followup}__scope"),
            force_id=F(f"{followup}__force"),
            unit_id=F(f"{followup}__unit"),
            occurrence=F("pk"),
            since=F("failed_at"),
            met_at=first(reached, "accepted_at"),
            void_at=F(f"{followup}__ended_at"),
            void_reason=Value("no-longer-owed"),
        )


class PromiseBroken(Rule):
    """The specialist lead puts right what the nightly check finds to have fallen through. [I11 of features.md]"""

    slug = "promise-broken"
    why = _("The nightly check found something that has fallen through (%(line)s)")
    act = _("Open the cracks report and put it right")
    page = "followups:cracks"
    page_of = "nobody"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Lines that were not zero, from the first such night; met by the night on which they read zero."""
        # Of no unit and nobody, so that the force's specialist lead holds it.
        return occurrences_of(
            Crack.objects.all(),
            subject_id=F("pk"),
            force_id=F("force"),
            occurrence=F("pk"),
            since=F("since"),
            words=named(line="line"),
            met_at=F("ended_at"),
        )
