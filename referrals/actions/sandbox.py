"""The room of what is done in the sandbox: opened, filled by the very acts of real referrals, and emptied."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor, ActorKind
from accounts.context import acting_as, current
from accounts.errors import Conflict
from accounts.models import Agency
from accounts.permissions import Permission, Role, check
from accounts.scoping import NotVisible
from referrals import disclosure
from referrals.actions import agency as acts
from referrals.actions.endings import mark_in_error, take_back_invented, withdraw
from referrals.actions.police import answer_question
from referrals.actions.steps import locked
from referrals.disclosure import Item
from referrals.models import (
    Disclosure,
    Question,
    ReferralStatus,
    Sandbox,
    Service,
    SupportReferral,
    SupportReview,
    ToldTo,
)
from referrals.rules import LegalBasis
from referrals.scenarios import SAFE_CONTACT_SINCE, SCENARIOS, Scenario
from victims.models import AgeBand, NeedKind

# In the sandbox the agency plays the police too: one hand asks and answers, accepts and withdraws.
BOTH_SIDES = frozenset({Role.AGENCY_SYSTEM, Role.INVESTIGATOR})
# What every real row has and none of the sandbox.
OF_NO_CASE: dict[str, Any] = dict.fromkeys(("scope_id", "case_id", "created_by_id"))
BY_NOBODY: dict[str, Any] = dict.fromkeys(("scope_id", "disclosed_by_id"))
Step = Callable[[SupportReferral, Actor], object]
MOST_INVENTED = 1000
"""So many invented referrals are in one agency's sandbox at once: enough for any test, and no store without end."""


@transaction.atomic
def open_sandbox(*, agency: Agency, by: Actor) -> Agency:
    """The agency's twin, made when it is first wanted, with a service of its own to keep current."""
    if by.kind is ActorKind.AGENCY:
        check(by, Permission.AGENCY_SANDBOX)
    real = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    twin = Agency.every.filter(sandbox_of=real).first()
    if twin is not None:
        return twin
    at = clocks.now()
    twin = Agency.every.create(
        slug=f"sandbox--{real.pk.hex}",  # two dashes, which no real agency's has
        name=f"{real.name[:180]} (sandbox)",
        sandbox_of=real,
        kept_by_id=real.kept_by_id,
    )
    Sandbox.objects.create(agency=twin, opened_at=at, opened_by_id=by.id)
    Service.objects.bulk_create(
        [
            Service(
                agency=twin,
                name="Outreach (invented)",
                needs=[NeedKind.OUTREACH.value],
                listed_at=at,
                changed_at=at,
            )
        ]
    )
    audit.record("sandbox.opened", by=by, of=twin)
    return twin


@transaction.atomic
def send_invented(*, name: str, by: Actor) -> UUID:
    """A referral of an invented person is in the sandbox, where its scenario leaves it, with each step's event: its id.

    Everything happens now, by the acts that real referrals go through; then its times are moved back as far as the
    scenario says, while those of its events stay. `NotVisible` when there is no such scenario.
    """
    check(by, Permission.AGENCY_SANDBOX)
    scenario = SCENARIOS.get(name)
    if scenario is None:
        raise NotVisible("referrals.scenarios")
    with inside(by) as player:
        _check_room(player)
        referral = _sent(scenario, player)
        for step in scenario.then:
            STEPS[step](referral, player)
        if scenario.ago:
            _move_back(referral, scenario.ago, player)
        audit.record("sandbox.sent", by=by, scenario=name)
    return referral.pk


@transaction.atomic
def answer_invented(*, pk: UUID, by: Actor) -> None:
    """The police of the sandbox answer what was asked about an invented person; `Conflict` when nothing was."""
    check(by, Permission.AGENCY_SANDBOX)
    with inside(by) as player:
        _answer(SupportReferral.objects.get_visible(player, pk=pk), player)
        audit.record("sandbox.answered", by=by)


@transaction.atomic
def empty_sandbox(*, by: Actor) -> None:
    """Everything that was in the sandbox is gone from it. Its keys stay, and so do the numbers of its events."""
    check(by, Permission.AGENCY_SANDBOX)
    twin = sandbox_of(by)
    rows = Sandbox.objects.filter(agency=twin)
    rows.update(emptied_at=clocks.now(), emptied_by_id=by.id)
    audit.record("sandbox.emptied", by=by, of=twin)


def sandbox_of(by: Actor) -> Agency:
    """The twin of the actor's agency, or the one that its system is of; `NotVisible` when it was never opened."""
    own = Q(pk=by.agency_id) | Q(sandbox_of=by.agency_id)
    found = Agency.every.filter(own, sandbox_of__isnull=False).first()
    if by.agency_id is None or found is None:
        raise NotVisible("referrals.Sandbox")
    return found


