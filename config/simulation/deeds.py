"""What each owed thing is answered with in the invented year: one real act of the product for each rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.models import Absence, User
from accounts.permissions import Role
from casework.actions import (
    allocation,
    closing,
    contact,
    decisions,
    duties,
    logging,
    person,
    silence,
    transfers,
    voice,
)
from casework.actions.history import note_opened
from casework.actions.investigation import inform
from casework.models import (
    Case,
    CaseStatus,
    ContactOutcome,
    Decision,
    LostOutcome,
    NotAskedBecause,
    NrmReferral,
    NrmStatus,
    PointReached,
    Transfer,
    TransferRefusal,
)
from casework.untold import things_to_tell
from clocks import LONDON
from config.demo import words
from config.simulation.chance import Chance
from config.simulation.habits import DAY, Habits
from followups.models import FollowUp
from pages.answers import Answer
from referrals import actions as referral_actions
from referrals.models import NoContactReason, NoOtherSupport, Service, SupportReferral, ToldTo
from referrals.rules import LegalBasis
from victims.models import (
    AgeBand,
    Channel,
    ConsentOutcome,
    NeedKind,
    Notice,
    Purpose,
    RiskLevel,
    SafeContact,
)


class NotNow(Exception):
    """What somebody wanted to do cannot be done now, and nobody is to blame."""


@dataclass(frozen=True)
class Doing:
    """Somebody does something about what is owed, then."""

    followup: FollowUp
    case: Case
    number: int  # of the case: what chance knows it by
    actor: Actor
    at: datetime
    chance: Chance
    habits: Habits

    @property
    def is_adult(self) -> bool:
        """Whether the person is recorded as an adult."""
        return self.case.victim.age_band == AgeBand.ADULT

    @property
    def who(self) -> dict[str, Any]:
        """On which case, and by whom."""
        return {"case": self.case, "by": self.actor}

    def happens(self, share: float, what: str) -> bool:
        """A fact about this person: the same whenever it is asked."""
        return self.chance.happens(share, what, self.number)


def _confirm_safety(doing: Doing) -> None:
    duties.confirm_safety(
        at=doing.at,
        apart=Answer.YES,
        medical=Answer.YES,
        tonight=Answer.YES,
        is_safe=True,
        **doing.who,
    )


def _tell_authority(doing: Doing) -> None:
    duties.tell_authority(at=doing.at, authority=words.AUTHORITIES[0], **doing.who)


def _record_crime(doing: Doing) -> None:
    duties.record_crime(at=doing.at, number=f"{10000 + doing.number}/{doing.at:%y}", **doing.who)


def _decide_nrm(doing: Doing) -> None:
    agrees = doing.happens(doing.habits.consents, "consents")
    if doing.is_adult:
        _consent(doing, Purpose.NRM, agreed=agrees)
    if doing.is_adult and not agrees:
        duties.notify(at=doing.at, **doing.who)
    else:
        reference = f"INVENTED-{doing.number:06d}"
        duties.submit_nrm(at=doing.at, home_office_reference=reference, **doing.who)


def _consent(doing: Doing, purpose: Purpose, *, agreed: bool) -> None:
    person.record_consent(
        purpose=purpose,
        outcome=ConsentOutcome.GIVEN if agreed else ConsentOutcome.REFUSED,
        decided_at=doing.at,
        language="English",
        interpreter_used=Answer.NO,
        notice=Notice.FORCE_2026,
        **doing.who,
    )


def _assess_needs(doing: Doing) -> None:
    wanted = not doing.is_adult or doing.happens(doing.habits.wants_support, "wants support")
    kinds = [NeedKind.HEALTH, NeedKind.OUTREACH] if wanted else []
    duties.assess_needs(at=doing.at, kinds=kinds, support_declined=not wanted, **doing.who)


def _refer(doing: Doing) -> None:
    """To the agency that comes next for this person; an adult agrees to it first."""
    if not doing.case.victim.needs.filter(ended_at=None).exists():
        _assess_needs(doing)
    offers = Service.objects.filter(needs__overlap=["health", "outreach"]).order_by("agency__slug")
    referrals = SupportReferral.objects.filter(case=doing.case)
    busy = set(referrals.open().values_list("agency", flat=True))
    asked = referrals.exclude(status="draft").count()
    fitting = [
        each
        for each in offers
        if (each.takes_children or doing.is_adult) and each.agency_id not in busy
    ]
    if not fitting:
        raise NotNow("every agency has been asked already")
    service = fitting[(doing.number + asked) % len(fitting)]
    if doing.is_adult:
        _consent(doing, Purpose.AGENCY, agreed=True)
    needs = [need for need in service.needs if need in {"health", "outreach"}]
    draft = referral_actions.draft_referral(service=service, needs=needs, urgent=False, **doing.who)
    if doing.case.victim.risk == RiskLevel.NOT_JUDGED:
        _judge_risk(doing)
    draft = referral_actions.choose_items(
        referral=draft,
        items=draft.items,
        legal_basis="" if doing.is_adult else LegalBasis.SAFEGUARDING,
        told_to=ToldTo.TEAM,
        no_contact_reason=NoContactReason.THROUGH_US,
        by=doing.actor,
    )
    referral_actions.send_referral(referral=draft, by=doing.actor)


def _chase_agency(doing: Doing) -> None:
    """Nothing came: it is taken back and somebody else is asked."""
    referral = _referral_of(doing)
    referral_actions.withdraw(referral=referral, by=doing.actor)
    _refer(doing)


def _ask_how_it_goes(doing: Doing) -> None:
    """The agency is asked; until it has looked at it with the person it stays owed."""
    raise NotNow("the agency has not reviewed it yet")


def _find_other_support(doing: Doing) -> None:
    """Somebody else is asked; when all have been, the person is, and wants no other."""
    try:
        _refer(doing)
    except NotNow:
        referral_actions.handle_decline(
            referral=_referral_of(doing), reason=NoOtherSupport.NOT_WANTED, by=doing.actor
        )


def _tell_agency(doing: Doing) -> None:
    referral_actions.record_agency_told(referral=_referral_of(doing), by=doing.actor)


def _give_rule(doing: Doing) -> None:
    referral_actions.renew_safe_contact(referral=_referral_of(doing), by=doing.actor)


def _referral_of(doing: Doing) -> SupportReferral:
    return SupportReferral.objects.visible_to(doing.actor).get(pk=doing.followup.subject_id)


def try_to_reach(doing: Doing) -> None:
    """One try: they spoke, nobody answered, or somebody else did."""
    draw = doing.chance.of("reach", doing.number, doing.at)
    outcome = ContactOutcome.TRIED
    if draw < doing.habits.reached:
        outcome = ContactOutcome.SPOKE
    elif draw > 1 - doing.habits.wrong_person:
        outcome = ContactOutcome.SOMEONE_ELSE
    by_phone = Channel.PHONE in contact.safe_channels(doing.case, doing.actor)
    spoke = outcome is ContactOutcome.SPOKE
    contact.record_contact(
        outcome=outcome,
        channel=Channel.PHONE if by_phone else Channel.IN_PERSON,
        at=doing.at,
        safe_tonight=Answer.YES if spoke else Answer.NOT_ASKED,
        **doing.who,
    )


def _consider_missing(doing: Doing) -> None:
    silence.consider_missing(
        outcome=LostOutcome.NOT_NEEDED,
        reason="Seen by the support worker, who says that the phone is broken.",
        decided_by=doing.actor.name,
        **doing.who,
    )


def _review(doing: Doing) -> None:
    duties.review_case(findings=words.FINDINGS[0], **doing.who)


def _check_rule(doing: Doing) -> None:
    on = (doing.at + 30 * DAY).astimezone(LONDON).date()
    rules = SafeContact.objects.visible_to(doing.actor).filter(victim=doing.case.victim_id)
    for rule in rules.filter(ended_at=None):
        person.set_safe_contact(
            channel=rule.channel, safe=Answer(rule.safe), review_on=on, replaces=rule, **doing.who
        )


def _judge_risk(doing: Doing) -> None:
    on = (doing.at + 25 * DAY).astimezone(LONDON).date()
    reason = "Away from the address, and nobody there knows where they are."
    person.judge_risk(risk=RiskLevel.STANDARD, reason=reason, review_on=on, **doing.who)


def _give_owner(doing: Doing) -> None:
    """Whoever has the fewest cases, of those who are here."""
    away = set(_away(doing.at))
    able = allocation.candidates(doing.case, by=doing.who["by"])
    free = [each for each in able if each.pk not in away]
    people = sorted(free, key=lambda each: (_load(each), each.username))
    others = [each for each in people if each.pk != doing.case.owner_id]
    if not others:
        raise NotNow("nobody else is here")
    fewest = "Has the fewest cases of those who are here."
    allocation.assign(owner=others[0], override_reason="", choice_reason=fewest, **doing.who)


def _away(at: datetime) -> list[Any]:
    rows = Absence.objects.filter(starts_at__lte=at, ends_at__gt=at)
    return list(rows.values_list("user_id", flat=True))


def _load(officer: User) -> int:
    return Case.objects.filter(owner=officer).exclude(status=CaseStatus.CLOSED).count()


def _send_draft(doing: Doing) -> None:
    logging.send_to_duty_supervisor(**doing.who)


def _countersign(doing: Doing) -> None:
    """What is still owed sends it back to the owner, with a sentence."""
    try:
        closing.decide_closing(agreed=True, note="", **doing.who)
    except Conflict:
        closing.decide_closing(
            agreed=False, note="Something is still owed. See to it.", **doing.who
        )


def _wait_for_the_post(doing: Doing) -> None:
    """It was read on the page; the mailbox is for somebody outside Holdfast to put right."""
    raise NotNow("the mailbox is not put right yet")


def _tell_person(doing: Doing) -> None:
    about = [thing.key for thing in things_to_tell(doing.case)]
    if about:
        inform(at=doing.at, about=about, channel=Channel.IN_PERSON, **doing.who)


def _record_decision(doing: Doing) -> None:
    """What the Home Office has sent by now; until it does, the officer asks and it stays owed."""
    referral = _national(doing)
    came_at = referral.at + doing.chance.wait(
        doing.habits.home_office_decides, "decides", doing.number
    )
    if came_at > doing.at:
        raise NotNow("the Home Office has not decided")
    positive = doing.happens(0.7, "reasonable grounds")
    kind = Decision.RG_POSITIVE if positive else Decision.RG_NEGATIVE
    _note(doing, kind, at=max(came_at, referral.at + timedelta(hours=1)))


def _note_received(doing: Doing) -> None:
    _note(doing, Decision.RECEIVED, reference=f"INVENTED-{doing.number:06d}")


def _not_again(doing: Doing) -> None:
    _note(doing, Decision.RECONSIDERATION_NOT_WANTED)


def _extend_recovery(doing: Doing) -> None:
    _note(doing, Decision.RECOVERY_EXTENDED, until=doing.at + 90 * DAY)


def _plan_move_on(doing: Doing) -> None:
    _note(doing, Decision.MOVE_ON_PLANNED, note="Stays with an aunt; the support worker calls.")


def _note(doing: Doing, kind: Decision, *, at: datetime | None = None, **said: Any) -> None:
    decisions.record_event(
        referral=_national(doing), by=doing.actor, kind=kind, at=at or doing.at, **said
    )


def _national(doing: Doing) -> NrmReferral:
    rows = NrmReferral.objects.visible_to(doing.actor).filter(case=doing.case)
    return rows.exclude(status=NrmStatus.WITHDRAWN).latest("at")


def _find_guardian(doing: Doing) -> None:
    decisions.record_guardian(at=doing.at, outcome="referred", **doing.who)


def _answer_offer(doing: Doing) -> None:
    """Another unit's case: it is taken over by whoever has the fewest, refused, or never answered."""
    offered = Transfer.objects.answerable_by(doing.actor).get(pk=doing.followup.subject_id)
    draw = doing.chance.of("answers", doing.number, offered.offered_at)
    if draw < doing.habits.unit_silent:
        raise NotNow("this unit does not answer")
    if draw > 1 - doing.habits.unit_refuses:
        transfers.reject(transfer=offered, refusal=TransferRefusal.values[0], by=doing.actor)
        return
    away = _away(doing.at)
    people = User.objects.active().filter(unit=offered.to_unit, roles__role=Role.INVESTIGATOR)
    free = sorted(people.exclude(pk__in=away), key=lambda each: (_load(each), each.username))
    if not free:
        raise NotNow("nobody is here to take it over")
    transfers.accept(transfer=offered, owner=free[0], by=doing.actor)


