"""What is secret stays so: in the audit trail, in titles, in logs, and in what leaves by e-mail."""

import json
import logging
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from django.test import Client

from accounts.models import User
from accounts.privacy import Privacy
from accounts.sealed import EncryptedTextField
from config.logs import AllowListFormatter, RequestFilter
from tests.builders import make_case, make_victim
from tests.cast import Cast

TREE = Path(__file__).resolve().parents[2]
OURS = ("victims", "casework", "referrals", "training", "followups", "accounts")
PLANTED = ("Quillon", "Zebedee Marsh")

# Models that hang on a record but hold only ids, codes and times, each with the reason.
NOTHING_PERSONAL = {
    "casework.SoughtMatch": "a view: which search would have found which case; ids and times",
    "accounts.ExportItem": "which record was in which file; ids and a reference",
    "accounts.ScopeBar": "to whom a record is closed, by which tie in a code; why it ended is about access",
    "accounts.ScopeGrant": "who may see which record; its reason is an officer's, about access",
    "followups.FollowUp": "ids, codes and times; its words come from the rule",
    "followups.Step": "ids and times",
    "followups.Notice": "ids and times",
    "followups.Acknowledgement": "an officer's words about what comes next; never leaves the case",
    "followups.RePlan": "an officer's reason for a new time; never leaves the case page",
    "training.TrainingRecord": "about an officer's course",
    "training.Learning": "what an officer says that they learned; its words are in no trail",
}
# What the triggers of other tables leave out.
OTHERS = {
    "training_trainingimport": {"rows"},
    "training_learning": {"about"},
    "referrals_outsidelist": {"rows"},
    "followups_keptview": {"name"},  # the one thing in it that somebody types
    "accounts_user": {"password", "last_login", "email", "mobile"},
    "accounts_application": {"client_secret"},
    "mfa_authenticator": {"data"},
}


def models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def about_a_person(model: type[Model]) -> bool:
    names = {field.name for field in model._meta.concrete_fields}
    return bool(names & {"scope", "victim", "case"})


def columns_to_redact(model: type[Model]) -> set[str]:
    sorting = getattr(model, "PRIVACY", {})
    unsaid = {Privacy.SEALED, Privacy.SAFE_CONTACT, Privacy.APART}
    secret = {name for name, how in sorting.items() if how in unsaid}
    return {field.column for field in model._meta.concrete_fields if field.name in secret}


def test_every_model_about_a_person_sorts_every_field() -> None:
    wrong = []
    for model in models():
        if not about_a_person(model) or model._meta.label in NOTHING_PERSONAL:
            continue
        fields = {field.name for field in model._meta.concrete_fields}
        missing = fields ^ set(getattr(model, "PRIVACY", {}))
        if missing:
            wrong.append(f"{model._meta.label}: {sorted(missing)}")
    assert wrong == []


def test_the_exceptions_are_still_models() -> None:
    assert set(NOTHING_PERSONAL) <= {model._meta.label for model in models()}


def test_what_is_encrypted_is_sorted_as_sealed_and_nothing_else_is() -> None:
    for model in models():
        sealed = {
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, EncryptedTextField)
        }
        sorting = getattr(model, "PRIVACY", {})
        said = {name for name, how in sorting.items() if how is Privacy.SEALED}
        assert sealed == said, model._meta.label


def triggers(name: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, encode(tgargs, 'escape') FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
            "WHERE tgname = %s",
            [name],
        )
        return {table: argument.removesuffix("\\000") for table, argument in cursor.fetchall()}


def test_the_audit_triggers_leave_out_exactly_what_the_models_call_secret(db: None) -> None:
    redacted = {
        table: {column for column in argument.strip("{}").split(",") if column}
        for table, argument in triggers("audit_row").items()
    }
    by_table = {model._meta.db_table: model for model in models()}
    expected = {
        table: OTHERS.get(table) or columns_to_redact(by_table[table]) for table in redacted
    }
    assert redacted == expected


