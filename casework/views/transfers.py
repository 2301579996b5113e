"""The room of the pages on which a case is offered to another unit, and on which that unit answers."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts import audit
from accounts.errors import Conflict
from accounts.models import Unit
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import allocation
from casework.actions import transfers as transferring
from casework.allowed import Allowed, allowed
from casework.forms.transfers import ACCEPT, AnswerOfferForm, OfferForm
from casework.models import Case, CaseStatus, Transfer, TransferQuerySet, TransferStatus
from casework.views.asking import ask, opened

LATELY = timedelta(days=28)
MOST_SHOWN = 50


@requires(Permission.CASE_TRANSFER)
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: ActorRequest, reference: str) -> HttpResponse:
    """Offer the case to another unit; or see the offer that waits, or why it was refused."""
    case = opened(request, reference, "transfer")
    last = _with_units(case.transfers.all()).first()
    waits = last is not None and last.status == TransferStatus.OFFERED
    return ask(
        request,
        case,
        name="transfer",
        make=lambda *given: OfferForm(*given, units=_units_beside(case)),
        act=lambda **answers: transferring.offer(case=case, by=request.actor, **answers),
        saved=_("Offered. The case stays with you until the other unit takes it over."),
        last=last,
        answer_by=_answer_by(last) if last and waits else None,
        waits=waits,
        may_offer=transferring.may_offer(case, request.actor),
        can_be_offered=case.status in {CaseStatus.NEW, CaseStatus.ALLOCATED},
    )


@requires(Permission.CASE_TRANSFER)
@require_POST
def withdrawn(request: ActorRequest, reference: str, pk: UUID) -> HttpResponse:
    """The offer is taken back."""
    transferring.withdraw(transfer=_of_case(request, reference, pk), by=request.actor)
    messages.success(request, _("Taken back. The case is no longer offered."))
    return redirect("casework:case", reference)


@requires(Permission.CASE_TRANSFER)
@require_POST
def refusal_seen(request: ActorRequest, reference: str, pk: UUID) -> HttpResponse:
    """Whoever has the case has read why it was refused."""
    transferring.see_refusal(transfer=_of_case(request, reference, pk), by=request.actor)
    messages.success(request, _("Saved. The case stays where it is."))
    return redirect("casework:case", reference)


@requires(Permission.CASE_ASSIGN)
@require_safe
def transfers(request: ActorRequest) -> HttpResponse:
    """What waits for one's own unit, what it offered, and what was answered lately."""
    known = _with_units(Transfer.objects.visible_to(request.actor))
    ours = list(
        _with_units(Transfer.objects.answerable_by(request.actor))
        .waiting()
        .order_by("offered_at", "pk")[:MOST_SHOWN]
    )
    others = known.exclude(pk__in=[row.pk for row in ours])
    offered = list(others.waiting().order_by("offered_at", "pk")[:MOST_SHOWN])
    over = others.filter(offered_at__gte=clocks.now() - LATELY).exclude(
        status=TransferStatus.OFFERED
    )
    answered = list(over.order_by("-offered_at", "pk")[:MOST_SHOWN])
    shown = [row.reference for row in (*ours, *offered, *answered)]
    audit.searched("transfer", by=request.actor, shown=shown)
    context = {"ours": ours, "offered": offered, "answered": answered}
    return render(request, "casework/transfers.html", context)


@requires(Permission.CASE_ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take the case over and name its owner, or say why not; before that, only what the offer says."""
    offers = _with_units(Transfer.objects.answerable_by(request.actor))
    found = offers.get_visible(request.actor, pk=pk)
    audit.viewed(found, by=request.actor)
    if request.method == "POST" and found.status == TransferStatus.OFFERED:
        return _answered(request, found)
    return _show(request, found, _answer_form(request, found), 200)


def _answered(request: ActorRequest, found: Transfer) -> HttpResponse:
    form = _answer_form(request, found)
    if not form.is_valid():
        return _show(request, found, form, 400)
    said = form.cleaned_data
    try:
        if said["answer"] != ACCEPT:
            transferring.reject(
                transfer=found, refusal=said["refusal"], note=said["note"], by=request.actor
            )
            messages.success(
                request, _("Saved. The case stays where it was, and they are told why.")
            )
            return redirect("casework:transfers")
        transferring.accept(
            transfer=found,
            owner=said["owner"],
            override_reason=said.get("override_reason", ""),
            by=request.actor,
        )
    except allocation.ReasonNeeded as needed:
        asked = "override_reason" if "override_reason" in form.fields else None
        form.add_error(asked, f"{needed.sentence} {'; '.join(needed.fields)}.")
        return _show(request, found, form, 409)
    except Conflict as clash:
        form.add_error(None, [clash.sentence, *clash.fields])
        return _show(request, found, form, 409)
    messages.success(request, _("Case %s is yours now.") % found.reference)
    return redirect("casework:case", found.reference)


def _answer_form(request: ActorRequest, found: Transfer) -> AnswerOfferForm:
    people = allocation.investigators(found.to_unit_id, found.to_force_id)
    lacks = allocation.lacking_of(people)
    return AnswerOfferForm(
        request.POST if request.method == "POST" else None,
        people=people,
        lacking={person: allocation.warning(some) for person, some in lacks.items()},
        needs_reason=any(each["blocks"] for some in lacks.values() for each in some),
    )


def _show(
    request: ActorRequest, found: Transfer, form: AnswerOfferForm, status: int
) -> HttpResponse:
    waits = found.status == TransferStatus.OFFERED
    context: dict[str, Any] = {
        "offer": found,
        "form": form,
        "waits": waits,
        "answer_by": _answer_by(found) if waits else None,
    }
    return render(request, "casework/transfer_answer.html", context, status=status)


def _answer_by(found: Transfer) -> Allowed:
    return allowed(
        rule="transfer-unanswered",
        clock=found.priority,
        since=found.offered_at,
        force=found.to_force,
    )


def _units_beside(case: Case) -> list[Unit]:
    """Every unit that may be asked: the force's own first."""
    units = Unit.objects.filter(is_active=True).exclude(pk=case.scope.unit_id)
    found = units.select_related("force").order_by("force__name", "name")
    return sorted(found, key=lambda unit: unit.force_id != case.scope.force_id)


def _of_case(request: ActorRequest, reference: str, pk: UUID) -> Transfer:
    case = Case.objects.get_visible(request.actor, reference=reference)
    return Transfer.objects.get_visible(request.actor, pk=pk, case=case)


def _with_units(rows: TransferQuerySet) -> TransferQuerySet:
    return rows.select_related(
        "from_unit__force", "to_unit__force", "to_force__calendar", "offered_by", "answered_by"
    )
