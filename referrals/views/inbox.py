"""The room of the agency inbox: the browser's twin of the API, through the same acts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

import clocks
from accounts import audit
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from referrals import actions, disclosure
from referrals.forms import (
    AcceptForm,
    AskForm,
    CompleteForm,
    DeclineForm,
    EndForm,
    FirstContactForm,
    ReviewForm,
)
from referrals.models import Event, EventType, ReferralStatus, SupportReferral
from referrals.rules import AnswerTimes, Side
from referrals.seen import ends, not_looked_at
from referrals.standing import shown
from referrals.words import in_words
from victims.models import NeedKind

R = ReferralStatus
PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Act:
    """One thing an agency can do: what is asked, what is done, when it can be."""

    form: Callable[..., forms.Form]
    verb: Callable[..., SupportReferral]
    words: str | Promise
    done: str | Promise
    when: frozenset[str]
    takes: tuple[str, ...]
    hint: str | Promise = ""


@dataclass(frozen=True, slots=True)
class News:
    """Something the police did to a referral, and what the agency does about it."""

    referral: SupportReferral
    at: datetime
    what: str
    act: str
    needs: str


MOST_NEWS = 25
WHAT_TO_DO = {
    EventType.WITHDRAWN: _("Do not contact the person about it. Delete what you noted."),
    EventType.IN_ERROR: _("It was never meant for you. Delete what you noted, and use none of it."),
    EventType.CONSENT_WITHDRAWN: _("Stop using what you were given, and delete what you noted."),
    EventType.CHANGED: _("Read it again before you contact the person."),
}
WAITING = frozenset({R.SENT, R.OPENED, R.NEEDS_INFO})
OUR_TURN = frozenset({R.SENT, R.OPENED, R.ACCEPTED})
ACTS = {
    "accept": Act(
        AcceptForm,
        actions.accept,
        _("Accept"),
        _("Accepted. You can now read what the police share. Reach the person next."),
        WAITING,
        ("worker_name",),
    ),
    "decline": Act(
        DeclineForm,
        actions.decline,
        _("Decline"),
        _("Declined. The police look for other support."),
        WAITING,
        ("reason",),
    ),
    "ask": Act(
        AskForm,
        actions.ask,
        _("Ask the police a question"),
        _("Your question was sent. Your clock stands still until they answer."),
        frozenset({R.SENT, R.OPENED}),
        ("text",),
    ),
    "first-contact": Act(
        FirstContactForm,
        actions.confirm_first_contact,
        _("First contact made"),
        _("First contact is confirmed. The police can see it."),
        frozenset({R.ACCEPTED}),
        ("contact_at", "review_on"),
    ),
    "review": Act(
        ReviewForm,
        actions.hold_review,
        _("Review held"),
        _("The review is written down. The police can see it."),
        frozenset({R.IN_PROGRESS}),
        ("finding", "review_on"),
    ),
    "complete": Act(
        CompleteForm,
        actions.complete,
        _("Finished"),
        _("Finished. You can no longer read what was shared."),
        frozenset({R.IN_PROGRESS}),
        ("reason", "outcomes"),
    ),
    "end": Act(
        EndForm,
        actions.end_early,
        _("We cannot go on"),
        _("Ended. The police look for other support."),
        frozenset({R.ACCEPTED, R.IN_PROGRESS}),
        ("reason",),
    ),
}


@require_safe
@requires(Permission.AGENCY_INBOX)
def inbox(request: ActorRequest) -> HttpResponse:
    """What needs the agency first, most urgent first; then the rest, newest first."""
    at = clocks.now()
    rows = (
        SupportReferral.objects.visible_to(request.actor)
        .with_steps()
        .select_related("agency", "force__calendar")
    )
    pages = Paginator(
        rows.exclude(status__in=sorted(OUR_TURN)).order_by("-sent_at", "pk"), PER_PAGE
    )
    page = pages.get_page(request.GET.get("page"))
    times = AnswerTimes()
    waiting = [
        shown(row, at, times, Side.AGENCY) for row in rows.filter(status__in=sorted(OUR_TURN))
    ]
    waiting.sort(key=lambda row: (row.turn.due_at or at, str(row.referral.pk)))
    others = [shown(row, at, times, Side.AGENCY) for row in page]
    news = [_news(event) for event in not_looked_at(request.actor)[:MOST_NEWS]]
    shown_of = [*(row.referral for row in (*waiting, *others)), *(each.referral for each in news)]
    seen = [str(row.pk) for row in dict.fromkeys(shown_of)]
    audit.searched("referral", by=request.actor, shown=seen)
    context = {"waiting": waiting, "others": others, "page": page, "at": at, "news": news}
    return render(request, "referrals/inbox.html", context)


@require_safe
@requires(Permission.AGENCY_INBOX)
def referral(request: ActorRequest, pk: Any) -> HttpResponse:
    """One referral; that somebody at the agency looked is in the audit trail, and is when it was opened."""
    audit.viewed(_referral(request, pk), by=request.actor)
    found = _referral(request, pk)
    shared = found.is_open and found.accepted_at
    ended = found.events.visible_to(request.actor).filter(ends()).order_by("-number").first()
    context = {
        "referral": found,
        "news": _news(ended) if ended else None,
        "shown": shown(found, clocks.now(), reader=Side.AGENCY),
        "at": clocks.now(),
        "minimum": in_words(disclosure.read(found.disclosure.first)) if found.is_open else None,
        "shared": in_words(disclosure.given(found.disclosure)) if shared else None,
        "questions": found.questions.all() if found.is_open else [],
        "review": found.reviews.filter(held_at=None).first() if found.is_open else None,
        "acts": [(name, act.words) for name, act in ACTS.items() if found.standing in act.when],
    }
    return render(request, "referrals/inbox_referral.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_INBOX)
def act(request: ActorRequest, pk: Any, name: str) -> HttpResponse:
    """Ask for what the act needs, then do it; what was typed stays when it cannot be done."""
    found, chosen = _referral(request, pk), ACTS[name]
    about = {"needs": found.needs} if chosen.form is CompleteForm else {}
    form = chosen.form(request.POST if request.method == "POST" else None, **about)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                taken = {key: form.cleaned_data[key] for key in chosen.takes}
                chosen.verb(referral=found, by=request.actor, **taken)
                messages.success(request, str(chosen.done))
                return redirect("referrals:inbox-referral", pk=pk)
            except Conflict as conflict:
                form.add_error(None, conflict.sentence)
                status = 409
            except ValidationError as wrong:
                form.add_error(None, wrong.messages)
    context = {"referral": found, "form": form, "words": chosen.words, "name": name}
    return render(request, "referrals/inbox_act.html", context, status=status)


def _news(event: Event) -> News:
    kind = EventType(event.type)
    needs = ", ".join(str(NeedKind(need).label) for need in event.referral.needs)
    return News(event.referral, event.at, str(kind.label), str(WHAT_TO_DO[kind]), needs)


def _referral(request: ActorRequest, pk: Any) -> SupportReferral:
    rows = SupportReferral.objects.with_steps().select_related(
        "agency", "force__calendar", "disclosure"
    )
    found: SupportReferral = rows.get_visible(request.actor, pk=pk)
    return found