def _take_back(doing: Doing) -> None:
    """Nobody answered in time, nor in the days after: the case stays with whoever has it."""
    if doing.followup.due_at is None or doing.at < doing.followup.due_at + 3 * DAY:
        raise NotNow("the other unit may still answer")
    offered = Transfer.objects.visible_to(doing.actor).get(pk=doing.followup.subject_id)
    transfers.withdraw(transfer=offered, by=doing.actor)


def _see_refusal(doing: Doing) -> None:
    refused = Transfer.objects.visible_to(doing.actor).get(pk=doing.followup.subject_id)
    transfers.see_refusal(transfer=refused, by=doing.actor)


def _open(doing: Doing) -> None:
    note_opened(doing.case, doing.at, by=doing.actor)


def _look_at_override(doing: Doing) -> None:
    for row in allocation.unreviewed(by=doing.actor):
        allocation.review_override(allocation=row, by=doing.actor)


def _ask_how_it_was(doing: Doing) -> None:
    waiting = PointReached.objects.visible_to(doing.actor).waiting().filter(case=doing.case)
    for point in sorted({row.point for row in waiting}):
        if doing.happens(doing.habits.asks, f"asks {point}"):
            voice.ask_now(point=point, language="en", given=None, **doing.who)
        else:
            voice.not_asked(point=point, why=NotAskedBecause.UNWELL, words="", **doing.who)


