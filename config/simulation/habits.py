"""How people behave in the invented year. Every number is an assumption: docs/simulation.md lists them."""

from dataclasses import asdict, dataclass, fields
from datetime import timedelta

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True)
class Habits:
    """Shares are of one shift, or of one case; times are means."""

    cases_a_week: float = 1.6  # new people met, in each force
    at_once: float = 0.75  # of the first duties: done by whoever met the person, within the hour
    remembers: float = 0.12  # does something owed unprompted, in one shift
    opens_page: float = 0.55  # looks at their own page in Holdfast, in one shift
    reads_mail: float = 0.85  # reads what reached their mailbox, in one shift
    does_it: float = 0.65  # does what they know of, in one shift
    takes_on: float = 0.7  # says who does what went up to them and is not done, in one shift
    most_acts: int = 8  # done in one shift, by one person
    sick_every: timedelta = 90 * DAY
    sick_for: timedelta = 5 * DAY
    covered: float = 0.5  # of the times that somebody is away
    leaves_every: timedelta = 500 * DAY
    reached: float = 0.72  # of tries to reach the person
    wrong_person: float = 0.04  # of tries: somebody else answered
    forgets_draft: float = 0.08
    child: float = 0.35
    consents: float = 0.62
    asks: float = 0.6
    wants_support: float = 0.85
    agency_looks: float = 0.6  # on one working day
    agency_declines: float = 0.15
    agency_silent: float = 0.08  # never answers this one
    agency_reaches: float = 0.45  # in one day after it accepted
    agency_reviews: float = 0.08  # in one day on which it supports them
    moves: float = 0.12  # of cases: offered to another unit, or another force
    offered_after: timedelta = 7 * DAY
    unit_refuses: float = 0.25  # of the cases offered to it
    unit_silent: float = 0.15  # never answers this one
    taken_back_after: timedelta = 10 * DAY  # an offer that nobody answered
    home_office_decides: timedelta = 12 * DAY
    closes_after: timedelta = 60 * DAY
    mail_refused: float = 0.02  # of messages: the mail server does not take it
    mail_comes_back: float = 0.02  # of messages: taken, and then it comes back
    comes_back_after: timedelta = 3 * HOUR
    outage_every: timedelta = 25 * DAY  # nothing sweeps
    outage_for: timedelta = 14 * HOUR
    long_outage_in: timedelta = 21 * DAY  # one of days in each such stretch
    long_outage_for: timedelta = 3 * DAY  # from half as long to half as long again
    kills: float = 0.03  # of sweeps: the worker dies in the middle
    mail_down: float = 0.03  # of hours

    def said(self) -> dict[str, str]:
        """Each assumption by name, as a person writes it."""
        return {each.name: _plain(asdict(self)[each.name]) for each in fields(self)}


def _plain(value: object) -> str:
    if isinstance(value, timedelta):
        hours = value / HOUR
        return f"{hours:g} hours" if hours < 48 else f"{hours / 24:g} days"
    return f"{value:g}"
