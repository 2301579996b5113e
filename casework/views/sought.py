"""The room of the page that tells a team who searched for the person of its case."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import clocks
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions.sought import look_into, who_looked
from casework.forms.find import LookedIntoForm
from casework.views.asking import ask, opened


@requires(Permission.CASE_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def sought(request: ActorRequest, reference: str) -> HttpResponse:
    """Who looked and was shown nothing; the team decides, and says so once."""
    case = opened(request, reference, "sought")
    return ask(
        request,
        case,
        name="sought",
        make=LookedIntoForm,
        act=lambda **answers: look_into(case=case, by=request.actor, **answers),
        saved=_("Saved in the history of this case."),
        at=clocks.now(),
        looked=who_looked(case),
    )
