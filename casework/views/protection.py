"""The room of the pages for what two people must think through: rights, section 45, immigration enforcement."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import protection
from casework.forms.protection import (
    DecideForm,
    EnhancedForm,
    Section45Form,
    SharedForm,
    ShareForm,
)
from casework.views.asking import ask, opened

form_page = require_http_methods(["GET", "HEAD", "POST"])
INVESTIGATION = "casework:investigation"


@requires(Permission.ENHANCED_CHANGE)
@form_page
def enhanced(request: ActorRequest, reference: str) -> HttpResponse:
    """Whether the person has enhanced rights."""
    case = opened(request, reference, "enhanced")
    return ask(
        request,
        case,
        name="enhanced",
        make=lambda *args: EnhancedForm(*args, case=case),
        act=lambda **answers: protection.set_enhanced(case=case, by=request.actor, **answers),
        saved=_("Saved. Open due times follow."),
        to=INVESTIGATION,
    )


@requires(Permission.SECTION_45_CONSIDER)
@form_page
def section_45(request: ActorRequest, reference: str) -> HttpResponse:
    """Whether the person must not be punished."""
    case = opened(request, reference, "section-45")
    return ask(
        request,
        case,
        name="section-45",
        make=Section45Form,
        act=lambda **answers: protection.consider_section_45(
            case=case, by=request.actor, **answers
        ),
        saved=_("Saved. A second officer must review it before any charge is recorded."),
        to=INVESTIGATION,
        nation=case.scope.force.nation,
        considered=list(case.section_45s.select_related("by", "reviewed_by")),
    )


@requires(Permission.SECTION_45_REVIEW)
@form_page
def section_45_review(request: ActorRequest, reference: str) -> HttpResponse:
    """A second officer's word on what was found."""
    case = opened(request, reference, "section-45-review")
    waiting = (
        case.section_45s.filter(reviewed_at=None)
        .select_related("by")
        .order_by("-recorded_at")
        .first()
    )

    def make(*args: Any) -> DecideForm:
        return DecideForm(
            *args,
            yes=_("I agree with what was found"),
            no=_("I send it back: something is missing"),
        )

    def act(decision: bool, note: str) -> None:
        protection.review_section_45(case=case, by=request.actor, agreed=decision, note=note)

    return ask(
        request,
        case,
        name="section-45-review",
        make=make,
        act=act,
        saved=_("Saved. The review is on record."),
        to=INVESTIGATION,
        waiting=waiting,
        yours=waiting is not None and waiting.by_id == request.actor.id,
    )


@requires(Permission.IMMIGRATION_ASK)
@form_page
def immigration(request: ActorRequest, reference: str) -> HttpResponse:
    """Ask whether immigration enforcement may be told something."""
    case = opened(request, reference, "immigration")
    shares = list(case.immigration_shares.select_related("by", "decided_by"))
    return ask(
        request,
        case,
        name="immigration",
        make=ShareForm,
        act=lambda **answers: protection.ask_to_share(case=case, by=request.actor, **answers),
        saved=_("Saved. Nothing may be shared until a second person has agreed."),
        to=INVESTIGATION,
        shares=shares,
        waits=any(share.decided_at is None for share in shares),
        may_be_shared=any(share.approved and share.shared_at is None for share in shares),
    )


@requires(Permission.IMMIGRATION_DECIDE)
@form_page
def immigration_decide(request: ActorRequest, reference: str) -> HttpResponse:
    """A second person's decision whether immigration enforcement may be told."""
    case = opened(request, reference, "immigration-decide")
    asked = case.immigration_shares.filter(decided_at=None).select_related("by").first()

    def make(*args: Any) -> DecideForm:
        return DecideForm(*args, yes=_("It may be shared"), no=_("It must not be shared"))

    def act(decision: bool, note: str) -> None:
        protection.decide_share(case=case, by=request.actor, approved=decision, note=note)

    return ask(
        request,
        case,
        name="immigration-decide",
        make=make,
        act=act,
        saved=_("Saved. The decision is on record."),
        to=INVESTIGATION,
        asked=asked,
        yours=asked is not None and asked.by_id == request.actor.id,
    )


@requires(Permission.IMMIGRATION_ASK)
@form_page
def immigration_shared(request: ActorRequest, reference: str) -> HttpResponse:
    """Record that what was approved was shared."""
    case = opened(request, reference, "immigration-shared")
    approved = case.immigration_shares.filter(approved=True, shared_at=None).first()

    def act(at: datetime, only_this: bool) -> None:
        protection.record_shared(case=case, by=request.actor, at=at)

    return ask(
        request,
        case,
        name="immigration-shared",
        make=SharedForm,
        act=act,
        saved=_("Saved. What was shared is on record."),
        to=INVESTIGATION,
        approved=approved,
    )
