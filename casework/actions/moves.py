"""The room of moving many cases at once: asked for by a supervisor, done by the engine, one case a transaction."""

import logging
import time
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, OperationalError, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor, engine
from accounts.auth import actor_of
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import Unit, User
from accounts.permissions import Permission, check
from accounts.rows import add, clashes_said
from accounts.scoping import NotVisible
from casework.actions.allocation import all_in_words, assign, investigators, lacking_of
from casework.actions.history import lock_open_case
from casework.actions.transfers import offer
from casework.models import BulkMove, Case, CaseStatus, MovedCase, MoveStatus, MoveTo
from casework.proposals import consider, propose

log = logging.getLogger(__name__)
MOST = 10_000
"""More cases than any unit holds; beyond it somebody has mistaken what they ask for."""

FEW_FAULTS = 5
EVERYBODY, NOBODY = "everybody", "nobody"


class TrainingMissing(Conflict):
    """The officer who is to own the cases lacks a course that this needs."""


def movable(*, unit: Unit, whose: str, by: Actor) -> list[Case]:
    """The open cases of the unit that somebody, nobody or anybody owns and that no other job waits to move."""
    owner = {EVERYBODY: Q(), NOBODY: Q(owner=None)}.get(whose)
    waiting = MovedCase.objects.filter(case=OuterRef("pk"), status=MoveStatus.WAITING)
    rows = (
        Case.objects.visible_to(by)
        .filter(
            owner if owner is not None else Q(owner=whose),
            unit=unit,
            status__in=(CaseStatus.NEW, CaseStatus.ALLOCATED),
        )
        .exclude(Exists(waiting))
        .only("id", "scope_id", "owner_id", "reference")
        .order_by("sent_at", "pk")
    )
    return list(rows[: MOST + 1])


@transaction.atomic
def ask_to_move(
    *,
    unit: Unit,
    whose: str,
    to: str,
    reason: str,
    by: Actor,
    to_owner: User | None = None,
    to_unit: Unit | None = None,
    why: str = "",
    in_spite: bool = False,
) -> BulkMove:
    """The engine will move these cases, each as it would be moved alone; until then nothing about them changes."""
    check(by, Permission.CASE_ASSIGN)
    if unit.force_id != by.force_id or not (by.force_wide or unit.pk in by.unit_ids):
        raise Refused(_("You do not look after this unit."), verb="cases.move")
    cases = movable(unit=unit, whose=whose, by=by)
    if to_owner is not None:
        cases = [case for case in cases if case.owner_id != to_owner.pk]
        _may_own(to_owner, unit, in_spite=in_spite)
    if not cases:
        raise Conflict(_("There is no such case to move. Another job may be moving them already."))
    if len(cases) > MOST:
        raise Conflict(_("These are more than %d cases. Move them unit by unit.") % MOST)
    job = add(
        BulkMove(
            force_id=by.own_force_id,
            unit=unit,
            to=to,
            to_owner=to_owner,
            to_unit=to_unit,
            why=why,
            reason=reason.strip(),
            in_spite=in_spite,
            total=len(cases),
            at=clocks.now(),
            by_id=by.person_id,
        )
    )
    rows = [
        MovedCase(
            job=job, scope_id=case.scope_id, case=case, place=place, owner_before_id=case.owner_id
        )
        for place, case in enumerate(cases, 1)
    ]
    with clashes_said(rows[0]):
        MovedCase.objects.bulk_create(rows, batch_size=1_000)
    audit.record("cases.move_asked", by=by, of=job, to=str(to), total=job.total)
    return job


def _may_own(owner: User, unit: Unit, *, in_spite: bool) -> None:
    if owner not in investigators(unit.pk, unit.force_id):
        raise Conflict(_("Choose an investigator who works in this unit."))
    lacking = [each for each in lacking_of([owner])[owner.pk] if each["blocks"]]
    if lacking and not in_spite:
        raise TrainingMissing(
            _("This officer lacks training. Tick that they own the cases all the same."),
            fields=all_in_words(lacking),
        )


@transaction.atomic
def stop_moving(*, job: BulkMove, by: Actor) -> BulkMove:
    """What has not been moved yet stays where it is. Twice is once."""
    check(by, Permission.CASE_ASSIGN)
    job = BulkMove.objects.visible_to(by).select_for_update().get(pk=job.pk)
    if job.done_at is not None:
        raise Conflict(_("Everything has been moved already."))
    if job.stopped_at is None:
        at = clocks.now()
        job.stopped_at, job.stopped_by_id = at, by.person_id
        job.save(update_fields=["stopped_at", "stopped_by"])
        rows = MovedCase.objects.reached_from(job=job).filter(status=MoveStatus.WAITING)
        left = rows.update(status=MoveStatus.STOPPED, ended_at=at)
        audit.record("cases.move_stopped", by=by, of=job, left=left)
    return job


