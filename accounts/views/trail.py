"""The room of the page on which an auditor reads what was done, seen and refused."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.forms import AuditFilterForm
from accounts.models import AuditEvent
from accounts.permissions import ActorRequest, Permission, requires

PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AUDIT_VIEW)
def trail(request: ActorRequest) -> HttpResponse:
    """The force's events, newest first; looking at them is an event too."""
    form = AuditFilterForm(request.POST or None)
    if form.is_valid():
        return redirect(f"{reverse('accounts:audit')}?{urlencode(_asked(form.cleaned_data))}")
    rows = list(_events(request.GET)[: PAGE_SIZE + 1])
    events, older = rows[:PAGE_SIZE], ""
    if len(rows) > PAGE_SIZE:
        query = request.GET.copy()
        query["before"] = f"{events[-1].at.isoformat()}|{events[-1].pk}"
        older = query.urlencode()
    asked = {
        name: request.GET[name]
        for name in ("verb", "person", "record", "from", "to")
        if name in request.GET
    }
    audit.searched(
        "audit", by=request.actor, shown=[str(event.pk) for event in events], asked=asked
    )
    lines = [{"event": event, "told": _told(event)} for event in events]
    context = {"form": form, "lines": lines, "older": older, "asked": asked}
    return render(request, "accounts/audit.html", context, status=400 if form.errors else 200)


def _asked(answers: dict[str, Any]) -> dict[str, str]:
    """The filter as an address: ids, codes and days only."""
    asked = {
        "verb": answers["verb"],
        "person": str(answers["username"].pk) if answers["username"] else "",
        "record": str(answers["reference"] or ""),
        "from": answers["first_day"].isoformat() if answers["first_day"] else "",
        "to": answers["last_day"].isoformat() if answers["last_day"] else "",
    }
    return {name: value for name, value in asked.items() if value}


def _events(asked: QueryDict) -> QuerySet[AuditEvent]:
    """Row-level security leaves the viewer's own force; the address leaves what was asked for."""
    events = AuditEvent.objects.order_by("-at", "-pk")
    if verb := asked.get("verb", ""):
        events = events.filter(verb__startswith=verb)
    if person := _uuid(asked.get("person", "")):
        events = events.filter(actor_id=person)
    if record := _uuid(asked.get("record", "")):
        events = events.filter(scope_id=record)
    if first := _day(asked.get("from", "")):
        events = events.filter(at__gte=_midnight(first))
    if last := _day(asked.get("to", "")):
        events = events.filter(at__lt=_midnight(last + timedelta(days=1)))
    at, _, pk = asked.get("before", "").partition("|")
    before, last_seen = parse_datetime(at) if at else None, _uuid(pk)
    if before and last_seen:
        events = events.filter(Q(at__lt=before) | Q(at=before, pk__lt=last_seen))
    return events


def _told(event: AuditEvent) -> list[str]:
    """What may be read of an event's detail: of a changed row the names of its fields, never what they hold."""
    if event.verb.startswith("row."):
        return sorted(event.detail)
    return [f"{name}: {value}" for name, value in event.detail.items() if name != "shown" and value]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