def test_whatever_is_walled_and_about_a_person_is_audited(db: None) -> None:
    audited = set(triggers("audit_row"))
    unaudited = {
        model._meta.label
        for model in models()
        if hasattr(model, "PRIVACY") and model._meta.db_table not in audited
    }
    assert unaudited == {
        "casework.Draft",  # sealed, half-typed, and outside the trail [architecture 6]
        "referrals.KeptAnswer",  # sealed, for a day or two; the act that it answers is in the trail
        "victims.SearchKey",  # made by triggers alone, from rows that are audited
        "casework.Decided",  # a view of rows that are audited
        "casework.PointReached",  # the same
    }


def test_every_table_that_hangs_on_a_scope_is_behind_the_second_wall(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') "
            "AND relrowsecurity AND relforcerowsecurity"
        )
        walled = {table for (table,) in cursor.fetchall()}
    hanging = {
        model._meta.db_table
        for model in models()
        if any(field.name == "scope" for field in model._meta.concrete_fields)
    }
    assert hanging - walled == set()


# Functions that see more than whoever calls them, each with what keeps that safe.
SEES_MORE = {
    "accounts_exceptions": "answers with ids and times of what is different for one person; asked at sign-in",
    "accounts_person_left": "a trigger; ends what a leaver may do and see",
    "casework_closed_to_owner": "a trigger; what somebody owned waits for an owner when a conflict closes it to them",
    "casework_find": "answers with ids of people in the caller's reach, of units outside it",
    "casework_break_glass": "opens one case for an hour to an officer who may, and says only which",
    "casework_owner_has_no_conflict": "a trigger; refuses an owner to whom the case is closed",
    "casework_record_of": "for auditors of the force; answers with the id of a record, no more",
    "casework_compare_searches": "for the engine alone; answers how many it compared",
    "casework_keep_cases": "called by triggers; writes search keys, answers nothing",
    "casework_keep_number": "called by triggers; writes search keys, answers nothing",
    "casework_note_search": "writes one row, answers nothing",
    "casework_person_left": "a trigger; the cases of a leaver wait for an owner",
    "casework_rebuild_keys": "the engine's alone; answers with a count",
    "casework_sought_matches": "lines of cases that the caller may see, all for the engine",
    "casework_take_over": "moves a case to the unit it was offered to, for somebody of that unit; answers nothing",
    "referrals_person_of_case": "a trigger; copies the person of a case",
    "casework_unit_of_scope": "a trigger; copies the unit of a scope",
    "casework_voice_asked": "of a link that works, by its hash: which questions, in which language; of others nothing",
    "casework_voice_take": "writes one answer by a link's hash, which is dead then; answers whether it was taken",
    "followups_dispose": "what two people of the force decided; refuses what must be kept, answers with a certificate",
    "followups_idle": "answers with a word about the engine; names no row",
    "followups_numbers": "answers with numbers only, of all forces together",
    "followups_rehold": "moves what a person holds; answers with a count",
    "referrals_answer_times": "answers with a median for each service, of three answers at least",
    "referrals_forget_tries": "the engine's alone; answers with a count",
    "referrals_forget_invented": "the engine's alone; of invented people, and answers with a count",
    "referrals_force_of_scope": "a trigger; open referrals follow their case to another force",
    "referrals_note_event": "a trigger; writes a thin row about a change that was allowed",
    "referrals_note_taken_back": "a trigger; writes a thin row about what was taken back",
    "referrals_end_resting_on": "the owner's alone; ends what rested on a decision",
    "referrals_note_accepted": "a trigger; one line in the record of disclosures",
    "referrals_note_answered": "a trigger; one line in the record of disclosures",
    "referrals_note_given": "a trigger; one line in the record of disclosures",
    "referrals_record_disclosure": "called by triggers; writes one line, answers nothing",
    "referrals_settle_needs": "a trigger; ends and opens the needs of a referral that has ended",
    "referrals_take_back": "ends what rested on a decision that the caller recorded; answers nothing",
    "referrals_take_back_merged": "ends what no decision of a person in the caller's reach carries; answers nothing",
    "referrals_ways_elsewhere": "of a person in the caller's reach only which ways another record calls safe or not",
    "victims_bar_changed": "a trigger; closes merged records to whoever one of them is closed to",
    "victims_records_changed": "a trigger; the same when records come together or part",
    "victims_spread_bars": "called by the two triggers; writes to whom a record is closed, answers nothing",
    "victims_age_as_one": "called by a trigger; writes one day, answers nothing",
    "victims_agreed": "answers yes or no about a person in the caller's reach, not where it was said",
    "victims_keep_age": "a trigger; writes one day",
    "victims_keep_keys": "called by triggers; writes search keys, answers nothing",
    "victims_keep_moved": "a trigger; writes search keys",
    "victims_keep_of_scope": "a trigger; writes search keys",
    "victims_keep_people": "called by triggers; writes search keys, answers nothing",
    "victims_keep_person": "called by triggers; writes search keys, answers nothing",
    "victims_said": "the owner's alone; asked by the two about agreements",
}


