"""The room of how a page of a case asks something: open the case, ask, act, and lose no typing on the way."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts import audit
from accounts.errors import Conflict
from accounts.permissions import ActorRequest
from casework.actions.drafts import drop_draft, take_draft
from casework.actions.guidance import note_shown
from casework.guidance import FIELD, beside, ids_in
from casework.models import Case
from casework.views.drafts import draft_url


def opened(request: ActorRequest, reference: str, page: str) -> Case:
    """The case with its header, or 404; that this person looked at it is on record."""
    case = Case.objects.with_header().get_visible(request.actor, reference=reference)
    audit.viewed(case, by=request.actor, page=page)
    return case


def ask(
    request: ActorRequest,
    case: Case,
    *,
    name: str,
    make: Callable[..., forms.Form],
    act: Callable[..., object],
    saved: str,
    to: str = "casework:case",
    template: str = "",
    explain: Callable[[forms.Form, Conflict], Sequence[str]] | None = None,
    **context: Any,
) -> HttpResponse:
    """Ask with the form that `make` gives and, when it is answered well, `act` on the answers.

    A wrong answer is 400, a clash with somebody else's act 409; both keep what was typed.
    `explain` says more about a clash, and may mark the questions it is about.
    """
    status, restored_at = 200, None
    if request.method == "POST":
        form = make(request.POST)
        status = 400
        if form.is_valid():
            try:
                act(**form.cleaned_data)
                if cards := ids_in(request.POST.getlist(FIELD)):
                    note_shown(case=case, cards=cards, step=name, by=request.actor)
            except Conflict as clash:
                said = explain(form, clash) if explain else (clash.sentence, *clash.fields)
                if said:
                    form.add_error(None, list(said))
                status = 409
            else:
                drop_draft(form=name, case=case, by=request.actor)
                messages.success(request, saved)
                return redirect(to, case.reference)
    else:
        form = make()
        if typed := take_draft(form=name, case=case, by=request.actor):
            restored_at = typed.saved_at
            for asked, question in form.fields.items():
                form.initial[asked] = question.widget.value_from_datadict(typed.contents, {}, asked)
    shown = {
        "case": case,
        "form": form,
        "draft_url": draft_url(name, case),
        "restored_at": restored_at,
        "guidance": beside(name, by=request.actor),
    }
    return render(
        request,
        template or f"casework/{name.replace('-', '_')}.html",
        shown | context,
        status=status,
    )
