"""Logging a case, with its rules and its audit, against the same rows in bare SQL."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg2
from django.db import connection
from django.db.models import Model
from django.template.loader import render_to_string
from django.test import RequestFactory
from psycopg2.extras import Json, register_uuid

import clocks
from accounts.actors import Actor
from accounts.auth import actor_of
from accounts.context import acting_as, current, tell
from accounts.models import AuditEvent, Scope, ScopeGrant, User
from bench.measure import Row, compare
from casework.actions.logging import start_concern
from casework.models import Case, CaseEvent
from config import environment
from victims.models import SafeContact, Victim

ANSWERS: dict[str, Any] = {
    "first_words": "Works at the car wash every day. Has been paid twice since spring.",
    "danger": "no",
    "place": "Car wash behind Nonesuch Lane",
    "called": "Wren Ouzel",
    "age_band": "adult",
    "language": "Albanian",
    "interpreter": "yes",
    "indicators": ["not_paid"],
    "contact_safe": "yes",
    "contact_details": "07700 900123",
}


def measure(*, rounds: int, times: int) -> Row:
    """The action in this process with its own transaction, and the rows that it wrote by hand."""
    by = actor_of(User.objects.get(username="bench40"), clocks.now())
    bare = _BareSql(by, log_case(by))
    request = RequestFactory().get("/concern/new")
    request.actor = by  # type: ignore[attr-defined]
    request.user = User.objects.get(pk=by.id)
    request.session = {}  # type: ignore[assignment]
    return compare(
        "Log a case (the write)",
        "bare SQL of the same rows",
        lambda: log_case(by),
        bare.write,
        budget=3.0,
        rounds=rounds,
        times=times,
        notes=f"{bare.rows} rows; one template taken off",
        allowed=lambda: render_to_string("casework/no_unit.html", {}, request),
    )


def log_case(by: Actor) -> Case:
    """One case is logged as the product does, in a transaction of its own."""
    with acting_as(by):
        return start_concern(concern=uuid4(), answers=ANSWERS, by=by)


class _BareSql:
    """The rows of one logged case, written again under new ids: one statement a row, one transaction."""

    def __init__(self, by: Actor, case: Case) -> None:
        self.by = by
        with acting_as(by):
            context = current()
            assert context is not None
            tell(context)
            self.read = [
                *self._rows(Scope, id=case.scope_id),
                *self._rows(ScopeGrant, scope_id=case.scope_id),
                *self._rows(Victim, id=case.victim_id),
                *self._rows(Case, id=case.pk),
                *self._rows(SafeContact, victim_id=case.victim_id),
                *self._rows(CaseEvent, case_id=case.pk),
            ]
            self.event = self._event(case)
        self.rows = len(self.read) + 1
        register_uuid()
        self.link = psycopg2.connect(environment.database_url("web"))
        self.context = self._context(context)

    def _rows(self, model: type[Model], **key: Any) -> list[tuple[str, dict[str, Any]]]:
        table = model._meta.db_table
        where = " AND ".join(f"{name} = %s" for name in key)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE {where}", list(key.values()))
            names = [column.name for column in cursor.description]
            return [(table, dict(zip(names, row, strict=True))) for row in cursor.fetchall()]

    def _event(self, case: Case) -> tuple[str, dict[str, Any]]:
        row = {field.column: None for field in AuditEvent._meta.concrete_fields} | {
            "verb": "case.logged",
            "actor_kind": "officer",
            "actor_id": self.by.id,
            "actor_name": self.by.name,
            "force_id": self.by.force_id,
            "request_id": "",
            "subject": "casework.case",
            "subject_id": str(case.pk),
            "scope_id": case.scope_id,
            "detail": {},
            "at": clocks.now(),
            "id": uuid4(),
        }
        return AuditEvent._meta.db_table, row

    def _context(self, context: Any) -> Callable[[], None]:
        def told() -> None:
            with self.link.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('app.kind', %s, true), set_config('app.actor', %s, true),"
                    " set_config('app.name', %s, true), set_config('app.force', %s, true),"
                    " set_config('app.reach', 'unit', true), set_config('app.units', %s, true),"
                    " set_config('app.users', %s, true), set_config('app.at', %s, true)",
                    [
                        str(self.by.kind),
                        str(self.by.id),
                        self.by.name,
                        str(self.by.force_id),
                        ",".join(map(str, self.by.unit_ids)),
                        ",".join(map(str, self.by.acting_for)),
                        context.at.isoformat(),
                    ],
                )

        return told

    def write(self) -> None:
        """One transaction."""
        new = {row["id"]: uuid4() for _table, row in [*self.read, self.event] if row.get("id")}
        with self.link, self.link.cursor() as cursor:
            self.context()
            for table, row in [*self.read, self.event]:
                values = {
                    name: new.get(value, value) if not isinstance(value, dict | list) else value
                    for name, value in row.items()
                }
                if "reference" in values:
                    values["reference"] = f"HF-{uuid4().hex[:9]}"
                names = ", ".join(f'"{name}"' for name in values)
                cursor.execute(
                    f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(values))})",
                    [Json(v) if isinstance(v, dict | list) else v for v in values.values()],
                )
