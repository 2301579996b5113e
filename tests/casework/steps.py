"""How the tests of a case get it somewhere: each step through the action that a page would call."""

from datetime import datetime, timedelta
from typing import Any

import clocks
from accounts.actors import Actor
from casework.actions import duties
from casework.actions.closing import ask_to_close, decide_closing
from casework.actions.contact import record_contact
from casework.actions.person import record_consent, set_safe_contact
from casework.models import Case, ClosingOutcome, Contact, ContactOutcome
from pages.answers import Answer
from victims.models import Channel, ConsentOutcome, Purpose, SafeContact

NUMBER = "07700 900123"


def phone_rule(case: Case, by: Actor, *, safe: Answer = Answer.YES, **over: Any) -> SafeContact:
    """A recorded phone number and the rule for it."""
    rule = {
        "channel": Channel.PHONE,
        "safe": safe,
        "review_on": clocks.today() + timedelta(days=30),
        "details": NUMBER,
        "notes": "Her brother answers before 6pm.",
    }
    return set_safe_contact(case=case, by=by, **(rule | over))


def spoke(case: Case, by: Actor, at: datetime | None = None, **over: Any) -> Contact:
    """Somebody met the person and spoke with them."""
    told = {"outcome": ContactOutcome.SPOKE, "channel": Channel.IN_PERSON}
    return record_contact(case=case, by=by, at=at or clocks.now(), **(told | over))


def decided(case: Case, by: Actor, outcome: ConsentOutcome) -> None:
    """The person decided about the national referral."""
    record_consent(case=case, by=by, purpose=Purpose.NRM, outcome=outcome, decided_at=clocks.now())


def notified(case: Case, by: Actor) -> None:
    """An adult did not agree, and the Home Office knows without a name."""
    decided(case, by, ConsentOutcome.REFUSED)
    duties.notify(case=case, by=by, at=clocks.now(), reference="DTN-1")


def asked_to_close(case: Case, by: Actor, **over: Any) -> None:
    """Everything that closing asks for is given."""
    given = {
        "outcome": ClosingOutcome.SAFE_AND_SUPPORTED,
        "explanation": "She lives with her aunt and is well.",
        "last_safe_contact_at": clocks.now() - timedelta(days=1),
    }
    ask_to_close(case=case, by=by, **(given | over))


def closed(case: Case, by: Actor, second: Actor) -> None:
    """A second officer agreed."""
    notified(case, by)
    asked_to_close(case, by)
    decide_closing(case=case, by=second, agreed=True)
    case.refresh_from_db()
