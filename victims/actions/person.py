"""The room of what can become true of a person: details, safe contact, consent, topics told, needs."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.permissions import Permission, check
from accounts.rows import add, check_row, merged
from accounts.scoping import NotVisible
from pages.answers import Answer
from victims.models import (
    AgeBand,
    Need,
    Precision,
    RiskJudgement,
    RiskLevel,
    SafeContact,
    Victim,
)

EDITABLE = {"unanswered"} | {
    name for names in Victim.FIELDSETS.values() for name in names if name != "risk"
}

# What `record_age` and the dispute are about.
AGE = frozenset({"age_band", "born_on", "born_precision"})


@transaction.atomic
def edit_person(
    *,
    victim: Victim,
    by: Actor,
    version: int,
    changes: Mapping[str, Any],
    read: Mapping[str, str] | None = None,
) -> list[str]:
    """The person's details are as given; the names of those that changed are returned.

    With what was `read` (`accounts.rows.as_read`) two people may change different details at once. `Conflict` when
    both changed the same one, or, without it, when anything changed since `version`.
    """
    check(by, Permission.CASE_EDIT)
    person = lock_victim(victim, by=by)
    if read is not None and person.version != version:
        changes = merged(person, changes, read)
        version = person.version
    changed = [name for name in changes if getattr(person, name) != changes[name]]
    if unknown := set(changed) - EDITABLE:
        raise ValueError(f"Not edited here: {sorted(unknown)}")
    if not changed:
        return []
    if person.version != version:
        raise Conflict(
            _("Somebody else changed these details while you were typing."),
            fields=[str(Victim._meta.get_field(name).verbose_name) for name in changed],  # type: ignore[union-attr]
        )
    for name in changed:
        setattr(person, name, changes[name])
    if AGE & set(changed):
        changed = [*changed, *_settle_age(person, changed)]
    save_victim(person, *changed)
    if AGE & set(changed):
        heed_what_was_determined(person)
    audit.record("victim.edited", by=by, of=person, fields=changed)
    return changed


def _settle_age(person: Victim, changed: Collection[str]) -> set[str]:
    """A birth date that settles whether they are a child says so; what else changed with it is returned."""
    if person.age_disputed:
        raise Conflict(_("Their age is disputed. Record what was determined first."))
    before = (person.age_band, person.born_precision)
    if "born_on" in changed and "born_precision" not in changed:
        person.born_precision = Precision.DAY
    person.age_band = person.band_by_birth()
    also = {"age_band"} if person.age_band != before[0] else set()
    also |= {"born_precision"} if person.born_precision != before[1] else set()
    return also - set(changed)


def heed_what_was_determined(person: Victim) -> None:
    """Pass, or `Conflict` when a doubt was recorded that counts for nothing: their age was determined."""
    person.refresh_from_db(fields=["of_age_on"])
    if person.band == AgeBand.ADULT != person.band_by_birth():
        raise Conflict(
            _("Their age was determined: they are an adult. Record that it is disputed, if it is.")
        )


@transaction.atomic
def judge_risk(
    *, victim: Victim, by: Actor, risk: str, review_on: date, reason: str = ""
) -> RiskJudgement:
    """The danger that the person is in has been judged, and by when it must be judged again."""
    check(by, Permission.CASE_EDIT)
    person = lock_victim(victim, by=by)
    if review_on <= clocks.today():
        raise Conflict(_("The risk must be judged again on a later day."))
    person.risk = RiskLevel(risk)
    save_victim(person, "risk")
    judged = add(
        RiskJudgement(
            scope_id=person.scope_id,
            victim=person,
            level=person.risk,
            reason=reason,
            review_on=review_on,
            judged_at=clocks.now(),
            judged_by_id=officer_id(by),
        )
    )
    audit.record("victim.risk_judged", by=by, of=person, risk=str(person.risk))
    return judged


@transaction.atomic
def set_safe_contact(
    *,
    victim: Victim,
    by: Actor,
    channel: str,
    safe: Answer,
    review_on: date,
    details: str = "",
    who_may_use: str = "",
    when: str = "",
    code_word: str = "",
    who_else_sees: str = "",
    notes: str = "",
    voicemail: Answer = Answer.NOT_ASKED,
    replaces: SafeContact | None = None,
) -> SafeContact:
    """There is a rule for one way to reach the person; the rule it replaces has ended and is kept.

    Empty `details` keep the number or address of the rule that is replaced.
    """
    check(by, Permission.SAFE_CONTACT_EDIT)
    person = lock_victim(victim, by=by)
    # After the lock: a disclosure made while we waited must look older than this rule.
    at = clocks.now()
    if replaces is not None:
        earlier = SafeContact.objects.visible_to(by).select_for_update().get(pk=replaces.pk)
        if earlier.victim_id != person.pk:
            raise NotVisible("victims.SafeContact")
        if earlier.ended_at is not None:
            raise Conflict(
                _("Somebody replaced this rule while you were typing. Read the new one first.")
            )
        details = details or earlier.details
        earlier.ended_at = at
        earlier.save(update_fields=["ended_at"])
    rule = SafeContact(
        scope_id=person.scope_id,
        victim=person,
        channel=channel,
        safe=safe,
        details=details,
        who_may_use=who_may_use,
        when=when,
        code_word=code_word,
        who_else_sees=who_else_sees,
        notes=notes,
        voicemail=voicemail,
        review_on=review_on,
        set_at=at,
        set_by_id=officer_id(by),
    )
    add(rule)
    audit.record("safe_contact.set", by=by, of=rule, replaced=replaces is not None)
    return rule


def record_reveal(*, rule: SafeContact, by: Actor) -> str:
    """The number or address has been shown to this officer, and that is on record before it leaves."""
    check(by, Permission.SAFE_CONTACT_REVEAL)
    if rule.ended_at is not None:
        raise Conflict(_("This rule has been replaced. Read the new one before you call."))
    audit.record("safe_contact.revealed", by=by, of=rule)
    return str(rule.details)


@transaction.atomic
def set_needs(
    *, victim: Victim, by: Actor, kinds: Collection[str], urgent: Collection[str] = ()
) -> list[Need]:
    """The person's open needs are exactly these; those no longer there have ended and are kept."""
    check(by, Permission.CASE_EDIT)
    at = clocks.now()
    person = lock_victim(victim, by=by)
    standing = {
        need.kind: need
        for need in Need.objects.visible_to(by)
        .select_for_update()
        .filter(victim=person, ended_at=None)
    }
    for kind, need in standing.items():
        if kind not in kinds:
            need.ended_at = at
            need.save(update_fields=["ended_at"])
        elif need.urgent != (kind in urgent):
            need.urgent = kind in urgent
            need.save(update_fields=["urgent"])
    needs = [
        standing.get(kind)
        or add(
            Need(
                scope_id=person.scope_id,
                victim=person,
                kind=kind,
                urgent=kind in urgent,
                found_at=at,
                found_by_id=officer_id(by),
            )
        )
        for kind in sorted(kinds)
    ]
    audit.record("needs.set", by=by, of=person, kinds=sorted(kinds))
    return needs


def officer_id(by: Actor) -> UUID:
    """Who says that they saw or heard it: always a person, never the engine."""
    if by.id is None:
        raise Refused(_("Only a person can record this."))
    return by.id


def one_at_a_time(victim: Victim) -> None:
    """Of two acts on one person, in whichever of their merged records, the second waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT victims_one_at_a_time(%s)", [victim.pk])


def lock_victim(victim: Victim, *, by: Actor) -> Victim:
    """The person's row, locked, as it stands now and only if this actor may see it.

    What is locked is locked in one order: the case, the person, their referrals.
    """
    one_at_a_time(victim)
    try:
        return (
            Victim.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=victim.pk)
        )
    except Victim.DoesNotExist as missing:
        raise NotVisible("victims.Victim") from missing


def save_victim(person: Victim, *changed: str) -> None:
    """What changed of the person is kept, as a new version."""
    person.version += 1
    check_row(person)
    person.save(update_fields=[*changed, "version"])
