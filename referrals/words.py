"""The room of how shared items read on a page: their labels, and codes as words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from casework.models import NrmStatus
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

LABELS = {
    "urgent": _lazy("Urgent"),
    "needs": _lazy("What they need"),
    "age_band": _lazy("Age"),
    "language": _lazy("Language and dialect"),
    "interpreter": _lazy("Needs an interpreter"),
    "would_rather_speak_to": _lazy("Would rather speak to"),
    "area": _lazy("Police force"),
    "channel": _lazy("How"),
    "safe": _lazy("Safe to use?"),
    "details": _lazy("Number or address"),
    "who_may_use": _lazy("Who may use it"),
    "when": _lazy("When"),
    "code_word": _lazy("Code word"),
    "who_else_sees": _lazy("Who else can see it"),
    "voicemail": _lazy("May you leave a voicemail?"),
    "read_before_using": _lazy("Read before using it"),
    "check_again_on": _lazy("Check again on"),
    "unit": _lazy("Unit"),
    "duty_phone": _lazy("Duty phone"),
    "case": _lazy("Case reference"),
    "status": _lazy("Where it stands"),
    "reference": _lazy("Reference"),
}
CODES: dict[str, Any] = {
    "age_band": AgeBand,
    "interpreter": Answer,
    "would_rather_speak_to": OfficerPreference,
    "safe": Answer,
    "voicemail": Answer,
    "channel": Channel,
    "risk": RiskLevel,
    "status": NrmStatus,
}
Line = tuple[str, str]


def in_words(shared: Shared | None) -> list[tuple[str, list[list[Line]]]] | None:
    """Each shared item under its label, as groups of lines; None when there is nothing to read."""
    if shared is None:
        return None
    return [(_label(name), list(_groups(name, value))) for name, value in shared.items()]


def without_numbers(shared: Shared) -> Shared:
    """The same for whoever checks it: a number or address goes along, and is read where each reading is recorded."""
    ways = shared.get(Item.SAFE_CONTACT)
    if not ways:
        return shared
    hidden = str(_("Goes along; not shown on this page"))
    shown = [way | {"details": hidden} if way["details"] else way for way in ways]
    return shared | {Item.SAFE_CONTACT.value: shown}


def _label(name: str) -> str:
    if name in Item.values:
        return str(Item(name).label)
    return str(LABELS.get(name, name))


def _groups(name: str, value: Any) -> Iterable[list[Line]]:
    if not value and value is not False:
        yield [("", "")]
    elif name == Item.TOPICS:
        yield [(str(Topic(key).label), str(ToldState(state).label)) for key, state in value.items()]
    elif isinstance(value, dict):
        yield [(_label_of(key), _word(key, inner)) for key, inner in value.items() if inner]
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for one in value:
            yield [(_label_of(key), _word(key, inner)) for key, inner in one.items() if inner]
    else:
        yield [("", _word(name, value))]


def _label_of(key: str) -> str:
    # Inside a group "name" is the officer's; as an item it is what the person wants to be called.
    return _("Name") if key == "name" else _label(key)


def _word(name: str, value: Any) -> str:
    if name == "needs":
        return ", ".join(str(NeedKind(kind).label) for kind in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if value and name in CODES:
        return str(CODES[name](value).label)
    return str(value or "")


# What came of trying to reach an agency's system, for whoever looks after it.
NOT_RECEIVED = {
    "refused": _lazy("Nothing listens at your address"),
    "too-slow": _lazy("Your system did not answer within 10 seconds"),
    "no-such-host": _lazy("The name in your address is not known"),
    "address-not-public": _lazy("The name leads to an address that is not on the internet"),
    "certificate": _lazy("The certificate of your system is not valid for its name"),
    "tls": _lazy("No secure connection could be made"),
    "connection": _lazy("The connection broke"),
    "hung-up": _lazy("Your system hung up without an answer"),
    "unreadable": _lazy("Your system answered with something that is not HTTP"),
    "not-an-address": _lazy("The address cannot be used"),
    "no-secret": _lazy("The secret could not be used. Renew it"),
    "demo": _lazy("Not sent: in the demo nothing leaves the machine"),
}


def came_of(problem: str) -> str:
    """What came of one try to deliver, in a sentence without a full stop."""
    if not problem:
        return _("Received")
    if problem.startswith("answered-"):
        return _("Your system answered %s") % problem.removeprefix("answered-")
    return str(NOT_RECEIVED.get(problem, problem))
