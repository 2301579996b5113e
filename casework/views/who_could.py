"""The room of the page on which a supervisor sees who could take something on, tonight or on a day to come."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import clocks
from accounts import audit
from accounts.permissions import ActorRequest, Permission, requires
from casework.forms.who_could import WhoCouldForm
from casework.who_could import Part, able, crew
from pages.due import on_the_wall

LISTED = 50  # of whom could do each part; the register has the others


@requires(Permission.TRAINING_TEAM)
@require_safe
def who_could(request: ActorRequest) -> HttpResponse:
    """Whether those on duty then could lead it and interview everybody; else who is lacking, and whom to call in."""
    form = WhoCouldForm(request.GET)
    if not form.is_valid():
        return render(request, "casework/who_could.html", {"form": form}, status=400)
    asked, force = form.cleaned_data, request.actor.own_force_id
    moment = asked["moment"]
    near = sorted(request.actor.unit_ids)
    people = able(force, moment, near=near, language=asked["language"])
    numbers = {name: asked[name] for name in ("adults", "children")}
    on_duty = crew([each for each in people if each.on_duty], **numbers)
    called = None
    if not on_duty.is_whole:
        called = crew([each for each in people if each.present], **numbers)
    by_part = [(part, [each for each in people if part in each.parts]) for part in Part]
    shown = [(part, len(those), those[:LISTED]) for part, those in by_part]
    seen = {str(each.id) for _part, _size, those in shown for each in those}
    audit.searched("training", by=request.actor, shown=sorted(seen), **numbers)
    context = {
        "form": form,
        "when": on_the_wall(moment, clocks.now()),
        "spoken": asked["language"],
        "on_duty": on_duty,
        "called": called,
        "shown": shown,
        "may_ask": request.actor.can(Permission.ADVICE_ASK),
        **numbers,
    }
    return render(request, "casework/who_could.html", context)
