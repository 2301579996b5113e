"""The room of the pages about the person: details, what they told us, what they agreed to, how much danger."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import clocks
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import person
from casework.forms.person import EditForm, differing
from casework.models import Case, EventKind
from casework.views.asking import ask, opened
from casework.views.case import topics_of
from pages.due import on_the_wall
from victims.forms import ConsentForm, RiskForm, ToldForm

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
    for name, recorded in differing(form, now).items():
        question = form.fields[name]
        choices = dict(getattr(question, "choices", ()))
        words = choices.get(recorded, recorded) or _("nothing")
        form.add_error(name, _("Recorded now: %s. What you typed is kept here.") % words)
    form.read_again(now)
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
    """What they told us, so that nobody asks again."""
    case = opened(request, reference, "told")
    topics = topics_of(case, request.actor)
    already = [entry["topic"] for entry in topics if entry["is_told"]]

    def make(*args: Any) -> ToldForm:
        return ToldForm(*args, told=already)

    def act(**answers: Any) -> None:
        person.tell_topic(case=case, by=request.actor, heard_at=clocks.now(), **answers)

    return ask(
        request,
        case,
        name="told",
        make=make,
        act=act,
        saved=_("Saved. Nobody needs to ask for this again."),
        topics=topics,
    )


@requires(Permission.CONSENT_RECORD)
@form_page
def consent(request: ActorRequest, reference: str) -> HttpResponse:
    """What they agreed to, each for itself; they may take it back at any time."""
    case = opened(request, reference, "consent")

    def act(**answers: Any) -> None:
        person.record_consent(case=case, by=request.actor, decided_at=clocks.now(), **answers)

    return ask(
        request,
        case,
        name="consent",
        make=ConsentForm,
        act=act,
        saved=_("Saved. What they decided holds from now."),
        consents=list(case.victim.consents.select_related("agency", "explained_by")),
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
