"""The room of who is away, who covers for them, and coming back early."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.gates import person_absent
from accounts.models import Absence, AbsenceKind, User
from accounts.permissions import ROLES, Permission, Role


@transaction.atomic
def record_absence(
    *,
    by: Actor,
    user: User,
    kind: AbsenceKind,
    starts_at: datetime,
    ends_at: datetime,
    cover: User | None = None,
) -> Absence:
    """The person is away in that time: what they hold goes to the cover, else to the unit's supervisor."""
    user = locked_to_plan(user)
    if not may_record_for(user, by=by):
        raise Refused(_("Only they, or their supervisor, can do this."), verb="absence.record")
    if ends_at <= starts_at:
        raise Conflict(_("The absence must end after it starts."))
    if user.absences.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise Conflict(_("This person is already recorded as away in that time."))
    if cover is not None:
        _fit_to_cover(cover, user=user, starts_at=starts_at, ends_at=ends_at)
    absence = Absence.objects.create(
        user=user,
        cover=cover,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        recorded_by_id=by.id,
    )
    audit.record(
        "absence.recorded",
        by=by,
        of=absence,
        user=str(user.pk),
        cover=str(cover.pk if cover else ""),
    )
    _announce(absence, by=by)
    return absence


@transaction.atomic
def end_absence(*, by: Actor, absence: Absence) -> Absence:
    """The person is back now; an absence that had not begun is called off and never was."""
    at = clocks.now()
    absence = (
        Absence.objects.select_for_update(of=("self",)).select_related("user").get(pk=absence.pk)
    )
    if not may_record_for(absence.user, by=by):
        raise Refused(_("Only they, or their supervisor, can do this."), verb="absence.end")
    if absence.ends_at <= at:
        raise Conflict(_("This absence has already ended."))
    absence.ends_at = max(at, absence.starts_at)
    absence.save(update_fields=["ends_at"])
    audit.record("absence.ended", by=by, of=absence, user=str(absence.user_id))
    _announce(absence, by=by)
    return absence


def may_record_for(user: User, *, by: Actor) -> bool:
    """Oneself; a supervisor for their units; a specialist lead or administrator for the force."""
    if user.force_id is None or (by.force_id is not None and by.force_id != user.force_id):
        return False
    if user.pk == by.id:
        return True
    if not by.can(Permission.ABSENCE_RECORD):
        return False
    return by.force_wide or by.can(Permission.PEOPLE_ADMIN) or user.unit_id in by.unit_ids


def locked_to_plan(user: User) -> User:
    """The person, locked for change; `Conflict` when they have left."""
    found = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not found.is_active:
        raise Conflict(_("This person has left."))
    return found


def _fit_to_cover(cover: User, *, user: User, starts_at: datetime, ends_at: datetime) -> None:
    # Whoever covers sees the cases of the one who is away: the same force, and a role that sees cases.
    roles = {Role(row.role) for row in cover.roles.all()}
    sees_cases = any(Permission.CASE_VIEW in ROLES[role] for role in roles)
    if cover.pk == user.pk:
        raise Conflict(_("Somebody else must cover."))
    if cover.force_id != user.force_id or not cover.is_active or not sees_cases:
        raise Conflict(_("Choose somebody of your force who works on cases and has not left."))
    if cover.absences.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise Conflict(_("The person who would cover is away in that time. Choose another."))


def _announce(absence: Absence, *, by: Actor) -> None:
    for answer in person_absent.answers:
        answer(absence, by)
