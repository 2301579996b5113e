"""The room of what must happen next: every rule, and what pages ask about one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext, gettext_lazy, ngettext

from clocks.models import Deadline
from followups.models import FollowUp
from followups.rules.advice import AdviceNotGiven, AdviceNotRead
from followups.rules.agencies import (
    AgencyHasNotSeen,
    AgencyNotAnswered,
    AgencyNotReachedPerson,
    AgencyQuestion,
    AgencyReviewDue,
    CapacityStale,
    DisclosureStale,
    ReferralCalledOff,
    ReferralDeclined,
)
from followups.rules.base import Rule, Safety
from followups.rules.consent import AgencyNotToldToStop, NrmConsentTakenBack, SharingNotStopped
from followups.rules.decisions import (
    DecisionNotServed,
    GuardianNotReferred,
    MoveOnNotPlanned,
    NrmDecisionOverdue,
    NrmInformationRequested,
    NrmReferenceMissing,
    ReconsiderationUndecided,
    RecoveryEnding,
)
from followups.rules.duties import (
    ChildAuthorityNotTold,
    CrimeNotRecorded,
    NeedsNotAssessed,
    NrmNotDecided,
    SafetyNotConfirmed,
    SupportNotOffered,
)
from followups.rules.emergencies import EmergencyNotRead, EmergencyNotReviewed
from followups.rules.facts import (
    ComeOfAgeNotAsked,
    ComeOfAgeSupport,
    DependantNotSafe,
    MissingNotAlerted,
    MissingNotReviewed,
    NeedsChanged,
    ReturnNotInterviewed,
    RiskReviewDue,
)
from followups.rules.files import FileInfected, FileNotChecked
from followups.rules.finding import PersonSought
from followups.rules.holding import (
    CaseNotOpened,
    DraftNotSent,
    NoNextStep,
    NoOwner,
    OwnerAbsent,
    OwnerLeft,
)
from followups.rules.investigation import (
    BailViewsNotAsked,
    BreachNotNotified,
    ComplaintNotAcknowledged,
    CrimeWithoutDecision,
    DataRequestNotAnswered,
    ImmigrationShareUndecided,
    PropertyNotReturned,
    ReferralWithoutCrime,
    RightToReviewRequested,
    RightToReviewUndecided,
    Section45NotConsidered,
    Section45NotReviewed,
    SpecialMeasuresNotAsked,
    StatementNotOffered,
)
from followups.rules.leaving import ExportUndecided, PackNotReviewed
from followups.rules.lists import ListMismatch
from followups.rules.messages import NoticeNotDelivered, PromiseBroken, SignInNotTold
from followups.rules.misuse import MisuseNotLookedInto
from followups.rules.people import (
    InterviewNotReviewed,
    OverrideNotReviewed,
    OwnerTrainingLapsed,
    PlaceLost,
    ProofInfected,
    TrainingLapsing,
)
from followups.rules.reading import NrmNotRead, NrmToPutRight
from followups.rules.retention import (
    DisposalUndecided,
    RetentionReviewAgain,
    RetentionReviewDue,
)
from followups.rules.silence import ContactLost
from followups.rules.standing import (
    CloseNotCountersigned,
    ContactLapsed,
    ContactUnsafe,
    ReviewDue,
    SafeContactStale,
)
from followups.rules.telling import (
    ArrestNotTold,
    ChargeNotTold,
    CompensationNotTold,
    CourtDateNotTold,
    InterviewNotTold,
    NoInvestigationNotTold,
    NoProsecutionNotTold,
    OutcomeNotTold,
    ProsecutorsNotTold,
    RecordsRequestNotTold,
    ReleaseNotTold,
    ReportNotAcknowledged,
)
from followups.rules.transfers import TransferNotHeard, TransferRefused, TransferUnanswered
from followups.rules.voice import VoiceNotRead, VoiceToAsk, VoiceUnsafe
from followups.rules.webhooks import WebhookNotDelivered, WebhookSilent

RULES: dict[str, Rule] = {
    rule.slug: rule
    for rule in (
        SafetyNotConfirmed(),
        NoOwner(),
        OwnerLeft(),
        OwnerAbsent(),
        CaseNotOpened(),
        TransferUnanswered(),
        TransferNotHeard(),
        TransferRefused(),
        DraftNotSent(),
        NoNextStep(),
        ChildAuthorityNotTold(),
        CrimeNotRecorded(),
        NrmNotDecided(),
        NeedsNotAssessed(),
        SupportNotOffered(),
        AgencyNotAnswered(),
        AgencyNotReachedPerson(),
        AgencyReviewDue(),
        ReferralDeclined(),
        ReferralCalledOff(),
        AgencyQuestion(),
        DisclosureStale(),
        AgencyHasNotSeen(),
        WebhookSilent(),
        WebhookNotDelivered(),
        CapacityStale(),
        AgencyNotToldToStop(),
        NrmConsentTakenBack(),
        SharingNotStopped(),
        MissingNotAlerted(),
        MissingNotReviewed(),
        ReturnNotInterviewed(),
        DependantNotSafe(),
        ComeOfAgeNotAsked(),
        ComeOfAgeSupport(),
        RiskReviewDue(),
        NeedsChanged(),
        ContactLapsed(),
        ContactUnsafe(),
        ContactLost(),
        SafeContactStale(),
        ReviewDue(),
        NrmDecisionOverdue(),
        NrmReferenceMissing(),
        DecisionNotServed(),
        ReconsiderationUndecided(),
        RecoveryEnding(),
        MoveOnNotPlanned(),
        NrmInformationRequested(),
        GuardianNotReferred(),
        ReferralWithoutCrime(),
        CrimeWithoutDecision(),
        ReportNotAcknowledged(),
        NoInvestigationNotTold(),
        ArrestNotTold(),
        InterviewNotTold(),
        ReleaseNotTold(),
        ChargeNotTold(),
        NoProsecutionNotTold(),
        ProsecutorsNotTold(),
        CourtDateNotTold(),
        OutcomeNotTold(),
        RecordsRequestNotTold(),
        CompensationNotTold(),
        RightToReviewRequested(),
        RightToReviewUndecided(),
        ComplaintNotAcknowledged(),
        BreachNotNotified(),
        DataRequestNotAnswered(),
        PropertyNotReturned(),
        BailViewsNotAsked(),
        StatementNotOffered(),
        SpecialMeasuresNotAsked(),
        Section45NotConsidered(),
        Section45NotReviewed(),
        ImmigrationShareUndecided(),
        CloseNotCountersigned(),
        TrainingLapsing(),
        OwnerTrainingLapsed(),
        PlaceLost(),
        ProofInfected(),
        NrmNotRead(),
        NrmToPutRight(),
        InterviewNotReviewed(),
        OverrideNotReviewed(),
        PersonSought(),
        AdviceNotGiven(),
        AdviceNotRead(),
        VoiceToAsk(),
        VoiceUnsafe(),
        VoiceNotRead(),
        EmergencyNotRead(),
        EmergencyNotReviewed(),
        FileInfected(),
        FileNotChecked(),
        MisuseNotLookedInto(),
        ListMismatch(),
        ExportUndecided(),
        PackNotReviewed(),
        RetentionReviewDue(),
        RetentionReviewAgain(),
        DisposalUndecided(),
        NoticeNotDelivered(),
        SignInNotTold(),
        PromiseBroken(),
    )
}

# How far a due time can be relied on: where its deadline comes from, or that it was agreed.
AGREED = "agreed"
STANDINGS: dict[str, Any] = {
    Deadline.Status.SOURCED: gettext_lazy("Sourced"),
    Deadline.Status.FORCE_DEFAULT: gettext_lazy("Force default"),
    Deadline.Status.UNVERIFIED: gettext_lazy("Unverified"),
    AGREED: gettext_lazy("As agreed"),
}
# Rules of the page "Investigation and decisions".
INVESTIGATION = frozenset(
    slug
    for slug, rule in RULES.items()
    if type(rule).__module__.rpartition(".")[2] in {"decisions", "investigation", "telling"}
)


def of(followup: FollowUp) -> Rule:
    """The rule that a follow-up comes from."""
    return RULES[followup.rule]


def why(followup: FollowUp) -> str:
    """Why it is here, in a sentence: "Harbour Support has not answered the referral"."""
    return in_words(RULES[followup.rule], followup.words, followup.due_at)


def in_words(rule: Rule, words: dict[str, str], due_at: datetime | None) -> str:
    """The rule's sentence with its words; it says so when there is no due time."""
    sentence = rule.say(words)
    if due_at is None:
        return gettext("%s. Its due time could not be worked out") % sentence
    return sentence


