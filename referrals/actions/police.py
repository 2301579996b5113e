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
from casework.models import Case, CaseStatus
from referrals import disclosure, rules
from referrals.actions.steps import current, locked, tell_case
from referrals.disclosure import Item
from referrals.models import Disclosure, Question, ReferralStatus, Service, SupportReferral
from victims.actions import lock_victim
from victims.models import Need, NeedKind

R = ReferralStatus


@transaction.atomic
def draft_referral(
    *, case: Case, service: Service, needs: Iterable[str], urgent: bool, by: Actor
) -> SupportReferral:
    """A referral to the service's agency is being prepared; nothing has left the building."""
    check(by, Permission.REFERRAL_SEND)
    wanted = _known_needs(needs)
    case = _open_case(case.pk, by)
    earlier = case.support_referrals.filter(agency=service.agency_id)
    if earlier.filter(status__in=sorted(SupportReferral.OPEN)).exists():
        raise Conflict(_("%s already has an open referral for this person.") % service.agency.name)
    if not (service.is_active and service.agency.is_active):
        raise Conflict(
            _("%s does not take referrals now. Choose another agency.") % service.agency.name
        )
    at = clocks.now()
    referral = earlier.select_for_update().filter(status=R.DRAFT).first() or SupportReferral(
        case=case,
        scope_id=case.scope_id,
        agency=service.agency,
        force_id=case.scope.force_id,
        items=[item.value for item in disclosure.USUAL],
        created_at=at,
        created_by_id=by.person_id,
    )
    referral.service, referral.needs, referral.urgent = service, wanted, urgent
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
    by: Actor,
    version: int | None = None,
) -> SupportReferral:
    """It is settled what the agency will be given once it accepts, and on what basis."""
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
    referral.items, referral.legal_basis = chosen, legal_basis
    referral.version += 1
    referral.changed_at = clocks.now()
    referral.save(update_fields=("items", "legal_basis", "version", "changed_at"))
    audit.record("referral.chosen", by=by, of=referral, items=chosen)
    return referral


@transaction.atomic
def send_referral(
    *, referral: SupportReferral, by: Actor, version: int | None = None
) -> SupportReferral:
    """The agency has it: minimum data now, the ticked items when it accepts, and its clock runs. [T13]

    Every way of sending comes through here, and here the person's agreement is checked.
    """
    check(by, Permission.REFERRAL_SEND)
    # The case first, as closing it and withdrawing consent do: neither can slip in between.
    case = _open_case(referral.case_id, by)
    # A person may have two cases: their agreement is theirs, and is taken back under this lock.
    lock_victim(case.victim, by=by)
    referral = locked(referral, by)
    if referral.is_open:
        return referral
    if referral.status != R.DRAFT:
        raise Conflict(_("This referral is no longer a draft. Start a new one."))
    current(referral, version)
    if not referral.agency.is_active:
        raise Conflict(_("%s does not take referrals now.") % referral.agency.name)
    referral.consent = rules.may_be_sent(case, referral.agency, referral.legal_basis, by)
    rules.check_items(case, referral.agency, referral.items, by)
    referral.legal_basis = "" if referral.consent else referral.legal_basis
    at = referral.sent_at = clocks.now()
    referral.force_id = case.scope.force_id
    saved = ("sent_at", "consent", "legal_basis", "force")
    states.move(referral, R.SENT, by=by, save=saved, items=referral.items)
    shared = Disclosure(
        scope_id=referral.scope_id,
        referral=referral,
        agency_id=referral.agency_id,
        items=referral.items,
        first=disclosure.write(disclosure.first(referral, case)),
        disclosed_at=at,
        disclosed_by_id=by.person_id,
    )
    disclosure.keep(shared, disclosure.full(referral.items, case))
    shared.save(force_insert=True)
    tell_case(referral, _("Referral sent to %s.") % referral.agency.name, step="sent", by=by, at=at)
    return referral


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
    disclosure.keep(shared, given | disclosure.full([Item.SAFE_CONTACT], case))
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
def handle_decline(*, referral: SupportReferral, by: Actor) -> SupportReferral:
    """Somebody saw that the agency said no, or stopped early; what the person needs is open again."""
    check(by, Permission.REFERRAL_SEND)
    referral = locked(referral, by)
    if referral.status not in {R.DECLINED, R.ENDED_EARLY}:
        raise Conflict(_("The agency has not declined this referral."))
    if referral.decline_handled_at:
        return referral
    at = referral.decline_handled_at = referral.changed_at = clocks.now()
    referral.version += 1
    referral.save(update_fields=("decline_handled_at", "changed_at", "version"))
    reopened = _open_needs(referral, by)
    audit.record("referral.decline_seen", by=by, of=referral, reopened=reopened)
    sentence = (
        _("Seen that %s will not support them; other support is needed.") % referral.agency.name
    )
    tell_case(referral, sentence, step="decline_seen", by=by, at=at)
    return referral


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


def _open_needs(referral: SupportReferral, by: Actor) -> list[str]:
    victim = referral.case.victim
    still = set(victim.needs.filter(ended_at=None).values_list("kind", flat=True))
    missing = [kind for kind in referral.needs if kind not in still]
    Need.objects.bulk_create(
        Need(
            scope_id=victim.scope_id,
            victim=victim,
            kind=kind,
            urgent=referral.urgent,
            found_at=clocks.now(),
            found_by_id=by.person_id,
        )
        for kind in missing
    )
    return missing
