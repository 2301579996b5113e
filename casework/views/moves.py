"""The room of the pages on which many cases are moved at once, and on which one sees how far that is."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.models import Unit
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import moves as moving
from casework.actions.allocation import investigators
from casework.forms.moves import MoveForm
from casework.models import BulkMove, Case, CaseStatus, MovedCase, MoveStatus

LATELY = timedelta(days=30)
PAGE_SIZE = 50


@requires(Permission.CASE_ASSIGN)
@require_safe
def moves(request: ActorRequest) -> HttpResponse:
    """The jobs of one's units: what runs, and what became of those of the last 30 days."""
    rows = moving.asked_lately(request.actor, clocks.now() - LATELY)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    audit.searched("move", by=request.actor, shown=[str(row.pk) for row in shown])
    context = {"page": shown, "units": _units_of(request.actor)}
    return render(request, "casework/moves.html", context)


@requires(Permission.CASE_ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def move_new(request: ActorRequest) -> HttpResponse:
    """Say whose cases of a unit go where, and why; the engine moves them one by one."""
    units = _units_of(request.actor)
    asked = request.POST.get("unit") or request.GET.get("unit", "")
    unit = next((each for each in units if each.slug == asked), units[0] if units else None)
    if unit is None:
        return render(request, "casework/move_new.html", {"form": None, "units": units})
    form = _form(request, unit)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                job = moving.ask_to_move(unit=unit, by=request.actor, **form.cleaned_data)
            except moving.TrainingMissing as missing:
                form.add_error("in_spite", f"{missing.sentence} {'; '.join(missing.fields)}.")
                status = 409
            except Conflict as clash:
                form.add_error(None, [clash.sentence, *clash.fields])
                status = 409
            else:
                messages.success(request, _("Saved. Moving begins within a minute."))
                return redirect("casework:move", job.pk)
    context = {"form": form, "unit": unit, "units": units}
    return render(request, "casework/move_new.html", context, status=status)


def _form(request: ActorRequest, unit: Unit) -> MoveForm:
    owners = (
        Case.objects.visible_to(request.actor)
        .filter(unit=unit, status__in=(CaseStatus.NEW, CaseStatus.ALLOCATED))
        .order_by("owner__name", "owner")
        .values_list("owner", "owner__name")
        .annotate(count=Count("pk"))
    )
    held = [
        (str(owner or moving.NOBODY), f"{name or _('Nobody')} ({count})")
        for owner, name, count in owners
    ]
    total = sum(count for _owner, _name, count in owners)
    everybody = (moving.EVERYBODY, _("All open cases of the unit (%d)") % total)
    others = Unit.objects.filter(is_active=True).exclude(pk=unit.pk).select_related("force")
    return MoveForm(
        request.POST if request.method == "POST" else None,
        owners=[everybody, *held] if total else [],
        officers=investigators(unit.pk, unit.force_id),
        units=list(others.order_by("force__name", "name")),
        initial={"whose": request.GET.get("whose", "")},
    )


@requires(Permission.CASE_ASSIGN)
@require_safe
def move(request: ActorRequest, pk: UUID) -> HttpResponse:
    """How far one job is, and what became of each of its cases."""
    job = _job(request.actor, pk)
    rows = (
        MovedCase.objects.visible_to(request.actor)
        .filter(job=job)
        .select_related("case", "owner_before", "owner_after")
        .order_by("place")
    )
    only = request.GET.get("only", "")
    if only in MoveStatus.values:
        rows = rows.filter(status=only)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    audit.viewed(job, by=request.actor, cases=[row.case.reference for row in shown])
    counts = moving.progress(job, request.actor)
    context = {
        "job": job,
        "counts": [(status, MoveStatus(status).label, n) for status, n in counts.items() if n],
        "ended": sum(n for status, n in counts.items() if status != MoveStatus.WAITING),
        "seen": sum(counts.values()),
        "only": only,
        "page": shown,
    }
    return render(request, "casework/move.html", context)


@requires(Permission.CASE_ASSIGN)
@require_POST
def move_stop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What is not moved yet stays where it is."""
    moving.stop_moving(job=_job(request.actor, pk), by=request.actor)
    messages.success(request, _("Stopped. What was not moved yet stays where it is."))
    return redirect("casework:move", pk)


def _job(actor: Actor, pk: UUID) -> BulkMove:
    rows = BulkMove.objects.visible_to(actor)
    found = rows.select_related("by", "unit", "to_owner", "to_unit", "stopped_by").filter(pk=pk)
    if (job := found.first()) is None:
        raise Http404
    return job


def _units_of(actor: Actor) -> list[Unit]:
    units = Unit.objects.filter(force=actor.force_id, is_active=True)
    return list(units if actor.force_wide else units.filter(pk__in=sorted(actor.unit_ids)))
