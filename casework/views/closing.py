"""The room of the pages that end a case: ask, decide as a second officer, open it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import clocks
from accounts import audit
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions.closing import ask_to_close, decide_closing, obstacles, reopen
from casework.forms.closing import AskToCloseForm, DecideClosingForm, ReopenForm
from casework.models import Case, CaseStatus, ClosingOutcome
from casework.silence import silence_of
from casework.views.asking import ask, opened

form_page = require_http_methods(["GET", "HEAD", "POST"])


@contextmanager
def refusal_kept(request: ActorRequest, case: Case, verb: str) -> Iterator[None]:
    """That a case could not be closed is on record, although nothing else of the act is kept."""
    try:
        yield
    except Conflict:
        audit.refused(verb, by=request.actor, case=case.pk.hex)
        raise


@requires(Permission.CASE_CLOSE)
@form_page
def close(request: ActorRequest, reference: str) -> HttpResponse:
    """Ask a second officer to close the case, or read what stands in the way."""
    case = opened(request, reference, "close")
    outcome = request.POST.get("outcome") or ClosingOutcome.SAFE_AND_SUPPORTED
    # Chosen all the same, by hand: the act refuses it with the reason.
    lost = outcome == ClosingOutcome.NO_CONTACT or silence_of(case).considered is not None

    def act(**answers: Any) -> None:
        with refusal_kept(request, case, "case.close"):
            ask_to_close(case=case, by=request.actor, **answers)

    return ask(
        request,
        case,
        name="close",
        make=partial(AskToCloseForm, lost=lost),
        act=act,
        saved=_("Sent to a second officer. The case stays open until they agree."),
        standing=obstacles(case, outcome=outcome, at=clocks.now()),
        may_be_asked=case.status in {CaseStatus.NEW, CaseStatus.ALLOCATED},
    )


@requires(Permission.CASE_COUNTERSIGN)
@form_page
def countersign(request: ActorRequest, reference: str) -> HttpResponse:
    """Agree that the case is closed, or give it back."""
    case = opened(request, reference, "countersign")
    asked = case.closures.filter(decided_at=None).select_related("by").first()

    def act(**answers: Any) -> None:
        with refusal_kept(request, case, "case.countersign"):
            decide_closing(case=case, by=request.actor, **answers)

    return ask(
        request,
        case,
        name="countersign",
        make=DecideClosingForm,
        act=act,
        saved=_("Saved. Your decision is on record."),
        asked=asked,
        asked_by_you=asked is not None and asked.by_id == request.actor.id,
        standing=obstacles(case, outcome=asked.outcome, at=clocks.now()) if asked else [],
    )


@requires(Permission.CASE_REOPEN)
@form_page
def reopened(request: ActorRequest, reference: str) -> HttpResponse:
    """Open a closed case again."""
    case = opened(request, reference, "reopen")
    return ask(
        request,
        case,
        name="reopen",
        make=ReopenForm,
        act=lambda **answers: reopen(case=case, by=request.actor, **answers),
        saved=_("The case is open again."),
        closed=case.status == CaseStatus.CLOSED,
    )
