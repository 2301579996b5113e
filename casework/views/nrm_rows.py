"""The room of the pages for what the account holds any number of: places, people and organisations, files."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import ActorRequest, Permission, requires
from casework.actions.account import add_row, change_row, take_out
from casework.actions.specialist import TELLING_ROWS
from casework.forms.nrm import PlaceForm, RowForm, TakeOutOfAccountForm, TellingForm
from casework.models import ROWS, OfMany, Place, RowKind
from casework.nrm.record import Record
from casework.records import words_of
from casework.views.asking import ask
from casework.views.nrm import explain, form_page, left_to_specialists, opened, refusing, row_of

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

    def make(*args: Any, **owed: Any) -> TellingForm:
        if of is Place:
            return PlaceForm(*args, **owed)
        return RowForm(*args, of=of, record=record, **owed)

    return _ask(
        request,
        record,
        of,
        name=f"nrm-{what}",
        make=make,
        act=partial(add_row, case=record.case, by=request.actor, of=of),
        saved=_("Added."),
        heading=title,
        section=section,
        lists=PlaceForm().lists if of is Place else [],
    )


@requires(Permission.CASE_EDIT)
@form_page
def row(request: ActorRequest, reference: str, what: str, row: UUID) -> HttpResponse:
    """A person or a file that is in the account, to put right."""
    of, section, title = _kind(what)
    record = opened(request, reference, f"nrm-{what}")
    found = row_of(request, record, of, row)
    if of is Place:
        raise Http404
    return _ask(
        request,
        record,
        of,
        name=f"nrm-{what}-{found.pk}",
        make=partial(RowForm, of=of, record=record, row=found),
        act=partial(change_row, row=found, by=request.actor),
        saved=_("Saved."),
        heading=title,
        section=section,
        lists=[],
    )


def _ask(
    request: ActorRequest,
    record: Record,
    of: type[OfMany],
    *,
    make: Callable[..., forms.Form],
    act: Callable[..., object],
    **page: Any,
) -> HttpResponse:
    """Ask for one row; where only a specialist asks for it, with the reason."""
    told = issubclass(of, TELLING_ROWS)
    topics, owed = left_to_specialists(request, record.case) if told else ([], [])
    return ask(
        request,
        record.case,
        make=partial(make, owed=owed),
        act=partial(refusing, request, record.case, act),
        explain=explain,
        to="casework:nrm-form",
        template="casework/nrm_row.html",
        topics=topics,
        **page,
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
