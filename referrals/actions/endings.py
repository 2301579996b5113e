"""The room of how the police end a referral, and of what consent and closing ask of this room."""

import json
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

import clocks
from accounts import audit, states
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from casework.models import Case
from pages.due import london_date
from referrals.actions.steps import current, locked, tell_case
from referrals.disclosure import Item
from referrals.models import Disclosure, ReferralStatus, SupportReferral, TakenBack
from referrals.seen import TOLD, TOLD_TO_STOP, has_not_seen
from victims.models import (
    ALLOWS,
    FOR_AGENCIES,
    ConsentEvent,
    ConsentOutcome,
    Purpose,
    Victim,
    records_of,
)

R = ReferralStatus
WITHDRAWN, IN_ERROR, CONSENT = "withdrawn", "in_error", "consent_withdrawn"
# Why it ended, by the purpose of the decision, and whether it was made for who could not decide.
WHY_ENDED = {
    "agency": _lazy("The referral to %s was withdrawn: the person took back their agreement."),
    "account": _lazy("%s can no longer read what the person told us: they took that back."),
    "agency_not_best": _lazy(
        "The referral to %s was withdrawn: the person cannot decide, and it is not in their best interests."
    ),
    "account_not_best": _lazy(
        "%s can no longer read what the person told us: they cannot decide, and it is not in their best interests."
    ),
}


@transaction.atomic
def withdraw(
    *, referral: SupportReferral, by: Actor, version: int | None = None
) -> SupportReferral:
    """The agency is asked no longer, and sees nothing of the person any more."""
    check(by, Permission.REFERRAL_SEND)
    referral = locked(referral, by)
    if referral.status == R.WITHDRAWN:
        return referral
    current(referral, version)
    return _withdraw(referral, by, WITHDRAWN, _("The referral to %s was withdrawn."))


@transaction.atomic
def mark_in_error(
    *, referral: SupportReferral, by: Actor, version: int | None = None
) -> SupportReferral:
    """It should never have been sent: its content is gone, the record of sending it stays."""
    check(by, Permission.REFERRAL_SEND)
    referral = locked(referral, by)
    if referral.status == R.IN_ERROR:
        return referral
    if referral.status == R.DRAFT:
        raise Conflict(_("This referral was never sent. Delete the draft instead."))
    current(referral, version)
    at = clocks.now()
    states.move(referral, R.IN_ERROR, by=by)
    _empty(referral, IN_ERROR, by, at)
    sentence = _("The referral to %s was sent in error; its content was removed.")
    tell_case(referral, sentence % referral.agency.name, step="in_error", by=by, at=at)
    return referral


@transaction.atomic
def record_told_to_stop(*, referral: SupportReferral, by: Actor) -> SupportReferral:
    """The agency knows that it may no longer use what the person took back. Saying so again changes nothing."""
    check(by, Permission.REFERRAL_SEND)
    referral = locked(referral, by)
    at = clocks.now()
    rows = TakenBack.objects.visible_to(by).filter(referral=referral, told_at=None)
    if rows.update(told_at=at, told_by_id=by.person_id):
        audit.record("referral.told_to_stop", by=by, of=referral, agency=referral.agency.slug)
        sentence = _("%s was told to stop using what the person took back.")
        tell_case(referral, sentence % referral.agency.name, step=TOLD_TO_STOP, by=by, at=at)
    return referral


@transaction.atomic
def record_agency_told(*, referral: SupportReferral, by: Actor) -> SupportReferral:
    """Somebody at the agency was told by phone that the referral ended. Saying so again changes nothing."""
    check(by, Permission.REFERRAL_SEND)
    referral = locked(referral, by)
    if has_not_seen(referral, by):
        at = clocks.now()
        audit.record("referral.agency_told", by=by, of=referral, agency=referral.agency.slug)
        sentence = _("%s was told that the referral to it ended.") % referral.agency.name
        tell_case(referral, sentence, step=TOLD, by=by, at=at)
    return referral


def end_on_withdrawn_consent(event: ConsentEvent, by: Actor, at: datetime) -> None:
    """Nothing that rested on an agreement can be read any more once the agreement no longer holds.

    Fills `victims.gates.consent_withdrawn`, in the withdrawal's own transaction. Only the decision made last
    counts, so one that is merely written down late ends nothing. A child's referral that rests on a legal basis
    goes on; somebody who has come of age ends it with their own no. Where this actor may not look it ends too.
    """
    if event.purpose not in FOR_AGENCIES:
        return
    _end_in_reach(event, by, at)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT referrals_take_back(%s, %s, %s)",
            [event.pk, event.victim.is_child, _why_it_ended(event)],
        )


