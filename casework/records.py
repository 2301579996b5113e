"""The room of what is known beside a case's own record: merged records of the person, facts of the operation."""

from typing import TypeVar
from uuid import UUID

from accounts.actors import Actor
from accounts.scoping import ScopedQuerySet
from casework.models import Case, Operation, SharedFact
from victims.models import SafeContact, ToldTopic, records_of

Kept = TypeVar("Kept", SafeContact, ToldTopic)


def people_of(case: Case, by: Actor) -> list[UUID]:
    """The records of the case's person that this actor may see; asked once for each case that was read."""
    known: list[UUID] | None = getattr(case, "known_records", None)
    if known is None:
        known = records_of(case.victim, by)
        setattr(case, "known_records", known)  # noqa: B010 - a memory of this reading, no field
    return known


def kept_of_person(kind: type[Kept], case: Case, by: Actor) -> ScopedQuerySet[Kept]:
    """What is kept in every record of the case's person that this actor may see.

    Who was let see the case was let see its person's own record: only of others' records is it asked again.
    """
    people = people_of(case, by)
    if people == [case.victim_id]:
        return kind.objects.reached_from(victim=case.victim)
    return kind.objects.visible_to(by).filter(victim__in=people)


def facts_of(operation: Operation) -> list[SharedFact]:
    """What holds for every case of the operation."""
    return list(operation.facts.filter(ended_at=None).select_related("by"))