def test_every_function_that_sees_more_than_its_caller_is_named_and_cannot_be_misled(
    db: None,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, array_to_string(proconfig, ' ') FROM pg_proc"
            " WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        )
        found = dict(cursor.fetchall())
    assert set(found) == set(SEES_MORE)
    assert [name for name, kept in found.items() if "search_path=public" not in kept] == []


def test_the_database_allows_exactly_the_transitions_of_the_models(db: None) -> None:
    guards = {table: set(steps.split(",")) for table, steps in triggers("status_guard").items()}
    allowed = {
        model._meta.db_table: {
            f"{was}>{to}" for was, steps in model.TRANSITIONS.items() for to in steps
        }
        for model in models()
        if hasattr(model, "TRANSITIONS")
    }
    assert guards == allowed


TITLE = re.compile(r"{% block title %}(.*?){% endblock %}", re.DOTALL)
VARIABLE = re.compile(r"{{\s*([\w.]+)|\bwith\s+\w+=([\w.]+)|\s\w+=([\w.]+)")
IN_A_TITLE = re.compile(
    r"(^|\.)(reference|page|step|number|count|steps|total|status|heading|words)$"
)


def test_no_title_names_anybody() -> None:
    wrong = []
    for path in sorted((TREE / "templates").rglob("*.html")):
        if path.name == "api_problem.html":  # the title of an error code
            continue
        for title in TITLE.findall(path.read_text()):
            for groups in VARIABLE.findall(title):
                (name,) = [group for group in groups if group]
                if not IN_A_TITLE.search(name):
                    wrong.append(f"{path.relative_to(TREE)}: {title.strip()}")
    assert wrong == []


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What the log would say, as it would say it."""
    written: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    handler = Keeping()
    handler.setFormatter(AllowListFormatter())
    handler.addFilter(RequestFilter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def test_a_log_line_says_which_error_and_where_but_not_what_it_quotes(lines: list[str]) -> None:
    try:
        raise ValueError(f"cannot save {PLANTED[1]}")
    except ValueError:
        logging.getLogger("test").exception("It broke at /find?q=%s", PLANTED[0])
    (line,) = lines
    said = json.loads(line)
    assert said["error"] == "ValueError"
    assert said["places"]
    assert not any(name in line for name in PLANTED)


def test_planted_names_reach_no_log_line(
    cast: Cast, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.filter(pk=cast.olu.pk).update(name=f"PC {PLANTED[0]}")
    case = make_case(victim=make_victim(called=PLANTED[1]), first_words=f"{PLANTED[1]} said so.")
    client = Client(raise_request_exception=False)
    client.post("/account/login/", {"login": PLANTED[0], "password": PLANTED[1]})
    client.force_login(cast.olu)
    assert client.get(f"/case/{case.reference}").status_code == 200
    client.post("/people", {"words": PLANTED[0]})
    client.get(f"/case/{PLANTED[0]}?name={PLANTED[1]}")

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError(PLANTED[1])

    monkeypatch.setattr("accounts.audit.viewed", breaks)
    assert client.get(f"/case/{case.reference}").status_code == 500
    assert any("RuntimeError" in line for line in lines)
    assert [line for line in lines if any(name in line for name in PLANTED)] == []


def test_planted_names_reach_no_notice_and_no_e_mail(cast: Cast, mailoutbox: list[object]) -> None:
    make_case(victim=make_victim(called=PLANTED[1]), first_words=f"{PLANTED[1]} said so.")
    call_command("followups", "--once", stdout=StringIO())
    for model in apps.get_app_config("followups").get_models():
        for row in model._default_manager.values():
            assert not any(name in str(row) for name in PLANTED), model._meta.label
    assert not any(name in str(vars(mail)) for mail in mailoutbox for name in PLANTED)
