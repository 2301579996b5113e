"""The room of the pages on which a specialist is asked about a case, and answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from accounts.scoping import NotVisible
from casework.actions import advice as act
from casework.forms.advice import URGENT, AnswerForm, QuestionForm
from casework.models import Advice, CaseStatus
from casework.views.asking import ask, opened


@requires(Permission.ADVICE_ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: ActorRequest, reference: str) -> HttpResponse:
    """Ask a specialist about the case; what was asked before, with its answers."""
    case = opened(request, reference, "advice")
    turn = act.who_answers(case)
    who = turn.user.name if turn else _("whoever leads the force’s specialists")
    rows = Advice.objects.visible_to(request.actor).filter(case=case)
    asked = list(rows.select_related("by", "answered_by", "read_by"))
    for each in asked:
        each.may_read = bool(  # type: ignore[attr-defined]
            each.answered_at and {each.by_id, case.owner_id} & request.actor.acting_for
        )
    return ask(
        request,
        case,
        name="advice",
        make=QuestionForm,
        act=lambda question, when: act.ask_specialist(
            case=case, question=question, urgent=when == URGENT, by=request.actor
        ),
        saved=_("Asked. You will be told when there is an answer."),
        to="casework:advice",
        asked=asked,
        who=who,
        closed=case.status == CaseStatus.CLOSED,
        may_answer=request.actor.can(Permission.ADVICE_GIVE),
    )


@requires(Permission.ADVICE_GIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def advice_answer(request: ActorRequest, reference: str, pk: UUID) -> HttpResponse:
    """A specialist answers one question about the case."""
    case = opened(request, reference, "advice-answer")
    asked = Advice.objects.select_related("by").get_visible(request.actor, pk=pk)
    if asked.case_id != case.pk:
        raise NotVisible(Advice._meta.label)
    return ask(
        request,
        case,
        name="advice-answer",
        make=AnswerForm,
        act=lambda answer: act.answer_question(
            case=case, advice_id=asked.pk, words=answer, by=request.actor
        ),
        saved=_("Answered. Whoever asked is told."),
        to="casework:advice",
        asked=asked,
        own=asked.by_id == request.actor.id,
    )


@requires(Permission.ADVICE_ASK)
@require_POST
def advice_read(request: ActorRequest, reference: str, pk: UUID) -> HttpResponse:
    """Whoever asked has read the answer."""
    case = opened(request, reference, "advice-read")
    try:
        act.read_answer(case=case, advice_id=pk, by=request.actor)
    except Conflict as clash:
        messages.error(request, clash.sentence)
    else:
        messages.success(request, _("Marked as read."))
    return redirect("casework:advice", case.reference)
