"""The room of what the Home Office decides and asks after the referral: each is kept as an event with its dates."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import states
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from accounts.rows import add
from casework.actions.history import lock_open_case, write_line
from casework.models import (
    STANDS,
    Case,
    Decision,
    EventKind,
    GuardianReferral,
    NrmEvent,
    NrmReferral,
    NrmStatus,
)

N = NrmStatus
NEGATIVE = frozenset({N.RG_NEGATIVE, N.CG_NEGATIVE})
# Where the referral must stand for something that does not move it; what is not here may always come.
ONLY_WHEN: dict[str, frozenset[NrmStatus]] = {
    Decision.RECOVERY_EXTENDED: frozenset({N.RG_POSITIVE}),
    Decision.RECONSIDERATION_ASKED: NEGATIVE,
    Decision.RECONSIDERATION_NOT_WANTED: NEGATIVE,
    Decision.RECONSIDERATION_REFUSED: NEGATIVE,
    Decision.DISQUALIFICATION_LIFTED: frozenset({N.DISQUALIFIED}),
    Decision.MOVE_ON_PLANNED: frozenset(N) - {N.SUBMITTED, N.WITHDRAWN},
    Decision.EXITED: frozenset(N) - {N.SUBMITTED},
}


def may_come(referral: NrmReferral) -> list[Decision]:
    """What can happen to the referral next, as it stands."""
    return [kind for kind in Decision if not _stands_against(referral, kind)]


@transaction.atomic
def record_event(
    *,
    referral: NrmReferral,
    by: Actor,
    kind: str,
    at: datetime,
    received_at: datetime | None = None,
    answers: NrmEvent | None = None,
    until: datetime | None = None,
    reference: str = "",
    note: str = "",
) -> NrmEvent:
    """What happened to the national referral is on record with its dates; its standing follows [T05-T11]."""
    check(by, Permission.NRM_DECIDE)
    now = clocks.now()
    locked = lock_open_case(referral.case, by=by)
    standing = NrmReferral.objects.visible_to(by).select_for_update().get(pk=referral.pk)
    if at < standing.at:
        raise Conflict(_("This cannot be before the referral was sent."))
    if refused := _stands_against(standing, kind):
        raise Conflict(refused)
    if answers is not None and (
        answers.referral_id != standing.pk or answers.kind != Decision.INFORMATION_ASKED
    ):
        raise Conflict(_("Choose the request that was answered."))
    event = add(
        NrmEvent(
            scope_id=locked.scope_id,
            case=locked,
            referral=standing,
            at=at,
            by_id=by.id,
            recorded_at=now,
            kind=kind,
            received_at=received_at,
            answers=answers,
            until=until,
            reference=reference,
            note=note,
        )
    )
    _stand(standing, kind, reference, by=by)
    write_line(
        locked,
        EventKind.NRM,
        verb="case.nrm_event",
        by=by,
        at=at,
        recorded_at=now,
        text=note,
        what=str(kind),
    )
    return event


@transaction.atomic
def record_guardian(
    *, case: Case, by: Actor, at: datetime, outcome: str, reference: str = ""
) -> GuardianReferral:
    """Somebody independent stands by the child, or there is no such service here [T04]."""
    check(by, Permission.CASE_EDIT)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    done = add(
        GuardianReferral(
            scope_id=locked.scope_id,
            case=locked,
            at=at,
            by_id=by.id,
            recorded_at=now,
            outcome=outcome,
            reference=reference,
        )
    )
    write_line(
        locked,
        EventKind.GUARDIAN,
        verb="case.guardian_referred",
        by=by,
        at=at,
        recorded_at=now,
        outcome=str(outcome),
    )
    return done


def _stand(referral: NrmReferral, kind: str, reference: str, *, by: Actor) -> None:
    """The referral stands where the event puts it, and carries the Home Office's reference."""
    if reference and kind != Decision.INFORMATION_ASKED:
        referral.home_office_reference = reference
        referral.save(update_fields=["home_office_reference"])
    to = STANDS.get(Decision(kind))
    if kind == Decision.DISQUALIFICATION_LIFTED:
        final = referral.events.filter(kind=Decision.CG_POSITIVE).exists()
        to = NrmStatus.CG_POSITIVE if final else NrmStatus.RG_POSITIVE
    if to is not None:
        states.move(referral, to, by=by)


def _stands_against(referral: NrmReferral, kind: str) -> str:
    """Why this cannot happen to the referral as it stands; empty if it can."""
    does_not_follow = _("This does not follow from where the referral stands. Look at it again.")
    if kind not in Decision.values:
        return does_not_follow
    wanted = Decision(kind)
    if wanted in STANDS:
        return "" if states.may_move(referral, STANDS[wanted]) else does_not_follow
    if referral.status == N.WITHDRAWN and wanted != Decision.EXITED:
        return _("This referral was withdrawn.")
    if wanted in ONLY_WHEN and referral.status not in ONLY_WHEN[wanted]:
        return does_not_follow
    if wanted == Decision.RECEIVED and referral.events.filter(kind=wanted).exists():
        return _("When the Home Office had it is already on record.")
    return ""
