"""The room of the person: who they are, how to reach them safely, what they agreed to and already told us."""

from victims.models.consent import ConsentEvent, ConsentOutcome, Purpose
from victims.models.contact import Channel, SafeContact
from victims.models.needs import Need, NeedKind
from victims.models.person import AS_TOLD, AgeBand, Gender, OfficerPreference, RiskLevel, Victim
from victims.models.told import ToldState, ToldTopic, Topic

__all__ = [
    "AS_TOLD",
    "AgeBand",
    "Channel",
    "ConsentEvent",
    "ConsentOutcome",
    "Gender",
    "Need",
    "NeedKind",
    "OfficerPreference",
    "Purpose",
    "RiskLevel",
    "SafeContact",
    "ToldState",
    "ToldTopic",
    "Topic",
    "Victim",
]
