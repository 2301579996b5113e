"""The room of sending one thing and undoing it: what was answered, and what would have stayed of it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client

from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import User
from tests.signed_in import sign_in

FIELDS = "application/x-www-form-urlencoded"
# What a refusal may leave: that it was, how often somebody asked, and that their session was seen.
LEFT = ("accounts_auditevent", "accounts_session", "config_cache", "config_asked")


@dataclass(frozen=True)
class Answer:
    """What became of one request."""

    status: int
    text: str
    error: str
    changed: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether it was sent back."""
        return self.status >= 400


class Sender(Client):
    """Somebody's browser, whose every request is undone as soon as it is answered."""

    def __init__(self, username: str) -> None:
        super().__init__(raise_request_exception=False)
        self.raised = ""
        if username:
            sign_in(self, User.objects.get(username=username))

    def store_exc_info(self, **given: Any) -> None:
        """What the product raised, for the report of this test."""
        super().store_exc_info(**given)
        self.raised = repr(self.exc_info[1])[:300] if self.exc_info else ""

    def send(self, method: str, path: str, body: bytes = b"", kind: str = FIELDS) -> Answer:
        """Ask, as the database would keep it; then all of it is undone."""
        self.raised, self.exc_info = "", None
        with transaction.atomic(), acting_as(engine("test")):
            with transaction.atomic():
                before = _written()
                response = self.generic(method, path, body, kind)
                touched = _written() - before
                error = self.raised or _said_at_the_end()
                now = _digests(touched) if response.status_code >= 400 else {}
                transaction.set_rollback(True)
            was = _digests(touched) if now else {}
            transaction.set_rollback(True)
        changed = tuple(sorted(table for table in now if now[table] != was[table]))
        text = b"" if response.streaming else response.content
        return Answer(response.status_code, text.decode(errors="replace"), error, changed)


def _written() -> Counter[str]:
    """How many rows of each table this transaction has written so far, kept or undone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return Counter(dict(cursor.fetchall()))


def _digests(touched: Counter[str]) -> dict[str, str]:
    """What lies in each of these tables, but for those that may change."""
    found = {}
    with acting_as(engine("test")), connection.cursor() as cursor:
        for table in touched:
            if not table.startswith(LEFT):
                cursor.execute(
                    f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t'
                )
                found[table] = cursor.fetchone()[0]
    return found


def _said_at_the_end() -> str:
    """What the database says at once that it would say at the end of the request."""
    if connection.needs_rollback:
        return ""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except Exception as late:
        return repr(late)[:300]
    return ""
