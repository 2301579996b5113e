"""The room of what must happen next: every rule, and what pages ask about one."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext

from followups.models import FollowUp
from followups.rules.agencies import (
    AgencyNotAnswered,
    AgencyNotReachedPerson,
    AgencyQuestion,
    DisclosureStale,
    ReferralDeclined,
)
from followups.rules.base import Rule, Safety
from followups.rules.duties import (
    ChildAuthorityNotTold,
    CrimeNotRecorded,
    NeedsNotAssessed,
    NrmNotDecided,
    SafetyNotConfirmed,
    SupportNotOffered,
)
from followups.rules.facts import (
    ComeOfAgeNotAsked,
    ComeOfAgeSupport,
    DependantNotSafe,
    MissingNotAlerted,
    MissingNotReviewed,
    ReturnNotInterviewed,
    RiskReviewDue,
)
from followups.rules.finding import PersonSought
from followups.rules.holding import DraftNotSent, NoNextStep, NoOwner, OwnerAbsent, OwnerLeft
from followups.rules.messages import NoticeNotDelivered
from followups.rules.people import OverrideNotReviewed, TrainingLapsing
from followups.rules.standing import (
    CloseNotCountersigned,
    ContactLapsed,
    ContactUnsafe,
    NrmDecisionOverdue,
    ReviewDue,
    SafeContactStale,
)

RULES: dict[str, Rule] = {
    rule.slug: rule
    for rule in (
        SafetyNotConfirmed(),
        NoOwner(),
        OwnerLeft(),
        OwnerAbsent(),
        DraftNotSent(),
        NoNextStep(),
        ChildAuthorityNotTold(),
        CrimeNotRecorded(),
        NrmNotDecided(),
        NeedsNotAssessed(),
        SupportNotOffered(),
        AgencyNotAnswered(),
        AgencyNotReachedPerson(),
        ReferralDeclined(),
        AgencyQuestion(),
        DisclosureStale(),
        MissingNotAlerted(),
        MissingNotReviewed(),
        ReturnNotInterviewed(),
        DependantNotSafe(),
        ComeOfAgeNotAsked(),
        ComeOfAgeSupport(),
        RiskReviewDue(),
        ContactLapsed(),
        ContactUnsafe(),
        SafeContactStale(),
        ReviewDue(),
        NrmDecisionOverdue(),
        CloseNotCountersigned(),
        TrainingLapsing(),
        OverrideNotReviewed(),
        PersonSought(),
        NoticeNotDelivered(),
    )
}


def of(followup: FollowUp) -> Rule:
    """The rule that a follow-up comes from."""
    return RULES[followup.rule]


def why(followup: FollowUp) -> str:
    """Why it is here, in a sentence: "Harbour Support has not answered the referral"."""
    return in_words(RULES[followup.rule], followup.words, followup.due_at)


def in_words(rule: Rule, words: dict[str, str], due_at: datetime | None) -> str:
    """The rule's sentence with its words; it says so when there is no due time."""
    sentence: str = str(rule.why) % words
    if due_at is None:
        return gettext("%s. Its due time could not be worked out") % sentence
    return sentence


def urgency() -> Case:
    """How close to harm each follow-up's duty is (`Safety`), to annotate and to sort by."""
    by_safety: Iterable[When] = (
        When(
            rule__in=[rule.slug for rule in RULES.values() if rule.safety is level],
            then=Value(int(level)),
        )
        for level in Safety
    )
    return Case(*by_safety, default=Value(int(Safety.ROUTINE)), output_field=IntegerField())
