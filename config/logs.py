"""The room of what a log line may say: an allow-list of fields, ids only, never a name or free text."""

import json
import logging
import re

from accounts.context import current

# A path may hold references and ids, never a query string; anything after `?` is dropped.
QUERY = re.compile(r"\?\S*")


class RequestFilter(logging.Filter):
    """Adds which request and which actor (ids) a line belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mark the record; nothing is dropped."""
        context = current()
        record.request_id = context.request_id if context else ""
        record.actor_id = str(context.actor.id or "") if context else ""
        return True


class AllowListFormatter(logging.Formatter):
    """One JSON object a line. An exception gives its type and places, not its text, which may quote a row."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as JSON with only the allowed fields."""
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": QUERY.sub("", record.getMessage()),
        }
        for field in ("request_id", "actor_id", "correlation"):
            if value := getattr(record, field, ""):
                line[field] = value
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["places"] = self._places(record)
        return json.dumps(line, ensure_ascii=False)

    def _places(self, record: logging.LogRecord) -> list[str]:
        places = []
        traceback = record.exc_info[2] if record.exc_info else None
        while traceback is not None:
            code = traceback.tb_frame.f_code
            places.append(
                f"{code.co_filename.rsplit('/', 2)[-1]}:{traceback.tb_lineno} {code.co_name}"
            )
            traceback = traceback.tb_next
        return places[-8:]
