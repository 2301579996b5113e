"""The room of the pages of the second reader: ask for one, and read what the Home Office is told."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import nrm, nrm_reading
from casework.actions.allocation import lacked
from casework.forms.nrm import ReadingForm
from casework.models import Case, CaseStatus, NrmReading, NrmSubmission
from casework.nrm.record import Record, as_answers
from casework.nrm.words import Paragraph, paragraphs, read_sent
from casework.views.asking import ask
from casework.views.nrm import form_page, opened


@requires(Permission.NRM_DECIDE)
@require_POST
def ask_to_read(request: ActorRequest, reference: str) -> HttpResponse:
    """Somebody in date is asked to read it before it is sent."""
    case = Case.objects.get_visible(request.actor, reference=reference)
    nrm_reading.ask_to_read(case=case, by=request.actor)
    messages.success(request, _("Asked. Your supervisor is told, and anybody in date may read it."))
    return redirect("casework:nrm-reading", case.reference)


@requires(Permission.NRM_DECIDE)
@form_page
def reading(request: ActorRequest, reference: str) -> HttpResponse:
    """What is to be read, by whom it was asked and why; and what the reader found."""
    record = opened(request, reference, "nrm-reading", leaves=True)
    rows = nrm_reading.readings(record.case, by=request.actor)
    waiting = next((each for each in rows if each.read_at is None), None)
    words, digest = _text(request, record, waiting)

    def act(**answers: Any) -> None:
        if waiting is None:
            raise Conflict(
                _("Nobody has asked for it to be read, or somebody has read it already.")
            )
        nrm_reading.read_report(reading=waiting, standing=digest, by=request.actor, **answers)

    return ask(
        request,
        record.case,
        name="nrm-reading",
        make=partial(ReadingForm, initial={"digest": digest}),
        act=act,
        saved=_("Saved. Whoever sends it sees what you found."),
        to="casework:nrm-reading",
        readings=[(each, lacked(each)) for each in rows],
        waiting=waiting,
        why_not=nrm_reading.why_not(waiting, by=request.actor) if waiting else "",
        paragraphs=words,
        closed=record.case.status == CaseStatus.CLOSED,
    )


def _text(
    request: ActorRequest, record: Record, waiting: NrmReading | None
) -> tuple[list[Paragraph], str]:
    """The words to read and their digest; none of what was sent outside Holdfast."""
    if waiting is None:
        return [], ""
    if not waiting.sent:
        _answers, digest = nrm.sealed(as_answers(record.out(), record.files))
        return paragraphs(record.out()), digest
    rows = NrmSubmission.objects.visible_to(request.actor).filter(case=record.case)
    kept = rows.filter(digest=waiting.digest).order_by("number").first()
    return (read_sent(kept.answers), kept.digest) if kept else ([], "")
