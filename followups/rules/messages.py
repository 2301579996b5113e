"""The room of the rules about ourselves: a message that nobody got, and a promise found broken, are owed too."""

from datetime import datetime, timedelta

from django.db.models import Case, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from accounts.signing_in import SecurityNotice
from followups.models import Crack, Notice, NoticeState
from followups.rules.base import Occurrences, Owes, Rule, Safety, first, named, occurrences_of

COMES_BACK_WITHIN = timedelta(days=1)
"""Within a day a mail server says that it could not pass a mail on; where none says so, silence is all there is."""


class NoticeNotDelivered(Rule):
    """A reminder that could not be sent is passed on to the supervisor by another way. [I5 of features.md]"""

    slug = "notice-not-delivered"
    why = _("A reminder about this did not reach somebody")
    act = _("Tell them yourself, have their address put right, and send it again")
    page = "followups:undelivered"
    page_of = "nobody"
    safety = Safety.VICTIM
    reads_at = True
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """What was given up or came back; met by a message that arrived, or that nothing came back of for a day.

        Sent again it is void until that comes back too; so it is when nothing is owed.
        """
        reached = Notice.objects.filter(
            Q(state=NoticeState.DELIVERED)
            | Q(state=NoticeState.ACCEPTED, accepted_at__lte=at - COMES_BACK_WITHIN),
            person=OuterRef("person"),
            channel=OuterRef("channel"),
            accepted_at__gt=OuterRef("failed_at"),
        )
        sent_again = Case(
            When(state=NoticeState.ACCEPTED, accepted_at__gt=F("failed_at"), then="accepted_at")
        )
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
            void_at=Least(F(f"{followup}__ended_at"), sent_again),
            void_reason=Case(
                When(**{f"{followup}__ended_at__isnull": False}, then=Value("no-longer-owed")),
                default=Value("sent-again"),
            ),
        )


class SignInNotTold(Rule):
    """Somebody whose sign-in changed hears of it another way when no e-mail about it arrived. [force]"""

    slug = "sign-in-not-told"
    why = _("Somebody's sign-in changed, and no e-mail about it reached them")
    act = _("Ask them to read it on their page “How you sign in”, and have their address put right")
    page = "followups:undelivered"
    page_of = "nobody"
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """What was given up or came back; met when they have read it on their page, void when they have left."""
        return occurrences_of(
            SecurityNotice.objects.filter(failed_at__isnull=False, user__force__isnull=False),
            subject_id=F("pk"),
            force_id=F("user__force"),
            unit_id=F("user__unit"),
            occurrence=F("pk"),
            since=F("failed_at"),
            met_at=F("read_at"),
            void_at=Case(
                When(user__is_active=False, then=Coalesce(F("user__left_at"), F("failed_at")))
            ),
            void_reason=Value("left"),
        )


class PromiseBroken(Rule):
    """The specialist lead puts right what the nightly check finds to have fallen through. [I11 of features.md]"""

    slug = "promise-broken"
    why = _("The nightly check found something that has fallen through (%(line)s)")
    act = _("Open the cracks report and put it right")
    page = "followups:cracks"
    page_of = "nobody"
    safety = Safety.VICTIM
    owes = Owes.LEAD

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
