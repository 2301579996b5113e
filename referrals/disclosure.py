"""The room of what leaves the building about a person: a named list, so that nothing else can."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import TextChoices
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Unit
from casework.models import Case, NrmReferral
from casework.records import kept_of_person
from pages.answers import Answer
from referrals import ways
from referrals.models import Disclosure, SupportReferral
from victims.models import MARKS, NeedKind, Precision, SafeContact, ToldState, ToldTopic, Victim

Shared = dict[str, Any]


class Item(TextChoices):
    """Something an officer may tick to be shared after the agency accepts."""

    NAME = "name", _("What they want to be called")
    SAFE_CONTACT = "safe_contact", _("How to reach them safely, with every rule")
    COMMUNICATION = "communication", _("Communication needs")
    OFFICER = "officer", _("The officer in charge and the unit's duty phone")
    BORN_ON = "born_on", _("Date of birth")
    RISK = "risk", _("How much danger they are in")
    TOPICS = "topics", _("Which topics they already told us, so that nobody asks again")
    CRIME = "crime", _("Crime number")
    NRM = "nrm", _("Home Office referral: reference and where it stands")
    FIRST_WORDS = "first_words", _("What was seen or said, in full")


HINTS = {
    Item.SAFE_CONTACT: _("Without this the agency cannot reach them."),
    Item.TOPICS: _("Only the headings, not what they said."),
    Item.FIRST_WORDS: _("Only if they agreed to this account being shared."),
}
USUAL = (Item.NAME, Item.SAFE_CONTACT, Item.COMMUNICATION, Item.OFFICER, Item.TOPICS)

# What an agency may see at all, per need: before it accepts the fields of `first`, after it what the officer ticked
# of these. The database holds to the same table (`referrals_may_see`); docs/disclosure.md is written from it.
BEFORE = (
    "urgent",
    "needs",
    "age_band",
    "language",
    "interpreter",
    "would_rather_speak_to",
    "area",
)
_REACH = frozenset({Item.NAME, Item.SAFE_CONTACT, Item.COMMUNICATION, Item.OFFICER})
_CARE = _REACH | {Item.TOPICS, Item.BORN_ON, Item.RISK, Item.FIRST_WORDS}
_CASE = _REACH | {Item.TOPICS, Item.BORN_ON, Item.CRIME, Item.NRM, Item.FIRST_WORDS}
MAY_SEE: dict[str, frozenset[Item]] = {
    NeedKind.SAFE_HOUSE: _CARE | _CASE,
    NeedKind.OUTREACH: _CARE | _CASE,
    NeedKind.HEALTH: _CARE,
    NeedKind.COUNSELLING: _CARE,
    NeedKind.LEGAL: _CASE,
    NeedKind.IMMIGRATION: _CASE,
    NeedKind.MONEY: _REACH,
    NeedKind.INTERPRETING: _REACH,
    NeedKind.CHILD_GUARDIAN: _CARE | _CASE,
    NeedKind.WORK: _REACH | {Item.CRIME},
}


def may_see(needs: Iterable[str]) -> frozenset[Item]:
    """What an agency may be given after it accepts, for these needs together."""
    return frozenset().union(*(MAY_SEE[need] for need in needs))


def first(referral: SupportReferral, case: Case) -> Shared:
    """The minimum before the agency accepts: nothing here can identify the person."""
    victim = case.victim
    return {
        "urgent": referral.urgent,
        "needs": sorted(referral.needs),
        "age_band": victim.band,
        "language": victim.language,
        "interpreter": victim.interpreter,
        "would_rather_speak_to": victim.officer_preference,
        "area": case.scope.force.name,
    }


def full(items: Iterable[str], case: Case, by: Actor) -> Shared:
    """The ticked items as they are now, and no other; how to reach them by every record that the sender may see."""
    ticked = set(items)
    return {item.value: give(case, by) for item, give in GIVES.items() if item.value in ticked}


def mark(referral: SupportReferral, minimum: Shared, more: Shared) -> str:
    """A short mark of what an officer checks before sending: another once anything of it is another."""
    checked = {
        "version": referral.version,
        "agency": str(referral.agency_id),
        "first": minimum,
        "full": more,
        "told_to": referral.told_to,
        "no_contact_reason": referral.no_contact_reason,
    }
    return salted_hmac("referral-check", write(checked), algorithm="sha256").hexdigest()


def is_stale(disclosure: Disclosure, case: Case) -> bool:
    """Whether the agency was told how to reach the person, and that has changed since."""
    if disclosure.emptied_at or Item.SAFE_CONTACT not in disclosure.items:
        return False
    return ways.changed_since(case, disclosure.disclosed_at)


def write(shared: Shared) -> str:
    """The text that is sealed."""
    return json.dumps(shared, ensure_ascii=False, sort_keys=True)


def keep(disclosure: Disclosure, shared: Shared) -> None:
    """The disclosure holds this, and nothing else; the account by itself."""
    told = Item.FIRST_WORDS.value
    rest = {item: what for item, what in shared.items() if item != told}
    disclosure.full = write(rest)
    disclosure.account = write({told: shared[told]}) if told in shared else ""


def given(disclosure: Disclosure) -> Shared | None:
    """What the agency may read now of what it was given; None once it was emptied."""
    shared = read(disclosure.full)
    return None if shared is None else shared | (read(disclosure.account) or {})


def read(text: str) -> Shared | None:
    """What was shared; None once it was emptied."""
    found: Shared | None = json.loads(text) if text else None
    return found


def _safe_contact(case: Case, by: Actor) -> list[Shared]:
    """Every rule; of a record out of the sender's reach only that it calls a way unsafe, or does not know."""
    rules = ways.standing(case, by)
    warned = [
        SafeContact(channel=way.channel, safe=way.safe, review_on=way.check_again_on)
        for way in ways.warnings(case, rules)
    ]
    return [_rule(rule) for rule in (*rules, *warned)]


