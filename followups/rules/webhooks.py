"""The room of the rules about agencies' systems: one that takes nothing more, and what it could not be told."""

from datetime import datetime

from django.db.models import F, OuterRef, Q, Value
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from followups.rules.base import (
    Occurrences,
    Owes,
    Rule,
    Safety,
    first,
    named,
    occurrences_of,
    of_case,
    of_first,
)
from referrals.models import Delivery, EventType, SupportReferral, Webhook
from referrals.seen import calls, looks

# What an agency's own act made needs no telling.
BY_POLICE = (
    EventType.SENT,
    EventType.ANSWERED,
    EventType.WITHDRAWN,
    EventType.IN_ERROR,
    EventType.CONSENT_WITHDRAWN,
    EventType.CHANGED,
)


class WebhookSilent(Rule):
    """The administrators of an agency learn at once that its system takes nothing more; then somebody phones. [P24]

    The force that last sent it a referral holds it, for its specialist lead.
    """

    slug = "webhook-silent"
    why = _("The system of %(agency)s takes none of what we tell it about its referrals")
    act = _("Phone the agency, and have its administrator look at its webhooks")
    page = "referrals:agencies"
    page_of = "nobody"
    safety = Safety.VICTIM
    announces = True
    agencys = Role.AGENCY_ADMINISTRATOR
    owes = Owes.AGENCY
    reads_at = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Silences that came to their alarm; met when it hears us or they switch it, void when it is removed."""
        lasted = Q(heard_at=None) | Q(heard_at__gte=F("alarm_at"))
        sender = SupportReferral.objects.filter(agency=OuterRef("agency"), sent_at__isnull=False)
        silent = Webhook.objects.filter(lasted, sandboxed=False, alarm_at__lte=at).annotate(
            force=of_first(sender.order_by("-sent_at", "pk"), "force")
        )
        return occurrences_of(
            silent.filter(force__isnull=False),
            subject_id=F("pk"),
            force_id=F("force"),
            agency_id=F("agency"),
            words=named(agency="agency__name"),
            occurrence=F("silence"),
            since=F("alarm_at"),
            met_at=F("heard_at"),
            void_at=F("ended_at"),
            void_reason=Value("webhook-removed"),
        )


class WebhookNotDelivered(Rule):
    """What an agency's system could not be told for days is told to somebody there by phone. [P24 of features.md]"""

    slug = "webhook-not-delivered"
    why = _("The system of %(agency)s could not be told what happened to the referral")
    act = _("Phone the agency, and have its administrator look at the delivery log")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Deliveries that were given up; met when one arrives after all, somebody there looks, or is told."""
        given_up = Delivery.objects.filter(
            failed_at__isnull=False, event__type__in=BY_POLICE, agency__sandbox_of=None
        ).annotate(at=F("event__at"))
        return occurrences_of(
            given_up,
            **(
                of_case("event__referral__case")
                | {"subject_id": F("event__referral"), "words": named(agency="agency__name")}
            ),
            occurrence=F("pk"),
            since=F("failed_at"),
            met_at=Least(
                F("delivered_at"),
                first(looks("event__referral__")),
                first(calls("event__referral__")),
            ),
        )