def cannot_say(rule: Rule) -> str:
    """The sentence for a rule that raises: what it asks for may be owed, or not."""
    sentence = gettext(
        "Holdfast cannot find out whether this is still owed: %s. Tell whoever runs it."
    )
    return sentence % str(rule.act)


def told_in_order(rule: Rule, units: Iterable[str]) -> str:
    """Who is told, one after the other, and when, for a duty that is counted in these units of time."""
    in_hours, in_days = "hours" in units, bool(set(units) - {"hours"})
    first, second, third = (str(rung.label) for rung in rule.ladder)
    times = [gettext("when due")]
    if in_days:
        days = ngettext("%d working day before", "%d working days before", rule.warns) % rule.warns
        times.insert(0, gettext("%s (if counted in days)") % days if in_hours else days)
    if rule.announces:
        times.insert(0, gettext("at once"))
    later = [gettext("a working day later"), gettext("three working days later")]
    if in_hours:
        hours = [
            gettext("half the time again later"),
            gettext("one and a half times as long later"),
        ]
        later = [f"{a} ({b})" for a, b in zip(hours, later, strict=True)] if in_days else hours
    return f"{first}: {', '.join(times)}. {second}: {later[0]}. {third}: {later[1]}"


def standing_of(followup: FollowUp) -> str:
    """How far its due time can be relied on, in a word or two; nothing when no deadline says."""
    if followup.agreed_at is not None:
        return str(STANDINGS[AGREED])
    return str(STANDINGS[followup.deadline.status]) if followup.deadline else ""


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
