"""The room of the address to which pages post what is being typed."""

import re
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.permissions import ActorRequest, Permission, requires
from casework.actions.drafts import save_draft
from casework.models import Case

FORM = re.compile(r"[a-z0-9-]{1,60}")
MOST_TYPED = 200_000


def draft_url(form: str, case: Case | None) -> str:
    """Where this form of this case posts its drafts (`data-draft-url`)."""
    query = {"form": form} | ({"case": case.reference} if case else {})
    return f"{reverse('casework:draft')}?{urlencode(query)}"


@requires(Permission.CASE_VIEW)
@require_POST
def draft(request: ActorRequest) -> HttpResponse:
    """What is being typed is kept as it stands, right or wrong; 204."""
    form, reference = request.GET.get("form", ""), request.GET.get("case", "")
    if not FORM.fullmatch(form):
        return HttpResponseBadRequest()
    if sum(len(value) for values in dict(request.POST.lists()).values() for value in values) > (
        MOST_TYPED
    ):
        return HttpResponse(status=413)
    case = Case.objects.get_visible(request.actor, reference=reference) if reference else None
    save_draft(form=form, case=case, typed=request.POST.lists(), by=request.actor)
    return HttpResponse(status=204)
