"""The room of the pages for emergency access: asking for it, ending it, reading of it, reviewing it."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts import audit
from accounts.confirm import confirmed
from accounts.errors import Conflict
from accounts.models import AuditEvent
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import emergency as opening
from casework.forms.access import BreakGlassForm, EmergencyReviewForm
from casework.models import Case, EmergencyAccess
from casework.references import as_reference
from casework.views.asking import opened
from pages.due import london_time

A_PAGE = 50
SHOWN = 50
KEPT_ON_THE_LIST = timedelta(days=90)


@requires(Permission.CASE_BREAK_GLASS)
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def break_glass(request: ActorRequest, reference: str) -> HttpResponse:
    """A question, the same for every reference: whether there is such a case is not said before it is answered."""
    reference = as_reference(reference)
    if Case.objects.visible_to(request.actor).filter(reference=reference).exists():
        return redirect("casework:case", reference)
    form, status = BreakGlassForm(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            access = opening.break_glass(reference=reference, by=request.actor, **form.cleaned_data)
            if access is not None:
                until = london_time(access.ends_at)
                messages.success(request, _("This case is open to you until %s.") % until)
                return redirect("casework:case", reference)
            form.add_error(None, _("No case with this reference can be opened by you."))
            status = 409
    context = {"form": form, "reference": reference}
    return render(request, "casework/break_glass.html", context, status=status)


@requires(Permission.CASE_BREAK_GLASS)
@require_POST
def emergency_end(request: ActorRequest, reference: str) -> HttpResponse:
    """Whoever opened it has finished, or a supervisor ends it: it is closed to them at once."""
    case = opened(request, reference, "emergency-end")
    rows = EmergencyAccess.objects.visible_to(request.actor).running(clocks.now())
    mine = rows.filter(case=case)
    if not request.actor.can(Permission.CASE_ASSIGN) or case.scope_id in request.actor.opened:
        mine = mine.filter(by=request.actor.id)
    ended = [opening.end_early(access=access, by=request.actor) for access in mine]
    if case.scope_id in request.actor.opened:
        messages.success(request, _("Case %s is closed to you again.") % case.reference)
        return redirect("/")
    if ended:
        messages.success(request, _("Emergency access to this case is ended."))
    return redirect("casework:emergencies-of-case", case.reference)


@requires(Permission.CASE_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: ActorRequest, reference: str) -> HttpResponse:
    """Who opened this case in an emergency, for its team; they say that they have read it."""
    case = opened(request, reference, "emergencies")
    rows = EmergencyAccess.objects.visible_to(request.actor).filter(case=case)
    unread = rows.filter(read_at=None).exclude(by=request.actor.id)
    if request.method == "POST":
        for access in unread:
            opening.note_read(access=access, by=request.actor)
        messages.success(request, _("Saved. You have read who opened this case."))
        return redirect("casework:case", case.reference)
    context = {
        "case": case,
        "at": clocks.now(),
        "rows": rows.select_related("by__unit", "read_by", "reviewed_by"),
        "unread": unread.exists() and case.scope_id not in request.actor.opened,
        "may_end": request.actor.can(Permission.CASE_ASSIGN)
        and case.scope_id not in request.actor.opened,
    }
    return render(request, "casework/emergencies_of_case.html", context)


@requires(Permission.EMERGENCY_REVIEW)
@require_safe
def emergencies(request: ActorRequest) -> HttpResponse:
    """Every emergency access in one's reach: those to review first, then those of the last 90 days."""
    since = clocks.now() - KEPT_ON_THE_LIST
    rows = EmergencyAccess.objects.visible_to(request.actor)
    wanted = rows.filter(reviewed_at=None) | rows.filter(at__gt=since)
    wanted = wanted.select_related("by__unit", "reviewed_by")
    order = (F("reviewed_at").asc(nulls_first=True), "at", "pk")
    page = Paginator(wanted.order_by(*order), A_PAGE).get_page(request.GET.get("page"))
    audit.searched("emergency", by=request.actor, shown=[str(row.pk) for row in page.object_list])
    return render(request, "casework/emergencies.html", {"page": page, "at": clocks.now()})


@requires(Permission.EMERGENCY_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One emergency access, with what was looked at by it; somebody else judges whether it was needed."""
    rows = EmergencyAccess.objects.select_related("by__unit", "reviewed_by", "read_by")
    access = rows.get_visible(request.actor, pk=pk)
    audit.viewed(access, by=request.actor)
    form, status = EmergencyReviewForm(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                opening.review(access=access, by=request.actor, **form.cleaned_data)
            except Conflict as clash:
                form.add_error(None, clash.sentence)
                status = 409
            else:
                messages.success(request, _("Saved. The review is on record."))
                return redirect("casework:emergencies")
    events = AuditEvent.objects.filter(
        scope_id=access.scope_id, actor_id=access.by_id, at__gte=access.at, at__lte=access.over_at
    ).exclude(verb__startswith="row.")
    context = {
        "access": access,
        "form": form,
        "at": clocks.now(),
        "yours": access.by_id == request.actor.id,
        "events": events.order_by("at", "pk")[:SHOWN],
    }
    return render(request, "casework/emergency.html", context, status=status)
