"""The room of the pages for reaching the person: what happened, the safe-contact rules, a number for a minute."""

import re
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions.contact import record_contact, safe_channels
from casework.actions.person import reveal_safe_contact, set_safe_contact
from casework.actions.silence import consider_missing, standing_report
from casework.allowed import due
from casework.forms.contact import ContactForm, LostContactForm
from casework.models import Case
from casework.records import consents_of, theirs
from casework.rules import next_contacts
from casework.silence import RULE as LOST_RULE
from casework.silence import silence_of, too_few_tries, tries_since
from casework.views.asking import ask, opened
from casework.views.case import rules_of, topics_of
from clocks import LONDON
from pages.answers import Answer
from victims.forms import SafeContactForm
from victims.models import Channel, Purpose, SafeContact

SECONDS = 60


@requires(Permission.CASE_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: ActorRequest, reference: str) -> HttpResponse:
    """Record what happened; saving sets when the next contact is due."""
    case, at = opened(request, reference, "contact"), clocks.now()
    safe, due_at = safe_channels(case, request.actor), next_contacts(case, at)

    def make(*args: Any) -> ContactForm:
        return ContactForm(*args, safe=safe, due=due_at)

    def act(**answers: Any) -> None:
        if record_contact(case=case, by=request.actor, **answers).lost:
            messages.warning(
                request, _("Nobody can reach them. Consider a missing person report now.")
            )

    return ask(
        request,
        case,
        name="contact",
        make=make,
        act=act,
        saved=_("Saved. The next contact is set."),
        at=at,
        **rules_of(case, at, request.actor),
        topics=topics_of(case, request.actor),
        unwanted=_unwanted(case, request),
    )


def _unwanted(case: Case, request: ActorRequest) -> bool:
    word = consents_of(case, request.actor).holding(Purpose.POLICE_CONTACT)
    return word is not None and not word.allows


@requires(Permission.CASE_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def lost_contact(request: ActorRequest, reference: str) -> HttpResponse:
    """Nobody can reach the person: is a missing person report needed? Who decided it?"""
    case, at = opened(request, reference, "lost-contact"), clocks.now()
    silence = silence_of(case)
    standing = standing_report(case)
    return ask(
        request,
        case,
        name="lost-contact",
        make=partial(
            LostContactForm, number=standing.report_number if standing else "", by=request.actor
        ),
        act=lambda **answers: consider_missing(case=case, by=request.actor, **answers),
        saved=_("Saved. It must be considered again until somebody reaches them."),
        at=at,
        again_at=due(rule=LOST_RULE, clock="later", since=at, force=case.scope.force),
        silence=silence,
        tries=tries_since(case, silence.heard_at),
        too_few=too_few_tries(),
        before=list(case.lost_contacts.filter(at__gte=silence.heard_at).select_related("episode")),
    )


@requires(Permission.SAFE_CONTACT_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def safe_contact(request: ActorRequest, reference: str) -> HttpResponse:
    """The ways to reach the person with their rules, no numbers; a rule is replaced, never changed."""
    case, at = opened(request, reference, "safe-contact"), clocks.now()
    replaces = _rule(request, case, request.GET["change"]) if "change" in request.GET else None
    review_at = due(
        rule="safe-contact-stale", clock="standard", since=at, force=case.scope.force
    ) or at + timedelta(days=1)

    def make(*args: Any) -> SafeContactForm:
        review_on = review_at.astimezone(LONDON).date()
        return SafeContactForm(*args, replaces=replaces, review_on=review_on)

    return ask(
        request,
        case,
        name="safe-contact",
        make=make,
        act=lambda **answers: set_safe_contact(
            case=case, by=request.actor, replaces=replaces, **answers
        ),
        saved=_("Saved. The rule before it is kept in the record."),
        to="casework:safe-contact",
        at=at,
        **rules_of(case, at, request.actor),
        replaces=replaces,
    )


@requires(Permission.SAFE_CONTACT_REVEAL)
@require_safe
def read_before_calling(request: ActorRequest, reference: str, rule: UUID) -> HttpResponse:
    """The rule, alone on a page, before the number may be seen."""
    case = opened(request, reference, "read-before-calling")
    context = {"case": case, "rule": _rule(request, case, rule), "at": clocks.now()}
    return render(request, "casework/read_before_calling.html", context)


@requires(Permission.SAFE_CONTACT_REVEAL)
@require_POST
def reveal(request: ActorRequest, reference: str, rule: UUID) -> HttpResponse:
    """The number for a minute; the browser leaves the page by itself, with or without scripts."""
    case = opened(request, reference, "reveal")
    read = _rule(request, case, rule)
    number = reveal_safe_contact(case=case, rule=read, by=request.actor)
    context = {
        "case": case,
        "rule": read,
        "number": number,
        "dialled": _dialled(read, number),
        "seconds": SECONDS,
    }
    response = render(request, "casework/reveal.html", context)
    away = reverse("casework:safe-contact", args=[case.reference])
    response["Refresh"] = f"{SECONDS}; url={away}"
    response["Cache-Control"] = "no-store"
    return response


def _dialled(rule: SafeContact, number: str) -> str:
    """What a phone may dial at a press: only a number that is safe to call."""
    if rule.channel != Channel.PHONE or rule.safe != Answer.YES:
        return ""
    return re.sub(r"[^\d+]", "", number)


def _rule(request: ActorRequest, case: Case, pk: UUID | str) -> SafeContact:
    rules = SafeContact.objects.select_related("set_by")
    records = theirs(case, request.actor)
    return rules.get_visible(request.actor, pk=_uuid(pk), victim__in=records)


def _uuid(text: UUID | str) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
