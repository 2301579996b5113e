"""The room of the pages that give a case an owner, and on which overrides are reviewed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import allocation as allocating
from casework.forms.assign import AssignForm
from casework.models import Allocation, Case


@requires(Permission.CASE_ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: ActorRequest, reference: str) -> HttpResponse:
    """Choose an owner; the queue posts here too, with `next` as the way back."""
    cases = Case.objects.select_related("victim", "scope__unit", "owner")
    case = cases.get_visible(request.actor, reference=reference)
    form = _form(request, case)
    after = _after(request, case)
    if request.method != "POST" or not form.is_valid():
        return _show(request, case, form, after, status=400 if form.is_bound else 200)
    owner, reason = form.cleaned_data["owner"], form.cleaned_data["override_reason"]
    try:
        allocating.assign(case=case, owner=owner, override_reason=reason, by=request.actor)
    except allocating.OverrideNeeded as needed:
        form.add_error("override_reason", f"{needed.sentence} {'; '.join(needed.fields)}.")
        return _show(request, case, form, after, status=409)
    messages.success(request, _("Case %s has an owner.") % case.reference)
    return redirect(after)


@requires(Permission.OVERRIDE_REVIEW)
@require_safe
def overrides(request: ActorRequest) -> HttpResponse:
    """Allocations made in spite of missing training that nobody has reviewed."""
    rows = allocating.unreviewed(by=request.actor)
    audit.searched("override", by=request.actor, shown=[str(row.pk) for row in rows])
    return render(
        request,
        "casework/overrides.html",
        {"rows": [(row, allocating.lacked(row)) for row in rows], "me": request.actor.id},
    )


@requires(Permission.OVERRIDE_REVIEW)
@require_POST
def review(request: ActorRequest, allocation: UUID) -> HttpResponse:
    """A lead has read the reason."""
    row = Allocation.objects.get_visible(request.actor, pk=allocation)
    allocating.review_override(allocation=row, by=request.actor)
    messages.success(request, _("Reviewed."))
    return redirect("casework:overrides")


def _form(request: ActorRequest, case: Case) -> AssignForm:
    people = allocating.candidates(case)
    found = allocating.lacking_of(people)
    return AssignForm(
        request.POST if request.method == "POST" else None,
        people=people,
        lacking={person: allocating.warning(lacks) for person, lacks in found.items()},
        needs_reason=any(each.blocks for lacks in found.values() for each in lacks),
        initial={"owner": str(case.owner_id or "")},
    )


def _show(
    request: ActorRequest, case: Case, form: AssignForm, after: str, *, status: int
) -> HttpResponse:
    audit.viewed(case, by=request.actor, page="assign")
    context = {"case": case, "form": form, "after": after}
    return render(request, "casework/assign.html", context, status=status)


def _after(request: ActorRequest, case: Case) -> str:
    asked = request.POST.get("next") or request.GET.get("next", "")
    if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("casework:case", args=[case.reference])
