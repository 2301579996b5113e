"""The room of what the runner asks of the house: which models a scoping is about, which acts go on."""

import ast
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import connections
from django.urls import get_resolver

from tests import cluster
from tests.attack.second_wall import asked, stops, walled_models
from tests.attack.sites import TREE, Site
from tests.attack.world import invented
from tests.conftest import OWN_DATABASE
from tests.house.test_access import test_every_address_is_sorted as every_address_is_sorted
from tests.house.test_acts_ask import ACTS, KINDS, OTHERWISE, asked_by

# What the letters of the hand-written statements stand for.
TABLES = {"c": "casework.Case", "v": "victims.Victim", "f": "followups.FollowUp"}
# Mutants that do what the code does, each with why.
_OWN = "the same question asks for one's own alone, and the database keeps what is beyond reach"
_BEHIND = "the act that follows finds the row by get_visible itself: the answer is the same 404"
SAME = {
    "accounts/actions/exports.py needs_second_look: Export.visible_to(by)": _OWN,
    "accounts/actions/exports.py latest_request: ExportRequest.visible_to(by)": _OWN,
    "accounts/actions/exports.py agreed_request: ExportRequest.visible_to(by)": _OWN,
    "casework/actions/specialist.py is_specialist: TrainingRecord.visible_to(by)": _OWN,
    "training/views/register.py own: TrainingRecord.visible_to(request.actor)": _OWN,
    "training/views/records.py verify: TrainingRecord.get_visible(request.actor, pk=pk)": _BEHIND,
    "casework/actions/allocation.py assign: check(by, Permission.TRAINING_OVERRIDE)": (
        "every role of ROLES that assigns a case may override; the question is for a table that says otherwise"
    ),
    "referrals/actions/sandbox.py open_sandbox: check(by, Permission.AGENCY_SANDBOX)": (
        "every role of an agency may use its sandbox; the question is for a table that says otherwise"
    ),
    "casework/actions/guidance.py change_card: check(by, Permission.SPECIALISTS_KEEP)": (
        "what it does first, ending the version before, asks the same before it looks"
    ),
    "casework/actions/files.py send: check(by, Permission.EXPORT_TAKE)": (
        "every role of ROLES that takes files may take things away; the question is for a table that says otherwise"
    ),
    "referrals/api/sandbox.py Scenarios.get: check(self.actor, Permission.AGENCY_SANDBOX)": (
        "every key of an agency has the one role AGENCY_SYSTEM, which has it; the key's side is asked before"
    ),
}
_AGAIN = "the row is asked for three times in this function: each of the others refuses"
SAME |= dict.fromkeys(
    (
        "followups/actions.py _locked: FollowUp.get_visible(by, pk=followup_id)",
        "followups/actions.py _locked: rows.get_visible(by, pk=followup_id)",
        "followups/actions.py _locked: FollowUp.visible_to(by)",
    ),
    _AGAIN,
)
# Only whoever reaches the whole force comes here, and to them the database gives the force's rows and no other's.
_FORCE = "only whoever answers for the whole force comes here; the database gives them its rows and no other's"
HELD = dict.fromkeys(
    (
        "accounts/views/exports.py left: Export.visible_to(request.actor)",
        "accounts/views/exports.py one: rows.get_visible(request.actor, pk=pk)",
        "training/actions/imports.py _visible: TrainingRecord.visible_to(by)",
        "training/actions/records.py record_training: TrainingRecord.visible_to(by)",
    ),
    _FORCE,
)
_OF_A_CASE = "of cases alone, and of a case the database walls what is owed: only duties of no case are its force's"
HELD |= dict.fromkeys(
    (
        "followups/desk.py next_steps: FollowUp.visible_to(actor)",
        "followups/quality.py facts_of: FollowUp.visible_to(by)",
        "followups/quality.py facts_of: case.contacts.reached_from(case=case)",
        "followups/templatetags/followups_tags.py _owed: FollowUp.reached_from(case=case)",
        "followups/team_sql.py : REACH.format(of='f')",  # joined to its case
    ),
    _OF_A_CASE,
)
_OWN_ALONE = "narrowed to what the person holds or was named to do themselves"
SAME |= dict.fromkeys(
    (
        "followups/queues.py held: FollowUp.visible_to(actor)",
        "followups/queues.py waiting_for_others: FollowUp.visible_to(actor)",
        "followups/queues.py taken_on: FollowUp.visible_to(actor)",
    ),
    _OWN_ALONE,
)
# Of course dates: a date is of one force, and so is everybody with a place on it (`training_reach`).
_WHOLE = (
    "whoever may do this reaches the training of their whole force, and the date is that force's"
)
_BEYOND = "whoever reaches the training of anybody but themselves has this permission too"
_BEFORE = "the person was asked for by the same reach a line before"
SAME |= {
    "training/actions/dates.py call_off: Booking.visible_to(by)": _WHOLE,
    "training/actions/dates.py mark: Booking.visible_to(by)": _WHOLE,
    "training/actions/dates.py mark: Booking.visible_to(by) (2)": _WHOLE,
    "training/views/dates.py attended: Booking.visible_to(request.actor)": _WHOLE,
    "training/actions/dates.py book: check(by, Permission.TRAINING_TEAM)": _BEYOND,
    "training/actions/dates.py _of: check(by, Permission.TRAINING_TEAM)": _BEYOND,
    "training/actions/dates.py book: Booking.visible_to(by)": _BEFORE,
    "training/views/dates.py give_back: Booking.get_visible(request.actor, pk=pk)": _BEHIND,
    "training/views/dates.py know: Booking.get_visible(request.actor, pk=pk)": _BEHIND,
    "training/views/dates.py _own: Booking.visible_to(actor)": _OWN,
}
# Of hours and proofs: what hangs on a record was reached through it.
_THROUGH = "the record that it hangs on was asked for by the same reach before"
SAME |= {
    "training/actions/learning.py add_learning: Learning.visible_to(by)": _OWN,
    "training/views/hours.py own: TrainingRecord.visible_to(actor)": _OWN,
    "training/views/hours.py own: Learning.visible_to(actor)": _OWN,
    "training/views/hours.py take_back: Learning.get_visible(request.actor, pk=pk)": _BEHIND,
    "training/views/hours.py see: Learning.get_visible(request.actor, pk=pk)": _BEHIND,
    "training/actions/proofs.py add_proof: Proof.visible_to(by)": _THROUGH,
    "training/actions/proofs.py take_out: rows.get_visible(by, pk=proof.pk)": _BEHIND,
    "training/actions/proofs.py scanned: Proof.visible_to(by)": "the engine alone comes here, and reaches all",
    "training/views/proofs.py proofs: Proof.visible_to(actor)": _THROUGH,
    "training/views/proofs.py take_out: Proof.get_visible(request.actor, pk=pk)": _BEHIND,
}
# The tests that are about one wall, where nobody has noted which tests come by it.
_EXPORT = (
    "tests/accounts/test_exports.py::test_what_another_unit_asked_for_is_neither_shown_nor_decided"
)
_MOVES = "tests/casework/test_moves.py::test_another_units_supervisor_neither_hears_of_a_job_nor_stops_it"
_WORKER = "tests/house/test_acts_ask.py::test_only_an_agencys_administrator_or_the_forces_adds_somebody_to_it"
NAMED = {
    "accounts/actions/agencies.py add_agency_worker: check(by, Permission.AGENCY_MANAGE)": _WORKER,
    "accounts/actions/agencies.py add_agency_worker: check(by, Permission.AGENCY_ADMIN)": _WORKER,
    "accounts/actions/exports.py decide: ExportRequest.visible_to(by)": _EXPORT,
    "accounts/views/exports.py requests: ExportRequest.visible_to(request.actor)": _EXPORT,
    "accounts/views/exports.py request_one: rows.get_visible(request.actor, pk=pk)": _EXPORT,
    "accounts/actions/exports.py _may: check(by, download.permission)": (
        "tests/accounts/test_exports.py::test_nobody_takes_or_asks_for_a_file_of_what_their_role_does_not_show"
    ),
    "casework/actions/conflicts.py declare: check(by, Permission.CONFLICT_RECORD)": (
        "tests/casework/test_conflicts.py::test_only_a_supervisor_says_it_of_somebody_else_and_only_once"
    ),
    "casework/actions/files.py send: check(by, Permission.FILE_TAKE)": (
        "tests/house/test_acts_ask.py::test_whoever_takes_other_things_away_takes_no_file_of_a_case"
    ),
    "casework/actions/packs.py _only_preparer: check(by, Permission.PACK_PREPARE)": (
        "tests/casework/test_packs.py::test_whoever_began_it_and_lost_the_right_to_prepare_goes_on_with_nothing"
    ),
    "casework/actions/moves.py stop_moving: BulkMove.visible_to(by)": _MOVES,
    "casework/actions/moves.py asked_lately: BulkMove.visible_to(by)": _MOVES,
    "followups/views.py _owed: rows.get_visible(actor, pk=pk)": (
        "tests/followups/test_whose_duty.py::TestOfAnotherUnit::test_its_own_page"
    ),
    "followups/desk.py _training: TrainingRecord.visible_to(actor)": (
        "tests/house/test_acts_ask.py::test_the_desk_counts_the_proofs_of_ones_own_people_alone"
    ),
    "casework/views/operations.py operation: check(request.actor, Permission.OPERATION_EDIT)": (
        "tests/casework/test_operations.py::test_a_responder_looks_and_does_not_edit"
    ),
    "training/actions/records.py verify_record: rows.get_visible(by, pk=record.pk)": (
        "tests/house/test_acts_ask.py::test_a_supervisor_verifies_no_proof_of_another_units_officer"
    ),
}

