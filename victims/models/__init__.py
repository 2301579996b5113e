"""The room of the person: who they are, how to reach them safely, what they agreed to and already told us."""

from victims.ages import Precision
from victims.models.age import AgeDispute, AgeResult, Determiner, Disputant
from victims.models.consent import (
    ALLOWS,
    FOR_AGENCIES,
    BestInterests,
    ConsentEvent,
    ConsentOutcome,
    ConsentQuerySet,
    Notice,
    Purpose,
)
from victims.models.contact import Channel, SafeContact
from victims.models.facts import (
    KINDS,
    Dependant,
    FactKind,
    NameKind,
    Nationality,
    PersonFact,
    PersonName,
    Reference,
    ReferenceKind,
    Relation,
    SpokenLanguage,
)
from victims.models.finding import KeyKind, Letter, NameForm, SearchKey
from victims.models.links import LinkState, PersonLink, read_as_one, records_of
from victims.models.missing import Alerted, MissingEpisode
from victims.models.needs import Need, NeedKind
from victims.models.person import (
    AS_TOLD,
    AgeBand,
    Gender,
    OfficerPreference,
    RiskLevel,
    Victim,
    owed_as_child,
)
from victims.models.risk import RiskJudgement
from victims.models.told import MARKS, ToldQuerySet, ToldState, ToldTopic, Topic

__all__ = [
    "ALLOWS",
    "AS_TOLD",
    "FOR_AGENCIES",
    "KINDS",
    "MARKS",
    "AgeBand",
    "AgeDispute",
    "AgeResult",
    "Alerted",
    "BestInterests",
    "Channel",
    "ConsentEvent",
    "ConsentOutcome",
    "ConsentQuerySet",
    "Dependant",
    "Determiner",
    "Disputant",
    "FactKind",
    "Gender",
    "KeyKind",
    "Letter",
    "LinkState",
    "MissingEpisode",
    "NameForm",
    "NameKind",
    "Nationality",
    "Need",
    "NeedKind",
    "Notice",
    "OfficerPreference",
    "PersonFact",
    "PersonLink",
    "PersonName",
    "Precision",
    "Purpose",
    "Reference",
    "ReferenceKind",
    "Relation",
    "RiskJudgement",
    "RiskLevel",
    "SafeContact",
    "SearchKey",
    "SpokenLanguage",
    "ToldQuerySet",
    "ToldState",
    "ToldTopic",
    "Topic",
    "Victim",
    "owed_as_child",
    "read_as_one",
    "records_of",
]
