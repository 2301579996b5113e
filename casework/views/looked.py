"""The room of the page that says who has looked at a case, when, by which right and why."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, TextChoices
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

import clocks
from accounts.audit import Path
from accounts.errors import Refused
from accounts.models import AuditEvent, Restriction, RoleHeld
from accounts.permissions import ActorRequest, Permission, Role, requires
from accounts.reasons import Look as SaidWhy
from accounts.reasons import LookReason
from casework.models import Case, EmergencyReason
from casework.views.asking import opened

A_PAGE = 50
LOOKS = Q(verb__endswith=".viewed") | Q(verb__endswith=".exported") | Q(verb__endswith=".revealed")
LOOKS |= Q(verb__in=("case.opened_in_emergency", "case.reason_given"))
# What is not the page's own name in words that a person knows.
WHAT = {
    "case.opened_in_emergency": gettext_lazy("Opened it in an emergency"),
    "case.reason_given": gettext_lazy("Said why they open it"),
    "summary": gettext_lazy("Summary"),
    "history": gettext_lazy("History"),
    "print": gettext_lazy("Page for printing"),
}
REASONS: tuple[type[TextChoices], ...] = (EmergencyReason, LookReason)
IN_THE_UNIT = {Path.UNIT, Path.ROLE}


@dataclass(frozen=True)
class Look:
    """One time that somebody looked: who, in which roles, when, at what, by which right and why."""

    who: str
    roles: str
    at: datetime
    what: str
    path: str
    why: str


@requires(Permission.CASE_LOOKED_AT)
@require_safe
def looked(request: ActorRequest, reference: str) -> HttpResponse:
    """Who has looked at this case, the latest first: for its owner, their cover, and supervisors."""
    case = opened(request, reference, "looked")
    if case.owner_id not in request.actor.acting_for and not request.actor.can(
        Permission.CASE_REVIEW
    ):
        raise Refused(
            _("Only the owner of a case and supervisors see who has looked at it."),
            verb=str(Permission.CASE_LOOKED_AT),
        )
    events = AuditEvent.objects.filter(LOOKS, scope_id=case.scope_id).order_by("-at", "-pk")
    page = Paginator(events, A_PAGE).get_page(request.GET.get("page"))
    context = {"case": case, "at": clocks.now(), "page": page, "looks": _looks(case, page)}
    return render(request, "casework/looked.html", context)


def _looks(case: Case, events: object) -> list[Look]:
    shown: list[AuditEvent] = list(events)  # type: ignore[call-overload]
    roles: dict[UUID, list[str]] = {}
    held = RoleHeld.objects.filter(user__in={event.actor_id for event in shown if event.actor_id})
    for row in held.order_by("role"):
        roles.setdefault(row.user_id, []).append(str(Role(row.role).label))
    words = _words(case, shown)
    return [
        Look(
            who=event.actor_name,
            roles=", ".join(roles.get(event.actor_id, [])) if event.actor_id else "",
            at=event.at,
            what=_what(event),
            path=_path(event, case),
            why=_why(event, words.get(_asked(event), "")),
        )
        for event in shown
    ]


def _asked(event: AuditEvent) -> tuple[UUID | None, date | None]:
    """Who said why on which day, where the event is that they said so."""
    said = event.verb == "case.reason_given"
    return (event.actor_id, timezone.localtime(event.at).date()) if said else (None, None)


def _words(case: Case, events: list[AuditEvent]) -> dict[tuple[UUID | None, date | None], str]:
    days = {day for _who, day in map(_asked, events) if day}
    said = SaidWhy.objects.reached_from(scope=case.scope).filter(day__in=days)
    return {(row.by_id, row.day): row.words for row in said}


def _what(event: AuditEvent) -> str:
    said = event.verb if event.verb in WHAT else str(event.detail.get("page", "") or event.verb)
    return str(WHAT.get(said, said.replace("-", " ").replace(".", " ").replace("_", " ")))


def _path(event: AuditEvent, case: Case) -> str:
    code = event.detail.get("path", "")
    if event.agency_id:
        return _("Their agency's referral")
    if code not in Path.values:
        return ""
    if code in IN_THE_UNIT and case.scope.restriction != Restriction.STANDARD:
        code = Path.NAMED
    return str(Path(code).label)


def _why(event: AuditEvent, words: str) -> str:
    code = event.detail.get("reason", "")
    said = next((each(code).label for each in REASONS if code in each.values), "")
    return ": ".join(filter(None, (str(said), words)))
