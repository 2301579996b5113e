"""Every duty: who may meet it, in which state of the case, and what is then on record."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent
from accounts.scoping import NotVisible
from casework.actions import decisions, duties, person
from casework.models import Case, CaseStatus, EventKind, NrmReferral, NrmStatus
from pages.answers import Answer
from tests.builders import make_case, make_victim
from tests.casework.steps import decided, phone_rule, spoke
from tests.cast import Cast
from victims.models import AgeBand, Channel, ConsentOutcome, Need, Purpose, RiskLevel, Topic

pytestmark = pytest.mark.usefixtures("nothing_owed_above")

Act = Callable[[Case, Actor], Any]


def confirm(case: Case, by: Actor) -> Any:
    return duties.confirm_safety(
        case=case,
        by=by,
        at=clocks.now(),
        apart=Answer.YES,
        medical=Answer.NOT_KNOWN,
        tonight=Answer.YES,
        is_safe=True,
    )


def crime(case: Case, by: Actor) -> Any:
    return duties.record_crime(case=case, by=by, at=clocks.now(), number="NM/1/26")


def authority(case: Case, by: Actor) -> Any:
    return duties.tell_authority(case=case, by=by, at=clocks.now(), authority="Northmoor Council")


def needs(case: Case, by: Actor) -> Any:
    return duties.assess_needs(case=case, by=by, at=clocks.now(), kinds={"legal", "health"})


def review(case: Case, by: Actor) -> Any:
    return duties.review_case(case=case, by=by, findings="Call her cousin's agency.")


def refer(case: Case, by: Actor) -> Any:
    return duties.submit_nrm(case=case, by=by, at=clocks.now(), home_office_reference="HO-1")


def risk(case: Case, by: Actor) -> Any:
    again = clocks.today() + timedelta(days=7)
    why = "They have her address."
    return person.judge_risk(case=case, by=by, risk=RiskLevel.HIGH, reason=why, review_on=again)


def consent(case: Case, by: Actor) -> Any:
    return decided(case, by, ConsentOutcome.GIVEN)


def told(case: Case, by: Actor) -> Any:
    return person.tell_topic(
        case=case, by=by, topic=Topic.WORK, state="told", heard_at=clocks.now()
    )


def edit(case: Case, by: Actor) -> Any:
    versions = (case.version, case.victim.version)
    return person.edit_case(
        case=case, by=by, versions=versions, person={"language": "Twi"}, details={}
    )


RESPONDERS = {"olu", "rhys", "sade", "ines"}
INVESTIGATORS = {"olu", "sade", "ines"}
# The act, who may do it on a case of Harbour Road, and the line it writes.
ACTS: dict[str, tuple[Act, set[str], EventKind]] = {
    "confirm safety": (confirm, RESPONDERS, EventKind.SAFETY),
    "record the crime": (crime, INVESTIGATORS | {"keir"}, EventKind.CRIME),
    "tell the authority": (authority, RESPONDERS, EventKind.AUTHORITY),
    "assess needs": (needs, RESPONDERS, EventKind.NEEDS),
    "review": (review, {"sade", "ines"}, EventKind.REVIEW),
    "refer to the Home Office": (refer, INVESTIGATORS, EventKind.NRM),
    "judge the risk": (risk, RESPONDERS, EventKind.RISK),
    "record consent": (consent, RESPONDERS | {"tarek"}, EventKind.CONSENT),
    "record a topic": (told, RESPONDERS | {"tarek"}, EventKind.TOLD),
    "edit": (edit, RESPONDERS, EventKind.EDITED),
    "contact": (spoke, RESPONDERS | {"tarek"}, EventKind.CONTACT),
    "safe contact": (phone_rule, RESPONDERS | {"tarek"}, EventKind.SAFE_CONTACT),
}
EVERYBODY = (
    *("olu", "rhys", "sade", "petra", "dov", "ines", "tarek", "bronwen", "keir", "asha"),
    *("ming", "lena", "wyn", "gus", "hana", "bea"),
)


def child_case(**over: Any) -> Case:
    return make_case(victim=make_victim(age_band=AgeBand.CHILD), **over)


@pytest.mark.parametrize("name", ACTS)
def test_only_the_right_people_may_do_it_and_it_is_refused_to_all_others(
    name: str, cast: Cast
) -> None:
    act, allowed, _kind = ACTS[name]
    done = set()
    for username in EVERYBODY:
        case = child_case()
        try:
            act(case, cast.actor(username))
        except (Refused, NotVisible):
            assert not case.events.exists()
        else:
            done.add(username)
    assert done == allowed


@pytest.mark.parametrize("status", CaseStatus.values)
@pytest.mark.parametrize("name", ACTS)
def test_it_can_be_done_in_every_state_but_closed(name: str, status: str, cast: Cast) -> None:
    act, _allowed, kind = ACTS[name]
    case, sade = child_case(status=status), cast.actor("sade")
    if status == CaseStatus.CLOSED:
        with pytest.raises(Conflict, match="Reopen it first"):
            act(case, sade)
        assert not case.events.exists()
    else:
        act(case, sade)
        line = case.events.get(kind=kind)
        assert line.by == cast.sade
        case.refresh_from_db()
        assert case.changed_at == line.recorded_at
        assert case.status == status


@pytest.mark.parametrize("name", ACTS)
def test_it_is_on_the_audit_trail_without_a_name_or_a_number(name: str, cast: Cast) -> None:
    act, _allowed, _kind = ACTS[name]
    case = make_case(victim=make_victim(age_band=AgeBand.CHILD, called="Mai Nguyen"))
    act(case, cast.actor("sade"))
    verbs = AuditEvent.objects.filter(subject_id=str(case.pk), verb__startswith="case.")
    assert verbs.count() == 1
    assert "900123" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_an_adult_is_referred_only_after_agreeing(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    for outcome in (None, ConsentOutcome.REFUSED, ConsentOutcome.WITHDRAWN):
        if outcome:
            decided(case, olu, outcome)
        with pytest.raises(Conflict, match="only when they agree"):
            refer(case, olu)
    decided(case, olu, ConsentOutcome.GIVEN)
    assert refer(case, olu).consent.outcome == ConsentOutcome.GIVEN


@pytest.mark.parametrize("band", [AgeBand.CHILD, AgeBand.UNSURE])
def test_a_child_and_somebody_who_may_be_one_is_referred_without_consent(
    band: AgeBand, cast: Cast
) -> None:
    case = make_case(victim=make_victim(age_band=band))
    assert refer(case, cast.actor("olu")).consent is None


def test_the_home_office_is_notified_only_of_an_adult_who_did_not_agree(cast: Cast) -> None:
    olu = cast.actor("olu")
    for case, outcome in ((child_case(), None), (make_case(), None), (make_case(), "given")):
        if outcome:
            decided(case, olu, ConsentOutcome.GIVEN)
        with pytest.raises(Conflict, match="did not agree"):
            duties.notify(case=case, by=olu, at=clocks.now())
    case = make_case()
    decided(case, olu, ConsentOutcome.REFUSED)
    assert duties.notify(case=case, by=olu, at=clocks.now(), reference="D-1").case == case


def test_a_case_has_one_live_referral_to_the_home_office(cast: Cast) -> None:
    case, olu = child_case(), cast.actor("olu")
    first = refer(case, olu)
    with pytest.raises(Conflict, match="already has a national referral"):
        refer(case, olu)
    decisions.record_event(referral=first, by=olu, kind=NrmStatus.WITHDRAWN, at=clocks.now())
    assert refer(case, olu).pk != first.pk


@pytest.mark.parametrize("was", NrmStatus.values)
@pytest.mark.parametrize("to", NrmStatus.values)
def test_a_decision_follows_only_the_table_of_decisions(was: str, to: str, cast: Cast) -> None:
    olu, case = cast.actor("olu"), child_case()
    standing = refer(case, olu)
    path = {
        "submitted": (),
        "rg_positive": ("rg_positive",),
        "rg_negative": ("rg_negative",),
        "cg_positive": ("rg_positive", "cg_positive"),
        "cg_negative": ("rg_positive", "cg_negative"),
        "disqualified": ("rg_positive", "disqualified"),
        "withdrawn": ("withdrawn",),
    }[was]
    for step in path:
        decisions.record_event(referral=standing, by=olu, kind=step, at=clocks.now())
    if to in NrmReferral.TRANSITIONS.get(NrmStatus(was), ()):
        decisions.record_event(referral=standing, by=olu, kind=to, at=clocks.now())
        standing.refresh_from_db()
        assert standing.status == to
    else:
        with pytest.raises(Conflict):
            decisions.record_event(referral=standing, by=olu, kind=to, at=clocks.now())


def test_needs_that_are_unticked_end_and_are_kept(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    duties.assess_needs(
        case=case, by=olu, at=clocks.now(), kinds={"legal", "health"}, urgent={"health"}
    )
    duties.assess_needs(case=case, by=olu, at=clocks.now(), kinds={"health", "money"})
    needs = Need.objects.filter(victim=case.victim)
    assert set(needs.filter(ended_at=None).values_list("kind", "urgent")) == {
        ("health", False),
        ("money", False),
    }
    assert needs.get(kind="legal").ended_at is not None


def test_the_same_crime_number_is_on_a_case_once(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    crime(case, olu)
    with pytest.raises(Conflict, match="already on the case"):
        crime(case, olu)
    assert case.crimes.count() == 1
    assert case.events.filter(kind=EventKind.CRIME).count() == 1


def test_contact_through_a_channel_shows_in_no_line_of_the_history(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    phone_rule(case, olu)
    spoke(case, olu, channel=Channel.PHONE)
    assert "phone" not in str(list(case.events.values_list("detail", "text"))).lower()


def test_consent_for_what_agencies_get_may_name_one_and_nothing_else_may(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    for purpose in Purpose:
        person.record_consent(
            case=case,
            by=olu,
            purpose=purpose,
            outcome=ConsentOutcome.GIVEN,
            decided_at=clocks.now(),
            agency=cast.harbour,
        )
    named = case.victim.consents.exclude(agency=None)
    assert set(named.values_list("purpose", flat=True)) == {Purpose.AGENCY, Purpose.ACCOUNT}
