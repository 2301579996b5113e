"""The room of what becomes of a closed case: held for a legal reason, reviewed, kept, or disposed of by two people."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.kept_files import forget_bytes
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from casework.actions.history import lock_case, write_line
from casework.gates import dispose, may_dispose
from casework.models import (
    Case,
    CaseStatus,
    ClosingOutcome,
    DisposalCertificate,
    EventKind,
    Happening,
    LegalHold,
    RetentionDecision,
    RetentionGroup,
    RetentionReview,
)

G = RetentionGroup
SERIOUS = (Happening.CHARGED, Happening.PERSON_CHARGED, Happening.OUTCOME)


def group_of(case: Case) -> str:
    """The group that the last review gave it; without one by what is recorded, the longer when in doubt."""
    last = case.retention_reviews.order_by("-recorded_at").first()
    if last is not None:
        return last.group
    closure = case.closures.filter(agreed=True).order_by("-decided_at").first()
    if closure is not None and closure.outcome == ClosingOutcome.NOT_A_VICTIM:
        return G.THREE if case.crimes.exists() else G.FOUR
    is_serious = case.happenings.filter(kind__in=SERIOUS).exists()
    return G.ONE if is_serious else G.TWO


@transaction.atomic
def hold(*, case: Case, why: str, until: date | None, by: Actor) -> LegalHold:
    """The case is not disposed of, whatever a review says, until that day or until the hold is ended."""
    check(by, Permission.RETENTION_REVIEW)
    now, locked = clocks.now(), lock_case(case, by=by)
    if until is not None and until < clocks.today():
        raise Conflict(_("The last day of the hold must not have passed."))
    held = add(
        LegalHold(
            scope_id=locked.scope_id,
            case=locked,
            at=now,
            by_id=by.person_id,
            recorded_at=now,
            why=why,
            until=until,
        )
    )
    _line(locked, "held", by, now)
    return held


@transaction.atomic
def end_hold(*, case: Case, hold_id: UUID, by: Actor) -> LegalHold:
    """The hold holds nothing any more."""
    check(by, Permission.RETENTION_REVIEW)
    now, locked = clocks.now(), lock_case(case, by=by)
    held = locked.legal_holds.select_for_update().filter(pk=hold_id, ended_at=None).first()
    if held is None:
        raise Conflict(_("Somebody has ended this hold already."))
    held.ended_at, held.ended_by_id = now, by.person_id
    held.save(update_fields=["ended_at", "ended_by"])
    _line(locked, "hold_ended", by, now)
    return held


@transaction.atomic
def review_retention(
    *, case: Case, group: str, decision: str, reason: str, by: Actor
) -> RetentionReview:
    """A closed case is kept and reviewed again, or proposed for disposal, which somebody else decides."""
    check(by, Permission.RETENTION_REVIEW)
    now, locked = clocks.now(), lock_case(case, by=by)
    if locked.status != CaseStatus.CLOSED:
        raise Conflict(_("Only a closed case is reviewed."))
    if decision == RetentionDecision.DISPOSE and (why := may_dispose.obstacles(locked, now)):
        raise Conflict(" ".join(why))
    done = add(
        RetentionReview(
            scope_id=locked.scope_id,
            case=locked,
            at=now,
            by_id=by.person_id,
            recorded_at=now,
            group=group,
            decision=decision,
            reason=reason,
        )
    )
    _line(locked, "reviewed", by, now, decision=str(decision), group=str(group))
    return done


@transaction.atomic
def decide_disposal(
    *, case: Case, agreed: bool, note: str, by: Actor
) -> DisposalCertificate | None:
    """A second person keeps the case after all, or it goes at once: then the certificate is all that stays of it."""
    check(by, Permission.RETENTION_REVIEW)
    now, locked = clocks.now(), lock_case(case, by=by)
    asked = (
        locked.retention_reviews.select_for_update()
        .filter(decision=RetentionDecision.DISPOSE, decided_at=None)
        .first()
    )
    if asked is None:
        raise Conflict(_("Nobody waits for this decision: it may be made already."))
    if asked.by_id == by.id:
        raise Refused(_("You proposed it. A second person must decide."), verb="retention.decide")
    if agreed and (why := may_dispose.obstacles(locked, now)):
        raise Conflict(" ".join(why))
    asked.decided_at, asked.decided_by_id = now, by.person_id
    asked.agreed, asked.note = agreed, note
    check_row(asked)
    asked.save(update_fields=["decided_at", "decided_by", "agreed", "note"])
    if not agreed:
        _line(locked, "kept", by, now)
        return None
    kept = list(locked.files.values_list("kept_as", flat=True))
    certificate = DisposalCertificate.objects.get(pk=dispose.certificate_of(asked))
    # With their rows the keys are gone: what is left of the bytes, should we die here, nobody can read.
    transaction.on_commit(lambda: forget_bytes(kept))
    audit.record("case.disposed", by=by, of=certificate, counts=certificate.counts)
    return certificate


def _line(case: Case, step: str, by: Actor, now: datetime, **detail: Any) -> None:
    write_line(
        case,
        EventKind.RETENTION,
        verb=f"retention.{step}",
        by=by,
        recorded_at=now,
        step=step,
        **detail,
    )
