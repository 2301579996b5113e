"""The room of the pages about the person: details, what they told us, what they agreed to, how much danger."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import clocks
from accounts import audit
from accounts.errors import Conflict, Refused
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import person
from casework.actions.specialist import is_specialist
from casework.forms.person import DecisionForm, EditForm, differing
from casework.models import TOLD_TO_STOP, Case, EventKind
from casework.records import consents_of, latest_of_each
from casework.views.asking import ask, opened
from casework.views.case import topics_of
from pages.due import on_the_wall
from victims import actions as victims
from victims.forms import RiskForm, ToldForm, WhyForm

form_page = require_http_methods(["GET", "HEAD", "POST"])


@requires(Permission.CASE_EDIT)
@form_page
def edit(request: ActorRequest, reference: str) -> HttpResponse:
    """The details; somebody who saves second is told what the first changed and keeps their words."""
    case = opened(request, reference, "edit")

    def explain(form: forms.Form, clash: Conflict) -> list[str]:
        now = Case.objects.with_header().get_visible(request.actor, pk=case.pk)
        assert isinstance(form, EditForm)
        return _explain(form, now)

    return ask(
        request,
        case,
        name="edit",
        make=lambda *args: EditForm(*args, case=case),
        act=lambda **answers: person.edit_case(case=case, by=request.actor, **answers),
        saved=_("Saved."),
        explain=explain,
    )


def _explain(form: EditForm, now: Case) -> list[str]:
    form.read_again(now)
    for name, recorded in differing(form, now).items():
        question = form.fields[name]
        choices = dict(getattr(question, "choices", ()))
        words = choices.get(recorded, recorded) or _("nothing")
        form.add_error(name, _("Recorded now: %s. What you typed is kept here.") % words)
    changed = now.events.filter(kind=EventKind.EDITED).select_related("by").first()
    if changed is None or changed.by is None:
        first = _("Somebody else changed this case while you were typing.")
    else:
        first = _("%(who)s changed this case while you were typing (%(when)s).") % {
            "who": changed.by.name,
            "when": on_the_wall(changed.recorded_at, clocks.now()),
        }
    return [
        first,
        _("Nothing of yours is saved yet. What differs is marked. Correct it, then save again."),
    ]


@requires(Permission.CASE_CONTACT)
@form_page
def told(request: ActorRequest, reference: str) -> HttpResponse:
    """What they told us; where they told it before, or only a specialist asks, the reason is asked first."""
    case = opened(request, reference, "told")
    topics = topics_of(case, request.actor)
    make: Callable[..., forms.Form] = ToldForm
    template, asked = "casework/told.html", None
    if request.method == "POST" and (why := _why_first(request, case)):
        make, template = partial(WhyForm, **why), "casework/told_why.html"
        asked = next(each for each in topics if each["topic"] == request.POST["topic"])
        if not set(make().fields) - set(ToldForm.base_fields) <= set(request.POST):
            shown = {"case": case, "form": make(initial=request.POST.dict()), "asked": asked}
            return render(request, template, shown | why)

    def act(**answers: Any) -> None:
        try:
            person.tell_topic(case=case, by=request.actor, heard_at=clocks.now(), **answers)
        except Refused as refusal:
            audit.refused(refusal.verb, by=request.actor, topic=answers["topic"], case=case.pk.hex)
            raise Conflict(refusal.sentence) from refusal

    return ask(
        request,
        case,
        name="told",
        make=make,
        act=act,
        saved=_("Saved. Nobody needs to ask for this again."),
        template=template,
        topics=topics,
        asked=asked,
    )


def _why_first(request: ActorRequest, case: Case) -> dict[str, bool]:
    """Which reasons are owed for what was typed; none, or nothing that can be read: empty."""
    form = ToldForm(request.POST)
    if not form.is_valid():
        return {}
    topic, state = form.cleaned_data["topic"], form.cleaned_data["state"]
    by = request.actor
    why = {
        "again": victims.needs_reason(case.victim, topic, state, by=by),
        "not_specialist": victims.guarded(
            case.victim, topic, state, by=by, specialist=is_specialist(by)
        ),
    }
    return why if any(why.values()) else {}


@requires(Permission.CONSENT_RECORD)
@form_page
def consent(request: ActorRequest, reference: str) -> HttpResponse:
    """What they agreed to, each for itself; they may take it back at any time."""
    case = opened(request, reference, "consent")

    def act(**answers: Any) -> None:
        decided_at = answers.pop("at")
        person.record_consent(case=case, by=request.actor, decided_at=decided_at, **answers)

    decisions = list(
        consents_of(case, request.actor).latest_first().select_related("agency", "explained_by")
    )
    holding = latest_of_each(decisions)
    return ask(
        request,
        case,
        name="consent",
        make=DecisionForm,
        act=act,
        saved=_("Saved. What they decided holds from now."),
        holding=holding,
        to_stop=[word for word in holding if word.purpose in TOLD_TO_STOP and not word.allows],
        consents=decisions,
    )


@requires(Permission.CASE_EDIT)
@form_page
def risk(request: ActorRequest, reference: str) -> HttpResponse:
    """How much danger they are in."""
    case = opened(request, reference, "risk")
    return ask(
        request,
        case,
        name="risk",
        make=RiskForm,
        act=lambda **answers: person.judge_risk(case=case, by=request.actor, **answers),
        saved=_("Saved. The risk is judged."),
    )