# The tests of the room where a wall stands, for walls of which nobody noted which tests come by them.
_QUEUES = [
    f"tests/followups/test_{name}.py"
    for name in ("whose_duty", "queue", "standing", "undelivered", "not_worked_out")
]
_ACTS = [
    f"tests/followups/test_{name}.py"
    for name in ("acknowledgement", "replan", "undelivered", "desk")
]
_LISTS = ["tests/referrals/test_lists.py"]
_DATES = ["tests/training/test_dates.py"]
_HOURS, _PROOFS = ["tests/training/test_hours.py"], ["tests/training/test_proofs.py"]
_EMERGENCY = ["tests/casework/test_emergency.py"]
BESIDE: dict[str, list[str]] = {
    "accounts/views/exports.py": ["tests/accounts/test_exports.py"],
    "casework/actions/emergency.py": _EMERGENCY,
    "casework/views/emergency.py": _EMERGENCY,
    "casework/actions/files.py": ["tests/casework/test_files.py"],
    "casework/actions/moves.py": ["tests/casework/test_moves.py"],
    "casework/views/moves.py": ["tests/casework/test_moves.py"],
    "casework/actions/packs.py": ["tests/casework/test_packs.py"],
    "followups/actions.py": _ACTS,
    "followups/desk.py": ["tests/followups/test_whose_duty.py", "tests/followups/test_desk.py"],
    "followups/quality.py": ["tests/followups/test_quality.py"],
    "followups/queues.py": [*_QUEUES, "tests/casework/test_voice_points.py"],
    "followups/team_sql.py": _QUEUES,
    "followups/views.py": [*_QUEUES, *_ACTS],
    "followups/templatetags/followups_tags.py": ["tests/followups/test_doors.py", *_QUEUES],
    "referrals/actions/outside.py": _LISTS,
    "referrals/actions/sandbox.py": ["tests/referrals/test_sandbox.py"],
    "referrals/views/outside.py": _LISTS,
    "training/views/records.py": ["tests/training/test_pages.py", *_HOURS],
    "training/actions/learning.py": _HOURS,
    "training/actions/proofs.py": _PROOFS,
    "training/downloads.py": _PROOFS,
    "training/views/proofs.py": _PROOFS,
    "training/actions/dates.py": _DATES,
    "training/views/dates.py": _DATES,
}


