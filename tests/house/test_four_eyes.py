"""Nobody approves their own act: every act that needs a second person, through every door that there is.

The doors are the action, the page, raw SQL behind both, the bulk job, the API and the commands. A new act of this kind
without a row here fails: the acts are found in the constraints of the models, in the rules and in the code.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.db import DatabaseError, transaction
from django.db.models import CheckConstraint, F, Model, Q
from django.test import Client

import clocks
from accounts.actions import exports
from accounts.actions.people import give_role
from accounts.actors import Actor
from accounts.auth import actor_of
from accounts.chained import AuditDisposal
from accounts.context import acting_as
from accounts.errors import Refused
from accounts.exported import ExportRequest
from accounts.exports import DOWNLOADS, Content, Sheet
from accounts.models import RoleHeld, ScopeBar, Tie, User
from accounts.permissions import Role
from casework.actions import (
    advice,
    conflicts,
    emergency,
    interviews,
    misuse,
    nrm_reading,
    packs,
    protection,
    quality,
    retention,
)
from casework.actions.allocation import review_override
from casework.actions.closing import decide_closing
from casework.actions.moves import ask_to_move, move_some
from casework.actions.transfers import reject
from casework.models import (
    Advice,
    Allocation,
    Case,
    CaseStatus,
    Closure,
    EmergencyAccess,
    ImmigrationShare,
    Interview,
    MisuseHit,
    MoveTo,
    NrmReading,
    Pack,
    PackKind,
    RetentionReview,
    SampledCase,
    Section45,
    Transfer,
)
from followups import actions as followups
from followups import engine
from followups.models import FollowUp, Handover, RePlan
from followups.rules import RULES
from referrals.actions import webhooks
from referrals.models import Webhook
from tests.builders import make_case
from tests.cast import Cast
from training.actions.learning import see_learning
from training.actions.records import verify_record
from training.models import Course, Learning, LearningKind, TrainingRecord

TREE = Path(__file__).resolve().parents[2]
ROOMS = ("accounts", "victims", "training", "casework", "referrals", "followups")
ClientOf = Callable[[User], Client]


@dataclass(frozen=True)
class Act:
    """An act that somebody asks for and only somebody else may end.

    `make` lets `asker` ask; `do` is the action by an actor; `page` is its address and what is posted there;
    `columns` are those that a raw statement would fill in. `other` may do it, which shows that the door is one.
    """

    model: type[Model]
    asker: str
    other: str
    make: Callable[[Cast], Any]
    do: Callable[[Any, Actor], object]
    page: Callable[[Any], tuple[str, dict[str, str]]]
    columns: Callable[[User], dict[str, object]]


def fact(case: Case, by: User) -> dict[str, Any]:
    at = clocks.now()
    return {"scope": case.scope, "case": case, "at": at, "by": by, "recorded_at": at}


def a_closure(cast: Cast) -> Closure:
    case = make_case(status=CaseStatus.CLOSING, owner=cast.olu)
    return Closure.objects.create(
        **fact(case, cast.sade), outcome="court_ended", explanation="It is over.",
        last_safe_contact_at=clocks.now(),
    )  # fmt: skip


def a_section_45(cast: Cast) -> Section45:
    return Section45.objects.create(
        **fact(make_case(), cast.sade), offence="Cannabis", age_then="adult", schedule_4=False,
        findings="Asked her.", outcome="may_apply",
    )  # fmt: skip


def a_share(cast: Cast) -> ImmigrationShare:
    return ImmigrationShare.objects.create(
        **fact(make_case(), cast.sade), recipient="Them", what="Her name", basis="A law", person_told="no",
        necessity="They asked.",
    )  # fmt: skip


def a_pack(cast: Cast) -> Pack:
    by = cast.actor("sade")
    pack = packs.make_pack(case=make_case(), kind=PackKind.SCHEDULE, by=by)
    return packs.submit_pack(pack_id=pack.pk, by=by)


def a_disposal(cast: Cast) -> RetentionReview:
    at = clocks.now() - timedelta(days=4000)
    case = make_case(status=CaseStatus.CLOSED, at=at)
    return RetentionReview.objects.create(
        **fact(case, cast.ines), group="4", decision="dispose", reason="Nobody needs it."
    )


def an_override(cast: Cast) -> Allocation:
    lacks = [{"course": "pip2", "name": "PIP2", "reason": "missing"}]
    return Allocation.objects.create(
        **fact(make_case(), cast.ines), owner=cast.olu, shortfalls=lacks, override_reason="Tonight."
    )


def an_emergency(cast: Cast) -> EmergencyAccess:
    case, at = make_case(), clocks.now()
    return EmergencyAccess.objects.create(
        scope=case.scope, case=case, force=cast.force, reference=case.reference, by=cast.ines,
        reason="danger", words="Her brother rang 999, he is at the door.", at=at,
        ends_at=at + timedelta(minutes=60),
    )  # fmt: skip


def a_hit(cast: Cast) -> MisuseHit:
    at = clocks.now()
    return MisuseHit.objects.create(
        force=cast.force, pattern="bulk", person=cast.asha, about="x", times=1, first_at=at,
        last_at=at, found_at=at,
    )  # fmt: skip


def an_export(cast: Cast) -> ExportRequest:
    whole = Content(Sheet(["Name"], [["somebody"]] * 500))
    why = exports.Purpose("handover", "For the morning meeting")
    return exports.ask_for(DOWNLOADS["people"], {}, whole, why, by=cast.actor("sade"))


def a_bar(cast: Cast) -> ScopeBar:
    return ScopeBar.objects.create(
        scope=make_case().scope, force=cast.force, user=cast.rhys, tie=Tie.FAMILY,
        declared_at=clocks.now(), declared_by=cast.sade,
    )  # fmt: skip


def an_offer(cast: Cast) -> Transfer:
    case = make_case(unit=cast.other_unit, owner=cast.petra)
    return Transfer.objects.create(
        scope=case.scope, case=case, reference=case.reference, priority="standard",
        why="capacity", from_force=cast.force, from_unit=cast.other_unit, to_force=cast.force,
        to_unit=cast.unit, offered_at=clocks.now(), offered_by=cast.ines,
    )  # fmt: skip


def a_training_record(cast: Cast) -> TrainingRecord:
    course = Course.objects.create(slug="invented", name="Invented")
    return TrainingRecord.objects.create(
        user=cast.olu, course=course, completed_on=clocks.today(), recorded_at=clocks.now(),
        recorded_by=cast.ines,
    )  # fmt: skip


def own_training(cast: Cast) -> TrainingRecord:
    course = Course.objects.create(slug="invented", name="Invented")
    return TrainingRecord.objects.create(
        user=cast.ines, course=course, completed_on=clocks.today(), recorded_at=clocks.now(),
        recorded_by=cast.bronwen,
    )  # fmt: skip


def some_learning(cast: Cast) -> Learning:
    return Learning.objects.create(
        user=cast.ines, done_on=clocks.today(), kind=LearningKind.READING, about="Invented",
        hours=1, recorded_at=clocks.now(),
    )  # fmt: skip


def a_webhook(cast: Cast) -> Webhook:
    by = cast.actor("una")
    with acting_as(by):
        made, _secret = webhooks.propose_webhook(url="https://hooks.harbour.invalid/in", by=by)
    return made


def a_sampled_case(cast: Cast) -> SampledCase:
    make_case(owner=cast.sade)
    by = cast.actor("ines")
    quality.draw_sample(unit=cast.unit, of="open", size=1, by=by)
    return SampledCase.objects.get()


def a_handover(cast: Cast) -> Handover:
    return followups.hand_over(unit=cast.unit, words="Nothing tonight.", by=cast.actor("sade"))


def a_question(cast: Cast) -> Advice:
    at = clocks.now()
    RoleHeld.objects.get_or_create(
        user=cast.petra, role=Role.SPECIALIST_LEAD, defaults={"given_at": at}
    )
    by, case = cast.actor("ines"), make_case(owner=cast.olu)
    return advice.ask_specialist(case=case, question="May we?", urgent=True, by=by)


def an_interview(cast: Cast) -> Interview:
    at = clocks.now()
    RoleHeld.objects.get_or_create(
        user=cast.petra, role=Role.SPECIALIST_LEAD, defaults={"given_at": at}
    )
    by, case = cast.actor("ines"), make_case(owner=cast.olu)
    return interviews.record_interview(
        case=case, interviewer=cast.olu, at=at, why="She asked for her.", by=by
    )


def a_reading(cast: Cast) -> NrmReading:
    """Of what was sent outside Holdfast, by somebody who is not in date."""
    return NrmReading.objects.create(
        **fact(make_case(owner=cast.olu), cast.olu), sent=True, why="He was to be released."
    )


def of(row: Any) -> Case:
    found: Case = row.case
    return found


def decided(agreed: bool = True) -> Callable[[User], dict[str, object]]:
    return lambda who: {"decided_at": clocks.now(), "decided_by": who, "agreed": agreed}


def reviewed(**more: object) -> Callable[[User], dict[str, object]]:
    return lambda who: {"reviewed_at": clocks.now(), "reviewed_by": who} | more


NOTE = "I looked at it myself."
ACTS = {
    "closing": Act(
        Closure, "sade", "ines", a_closure,
        lambda row, by: decide_closing(case=of(row), by=by, agreed=False, note=NOTE),
        lambda row: (f"/case/{of(row).reference}/countersign", {"decision": "return", "note": NOTE}),
        decided(),
    ),
    "section 45": Act(
        Section45, "sade", "ines", a_section_45,
        lambda row, by: protection.review_section_45(case=of(row), by=by, agreed=True, note=NOTE),
        lambda row: (f"/case/{of(row).reference}/section-45/review", {"decision": "yes", "note": NOTE}),
        reviewed(agreed=True),
    ),
    "immigration": Act(
        ImmigrationShare, "sade", "ines", a_share,
        lambda row, by: protection.decide_share(case=of(row), by=by, approved=False, note=NOTE),
        lambda row: (f"/case/{of(row).reference}/immigration/decide", {"decision": "no", "note": NOTE}),
        lambda who: {"decided_at": clocks.now(), "decided_by": who, "approved": True},
    ),
    "pack": Act(
        Pack, "sade", "ines", a_pack,
        lambda row, by: packs.review_pack(pack_id=row.pk, agreed=False, note=NOTE, by=by),
        lambda row: (f"/pack/{row.pk}", {"act": "review", "agreed": "no", "note": NOTE}),
        reviewed(),
    ),
    "disposal": Act(
        RetentionReview, "ines", "second", a_disposal,
        lambda row, by: retention.decide_disposal(case=of(row), agreed=False, note=NOTE, by=by),
        lambda row: (f"/case/{of(row).reference}/retention", {"act": "decide", "agreed": "no", "note": NOTE}),
        decided(),
    ),
    "override": Act(
        Allocation, "ines", "second", an_override,
        lambda row, by: review_override(allocation=row, by=by),
        lambda row: (f"/overrides/{row.pk}", {}),
        lambda who: {"override_reviewed_at": clocks.now(), "override_reviewed_by": who},
    ),
    "emergency read": Act(
        EmergencyAccess, "ines", "sade", an_emergency,
        lambda row, by: emergency.note_read(access=row, by=by),
        lambda row: (f"/case/{row.reference}/emergency", {}),
        lambda who: {"read_at": clocks.now(), "read_by": who},
    ),
    "emergency review": Act(
        EmergencyAccess, "ines", "asha", an_emergency,
        lambda row, by: emergency.review(access=row, finding="needed", words=NOTE, by=by),
        lambda row: (f"/emergencies/{row.pk}", {"finding": "needed", "words": NOTE}),
        reviewed(finding="needed", finding_words=NOTE),
    ),
    "misuse": Act(
        MisuseHit, "asha", "second-auditor", a_hit,
        lambda row, by: misuse.close(hit=row, finding="explained", words=NOTE, by=by),
        lambda row: (f"/audit/misuse/{row.pk}", {"finding": "explained", "words": NOTE}),
        lambda who: {
            "closed_at": clocks.now(), "closed_by": who, "finding": "explained", "finding_words": NOTE,
        },
    ),
    "export": Act(
        ExportRequest, "sade", "ines", an_export,
        lambda row, by: exports.decide(request_id=row.pk, agreed=True, note=NOTE, by=by),
        lambda row: (f"/exports/requests/{row.pk}", {"agreed": "yes", "note": NOTE}),
        decided(),
    ),
    "conflict": Act(
        ScopeBar, "sade", "ines", a_bar,
        lambda row, by: conflicts.end(bar=row, why=NOTE, by=by),
        lambda row: (f"/case/{Case.objects.get(scope=row.scope_id).reference}/conflict/{row.pk}/end", {"why": NOTE}),
        lambda who: {"ended_at": clocks.now(), "ended_by": who, "why_ended": NOTE},
    ),
    "transfer": Act(
        Transfer, "ines", "sade", an_offer,
        lambda row, by: reject(transfer=row, refusal="no_capacity", by=by),
        lambda row: (f"/transfers/{row.pk}", {"answer": "reject", "refusal": "no_capacity"}),
        lambda who: {
            "status": "rejected", "refusal": "other", "answered_at": clocks.now(), "answered_by": who,
        },
    ),
    "training": Act(
        TrainingRecord, "ines", "sade", a_training_record,
        lambda row, by: verify_record(by=by, record=row),
        lambda row: (f"/training/record/{row.pk}/verify", {}),
        lambda who: {"verified_at": clocks.now(), "verified_by": who},
    ),
    "own training": Act(
        TrainingRecord, "ines", "second", own_training,
        lambda row, by: verify_record(by=by, record=row),
        lambda row: (f"/training/record/{row.pk}/verify", {}),
        lambda who: {"verified_at": clocks.now(), "verified_by": who},
    ),
    "learning": Act(
        Learning, "ines", "second", some_learning,
        lambda row, by: see_learning(by=by, learning=row),
        lambda row: (f"/training/learning/{row.pk}/seen", {}),
        lambda who: {"seen_at": clocks.now(), "seen_by": who},
    ),
    "handover": Act(
        Handover, "sade", "ines", a_handover,
        lambda row, by: followups.read_handover(handover_id=row.pk, by=by),
        lambda row: (f"/desk/handover/{row.pk}/read", {}),
        lambda who: {"read_at": clocks.now(), "read_by": who},
    ),
    "dip-sample": Act(
        SampledCase, "sade", "ines", a_sampled_case,
        lambda row, by: quality.review_sampled(
            sampled=row, answers=dict.fromkeys(quality.QUESTIONS, "yes"), findings=NOTE, by=by
        ),
        lambda row: (
            f"/samples/{row.sample_id}/{row.place}",
            dict.fromkeys(quality.QUESTIONS, "yes") | {"findings": NOTE},
        ),
        lambda who: {"reviewed_at": clocks.now(), "reviewed_by": who, "findings": NOTE},
    ),
    "advice": Act(
        Advice, "ines", "petra", a_question,
        lambda row, by: advice.answer_question(case=of(row), advice_id=row.pk, words=NOTE, by=by),
        lambda row: (f"/case/{of(row).reference}/advice/{row.pk}", {"answer": NOTE}),
        lambda who: {"answered_at": clocks.now(), "answered_by": who, "answer": NOTE},
    ),
    "interview": Act(
        Interview, "ines", "petra", an_interview,
        lambda row, by: interviews.review_interview(interview_id=row.pk, by=by),
        lambda row: (f"/interviews/{row.pk}/review", {}),
        lambda who: {"reviewed_at": clocks.now(), "reviewed_by": who},
    ),
    "nrm reading": Act(
        NrmReading, "olu", "sade", a_reading,
        lambda row, by: nrm_reading.read_report(reading=row, digest="", standing="", verdict="fit", by=by),
        lambda row: (f"/case/{of(row).reference}/nrm/reading", {"digest": "", "verdict": "fit"}),
        lambda who: {"read_at": clocks.now(), "read_by": who, "verdict": "fit"},
    ),
    "webhook": Act(
        Webhook, "una", "cal", a_webhook,
        lambda row, by: webhooks.confirm_webhook(webhook=row, by=by),
        lambda row: (f"/agency/webhooks/{row.pk}/confirm", {}),
        lambda who: {"confirmed_at": clocks.now(), "confirmed_by": who, "is_on": True},
    ),
}  # fmt: skip
each_act = pytest.mark.parametrize("name", ACTS)


@pytest.fixture
def house(cast: Cast) -> Cast:
    """The cast, with a second lead and a second auditor: somebody else who may decide."""
    for username, role in (("second", Role.SPECIALIST_LEAD), ("second-auditor", Role.AUDITOR)):
        person = User.objects.create(username=username, name=username.title(), force=cast.force)
        RoleHeld.objects.create(user=person, role=role)
    return cast


def named(username: str) -> User:
    return User.objects.get(username=username)


def by(username: str) -> Actor:
    return actor_of(named(username), clocks.now())


def state(row: Model) -> dict[str, object]:
    found = type(row)._base_manager.filter(pk=row.pk).values()
    return dict(found[0]) if found else {}


@each_act
def test_no_action_lets_whoever_asked_decide_and_it_lets_somebody_else(
    house: Cast, name: str
) -> None:
    act = ACTS[name]
    row = act.make(house)
    before = state(row)
    with pytest.raises(Refused):
        act.do(row, by(act.asker))
    assert state(row) == before
    act.do(row, by(act.other))
    assert state(row) != before


@each_act
def test_no_page_lets_whoever_asked_decide_and_it_lets_somebody_else(
    house: Cast, name: str, client_of: ClientOf
) -> None:
    act = ACTS[name]
    row = act.make(house)
    address, typed = act.page(row)
    before = state(row)
    refused = client_of(named(act.asker)).post(address, typed)
    assert refused.status_code in {302, 403, 404, 409}, refused.status_code
    assert state(row) == before
    done = client_of(named(act.other)).post(address, typed)
    assert done.status_code == 302, done.content.decode()[:2000]
    assert state(row) != before


@each_act
def test_no_raw_statement_of_the_product_lets_whoever_asked_decide(house: Cast, name: str) -> None:
    act = ACTS[name]
    row = act.make(house)
    before = state(row)
    who = named(act.asker)
    rows = type(row)._base_manager.filter(pk=row.pk)
    assert rows.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**act.columns(who))
    assert state(row) == before


def test_nobody_gives_themselves_a_role_by_any_door(house: Cast, client_of: ClientOf) -> None:
    lena = house.lena
    with pytest.raises(Refused):
        give_role(by=house.actor("lena"), user=lena, role=Role.SUPERVISOR)
    client_of(lena).post(f"/people/{lena.pk}/roles", {"roles": ["administrator", "supervisor"]})
    assert {held.role for held in lena.roles.all()} == {Role.ADMINISTRATOR}
    with pytest.raises(DatabaseError, match="role_given_by_another"), transaction.atomic():
        RoleHeld.objects.create(user=lena, role=Role.SUPERVISOR, given_by=lena)


def test_the_third_move_of_a_due_time_is_never_one_persons_own(house: Cast) -> None:
    make_case(at=clocks.now() - timedelta(hours=2))
    engine.sweep(clocks.now())
    owed = FollowUp.objects.filter(case__isnull=False).open()[0]
    sade = house.actor("sade")
    for days in (5, 6):
        followups.replan(
            followup_id=owed.pk, due_at=clocks.now() + timedelta(days=days), reason="Asked to.", by=sade
        )  # fmt: skip
    with pytest.raises(Refused):
        followups.replan(
            followup_id=owed.pk, due_at=clocks.now() + timedelta(days=7), reason="Again.", by=sade
        )  # fmt: skip
    with pytest.raises(DatabaseError, match="moved twice"), transaction.atomic():
        RePlan.objects.create(
            followup=owed, round=9, due_at=clocks.now() + timedelta(days=7), reason="Again.",
            at=clocks.now(), by=house.sade,
        )  # fmt: skip


def test_one_person_under_two_names_does_not_let_a_month_of_the_trail_go(house: Cast) -> None:
    with (
        pytest.raises(DatabaseError, match=r"month_disposed_of_by_two|permission denied"),
        transaction.atomic(),
    ):
        AuditDisposal.objects.create(
            month=clocks.today().replace(day=1), events=1, names=["asha", "asha"], at=clocks.now(),
            key_id="x", signature=b"x" * 32,
        )  # fmt: skip


def test_a_bulk_job_is_no_way_round_the_second_person(house: Cast) -> None:
    """Offers made in bulk are answered by somebody else, one by one; overrides wait for a lead."""
    make_case(unit=house.other_unit, owner=house.petra)
    lead = house.actor("ines")
    ask_to_move(
        unit=house.other_unit, whose="everybody", to=MoveTo.UNIT, to_unit=house.unit,
        why="capacity", reason="Too many.", by=lead,
    )  # fmt: skip
    assert move_some(seconds=30) == {"offered": 1}
    with pytest.raises(Refused):
        reject(transfer=Transfer.objects.get(), refusal="other", by=lead)


# That the table is whole.


def second_person_constraints() -> set[tuple[str, str]]:
    """Every constraint that says of two people of a row that they are not the same."""
    found = set()
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS:
            continue
        for constraint in model._meta.constraints:
            if isinstance(constraint, CheckConstraint) and _two_people(model, constraint.condition):
                found.add((model._meta.label, constraint.name))
    return found


def _two_people(model: type[Model], condition: Any) -> bool:
    if not isinstance(condition, Q):
        return False
    for child in condition.children:
        if isinstance(child, Q):
            if _two_people(model, child):
                return True
        elif isinstance(child, tuple) and isinstance(child[1], F) and condition.negated:
            names = {child[0], child[1].name}
            fields = [field for field in model._meta.concrete_fields if field.name in names]
            if len(fields) == 2 and all(field.related_model is User for field in fields):
                return True
    return False


# Constraints of two people that are no approval, each with the reason.
NO_APPROVAL = {
    ("accounts.Absence", "absence_cover_is_another"): "somebody covers; nobody decides",
    ("accounts.RoleHeld", "role_given_by_another"): "tried above, without a request before it",
    (
        "casework.DisposalCertificate",
        "certificate_by_two",
    ): "what the database writes of a disposal that is in the table",
}


def test_every_constraint_of_two_people_has_its_act() -> None:
    of_acts = {act.model._meta.label for act in ACTS.values()}
    without = {
        pair for pair in second_person_constraints() - NO_APPROVAL.keys() if pair[0] not in of_acts
    }
    assert without == set(), "an act that needs a second person has no row in ACTS"
    assert NO_APPROVAL.keys() <= second_person_constraints()
    with_constraint = {label for label, _name in second_person_constraints()}
    assert of_acts <= with_constraint, "an act of the table is not held to by the database"


def test_every_rule_that_waits_for_a_second_person_has_its_act() -> None:
    asked = {rule.second_person[0] for rule in RULES.values() if rule.second_person}
    assert asked <= {act.model for act in ACTS.values()}


# Functions that turn somebody away because of who they are to the row, and are in the table or no approval.
TURNS_AWAY = {
    "accounts.actions.exports.decide": "export",
    "casework.actions.allocation.review_override": "override",
    "casework.actions.closing.decide_closing": "closing",
    "casework.actions.conflicts.end": "conflict",
    "casework.actions.emergency.note_read": "emergency read",
    "casework.actions.emergency.review": "emergency review",
    "casework.actions.misuse.close": "misuse",
    "casework.actions.packs.review_pack": "pack",
    "casework.actions.protection.review_section_45": "section 45",
    "casework.actions.protection.decide_share": "immigration",
    "casework.actions.advice.answer_question": "advice",
    "casework.actions.interviews.review_interview": "interview",
    "casework.actions.quality.review_sampled": "dip-sample",
    "casework.actions.retention.decide_disposal": "disposal",
    "casework.actions.transfers._to_answer": "transfer",
    "followups.actions.read_handover": "handover",
    "referrals.actions.webhooks.confirm_webhook": "webhook",
    "training.actions.learning.see_learning": "learning",
    "training.actions.records.verify_record": "training",
}
NOT_AN_APPROVAL = {
    "accounts.actions.leaving.leave": "nobody shuts themselves out; no row decides about another",
    "accounts.actions.people.set_password": "only oneself",
    "accounts.actions.people._not_oneself": "roles, sessions and links of oneself: tried above",
    "accounts.actions.second_step.reset_second_step": "one's own second step is not reset by oneself",
    "accounts.actions.units.set_supervisors": "nobody makes themselves a supervisor",
    "casework.actions.emergency.end_early": "ending one's own access early is always allowed",
    "casework.actions.packs._only_preparer": "the reverse: only whoever began it goes on",
    "training.actions.learning.take_back": "the reverse: only whoever said it takes it back",
    "training.actions.proofs._record": "who adds a proof; whoever verifies is tried above",
    "training.actions.dates.know": "the reverse: only whoever lost a place says that they know",
    "victims.actions.person.officer_id": "a person must do it, whoever",
}


def turning_away() -> set[str]:
    """Functions in which an `if` on who acts (`by.id`, `by.person_id`) raises."""
    found = set()
    rooms = [*TREE.glob("*/actions/*.py"), *TREE.glob("*/actions.py")]
    for path in sorted(rooms):
        module = ".".join(path.relative_to(TREE).with_suffix("").parts)
        for function in ast.walk(ast.parse(path.read_text())):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.If) and _asks_who(node.test) and _raises(node):
                    found.add(f"{module}.{function.name}")
    return found


def _asks_who(test: ast.expr) -> bool:
    return any(
        isinstance(part, ast.Attribute) and ast.unparse(part) in {"by.id", "by.person_id"}
        for part in ast.walk(test)
    )


def _raises(node: ast.If) -> bool:
    return any(isinstance(part, ast.Raise) for line in node.body for part in ast.walk(line))


def test_every_function_that_turns_away_whoever_asked_has_its_act() -> None:
    assert turning_away() == TURNS_AWAY.keys() | NOT_AN_APPROVAL.keys()
    assert set(TURNS_AWAY.values()) <= ACTS.keys()


# What a command may decide: nothing of these acts, but the one that names two people.
COMMANDS = {
    "audit_months": "lets a month go by two named people: accounts/test_chain.py",
    **dict.fromkeys(
        (
            *("add_force", "check_files"),
            *("agency_credentials", "bench_data", "bounce", "calendars", "chain_audit", "cracks"),
            *("demo_age", "disclosure_table", "followups", "link_directory", "load_courses"),
            *(
                "load_deadlines",
                "migrate",
                "nrm_export",
                "nrm_import",
                "prepare_demo",
                "rotate_keys",
            ),
            *("search_keys", "seed_demo", "simulate", "simulation_report", "time_limits"),
            "verify_audit",
        ),
        "decides nothing that needs a second person",
    ),
}


def test_every_command_is_sorted_and_there_is_no_admin() -> None:
    ours = {
        name
        for name, app in get_commands().items()
        if app.split(".")[0] in (*ROOMS, "clocks", "config", "pages")
    }
    assert ours == COMMANDS.keys()
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_the_api_has_no_door_to_any_of_these_acts() -> None:
    """An agency's system answers referrals; no module of the API knows an action of the table."""
    deciding = {name.rpartition(".")[2] for name in TURNS_AWAY}
    for path in (TREE / "referrals" / "api").glob("*.py"):
        known = {
            node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)
        }
        known |= {
            node.attr
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Attribute)
        }
        assert not known & (deciding - {"close", "end", "decide", "review"}), path.name
