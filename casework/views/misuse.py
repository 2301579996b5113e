"""The room of the auditor's workbench: what fits a pattern of misuse, and what came of looking into it."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import misuse as acting
from casework.forms.misuse import MisuseForm
from casework.models import MisuseHit, MisuseSearch
from clocks import LONDON

A_PAGE = 50


@requires(Permission.AUDIT_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def hits(request: ActorRequest) -> HttpResponse:
    """What the trail of one's force shows that fits a pattern: what is open first; the button searches it now."""
    if request.method == "POST":
        acting.ask(by=request.actor)
        messages.success(request, _("The trail is searched within a minute. Look again then."))
        return redirect("casework:misuse")
    rows = MisuseHit.objects.select_related("person__unit")  # row-level security leaves one's force
    order = (F("closed_at").asc(nulls_first=True), "-last_at", "pk")
    page = Paginator(rows.order_by(*order), A_PAGE).get_page(request.GET.get("page"))
    audit.searched("misuse", by=request.actor, shown=[str(row.pk) for row in page.object_list])
    context = {"page": page, "waiting": MisuseSearch.objects.filter(done_at=None).exists()}
    return render(request, "casework/misuse.html", context)


@requires(Permission.AUDIT_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def hit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One hit, with the way to the trail behind it; somebody other than the person closes it with a finding."""
    row = get_object_or_404(MisuseHit.objects.select_related("person__unit", "closed_by"), pk=pk)
    audit.viewed(row, by=request.actor)
    form, status = MisuseForm(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                acting.close(hit=row, by=request.actor, **form.cleaned_data)
            except Conflict as clash:
                form.add_error(None, clash.sentence)
                status = 409
            else:
                messages.success(request, _("Saved. What you found is on record."))
                return redirect("casework:misuse")
    asked = {"person": str(row.person_id), "from": _day(row.first_at), "to": _day(row.last_at)}
    if row.record:
        asked["record"] = str(row.record)
    context = {
        "row": row,
        "form": form,
        "yours": row.person_id == request.actor.id,
        "trail": f"{reverse('accounts:audit')}?{urlencode(asked)}",
    }
    return render(request, "casework/misuse_hit.html", context, status=status)


def _day(moment: datetime) -> str:
    return moment.astimezone(LONDON).date().isoformat()
