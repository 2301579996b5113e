"""Every act asks who does it before it looks at anything: its own lock, whatever page or command leads to it."""

import ast
import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

import clocks
from accounts.actions import add_agency_worker
from accounts.actors import Actor, ActorKind
from accounts.context import acting_as
from accounts.errors import Refused
from accounts.permissions import Permission
from accounts.scoping import NotVisible
from casework.actions.files import send
from followups.desk import second_signatures
from tests.cast import Cast
from training.actions import verify_record
from training.models import Course, TrainingRecord

TREE = Path(__file__).resolve().parents[2]
Act = Callable[..., Any]


class Unread:
    """What is asked for or given; an act that touches it before it asked who is there has failed."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"looked at .{name} first")

    def _looked(self, *_: Any) -> Any:
        raise AssertionError("looked first")

    __bool__ = __eq__ = __iter__ = __len__ = __getitem__ = __hash__ = _looked  # type: ignore[assignment]


def acts() -> Iterator[tuple[str, Act]]:
    """Every function of the rooms of acts that is told by whom (`by`), by where it is."""
    rooms = [*TREE.glob("*/actions/*.py"), *TREE.glob("*/actions.py")]
    for path in sorted(rooms):
        name = str(path.relative_to(TREE)).removesuffix(".py").replace("/", ".")
        module = import_module(name.removesuffix(".__init__"))
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                act = inspect.unwrap(getattr(module, node.name))
                if "by" in inspect.signature(act).parameters:
                    yield f"{name}.{node.name}", act


def asked_by(act: Act, kind: ActorKind) -> str:
    """What somebody of that kind without any role is told they may not do; '' when nobody asked."""
    of = "force_id" if kind is ActorKind.OFFICER else "agency_id"
    nobody = Actor(kind=kind, name="nobody", id=uuid4(), **{of: uuid4()})  # type: ignore[arg-type]
    given = {
        name: Unread()
        for name, parameter in inspect.signature(act).parameters.items()
        if parameter.default is inspect.Parameter.empty and parameter.kind.name != "VAR_KEYWORD"
    } | {"by": nobody}
    try:
        positional = [
            given.pop(name)
            for name, parameter in inspect.signature(act).parameters.items()
            if parameter.kind.name in {"POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD"} and name in given
        ]
        act(*positional, **given)
    except Refused as refused:
        return refused.verb
    except Exception:  # it went on without asking, until it met what was not there
        return ""
    return ""


# Acts that find the row first, or only answer a question, each with what asks instead.
ASKS_OTHERWISE = {
    "accounts.actions.absences": {
        "record_absence": "whose absence it is decides: may_record_for",
        "end_absence": "whose absence it is decides: may_record_for",
        "may_record_for": "answers whether",
    },
    "accounts.actions.agencies": {"add_agency_worker": "which right depends on whose agency it is"},
    "accounts.actions.exports": {
        "needs_second_look": "answers a number of rows",
        "waits": "answers whether",
        "latest_request": "answers one's own request",
        "agreed_request": "answers one's own request",
    },
    "accounts.actions.keeping": {"keep": "a part of acts that asked"},
    "accounts.actions.people": {
        "set_roles": "each role is given or taken by an act that asks",
        "set_password": "oneself alone",
        "locked": "finds the row of an act that has asked",
    },
    "accounts.actions.second_step": dict.fromkeys(
        (
            *("add_app", "add_passkey", "remove_step", "make_codes", "end_session"),
            *("end_other_sessions", "read_notices"),
        ),
        "oneself alone",
    ),
    "casework.actions.account": {"add_row": "add_rows asks", "take_out": "take_out_rows asks"},
    "casework.actions.allocation": {"candidates": "answers who"},
    "casework.actions.moves": dict.fromkeys(
        ("movable", "progress", "asked_lately"), "answers which"
    ),
    "casework.actions.contact": {"safe_channels": "answers which"},
    "casework.actions.drafts": dict.fromkeys(("take_draft", "drop_draft"), "one's own alone"),
    "casework.actions.facts": dict.fromkeys(
        (
            *("add_fact", "replace_fact", "end_fact", "record_age", "dispute_age"),
            *("determine_age", "record_missing", "record_alert", "record_found"),
            *("record_return_interview", "standing_episode"),
        ),
        "locks the case; the act on the person, in victims/, asks",
    ),
    "casework.actions.files": {
        "scanned": "the scanner's worker alone, which is the engine",
    },
    "casework.actions.history": dict.fromkeys(
        ("lock_case", "lock_open_case", "note_opened", "write_line"), "a part of acts that asked"
    ),
    "casework.actions.logging": {"refuse_unless_held": "a part of acts that asked"},
    "casework.actions.nrm": {
        "bring_in": "made of acts that ask: start_concern, save_account",
        "settle": "save_account asks",
    },
    "casework.actions.nrm_reading": {
        **dict.fromkeys(("lacked_by", "readings", "why_not"), "answers"),
        "leave": "a part of acts that asked",
    },
    "casework.actions.packs": dict.fromkeys(
        ("lift", "hide", "judge_item", "submit_pack"), "whose pack it is decides: _only_preparer"
    ),
    "casework.actions.person": dict.fromkeys(
        ("judge_risk", "set_safe_contact", "record_consent", "tell_topic"),
        "locks the case; the act on the person, in victims/, asks",
    ),
    "casework.actions.reaching": {"set_first_rules": "a part of acts that asked"},
    "casework.actions.specialist": dict.fromkeys(
        ("is_specialist", "only_specialists_ask", "owes_reason", "check_asking"), "answers whether"
    ),
    "casework.actions.transfers": dict.fromkeys(
        ("may_offer", "withdraw", "see_refusal"), "who holds the case decides: _theirs"
    ),
    "casework.actions.voice": {"is_about": "answers whether"},
    "followups.actions": {"may_move": "answers whether"},
    "referrals.actions.endings": dict.fromkeys(
        ("end_on_withdrawn_consent", "end_on_merge"),
        "a port: what another act, that asked, entails",
    ),
    "referrals.actions.sandbox": {
        "open_sandbox": "the police's demo opens one too; an agency is asked",
        "sandbox_of": "answers which",
        "inside": "answers which",
    },
    "referrals.actions.steps": dict.fromkeys(("locked", "tell_case"), "a part of acts that asked"),
    "training.actions.proofs": {
        "scanned": "the scanner's worker alone, which is the engine",
    },
    "victims.actions.person": dict.fromkeys(
        ("officer_id", "lock_victim"), "a part of acts that asked"
    ),
    "victims.actions.told": dict.fromkeys(("needs_reason", "guarded"), "answers whether"),
}
OTHERWISE = {f"{room}.{name}" for room, names in ASKS_OTHERWISE.items() for name in names}
ACTS = dict(acts())


# What only a command does, whoever is signed in.
ON_THE_MACHINE = {"force.added"}
KINDS = (ActorKind.OFFICER, ActorKind.AGENCY)


@pytest.mark.parametrize("name", sorted(set(ACTS) - OTHERWISE))
@pytest.mark.parametrize("kind", KINDS)
def test_an_act_asks_before_it_looks(name: str, kind: ActorKind) -> None:
    assert asked_by(ACTS[name], kind) in {*Permission, *ON_THE_MACHINE}


def test_whoever_asks_otherwise_is_still_an_act_that_does() -> None:
    assert set(ACTS) >= OTHERWISE
    asks = [name for name in sorted(OTHERWISE) if all(asked_by(ACTS[name], kind) for kind in KINDS)]
    assert asks == []


# What the acts above that find the row first are held to.


def test_only_an_agencys_administrator_or_the_forces_adds_somebody_to_it(cast: Cast) -> None:
    told = {}
    for who in ("hana", "sade"):
        actor = cast.actor(who)
        with acting_as(actor), pytest.raises(Refused) as refused:
            add_agency_worker(by=actor, agency=cast.harbour, username="somebody", name="Somebody")
        told[who] = refused.value.verb
    assert told == {"hana": Permission.AGENCY_MANAGE, "sade": Permission.AGENCY_ADMIN}


def test_a_supervisor_verifies_no_proof_of_another_units_officer(cast: Cast) -> None:
    course = Course.objects.create(slug="interviewing", name="Interviewing")
    record = TrainingRecord.objects.create(
        user=cast.petra, course=course, completed_on=clocks.today(),
        recorded_by=cast.petra, recorded_at=clocks.now(),
    )  # fmt: skip
    sade, dov = cast.actor("sade"), cast.actor("dov")
    with acting_as(sade), pytest.raises(NotVisible):
        verify_record(by=sade, record=record)
    with acting_as(dov):
        assert verify_record(by=dov, record=record).verified_by_id == dov.id


def test_the_desk_counts_the_proofs_of_ones_own_people_alone(cast: Cast) -> None:
    course = Course.objects.create(slug="interviewing", name="Interviewing")
    TrainingRecord.objects.create(
        user=cast.petra, course=course, completed_on=clocks.today(),
        recorded_by=cast.petra, recorded_at=clocks.now(),
    )  # fmt: skip
    counted = {}
    for who in ("sade", "dov"):
        actor = cast.actor(who)
        with acting_as(actor):
            counted[who] = second_signatures(actor, clocks.now()).training
    assert counted == {"sade": 0, "dov": 1}


def test_whoever_takes_other_things_away_takes_no_file_of_a_case(cast: Cast) -> None:
    keir = cast.actor("keir")
    assert keir.can(Permission.EXPORT_TAKE)
    with acting_as(keir), pytest.raises(Refused) as refused:
        send("stale", by=keir)
    assert refused.value.verb == Permission.FILE_TAKE
