"""The room of how an officer follows a referral: whose turn it is, answer, withdraw, look after a decline."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts import audit
from accounts.permissions import ActorRequest, Permission, requires
from casework.models import Case, CaseStatus
from referrals import actions
from referrals.disclosed import told_of
from referrals.disclosure import Item, is_stale
from referrals.forms import AnswerForm, NoOtherSupportForm
from referrals.matching import next_best
from referrals.models import Access, Gender, NeedOutcome, Question, ReferralStatus, SupportReferral
from referrals.rules import asked_about, left_to_us, not_asked_about, said
from referrals.seen import CALLED_OFF, has_not_seen
from referrals.standing import shown, shown_all
from referrals.views.sending import GET_OR_POST
from victims.models import NeedKind

R = ReferralStatus
CONFIRM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.REFERRAL_VIEW)
def case_referrals(request: ActorRequest, reference: str) -> HttpResponse:
    """Every referral of the case, whose turn each is and until when."""
    case = Case.objects.select_related("victim", "scope__force__calendar").get_visible(
        request.actor, reference=reference
    )
    audit.viewed(case, by=request.actor, page="referrals")
    rows = shown_all(case, at=clocks.now())
    asked = {need for row in rows if row.referral.is_open for need in row.referral.needs}
    context = {
        "case": case,
        "rows": rows,
        "not_asked_about": said(not_asked_about(case, asked)) if rows else "",
        "at": clocks.now(),
        "may_send": request.actor.can(Permission.REFERRAL_SEND),
    }
    return render(request, "referrals/case_referrals.html", context)


@require_safe
@requires(Permission.REFERRAL_VIEW)
def referral(request: ActorRequest, pk: Any) -> HttpResponse:
    """One referral: where it stands, what was shared, what was asked."""
    found = _referral(request, pk)
    if found.status == R.DRAFT:
        return redirect("referrals:referral-share", pk=pk)
    audit.viewed(found, by=request.actor)
    return _page(request, found, AnswerForm())


@GET_OR_POST
@requires(Permission.REFERRAL_SEND)
def answer(request: ActorRequest, pk: Any, question: Any) -> HttpResponse:
    """Answer the agency's question; what was typed stays when it cannot be saved."""
    found = _referral(request, pk)
    if request.method != "POST":
        return redirect("referrals:referral", pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    asked = Question.objects.select_related("referral").get_visible(
        request.actor, pk=question, referral=found
    )
    actions.answer_question(question=asked, answer=form.cleaned_data["answer"], by=request.actor)
    messages.success(request, _("Your answer was sent to %s.") % found.agency.name)
    return redirect("referrals:referral", pk=pk)


@CONFIRM
@requires(Permission.REFERRAL_SEND)
def withdraw(request: ActorRequest, pk: Any) -> HttpResponse:
    """Ask once more, then withdraw."""
    found = _referral(request, pk)
    if request.method == "POST":
        actions.withdraw(referral=found, by=request.actor)
        messages.success(request, _("The referral was withdrawn."))
        return redirect("referrals:case-referrals", reference=found.case.reference)
    return render(request, "referrals/withdraw.html", {"referral": found, "case": found.case})


@CONFIRM
@requires(Permission.REFERRAL_SEND)
def in_error(request: ActorRequest, pk: Any) -> HttpResponse:
    """Ask once more, then remove what was sent."""
    found = _referral(request, pk)
    if request.method == "POST":
        actions.mark_in_error(referral=found, by=request.actor)
        messages.success(request, _("What was sent has been removed; the record stays."))
        return redirect("referrals:case-referrals", reference=found.case.reference)
    return render(request, "referrals/in_error.html", {"referral": found, "case": found.case})


@CONFIRM
@requires(Permission.REFERRAL_SEND)
def no_other_support(request: ActorRequest, pk: Any) -> HttpResponse:
    """Nobody else is asked about what this one left open, and why."""
    found = _referral(request, pk)
    form = NoOtherSupportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.handle_decline(referral=found, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved. Nobody else is asked about this."))
        return redirect("referrals:referral", pk=pk)
    context = {
        "referral": found,
        "case": found.case,
        "form": form,
        "left": said(left_to_us(found)),
    }
    status = 400 if form.errors else 200
    return render(request, "referrals/no_other_support.html", context, status=status)


@require_POST
@requires(Permission.REFERRAL_SEND)
def renew(request: ActorRequest, pk: Any) -> HttpResponse:
    """The agency is given the safe contact rules as they are now."""
    found = _referral(request, pk)
    actions.renew_safe_contact(referral=found, by=request.actor)
    messages.success(
        request, _("%s has the safe contact rules as they are now.") % found.agency.name
    )
    return redirect("referrals:referral", pk=pk)


@require_POST
@requires(Permission.REFERRAL_SEND)
def told_to_stop(request: ActorRequest, pk: Any) -> HttpResponse:
    """The agency was told to stop using what the person took back."""
    found = _referral(request, pk)
    actions.record_told_to_stop(referral=found, by=request.actor)
    messages.success(request, _("Saved. %s knows that it must stop.") % found.agency.name)
    return redirect("referrals:referral", pk=pk)


@require_POST
@requires(Permission.REFERRAL_SEND)
def agency_told(request: ActorRequest, pk: Any) -> HttpResponse:
    """Somebody at the agency was told by phone that the referral ended."""
    found = _referral(request, pk)
    actions.record_agency_told(referral=found, by=request.actor)
    messages.success(request, _("Saved. %s knows that it ended.") % found.agency.name)
    return redirect("referrals:referral", pk=pk)


@require_POST
@requires(Permission.REFERRAL_SEND)
def ask_instead(request: ActorRequest, pk: Any) -> HttpResponse:
    """The next agency is to be asked: a draft with the same choices, which is checked before it is sent."""
    found = _referral(request, pk)
    best = next_best(found, request.actor, clocks.now())
    if best is None:
        messages.warning(request, _("No other agency meets this here. Choose by hand."))
        return redirect("referrals:referral-new", reference=found.case.reference)
    draft = actions.ask_instead(referral=found, service=best.service, by=request.actor)
    return redirect("referrals:referral-share", pk=draft.pk)


def _referral(request: ActorRequest, pk: Any) -> SupportReferral:
    rows = SupportReferral.objects.with_steps().with_left()
    rows = rows.select_related(
        "agency",
        "service",
        "force__calendar",
        "case__victim",
        "case__scope__force",
        "disclosure",
        "consent",
    )
    found: SupportReferral = rows.get_visible(request.actor, pk=pk)
    audit.reason_for(found.case, by=request.actor)
    return found


def _not_asked_about(case: Case) -> str:
    asked = set[str]().union(*asked_about(case).values())
    return said(not_asked_about(case, asked))


def _looked_for(found: SupportReferral) -> list[str]:
    """What the service was looked for beside the needs; whoever is asked next is looked for alike."""
    gender = str(Gender(found.gender).label) if found.gender != Gender.ANY else ""
    access = [str(Access(kind).label) for kind in found.access]
    return [words for words in (gender, found.place, *access) if words]


def _page(
    request: ActorRequest, found: SupportReferral, form: AnswerForm, status: int = 200
) -> HttpResponse:
    new = reverse("referrals:referral-new", args=[found.case.reference])
    questions = list(found.questions.select_related("answered_by"))
    disclosure = getattr(found, "disclosure", None)
    is_closed = found.case.status == CaseStatus.CLOSED
    context = {
        "referral": found,
        "case": found.case,
        "shown": shown(found, clocks.now()),
        "at": clocks.now(),
        "answered": [question for question in questions if question.answered_at],
        "open_question": next((q for q in questions if q.answered_at is None), None),
        "form": form,
        "looked_for": _looked_for(found),
        "items": [item.label for item in Item if item.value in found.items],
        "disclosure": disclosure,
        "must_stop": found.taken_back.filter(told_at=None).exists(),
        "stale": bool(found.is_open and disclosure and is_stale(disclosure, found.case)),
        "may_send": request.actor.can(Permission.REFERRAL_SEND),
        "may_withdraw": found.is_open,
        "has_not_seen": found.status in CALLED_OFF and has_not_seen(found, request.actor),
        "left": said(left_to_us(found)),
        "other_support": f"{new}?after={found.pk}",
        "outcomes": [
            (NeedKind(need).label, NeedOutcome(became).label)
            for need, became in found.outcomes.items()
        ],
        "reviews": list(found.reviews.all()),
        "disclosed": told_of(found),
        "next": next_best(found, request.actor, clocks.now()),
        "not_asked_about": "" if is_closed else _not_asked_about(found.case),
    }
    return render(request, "referrals/referral.html", context, status=status)
