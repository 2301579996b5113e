"""The room of what a change of a referral's row means for what an agency reads: told to whoever read it before."""

from collections.abc import Collection

from referrals.models import EventType

TURN = ("turn", "due_at", "due_in_working_days")
DISCLOSED = ("minimum", "shared", "questions")
# A column, or the event that changed more than columns -> the fields of the API that change with it.
FIELDS_OF: dict[str, tuple[str, ...]] = {
    "status": ("status", *TURN),
    "urgent": ("urgent", *TURN, "minimum"),
    "needs": ("needs", "minimum"),
    "accepted_at": ("accepted_at", "shared"),
    "review_on": ("review_on", *TURN),
    "decline_handled_at": TURN,
    "force_id": TURN,
    EventType.ASKED: ("questions",),
    EventType.ANSWERED: ("questions",),
    EventType.CHANGED: ("shared",),
    **dict.fromkeys(
        (
            EventType.DECLINED,
            EventType.COMPLETED,
            EventType.ENDED_EARLY,
            EventType.WITHDRAWN,
            EventType.IN_ERROR,
        ),
        DISCLOSED,
    ),
}
ITSELF = (
    *("sent_at", "opened_at", "worker_name", "first_contact_at", "declined_at", "decline_reason"),
    *("ended_at", "end_reason", "outcomes", "withdrawn_at", "told_to", "no_contact_reason"),
)
"""Columns that the API gives under their own name."""
NOT_SHOWN = (
    *(
        "id",
        "scope_id",
        "case_id",
        "person",
        "agency_id",
        "service_id",
        "items",
        "consent_id",
        "legal_basis",
    ),
    *("created_at", "created_by_id", "changed_at", "version", "instead_of_id"),
    *("no_other_support", "no_other_support_why", "gender", "place", "access"),
)
"""Columns that no agency reads. [a test holds that every column is in one of the three]"""


def differs(changed: Collection[str]) -> list[str]:
    """The fields that differ, by JSON pointer."""
    fields = {field for what in changed for field in FIELDS_OF.get(what, ())}
    fields |= set(ITSELF).intersection(changed)
    return sorted(f"/{field}" for field in fields)
