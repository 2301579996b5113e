"""The room of the pages about interviews of the person for evidence."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import interviews as act
from casework.forms.interviews import InterviewForm
from casework.models import CaseStatus, Interview
from casework.views.asking import ask, opened

NAMED = 12  # of those who are trained; the register has the others


@requires(Permission.INVESTIGATION_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: ActorRequest, reference: str) -> HttpResponse:
    """Who is trained to interview them, how often they were asked already, and one interview more."""
    case = opened(request, reference, "interview")
    rows = Interview.objects.visible_to(request.actor).filter(case=case)
    held = list(rows.select_related("interviewer"))
    trained = act.trained_now(case)

    def make(*args: Any) -> InterviewForm:
        return InterviewForm(*args, by=request.actor)

    return ask(
        request,
        case,
        name="interview",
        make=make,
        act=lambda **answers: act.record_interview(case=case, by=request.actor, **answers),
        saved=_("Saved. It is in the history of the case."),
        to="casework:interview",
        held=held,
        askers=len({each.interviewer_id for each in held}),
        trained=trained[:NAMED],
        more=len(trained) - NAMED,
        closed=case.status == CaseStatus.CLOSED,
    )


@requires(Permission.OVERRIDE_REVIEW)
@require_POST
def interview_review(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A lead has read why somebody untrained interviewed."""
    act.review_interview(interview_id=pk, by=request.actor)
    messages.success(request, _("Reviewed."))
    return redirect("casework:overrides")
