"""The room of where sessions lie: a table that knows whose each one is, so that one person's can be seen and ended."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from accounts.signing_in import Session

# What signing in notes in the session, and the columns in which it can be asked for.
COLUMNS = {
    "user_id": "_auth_user_id",
    "handle": "handle",
    "started_at": "started_at",
    "device": "device",
    "place": "place",
}


class SessionStore(DatabaseStore):
    """Django's own store, in our table."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table with one row a session."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row, with whose session it is beside what it holds."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        for column, name in COLUMNS.items():
            if data.get(name):
                setattr(row, column, data[name])
        return row
