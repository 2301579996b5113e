"""The room of the pages on which a pack is made, gone through, and reviewed by a second person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import packs as act
from casework.forms.packs import HideForm, JudgeForm, LiftForm, PackForm, PackReviewForm
from casework.models import Pack, PackItem, PackKind, PackStatus
from casework.packs import HIDDEN
from casework.views.asking import opened

form_page = require_http_methods(["GET", "HEAD", "POST"])
A_PAGE = 25


@requires(Permission.PACK_PREPARE)
@form_page
def packs(request: ActorRequest, reference: str) -> HttpResponse:
    """What was prepared from a case to be given away, and the way to begin another."""
    case = opened(request, reference, "packs")
    form = PackForm(request.POST) if request.method == "POST" else PackForm()
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            made = act.make_pack(case=case, kind=form.cleaned_data["kind"], by=request.actor)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
            status = 409
        else:
            messages.success(request, _("Made. Go through every record before it is reviewed."))
            return redirect("casework:pack", made.pk)
    rows = Pack.objects.visible_to(request.actor).filter(case=case)
    context = {"case": case, "form": form, "packs": rows.select_related("by", "reviewed_by")}
    return render(request, "casework/packs.html", context, status=status)


@requires(Permission.PACK_PREPARE)
@form_page
def pack(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Every record in it as it would leave; its preparer submits it, a second person reviews it."""
    found = _found(request, pk)
    form, status = PackReviewForm(), 200
    if request.method == "POST":
        asked = request.POST.get("act", "")
        form = PackReviewForm(request.POST) if asked == "review" else form
        if asked != "review" or form.is_valid():
            try:
                _do(request, found, asked, form)
            except Conflict as conflict:
                messages.error(request, conflict.sentence)
            return redirect("casework:pack", pk)
        status = 400
    audit.viewed(found, by=request.actor)
    items = PackItem.objects.visible_to(request.actor).filter(pack=found)
    page = Paginator(items.prefetch_related("lifts").order_by("position"), A_PAGE).get_page(
        request.GET.get("page")
    )
    is_own = found.by_id == request.actor.id
    context = {
        "pack": found,
        "case": found.case,
        "form": form,
        "page": page,
        "lines": [(item, _pieces(item)) for item in page],
        "is_schedule": found.kind == PackKind.SCHEDULE,
        "prepares": is_own and found.status == PackStatus.DRAFT,
        "reviews": not is_own
        and found.status == PackStatus.REVIEW
        and request.actor.can(Permission.PACK_REVIEW),
        "may_drop": found.status in {PackStatus.DRAFT, PackStatus.REVIEW},
        "documents": act.documents(found) if found.status == PackStatus.READY else [],
    }
    return render(request, "casework/pack.html", context, status=status)


def _do(request: ActorRequest, found: Pack, asked: str, form: PackReviewForm) -> None:
    if asked == "submit":
        act.submit_pack(pack_id=found.pk, by=request.actor)
        messages.success(request, _("A second person is asked to review it."))
    elif asked == "drop":
        act.drop_pack(pack_id=found.pk, by=request.actor)
        messages.success(request, _("Dropped. It will not leave."))
    elif asked == "review":
        agreed = form.cleaned_data["agreed"] == "yes"
        note = form.cleaned_data["note"]
        act.review_pack(pack_id=found.pk, agreed=agreed, note=note, by=request.actor)
        messages.success(request, _("Saved."))


@requires(Permission.PACK_PREPARE)
@form_page
def item(request: ActorRequest, pk: UUID, item: UUID) -> HttpResponse:
    """One record: what is hidden in it and why that may be read, what else to hide, whether it is left out."""
    found = _found(request, pk)
    one = PackItem.objects.prefetch_related("lifts__by").get_visible(
        request.actor, pack=found, pk=item
    )
    is_schedule = found.kind == PackKind.SCHEDULE
    judged = {name: getattr(one, name) for name in ("description", "withheld", "sensitive", "why")}
    asked = request.POST.get("act", "") if request.method == "POST" else ""
    data = {name: request.POST if asked == name else None for name in ("lift", "hide", "judge")}
    questions: dict[str, forms.Form] = {
        "lift": LiftForm(data["lift"]),
        "hide": HideForm(data["hide"]),
        "judge": JudgeForm(data["judge"], initial=judged, schedule=is_schedule),
    }
    acts: dict[str, Callable[..., Any]] = {
        "lift": act.lift,
        "hide": act.hide,
        "judge": act.judge_item,
    }
    status = 400 if request.method == "POST" else 200
    if asked in questions and questions[asked].is_valid():
        try:
            acts[asked](item_id=item, by=request.actor, **questions[asked].cleaned_data)
        except Conflict as conflict:
            questions[asked].add_error(None, conflict.sentence)
            status = 409
        else:
            messages.success(request, _("Saved."))
            return redirect("casework:pack-item", pk, item)
    audit.viewed(one, by=request.actor)
    context = {
        "pack": found,
        "case": found.case,
        "item": one,
        "pieces": _pieces(one),
        "lift": questions["lift"],
        "hide": questions["hide"],
        "judge": questions["judge"],
        "form": questions.get(asked, questions["judge"]),
        "prepares": found.by_id == request.actor.id and found.status == PackStatus.DRAFT,
        "is_schedule": is_schedule,
    }
    return render(request, "casework/pack_item.html", context, status=status)


def _found(request: ActorRequest, pk: UUID) -> Pack:
    rows = Pack.objects.select_related(
        "case__victim",
        "case__owner",
        "case__scope__unit",
        "case__scope__force__calendar",
        "by",
        "reviewed_by",
    )
    return rows.get_visible(request.actor, pk=pk)


def _pieces(one: PackItem) -> list[dict[str, Any]]:
    lifted = {each.key for each in one.lifts.all()}
    return [
        {
            "label": label,
            "pieces": [
                {
                    "text": text,
                    "key": key,
                    "whose": str(HIDDEN[whose]) if whose else "",
                    "hidden": bool(whose) and key not in lifted,
                }
                for text, whose, key in pieces
            ],
        }
        for label, pieces in act.written(one)
    ]
