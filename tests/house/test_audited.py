"""What leaves its event in the trail: every change of a sensitive row by every path, each page, list and file."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

import clocks
from accounts.actions import exports
from accounts.exported import Export, ExportRequest
from accounts.exports import DOWNLOADS
from accounts.models import AuditEvent, User
from accounts.permissions import ROLES, Permission
from casework.actions import packs as pack_act
from casework.models import Case, Happening, InvestigationEvent, PackKind
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.followups.conftest import add_fact
from tests.house.routes import routes
from tests.referrals.test_lists import looked_at
from tests.training.test_import import look
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
    "/who-could": ("sade", "training.searched"),
    "/training": ("sade", "training.searched"),
    "/training/hours/team": ("sade", "training.searched"),
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


WHY = {
    "reason": "handover", "words": "To share out the work on Monday", "goes": "inside", "recipient": "",
}  # fmt: skip


def of(case: Case) -> str:
    return f"?of={case.reference}"


def of_pack(case: Case, cast: Cast) -> str:
    add_fact(InvestigationEvent, case, clocks.now(), by=cast.olu, kind=Happening.DATA_ASKED)
    pack = pack_act.make_pack(case=case, kind=PackKind.SUBJECT_ACCESS, by=cast.actor("olu"))
    pack_act.submit_pack(pack_id=pack.pk, by=cast.actor("olu"))
    pack_act.review_pack(pack_id=pack.pk, agreed=True, note="I read it", by=cast.actor("sade"))
    return f"?of={pack.pk}&part=pack"


def of_list(_case: Case, cast: Cast) -> str:
    return f"?of={looked_at(cast, 'NRM-1,01/03/2026,waiting').pk}"


def of_import(_case: Case, cast: Cast) -> str:
    return f"?of={look(cast, 'nobody,pip2,College,2026-03-01,').pk}"


# Every kind of file that leaves: who takes it, what its address names, and how many records stand in its line.
FILES: dict[str, tuple[str, Callable[[Case, Cast], str], int | None]] = {
    "people": ("sade", lambda _case, _cast: "", 0),
    "nrm": ("olu", lambda case, _cast: of(case), 1),
    "pack-text": ("olu", of_pack, 1),
    "pack-page": ("olu", of_pack, 1),
    "referrals": ("olu", lambda case, _cast: of(case), None),
    "list-results": ("ines", of_list, 0),
    "training": ("bronwen", lambda _case, _cast: "", 0),
    "training-hours": ("bronwen", lambda _case, _cast: "", 0),
    "training-results": ("bronwen", of_import, 0),
    "queue": ("sade", lambda _case, _cast: "", None),
    "number": ("sade", lambda _case, _cast: "?of=silence", 1),
    "numbers": ("sade", lambda _case, _cast: "", 0),
    "return": ("ines", lambda _case, _cast: "?of=referred", 0),
    "htcds": ("ines", lambda _case, _cast: "", 0),
    "commissioner": ("ines", lambda _case, _cast: "", 0),
    "work": ("olu", lambda _case, _cast: "", None),
}
# What somebody brought leaves by a link of a minute, with events of its own: casework/test_files.py,
# training/test_proofs.py.
BY_LINK = {"file", "photograph", "proof"}
OF_ONE_CASE = ("nrm", "pack-text", "pack-page", "referrals")


def test_every_kind_of_file_is_in_the_table() -> None:
    assert set(FILES) | BY_LINK == set(DOWNLOADS)
    assert not set(FILES) & BY_LINK


def left_by(user: User) -> dict[str, int]:
    verbs = AuditEvent.objects.filter(actor_id=user.pk).values_list("verb", flat=True)
    said = [verb for verb in verbs if verb.startswith("export.") or verb == "access.refused"]
    return {verb: said.count(verb) for verb in sorted(set(said))}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_leaves_leaves_exactly_one_event_and_one_line_of_what_was_in_it(
    cast: Cast, client_of: Browser, kind: str
) -> None:
    who, named, items = FILES[kind]
    case = make_case(owner=cast.olu)
    browser, path = client_of(getattr(cast, who)), f"/exports/take/{kind}{named(case, cast)}"
    assert browser.get(path).status_code == 200
    assert browser.post(path, WHY | {"words": ""}).status_code == 400
    assert left_by(getattr(cast, who)) == {}, "nothing left yet"
    assert browser.post(path, WHY).status_code == 200
    assert left_by(getattr(cast, who)) == {"export.taken": 1}
    event = AuditEvent.objects.get(verb="export.taken")
    export = Export.objects.get()
    assert (event.subject_id, event.detail["what"], event.detail["reason"]) == (
        *(str(export.pk), kind, "handover"),
    )
    assert WHY["words"] not in str(event.detail)
    if items is not None:
        assert export.items.count() == items


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_refused_leaves_one_refusal_and_no_file(
    cast: Cast, client_of: Browser, kind: str
) -> None:
    _who, named, _items = FILES[kind]
    case = make_case(owner=cast.olu)
    path = f"/exports/take/{kind}{named(case, cast)}"
    assert client_of(cast.ming).post(path, WHY).status_code == 403
    assert left_by(cast.ming) == {"access.refused": 1}
    if DOWNLOADS[kind].permission not in held_by(cast, "bronwen"):
        assert client_of(cast.bronwen).post(path, WHY).status_code == 403
        assert left_by(cast.bronwen) == {"access.refused": 1}
    if kind in OF_ONE_CASE:  # of another force, with every right that it needs there
        assert client_of(cast.wyn).post(path, WHY).status_code == 404
        assert left_by(cast.wyn) == {"access.refused": 1}
    assert not Export.objects.exists()


def held_by(cast: Cast, username: str) -> frozenset[Permission]:
    return frozenset().union(*(ROLES[role] for role in cast.actor(username).roles))


def test_a_long_file_leaves_what_was_asked_decided_refused_and_taken(
    cast: Cast, client_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "ALONE", 1)
    sade, path = client_of(cast.sade), "/exports/take/people"
    assert sade.post(path, WHY).status_code == 302
    assert left_by(cast.sade) == {"export.asked": 1}
    asked = f"/exports/requests/{ExportRequest.objects.get().pk}"
    decision = {"agreed": "yes", "note": "I looked at it"}
    assert sade.post(asked, decision).status_code == 403
    assert left_by(cast.sade) == {"access.refused": 1, "export.asked": 1}
    assert client_of(cast.ines).post(asked, decision).status_code == 302
    assert left_by(cast.ines) == {"export.decided": 1}
    assert sade.post(path, WHY).status_code == 200
    assert left_by(cast.sade) == {"access.refused": 1, "export.asked": 1, "export.taken": 1}
