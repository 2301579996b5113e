"""The room of the page behind a link that works once: questions for whoever holds it, and nothing kept afterwards.

It has a frame of its own: no cookie, no sign-in, no name of ours, nothing that a shared phone would show.
"""

import time

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import NOBODY
from accounts.auth import client_ip
from accounts.context import acting_as
from accounts.errors import Refused
from accounts.rates import asked_at
from casework.actions.voice import answer_by_link, asked_by_link
from casework.nrm.leaflets import ENGLISH, Leaflet
from casework.views.voice import given_in, questions_in
from casework.voice.questions import sheet_of, sheets

LEADS_TO = "https://www.bbc.co.uk/weather"
"""Where the quick exit goes: a page that anybody might look at."""
WRONG_MOST, WRONG_IN = 20, 600  # links that are none, from one address, in so many seconds


# The link is the key, and no cookie is: there is nothing that another site could use in the person's name.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """What the holder of a link is asked; sent, it is kept, and the link is dead."""
    if request.user.is_authenticated:
        raise Refused(
            _("This link is for the person themselves. Open it where nobody is signed in."),
            verb="voice.answer",
        )
    sent = request.POST if request.method == "POST" else request.GET
    token = sent.get("k", "")
    asked = asked_by_link(token)
    if asked is None:
        return _over(request)
    point, language = asked
    sheet = sheet_of(sent.get("lang") or language)
    if request.method != "POST":
        context = {
            "token": token,
            "about": sheet.sentences[point],
            "questions": questions_in(point, sheet),
            "languages": sheets().values(),
        }
        return render(request, "voice/questions.html", _framed(sheet) | context)
    given = given_in(point, request.POST)
    with acting_as(NOBODY, in_request=True):
        taken = answer_by_link(token=token, given=given, words=sent.get("words", ""))
    if not taken:
        return _over(request)
    answer = redirect(f"{reverse('casework:voice-sent')}?{urlencode({'lang': sheet.code})}")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@login_not_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """It is sent; going back leads nowhere."""
    sheet = sheet_of(request.GET.get("lang", ENGLISH))
    return render(request, "voice/sent.html", _framed(sheet))


def _over(request: HttpRequest) -> HttpResponse:
    """The link is used, too old, or none: the same to whoever holds it. Too many of them, and one must wait."""
    now = time.time()
    who = f"voice-link {client_ip(request)}"
    wait = asked_at(who, now=now, duration=WRONG_IN, most=WRONG_MOST)[-1] != now
    request.META["holdfast.tried"] = "voice.answer"
    request.META["holdfast.ids"] = {}  # a refusal, of which nothing may be said
    sheet = sheet_of(request.GET.get("lang") or _of_browser(request))
    context = _framed(sheet) | {"wait": wait}
    return render(request, "voice/over.html", context, status=429 if wait else 404)


def _of_browser(request: HttpRequest) -> str:
    """The first of our languages that the browser asks for."""
    wanted = request.headers.get("Accept-Language", "").lower().split(",")
    codes = (each.split(";")[0].split("-")[0].strip() for each in wanted)
    return next((code for code in codes if code in sheets()), ENGLISH)


def _framed(sheet: Leaflet) -> dict[str, object]:
    return {"sheet": sheet, "said": sheet.sentences, "leads_to": LEADS_TO}
