"""The room of the pages about hours of learning: one's own, and those of one's people."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts import audit
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from training import actions
from training.forms import HoursForm, LearningForm
from training.hours import hours_of, learned, year_to
from training.models import Learning, TrainingRecord
from training.views.register import asked_of, parts_of, units_of

PAGE_SIZE = 50


@requires(Permission.TRAINING_OWN)
@require_safe
def own(request: ActorRequest) -> HttpResponse:
    """What one learned in the last twelve months, and how many hours it took."""
    actor, year = request.actor, year_to(clocks.today())
    records = TrainingRecord.objects.visible_to(actor).filter(user=actor.person_id)
    learning = Learning.objects.visible_to(actor).filter(user=actor.person_id)
    rows = learned(
        records.select_related("course", "verified_by"), learning.select_related("seen_by"), year
    )
    audit.record("training.viewed", by=actor, user=str(actor.person_id))
    context = {
        "rows": rows,
        "year": year,
        "total": sum(row.hours for row in rows if row.hours),
        "unknown": sum(row.hours is None for row in rows),
    }
    return render(request, "training/hours.html", context)


@requires(Permission.TRAINING_OWN)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Something that one learned without a course."""
    form, status = LearningForm(request.POST or None), 200
    if form.is_bound:
        status = 400
        if form.is_valid():
            try:
                actions.add_learning(by=request.actor, **form.cleaned_data)
            except Conflict as conflict:
                form.add_error(None, [conflict.sentence])
                status = 409
            else:
                messages.success(request, _("Added. It counts now; somebody else looks at it."))
                return redirect("training:hours")
    return render(request, "training/learning_new.html", {"form": form}, status=status)


@requires(Permission.TRAINING_OWN)
@require_POST
def take_back(request: ActorRequest, pk: UUID) -> HttpResponse:
    """It counts no longer."""
    learning = Learning.objects.get_visible(request.actor, pk=pk)
    try:
        actions.take_back(by=request.actor, learning=learning)
    except Conflict as conflict:
        messages.error(request, conflict.sentence)
    else:
        messages.success(request, _("Taken back. It does not count."))
    return redirect("training:hours")


@requires(Permission.TRAINING_TEAM)
@require_safe
def team(request: ActorRequest) -> HttpResponse:
    """Everybody's hours in the twelve months to a day, the fewest first."""
    units = units_of(request.actor)
    form = HoursForm(request.GET, units=units)
    form.is_valid()  # what could not be read is said, and narrows nothing
    year = year_to(form.day)
    rows = hours_of(year, **asked_of(request.actor, units, form.cleaned_data))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    unit = form.cleaned_data.get("unit")
    codes = {"unit": str(unit.pk)} if unit else {}
    codes |= parts_of(form.day) if form.day != clocks.today() else {}
    audit.searched("training", by=request.actor, shown=[str(row.user_id) for row in page], **codes)
    context = {
        "form": form,
        "page": page,
        "year": year,
        "people": len(rows),
        "without": sum(not row.total for row in rows),
        "asked": urlencode(codes),
    }
    return render(request, "training/hours_team.html", context, status=400 if form.errors else 200)


@requires(Permission.TRAINING_VERIFY)
@require_POST
def see(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The viewer has looked at what somebody says that they learned."""
    learning = Learning.objects.get_visible(request.actor, pk=pk)
    try:
        actions.see_learning(by=request.actor, learning=learning)
    except Conflict as conflict:
        messages.error(request, conflict.sentence)
    else:
        messages.success(request, _("Seen."))
    return redirect("training:waiting")
