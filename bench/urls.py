"""The bare thing: the list, the admin's change page of a case, and what an agency's system and Send ask for."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import engines
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

import clocks
from accounts.models import User
from casework.models import Case, CaseEvent, Contact
from followups.models import FollowUp
from referrals.events import thin
from referrals.models import Disclosure, Event, SupportReferral

LIST = engines["django"].from_string(
    """<!doctype html><html lang="en"><head><title>Queue</title></head><body>
<h1>Queue</h1><p>{{ page.paginator.count }} cases</p>
<table><thead><tr><th>Case</th><th>Due</th><th>Why</th><th>Owner</th><th>Last safe contact</th></tr></thead>
<tbody>{% for row in page %}<tr>
<th><a href="/case/{{ row.case.reference }}">{{ row.case.reference }}</a>
{{ row.case.victim.age_band }}, {{ row.case.victim.language }}</th>
<td>{{ row.due_at|date:"j M Y H:i" }}</td><td>{{ row.rule }} <a href="/work/followup/{{ row.pk }}">How</a></td>
<td>{{ row.case.owner.name }}</td><td>{{ row.spoke_at|date:"j M Y" }}</td></tr>{% endfor %}</tbody></table>
<p>Page {{ page.number }} of {{ page.paginator.num_pages }}</p></body></html>"""
)


@login_required
def bare_list(request: HttpRequest) -> HttpResponse:
    """The same rows: of each case of the unit what falls due first, within a day."""
    assert isinstance(request.user, User)
    rows = QuerySet(model=FollowUp).filter(
        unit=request.user.unit_id, state="open", due_at__lte=clocks.now() + timedelta(hours=24)
    )
    first = rows.order_by("case_id", "due_at").distinct("case_id").values("pk")
    spoke = Contact.objects.filter(case=OuterRef("case"), outcome="spoke").order_by("-at")
    shown = (
        rows.filter(pk__in=first)
        .annotate(spoke_at=Subquery(spoke.values("at")[:1]))
        .select_related("case__victim", "case__owner")
        .order_by("due_at", "pk")
    )
    page = Paginator(shown, 50).get_page(request.GET.get("page"))
    return HttpResponse(LIST.render({"page": page}, request))


def bare_events(request: HttpRequest) -> JsonResponse:
    """The same events as an agency's poll gives, of whoever is named."""
    rows = Event.objects.filter(agency=request.GET["agency"], number__gt=0).order_by("number")
    return JsonResponse({"results": [thin(event) for event in rows[:100]]})


def bare_referral(request: HttpRequest, pk: UUID) -> JsonResponse:
    """One referral as its agency may see it before it accepts."""
    rows = SupportReferral.objects.select_related("agency", "disclosure")
    row = QuerySet(model=SupportReferral, query=rows.query).get(pk=pk)
    minimum = json.loads(row.disclosure.first)
    shown = {"id": row.pk, "version": row.version, "needs": row.needs, "minimum": minimum}
    return JsonResponse(shown)


@csrf_exempt
def bare_send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same rows as sending a referral writes, asking nothing first."""
    at = clocks.now()
    with transaction.atomic():
        row = QuerySet(model=SupportReferral).get(pk=pk)
        row.status, row.sent_at, row.changed_at, row.version = "sent", at, at, row.version + 1
        row.legal_basis = "safeguarding"
        row.save(update_fields=("status", "sent_at", "changed_at", "version", "legal_basis"))
        given = {"scope_id": row.scope_id, "referral": row, "agency_id": row.agency_id}
        by = {"disclosed_at": at, "disclosed_by_id": row.created_by_id}
        Disclosure.objects.create(first="{}", full="{}", items=row.items, **given, **by)
        CaseEvent.objects.create(
            scope_id=row.scope_id,
            case_id=row.case_id,
            at=at,
            recorded_at=at,
            by_id=row.created_by_id,
            kind="referral",
            text="Sent.",
        )
        QuerySet(model=Case).filter(pk=row.case_id).update(changed_at=at)
    return HttpResponseRedirect("/bare")


class OpenSite(admin.AdminSite):
    """Django's admin for whoever is signed in."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Signed in is enough here."""
        return request.user.is_authenticated


class CaseAdmin(admin.ModelAdmin):  # type: ignore[type-arg] - it has none at run time
    """The change page as Django makes it; people and records are chosen by id, not from 100,000 options."""

    raw_id_fields = ("scope", "victim", "operation", "owner", "logged_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """Every case."""
        return QuerySet(model=Case)

    def has_module_permission(self, *_args: Any) -> bool:
        """Anybody may."""
        return True

    has_view_permission = has_change_permission = has_add_permission = has_module_permission
    has_delete_permission = has_module_permission


site = OpenSite()
site.register(Case, CaseAdmin)
urlpatterns = [
    path("bare", bare_list),
    path("bare/events", bare_events),
    path("bare/referral/<uuid:pk>", bare_referral),
    path("bare/send/<uuid:pk>", bare_send),
    path("admin/", site.urls),
]
