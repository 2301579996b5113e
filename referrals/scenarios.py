"""The room of the sandbox's people: all of them invented, and what has become of the referral of each."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from pages.answers import Answer
from referrals.disclosure import Item, Shared
from victims.models import (
    AgeBand,
    Channel,
    NeedKind,
    OfficerPreference,
    RiskLevel,
    ToldState,
    Topic,
)

DAY = timedelta(days=1)
FORCE = "Sandbox Police (invented)"


SAFE_CONTACT = {
    "channel": str(Channel.PHONE),
    "safe": str(Answer.YES),
    "details": "07700 900000",
    "who_may_use": "Any support worker",
    "when": "Weekday mornings",
    "code_word": "library",
    "who_else_sees": "",
    "voicemail": str(Answer.NO),
    "read_before_using": "Invented. This number reaches nobody.",
    "check_again_on": "2030-01-07",
}
SAFE_CONTACT_SINCE = SAFE_CONTACT | {
    "details": "07700 900001",
    "when": "Weekdays after six",
    "code_word": "garden",
}
"""The rule as it is once the police of the sandbox changed it."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist: what is seen of them before a referral is accepted, and what after."""

    name: str
    age_band: str = AgeBand.ADULT
    language: str = "English"
    interpreter: str = Answer.NO
    would_rather_speak_to: str = OfficerPreference.NO_PREFERENCE
    risk: str = RiskLevel.STANDARD

    def first(self, needs: list[str], *, urgent: bool) -> Shared:
        """The minimum, as `disclosure.first` gives it of a real person."""
        return {
            "urgent": urgent,
            "needs": sorted(needs),
            "age_band": str(self.age_band),
            "language": self.language,
            "interpreter": str(self.interpreter),
            "would_rather_speak_to": str(self.would_rather_speak_to),
            "area": FORCE,
        }

    def full(self) -> Shared:
        """What an officer would have ticked, as `disclosure.full` gives it of a real person."""
        return {
            Item.NAME.value: self.name,
            Item.SAFE_CONTACT.value: [SAFE_CONTACT],
            Item.COMMUNICATION.value: "",
            Item.OFFICER.value: {
                "name": "PC Sam Invented",
                "unit": "Sandbox Response (invented)",
                "duty_phone": "01632 960000",
                "case": "HF-SANDBOX",
            },
            Item.RISK.value: str(self.risk),
            Item.TOPICS.value: {str(Topic.JOURNEY): str(ToldState.TOLD)},
        }


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing that an integrator wants to see: who it is about, what is done with the referral, and how long ago."""

    name: str
    words: Any
    person: Person
    needs: tuple[NeedKind, ...] = (NeedKind.OUTREACH,)
    urgent: bool = False
    then: tuple[str, ...] = ()
    ago: timedelta = field(default=timedelta())


MAI = Person("Mai (invented)", language="Vietnamese", would_rather_speak_to=OfficerPreference.WOMAN)
DANIEL = Person("Daniel (invented)")
ROSA = Person("Rosa (invented)", risk=RiskLevel.HIGH)
KOFI = Person("Kofi (invented)", age_band=AgeBand.CHILD, risk=RiskLevel.HIGH)
SENAIT = Person("Senait (invented)", language="Tigrinya", interpreter=Answer.YES)

ALL = (
    Scenario(
        "urgent-adult",
        _("An urgent referral of an adult"),
        ROSA,
        (NeedKind.OUTREACH, NeedKind.SAFE_HOUSE),
        urgent=True,
    ),
    Scenario(
        "urgent-child",
        _("An urgent referral of a child"),
        KOFI,
        (NeedKind.CHILD_GUARDIAN, NeedKind.OUTREACH),
        urgent=True,
    ),
    Scenario("needs-interpreter", _("Somebody who needs an interpreter"), SENAIT),
    Scenario(
        "question-answered",
        _("You asked the police a question, and they answered"),
        MAI,
        then=("ask", "answer"),
    ),
    Scenario(
        "question-waiting",
        _("You asked the police a question, and they have not answered"),
        SENAIT,
        then=("ask",),
    ),
    Scenario("overdue", _("One that you should have answered days ago"), DANIEL, ago=4 * DAY),
    Scenario(
        "accepted-not-reached",
        _("You accepted long ago, and have not reached the person"),
        MAI,
        then=("accept",),
        ago=10 * DAY,
    ),
    Scenario(
        "safe-contact-changed",
        _("Accepted, then the police changed how the person may be reached"),
        SENAIT,
        then=("accept", "renew"),
    ),
    Scenario(
        "review-due",
        _("In progress, and a review is due"),
        DANIEL,
        then=("accept", "contact"),
        ago=29 * DAY,
    ),
    Scenario(
        "completed",
        _("Completed"),
        DANIEL,
        then=("accept", "contact", "complete"),
        ago=20 * DAY,
    ),
    Scenario("declined", _("Declined by you"), KOFI, (NeedKind.CHILD_GUARDIAN,), then=("decline",)),
    Scenario(
        "ended-early",
        _("In progress, and you could not go on"),
        ROSA,
        then=("accept", "contact", "end"),
        ago=20 * DAY,
    ),
    Scenario("withdrawn", _("Withdrawn by the police"), ROSA, then=("withdraw",)),
    Scenario("sent-in-error", _("Sent to you in error"), DANIEL, then=("in_error",)),
    Scenario(
        "consent-withdrawn",
        _("Accepted, then the person took back their agreement"),
        MAI,
        then=("accept", "take_back"),
    ),
)
SCENARIOS = {scenario.name: scenario for scenario in ALL}