DEEDS: dict[str, Callable[[Doing], None]] = {
    "voice-to-ask": _ask_how_it_was,
    "safety-not-confirmed": _confirm_safety,
    "child-authority-not-told": _tell_authority,
    "crime-not-recorded": _record_crime,
    "referral-without-crime": _record_crime,
    "nrm-not-decided": _decide_nrm,
    "crime-without-decision": _decide_nrm,
    "needs-not-assessed": _assess_needs,
    "needs-changed": _assess_needs,
    "support-not-offered": _refer,
    "agency-not-answered": _chase_agency,
    "agency-not-reached-person": _chase_agency,
    "agency-review-due": _ask_how_it_goes,
    "referral-declined": _find_other_support,
    "referral-called-off": _find_other_support,
    "agency-has-not-seen": _tell_agency,
    "disclosure-stale": _give_rule,
    "contact-lapsed": try_to_reach,
    "contact-unsafe": _review,
    "contact-lost": _consider_missing,
    "no-next-step": try_to_reach,
    "review-due": _review,
    "safe-contact-stale": _check_rule,
    "risk-review-due": _judge_risk,
    "no-owner": _give_owner,
    "owner-left": _give_owner,
    "owner-absent": _give_owner,
    "draft-not-sent": _send_draft,
    "close-not-countersigned": _countersign,
    "notice-not-delivered": _wait_for_the_post,
    "report-not-acknowledged": _tell_person,
    "compensation-not-told": _tell_person,
    "decision-not-served": _tell_person,
    "nrm-decision-overdue": _record_decision,
    "nrm-reference-missing": _note_received,
    "reconsideration-undecided": _not_again,
    "recovery-ending": _extend_recovery,
    "move-on-not-planned": _plan_move_on,
    "guardian-not-referred": _find_guardian,
    "case-not-opened": _open,
    "override-not-reviewed": _look_at_override,
    "owner-training-lapsed": _review,
    "transfer-unanswered": _answer_offer,
    "transfer-not-heard": _take_back,
    "transfer-refused": _see_refusal,
}
