"""The room of the agency inbox: the browser's twin of the API, through the same acts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
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
    WorkerForm,
)
from referrals.models import (
    Event,
    EventType,
    NeedOutcome,
    ReferralQuerySet,
    ReferralStatus,
    SupportReferral,
)
from referrals.rules import AnswerTimes, Side, Turn
from referrals.seen import ends, not_looked_at
from referrals.standing import Shown, shown
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
    "change-worker": Act(
        WorkerForm,
        actions.change_worker,
        _("Change the named worker"),
        _("Changed. The police can see it."),
        frozenset({R.ACCEPTED, R.IN_PROGRESS}),
        ("worker_name",),
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
    times = AnswerTimes()
    waiting = _waiting(rows, at, times)
    ours = [row.referral.pk for row in waiting]
    pages = Paginator(rows.exclude(pk__in=ours).order_by("-sent_at", "pk"), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
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
        "at_version": f"?version={found.version}",
        "outcomes": [
            (NeedKind(need).label, NeedOutcome(became).label)
            for need, became in found.outcomes.items()
        ],
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
    status, version = 200, _version(request)
    if request.method == "POST":
        status = 400
        if version is None:
            form.add_error(None, _("Read the referral again, then press once more."))
        elif form.is_valid():
            try:
                taken = {key: form.cleaned_data[key] for key in chosen.takes}
                chosen.verb(referral=found, version=version, by=request.actor, **taken)
                messages.success(request, str(chosen.done))
                return redirect("referrals:inbox-referral", pk=pk)
            except Conflict as conflict:
                form.add_error(None, conflict.sentence)
                status = 409
                version = None  # what they see now is what the next press is decided on
            except ValidationError as wrong:
                form.add_error(None, wrong.messages)
    context = {
        "referral": found,
        "form": form,
        "words": chosen.words,
        "version": found.version if version is None else version,
        "changed": status == 409,
    }
    return render(request, "referrals/inbox_act.html", context, status=status)


def _waiting(rows: ReferralQuerySet, at: datetime, times: AnswerTimes) -> list[Shown]:
    """Those that need the agency, the first due first; one in progress once its review is due today."""
    reviewed_by_now = Q(review_on=None) | Q(review_on__lte=at.astimezone(clocks.LONDON).date())
    likely = Q(status__in=sorted(OUR_TURN)) | (Q(status=R.IN_PROGRESS) & reviewed_by_now)
    waiting = [shown(row, at, times, Side.AGENCY) for row in rows.filter(likely)]
    waiting = [row for row in waiting if row.referral.status in OUR_TURN or _is_due(row.turn)]
    return sorted(waiting, key=lambda row: (row.turn.due_at or at, str(row.referral.pk)))


def _is_due(turn: Turn) -> bool:
    return turn.working_days is not None and turn.working_days <= 0


def _version(request: ActorRequest) -> int | None:
    """The version of the referral that the worker decided on, as the page that they read carries it on."""
    given = (request.POST if request.method == "POST" else request.GET).get("version", "")
    return int(given) if re.fullmatch(r"[0-9]{1,9}", given) else None


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
