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
from referrals.forms import ChooseForm, ItemsForm, NeedsForm, SendForm
from referrals.models import ReferralStatus, SupportReferral
from referrals.words import in_words, without_numbers
from victims.models import NeedKind

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.REFERRAL_SEND)
def needs(request: ActorRequest, reference: str) -> HttpResponse:
    """What do they need? Ticked already: what the needs assessment found and nobody is asked about.

    `after` a referral: what that one left open.
    """
    case = _case(request, reference)
    audit.viewed(case, by=request.actor, page="referral-new")
    form = NeedsForm(initial=_left_by(request, case) or _not_asked_about(case))
    return render(request, "referrals/needs.html", {"case": case, "form": form})


def _not_asked_about(case: Case) -> dict[str, Any]:
    asked = set[str]().union(*rules.asked_about(case).values())
    found = list(case.victim.needs.filter(ended_at=None).exclude(kind__in=asked))
    return {
        "needs": [need.kind for need in found],
        "urgent": any(need.urgent for need in found),
    }


def _left_by(request: ActorRequest, case: Case) -> dict[str, Any] | None:
    """What the referral that this follows left open; None when it follows none, or left nothing."""
    rows = SupportReferral.objects.visible_to(request.actor).filter(case=case).with_left()
    earlier = next((row for row in rows if str(row.pk) == request.GET.get("after")), None)
    if earlier is None or not rules.left_to_us(earlier):
        return None
    return {
        "needs": rules.left_to_us(earlier),
        "urgent": earlier.urgent,
        "gender": earlier.gender,
        "place": earlier.place,
        "access": earlier.access,
    }


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
        by=request.actor,
        **{name: form.cleaned_data[name] for name in ("urgent", "gender", "place", "access")},
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
    context = (
        _agreement(referral, request.actor)
        | _instead(referral, request.actor)
        | {
            "referral": referral,
            "case": case,
            "form": form,
        }
    )
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
    """Everything that will leave the building, as it will leave it but for numbers; then send exactly that."""
    referral = _draft_of(request, pk)
    conflict, status = "", 200
    if request.method == "POST":
        form = SendForm(request.POST)
        # Without its mark the page was never shown: what was checked then is nothing that could be sent.
        said = form.cleaned_data if form.is_valid() else {"checked": ""}
        try:
            sent = actions.send_referral(referral=referral, by=request.actor, **said)
        except ValidationError:  # the page names everything that must be said first
            status = 400
        except Conflict as refused:
            conflict, status = refused.sentence, 409
            referral = _draft_of(request, pk)
        else:
            messages.success(request, _("Referral sent to %s.") % sent.agency.name)
            return redirect("referrals:referral", pk=pk)
    if referral.status != ReferralStatus.DRAFT:
        return redirect("referrals:referral", pk=pk)
    return render(
        request, "referrals/check.html", _to_check(request, referral, conflict), status=status
    )


def _to_check(request: ActorRequest, referral: SupportReferral, conflict: str) -> dict[str, Any]:
    """What the page shows, with its mark; that it was shown is on record."""
    case, by = referral.case, request.actor
    minimum = disclosure.first(referral, case)
    more = disclosure.full(referral.items, case, by)
    audit.viewed(referral, by=by, page="referral-check", items=referral.items)
    audit.viewed(case, by=by, page="referral-check", items=referral.items)
    form = SendForm(
        {"version": referral.version, "checked": disclosure.mark(referral, minimum, more)}
    )
    if conflict:
        form.add_error(None, conflict)
    return (
        _agreement(referral, by)
        | _instead(referral, by)
        | {
            "referral": referral,
            "case": case,
            "form": form,
            "needs": [NeedKind(kind).label for kind in referral.needs],
            "kept": [item.label for item in Item if item.value not in referral.items],
            "minimum": in_words(minimum),
            "more": in_words(without_numbers(more)),
            "gaps": _gaps(referral, case, by),
        }
    )


def _instead(referral: SupportReferral, by: Actor) -> dict[str, Any]:
    """What sending does to the referral in whose stead it is: the page says it before, not after."""
    if not referral.instead_of_id:
        return {}
    rows = SupportReferral.objects.select_related("agency")
    earlier = rows.get_visible(by, pk=referral.instead_of_id)
    if not earlier.is_open:
        return {}
    others = referral.case.support_referrals.open().exclude(pk=earlier.pk)
    asked = set(referral.needs).union(*others.values_list("needs", flat=True))
    return {
        "earlier": earlier,
        "gives_way": rules.gives_way(earlier),
        "accepted_since": rules.accepted_since(earlier, referral),
        "left_behind": rules.said(need for need in earlier.needs if need not in asked),
    }


def _gaps(referral: SupportReferral, case: Case, by: Actor) -> list[tuple[str, str]]:
    """What must be said first, each with where."""
    return [
        (
            words,
            reverse(page, args=[referral.pk if page.startswith("referrals:") else case.reference]),
        )
        for words, page in rules.gaps(referral, case, by)
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
    audit.reason_for(found.case, by=request.actor)
    return found
