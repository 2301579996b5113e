"""The room of what changed in the API, for those who built on it: a page and a feed of the same entries."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Entry:
    """One version: what is new, and which addresses came with it, by operation id."""

    version: str
    on: date
    title: Any
    changes: tuple[Any, ...]
    operations: tuple[str, ...] = ()


# Newest first. A test holds that the newest is the version of the document, and that every address is in one.
ENTRIES = (
    Entry(
        "1.4.0",
        date(2026, 11, 27),
        _("What people say of how they were treated"),
        (
            _("New: the questions in every language that has been checked, at /api/v1/questions."),
            _(
                "New: tell what somebody answered, at /api/v1/referrals/{id}/voice, with the scope voice:write."
            ),
        ),
        ("list_questions", "tell_voice"),
    ),
    Entry(
        "1.3.0",
        date(2026, 11, 27),
        _("Nothing is left unsaid"),
        (
            _("New: name another worker, at /api/v1/referrals/{id}/change-worker."),
            _("due_at and due_in_working_days say by when the next review is to be held."),
            _("New in the sandbox: scenarios for every state and for referral.changed."),
            _(
                "The sandbox has the whole log of its webhooks, and room for 1,000 referrals at once."
            ),
            _("Your administrators are told when your webhook takes nothing more."),
        ),
        ("change_worker_referral",),
    ),
    Entry(
        "1.2.0",
        date(2026, 11, 27),
        _("A sandbox"),
        (
            _("New: the same API at /sandbox/api/v1 over invented people, with keys of its own."),
            _("New there: a referral in each state, made for you at /sandbox/api/v1/scenarios."),
            _("A key of one side is told so on the other: 403 real-key, or sandbox-key."),
        ),
        ("list_scenarios", "send_scenario"),
    ),
    Entry(
        "1.1.0",
        date(2026, 11, 26),
        _("Each act is done once, and errors say more"),
        (
            _("Every act needs an Idempotency-Key. The same act sent again gets the same answer."),
            _("A stale If-Match (412) names what differs, in differs."),
            _("Every error says whose fault it is, in fault: yours or ours."),
            _("A scope for each verb. The wider scopes of before still do."),
            _("Every answer tells the rates: RateLimit and RateLimit-Policy."),
            _("New: what happened to your referrals, at /api/v1/events, and by webhooks."),
            _("New: a review of the support, its day agreed with review_on at the first contact."),
            _(
                "Completing says what became of each need, in outcomes; needs_met alone says met of all."
            ),
            _("New: keep your services and their capacity current, at /api/v1/services."),
            _(
                "An id in a body, a cursor or an `after` that you were not given is 404, as in an address."
            ),
        ),
        (
            "review_referral",
            "list_events",
            "list_services",
            "read_service",
            "change_service",
            "tell_capacity",
        ),
    ),
    Entry(
        "1.0.0",
        date(2026, 11, 23),
        _("The first version"),
        (
            _(
                "List and read referrals, accept, decline, ask, confirm first contact, complete, end."
            ),
        ),
        (
            "get_token",
            "list_referrals",
            "read_referral",
            "accept_referral",
            "decline_referral",
            "ask_referral",
            "first_contact_referral",
            "complete_referral",
            "end_referral",
        ),
    ),
)


def feed(site: str) -> str:
    """The entries as an Atom feed of the Holdfast at `site`."""
    made = Atom1Feed(
        title=str(_("What changed in the agencies' API")),
        link=f"{site}/api/v1/changelog",
        description="",
        feed_url=f"{site}/api/v1/changelog.atom",
    )
    for entry in ENTRIES:
        at = datetime.combine(entry.on, time(), UTC)
        made.add_item(
            title=f"{entry.version}: {entry.title}",
            link=f"{site}/api/v1/changelog#v{entry.version}",
            description=" ".join(str(change) for change in entry.changes),
            pubdate=at,
            updateddate=at,
        )
    return str(made.writeString("utf-8"))
