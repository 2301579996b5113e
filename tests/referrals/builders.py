"""Referrals in every state, made by the acts themselves."""

from typing import Any

from django.test import Client

import clocks
from accounts.actors import Actor, ActorKind
from accounts.auth import actor_of
from accounts.models import Agency, User
from accounts.permissions import Role
from casework.models import Case
from pages.answers import Answer
from referrals import actions
from referrals.models import NoContactReason, Service, SupportReferral, ToldTo, Webhook
from tests.builders import make_case
from victims.models import (
    Channel,
    ConsentEvent,
    ConsentOutcome,
    Purpose,
    RiskLevel,
    SafeContact,
)


def officer(username: str = "olu") -> Actor:
    return actor_of(User.objects.get(username=username), clocks.now())


def system(slug: str = "harbour") -> Actor:
    """The agency's own system, as a token makes it."""
    agency = Agency.objects.get(slug=slug)
    return Actor(
        kind=ActorKind.AGENCY,
        name=f"{agency.name} (key test)",
        agency_id=agency.pk,
        roles=frozenset({Role.AGENCY_SYSTEM}),
    )


def make_service(slug: str = "harbour", **over: Any) -> Service:
    values = {"name": "Outreach", "needs": ["outreach", "safe_house"], "languages": ["Vietnamese"]}
    return Service.objects.create(agency=Agency.objects.get(slug=slug), **(values | over))


def agree(
    case: Case, outcome: str = ConsentOutcome.GIVEN, agency: Agency | None = None
) -> ConsentEvent:
    """The person was asked about sharing with agencies, and decided."""
    at = clocks.now()
    return ConsentEvent.objects.create(
        scope=case.scope,
        victim=case.victim,
        purpose=Purpose.AGENCY,
        agency=agency,
        outcome=outcome,
        decided_at=at,
        recorded_at=at,
        explained_by=case.logged_by,
    )


def make_safe_contact(case: Case, **over: Any) -> SafeContact:
    at = clocks.now()
    values = {
        "scope": case.scope,
        "victim": case.victim,
        "channel": Channel.PHONE,
        "safe": "yes",
        "details": "07700 900123",
        "when": "Mornings before ten",
        "code_word": "library",
        "review_on": at.date(),
        "set_at": at,
        "set_by": case.logged_by,
    }
    return SafeContact.objects.create(**(values | over))


def make_draft(case: Case | None = None, slug: str = "harbour", **over: Any) -> SupportReferral:
    case = case or make_case()
    service = Service.objects.filter(agency__slug=slug).first() or make_service(slug)
    values = {"needs": ["outreach"], "urgent": False} | over
    if case.victim.interpreter == Answer.NOT_ASKED or case.victim.risk == RiskLevel.NOT_JUDGED:
        case.victim.interpreter, case.victim.risk = Answer.NO, RiskLevel.STANDARD
        case.victim.save(update_fields=["interpreter", "risk"])
    draft = actions.draft_referral(case=case, service=service, by=officer(), **values)
    said = {"told_to": ToldTo.TEAM, "no_contact_reason": NoContactReason.THROUGH_US}
    SupportReferral.objects.filter(pk=draft.pk).update(**said)
    return SupportReferral.objects.get(pk=draft.pk)


def make_sent(case: Case | None = None, slug: str = "harbour", **over: Any) -> SupportReferral:
    case = case or make_case()
    if not case.victim.consents.exists() and not case.victim.is_child:
        agree(case)
    return actions.send_referral(referral=make_draft(case, slug, **over), by=officer())


def press_send(browser: Client, referral: SupportReferral) -> Any:
    """The check page is looked at, then its button pressed: what it holds unseen goes along."""
    address = f"/referral/{referral.pk}/check"
    form = browser.get(address).context["form"]
    return browser.post(address, {name: form[name].value() for name in ("version", "checked")})


def make_in(status: str, case: Case | None = None, slug: str = "harbour") -> SupportReferral:
    """A referral that came to the status through its acts."""
    if status == "draft":
        return make_draft(case, slug)
    referral, agency = make_sent(case, slug), system(slug)
    if status == "opened":
        actions.ask(referral=referral, text="Where?", by=agency)
        question = referral.questions.get()
        actions.answer_question(question=question, answer="Here", by=officer())
    if status == "needs_info":
        actions.ask(referral=referral, text="Where?", by=agency)
    if status in {"accepted", "in_progress", "completed", "ended_early"}:
        actions.accept(referral=referral, worker_name="Hana Wells", by=agency)
    if status in {"in_progress", "completed"}:
        actions.confirm_first_contact(referral=referral, by=agency)
    if status == "completed":
        actions.complete(referral=referral, reason="needs_met", by=agency)
    if status == "ended_early":
        actions.end_early(referral=referral, reason="lost_contact", by=agency)
    if status == "declined":
        actions.decline(referral=referral, reason="no_capacity", by=agency)
    if status == "withdrawn":
        actions.withdraw(referral=referral, by=officer())
    if status == "in_error":
        actions.mark_in_error(referral=referral, by=officer())
    return SupportReferral.objects.get(pk=referral.pk)


def make_webhook(slug: str = "harbour", url: str = "https://hooks.harbour.invalid/in") -> Webhook:
    """An address that two administrators agreed on and that is on."""
    first, second = User.objects.filter(
        agency__slug=slug, roles__role=Role.AGENCY_ADMINISTRATOR
    ).order_by("-username")[:2]
    at = clocks.now()
    webhook, _secret = actions.propose_webhook(url=url, by=actor_of(first, at))
    return actions.confirm_webhook(webhook=webhook, by=actor_of(second, at))
