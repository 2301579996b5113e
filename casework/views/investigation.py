"""The room of the pages of an investigation: how it stands, what happened, what they were told and was decided."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

import clocks
from accounts import audit
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import decisions
from casework.actions.contact import safe_channels
from casework.actions.investigation import inform as inform_of
from casework.actions.investigation import record_happening
from casework.forms.decisions import DecisionForm, GuardianForm
from casework.forms.investigation import HappenedForm, InformForm
from casework.investigation import timeline
from casework.models import ANSWERS, Case, CaseStatus, Decision, Happening, NrmStatus
from casework.untold import things_to_tell
from casework.views.asking import ask, opened
from casework.views.case import rules_of

form_page = require_http_methods(["GET", "HEAD", "POST"])
INVESTIGATION = "casework:investigation"
H = Happening
# What can be recorded, as an officer would look for it.
GROUPS: tuple[tuple[Any, tuple[Happening, ...]], ...] = (
    (
        gettext_lazy("Suspects"),
        (H.ARRESTED, H.INTERVIEWED, H.BAILED, H.BAIL_CHANGED, H.RELEASED, H.CHARGED),
    ),
    (
        gettext_lazy("How it ends"),
        (H.NOT_INVESTIGATED, H.NO_FURTHER_ACTION, H.OUT_OF_COURT, H.PROSECUTORS),
    ),
    (gettext_lazy("Court"), (H.COURT_DATE, H.SPECIAL_MEASURES, H.OUTCOME)),
    (
        gettext_lazy("The person's part"),
        (H.STATEMENT_TAKEN, H.PERSONAL_STATEMENT, H.VIEWS_ASKED, H.PROPERTY_HELD, H.RECORDS_ASKED),
    ),
    (
        gettext_lazy("What they ask for"),
        (H.COMPLAINT, H.DATA_ASKED, H.BREACH),
    ),
    (
        gettext_lazy("When they are a suspect themselves"),
        (H.PERSON_SUSPECTED, H.PERSON_CHARGED, H.PERSON_NOT_CHARGED),
    ),
)


@requires(Permission.CASE_VIEW)
@require_safe
def investigation(request: ActorRequest, reference: str) -> HttpResponse:
    """Investigation and decisions: what is owed and why, what the person was told, what happened."""
    case = Case.objects.with_header().get_visible(request.actor, reference=reference)
    audit.viewed(case, by=request.actor, page="investigation")
    closed = case.status == CaseStatus.CLOSED
    context = {
        "case": case,
        "at": clocks.now(),
        "entries": timeline(case),
        "things": [] if closed else things_to_tell(case),
        "crimes": list(case.crimes.all()),
        "referral": case.nrm_referrals.exclude(status=NrmStatus.WITHDRAWN).first(),
        "groups": [] if closed else _groups(case),
        "may": {permission.name: request.actor.can(permission) for permission in Permission},
        "closed": closed,
    }
    return render(request, "casework/investigation.html", context)


def _groups(case: Case) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """What can be recorded now: an answer stands with what it answers, while that is open."""
    groups = [(words, [(str(kind), kind.label) for kind in kinds]) for words, kinds in GROUPS]
    open_answers = [
        (str(answer), H(answer).label) for answer in ANSWERS if _open_questions(case, answer)
    ]
    return [*groups, (_("What is still open"), open_answers)] if open_answers else groups


@requires(Permission.INVESTIGATION_RECORD)
@form_page
def happened(request: ActorRequest, reference: str, kind: str) -> HttpResponse:
    """Record one thing that happened; what the person is owed because of it runs."""
    case = opened(request, reference, "happened")
    if kind not in Happening.values:
        raise Http404
    crimes, asked = list(case.crimes.all()), _open_questions(case, kind)
    safe = safe_channels(case, by=request.actor)

    def make(*args: Any) -> HappenedForm:
        return HappenedForm(*args, kind=kind, crimes=crimes, asked=asked, safe=safe)

    return ask(
        request,
        case,
        name=f"happened-{kind.replace('_', '-')}",
        template="casework/happened.html",
        make=make,
        act=lambda **answers: record_happening(case=case, by=request.actor, kind=kind, **answers),
        saved=_("Saved. What they are owed because of it is on the list."),
        to=INVESTIGATION,
        heading=Happening(kind).label,
        kind=kind,
        nothing_open=kind in ANSWERS and not asked,
    )


def _open_questions(case: Case, kind: str) -> list[Any]:
    """What an answer of this kind can answer: asked, and not yet answered so."""
    wanted = ANSWERS.get(kind)
    if wanted is None:
        return []
    return list(case.happenings.filter(kind__in=wanted).exclude(answered_by__kind=kind))


@requires(Permission.CASE_CONTACT)
@form_page
def inform(request: ActorRequest, reference: str) -> HttpResponse:
    """Tick off what the person was told, or say why not."""
    case, at = opened(request, reference, "inform"), clocks.now()
    things, safe = things_to_tell(case), safe_channels(case, by=request.actor)

    def make(*args: Any) -> InformForm:
        return InformForm(*args, things=things, safe=safe)

    return ask(
        request,
        case,
        name="inform",
        make=make,
        act=lambda **answers: inform_of(case=case, by=request.actor, **answers),
        saved=_("Saved. What they know is on record."),
        to=INVESTIGATION,
        things=things,
        **rules_of(case, at, by=request.actor),
    )


@requires(Permission.NRM_DECIDE)
@form_page
def decided(request: ActorRequest, reference: str) -> HttpResponse:
    """Record what the Home Office decided or asked, with its dates."""
    case = opened(request, reference, "decisions")
    referral = case.nrm_referrals.exclude(status=NrmStatus.WITHDRAWN).first()
    if referral is None:
        messages.info(request, _("No national referral has been sent yet. Record that first."))
        return redirect("casework:nrm", case.reference)
    asked = list(
        referral.events.filter(kind=Decision.INFORMATION_ASKED, answered_by=None).order_by("at")
    )

    def make(*args: Any) -> DecisionForm:
        coming = decisions.may_come(referral)
        return DecisionForm(*args, referral=referral, may_come=coming, asked=asked)

    return ask(
        request,
        case,
        name="decisions",
        make=make,
        act=lambda **answers: decisions.record_event(
            referral=referral, by=request.actor, **answers
        ),
        saved=_("Saved. Tell them as soon as you can."),
        to=INVESTIGATION,
        referral=referral,
        events=list(referral.events.select_related("by")),
    )


@requires(Permission.CASE_EDIT)
@form_page
def guardian(request: ActorRequest, reference: str) -> HttpResponse:
    """Refer a child to the guardianship service of the nation."""
    case = opened(request, reference, "guardian")
    return ask(
        request,
        case,
        name="guardian",
        make=GuardianForm,
        act=lambda **answers: decisions.record_guardian(case=case, by=request.actor, **answers),
        saved=_("Saved. Who stands by the child is on record."),
        to=INVESTIGATION,
        nation=case.scope.force.nation,
        done=list(case.guardian_referrals.select_related("by")),
    )
