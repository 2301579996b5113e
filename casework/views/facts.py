"""The room of the pages about who the person is: all that is known of them, one more fact, age, missing."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

import clocks
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from accounts.sealed import EncryptedTextField
from casework.actions import facts
from casework.forms.missing import AlertForm, FoundForm, MissingForm, ReturnForm
from casework.models import Case, CaseStatus
from casework.views.asking import ask, opened
from victims.actions.facts import names_of
from victims.forms import AgeForm, DetermineForm, DisputeForm, TakeOutForm, fact_form
from victims.models import KINDS, FactKind, MissingEpisode, PersonFact, Victim

form_page = require_http_methods(["GET", "HEAD", "POST"])
PERSON = "casework:person"
# What the page that asks one more is called, and the link to it.
ASKED = {
    FactKind.NAME: (_lazy("A name"), _lazy("Add a name")),
    FactKind.NATIONALITY: (_lazy("A nationality"), _lazy("Add a nationality")),
    FactKind.LANGUAGE: (_lazy("Another language"), _lazy("Add a language")),
    FactKind.DEPENDANT: (_lazy("Somebody who depends on them"), _lazy("Add somebody")),
    FactKind.REFERENCE: (_lazy("A number"), _lazy("Add a number")),
}


@requires(Permission.CASE_VIEW)
@require_safe
def person(request: ActorRequest, reference: str) -> HttpResponse:
    """All that is known of who the person is."""
    case = opened(request, reference, "person")
    victim = case.victim
    disputes = list(victim.age_disputes.select_related("recorded_by", "settled_by"))
    episodes = list(victim.missing_episodes.all())
    editable = case.status != CaseStatus.CLOSED and request.actor.can(Permission.CASE_EDIT)
    missing = next((episode for episode in episodes if episode.found_at is None), None)
    context = {
        "case": case,
        "at": clocks.now(),
        "groups": _groups(request, case),
        "dispute": next((each for each in disputes if each.settled_at is None), None),
        "settled": [each for each in disputes if each.settled_at is not None],
        "missing": missing,
        "episodes": episodes,
        "not_interviewed": bool(
            episodes and episodes[0].found_at and not episodes[0].interviewed_at
        ),
        "judged": victim.risk_judgements.select_related("judged_by").first(),
        "may_edit": editable,
        "may_contact": case.status != CaseStatus.CLOSED
        and request.actor.can(Permission.CASE_CONTACT),
    }
    return render(request, "casework/person.html", context)


def _groups(request: ActorRequest, case: Case) -> list[dict[str, Any]]:
    """What is known in any number, all kinds in one query; what is sealed stays there."""
    names = [f"known_{kind}" for kind in FactKind]
    rows = Victim.objects.visible_to(request.actor).annotate(
        **{name: ArraySubquery(_standing(kind)) for name, kind in zip(names, FactKind, strict=True)}
    )
    known = rows.values_list(*names).get(pk=case.victim_id)
    return [
        {
            "kind": kind,
            "add": ASKED[kind][1],
            "facts": [KINDS[kind](**row) for row in found],
        }
        for kind, found in zip(FactKind, known, strict=True)
    ]


def _standing(kind: FactKind) -> "QuerySet[Any, Any]":
    model = KINDS[kind]
    shown = {name: name for name in ("id", *names_of(model)) if not _is_sealed(model, name)}
    rows: QuerySet[Any] = model._default_manager.filter(victim=OuterRef("pk"), ended_at=None)
    return rows.order_by("recorded_at", "pk").values(json=JSONObject(**shown))


def _is_sealed(model: type[PersonFact], name: str) -> bool:
    return isinstance(model._meta.get_field(name), EncryptedTextField)


@requires(Permission.CASE_EDIT)
@form_page
def fact_new(request: ActorRequest, reference: str, kind: str) -> HttpResponse:
    """One more of its kind."""
    asked = _kind(kind)
    case = opened(request, reference, f"person-{asked}")
    return _ask_fact(
        request,
        case,
        asked,
        None,
        lambda **values: facts.add_fact(case=case, by=request.actor, kind=asked, values=values),
    )


@requires(Permission.CASE_EDIT)
@form_page
def fact(request: ActorRequest, reference: str, kind: str, fact: UUID) -> HttpResponse:
    """One that is recorded, to be put right."""
    asked = _kind(kind)
    case = opened(request, reference, f"person-{asked}")
    recorded = _fact(request, case, asked, fact)
    return _ask_fact(
        request,
        case,
        asked,
        recorded,
        lambda **values: facts.replace_fact(
            case=case, by=request.actor, kind=asked, fact=recorded, values=values
        ),
    )


@requires(Permission.CASE_EDIT)
@form_page
def fact_end(request: ActorRequest, reference: str, kind: str, fact: UUID) -> HttpResponse:
    """It is not so, or no longer: it is kept with the reason, and no longer shown as so."""
    asked = _kind(kind)
    case = opened(request, reference, f"person-{asked}")
    recorded = _fact(request, case, asked, fact)
    return ask(
        request,
        case,
        name=f"fact-end-{recorded.pk}",
        make=TakeOutForm,
        act=lambda why: facts.end_fact(
            case=case, by=request.actor, kind=asked, fact=recorded, why=why
        ),
        saved=_("Taken out. What was recorded is kept in the record, with your reason."),
        to=PERSON,
        template="casework/fact_end.html",
        words=[line for line in recorded.words if line],
    )


def _kind(kind: str) -> FactKind:
    if kind not in FactKind.values:
        raise Http404
    return FactKind(kind)


def _fact(request: ActorRequest, case: Case, kind: FactKind, pk: UUID) -> PersonFact:
    rows = KINDS[kind].objects.select_related("victim")  # type: ignore[attr-defined]
    found: PersonFact = rows.get_visible(request.actor, pk=pk, victim=case.victim)
    return found


def _ask_fact(
    request: ActorRequest, case: Case, kind: FactKind, recorded: PersonFact | None, act: Any
) -> HttpResponse:
    return ask(
        request,
        case,
        name=f"fact-{recorded.pk if recorded else kind}",
        make=partial(fact_form, KINDS[kind], recorded),
        act=act,
        saved=_("Saved. What it was before is kept in the record.") if recorded else _("Saved."),
        to=PERSON,
        template="casework/fact.html",
        heading=ASKED[kind][0],
        ends=reverse("casework:fact-end", args=[case.reference, kind, recorded.pk])
        if recorded and recorded.ended_at is None
        else "",
    )


@requires(Permission.CASE_EDIT)
@form_page
def age(request: ActorRequest, reference: str) -> HttpResponse:
    """How old they are; what was determined while it is disputed."""
    case = opened(request, reference, "age")
    victim = case.victim
    if victim.age_disputed:
        return ask(
            request,
            case,
            name="age-determined",
            make=DetermineForm,
            act=lambda **answers: facts.determine_age(case=case, by=request.actor, **answers),
            saved=_("Saved. Their age is determined."),
            to=PERSON,
            template="casework/age.html",
        )

    def explain(form: forms.Form, clash: Conflict) -> list[str]:
        assert isinstance(form, AgeForm)
        now = Case.objects.with_header().get_visible(request.actor, pk=case.pk)
        form.read_again(now.victim)
        return [clash.sentence, *clash.fields]

    return ask(
        request,
        case,
        name="age",
        make=partial(AgeForm, victim=victim),
        act=lambda **answers: facts.record_age(case=case, by=request.actor, **answers),
        saved=_("Saved."),
        to=PERSON,
        explain=explain,
    )


@requires(Permission.CASE_EDIT)
@form_page
def age_disputed(request: ActorRequest, reference: str) -> HttpResponse:
    """Somebody disputes it: they are treated as a child from now on."""
    case = opened(request, reference, "age-disputed")
    return ask(
        request,
        case,
        name="age-disputed",
        make=DisputeForm,
        act=lambda **answers: facts.dispute_age(case=case, by=request.actor, **answers),
        saved=_("Saved. They are treated as a child until it is determined."),
        to=PERSON,
    )


@requires(Permission.CASE_CONTACT)
@form_page
def missing(request: ActorRequest, reference: str) -> HttpResponse:
    """What comes next: they are missing, others are told, they are found, somebody spoke with them."""
    case = opened(request, reference, "missing")
    episode: MissingEpisode | None = case.victim.missing_episodes.first()
    done = episode is None or episode.interviewed_at is not None
    make: Any
    act: Callable[..., MissingEpisode]
    if done or "again" in request.GET:
        name, make, act = "missing", MissingForm, facts.record_missing
        saved = _("Saved. They are missing: tell those who must know now.")
    elif episode is not None and episode.found_at is not None:
        name, make, act = "missing-return", ReturnForm, facts.record_return_interview
        saved = _("Saved. They were spoken with.")
    elif episode is not None and (episode.alerted_at is None or "told" in request.GET):
        name, make, act = "missing-told", partial(AlertForm, episode=episode), facts.record_alert
        saved = _("Saved. Who has been told is on record.")
    else:
        name, make, act = "missing-found", FoundForm, facts.record_found
        saved = _("Saved. They are found, and somebody must speak with them.")
    return ask(
        request,
        case,
        name=name,
        make=make,
        act=lambda **answers: act(case=case, by=request.actor, **answers),
        saved=saved,
        to=PERSON,
        template="casework/missing.html",
        step=name,
        episode=None if name == "missing" else episode,
    )
