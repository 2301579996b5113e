"""The room of what leaves: exactly what will be sent, what was sent, and the leaflet for the person."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import clocks
from accounts import audit
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import nrm, nrm_reading
from casework.actions.allocation import all_in_words
from casework.forms.nrm import MoreSentForm, SentForm
from casework.models import Case, NrmSubmission
from casework.nrm.leaflets import leaflets, lines, spoken
from casework.nrm.record import Record, as_answers
from casework.nrm.rules import too_long
from casework.nrm.sections import label_of
from casework.nrm.words import paragraphs, read_sent
from casework.views.asking import ask
from casework.views.nrm import form_page, opened

# Languages in which a person, never a machine, wrote the leaflet.
RIGHTS = ("interpreter", "medical", "woman_or_man", "who_sees", "legal")
NEXT = ("first_answer", "then", "again")


@requires(Permission.NRM_DECIDE)
@form_page
def check(request: ActorRequest, reference: str) -> HttpResponse:
    """Every word that leaves, and nothing else; then that it has left."""
    record = opened(request, reference, "nrm-check", leaves=True)
    out = record.out()
    sent = list(record.case.nrm_submissions.select_related("by"))
    shown: dict[str, Any] = {
        "record": record,
        "branch": str(record.branch),
        "paragraphs": paragraphs(out),
        "missing": [label_of(key) for key in record.missing()],
        "too_long": [label_of(key) for key in too_long(out)],
        "sent": sent,
        "template": "casework/nrm_check.html",
    }
    return _ask_more(request, record, shown) if sent else _ask_sent(request, record, shown)


def _ask_sent(request: ActorRequest, record: Record, shown: dict[str, Any]) -> HttpResponse:
    _text, digest = nrm.sealed(as_answers(record.out(), record.files))
    lacking = nrm_reading.lacked_by(request.actor, on=clocks.today())
    is_read = bool(lacking) and nrm_reading.is_read(
        record.case, digest=digest, sender=request.actor
    )
    readings = nrm_reading.readings(record.case, by=request.actor) if lacking else []

    def act(**answers: Any) -> None:
        nrm.mark_sent(case=record.case, by=request.actor, record=record, **answers)

    return ask(
        request,
        record.case,
        name="nrm-sent",
        make=partial(
            SentForm, initial={"digest": digest}, must_be_read=bool(lacking) and not is_read
        ),
        act=act,
        saved=_("Marked as sent. What was sent is kept, word for word, and its clock runs."),
        lacking=all_in_words(lacking),
        is_read=is_read,
        readings=readings,
        **shown,
    )


def _ask_more(request: ActorRequest, record: Record, shown: dict[str, Any]) -> HttpResponse:
    def act(**answers: Any) -> None:
        nrm.send_more(case=record.case, by=request.actor, record=record, **answers)

    return ask(
        request,
        record.case,
        name="nrm-more",
        make=MoreSentForm,
        act=act,
        saved=_("Kept. What you sent now stands beside what went before."),
        **shown,
    )


@requires(Permission.NRM_DECIDE)
@require_safe
def sent(request: ActorRequest, reference: str, submission: UUID) -> HttpResponse:
    """One version that was sent, as it was."""
    case = Case.objects.with_header().get_visible(request.actor, reference=reference)
    kept = NrmSubmission.objects.select_related("by").get_visible(
        request.actor, case=case, pk=submission
    )
    audit.viewed(kept, by=request.actor)
    context = {"case": case, "kept": kept, "paragraphs": read_sent(kept.answers)}
    return render(request, "casework/nrm_kept.html", context)


@requires(Permission.CASE_VIEW)
@require_safe
def leaflet(request: ActorRequest, reference: str) -> HttpResponse:
    """In which languages there is a leaflet of rights and next steps."""
    case = Case.objects.with_header().get_visible(request.actor, reference=reference)
    audit.viewed(case, by=request.actor, page="leaflet")
    theirs = spoken(case.victim.language)
    others = [each for each in leaflets().values() if each not in theirs]
    context = {"case": case, "theirs": theirs, "others": others}
    return render(request, "casework/leaflet.html", context)


@requires(Permission.CASE_VIEW)
@require_safe
def leaflet_sheet(request: ActorRequest, reference: str, language: str) -> HttpResponse:
    """The sheet itself, safe to be found: no name, no reference, no police, no word of what happened."""
    case = Case.objects.with_header().get_visible(request.actor, reference=reference)
    found = leaflets().get(language)
    if found is None:
        raise Http404
    audit.viewed(case, by=request.actor, page="leaflet", language=language)
    child, said = case.victim.is_child, lines(found)
    rights = (*RIGHTS, "child_right" if child else "adult_right")
    after = ("child_next", *NEXT) if child else NEXT
    context = {
        "leaflet": found,
        "said": said,
        "rights": [said[name] for name in rights],
        "next": [said[name] for name in after],
    }
    return render(request, "casework/leaflets/sheet.html", context)
