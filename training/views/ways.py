"""The room of the page of the way of a role: which courses, in which order, and how far one is."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import clocks
from accounts import audit
from accounts.permissions import AGENCY_ROLES, ActorRequest, Permission, Role, requires
from training.models import Purpose, Requirement
from training.standing import Standing, State, standings


@requires(Permission.TRAINING_OWN)
@require_safe
def way(request: ActorRequest) -> HttpResponse:
    """The steps of one's roles, or of one that is asked for, with where one stands on each."""
    roles = [role for role in Role if role not in AGENCY_ROLES]
    own = [role for role in roles if role in request.actor.roles]
    asked = [role for role in roles if role.value == request.GET.get("role")]
    mine = {
        each.course: each for each in standings(clocks.today(), users=[request.actor.person_id])
    }
    rows = Requirement.objects.of_force(request.actor.own_force_id).select_related("course")
    rows = rows.filter(role__in=asked or own).order_by("role", "step", "course__name", "pk")
    audit.record("training.viewed", by=request.actor, user=str(request.actor.id))
    context = {
        "ways": [
            (Role(role), _steps(list(of_role), mine))
            for role, of_role in groupby(rows, key=lambda each: each.role)
        ],
        "roles": roles,
        "asked": asked[0] if asked else "",
        "at": clocks.today(),
    }
    return render(request, "training/way.html", context)


def _steps(asked: list[Requirement], mine: dict[str, Standing]) -> list[dict[str, Any]]:
    """Each course once, in order: everything it is asked for, who says so, and one's own standing."""
    steps: dict[str, dict[str, Any]] = {}
    for each in asked:
        line = mine.get(each.course_id)
        step = steps.setdefault(
            each.course_id,
            {
                "course": each.course,
                "asked": [],
                "advised": True,
                "line": line,
                "state": line.state if line else State.MISSING,
            },
        )
        step["asked"].append(each)
        step["advised"] = step["advised"] and each.purpose == Purpose.NEXT
    return list(steps.values())
