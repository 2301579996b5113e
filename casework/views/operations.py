"""The room of the pages about operations: which there are, their cases within one's reach, what is shared."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, check, requires
from accounts.scoping import NotVisible
from casework.actions.operations import (
    end_fact,
    put_into_operation,
    share_fact,
    start_operation,
    take_out_of_operation,
)
from casework.forms.operations import (
    OfCaseForm,
    OperationForm,
    PutInForm,
    SharedFactForm,
    TakeOutForm,
)
from casework.models import Case, Operation, SharedFact
from casework.records import facts_of
from casework.views.asking import ask, opened

page = require_http_methods(["GET", "HEAD", "POST"])
FACT, CASE = "fact", "case"  # which of the two forms of the page was sent


@requires(Permission.OPERATION_VIEW)
@require_safe
def operations(request: ActorRequest) -> HttpResponse:
    """The operations that one began or sees a case of."""
    context = {
        "operations": list(Operation.objects.visible_to(request.actor)),
        "may_edit": request.actor.can(Permission.OPERATION_EDIT),
    }
    return render(request, "casework/operations.html", context)


@requires(Permission.OPERATION_EDIT)
@page
def begin(request: ActorRequest) -> HttpResponse:
    """Begin an operation."""
    form = OperationForm(request.POST if request.method == "POST" else None)
    if made := _done(form, partial(start_operation, by=request.actor)):
        return redirect("casework:operation", made.pk)
    return render(request, "casework/operation_new.html", {"form": form}, status=_status(form))


@requires(Permission.OPERATION_VIEW)
@page
def operation(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The cases of an operation within one's reach, and what is shared; more of both may be added."""
    shown = _operation(request, pk)
    what = request.POST.get("what", "")
    fact = SharedFactForm(request.POST if what == FACT else None, prefix="fact")
    case = PutInForm(request.POST if what == CASE else None, by=request.actor, prefix="case")
    if request.method == "POST":
        check(request.actor, Permission.OPERATION_EDIT)
        done = _done(fact, partial(share_fact, operation=shown, by=request.actor)) or _done(
            case, partial(_put_in, operation=shown, request=request)
        )
        if done:
            return redirect("casework:operation", shown.pk)
    cases = Case.objects.visible_to(request.actor).with_header().filter(operation=shown)
    rows = list(cases.order_by("-logged_at", "pk"))
    audit.searched("case", by=request.actor, shown=[str(row.pk) for row in rows], operation=str(pk))
    context = {
        "operation": shown,
        "cases": rows,
        "facts": facts_of(shown),
        "fact_form": fact,
        "case_form": case,
        "form": case if case.is_bound else fact,
        "may_edit": request.actor.can(Permission.OPERATION_EDIT),
    }
    return render(request, "casework/operation.html", context, status=_status(fact, case))


@requires(Permission.OPERATION_EDIT)
@require_POST
def fact_ended(request: ActorRequest, pk: UUID, fact: UUID) -> HttpResponse:
    """One shared fact holds no longer."""
    shown = _operation(request, pk)
    chosen = SharedFact.objects.filter(operation=shown, pk=fact).select_related("operation").first()
    if chosen is None:
        raise Http404
    end_fact(fact=chosen, by=request.actor)
    messages.success(request, _("It is not shown on the cases any more."))
    return redirect("casework:operation", shown.pk)


@requires(Permission.OPERATION_EDIT)
@page
def of_case(request: ActorRequest, reference: str) -> HttpResponse:
    """Put the case into an operation, or take it out of the one it is in."""
    case = opened(request, reference, "operation")
    make: Any = TakeOutForm if case.operation_id else partial(OfCaseForm, by=request.actor)

    def act(operation: Operation | None = None, reason: str = "") -> None:
        if operation is not None:
            put_into_operation(case=case, operation=operation, by=request.actor)
        else:
            take_out_of_operation(case=case, by=request.actor, reason=reason)

    return ask(
        request,
        case,
        name="case-operation",
        make=make,
        act=act,
        saved=_("Saved in the history of this case."),
        operation=case.operation,
    )


def _operation(request: ActorRequest, pk: UUID) -> Operation:
    shown = Operation.objects.visible_to(request.actor).filter(pk=pk).first()
    if shown is None:
        raise NotVisible("casework.Operation")
    return shown


def _put_in(*, case: Case, operation: Operation, request: ActorRequest) -> bool:
    put_into_operation(case=case, operation=operation, by=request.actor)
    messages.success(request, _("The case is in this operation."))
    return True


def _done(form: forms.Form, act: Any) -> Any:
    """What the act made of good answers; None when there are none, or it clashed, which the form then says."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data)
    except Conflict as clash:
        form.add_error(None, clash.sentence)
        return None


def _status(*asked: forms.Form) -> int:
    return 400 if any(form.is_bound and form.errors for form in asked) else 200
