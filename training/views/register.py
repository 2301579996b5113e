"""The room of the register of a team's or force's training, and of one's own."""

from collections.abc import Sequence
from datetime import date
from typing import Any, overload
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.models import Unit
from accounts.permissions import ActorRequest, Permission, requires
from training.forms import RegisterForm
from training.models import TrainingRecord
from training.standing import Standing, State, counts, standings

PAGE_SIZE = 50


class Standings(Sequence[Standing]):
    """The standings of a register, of which only the page shown is read."""

    def __init__(self, size: int, on: date, narrowed: dict[str, Any]) -> None:
        self.size, self.on, self.narrowed = size, on, narrowed

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, place: int) -> Standing: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Standing]: ...
    def __getitem__(self, place: int | slice) -> Standing | Sequence[Standing]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(self.size)
        return standings(self.on, start=start, most=stop - start, **self.narrowed)


@requires(Permission.TRAINING_TEAM)
@require_safe
def register(request: ActorRequest) -> HttpResponse:
    """Who has which course until when, on any day: those that lapsed or are missing first."""
    units = units_of(request.actor)
    form = RegisterForm(request.GET, units=units, actor=request.actor)
    form.is_valid()  # what could not be read is said, and narrows nothing
    narrowed = asked_of(request.actor, units, form.cleaned_data)
    totals = counts(form.day, **narrowed)
    state = form.cleaned_data.get("state", "")
    size = totals[State(state)] if state else sum(totals.values())
    shown = Standings(size, form.day, narrowed | {"state": state})
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = list(page.object_list)
    people = list(dict.fromkeys(str(line.user_id) for line in lines))
    codes = {
        name: str(value.pk)
        for name, value in form.cleaned_data.items()
        if value and name in {"unit", "course"}
    }
    if form.day != clocks.today():
        codes |= parts_of(form.day)
    audit.searched("training", by=request.actor, shown=people, state=state, **codes)
    context = {
        "form": form,
        "page": page,
        "lines": lines,
        "at": form.day,
        "is_today": form.day == clocks.today(),
        "lapsing": totals[State.LAPSING],
        "all": sum(totals.values()),
        "states": [(each, totals[each], _address(request, each)) for each in State],
        "narrowed": bool(codes or state),
        "asked": urlencode(codes | {"state": state}),
    }
    return render(request, "training/register.html", context, status=400 if form.errors else 200)


@requires(Permission.TRAINING_OWN)
@require_safe
def own(request: ActorRequest) -> HttpResponse:
    """One's own training: what is asked, what is recorded, what nobody has verified."""
    rows = TrainingRecord.objects.visible_to(request.actor).filter(user=request.actor.id)
    records = list(rows.select_related("course", "verified_by"))
    audit.record("training.viewed", by=request.actor, user=str(request.actor.id))
    context = {"records": records, "user": request.user}
    return render(request, "training/own.html", context)


def units_of(actor: Actor) -> QuerySet[Unit]:
    """The units whose training the actor may look at."""
    units = Unit.objects.filter(force_id=actor.own_force_id)
    return units if _force_wide(actor) else units.filter(pk__in=actor.unit_ids)


def _force_wide(actor: Actor) -> bool:
    return actor.can(Permission.TRAINING_RECORD) or actor.can(Permission.TRAINING_COURSES)


def asked_of(actor: Actor, units: QuerySet[Unit], chosen: dict[str, Any]) -> dict[str, Any]:
    """What `standings` is asked for when these were chosen: never more than the actor may look at."""
    narrowed: dict[str, Any] = {"force": actor.force_id}
    if unit := chosen.get("unit"):
        narrowed["units"] = [unit.pk]
    elif not _force_wide(actor):
        reached: list[UUID] = sorted(actor.unit_ids)
        narrowed["units"] = reached
    if course := chosen.get("course"):
        narrowed["course"] = course.pk
    return narrowed


def parts_of(on: date) -> dict[str, str]:
    """A day as the form asks for it in an address."""
    return {"on_day": str(on.day), "on_month": str(on.month), "on_year": str(on.year)}


def _address(request: ActorRequest, state: State) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query["state"] = state.value
    return f"?{query.urlencode()}"
