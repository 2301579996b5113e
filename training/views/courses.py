"""The room of the pages about courses and who must have which."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, Role, requires
from training import actions
from training.forms import AskForm, CourseForm, TakeForm
from training.models import Course, Equivalent, Purpose, Requirement


@requires(Permission.TRAINING_COURSES)
@require_safe
def courses(request: ActorRequest) -> HttpResponse:
    """Every course, who must have it, who says so and whether that is law."""
    asked = Requirement.objects.of_force(request.actor.force_id).order_by("role", "purpose", "pk")
    rows = Course.objects.of_force(request.actor.force_id)
    taken = Equivalent.objects.filter(force=request.actor.own_force_id).select_related("counts_for")
    rows = rows.prefetch_related(
        Prefetch("requirements", asked, to_attr="asked"),
        Prefetch("equivalents", taken, to_attr="taken"),
    )
    return render(request, "training/courses.html", {"courses": rows})


@requires(Permission.TRAINING_COURSES)
@require_http_methods(["GET", "HEAD", "POST"])
def course_new(request: ActorRequest) -> HttpResponse:
    """A course of the force's own."""
    form = CourseForm(request.POST or None)
    if form.is_valid():
        try:
            course = actions.add_course(by=request.actor, **form.cleaned_data)
        except Conflict as conflict:
            form.add_error("name", conflict.sentence)
        else:
            messages.success(request, _("Added. Now say who must have it."))
            return redirect("training:ask", course.pk)
    return _ask(request, "training/course_new.html", form)


@requires(Permission.TRAINING_COURSES)
@require_http_methods(["GET", "HEAD", "POST"])
def course(request: ActorRequest, slug: str) -> HttpResponse:
    """A course of the force's own changes."""
    found = get_object_or_404(Course, pk=slug, force_id=request.actor.force_id)
    form = CourseForm(request.POST or None, instance=found)
    if form.is_valid():
        actions.change_course(by=request.actor, course=found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("training:courses")
    return _ask(request, "training/course.html", form)


@requires(Permission.TRAINING_COURSES)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActorRequest, slug: str) -> HttpResponse:
    """The force asks a course of a role."""
    found = get_object_or_404(Course.objects.of_force(request.actor.force_id), pk=slug)
    form = AskForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.ask_of(
                by=request.actor,
                course=found,
                role=Role(told["role"]),
                purpose=Purpose(told["purpose"]),
                blocks=told["blocks"],
            )
        except Conflict as conflict:
            form.add_error("blocks", conflict.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("training:courses")
    return _ask(request, "training/ask.html", form, course=found)


@requires(Permission.TRAINING_COURSES)
@require_http_methods(["GET", "HEAD", "POST"])
def counts_for(request: ActorRequest, slug: str) -> HttpResponse:
    """The force takes the course for another."""
    found = get_object_or_404(Course.objects.of_force(request.actor.force_id), pk=slug)
    form = TakeForm(request.POST or None, course=found, actor=request.actor)
    if form.is_valid():
        actions.take_for(by=request.actor, course=found, **form.cleaned_data)
        messages.success(request, _("Saved. It counts from now on."))
        return redirect("training:courses")
    return _ask(request, "training/counts_for.html", form, course=found)


@requires(Permission.TRAINING_COURSES)
@require_POST
def no_longer(request: ActorRequest, pk: int) -> HttpResponse:
    """The force no longer takes it for the other."""
    found = get_object_or_404(Equivalent, pk=pk, force_id=request.actor.force_id)
    actions.no_longer_take(by=request.actor, equivalent=found)
    messages.success(request, _("Your force no longer takes it for that course."))
    return redirect("training:courses")


@requires(Permission.TRAINING_COURSES)
@require_POST
def stop(request: ActorRequest, pk: int) -> HttpResponse:
    """The force no longer asks for it."""
    found = get_object_or_404(Requirement, pk=pk, force_id=request.actor.force_id)
    actions.stop_asking(by=request.actor, requirement=found)
    messages.success(request, _("Your force no longer asks for this."))
    return redirect("training:courses")


def _ask(
    request: ActorRequest, template: str, form: CourseForm | AskForm | TakeForm, **context: object
) -> HttpResponse:
    status = 400 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)
