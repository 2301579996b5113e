"""The room of the pages on which a list from outside is compared with our record, and a mismatch looked into."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from casework.models import Decision
from pages.sheets import Unreadable
from referrals.actions.outside import Becomes, compare_list, preview_list, resolve_mismatch
from referrals.forms import ListForm, MismatchForm
from referrals.models import ListKind, Mismatch, MismatchKind, OutsideList
from referrals.outside import ACTIVE, AGREES, ENDED, WAITING, Unread
from referrals.views.sending import GET_OR_POST

A_PAGE = 50
HEADINGS = {
    ListKind.NRM: (gettext_lazy("Reference"), gettext_lazy("Stage"), gettext_lazy("Received")),
    ListKind.AGENCY: (
        gettext_lazy("Reference"),
        gettext_lazy("Status"),
        gettext_lazy("Last contact"),
    ),
}
_STAGES = {
    "": "",
    WAITING: gettext_lazy("Waiting"),
    ACTIVE: gettext_lazy("Supported"),
    ENDED: gettext_lazy("Ended"),
}
_RESULTS = {
    AGREES: gettext_lazy("Agrees with our record"),
    **dict(Unread.choices),
    **dict(MismatchKind.choices),
}


@GET_OR_POST
@requires(Permission.LISTS_COMPARE)
def lists(request: ActorRequest) -> HttpResponse:
    """Choose a list; it is read and shown before anything is owed. Below, what is still to be looked into."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if form.is_bound and form.is_valid():
        answers = form.cleaned_data
        try:
            made = preview_list(
                by=request.actor,
                kind=answers["kind"],
                agency=answers["agency"],
                content=answers["file"],
            )
        except Unreadable as unreadable:
            audit.refused("list.compare", by=request.actor, kind=answers["kind"])
            form.add_error("file", str(unreadable))
        else:
            return redirect("referrals:list", made.pk)
    earlier = OutsideList.objects.filter(force_id=request.actor.own_force_id)
    pending = Mismatch.objects.visible_to(request.actor).pending().select_related("case")
    shown = Paginator(pending, A_PAGE).get_page(request.GET.get("page"))
    audit.searched(
        "mismatch",
        by=request.actor,
        shown=[row.case.reference for row in shown if row.case is not None],
    )
    context = {
        "form": form,
        "earlier": earlier.select_related("uploaded_by", "agency").defer("rows")[:10],
        "page": shown,
    }
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "referrals/lists.html", context, status=status)


@GET_OR_POST
@requires(Permission.LISTS_COMPARE)
def preview(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What would become of each row, or what became of it; a press makes the mismatches owed."""
    made = _found(request, pk)
    if request.method == "POST":
        compare_list(by=request.actor, upload=made)
        messages.success(request, _("Compared. Each mismatch is owed to whoever looks after it."))
        return redirect("referrals:list", pk)
    audit.viewed(made, by=request.actor)
    counts = Counter(said_of(row) for row in made.rows)
    context = {
        "made": made,
        "rows": [
            (row["line"] or "-", cells_of(row), said_of(row), _is_fine(row)) for row in made.rows
        ],
        "counted": sorted(counts.items()),
        "headings": HEADINGS[ListKind(made.kind)],
    }
    return render(request, "referrals/list.html", context)


@GET_OR_POST
@requires(Permission.LISTS_RESOLVE)
def mismatch(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One mismatch: what the list says, where our record is, and what somebody found out."""
    rows = Mismatch.objects.select_related("case", "agency", "found_in", "resolved_by")
    found = rows.get_visible(request.actor, pk=pk)
    form = MismatchForm(request.POST) if request.method == "POST" else MismatchForm()
    status = 200
    if form.is_bound and form.is_valid():
        try:
            resolve_mismatch(by=request.actor, mismatch_id=pk, note=form.cleaned_data["note"])
        except Conflict as clash:
            form.add_error(None, clash.sentence)
            status = 409
        else:
            messages.success(request, _("Saved. It is no longer owed."))
            return redirect("referrals:mismatch", pk)
    elif form.is_bound:
        status = 400
    audit.viewed(found, by=request.actor)
    context = {
        "found": found,
        "stage": _stage(found.stage),
        "form": form,
        "is_owed": not (found.resolved_at or found.agreed_at),
        "may_compare": request.actor.can(Permission.LISTS_COMPARE),
    }
    return render(request, "referrals/mismatch.html", context, status=status)


def _found(request: ActorRequest, pk: UUID) -> OutsideList:
    rows = OutsideList.objects.select_related("agency")
    return get_object_or_404(rows, pk=pk, force_id=request.actor.own_force_id)


def _stage(code: str) -> str:
    return str(Decision(code).label) if code in Decision.values else str(_STAGES[code])


def cells_of(row: dict[str, Any]) -> list[str]:
    """What the list says in one row, in words."""
    return [row["reference"], _stage(row["stage"]), row["on"]]


def said_of(row: dict[str, Any]) -> str:
    """What became of one row, in words."""
    result = str(_RESULTS[row["result"]])
    if not row["becomes"]:
        return result
    words = {"result": result, "becomes": str(Becomes(row["becomes"]).label)}
    return _("%(result)s: %(becomes)s") % words


def _is_fine(row: dict[str, Any]) -> bool:
    return bool(row["result"] == AGREES)
