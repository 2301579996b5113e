"""The room of what the police do with a referral: draft, choose, send, answer, look after a decline."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit, states
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from accounts.rows import check_row, clashes_said
from casework.models import Case, CaseStatus
from referrals import disclosure, rules
from referrals.actions.endings import withdraw
from referrals.actions.steps import current, locked, tell_case
from referrals.disclosure import Item
from referrals.errors import Stale
from referrals.models import (
    Disclosure,
    Gender,
    NoOtherSupport,
    Question,
    ReferralStatus,
    Service,
    SupportReferral,
)
from referrals.seen import CALLED_OFF
from victims.actions import lock_victim
from victims.models import NeedKind

R = ReferralStatus


@transaction.atomic
def draft_referral(
    *,
    case: Case,
    service: Service,
    needs: Iterable[str],
    urgent: bool,
    gender: str = Gender.ANY,
    place: str = "",
    access: Iterable[str] = (),
    by: Actor,
) -> SupportReferral:
    """A referral to the service's agency is being prepared; nothing has left the building.

    For whom the service was looked for stays with it, so that the next one is looked for alike.
    Another for other needs stays as it is; one that was begun for any of these goes on.
    """
    check(by, Permission.REFERRAL_SEND)
    wanted = _known_needs(needs)
    case = _open_case(case.pk, by)
    if again := rules.asked_about(case)[service.agency_id].intersection(wanted):
        raise Conflict(
            _("%(agency)s is asked about this already: %(needs)s.")
            % {"agency": service.agency.name, "needs": rules.said(again)}
        )
    if not (service.is_active and service.agency.is_active):
        raise Conflict(
            _("%s does not take referrals now. Choose another agency.") % service.agency.name
        )
    at = clocks.now()
    drafts = case.support_referrals.filter(agency=service.agency_id, status=R.DRAFT)
    begun = drafts.select_for_update().filter(needs__overlap=wanted).first()
    referral = begun or SupportReferral(
        case=case,
        scope_id=case.scope_id,
        agency=service.agency,
        force_id=case.scope.force_id,
        items=[item.value for item in disclosure.USUAL if item in disclosure.may_see(wanted)],
        created_at=at,
        created_by_id=by.person_id,
    )
    referral.service, referral.needs, referral.urgent = service, wanted, urgent
    referral.gender, referral.place, referral.access = gender, place, sorted(access)
    referral.items = [item for item in referral.items if item in disclosure.may_see(wanted)]
    referral.changed_at = at
    referral.save()
    audit.record("referral.drafted", by=by, of=referral, agency=service.agency.slug)
    return referral


@transaction.atomic
def choose_items(
    *,
    referral: SupportReferral,
    items: Iterable[str],
    legal_basis: str,
    told_to: str,
    no_contact_reason: str = "",
    by: Actor,
    version: int | None = None,
) -> SupportReferral:
    """It is settled what the agency will be given once it accepts, on what basis, and who there may be told."""
    check(by, Permission.REFERRAL_SEND)
    referral = locked(referral, by)
    if referral.status != R.DRAFT:
        raise Conflict(_("This referral has been sent: what is shared can no longer be changed."))
    current(referral, version)
    chosen = list(items)
    if unknown := set(chosen) - set(Item.values):
        raise ValidationError(
            _("There is nothing called %s to share.") % ", ".join(sorted(unknown))
        )
    if too_much := [item for item in chosen if item not in disclosure.may_see(referral.needs)]:
        raise ValidationError(
            _("For what they need, this agency does not have to know: %s.")
            % ", ".join(str(Item(item).label) for item in too_much)
        )
    referral.items, referral.legal_basis = chosen, legal_basis
    referral.told_to, referral.no_contact_reason = told_to, no_contact_reason
    referral.version += 1
    referral.changed_at = clocks.now()
    check_row(referral)
    referral.save(
        update_fields=(
            "items",
            "legal_basis",
            "told_to",
            "no_contact_reason",
            "version",
            "changed_at",
        )
    )
    audit.record("referral.chosen", by=by, of=referral, items=chosen)
    return referral


@transaction.atomic
def send_referral(
    *, referral: SupportReferral, by: Actor, version: int | None = None, checked: str | None = None
) -> SupportReferral:
    """The agency has it: minimum data now, the ticked items when it accepts, and its clock runs. [T13]

    Every way of sending comes through here, and here the person's agreement is checked. With the `disclosure.mark` of
    what was `checked`, that is sent or nothing is.
    """
    check(by, Permission.REFERRAL_SEND)
    # The case first, as closing it and withdrawing consent do: neither can slip in between.
    case = _open_case(referral.case_id, by)
    # A person may have two cases: their agreement is theirs, and is taken back under this lock.
    lock_victim(case.victim, by=by)
    referral = locked(referral, by, steps=False)
    if referral.is_open:
        return referral
    if referral.status != R.DRAFT:
        raise Conflict(_("This referral is no longer a draft. Start a new one."))
    current(referral, version)
    if not referral.agency.is_active:
        raise Conflict(_("%s does not take referrals now.") % referral.agency.name)
    referral.consent = rules.may_be_sent(case, referral.agency, referral.legal_basis, by)
    rules.check_items(case, referral.agency, referral.items, by)
    rules.check_gaps(referral, case, by)
    minimum = disclosure.first(referral, case)
    more = disclosure.full(referral.items, case, by)
    if checked is not None and checked != disclosure.mark(referral, minimum, more):
        raise Stale(_("What would be sent has changed since you checked it. Check it again."))
    earlier = _asked_before(referral, by)
    referral.legal_basis = "" if referral.consent else referral.legal_basis
    at = referral.sent_at = clocks.now()
    referral.force_id = case.scope.force_id
    saved = ("sent_at", "consent", "legal_basis", "force")
    with clashes_said(referral):
        states.move(referral, R.SENT, by=by, save=saved, items=referral.items)
    shared = Disclosure(
        scope_id=referral.scope_id,
        referral=referral,
        agency_id=referral.agency_id,
        items=referral.items,
        first=disclosure.write(minimum),
        disclosed_at=at,
        disclosed_by_id=by.person_id,
    )
    disclosure.keep(shared, more)
    shared.save(force_insert=True)
    tell_case(referral, _("Referral sent to %s.") % referral.agency.name, step="sent", by=by, at=at)
    if earlier is not None and rules.gives_way(earlier):
        withdraw(referral=earlier, by=by)
    return referral


def _asked_before(referral: SupportReferral, by: Actor) -> SupportReferral | None:
    """The referral in whose stead this one is sent, held until then; an acceptance that nobody knew of is kept."""
    if not referral.instead_of_id:
        return None
    earlier = locked(SupportReferral(pk=referral.instead_of_id), by, steps=False)
    if rules.accepted_since(earlier, referral):
        raise Conflict(
            _("%s has accepted since you began this. Sending it would take that back.")
            % earlier.agency.name
        )
    return earlier


@transaction.atomic
def ask_instead(*, referral: SupportReferral, service: Service, by: Actor) -> SupportReferral:
    """Another agency is to be asked for what this one leaves open: a draft with the same choices, to be checked.

    This one is withdrawn when that is sent, unless it has reached the person meanwhile. What it was for and the other
    does not meet is then owed; one that accepts meanwhile is not withdrawn: the other cannot be sent.
    """
    check(by, Permission.REFERRAL_SEND)
    referral = locked(referral, by)
    left = referral.needs if referral.is_open else _still_left(referral, by)
    asked = rules.asked_about(referral.case)[service.agency_id]
    needs = [need for need in left if need in service.needs and need not in asked]
    if not needs or referral.status == R.IN_PROGRESS:
        raise Conflict(_("This referral leaves nothing open that %s could meet.") % service.agency)
    draft = draft_referral(
        case=referral.case,
        service=service,
        needs=needs,
        urgent=referral.urgent,
        gender=referral.gender,
        place=referral.place,
        access=referral.access,
        by=by,
    )
    draft.created_at = clocks.now()  # begun with what is known of this one now
    if not draft.instead_of_id:
        may_see = disclosure.may_see(needs)
        draft.items = [item for item in referral.items if item in may_see]
        draft.told_to, draft.no_contact_reason = referral.told_to, referral.no_contact_reason
        draft.legal_basis, draft.instead_of = referral.legal_basis, referral
    draft.save()
    return draft


@transaction.atomic
def renew_safe_contact(*, referral: SupportReferral, by: Actor) -> SupportReferral:
    """The agency has the safe contact rules as they are now, in place of those that were sent. [T42]

    Nothing else is shared anew, and only with an agency that was given the rules before.
    """
    check(by, Permission.REFERRAL_SEND)
    # Case and person first, as whoever sets a rule does: no rule can slip in between.
    case = _open_case(referral.case_id, by)
    lock_victim(case.victim, by=by)
    referral = locked(referral, by)
    shared = Disclosure.objects.select_for_update(of=("self",)).get_visible(by, referral=referral)
    given = disclosure.given(shared)
    if not referral.is_open or given is None or Item.SAFE_CONTACT not in shared.items:
        raise Conflict(_("This agency was not told how to reach them, or no longer may know it."))
    if not disclosure.is_stale(shared, case):
        return referral
    at = referral.changed_at = clocks.now()
    disclosure.keep(shared, given | disclosure.full([Item.SAFE_CONTACT], case, by))
    shared.disclosed_at, shared.disclosed_by_id = at, by.person_id
    shared.save(update_fields=("full", "account", "disclosed_at", "disclosed_by"))
    referral.version += 1
    referral.save(update_fields=("changed_at", "version"))
    audit.record("disclosure.renewed", by=by, of=referral, items=[Item.SAFE_CONTACT.value])
    sentence = _("%s was given the safe contact rules as they are now.") % referral.agency.name
    tell_case(referral, sentence, step="renewed", by=by, at=at)
    return referral


@transaction.atomic
def answer_question(*, question: Question, answer: str, by: Actor) -> SupportReferral:
    """The agency has our answer, and its own clock starts again."""
    check(by, Permission.REFERRAL_SEND)
    if not answer.strip():
        raise ValidationError({"answer": _("Enter your answer")})
    referral = locked(question.referral, by)
    question = referral.questions.select_for_update().get(pk=question.pk)
    if question.answered_at:
        if question.answer == answer:
            return referral
        raise Conflict(_("This question has been answered already."))
    if referral.status != R.NEEDS_INFO:
        raise Conflict(_("The agency no longer waits for an answer."))
    at = clocks.now()
    question.answer, question.answered_at, question.answered_by_id = answer, at, by.id
    question.save(update_fields=("answer", "answered_at", "answered_by"))
    if not referral.questions.filter(answered_at=None).exists():
        states.move(referral, R.OPENED, by=by)
    sentence = _("Answered the question of %s.") % referral.agency.name
    tell_case(referral, sentence, step="answered", by=by, at=at)
    return referral


@transaction.atomic
def handle_decline(
    *, referral: SupportReferral, reason: str, why: str = "", by: Actor
) -> SupportReferral:
    """No other support is needed for what its end left open, and the case says why; in words for another reason."""
    check(by, Permission.REFERRAL_SEND)
    if reason not in NoOtherSupport.values or reason == NoOtherSupport.NOT_ASKED:
        raise ValidationError({"reason": _("Choose why no other support is needed")})
    if reason == NoOtherSupport.OTHER and not why.strip():
        raise ValidationError({"why": _("Say why no other support is needed")})
    referral = locked(referral, by)
    if referral.decline_handled_at:
        return _said_already(referral, reason)
    if not _still_left(referral, by):
        raise Conflict(_("This referral leaves nothing open that nobody else is asked about."))
    at = referral.decline_handled_at = clocks.now()
    referral.no_other_support, referral.no_other_support_why = reason, why.strip()
    saved = ["decline_handled_at", "no_other_support", "no_other_support_why"]
    if (
        referral.status not in CALLED_OFF
    ):  # of one that was called off the agency reads nothing that changes
        referral.changed_at = at
        referral.version += 1
        saved += ["changed_at", "version"]
    referral.save(update_fields=saved)
    audit.record("referral.no_other_support", by=by, of=referral, reason=reason)
    sentence = _("Nobody else is asked about what %(agency)s leaves open: %(why)s.") % {
        "agency": referral.agency.name,
        "why": NoOtherSupport(reason).label,
    }
    tell_case(referral, sentence, step="no_other_support", by=by, at=at)
    return referral


def _said_already(referral: SupportReferral, reason: str) -> SupportReferral:
    if reason != referral.no_other_support:
        raise Conflict(
            _("It was said already why no other support is needed: %s.")
            % referral.get_no_other_support_display()
        )
    return referral


def _still_left(referral: SupportReferral, by: Actor) -> list[str]:
    rows = SupportReferral.objects.visible_to(by).filter(pk=referral.pk).with_left()
    return rules.left_to_us(rows.get())


def _open_case(case_id: UUID, by: Actor) -> Case:
    rows = Case.objects.select_for_update(of=("self",), no_key=True)
    case = rows.select_related("victim", "scope__force", "scope__unit", "owner").get_visible(
        by, pk=case_id
    )
    if case.status in {CaseStatus.DRAFT, CaseStatus.CLOSED}:
        raise Conflict(_("Only an open case can be referred. Finish or reopen the case first."))
    return case


def _known_needs(needs: Iterable[str]) -> list[str]:
    wanted = sorted(set(needs))
    if not wanted or set(wanted) - set(NeedKind.values):
        raise ValidationError({"needs": _("Choose at least one thing they need")})
    return wanted