@contextmanager
def inside(by: Actor) -> Iterator[Actor]:
    """Inside, whoever acts is of the twin and of nothing real, for the database too."""
    roles = BOTH_SIDES | (by.roles & {Role.AGENCY_ADMINISTRATOR})
    player = replace(by, agency_id=sandbox_of(by).pk, roles=roles)
    context = current()
    if context is None:
        raise RuntimeError("inside() is for whoever acts already.")
    with acting_as(
        player, at=context.at, request_id=context.request_id, in_request=context.in_request
    ):
        yield player


def _check_room(by: Actor) -> None:
    """Pass, or `Conflict`; the twin's row is held, so that no two take the last place."""
    Sandbox.objects.select_for_update(of=("self",)).get(agency=by.agency_id)
    if SupportReferral.objects.visible_to(by).count() >= MOST_INVENTED:
        raise Conflict(
            _("The sandbox is full: %s referrals are in it. Empty it on its page, then go on.")
            % MOST_INVENTED
        )


def _sent(scenario: Scenario, by: Actor) -> SupportReferral:
    at = clocks.now()
    person, needs = scenario.person, sorted(need.value for need in scenario.needs)
    shared = person.full()
    of_child = person.age_band != AgeBand.ADULT
    referral = SupportReferral.objects.create(
        **OF_NO_CASE,
        agency_id=by.own_agency_id,
        needs=needs,
        items=list(shared),
        urgent=scenario.urgent,
        status=ReferralStatus.SENT,
        legal_basis=LegalBasis.SAFEGUARDING if of_child else "invented",
        told_to=ToldTo.TEAM,
        created_at=at,
        sent_at=at,
        changed_at=at,
    )
    given = Disclosure(
        **BY_NOBODY,
        referral=referral,
        agency_id=referral.agency_id,
        items=list(shared),
        first=disclosure.write(person.first(needs, urgent=scenario.urgent)),
        disclosed_at=at,
    )
    disclosure.keep(given, shared)
    given.save(force_insert=True)
    return referral


def _answer(referral: SupportReferral, by: Actor) -> None:
    rows = Question.objects.visible_to(by).filter(referral=referral, answered_at=None)
    asked = rows.select_related("referral").order_by("asked_at").first()
    if asked is None:
        raise Conflict(_("Nothing was asked that waits for an answer."))
    answer_question(question=asked, answer="On weekday mornings. (Invented.)", by=by)


def _renew(referral: SupportReferral, by: Actor) -> None:
    """The police of the sandbox changed how the person may be reached, as `renew_safe_contact` does for real ones."""
    referral = locked(referral, by)
    shared = Disclosure.objects.select_for_update(of=("self",)).get_visible(by, referral=referral)
    given = disclosure.given(shared) or {}
    at = referral.changed_at = clocks.now()
    disclosure.keep(shared, given | {Item.SAFE_CONTACT.value: [SAFE_CONTACT_SINCE]})
    shared.disclosed_at = at
    shared.save(update_fields=("full", "account", "disclosed_at"))
    referral.version += 1
    referral.save(update_fields=("changed_at", "version"))


STEPS: dict[str, Step] = {
    "accept": lambda referral, by: acts.accept(
        referral=referral, worker_name="Robin Invented", by=by
    ),
    "ask": lambda referral, by: acts.ask(
        referral=referral, text="When may we phone? (Invented.)", by=by
    ),
    "answer": _answer,
    "contact": lambda referral, by: acts.confirm_first_contact(
        referral=referral, review_on=clocks.today() + timedelta(days=28), by=by
    ),
    "complete": lambda referral, by: acts.complete(referral=referral, reason="needs_met", by=by),
    "decline": lambda referral, by: acts.decline(referral=referral, reason="no_capacity", by=by),
    "end": lambda referral, by: acts.end_early(referral=referral, reason="lost_contact", by=by),
    "renew": _renew,
    "withdraw": lambda referral, by: withdraw(referral=referral, by=by),
    "in_error": lambda referral, by: mark_in_error(referral=referral, by=by),
    "take_back": lambda referral, by: take_back_invented(referral=referral, by=by),
}

MOVED = (
    "sent_at",
    "opened_at",
    "accepted_at",
    "first_contact_at",
    "review_on",
    "ended_at",
)


def _move_back(referral: SupportReferral, ago: timedelta, by: Actor) -> None:
    """It happened so long ago. No version changes, so no event says anything of it."""
    for rows, columns in (
        (SupportReferral.objects.visible_to(by).filter(pk=referral.pk), MOVED),
        (Disclosure.objects.visible_to(by).filter(referral=referral), ("disclosed_at",)),
        (SupportReview.objects.visible_to(by).filter(referral=referral), ("agreed_at", "due_on")),
    ):
        rows.update(**{column: F(column) - ago for column in columns})
