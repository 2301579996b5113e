"""The room of the pages for the duties of a case: safety, crime, local authority, needs, national referral, review."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import clocks
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import duties, nrm_reading
from casework.actions.allocation import all_in_words
from casework.forms.duties import (
    AuthorityForm,
    CrimeForm,
    NotifyForm,
    NrmForm,
    ReviewForm,
    SafetyForm,
    SharingStoppedForm,
)
from casework.models import TOLD_TO_STOP, Case, NrmStatus
from casework.records import consents_of, latest_of_each
from casework.rules import nrm_path
from casework.views.asking import ask, opened
from victims.forms import NeedsForm

form_page = require_http_methods(["GET", "HEAD", "POST"])


@requires(Permission.CASE_EDIT)
@form_page
def safety(request: ActorRequest, reference: str) -> HttpResponse:
    """Are they safe now?"""
    case = opened(request, reference, "safety")
    return ask(
        request,
        case,
        name="safety",
        make=SafetyForm,
        act=lambda **answers: duties.confirm_safety(case=case, by=request.actor, **answers),
        saved=_("Saved. Whether they are safe is on record."),
    )


@requires(Permission.CRIME_RECORD)
@form_page
def crime(request: ActorRequest, reference: str) -> HttpResponse:
    """The number of the crime."""
    case = opened(request, reference, "crime")
    return ask(
        request,
        case,
        name="crime",
        make=CrimeForm,
        act=lambda **answers: duties.record_crime(case=case, by=request.actor, **answers),
        saved=_("Saved. The crime is on record."),
        crimes=list(case.crimes.all()),
    )


@requires(Permission.CASE_EDIT)
@form_page
def authority(request: ActorRequest, reference: str) -> HttpResponse:
    """Whom we told at the local authority."""
    case = opened(request, reference, "authority")
    return ask(
        request,
        case,
        name="authority",
        make=AuthorityForm,
        act=lambda **answers: duties.tell_authority(case=case, by=request.actor, **answers),
        saved=_("Saved. The local authority knows."),
        told=list(case.authorities_told.select_related("by")),
    )


@requires(Permission.CASE_EDIT)
@form_page
def needs(request: ActorRequest, reference: str) -> HttpResponse:
    """What the person needs."""
    case = opened(request, reference, "needs")
    standing = list(case.victim.needs.filter(ended_at=None))

    def make(*args: Any) -> NeedsForm:
        return NeedsForm(*args, needs=standing)

    def act(**answers: Any) -> None:
        duties.assess_needs(case=case, by=request.actor, at=clocks.now(), **answers)

    return ask(
        request,
        case,
        name="needs",
        make=make,
        act=act,
        saved=_("Saved. Their needs are on record."),
    )


@requires(Permission.CONSENT_RECORD)
@form_page
def sharing_stopped(request: ActorRequest, reference: str) -> HttpResponse:
    """What was done after they took back an agreement."""
    case = opened(request, reference, "sharing-stopped")
    decided = consents_of(case, request.actor).filter(purpose__in=TOLD_TO_STOP).latest_first()
    return ask(
        request,
        case,
        name="sharing-stopped",
        make=SharingStoppedForm,
        act=lambda **answers: duties.stop_sharing(case=case, by=request.actor, **answers),
        saved=_("Saved. What was done is on record."),
        taken_back=[word for word in latest_of_each(decided) if not word.allows],
        recorded=list(case.sharing_stopped.select_related("by")),
    )


@requires(Permission.NRM_DECIDE)
@form_page
def nrm(request: ActorRequest, reference: str) -> HttpResponse:
    """Refer or notify, as this person's answer asks; what comes after a referral has its own page."""
    case = opened(request, reference, "nrm")
    if case.nrm_referrals.exclude(status=NrmStatus.WITHDRAWN).exists():
        if request.method == "POST":
            messages.info(request, _("The referral is on record already. Nothing was changed."))
        return redirect("casework:decisions", case.reference)
    notified = case.duties_to_notify.first()
    path = nrm_path(case, request.actor)
    lacking = nrm_reading.lacked_by(request.actor, on=clocks.today())
    shown: dict[str, Any] = {
        "notified": notified,
        "path": str(path),
        "notifies": path.notifies,
        "lacking": all_in_words(lacking),
        "template": "casework/nrm.html",
    }
    if path.notifies:
        return ask(
            request,
            case,
            name="nrm-notify",
            make=partial(NotifyForm, must_be_read=bool(lacking)),
            act=lambda **answers: duties.notify(case=case, by=request.actor, **answers),
            saved=_("Saved. The Home Office is notified, without a name."),
            **shown,
        )
    return ask(
        request,
        case,
        name="nrm",
        make=partial(NrmForm, must_be_read=bool(lacking)),
        act=lambda **answers: duties.submit_nrm(case=case, by=request.actor, **answers),
        saved=_("Saved. The referral is on record, and its clock runs."),
        **shown,
    )


@requires(Permission.CASE_REVIEW)
@form_page
def review(request: ActorRequest, reference: str) -> HttpResponse:
    """What a supervisor found."""
    case: Case = opened(request, reference, "review")
    return ask(
        request,
        case,
        name="review",
        make=ReviewForm,
        act=lambda **answers: duties.review_case(case=case, by=request.actor, **answers),
        saved=_("Saved. The review is on record."),
        reviews=list(case.reviews.select_related("by")[:3]),
    )
