"""The room of which fields leave the building through the API: listed by hand, nothing else is given."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

import clocks
from pages.answers import Answer
from referrals import disclosure
from referrals.api.fields import TextField
from referrals.api.shared import SharedSerializer
from referrals.models import (
    DeclineReason,
    EndReason,
    Finding,
    NeedOutcome,
    NoContactReason,
    Question,
    ReferralStatus,
    SupportReferral,
    ToldTo,
)
from referrals.rules import AnswerTimes, Side
from victims.models import AgeBand, NeedKind, OfficerPreference

SUMMARY_FIELDS = (
    "id",
    "version",
    "status",
    "urgent",
    "needs",
    "sent_at",
    "opened_at",
    "turn",
    "due_at",
    "due_in_working_days",
)


# What an answer that is kept says again as it was; everything else is read anew, so that nothing is given again
# that was taken back.
KEPT_FIELDS = (
    *SUMMARY_FIELDS,
    "accepted_at",
    "worker_name",
    "first_contact_at",
    "review_on",
    "declined_at",
    "decline_reason",
    "ended_at",
    "end_reason",
    "outcomes",
    "withdrawn_at",
)


class MinimumSerializer(serializers.Serializer[Any]):
    """What an agency sees before it accepts: nothing that identifies the person."""

    urgent = serializers.BooleanField(help_text="Whether the 4 hour clock runs.")
    needs = serializers.ListField(child=serializers.ChoiceField(NeedKind.choices))
    age_band = serializers.ChoiceField(AgeBand.choices, help_text="`unsure` is treated as a child.")
    language = serializers.CharField(allow_blank=True, help_text="Language and dialect.")
    interpreter = serializers.ChoiceField(Answer.choices)
    would_rather_speak_to = serializers.ChoiceField(OfficerPreference.choices)
    area = serializers.CharField(help_text="The police force.")


class CodeField(serializers.ChoiceField):
    """A code; null while there is none."""

    def to_representation(self, value: Any) -> Any:
        """The code, or null."""
        return super().to_representation(value) or None


class QuestionSerializer(serializers.ModelSerializer[Question]):
    """A question of the agency and our answer."""

    class Meta:
        model = Question
        fields = ("id", "text", "asked_at", "answer", "answered_at")
        read_only_fields = fields


class SummarySerializer(serializers.ModelSerializer[SupportReferral]):
    """One line of the list: enough to know what to open first."""

    status = serializers.ChoiceField(ReferralStatus.choices, source="standing")
    sent_at = serializers.DateTimeField(help_text="When it was sent to you.")
    opened_at = serializers.DateTimeField(source="looked_at", allow_null=True)
    turn = serializers.SerializerMethodField(help_text="Who has to do the next thing.")
    due_at = serializers.SerializerMethodField(
        help_text="By when: to answer, to reach the person, then to review the support; null when no clock runs."
    )
    due_in_working_days = serializers.SerializerMethodField(
        help_text="The same in working days of the force: 0 is today, negative is overdue."
    )

    class Meta:
        model = SupportReferral
        fields = SUMMARY_FIELDS
        read_only_fields = fields

    def to_representation(self, instance: SupportReferral) -> dict[str, Any]:
        """The fields, with whose turn it is worked out once."""
        times: AnswerTimes = self.context["times"]
        self._turn = times.turn(instance, clocks.now())
        shown: dict[str, Any] = super().to_representation(instance)
        return shown

    def get_turn(self, referral: SupportReferral) -> Side:
        """Who has to do the next thing."""
        return self._turn.side

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_due_at(self, referral: SupportReferral) -> str | None:
        """By when, in UTC."""
        due_at = self._turn.due_at
        return serializers.DateTimeField().to_representation(due_at) if due_at else None

    def get_due_in_working_days(self, referral: SupportReferral) -> int | None:
        """By when, in working days."""
        return self._turn.working_days


class ReferralSerializer(SummarySerializer):
    """One referral: the minimum while it waits, what was ticked once it is accepted, nothing after its end."""

    decline_reason = CodeField(DeclineReason.choices, allow_null=True)
    end_reason = CodeField(EndReason.choices, allow_null=True)
    outcomes = serializers.DictField(
        child=serializers.ChoiceField(NeedOutcome.choices),
        help_text="What became of each need, once completed.",
    )
    minimum = serializers.SerializerMethodField()
    shared = serializers.SerializerMethodField()
    told_to = CodeField(
        ToldTo.choices, allow_null=True, help_text="Who at your agency may be told."
    )
    no_contact_reason = CodeField(
        NoContactReason.choices,
        allow_null=True,
        help_text="Why no safe way to reach them is shared; null where one is.",
    )
    questions = serializers.SerializerMethodField()

    class Meta:
        model = SupportReferral
        fields = (
            *KEPT_FIELDS,
            "told_to",
            "no_contact_reason",
            "minimum",
            "shared",
            "questions",
        )
        read_only_fields = fields

    @extend_schema_field(MinimumSerializer(allow_null=True))
    def get_minimum(self, referral: SupportReferral) -> disclosure.Shared | None:
        """What may be seen before accepting; null after the end."""
        return disclosure.read(referral.disclosure.first) if referral.is_open else None

    @extend_schema_field(SharedSerializer(allow_null=True))
    def get_shared(self, referral: SupportReferral) -> disclosure.Shared | None:
        """What the officer ticked; null until accepted and after the end."""
        accepted = referral.is_open and referral.accepted_at
        return disclosure.given(referral.disclosure) if accepted else None

    @extend_schema_field(QuestionSerializer(many=True))
    def get_questions(self, referral: SupportReferral) -> list[dict[str, Any]]:
        """What the agency asked, and our answers; none after the end."""
        if not referral.is_open:
            return []
        return [dict(QuestionSerializer(question).data) for question in referral.questions.all()]


class PageSerializer(serializers.Serializer[Any]):
    """A page of the list."""

    next = serializers.URLField(allow_null=True, help_text="The next page; null on the last.")
    previous = serializers.URLField(allow_null=True)
    results = SummarySerializer(many=True)


class AcceptSerializer(serializers.Serializer[Any]):
    """The agency will do it."""

    worker_name = TextField(max_length=200, help_text="Who will support the person.")


class WorkerSerializer(serializers.Serializer[Any]):
    """Another worker does it."""

    worker_name = TextField(max_length=200, help_text="Who supports the person from now on.")


class DeclineSerializer(serializers.Serializer[Any]):
    """The agency will not do it."""

    reason = serializers.ChoiceField(DeclineReason.choices, help_text="Why, as a code.")


class AskSerializer(serializers.Serializer[Any]):
    """The agency needs to know something first."""

    text = TextField(max_length=2000, help_text="Your question to the police.")


class FirstContactSerializer(serializers.Serializer[Any]):
    """The agency has reached the person."""

    contact_at = serializers.DateTimeField(
        required=False, help_text="When, with its offset from UTC; now if left out."
    )
    review_on = serializers.DateField(
        required=False,
        help_text="The day agreed for a review; left out, the force's time limit counts.",
    )


class ReviewSerializer(serializers.Serializer[Any]):
    """How the support goes, and when the agency and the person look at it again."""

    finding = serializers.ChoiceField(Finding.choices, help_text="How it goes, as a code.")
    review_on = serializers.DateField(
        required=False, help_text="The day agreed; left out, the force's time limit counts."
    )


class CompleteSerializer(serializers.Serializer[Any]):
    """How the support ended, and what became of each need."""

    reason = serializers.ChoiceField(EndReason.choices, help_text="How it ended, as a code.")
    outcomes = serializers.DictField(
        child=serializers.ChoiceField(NeedOutcome.choices),
        required=False,
        help_text="Need to outcome, for each need of the referral; `needs_met` says `met` of all.",
    )


class EndSerializer(serializers.Serializer[Any]):
    """How the support ended."""

    reason = serializers.ChoiceField(EndReason.choices, help_text="How it ended, as a code.")


class ProblemErrorSerializer(serializers.Serializer[Any]):
    """One field that is wrong."""

    pointer = serializers.CharField(allow_blank=True, help_text="JSON pointer [RFC 6901].")
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """An error [RFC 9457]; `type` is the address of a page that says what to do."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    fault = serializers.ChoiceField(
        [("yours", _("Yours")), ("ours", _("Ours"))],
        help_text="Who has to put it right: your system, or the force's.",
    )
    trace_id = serializers.CharField(help_text="Tell this to the force when you ask for help.")
    errors = ProblemErrorSerializer(many=True, required=False)  # type: ignore[assignment]
    differs = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="What changed of the referral after you read it, or in what the service is another than you sent,"
        " by JSON pointer; left out when not known.",
    )


class TokenSerializer(serializers.Serializer[Any]):
    """A token for the next ten minutes."""

    access_token = serializers.CharField()
    expires_in = serializers.IntegerField()
    token_type = serializers.CharField()
    scope = serializers.CharField()


class TokenRequestSerializer(serializers.Serializer[Any]):
    """Asking for a token; the key goes as HTTP Basic, or as `client_id` and `client_secret` here."""

    grant_type = serializers.ChoiceField([("client_credentials", _("Client credentials"))])
    scope = serializers.CharField(required=False, help_text="Scopes with spaces between them.")
    client_id = serializers.CharField(required=False)
    client_secret = serializers.CharField(required=False)


class TokenErrorSerializer(serializers.Serializer[Any]):
    """Why there is no token, in OAuth's own words [RFC 6749, 5.2]."""

    error = serializers.CharField()
    error_description = serializers.CharField(required=False)
