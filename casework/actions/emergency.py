"""The room of emergency access: opening a case beyond one's reach for an hour, ending it, reading and reviewing it."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import GrantKind, ScopeGrant
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from casework import finding
from casework.actions.history import write_line
from casework.models import Case, EmergencyAccess, EmergencyFinding, EventKind
from casework.models.access import LASTS
from casework.references import as_reference


@transaction.atomic
def break_glass(*, reference: str, reason: str, words: str, by: Actor) -> EmergencyAccess | None:
    """The case is open to them for 60 minutes; its team and the force's auditor learn of it [ADR 0017].

    None where there is no such case, or none that may be opened so: nobody learns which. Then the refusal is
    on record, and the team of a case that is held closely learns that somebody tried.
    """
    check(by, Permission.CASE_BREAK_GLASS)
    reference, at = as_reference(reference), clocks.now()
    if Case.objects.visible_to(by).filter(reference=reference).exists():
        raise Conflict(_("You can open this case already. Nothing was recorded."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_break_glass(%s, %s)", [reference, reason])
        (opened,) = cursor.fetchone()
    if opened is None:
        finding.note(finding.read(reference))
        audit.refused(str(Permission.CASE_BREAK_GLASS), by=by)
        return None
    case = Case.objects.select_related("scope").get_visible(by, pk=opened)
    access = add(
        EmergencyAccess(
            scope_id=case.scope_id,
            case=case,
            force_id=by.own_force_id,
            reference=case.reference,
            by_id=by.person_id,
            reason=reason,
            words=words.strip(),
            at=at,
            ends_at=at + LASTS,
        )
    )
    write_line(
        case,
        EventKind.EMERGENCY,
        verb="case.opened_in_emergency",
        by=by,
        recorded_at=at,
        text=access.words,
        reason=reason,
    )
    return access


@transaction.atomic
def end_early(*, access: EmergencyAccess, by: Actor) -> EmergencyAccess:
    """The case is closed to them again before the hour is over. Ending it twice changes nothing."""
    check(by, Permission.CASE_BREAK_GLASS)
    access, at = _locked(access, by), clocks.now()
    if access.by_id != by.id and not by.can(Permission.CASE_ASSIGN):
        raise Refused(_("Whoever opened it, or a supervisor, ends it."), verb="emergency.end")
    if access.ended_at is not None or access.ends_at <= at:
        return access
    audit.record("emergency.ended", by=by, of=access)
    access.ended_at = at
    access.save(update_fields=["ended_at"])
    ScopeGrant.objects.filter(
        scope=access.scope_id, user=access.by_id, kind=GrantKind.BREAK_GLASS, ends_at__gt=at
    ).update(ends_at=at)
    return access


@transaction.atomic
def note_read(*, access: EmergencyAccess, by: Actor) -> EmergencyAccess:
    """Somebody of the case's team knows who opened it, when and why."""
    check(by, Permission.CASE_VIEW)
    access = _locked(access, by)
    if access.by_id == by.id or access.scope_id in by.opened:
        raise Refused(_("Somebody of the case's team must read it."), verb="emergency.read")
    if access.read_at is None:
        access.read_at, access.read_by_id = clocks.now(), by.person_id
        check_row(access)
        access.save(update_fields=["read_at", "read_by"])
        audit.record("emergency.read", by=by, of=access)
    return access


@transaction.atomic
def review(*, access: EmergencyAccess, finding: str, words: str, by: Actor) -> EmergencyAccess:
    """Somebody other than whoever opened it has judged whether it was needed, and says why."""
    check(by, Permission.EMERGENCY_REVIEW)
    access = _locked(access, by)
    if access.by_id == by.id:
        raise Refused(_("Somebody else must review what you did."), verb="emergency.review")
    if access.reviewed_at is not None:
        raise Conflict(_("This is reviewed already. Look at what was found."))
    access.reviewed_at, access.reviewed_by_id = clocks.now(), by.person_id
    access.finding, access.finding_words = EmergencyFinding(finding), words.strip()
    check_row(access)
    access.save(update_fields=["reviewed_at", "reviewed_by", "finding", "finding_words"])
    audit.record("emergency.reviewed", by=by, of=access, finding=finding)
    return access


def _locked(access: EmergencyAccess, by: Actor) -> EmergencyAccess:
    rows = EmergencyAccess.objects.select_for_update(of=("self",))
    return rows.get_visible(by, pk=access.pk)
