"""The room of what is known beside a case's own record: merged records of the person, facts of the operation."""

from uuid import UUID

from accounts.actors import Actor
from casework.models import Case, Operation, SharedFact
from victims.models import records_of


def people_of(case: Case, by: Actor) -> list[UUID]:
    """The records of the case's person that this actor may see; asked once for each case that was read."""
    known: list[UUID] | None = getattr(case, "known_records", None)
    if known is None:
        known = records_of(case.victim, by)
        setattr(case, "known_records", known)  # noqa: B010 - a memory of this reading, no field
    return known


def facts_of(operation: Operation) -> list[SharedFact]:
    """What holds for every case of the operation."""
    return list(operation.facts.filter(ended_at=None).select_related("by"))
