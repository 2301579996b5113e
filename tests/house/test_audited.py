"""What leaves its event in the trail: every change of a sensitive row by every path, each page of a case, each list."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from accounts.models import AuditEvent, User
from casework.models import Case
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.house.routes import routes
from victims.models import Victim

Browser = Callable[[User], Client]
NOT_AUDITED = {"casework_draft", "referrals_keptanswer", "victims_searchkey", "casework_decided"}
# INSERT, DELETE and UPDATE, after the change, for each row [pg_trigger.tgtype].
EACH_ROW_AFTER = 1 | 4 | 8 | 16
# Lists that show rows of cases or of people: who opens them, and what its event is called.
LISTS = {
    "/work": ("olu", "work.searched"),
    "/work/team": ("sade", "queue.searched"),
    "/desk": ("sade", "desk.searched"),
    "/moves": ("sade", "move.searched"),
    "/samples": ("sade", "sample.searched"),
    "/transfers": ("sade", "transfer.searched"),
    "/overrides": ("ines", "override.searched"),
    "/emergencies": ("asha", "emergency.searched"),
    "/audit": ("asha", "audit.searched"),
    "/audit/misuse": ("asha", "misuse.searched"),
}


def sensitive() -> list[str]:
    tables = {
        model._meta.db_table
        for model in apps.get_models()
        if hasattr(model, "PRIVACY") and model._meta.managed
    }
    return sorted(tables - NOT_AUDITED)


def test_every_sensitive_table_writes_an_event_for_every_row_that_is_added_changed_or_deleted(
    db: None,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgtype, tgenabled, tgqual IS NULL FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid"
            " WHERE tgname = 'audit_row'"
        )
        triggers = {table: rest for table, *rest in cursor.fetchall()}
    wrong = [table for table in sensitive() if triggers.get(table) != [EACH_ROW_AFTER, "O", True]]
    assert wrong == []


def since(start: int, verb: str, table: str) -> int:
    return AuditEvent.objects.filter(verb=verb, subject=table).count() - start


@pytest.mark.parametrize("model", [Victim, Case])
def test_created_changed_in_bulk_and_by_sql_each_row_leaves_exactly_one_event(
    cast: Cast, model: type[Victim] | type[Case]
) -> None:
    table = model._meta.db_table
    added = AuditEvent.objects.filter(verb="row.insert", subject=table).count()
    changed = AuditEvent.objects.filter(verb="row.update", subject=table).count()
    for _one in range(3):
        make_case(owner=cast.olu)
    if model is Victim:
        make_victim()
    assert since(added, "row.insert", table) == (4 if model is Victim else 3)
    rows = model.objects.order_by("pk")[:3]
    own = [row.pk for row in rows]
    model.objects.filter(pk__in=own).update(version=9)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET version = 8 WHERE id = ANY (%s::uuid[])", [own])
    assert since(changed, "row.update", table) == 6


def test_every_page_of_a_case_leaves_who_looked_by_which_right(
    cast: Cast, client_of: Browser
) -> None:
    case, browser, silent, looked = make_case(owner=cast.olu), client_of(cast.sade), [], 0
    for route in routes():
        if route.parameters != {"reference"} or route.api is not None:
            continue
        with transaction.atomic():
            answer = browser.get(route.path.replace("HF-ZZZZZ", case.reference))
            events = AuditEvent.objects.filter(scope_id=case.scope_id, actor_id=cast.sade.pk)
            seen = events.filter(verb="case.viewed", detail__path="unit").exists()
            transaction.set_rollback(True)
        if answer.status_code == 200:
            looked += 1
            silent += [] if seen else [route.name]
    assert looked > 40
    assert silent == []


@pytest.mark.parametrize("path", LISTS)
def test_every_list_leaves_what_it_showed_once(cast: Cast, client_of: Browser, path: str) -> None:
    who, verb = LISTS[path]
    assert client_of(getattr(cast, who)).get(path).status_code == 200
    event = AuditEvent.objects.get(verb=verb, actor_id=getattr(cast, who).pk)
    assert event.detail["count"] == len(event.detail["shown"])


def test_a_search_leaves_the_ids_that_were_shown_and_never_the_words(
    cast: Cast, client_of: Browser
) -> None:
    case = make_case(victim=make_victim(called="Quillon Reed"), owner=cast.olu)
    client_of(cast.olu).post("/find", {"sought": "Quillon Reed"})
    event = AuditEvent.objects.get(verb="case.searched")
    assert event.detail["shown"] == [str(case.pk)]
    assert "Quillon" not in str(event.detail)


def test_a_refusal_leaves_one_event_and_nothing_else_of_what_was_tried(
    cast: Cast, client_of: Browser
) -> None:
    case = make_case()
    before = AuditEvent.objects.count()
    assert client_of(cast.petra).post(f"/case/{case.reference}/safety").status_code == 404
    (event,) = AuditEvent.objects.order_by("-at", "-pk")[: AuditEvent.objects.count() - before]
    assert event.verb == "access.refused"
