"""The room of what is known beside a case's own record: merged records of the person, facts of the operation.

And what was taken out of its account.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.template.defaultfilters import capfirst
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import Permission
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models import (
    ROWS,
    Case,
    CaseEvent,
    Operation,
    RowKind,
    SharedFact,
    SituationKind,
)
from pages.due import london_date
from victims.models import (
    ConsentEvent,
    ConsentQuerySet,
    Purpose,
    SafeContact,
    ToldTopic,
    read_as_one,
)

Kept = TypeVar("Kept", SafeContact, ToldTopic)


def kept_of_person(kind: type[Kept], case: Case, by: Actor) -> ScopedQuerySet[Kept]:
    """What is kept in every record of the case's person that this actor may see.

    Who was let see the case was let see its person's own record: only of others' records is it asked again.
    """
    if getattr(case, "known_records", None) == [case.victim_id]:
        return kind.objects.reached_from(victim=case.victim)
    return kind.objects.visible_to(by).filter(victim__in=theirs(case, by))


def consents_of(case: Case, by: Actor) -> ConsentQuerySet:
    """What the case's person decided, in every record of them that this actor may see."""
    return ConsentEvent.objects.visible_to(by).filter(victim__in=theirs(case, by))


def nrm_word(case: Case, by: Actor) -> ConsentEvent | None:
    """Their word on the national referral; none when an agreement no longer holds in a record out of reach."""
    word = consents_of(case, by).carrying(case.victim, Purpose.NRM)
    return None if word and word.allows and not word.carries else word


def theirs(case: Case, by: Actor) -> Any:
    """The records of their person that this actor may see: known already, or asked in the question that needs them."""
    known: list[UUID] | None = getattr(case, "known_records", None)
    return known if known is not None else read_as_one(case.victim, by).values("pk")


def latest_of_each(decisions: Iterable[ConsentEvent]) -> list[ConsentEvent]:
    """Of decisions, the latest first, those that hold: one for each purpose and agency."""
    holding: dict[tuple[str, UUID | None], ConsentEvent] = {}
    for decision in decisions:
        holding.setdefault((decision.purpose, decision.agency_id), decision)
    return list(holding.values())


def facts_of(operation: Operation) -> list[SharedFact]:
    """What holds for every case of the operation."""
    return list(operation.facts.filter(ended_at=None).select_related("by"))


def taken_out_by_line(line: CaseEvent, by: Actor) -> list[tuple[str, str]]:
    """What this line of the history took out of the account, question by question; empty for any other line.

    It is shown to whoever may read the account.
    """
    if "taken_out" not in line.detail or not by.can(Permission.CASE_EDIT):
        return []
    of: Any = ROWS[RowKind(line.detail["row"])]
    row = of.objects.visible_to(by).filter(case=line.case_id, pk=line.detail["taken_out"]).first()
    return list(words_of(row)) if row is not None else []


def words_of(row: Any) -> Iterable[tuple[str, str]]:
    """The questions that have an answer in a row of the account, with it; of what is sealed only that it is there."""
    for name in (name for names in row.FIELDSETS.values() for name in names):
        field, value = row._meta.get_field(name), getattr(row, name)
        if value in (None, "", [], False) or field.is_relation:
            continue
        yield capfirst(str(field.verbose_name)), _in_words(row, name, value)


def _in_words(row: Any, name: str, value: Any) -> str:
    if row.PRIVACY[name] == Privacy.SEALED:
        return _("Something is recorded. It is not shown here.")
    if name == "kinds":
        return "; ".join(str(SituationKind(kind).label) for kind in value)
    if isinstance(value, date):
        return london_date(value)
    if value is True:
        return _("Yes")
    return str(getattr(row, f"get_{name}_display", lambda: value)())
