"""The room of the pages on which people are asked how it was for them, and on which what they said is read."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import clocks
from accounts import audit
from accounts.errors import Conflict, Refused
from accounts.permissions import ActorRequest, Permission, requires
from accounts.second_step import qr_path
from casework.actions import voice as act
from casework.forms.voice import LINK, AskForm, DealForm, NotAskedForm
from casework.models import Case, PointReached, VoiceAnswer, VoiceDealing, VoiceWords
from casework.nrm.leaflets import ENGLISH, Leaflet, spoken
from casework.views.asking import opened
from casework.voice.questions import ASKED, SKIP, Point, all_checked, sheet_of, sheets

form_page = require_http_methods(["GET", "HEAD", "POST"])
A_PAGE = 50


def questions_in(point: str, sheet: Leaflet) -> list[dict[str, Any]]:
    """The questions of a point in a language, each with its answers; English below, where it is another."""
    english = sheets()[ENGLISH].sentences
    below: Mapping[str, str] = {} if sheet.code == ENGLISH else english
    return [
        {
            "name": question.name,
            "several": question.several,
            "words": sheet.sentences[question.name],
            "below": below.get(question.name, ""),
            "answers": [
                {"code": code, "words": sheet.sentences[code], "below": below.get(code, "")}
                for code in (*question.answers, SKIP)
            ],
        }
        for question in ASKED[point]
    ]


def asked_in(point: str, sheet: Leaflet) -> dict[str, Any]:
    """What a page shows that asks somebody in a language, with English below it."""
    return {
        "sheet": sheet,
        "said": sheet.sentences,
        "english": {} if sheet.code == ENGLISH else sheets()[ENGLISH].sentences,
        "about": sheet.sentences[point],
        "questions": questions_in(point, sheet),
    }


def given_in(point: str, posted: QueryDict) -> dict[str, Any] | None:
    """What was ticked, question by question; None where they skip it all."""
    if posted.get("act") == "skip":
        return None
    return {
        question.name: posted.getlist(question.name)
        if question.several
        else posted.get(question.name)
        for question in ASKED[point]
    }


@requires(Permission.VOICE_ASK)
@form_page
def voice(request: ActorRequest, reference: str) -> HttpResponse:
    """When, in which language, and how somebody is asked: now, or by a link for their own phone."""
    case = _for_asking(request, reference)
    theirs = [each.code for each in spoken(case.victim.language) if each.code in sheets()]
    first = {
        "language": theirs[0] if theirs else ENGLISH,
        "point": request.GET.get("about", ""),
    }
    form = AskForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        point, language = form.cleaned_data["point"], form.cleaned_data["language"]
        if form.cleaned_data["way"] == LINK:
            return _link(request, case, point, language)
        return redirect("casework:voice-ask", reference, point, language)
    context = {"case": case, "at": clocks.now(), "form": form, "unchecked": not all_checked()}
    status = 400 if form.is_bound else 200
    return render(request, "casework/voice.html", context, status=status)


def _link(request: ActorRequest, case: Case, point: str, language: str) -> HttpResponse:
    """The link, shown this once."""
    token = act.make_link(case=case, point=point, language=language, by=request.actor)
    path = f"{reverse('casework:voice-questions')}?{urlencode({'k': token, 'lang': language})}"
    link = request.build_absolute_uri(path)
    squares, width = qr_path(link)
    context = {
        "case": case,
        "at": clocks.now(),
        "link": link,
        "qr_path": squares,
        "qr_width": width,
    }
    return render(request, "casework/voice_link.html", context)


@requires(Permission.VOICE_ASK)
@form_page
def voice_ask(request: ActorRequest, reference: str, point: str, language: str) -> HttpResponse:
    """The questions of one point, to be read out or shown: what they answer is written down here."""
    case = _for_asking(request, reference)
    if point not in Point.values or language not in sheets():
        raise Http404
    if request.method == "POST":
        act.ask_now(
            case=case,
            point=point,
            language=language,
            given=given_in(point, request.POST),
            words=request.POST.get("words", ""),
            by=request.actor,
        )
        messages.success(request, _("Saved. Nobody who worked on the case can see what was said."))
        return redirect("casework:case", reference)
    context = {"case": case, "at": clocks.now()} | asked_in(point, sheets()[language])
    return render(request, "casework/voice_ask.html", context)


@requires(Permission.VOICE_ASK)
@form_page
def due(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What nobody has asked the person of a case yet: ask them, or say why not."""
    case = Case.objects.get_visible(request.actor, pk=pk)
    audit.viewed(case, by=request.actor, page="voice-due")
    _only_apart(request, case)
    rows = PointReached.objects.visible_to(request.actor).waiting().filter(case=case)
    waiting = list(rows.order_by("at", "pk"))
    points = {row.point for row in waiting}
    form, status = NotAskedForm(request.POST or None, waiting=points), 200
    if request.method == "POST":
        status = 400 if waiting else 409
        if waiting and form.is_valid():
            try:
                act.not_asked(case=case, by=request.actor, **form.cleaned_data)
            except Conflict as clash:
                form.add_error(None, clash.sentence)
                status = 409
            else:
                messages.success(request, _("Saved. Nobody is reminded to ask them about this."))
                return redirect("followups:work")
    context = {"case": case, "waiting": waiting, "form": form}
    return render(request, "casework/voice_due.html", context, status=status)


