"""The room of how an address of the API is taken out of use: announced in each of its answers, long before."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils.http import http_date

NOTICE_DAYS = 365
"""An address, a field or a scope is announced as going at least so many days before it is gone."""
WHERE = "/api/v1/changelog"


@dataclass(frozen=True, slots=True)
class Deprecation:
    """An address should not be used any more since one day, and may be gone from another on (both at 0:00 UTC)."""

    since: date
    gone: date

    def __post_init__(self) -> None:
        if (self.gone - self.since).days < NOTICE_DAYS:
            raise ValueError(f"An address is announced as going {NOTICE_DAYS} days before it goes.")

    def headers(self) -> dict[str, str]:
        """`Deprecation` [RFC 9745] and `Sunset` [RFC 8594], and where both are explained."""
        return {
            "Deprecation": f"@{_timestamp(self.since)}",
            "Sunset": http_date(_timestamp(self.gone)),
            "Link": f'<{WHERE}>; rel="deprecation", <{WHERE}>; rel="sunset"',
        }


def _timestamp(on: date) -> int:
    return int(datetime.combine(on, time(), UTC).timestamp())
