"""The room of what is known beside a case's own record: merged records of the person, facts of the operation."""

from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.actors import Actor
from casework.models import Case, Operation, SharedFact
from victims.models import Victim, records_of


def records_beside(by: Actor) -> QuerySet[Victim, UUID]:
    """The records of the person of a case that is asked for in the same question, as far as the actor may see."""
    root = Coalesce(OuterRef("victim__merged_into"), OuterRef("victim"))
    records = Victim.objects.visible_to(by).filter(Q(pk=root) | Q(merged_into=root))
    return records.order_by("pk").values_list("pk", flat=True)


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