def _rule(rule: SafeContact) -> Shared:
    """A way that is not known to be safe is shared as a warning, without its number."""
    return {
        "channel": rule.channel,
        "safe": rule.safe,
        "details": rule.details if rule.safe == Answer.YES else "",
        "who_may_use": rule.who_may_use,
        "when": rule.when,
        "code_word": rule.code_word,
        "who_else_sees": rule.who_else_sees,
        "voicemail": rule.voicemail,
        "read_before_using": rule.notes,
        "check_again_on": rule.review_on.isoformat(),
    }


def _officer(case: Case) -> Shared:
    unit: Unit = case.scope.unit
    return {
        "name": case.owner.name if case.owner else "",
        "unit": unit.name,
        "duty_phone": unit.duty_phone,
        "case": case.reference,
    }


def _topics(case: Case, by: Actor) -> Shared:
    latest: dict[str, ToldTopic] = {}
    marks: dict[str, ToldTopic] = {}
    for told in kept_of_person(ToldTopic, case, by).order_by("topic", "-heard_at", "pk"):
        (marks if told.state in MARKS else latest).setdefault(told.topic, told)
    only = {name for name, mark in marks.items() if mark.state == ToldState.SPECIALIST_ONLY}
    states = {name: told.state for name, told in latest.items()}
    return states | dict.fromkeys(only, ToldState.SPECIALIST_ONLY.value)


def _nrm(case: Case) -> Shared | None:
    nrm: NrmReferral | None = case.nrm_referrals.first()
    return {"status": nrm.status, "reference": nrm.home_office_reference} if nrm else None


# A date known in part is given in part [ISO 8601].
KNOWN_PART = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m"}


def _born_on(victim: Victim) -> str | None:
    if victim.born_on is None:
        return None
    form = KNOWN_PART.get(Precision(victim.born_precision), "%Y")
    known = victim.born_on.strftime(form)
    return f"about {known}" if victim.born_precision == Precision.ABOUT else known


GIVES: dict[Item, Callable[[Case, Actor], Any]] = {
    Item.NAME: lambda case, by: case.victim.called,
    Item.SAFE_CONTACT: _safe_contact,
    Item.COMMUNICATION: lambda case, by: case.victim.communication_needs,
    Item.OFFICER: lambda case, by: _officer(case),
    Item.BORN_ON: lambda case, by: _born_on(case.victim),
    Item.RISK: lambda case, by: case.victim.risk,
    Item.TOPICS: _topics,
    Item.CRIME: lambda case, by: [crime.number for crime in case.crimes.all()],
    Item.NRM: lambda case, by: _nrm(case),
    Item.FIRST_WORDS: lambda case, by: case.first_words,
}
