"""The room of asking a specialist about a case: whoever is on call owes the answer, and it stays with the case."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import GrantKind, Restriction, ScopeBar, ScopeGrant
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from accounts.scoping import NotVisible
from accounts.specialists import OnCall, on_call
from casework.actions.history import lock_case, lock_open_case, write_line
from casework.models import Advice, AdviceStep, Case, EventKind


def who_answers(case: Case) -> OnCall | None:
    """Whose turn on call it is now, if they may see this case; none: whoever leads the specialists answers."""
    turn = on_call(case.scope.force_id, clocks.now())
    return turn if turn and _sees(turn, case) else None


def _sees(turn: OnCall, case: Case) -> bool:
    """Specialists see every case of the force but those closed to them, and those kept to a team without them."""
    if ScopeBar.objects.filter(scope=case.scope_id, user=turn.user_id, ended_at=None).exists():
        return False
    if case.scope.restriction == Restriction.STANDARD:
        return True
    named = ScopeGrant.objects.filter(
        scope=case.scope_id, user=turn.user_id, kind=GrantKind.TEAM, ends_at=None
    )
    return named.exists()


@transaction.atomic
def ask_specialist(*, case: Case, question: str, urgent: bool, by: Actor) -> Advice:
    """An answer is owed by whoever is on call, from now on."""
    check(by, Permission.ADVICE_ASK)
    locked, at = lock_open_case(case, by=by), clocks.now()
    advice = add(
        Advice(
            scope_id=locked.scope_id,
            case=locked,
            at=at,
            by_id=by.person_id,
            recorded_at=at,
            urgent=urgent,
            question=question,
        )
    )
    write_line(
        locked,
        EventKind.ADVICE,
        verb="advice.asked",
        by=by,
        recorded_at=at,
        what=AdviceStep.ASKED.value,
        urgent=urgent,
    )
    return advice


@transaction.atomic
def answer_question(*, case: Case, advice_id: UUID, words: str, by: Actor) -> Advice:
    """The question is answered; whoever asked, and the case's officer, owe reading it."""
    check(by, Permission.ADVICE_GIVE)
    locked, at = lock_case(case, by=by), clocks.now()
    advice = _locked(locked, advice_id, by=by)
    if advice.by_id == by.id:
        raise Refused(_("Somebody else must answer what you asked."), verb="advice.answer")
    if advice.answered_at is not None:
        raise Conflict(_("Somebody has answered this already."))
    advice.answer, advice.answered_at, advice.answered_by_id = words, at, by.person_id
    check_row(advice)
    advice.save(update_fields=["answer", "answered_at", "answered_by"])
    write_line(
        locked,
        EventKind.ADVICE,
        verb="advice.answered",
        by=by,
        recorded_at=at,
        what=AdviceStep.ANSWERED.value,
    )
    return advice


@transaction.atomic
def read_answer(*, case: Case, advice_id: UUID, by: Actor) -> Advice:
    """Whoever asked, or the case's officer, has read the answer."""
    check(by, Permission.ADVICE_ASK)
    locked = lock_case(case, by=by)
    advice = _locked(locked, advice_id, by=by)
    if advice.answered_at is None:
        raise Conflict(_("Nobody has answered this yet."))
    if not {advice.by_id, locked.owner_id} & by.acting_for:
        raise Refused(_("Only whoever asked, or the case's officer, says so."), verb="advice.read")
    if advice.read_at is None:
        advice.read_at, advice.read_by_id = clocks.now(), by.person_id
        advice.save(update_fields=["read_at", "read_by"])
    return advice


def _locked(case: Case, advice_id: UUID, *, by: Actor) -> Advice:
    rows = Advice.objects.visible_to(by).select_for_update(of=("self",))
    advice = rows.filter(case=case, pk=advice_id).first()
    if advice is None:
        raise NotVisible(Advice._meta.label)
    return advice
