"""The room of the page that finds a case or a person. What is sought is posted, never in the address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.permissions import ActorRequest, Permission, requires
from casework import finding
from casework.forms.find import FindForm


@requires(Permission.PERSON_FIND)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: ActorRequest) -> HttpResponse:
    """Cases in one's reach; elsewhere in the force only whom to ask. What was shown is in the audit trail."""
    form = FindForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "operations": request.actor.can(Permission.OPERATION_VIEW)}
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return render(request, "casework/find.html", context, status=status)
    sought = finding.read(form.cleaned_data["sought"])
    finding.note(sought)
    found = finding.find(sought, request.actor)
    audit.searched(
        "case",
        by=request.actor,
        shown=[str(case.pk) for case, _why in found.rows],
        elsewhere=[str(unit.pk) for unit in found.teams],
    )
    return render(request, "casework/find.html", context | {"searched": True, "found": found})
