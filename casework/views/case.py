"""The room of the case as it is read: the summary, the whole history, the page for paper."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.permissions import ActorRequest, Permission, requires
from accounts.scoping import NotVisible
from casework.actions.history import note_opened
from casework.models import (
    Case,
    CaseEvent,
    CaseStatus,
    NrmStatus,
)
from casework.records import facts_of, kept_of_person, taken_out_by_line
from casework.standing import whole
from casework.timeline import lines
from pages.answers import Answer
from victims.models import MARKS, SafeContact, ToldState, ToldTopic, Topic, records_of

LATEST = 5
# A way that must not be used is read first, a safe one last.
SAFETY = {Answer.NO.value: 0, Answer.YES.value: 2}
A_PAGE = 25

# What may be done on an open case: the page, its words, and the permission it needs.
ACTS = (
    ("casework:safety", _("Confirm that they are safe"), Permission.CASE_EDIT),
    ("casework:crime", _("Record the crime"), Permission.CRIME_RECORD),
    ("casework:authority", _("Tell the local authority"), Permission.CASE_EDIT),
    ("casework:needs", _("Assess their needs"), Permission.CASE_EDIT),
    ("casework:nrm-form", _("Prepare the national referral"), Permission.CASE_EDIT),
    ("casework:nrm", _("National referral"), Permission.NRM_DECIDE),
    ("casework:leaflet", _("Print a leaflet for them"), Permission.CASE_VIEW),
    ("casework:voice", _("Ask how it was for them"), Permission.VOICE_ASK),
    ("casework:consent", _("Record what they agreed to"), Permission.CONSENT_RECORD),
    ("casework:told", _("Record what they told us"), Permission.CASE_CONTACT),
    ("casework:risk", _("Judge the risk"), Permission.CASE_EDIT),
    ("casework:interview", _("Interview for evidence"), Permission.INVESTIGATION_RECORD),
    ("casework:advice", _("Ask a specialist"), Permission.ADVICE_ASK),
    ("casework:links", _("Records of the same person"), Permission.PERSON_LINK),
    ("casework:case-operation", _("Operation"), Permission.OPERATION_EDIT),
    ("casework:assign", _("Assign an owner"), Permission.CASE_ASSIGN),
    ("casework:transfer", _("Offer it to another unit"), Permission.CASE_TRANSFER),
    ("casework:review", _("Supervisor review"), Permission.CASE_REVIEW),
    ("casework:conflict", _("I know somebody in this case"), Permission.CONFLICT_DECLARE),
)


@requires(Permission.CASE_VIEW)
@require_safe
def case(request: ActorRequest, reference: str) -> HttpResponse:
    """Who this is, how to reach them safely, what comes next, what they told us, what happened last."""
    shown = whole(request.actor, reference)
    audit.viewed(shown, by=request.actor, page="summary")
    if shown.unopened:  # type: ignore[attr-defined]
        note_opened(shown, clocks.now(), by=request.actor)
    events = list(shown.events.select_related("by")[: LATEST + 1])
    context = _context(request, shown) | {
        "history": lines(events[:LATEST]),
        "more_history": len(events) > LATEST,
        "acts": _acts(request, shown),
        "may_see_who_looked": shown.owner_id in request.actor.acting_for
        or request.actor.can(Permission.CASE_REVIEW),
    }
    return render(request, "casework/case.html", context)


@requires(Permission.CASE_VIEW)
@require_safe
def history(request: ActorRequest, reference: str) -> HttpResponse:
    """Everything that happened, newest first."""
    shown = Case.objects.with_header().get_visible(request.actor, reference=reference)
    audit.viewed(shown, by=request.actor, page="history")
    pages = Paginator(shown.events.select_related("by").prefetch_related("guidance__card"), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "case": shown,
        "at": clocks.now(),
        "page": page,
        "history": lines(page.object_list, guidance=True),
    }
    return render(request, "casework/history.html", context)


@requires(Permission.CASE_VIEW)
@require_safe
def line(request: ActorRequest, reference: str, line: UUID) -> HttpResponse:
    """One line of the history, for whoever wants to read where something is recorded."""
    shown = Case.objects.with_header().get_visible(request.actor, reference=reference)
    audit.viewed(shown, by=request.actor, page="line")
    found = CaseEvent.objects.select_related("by", "case").get_visible(request.actor, pk=line)
    if found.case_id != shown.pk:  # a record of the same person that was merged into this one
        if found.case.victim_id not in records_of(shown.victim, request.actor):
            raise NotVisible("casework.CaseEvent")
        return redirect("casework:line", found.case.reference, found.pk)
    context = {
        "case": shown,
        "at": clocks.now(),
        "history": lines([found]),
        "kept": taken_out_by_line(found, request.actor),
    }
    return render(request, "casework/line.html", context)


@requires(Permission.CASE_VIEW)
@require_safe
def print_case(request: ActorRequest, reference: str) -> HttpResponse:
    """One or two sheets of paper for a briefing; never a number or an address."""
    shown = whole(request.actor, reference)
    audit.viewed(shown, by=request.actor, page="print")
    events = shown.events.select_related("by")[:A_PAGE]
    context = _context(request, shown) | {"history": lines(events)}
    return render(request, "casework/print.html", context)


def _context(request: ActorRequest, case: Case) -> dict[str, Any]:
    at = clocks.now()
    status = getattr(case, "nrm_status", None)
    context = {
        "case": case,
        "at": at,
        "named": getattr(case, "named", ()),
        "nrm": NrmStatus(status).label if status else "",
        "topics": topics_of(case, request.actor),
        "same_person": getattr(case, "same_person", ()),
        "operation": case.operation,
        "facts": facts_of(case.operation) if case.operation else [],
        "may": {permission.name: request.actor.can(permission) for permission in Permission},
        "closed": case.status == CaseStatus.CLOSED,
        "closing": case.status == CaseStatus.CLOSING,
    }
    return context | rules_of(case, at, request.actor)


def _acts(request: ActorRequest, case: Case) -> list[tuple[str, Any]]:
    """What this person may do now. A closed case takes nothing more, but its person may be asked how it was."""
    theirs = request.actor.id in {case.owner_id, case.logged_by_id}
    left_out = {"casework:authority": not case.victim.is_child, "casework:voice": theirs}
    return [
        (address, words)
        for address, words, permission in ACTS
        if request.actor.can(permission)
        and not left_out.get(address)
        and (case.status != CaseStatus.CLOSED or address == "casework:voice")
    ]


def rules_of(case: Case, at: datetime, by: Actor) -> dict[str, Any]:
    """The safe-contact rules that hold now, forbidden ways first, and the ways by whether they are safe.

    Those of every record that is merged with this one count.
    """
    rules = kept_of_person(SafeContact, case, by).filter(ended_at=None).select_related("set_by")
    holding = sorted(rules, key=lambda rule: (SAFETY.get(rule.safe, 1), rule.channel))
    entries = [
        {"rule": rule, "stale": rule.is_stale(at), "recorded": _has_details(rule)}
        for rule in holding
    ]
    forbidden = {rule.channel: rule for rule in holding if rule.forbids}
    return {
        "rules": entries,
        "forbidden": ", ".join(rule.get_channel_display().lower() for rule in forbidden.values()),
    }


def _has_details(rule: SafeContact) -> bool:
    return bool(rule.__dict__.get("details"))  # sealed: only whether it is there


def topics_of(case: Case, by: Actor) -> list[dict[str, Any]]:
    """Every topic with what is known of it, in any record of the person: told once stays told, else the latest.

    With it, whether only a specialist asks about it.
    """
    latest: dict[str, ToldTopic] = {}
    marks: dict[str, ToldTopic] = {}
    for told in kept_of_person(ToldTopic, case, by).select_related("heard_by"):
        if told.state in MARKS:
            marks.setdefault(told.topic, told)
            continue
        standing = latest.get(told.topic)
        if standing is None or (told.state == ToldState.TOLD and standing.state != ToldState.TOLD):
            latest[told.topic] = told
    return [
        {
            "topic": topic,
            "told": latest.get(topic),
            "is_told": _is_told(latest.get(topic)),
            "mark": _only_specialists(marks.get(topic)),
        }
        for topic in Topic
    ]


def _only_specialists(mark: ToldTopic | None) -> ToldTopic | None:
    return mark if mark is not None and mark.state == ToldState.SPECIALIST_ONLY else None


def _is_told(told: ToldTopic | None) -> bool:
    return told is not None and told.state == ToldState.TOLD
