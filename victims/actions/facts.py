"""The room of what is known of a person in any number: added, replaced by what is right, or ended; never changed."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from accounts.scoping import NotVisible
from victims.actions.person import lock_victim, officer_id
from victims.models import PersonFact, Victim

Kind = TypeVar("Kind", bound=PersonFact)


@transaction.atomic
def add_fact(*, victim: Victim, kind: type[Kind], by: Actor, values: Mapping[str, Any]) -> Kind:
    """One more name, nationality, language, dependant or number is known of the person."""
    check(by, Permission.CASE_EDIT)
    person = lock_victim(victim, by=by)
    made = _add(person, kind, by, values)
    audit.record(f"{kind._meta.model_name}.added", by=by, of=made)
    return made


@transaction.atomic
def replace_fact(*, fact: Kind, by: Actor, values: Mapping[str, Any]) -> Kind:
    """What was recorded is no longer held to be so, and what is right stands in its place."""
    check(by, Permission.CASE_EDIT)
    person, earlier = _locked(fact, by)
    kind = type(fact)
    if all(getattr(earlier, name) == value for name, value in values.items()):
        return earlier
    _end(earlier, by, _("Put right."))
    made = _add(person, kind, by, values)
    audit.record(f"{kind._meta.model_name}.replaced", by=by, of=made, replaced=str(earlier.pk))
    return made


@transaction.atomic
def end_fact(*, fact: Kind, by: Actor, why: str) -> Kind:
    """What was recorded is no longer held to be so; it stays in the record with its end, and why."""
    check(by, Permission.CASE_EDIT)
    _person, earlier = _locked(fact, by)
    _end(earlier, by, why)
    audit.record(f"{fact._meta.model_name}.ended", by=by, of=earlier)
    return earlier


def _locked(fact: Kind, by: Actor) -> tuple[Victim, Kind]:
    person = lock_victim(fact.victim, by=by)
    rows = type(fact)._default_manager.visible_to(by)  # type: ignore[attr-defined]
    earlier = rows.select_for_update(of=("self",)).filter(pk=fact.pk, victim=person).first()
    if earlier is None:
        raise NotVisible(fact._meta.label)
    if earlier.ended_at is not None:
        raise Conflict(
            _("Somebody changed this while you were typing. Read what is recorded now first."),
            fields=[str(earlier._meta.get_field(name).verbose_name) for name in names_of(fact)],
        )
    return person, earlier


def names_of(kind: PersonFact | type[PersonFact]) -> list[str]:
    """The fields that are asked."""
    fieldsets: Mapping[Any, tuple[str, ...]] = kind.FIELDSETS  # type: ignore[union-attr]
    return [name for names in fieldsets.values() for name in names]


def _add(person: Victim, kind: type[Kind], by: Actor, values: Mapping[str, Any]) -> Kind:
    if unknown := set(values) - set(names_of(kind)):
        raise ValueError(f"Not asked: {sorted(unknown)}")
    return add(
        kind(
            scope_id=person.scope_id,
            victim=person,
            recorded_at=clocks.now(),
            recorded_by_id=officer_id(by),
            **values,
        )
    )


def _end(fact: PersonFact, by: Actor, why: str) -> None:
    fact.ended_at, fact.ended_by_id, fact.why_ended = clocks.now(), officer_id(by), why
    check_row(fact)
    fact.save(update_fields=["ended_at", "ended_by", "why_ended"])