def prepare() -> None:
    """What every mutant needs is imported once."""
    assert get_resolver().url_patterns
    assert every_address_is_sorted
    connections.close_all()


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """A fresh database for one of several processes; Django's connection is in it."""
    default = connections["default"]
    default.close()
    copy = cluster.clone(f"test_{name}")
    default.settings_dict["NAME"] = copy.name
    try:
        yield
    finally:
        default.close()
        cluster.drop(copy.name)


def proved_by_database() -> set[str]:
    """The models of which the database alone gives nobody a row too many."""
    with invented(f"test_walls_{os.getpid()}", OWN_DATABASE.name):
        found = stops(asked())
    connections.close_all()
    return found


@cache
def _models() -> dict[str, str]:
    return {model.__name__: model._meta.label for model in walled_models()}


def models(site: Site) -> set[str]:
    """The walled models that the scoping may be about: those its function names, else those its file knows."""
    tree = ast.parse((TREE / site.file).read_text())
    own = _models()
    if site.kind == "sql":
        return {TABLES[site.text[-3:-2]]}
    first = site.text.partition(".")[0].strip("(")
    if first in own:
        return {own[first]}
    function = _function(tree, site.function)
    named = _named(function, own) | _of_relations(function)
    if named:
        return named
    module: Any = import_module(site.file.removesuffix(".py").replace("/", "."))
    return {
        value._meta.label
        for value in vars(module).values()
        if isinstance(value, type)
        and getattr(value, "__name__", "") in own
        and hasattr(value, "_meta")
    } or set(own.values())


def _named(node: ast.AST, own: dict[str, str]) -> set[str]:
    found = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return {own[name] for name in found & set(own)}


def _of_relations(node: ast.AST) -> set[str]:
    """Models that are reached by a related name (`found.events.visible_to`)."""
    by_name: dict[str, str] = {}
    for model in apps.get_models():
        if model._meta.label in _models().values():
            for field in model._meta.get_fields():
                name = getattr(getattr(field, "remote_field", None), "related_name", None)
                if name:
                    by_name[str(name)] = model._meta.label
    attributes = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
    return {by_name[name] for name in attributes & set(by_name)}


def _function(tree: ast.Module, name: str) -> ast.AST:
    found: ast.AST = tree
    for part in filter(None, name.split(".")):
        found = next(
            each
            for each in ast.iter_child_nodes(found)
            if isinstance(each, ast.FunctionDef | ast.ClassDef) and each.name == part
        )
    return found


def acts_that_go_on() -> Iterator[str]:
    """The acts that no longer ask before they look."""
    for name in sorted(set(ACTS) - OTHERWISE):
        for kind in KINDS:
            if not asked_by(ACTS[name], kind):
                yield f"{kind}-{name}"