def end_on_merge(person: Victim, by: Actor, at: datetime) -> None:
    """What was taken back in one record has ended in the other too, now that they are of one person.

    Fills `victims.gates.records_merged`, in the merge's own transaction; also where the merger may not look.
    """
    said = ConsentEvent.objects.visible_to(by).select_related("victim")
    words = said.filter(victim__in=records_of(person, by), purpose__in=sorted(FOR_AGENCIES))
    for word in words.latest_first().exclude(ALLOWS):
        _end_in_reach(word, by, at)
    sentences = {key: str(sentence) for key, sentence in WHY_ENDED.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT referrals_take_back_merged(%s, %s, %s)",
            [person.pk, person.is_child, json.dumps(sentences)],
        )


def _why_it_ended(event: ConsentEvent) -> str:
    not_best = "_not_best" if event.outcome == ConsentOutcome.NO_CAPACITY else ""
    return str(WHY_ENDED[f"{event.purpose}{not_best}"])


def _end_in_reach(event: ConsentEvent, by: Actor, at: datetime) -> None:
    people = records_of(event.victim, by)
    said = ConsentEvent.objects.visible_to(by).filter(victim__in=people)
    rows = SupportReferral.objects.visible_to(by).filter(
        case__victim__in=people, disclosure__emptied_at=None, sent_at__isnull=False
    )
    if event.victim.is_child:
        rows = rows.filter(consent__isnull=False)
    if event.agency_id:
        rows = rows.filter(agency_id=event.agency_id)
    for found in rows.order_by("pk"):
        referral = locked(found, by)
        holding = said.about(event.purpose, referral.agency).first()
        if holding is not None and holding.allows:
            continue
        if event.purpose == Purpose.ACCOUNT:
            _take_back_account(referral, event, by, at)
            continue
        if referral.is_open:
            _withdraw(referral, by, CONSENT, _why_it_ended(event))
        else:
            _empty(referral, CONSENT, by, at)
        _taken_back(referral, event, at)


def _take_back_account(
    referral: SupportReferral, event: ConsentEvent, by: Actor, at: datetime
) -> None:
    rows = Disclosure.objects.select_for_update(of=("self",))
    shared = rows.get_visible(by, referral=referral)
    if Item.FIRST_WORDS not in shared.items:
        return
    shared.account = ""
    shared.items = [item for item in shared.items if item != Item.FIRST_WORDS]
    shared.save(update_fields=("account", "items"))
    _taken_back(referral, event, at)
    sentence = _why_it_ended(event) % referral.agency.name
    tell_case(referral, sentence, step="taken_back", by=by, at=at)


def _taken_back(referral: SupportReferral, event: ConsentEvent, at: datetime) -> None:
    TakenBack.objects.create(scope_id=referral.scope_id, referral=referral, consent=event, at=at)


@transaction.atomic
def take_back_invented(*, referral: SupportReferral, by: Actor) -> SupportReferral:
    """The invented person of a referral of the sandbox took back their agreement: it ends as a real one does."""
    check(by, Permission.AGENCY_SANDBOX)
    referral = locked(referral, by)
    if not referral.in_sandbox:
        raise Conflict(_("A real person takes back their agreement themselves."))
    referral = _withdraw(referral, by, CONSENT, str(WHY_ENDED["agency"]))
    nobodys: dict[str, Any] = {"scope_id": None, "consent_id": None}
    TakenBack.objects.create(referral=referral, at=clocks.now(), **nobodys)
    return referral


def open_referrals(case: Case, at: datetime) -> list[str]:
    """Why a case with open referrals cannot be closed, a sentence for each. Fills `casework.gates.may_close`."""
    waiting = case.support_referrals.filter(status__in=sorted(SupportReferral.OPEN))
    sentence = _(
        "The referral to %(agency)s of %(date)s is still open. Wait for its end, or withdraw it."
    )
    return [
        sentence % {"agency": referral.agency.name, "date": london_date(referral.sent_at or at)}
        for referral in waiting.select_related("agency").order_by("sent_at", "pk")
    ]


def _withdraw(referral: SupportReferral, by: Actor, reason: str, sentence: str) -> SupportReferral:
    at = referral.withdrawn_at = clocks.now()
    states.move(referral, R.WITHDRAWN, by=by, save=("withdrawn_at",), reason=reason)
    _empty(referral, reason, by, at)
    tell_case(referral, sentence % referral.agency.name, step="withdrawn", by=by, at=at)
    return referral


def _empty(referral: SupportReferral, reason: str, by: Actor, at: datetime) -> None:
    rows = Disclosure.objects.visible_to(by).filter(referral=referral, emptied_at=None)
    rows.update(first="", full="", account="", emptied_at=at, emptied_reason=reason)
