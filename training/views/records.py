"""The room of the pages on which a completion is recorded, and those waiting are verified."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from training import actions
from training.forms import RecordForm
from training.models import Learning, TrainingRecord

PAGE_SIZE = 50


@requires(Permission.TRAINING_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: ActorRequest) -> HttpResponse:
    """An officer completed a course."""
    form = RecordForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            actions.record_training(by=request.actor, user=told.pop("officer"), **told)
        except Conflict as conflict:
            form.add_error("completed_on", conflict.sentence)
        else:
            messages.success(request, _("Recorded. Somebody else must verify it."))
            return redirect("training:register")
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "training/record.html", {"form": form}, status=status)


@requires(Permission.TRAINING_VERIFY)
@require_safe
def waiting(request: ActorRequest) -> HttpResponse:
    """Records whose proof nobody has seen, and what people learned beside courses, the oldest first."""
    rows = (
        TrainingRecord.objects.visible_to(request.actor).unverified().filter(user__is_active=True)
    )
    standing = Q(proofs__pk__isnull=False, proofs__taken_out_at=None)
    rows = rows.select_related("user", "course", "recorded_by").order_by("recorded_at", "pk")
    rows = rows.annotate(proven=Count("proofs", filter=standing))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    learning = Learning.objects.visible_to(request.actor).unseen().filter(user__is_active=True)
    learned = list(learning.select_related("user").order_by("recorded_at", "pk")[: PAGE_SIZE + 1])
    shown = [str(row.user_id) for row in page]
    shown += [str(row.user_id) for row in learned[:PAGE_SIZE]]
    audit.searched("training", by=request.actor, shown=shown)
    context = {
        "page": page,
        "learned": learned[:PAGE_SIZE],
        "more_learned": len(learned) > PAGE_SIZE,
        "me": request.actor.id,
    }
    return render(request, "training/waiting.html", context)


@requires(Permission.TRAINING_VERIFY)
@require_POST
def verify(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The viewer has seen the proof."""
    row = TrainingRecord.objects.get_visible(request.actor, pk=pk)
    actions.verify_record(by=request.actor, record=row)
    messages.success(request, _("Verified."))
    return redirect("training:waiting")
