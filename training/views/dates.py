"""The room of the pages about when courses are held, and who has a place."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from training import actions
from training.forms import AttendedForm, DateForm, OfficerForm, PlacesForm
from training.models import Booking, CourseDate
from training.standing import standings

PAGE_SIZE = 50
form_page = require_http_methods(["GET", "HEAD", "POST"])


@requires(Permission.TRAINING_OWN)
@require_safe
def dates(request: ActorRequest) -> HttpResponse:
    """What is held from today on, with the places that are left; for whoever marks it, what is over first."""
    actor, today = request.actor, clocks.today()
    rows = _dates(actor).filter(called_off_at=None, ends_on__gte=today)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    person = actor.person_id
    needed = {each.course: each.state for each in standings(today, users=[person]) if each.required}
    mine = set(_own(actor).standing().values_list("date", flat=True))
    unmarked = _dates(actor).filter(unmarked__gt=0, ends_on__lt=today).order_by("ends_on", "pk")
    context = {
        "page": page,
        "rows": [(held, held.pk in mine, needed.get(held.course_id)) for held in page],
        "lost": list(_own(actor).filter(lost=True, known_at=None).select_related("date__course")),
        "over": unmarked[:PAGE_SIZE] if actor.can(Permission.TRAINING_RECORD) else [],
        "others": actor.can(Permission.TRAINING_TEAM),
        "may_add": actor.can(Permission.TRAINING_COURSES),
    }
    return render(request, "training/dates.html", context)


@requires(Permission.TRAINING_COURSES)
@form_page
def date_new(request: ActorRequest) -> HttpResponse:
    """A course is held on a day to come."""
    form = DateForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        held = actions.add_date(by=request.actor, **form.cleaned_data)
        messages.success(request, _("Added. Officers can take a place now."))
        return redirect("training:date", held.pk)
    return _ask(request, "training/date_new.html", form)


@requires(Permission.TRAINING_OWN)
@form_page
def date(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One date: whoever has a place, as far as the viewer sees their training; and a place more."""
    actor, held = request.actor, _found(request, pk)
    rows = Booking.objects.visible_to(actor).standing().filter(date=held).select_related("user")
    places = list(rows.order_by("user__name", "pk"))
    form = OfficerForm(request.POST or None, actor=actor)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.book(by=actor, held=held, user=form.cleaned_data["officer"])
            except Conflict as clash:
                form.add_error(None, [clash.sentence])
                status = 409
            else:
                messages.success(request, _("A place is taken."))
                return redirect("training:date", held.pk)
    audit.record("course-date.viewed", by=actor, of=held, people=[str(p.user_id) for p in places])
    context = {
        "held": held,
        "form": form,
        "places": places,
        "mine": next((each for each in places if each.user_id == actor.id), None),
        "others": actor.can(Permission.TRAINING_TEAM),
        "is_open": held.called_off_at is None and held.begins_on >= clocks.today(),
        "is_over": held.called_off_at is None and held.ends_on <= clocks.today(),
        "may_change": actor.can(Permission.TRAINING_COURSES),
        "may_mark": actor.can(Permission.TRAINING_RECORD),
    }
    return render(request, "training/date.html", context, status=status)


@requires(Permission.TRAINING_COURSES)
@form_page
def change(request: ActorRequest, pk: UUID) -> HttpResponse:
    """It is held elsewhere, or for more or fewer."""
    held = _found(request, pk)
    initial = {"where": held.where, "places": held.places}
    form = PlacesForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.change_date(by=request.actor, held=held, **form.cleaned_data)
        except Conflict as clash:
            form.add_error("places", clash.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("training:date", held.pk)
    return _ask(request, "training/date_change.html", form, held=held)


@requires(Permission.TRAINING_COURSES)
@form_page
def call_off(request: ActorRequest, pk: UUID) -> HttpResponse:
    """It is not held after all; asked once more before everybody loses their place."""
    held = _found(request, pk)
    if request.method != "POST":
        return render(request, "training/date_call_off.html", {"held": held})
    try:
        actions.call_off(by=request.actor, held=held)
    except Conflict as clash:
        messages.error(request, clash.sentence)
    else:
        messages.success(request, _("Called off. Whoever had a place is told."))
    return redirect("training:date", held.pk)


@requires(Permission.TRAINING_RECORD)
@form_page
def attended(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who came: for them the course is recorded, and waits for somebody else to verify it."""
    held = _found(request, pk)
    rows = Booking.objects.visible_to(request.actor).standing().filter(date=held, attended=None)
    form = AttendedForm(
        request.POST if request.method == "POST" else None,
        bookings=rows.select_related("user").order_by("user__name", "pk"),
    )
    if form.is_valid():
        try:
            actions.mark(by=request.actor, held=held, attended=form.cleaned_data["attended"])
        except Conflict as clash:
            form.add_error(None, clash.sentence)
        else:
            messages.success(request, _("Saved. Somebody else must verify who completed it."))
            return redirect("training:date", held.pk)
    return _ask(request, "training/date_attended.html", form, held=held)


@requires(Permission.TRAINING_OWN)
@require_POST
def give_back(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The place is free again."""
    booking = Booking.objects.get_visible(request.actor, pk=pk)
    try:
        actions.give_back(by=request.actor, booking=booking)
    except Conflict as clash:
        messages.error(request, clash.sentence)
    else:
        messages.success(request, _("The place is free for somebody else."))
    return redirect("training:date", booking.date_id)


@requires(Permission.TRAINING_OWN)
@require_POST
def know(request: ActorRequest, pk: UUID) -> HttpResponse:
    """They have read that it is called off."""
    booking = Booking.objects.get_visible(request.actor, pk=pk)
    actions.know(by=request.actor, booking=booking)
    return redirect("training:dates")


def _dates(actor: Actor) -> QuerySet[Any]:
    """The force's dates with how many places are taken, and how many people nobody has marked."""
    standing = Q(bookings__ended_at=None, bookings__pk__isnull=False)
    return (
        CourseDate.objects.filter(force=actor.own_force_id)
        .select_related("course")
        .annotate(
            taken=Count("bookings", filter=standing),
            left=F("places") - F("taken"),
            unmarked=Count("bookings", filter=standing & Q(bookings__attended=None)),
        )
        .order_by("begins_on", "course__name", "pk")
    )


def _own(actor: Actor) -> Any:
    return Booking.objects.visible_to(actor).filter(user=actor.person_id)


def _found(request: ActorRequest, pk: UUID) -> CourseDate:
    held: CourseDate = get_object_or_404(_dates(request.actor), pk=pk)
    return held


def _ask(request: ActorRequest, template: str, form: Any, **context: object) -> HttpResponse:
    status = 400 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)
