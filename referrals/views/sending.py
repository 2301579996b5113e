"""The room of how an officer sends a referral: needs, agency, what is shared, check, send."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from casework.models import Case
from referrals import actions, disclosure, matching, rules
from referrals.disclosure import Item
from referrals.forms import ChooseForm, ItemsForm, NeedsForm
from referrals.models import ReferralStatus, SupportReferral
from victims.models import NeedKind

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.REFERRAL_SEND)
def needs(request: ActorRequest, reference: str) -> HttpResponse:
    """What do they need? Ticked already: what the needs assessment found and nobody is asked about."""
    case = _case(request, reference)
    audit.viewed(case, by=request.actor, page="referral-new")
    asked = set[str]().union(*rules.asked_about(case).values())
    found = list(case.victim.needs.filter(ended_at=None).exclude(kind__in=asked))
    initial = {
        "needs": [need.kind for need in found],
        "urgent": any(need.urgent for need in found),
    }
    form = NeedsForm(initial=initial)
    return render(request, "referrals/needs.html", {"case": case, "form": form})


@GET_OR_POST
@requires(Permission.REFERRAL_SEND)
def agencies(request: ActorRequest, reference: str) -> HttpResponse:
    """Who can help, best first; choosing one starts a draft that is never lost."""
    case = _case(request, reference)
    asked = NeedsForm(request.POST if request.method == "POST" else request.GET)
    if not asked.is_valid():
        audit.viewed(case, by=request.actor, page="referral-new")
        return render(request, "referrals/needs.html", {"case": case, "form": asked}, status=400)
    matches = matching.matches(case, matching.wanted(case, **asked.cleaned_data))
    form = ChooseForm(request.POST or None, matches=matches, initial=asked.cleaned_data)
    if request.method == "POST" and form.is_valid():
        return _draft(request, case, form, matches)
    audit.viewed(case, by=request.actor, page="referral-agencies")
    context = {
        "case": case,
        "form": form,
        "asked_already": [match for match in matches if match.asked_already],
        "offered": [match for match in matches if not match.asked_already],
        "needs": [NeedKind(kind).label for kind in asked.cleaned_data["needs"]],
        "query": request.META["QUERY_STRING"],
    }
    return render(request, "referrals/agencies.html", context, status=400 if form.errors else 200)


def _draft(
    request: ActorRequest, case: Case, form: ChooseForm, matches: list[matching.Match]
) -> HttpResponse:
    chosen = form.cleaned_data["service"]
    match = next(m for m in matches if str(m.service.pk) == chosen)
    referral = actions.draft_referral(
        case=case,
        service=match.service,
        needs=match.met,
        urgent=form.cleaned_data["urgent"],
        by=request.actor,
    )
    return redirect("referrals:referral-share", pk=referral.pk)


@GET_OR_POST
@requires(Permission.REFERRAL_SEND)
def share(request: ActorRequest, pk: Any) -> HttpResponse:
    """What will the agency be told? The agreement stands beside it."""
    referral = _draft_of(request, pk)
    if referral.status != ReferralStatus.DRAFT:
        return redirect("referrals:referral", pk=pk)
    case = referral.case
    initial = {
        "items": referral.items,
        "version": referral.version,
        "safeguarding": bool(referral.legal_basis),
        "told_to": referral.told_to,
        "no_contact_reason": referral.no_contact_reason,
    }
    form = ItemsForm(
        request.POST or None,
        initial=initial,
        agency=referral.agency.name,
        is_child=case.victim.is_child,
        needs=referral.needs,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _chosen(request, referral, form)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
    audit.viewed(referral, by=request.actor, page="referral-share")
    context = _agreement(referral, request.actor) | {
        "referral": referral,
        "case": case,
        "form": form,
    }
    return render(request, "referrals/share.html", context, status=400 if form.errors else 200)


def _chosen(request: ActorRequest, referral: SupportReferral, form: ItemsForm) -> HttpResponse:
    basis = rules.LegalBasis.SAFEGUARDING if form.cleaned_data.get("safeguarding") else ""
    actions.choose_items(
        referral=referral,
        items=form.cleaned_data["items"],
        told_to=form.cleaned_data["told_to"],
        no_contact_reason=form.cleaned_data["no_contact_reason"],
        legal_basis=str(basis),
        by=request.actor,
        version=form.cleaned_data["version"],
    )
    return redirect("referrals:referral-check", pk=referral.pk)


@GET_OR_POST
@requires(Permission.REFERRAL_SEND)
def check_and_send(request: ActorRequest, pk: Any) -> HttpResponse:
    """Everything that will leave the building, as it will leave it; then send."""
    referral = _draft_of(request, pk)
    status = 200
    if request.method == "POST":
        try:
            sent = actions.send_referral(referral=referral, by=request.actor)
        except ValidationError:  # the page names everything that must be said first
            status = 400
        else:
            messages.success(request, _("Referral sent to %s.") % sent.agency.name)
            return redirect("referrals:referral", pk=pk)
    if referral.status != ReferralStatus.DRAFT:
        return redirect("referrals:referral", pk=pk)
    case = referral.case
    audit.viewed(referral, by=request.actor, page="referral-check")
    context = _agreement(referral, request.actor) | {
        "referral": referral,
        "case": case,
        "needs": [NeedKind(kind).label for kind in referral.needs],
        "items": [item.label for item in Item if item.value in referral.items],
        "kept": [item.label for item in Item if item.value not in referral.items],
        "minimum": disclosure.first(referral, case),
        "gaps": _gaps(referral, case),
    }
    return render(request, "referrals/check.html", context, status=status)


def _gaps(referral: SupportReferral, case: Case) -> list[tuple[str, str]]:
    """What must be said first, each with where."""
    return [
        (
            words,
            reverse(page, args=[referral.pk if page.startswith("referrals:") else case.reference]),
        )
        for words, page in rules.gaps(referral, case)
    ]


def _agreement(referral: SupportReferral, by: Actor) -> dict[str, Any]:
    """Whether it may be sent, in words."""
    case = referral.case
    word = rules.agreement(case, referral.agency, by)
    is_child = case.victim.is_child
    agreed = word is not None and word.carries
    refusal = "" if is_child or agreed else rules.no_agreement(word)
    obstacle = refusal or rules.account_obstacle(case, referral.agency, referral.items, by)
    may_send = bool(referral.legal_basis) if is_child else not obstacle
    return {
        "word": word,
        "is_child": is_child,
        "may_send": may_send,
        "obstacle": obstacle,
        "basis": rules.LegalBasis(referral.legal_basis).label if referral.legal_basis else "",
    }


def _case(request: ActorRequest, reference: str) -> Case:
    rows = Case.objects.select_related("victim", "scope__force", "scope__unit", "owner")
    found: Case = rows.get_visible(request.actor, reference=reference)
    return found


def _draft_of(request: ActorRequest, pk: Any) -> SupportReferral:
    # Two questions: in one, with every table's policy in it, planning takes longer than all the rest of sending.
    cases = Case.objects.visible_to(request.actor)
    cases = cases.select_related("victim", "scope__force", "scope__unit")
    rows = SupportReferral.objects.select_related("agency", "service")
    rows = rows.prefetch_related(Prefetch("case", cases))
    found: SupportReferral = rows.get_visible(request.actor, pk=pk)
    return found
