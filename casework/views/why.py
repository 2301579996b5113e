"""The room of the question why somebody opens a case outside their own work, before it opens."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.models import Force
from accounts.permissions import ActorRequest, Permission, requires
from casework.forms.access import WhyForm
from casework.models import Case
from pages.addresses import page_at

OURS = ("why_", "csrfmiddlewaretoken")  # what is not part of what was typed on the page before


class GoOn(HttpResponseRedirect):
    """Back to the address with what was typed, by the same method: nothing is typed twice [RFC 9110 15.4.8]."""

    status_code = 307


def ask_why(request: HttpRequest, case: Any, *, form: WhyForm | None = None) -> HttpResponse:
    """The question, in the place of the page that was asked for, with where to go on and what was typed."""
    answering = form is not None
    context = {
        "form": form or WhyForm(),
        "reference": case.reference,
        "to": request.POST.get("why_to", "") if answering else request.get_full_path(),
        "sends": request.POST.get("why_sends", "") if answering else _sends(request),
        "typed": [
            (name, value)
            for name, values in request.POST.lists()
            if not name.startswith(OURS)
            for value in values
        ],
        "force": Force.objects.get(pk=cast(ActorRequest, request).actor.own_force_id),
    }
    return render(request, "casework/why.html", context, status=400 if answering else 200)


@requires(Permission.CASE_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def why(request: ActorRequest, reference: str) -> HttpResponse:
    """The answer is kept, and they go on to what they had asked for; without one they are asked again."""
    case = Case.objects.get_visible(request.actor, reference=reference)
    if request.method != "POST":
        return redirect("casework:case", case.reference)
    form = WhyForm(request.POST)
    if not form.is_valid():
        return ask_why(request, case, form=form)
    actions.give_reason(
        case=case,
        reason=form.cleaned_data["why_reason"],
        words=form.cleaned_data["why_words"],
        by=request.actor,
    )
    to = request.POST.get("why_to", "")
    if not _is_ours(to):
        return redirect("casework:case", case.reference)
    return GoOn(to) if request.POST.get("why_sends") else redirect(to)


def _sends(request: HttpRequest) -> str:
    return "yes" if request.method == "POST" else ""


def _is_ours(to: str) -> bool:
    """Whether it is the address of a page of this product, and no other's."""
    page = page_at(to)
    return page is not None and page.view_name != "casework:why"
