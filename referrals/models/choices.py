"""The room of the words that a referral is told in: where it stands, why it ended, what became of each need."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferralStatus(models.TextChoices):
    """Where a support referral stands [ux.md 4.2]."""

    DRAFT = "draft", _("Not sent yet")
    SENT = "sent", _("Sent")
    OPENED = "opened", _("Opened by the agency")
    NEEDS_INFO = "needs_info", _("The agency asks us something")
    ACCEPTED = "accepted", _("Accepted, the person not reached yet")
    IN_PROGRESS = "in_progress", _("First contact made")
    COMPLETED = "completed", _("Completed")
    DECLINED = "declined", _("Declined")
    ENDED_EARLY = "ended_early", _("Ended early")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    IN_ERROR = "in_error", _("Sent in error")


class DeclineReason(models.TextChoices):
    """Why an agency says no [domain 8.3]. A decline is not the end: the need is open again."""

    NO_CAPACITY = "no_capacity", _("No capacity")
    NO_SUITABLE_PLACE = "no_suitable_place", _("No suitable place")
    WRONG_AREA = "wrong_area", _("Wrong area")
    OUT_OF_SCOPE = "out_of_scope", _("We do not offer this")
    RISK_TOO_HIGH = "risk_too_high", _("The risk is too high for us")
    CANNOT_COMMUNICATE = "cannot_communicate", _("We cannot meet the communication need")
    NO_SAFE_CONTACT = "no_safe_contact", _("No safe way to reach them")
    WRONG_DETAILS = "wrong_details", _("The details are wrong")
    NOT_REACHABLE = "not_reachable", _("We could not reach them")
    ALREADY_SUPPORTED = "already_supported", _("Already supported")
    PERSON_DECLINED = "person_declined", _("The person did not want it")
    NO_CONSENT = "no_consent", _("Consent is missing")
    DUPLICATE = "duplicate", _("We already have this referral")
    OTHER = "other", _("Another reason")


class ToldTo(models.TextChoices):
    """Who at the agency may be told about the person."""

    WORKER = "worker", _("Only the worker who supports them")
    TEAM = "team", _("The team that supports them, and nobody else")
    ASK_FIRST = "ask_first", _("Others too, such as a doctor or landlord, once the person agrees")


class NoContactReason(models.TextChoices):
    """Why an agency is sent a referral without a safe way to reach the person."""

    THROUGH_US = "through_us", _("They are reached through the officer only")
    CARER = "carer", _("They are reached through their social worker or carer only")
    NOT_SAFE_NOW = "not_safe_now", _("No way is safe now; the officer says when one is")


class NeedOutcome(models.TextChoices):
    """What became of one need when the support was finished."""

    MET = "met", _("Met")
    UNMET = "unmet", _("Not met: they still need it")
    UNWANTED = "unwanted", _("They no longer want it")


class NoOtherSupport(models.TextChoices):
    """Why nobody else is asked about what an agency leaves open. That none can help now is no reason: it stays owed."""

    NOT_WANTED = "not_wanted", _("They do not want other support")
    SUPPORTED = "supported", _("Somebody else supports them with this already")
    NOT_NEEDED = "not_needed", _("They no longer need it")
    OTHER = "other", _("Another reason")
    NOT_ASKED = "not_asked", _("Seen before a reason was asked for")


class EndReason(models.TextChoices):
    """How a referral that had begun came to its end."""

    NEEDS_MET = "needs_met", _("The needs are met")
    NEEDS_PARTLY_MET = "needs_partly_met", _("Some needs are met")
    PERSON_STOPPED = "person_stopped", _("The person did not want to go on")
    MOVED_AWAY = "moved_away", _("They moved away")
    LOST_CONTACT = "lost_contact", _("We lost contact with them")
    OTHER_SUPPORT = "other_support", _("Somebody else supports them now")


class Finding(models.TextChoices):
    """What a review of the support found."""

    AS_PLANNED = "as_planned", _("It goes as planned")
    CHANGED = "changed", _("What they need has changed")
    DIFFICULT = "difficult", _("It is difficult, and we go on")


class DisclosureKind(models.TextChoices):
    """What happened to what an agency may read."""

    MINIMUM = "minimum", _("Seen before acceptance")
    ACCEPTED = "accepted", _("Given when the agency accepted")
    RENEWED = "renewed", _("Given anew")
    ANSWER = "answer", _("Our answer to a question")
    TAKEN_BACK = "taken_back", _("Taken back")
    EMPTIED = "emptied", _("Can no longer be read")
