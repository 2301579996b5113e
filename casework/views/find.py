"""The room of the page that finds a case or a person. What is sought is posted, never in the address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.permissions import ActorRequest, Permission, requires
from casework.finding import MOST_SHOWN, found, held_elsewhere, read, why
from casework.forms.find import FindForm


@requires(Permission.PERSON_FIND)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: ActorRequest) -> HttpResponse:
    """Cases in one's reach; elsewhere in the force only whom to ask. What was shown is in the audit trail."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return render(request, "casework/find.html", {"form": form}, status=status)
    sought = read(form.cleaned_data["sought"])
    cases = found(sought, request.actor)
    elsewhere = held_elsewhere(sought)
    audit.searched(
        "case",
        by=request.actor,
        shown=[str(case.pk) for case in cases],
        elsewhere=[str(unit.pk) for unit in elsewhere],
    )
    context = {
        "form": form,
        "searched": True,
        "rows": [(case, why(case, sought)) for case in cases],
        "elsewhere": elsewhere,
        "most_shown": MOST_SHOWN if len(cases) == MOST_SHOWN else 0,
    }
    return render(request, "casework/find.html", context)
