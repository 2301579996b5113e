"""The room of the pages for what the account holds any number of: places, people and organisations, files."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions.account import Overtaken, add_row, change_row, take_out
from casework.forms.nrm import PlaceForm, RowForm, TakeOutOfAccountForm
from casework.models import ROWS, Place, RowKind
from casework.records import words_of
from casework.views.asking import ask
from casework.views.nrm import form_page, opened, row_of

# By the word in the address: the section that shows it, and the title of its page. A situation has its own.
ASKED: dict[str, tuple[str, Any]] = {
    RowKind.PLACE: ("places", gettext_lazy("Add a place")),
    RowKind.PARTY: ("exploiters", RowKind.PARTY.label),
    RowKind.FILE: ("evidence", RowKind.FILE.label),
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
    found = row_of(request, record, of, row)

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
@form_page
def row_out(request: ActorRequest, reference: str, what: str, row: UUID) -> HttpResponse:
    """Take it out of the account, with the reason; the record keeps it."""
    if what not in RowKind.values:
        raise Http404
    record = opened(request, reference, "nrm-row-out")
    found = row_of(request, record, ROWS[RowKind(what)], row)
    return ask(
        request,
        record.case,
        name=f"nrm-out-{row}",
        make=TakeOutOfAccountForm,
        act=lambda why: take_out(row=found, by=request.actor, why=why),
        saved=_("Taken out. The history keeps it, with your reason."),
        to="casework:nrm-form",
        template="casework/nrm_row_out.html",
        kind=RowKind(what),
        words=list(words_of(found)),
    )


def _kind(what: str) -> tuple[type[Any], str, Any]:
    if what not in ASKED:
        raise Http404
    return (ROWS[RowKind(what)], *ASKED[what])
