"""The room of the pages on which a closed case is kept, held or disposed of, and of the certificates that stay."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts import audit
from accounts.confirm import confirmed
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import retention as act
from casework.forms.retention import DisposalForm, HoldForm, RetentionForm
from casework.gates import may_dispose
from casework.models import CaseStatus, DisposalCertificate, RetentionDecision, RetentionGroup
from casework.views.asking import opened

PAGE_SIZE = 50


@requires(Permission.RETENTION_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def retention(request: ActorRequest, reference: str) -> HttpResponse:
    """How long a case is kept and why; what holds it; the review, and a second person's decision."""
    case = opened(request, reference, "retention")
    asked = request.POST.get("act", "") if request.method == "POST" else ""
    data = {name: request.POST if asked == name else None for name in ("hold", "review", "decide")}
    group = act.group_of(case)
    hold = HoldForm(data["hold"])
    review = RetentionForm(data["review"], initial={"group": group})
    decide = DisposalForm(data["decide"])
    form = {"hold": hold, "review": review, "decide": decide}.get(asked)
    status = 400 if request.method == "POST" else 200
    if form is not None and form.is_valid():
        try:
            return _done(request, case, asked, form.cleaned_data)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
            status = 409
    now = clocks.now()
    reviews = list(case.retention_reviews.select_related("by", "decided_by"))
    waiting = next(
        (
            each
            for each in reviews
            if each.decision == RetentionDecision.DISPOSE and each.decided_at is None
        ),
        None,
    )
    context = {
        "case": case,
        "form": form or review,
        "hold": hold,
        "review": review,
        "decide": decide,
        "group": RetentionGroup(group).label,
        "holds": case.legal_holds.filter(ended_at=None).select_related("by"),
        "reviews": reviews,
        "waiting": waiting,
        "own": waiting is not None and waiting.by_id == request.actor.id,
        "closed": case.status == CaseStatus.CLOSED,
        "obstacles": may_dispose.obstacles(case, now),
    }
    return render(request, "casework/retention.html", context, status=status)


def _done(request: ActorRequest, case: Any, asked: str, answers: dict[str, Any]) -> HttpResponse:
    if asked == "hold":
        act.hold(case=case, by=request.actor, **answers)
    elif asked == "review":
        act.review_retention(case=case, by=request.actor, **answers)
    else:
        agreed = answers["agreed"] == "yes"
        made = act.decide_disposal(case=case, agreed=agreed, note=answers["note"], by=request.actor)
        if made is not None:
            messages.success(request, _("Disposed of. This certificate stays."))
            return redirect("casework:certificate", made.pk)
    messages.success(request, _("Saved."))
    return redirect("casework:retention", case.reference)


@requires(Permission.RETENTION_REVIEW)
@require_POST
@confirmed
def hold_ended(request: ActorRequest, reference: str, hold: UUID) -> HttpResponse:
    """A hold holds nothing any more."""
    case = opened(request, reference, "retention")
    try:
        act.end_hold(case=case, hold_id=hold, by=request.actor)
    except Conflict as conflict:
        messages.error(request, conflict.sentence)
    else:
        messages.success(request, _("The hold is ended."))
    return redirect("casework:retention", reference)


@requires(Permission.CERTIFICATE_VIEW)
@require_safe
def certificates(request: ActorRequest) -> HttpResponse:
    """What was disposed of, newest first."""
    rows = DisposalCertificate.objects.filter(force_id=request.actor.own_force_id)
    page = Paginator(rows.select_related("unit", "proposed_by", "decided_by"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    audit.searched("certificate", by=request.actor, shown=[str(row.pk) for row in page])
    return render(request, "casework/certificates.html", {"page": page})


@requires(Permission.CERTIFICATE_VIEW)
@require_safe
def certificate(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What was disposed of, of which kinds how much, and by whom."""
    rows = DisposalCertificate.objects.select_related("unit", "proposed_by", "decided_by")
    found = get_object_or_404(rows, pk=pk, force_id=request.actor.own_force_id)
    audit.viewed(found, by=request.actor)
    kinds = [
        (kind, count, ", ".join(found.hashes[kind])) for kind, count in sorted(found.counts.items())
    ]
    return render(request, "casework/certificate.html", {"certificate": found, "kinds": kinds})
