"""The room of the pages for what the account holds any number of: places, people and organisations, files."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

import clocks
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions.account import Overtaken, add_row, change_row, take_out
from casework.forms.nrm import PlaceForm, RowForm
from casework.models import EvidenceFile, Party, Place
from casework.nrm.record import record_of
from casework.views.asking import ask
from casework.views.nrm import form_page, opened

# By the word in the address: the model, the section that shows it, and the title of its page.
ROWS: dict[str, tuple[type[Any], str, Any]] = {
    "place": (Place, "places", gettext_lazy("Add a place")),
    "party": (Party, "exploiters", gettext_lazy("A person or an organisation")),
    "file": (EvidenceFile, "evidence", gettext_lazy("A file")),
}


@requires(Permission.CASE_EDIT)
@form_page
def row_new(request: ActorRequest, reference: str, what: str) -> HttpResponse:
    """One more place, person or file."""
    of, section, title = _kind(what)
    record = opened(request, reference, f"nrm-{what}")

    def make(*args: Any) -> forms.Form:
        return PlaceForm(*args) if of is Place else RowForm(*args, of=of, record=record)

    return ask(
        request,
        record.case,
        name=f"nrm-{what}",
        make=make,
        act=lambda **answers: add_row(case=record.case, by=request.actor, of=of, **answers),
        saved=_("Added."),
        to="casework:nrm-form",
        template="casework/nrm_row.html",
        heading=title,
        section=section,
        lists=make().lists if of is Place else [],  # type: ignore[attr-defined]
    )


@requires(Permission.CASE_EDIT)
@form_page
def row(request: ActorRequest, reference: str, what: str, row: UUID) -> HttpResponse:
    """A person or a file that is in the account, to put right."""
    of, section, title = _kind(what)
    record = opened(request, reference, f"nrm-{what}")
    found = of.objects.get_visible(request.actor, case=record.case, pk=row)

    def make(*args: Any) -> RowForm:
        return RowForm(*args, of=of, record=record, row=found)

    if of is Place:
        raise Http404

    def explain(form: forms.Form, clash: Conflict) -> list[str]:
        if isinstance(form, RowForm) and isinstance(clash, Overtaken):
            return form.read_again(clash)
        return [clash.sentence]

    return ask(
        request,
        record.case,
        explain=explain,
        name=f"nrm-{what}-{found.pk}",
        make=make,
        act=lambda **answers: change_row(row=found, by=request.actor, **answers),
        saved=_("Saved."),
        to="casework:nrm-form",
        template="casework/nrm_row.html",
        heading=title,
        section=section,
        lists=[],
    )


@requires(Permission.CASE_EDIT)
@require_POST
def row_out(request: ActorRequest, reference: str, what: str, row: UUID) -> HttpResponse:
    """It was written down by mistake and is taken out; the audit trail keeps it."""
    of, section, _title = _kind(what)
    record = record_of(reference, by=request.actor, today=clocks.today())
    found = of.objects.get_visible(request.actor, case=record.case, pk=row)
    take_out(row=found, by=request.actor)
    messages.success(request, _("Taken out. The trail of changes keeps it."))
    return redirect("casework:nrm-section", record.case.reference, section)


def _kind(what: str) -> tuple[type[Any], str, Any]:
    if what not in ROWS:
        raise Http404
    return ROWS[what]