def move_some(*, seconds: float) -> dict[str, int]:
    """Move what waits for so long; how many cases were moved, offered and refused. Many may do this at once.

    A case and what is said of it are committed together, so that whoever is killed between two has moved each
    of them once, and whoever is killed within one has moved nothing.
    """
    ends, done = time.monotonic() + seconds, dict.fromkeys(map(str, MoveStatus), 0)
    begun: list[UUID] = []
    later: list[UUID] = []
    while time.monotonic() < ends and len(later) < FEW_FAULTS:
        try:
            became = _move_next(later, begun)
        except OperationalError:
            # Somebody holds it, or the server is going down: it waits for the next round, the others do not.
            log.warning("A case of a bulk move waits for the next round.")
            later += begun[-1:]
            continue
        if became is None:
            break
        done[became] += 1
    with acting_as(engine("bulk-move")):
        waiting = MovedCase.objects.filter(job=OuterRef("pk"), status=MoveStatus.WAITING)
        BulkMove.objects.running().exclude(Exists(waiting)).update(done_at=clocks.now())
    return {status: count for status, count in done.items() if count}


def _move_next(later: Collection[UUID], begun: list[UUID]) -> str | None:
    """One case that nobody else is moving now, in a transaction of its own; what became of it. Noted in `begun`."""
    with acting_as(engine("bulk-move")):
        waiting = (
            # nosemgrep: no-unscoped-manager - the engine's own work, whoever asked for it
            MovedCase.objects.filter(status=MoveStatus.WAITING, job__stopped_at=None)
            .exclude(pk__in=later)
            .select_related("job__by", "job__to_owner", "job__to_unit")
            .order_by("job__at", "job", "place")
        )
        row = waiting.select_for_update(of=("self",), skip_locked=True).first()
        if row is None:
            return None
        begun.append(row.pk)
        at = clocks.now()
        try:
            with transaction.atomic():
                _move(row, actor_of(row.job.by, at))
        except (Conflict, Refused) as no:
            _refuse(row, " ".join([no.sentence, *getattr(no, "fields", [])]))
        except NotVisible:
            _refuse(row, _("Whoever asked for this may not see this case any more."))
        except OperationalError:
            raise
        except DatabaseError:
            log.exception("A case of a bulk move could not be moved.")
            _refuse(row, _("A fault kept it from being moved. Move it by itself."))
        row.ended_at = at
        row.save(update_fields=["status", "ended_at", "owner_after", "transfer", "problem"])
        return str(row.status)


def _refuse(row: MovedCase, sentence: str) -> None:
    row.status, row.problem = MoveStatus.REFUSED, sentence[:500]
    row.owner_after, row.transfer = None, None


def _move(row: MovedCase, by: Actor) -> None:
    """The case as its supervisor would move it alone; `Conflict` or `Refused` says why not."""
    job = row.job
    if not job.by.is_active:
        raise Refused(_("Whoever asked for this works here no longer."), verb="cases.move")
    case = lock_open_case(Case(pk=row.case_id), by=by)
    if case.owner_id != row.owner_before_id or case.scope.unit_id != job.unit_id:
        raise Conflict(_("It changed hands after this was asked for, so it was left where it is."))
    if job.to == MoveTo.UNIT and job.to_unit is not None:
        row.transfer = offer(case=case, to_unit=job.to_unit, why=job.why, reason=job.reason, by=by)
        row.status = MoveStatus.OFFERED
        return
    owner = job.to_owner or _first_proposed(case, by)
    override = job.reason if job.in_spite else ""
    assign(case=case, owner=owner, override_reason=override, choice_reason=job.reason, by=by)
    row.status, row.owner_after = MoveStatus.MOVED, owner


def _first_proposed(case: Case, by: Actor) -> User:
    for each in propose(consider(case, by=by, at=clocks.now())):
        if each.is_proposed and each.person["id"] != str(case.owner_id):
            return User.objects.get(pk=each.person["id"])
    raise Conflict(_("Nobody else here can be given it: no one has the training and the time."))


def progress(job: BulkMove, by: Actor) -> dict[str, int]:
    """How many of the job's cases, as far as the reader sees them, stand where; one question."""
    counts = dict.fromkeys(map(str, MoveStatus), 0)
    rows = MovedCase.objects.visible_to(by).filter(job=job).order_by()
    return counts | dict(rows.values_list("status").annotate(n=Count("pk")))


def asked_lately(by: Actor, since: datetime) -> list[BulkMove]:
    """The jobs of one's units that run, or were asked for since then; the latest first."""
    rows = BulkMove.objects.visible_to(by).filter(
        Q(at__gte=since) | Q(done_at=None, stopped_at=None)
    )
    return list(rows.select_related("by", "unit", "to_owner", "to_unit").order_by("-at", "pk"))