@requires(Permission.VOICE_READ)
@require_safe
def heard(request: ActorRequest) -> HttpResponse:
    """What people said that somebody must read, and this person may: what waits first."""
    rows = (
        VoiceAnswer.objects.visible_to(request.actor)
        .filter(Q(unsafe=True) | Q(complaint=True) | Q(has_words=True))
        .select_related("asking__scope__unit", "asking__dealing")
        .order_by(
            F("asking__dealing__at").desc(nulls_first=True), "-unsafe", "-complaint", "at", "pk"
        )
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    audit.searched("voice", by=request.actor, shown=[str(row.pk) for row in page.object_list])
    return render(request, "casework/voice_heard.html", {"page": page})


@requires(Permission.VOICE_READ)
@form_page
def said(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What one person said, for somebody whom it is not about; they say what was done."""
    rows = VoiceAnswer.objects.select_related("asking__case", "asking__agency")
    answer = rows.get_visible(request.actor, pk=pk)
    audit.viewed(answer, by=request.actor)
    form, status = DealForm(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                act.deal(answer=answer, by=request.actor, **form.cleaned_data)
            except Conflict as clash:
                form.add_error(None, clash.sentence)
                status = 409
            else:
                messages.success(request, _("Saved. Only people whom it is not about can see it."))
                return redirect("casework:voice-heard")
    of_asking = {"asking": answer.asking_id}
    context = {
        "answer": answer,
        "lines": _lines(answer),
        "words": VoiceWords.objects.visible_to(request.actor).filter(**of_asking).first(),
        "dealing": VoiceDealing.objects.visible_to(request.actor)
        .filter(**of_asking)
        .select_related("by")
        .first(),
        "spoken": sheet_of(answer.asking.language).language,
        "form": form,
    }
    return render(request, "casework/voice_said.html", context, status=status)


def _lines(answer: VoiceAnswer) -> list[tuple[str, str]]:
    """Each question with what was answered, in English."""
    english = sheets()[ENGLISH].sentences
    shown: list[tuple[str, str]] = []
    for question in ASKED[answer.asking.point]:
        given = answer.answers.get(question.name, SKIP)
        codes = given if isinstance(given, list) else [given]
        shown.append((english[question.name], "; ".join(english[code] for code in codes)))
    return shown


def _for_asking(request: ActorRequest, reference: str) -> Case:
    """The case, for somebody whom the answers are not about."""
    case = opened(request, reference, "voice")
    _only_apart(request, case)
    return case


def _only_apart(request: ActorRequest, case: Case) -> None:
    if act.is_about(case, request.actor):
        raise Refused(act.about_you(), verb="voice.ask")
