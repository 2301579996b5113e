"""The room of how old the person is: recorded, disputed, determined. A doubt is treated as a child [MSA 2015 s51]."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from victims.actions.person import (
    heed_what_was_determined,
    lock_victim,
    officer_id,
    save_victim,
)
from victims.models import AgeBand, AgeDispute, AgeResult, Precision, Victim


@transaction.atomic
def record_age(
    *,
    victim: Victim,
    by: Actor,
    version: int,
    age_band: str,
    born_on: date | None,
    born_precision: str = Precision.DAY,
) -> Victim:
    """How old the person is, as far as it is known; a birth date that settles it says whether they are a child."""
    check(by, Permission.CASE_EDIT)
    person = lock_victim(victim, by=by)
    if person.age_disputed:
        raise Conflict(_("Their age is disputed. Record what was determined first."))
    before, recorded_now = _age_of(person), person.age_words
    person.age_band, person.born_on, person.born_precision = age_band, born_on, born_precision
    person.age_band = person.band_by_birth()
    if _age_of(person) == before:
        return person
    if person.version != version:
        raise Conflict(
            _("Somebody else changed this while you were typing."),
            fields=[_("Recorded now: %s") % recorded_now],
        )
    save_victim(person, "age_band", "born_on", "born_precision")
    heed_what_was_determined(person)
    audit.record("victim.age_recorded", by=by, of=person)
    return person


@transaction.atomic
def dispute_age(*, victim: Victim, by: Actor, disputed_by: str, why: str) -> AgeDispute:
    """Somebody says that they are not as old as recorded: until it is determined they are treated as a child."""
    check(by, Permission.CASE_EDIT)
    person = lock_victim(victim, by=by)
    dispute = add(
        AgeDispute(
            scope_id=person.scope_id,
            victim=person,
            disputed_by=disputed_by,
            why=why,
            band_before=person.age_band if person.is_child else AgeBand.ADULT,
            disputed_at=clocks.now(),
            recorded_by_id=officer_id(by),
        )
    )
    person.age_disputed, person.age_band = True, AgeBand.UNSURE
    save_victim(person, "age_disputed", "age_band")
    audit.record("victim.age_disputed", by=by, of=dispute, disputed_by=str(disputed_by))
    return dispute


@transaction.atomic
def determine_age(
    *,
    victim: Victim,
    by: Actor,
    result: str,
    determined_by: str,
    determined_on: date,
    where_recorded: str = "",
    born_on: date | None = None,
    born_precision: str = Precision.DAY,
) -> AgeDispute:
    """It is determined whether they are a child, by whom and when; the birth date that was found is theirs."""
    check(by, Permission.CASE_EDIT)
    person = lock_victim(victim, by=by)
    dispute = (
        AgeDispute.objects.visible_to(by)
        .select_for_update()
        .filter(victim=person, settled_at=None)
        .first()
    )
    if dispute is None:
        raise Conflict(_("Their age is not disputed, or somebody recorded what was determined."))
    if born_on is not None:
        person.born_on, person.born_precision = born_on, born_precision
    band = person.age_band = AgeBand(AgeResult(result).value)
    if person.band_by_birth() != band:
        raise Conflict(
            _("The date of birth says otherwise. Enter the date of birth that was determined.")
        )
    dispute.result, dispute.determined_by = result, determined_by
    dispute.determined_on, dispute.where_recorded = determined_on, where_recorded
    dispute.settled_at, dispute.settled_by_id = clocks.now(), officer_id(by)
    check_row(dispute)
    dispute.save()
    person.age_disputed = False
    save_victim(person, "age_disputed", "age_band", "born_on", "born_precision")
    audit.record("victim.age_determined", by=by, of=dispute, result=str(result))
    return dispute


def _age_of(person: Victim) -> tuple[str, date | None, str]:
    return person.age_band, person.born_on, person.born_precision
