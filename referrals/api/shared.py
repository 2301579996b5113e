"""The room of what the API gives of a person once a referral is accepted: each item that an officer may tick, typed."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.models import NrmStatus
from pages.answers import Answer
from referrals.disclosure import Item
from victims.models import Channel, RiskLevel, ToldState, Topic

TOPICS = {
    "type": "object",
    "propertyNames": {"enum": Topic.values},
    "additionalProperties": {"type": "string", "enum": ToldState.values},
    "description": str(Item.TOPICS.label),
}


@extend_schema_field(TOPICS)
class TopicsField(serializers.DictField):
    """Which topics they told us already, and of which nobody may ask: by topic, as a code."""


class SafeContactSerializer(serializers.Serializer[Any]):
    """One way to reach the person, and every rule for it. Keep to it, even when another way is quicker."""

    channel = serializers.ChoiceField(Channel.choices, help_text="The way.")
    safe = serializers.ChoiceField(
        Answer.choices, help_text="Whether it is safe. Use it only when this is `yes`."
    )
    details = serializers.CharField(
        allow_blank=True, help_text="Number or address; empty unless it is safe."
    )
    who_may_use = serializers.CharField(
        allow_blank=True, help_text="Who may use it, if only some may."
    )
    when = serializers.CharField(allow_blank=True, help_text="When it is safe, in words.")
    code_word = serializers.CharField(
        allow_blank=True, help_text="A word by which they know that it is you."
    )
    who_else_sees = serializers.CharField(
        allow_blank=True, help_text="Who else can see or hear what comes this way."
    )
    voicemail = serializers.ChoiceField(Answer.choices, help_text="Whether you may leave one.")
    read_before_using = serializers.CharField(allow_blank=True, help_text="Read it first.")
    check_again_on = serializers.DateField(help_text="Ask us again from this day on.")


class OfficerSerializer(serializers.Serializer[Any]):
    """Who at the police knows the person."""

    name = serializers.CharField(allow_blank=True, help_text="The officer; empty: nobody just now.")
    unit = serializers.CharField()
    duty_phone = serializers.CharField(allow_blank=True, help_text="The duty phone of the unit.")
    case = serializers.CharField(help_text="The reference to name when you ring.")


class NrmSerializer(serializers.Serializer[Any]):
    """The referral to the Home Office."""

    status = serializers.ChoiceField(NrmStatus.choices, help_text="Where it stands.")
    reference = serializers.CharField(allow_blank=True, help_text="Empty until there is one.")


class SharedSerializer(serializers.Serializer[Any]):
    """What the officer ticked, each under its name. Only ticked items are there; none is asked of the person again."""

    name = serializers.CharField(allow_blank=True, required=False, help_text=str(Item.NAME.label))
    safe_contact = SafeContactSerializer(
        many=True, required=False, help_text=str(Item.SAFE_CONTACT.label)
    )
    communication = serializers.CharField(
        allow_blank=True, required=False, help_text=str(Item.COMMUNICATION.label)
    )
    officer = OfficerSerializer(required=False, help_text=str(Item.OFFICER.label))
    born_on = serializers.RegexField(
        r"^(\d{4}(-\d{2}(-\d{2})?)?|about \d{4})$",
        allow_null=True,
        required=False,
        help_text="Date of birth as far as it is known: 1999-05-04, 1999-05, 1999 or `about 1999`; null if not.",
    )
    risk = serializers.ChoiceField(
        RiskLevel.choices, required=False, help_text=str(Item.RISK.label)
    )
    topics = TopicsField(required=False)
    crime = serializers.ListField(
        child=serializers.CharField(), required=False, help_text=str(Item.CRIME.label)
    )
    nrm = NrmSerializer(allow_null=True, required=False, help_text=str(Item.NRM.label))
    first_words = serializers.CharField(
        allow_blank=True, required=False, help_text=str(Item.FIRST_WORDS.label)
    )
