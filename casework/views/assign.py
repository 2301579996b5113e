"""The room of the pages that give a case an owner, and on which overrides are reviewed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts import audit
from accounts.errors import Conflict
from accounts.models import User
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import allocation as allocating
from casework.actions import interviews as interviewing
from casework.forms.assign import AssignForm
from casework.models import Allocation, Case
from casework.proposals import Considered, Proposed, consider, kept_from, propose


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
    except allocating.ReasonNeeded as needed:
        form.add_error("override_reason", f"{needed.sentence} {'; '.join(needed.fields)}.")
        return _show(request, case, form, after, status=409)
    except Conflict as clash:
        form.add_error(None, [clash.sentence, *clash.fields])
        return _show(request, case, form, after, status=409)
    messages.success(request, _("Case %s has an owner.") % case.reference)
    return redirect(after)


@requires(Permission.OVERRIDE_REVIEW)
@require_safe
def overrides(request: ActorRequest) -> HttpResponse:
    """Cases given, and interviews held, in spite of missing training, that nobody has reviewed."""
    rows = allocating.unreviewed(by=request.actor)
    interviews = interviewing.unreviewed(by=request.actor)
    shown = [str(row.pk) for row in (*rows, *interviews)]
    audit.searched("override", by=request.actor, shown=shown)
    return render(
        request,
        "casework/overrides.html",
        {
            "rows": [(row, allocating.lacked(row)) for row in rows],
            "interviews": interviews,
            "me": request.actor.id,
        },
    )


@requires(Permission.OVERRIDE_REVIEW)
@require_POST
def review(request: ActorRequest, allocation: UUID) -> HttpResponse:
    """A lead has read the reason."""
    row = Allocation.objects.get_visible(request.actor, pk=allocation)
    allocating.review_override(allocation=row, by=request.actor)
    messages.success(request, _("Reviewed."))
    return redirect("casework:overrides")


class _Asked(AssignForm):
    """The form with what was considered for it."""

    considered: Considered


def _form(request: ActorRequest, case: Case) -> _Asked:
    considered = consider(case, by=request.actor, at=clocks.now())
    proposed = propose(considered)
    people = User.objects.in_bulk([each.person["id"] for each in proposed])
    form = _Asked(
        request.POST if request.method == "POST" else None,
        people=[people[UUID(each.person["id"])] for each in proposed],
        lacking={UUID(each.person["id"]): _hint(each) for each in proposed},
        needs_reason=any(not each.is_proposed for each in proposed),
        initial={"owner": str(case.owner_id or "")},
    )
    form.considered = considered
    return form


def _hint(proposed: Proposed) -> str:
    """Why they stand where they do, and what they lack."""
    place = _("Proposed, place %d") if proposed.is_proposed else _("Not proposed, place %d")
    lacks = allocating.warning(proposed.person["lacking"])
    return ". ".join(part for part in (place % proposed.place, proposed.why(), lacks) if part) + "."


def _show(
    request: ActorRequest, case: Case, form: _Asked, after: str, *, status: int
) -> HttpResponse:
    audit.viewed(case, by=request.actor, page="assign")
    last = case.allocations.select_related("owner", "by").filter(ended_at=None).first()
    context = {
        "case": case,
        "form": form,
        "after": after,
        "kept_from": [(person["name"], why) for person, why in kept_from(form.considered)],
        "version": form.considered["version"],
        "last": last,
        "last_order": propose(last.considered) if last and last.considered else [],
    }
    return render(request, "casework/assign.html", context, status=status)


def _after(request: ActorRequest, case: Case) -> str:
    asked = request.POST.get("next") or request.GET.get("next", "")
    # A path of ours, whole: any other word would be looked up as the name of a page.
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("casework:case", args=[case.reference])
