"""What the invented year shows: days without contact, duties met, late and never; numbers, table and plot."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from django.db import connection

from accounts.actors import engine
from accounts.context import acting_as
from casework.models import Case, Transfer
from config.simulation.year import Outcome, Year
from followups.models import Notice, Step

# Between two moments at which somebody spoke with them, from being logged to being closed or the end.
GAPS = """
SELECT c.id, max(g.days) FROM casework_case c CROSS JOIN LATERAL (
    SELECT extract(epoch FROM t.at - lag(t.at) OVER (ORDER BY t.at)) / 86400 AS days
      FROM (SELECT c.logged_at AS at
            UNION ALL SELECT k.at FROM casework_contact k WHERE k.case_id = c.id AND k.outcome = 'spoke'
            UNION ALL SELECT coalesce(c.closed_at, %(ends)s)) t) g
 GROUP BY c.id ORDER BY c.id
"""
# A duty that was never done is one that is late at the end; what ended without being done is no longer owed.
DUTIES = """
SELECT rule,
       count(*) FILTER (WHERE state = 'met'), count(*) FILTER (WHERE state = 'met_late'),
       count(*) FILTER (WHERE state IN ('open', 'quarantined') AND coalesce(due_at, first_seen_at) < %(ends)s),
       count(*) FILTER (WHERE state IN ('open', 'quarantined') AND due_at >= %(ends)s),
       count(*) FILTER (WHERE state IN ('void', 'lapsed')),
       coalesce(avg(extract(epoch FROM coalesce(ended_at, %(ends)s) - due_at) / 86400)
                FILTER (WHERE coalesce(ended_at, %(ends)s) > due_at
                          AND state IN ('met_late', 'open', 'quarantined')), 0)
  FROM followups_followup WHERE case_id IS NOT NULL GROUP BY rule ORDER BY rule
"""


MISSED, KILLED = "sweeps missed in outages", "workers killed"
OF_DAYS, CAME_BACK = "outages of days", "messages that came back"


@dataclass(frozen=True)
class Duty:
    """How one rule fared: done in time, done late, late at the end, not due yet, no longer owed; mean lateness."""

    rule: str
    met: int
    late: int
    never: int
    waiting: int
    ended: int
    days_late: float


@dataclass(frozen=True)
class Report:
    """Everything that the year shows; the same seed gives the same report."""

    asked: dict[str, Any]
    cases: int
    closed: int
    gaps: list[float]  # for each person, the most days in which nobody spoke with them
    duties: list[Duty]
    cracks: dict[str, int]  # promise: how many Mondays it was broken on
    notices: dict[str, int]
    steps: dict[str, int]
    outcome: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)

    @classmethod
    def of(cls, said: dict[str, Any]) -> "Report":
        """What `as_json` gave, read again."""
        return cls(**said | {"duties": [Duty(**duty) for duty in said["duties"]]})

    @property
    def totals(self) -> tuple[int, int, int]:
        """Met in time, late, never; over all rules."""
        return (
            sum(each.met for each in self.duties),
            sum(each.late for each in self.duties),
            sum(each.never for each in self.duties),
        )

    @property
    def in_time(self) -> float:
        """Of the duties that fell due, the share that was done in time."""
        return self.totals[0] / sum(self.totals) if any(self.totals) else 1.0

    def share_over(self, days: float) -> float:
        """The share of people with whom nobody spoke for longer than that."""
        return sum(gap > days for gap in self.gaps) / len(self.gaps) if self.gaps else 0.0


def look(year: Year, outcome: Outcome, asked: dict[str, Any]) -> Report:
    """What the tables say at the end of the year."""
    with acting_as(engine("simulate"), at=year.ends), connection.cursor() as cursor:
        cursor.execute(GAPS, {"ends": year.ends})
        gaps = sorted(round(float(days), 3) for _case, days in cursor.fetchall())
        cursor.execute(DUTIES, {"ends": year.ends})
        duties = [
            Duty(rule, met, late, never, waiting, ended, round(float(days), 3))
            for rule, met, late, never, waiting, ended, days in cursor.fetchall()
        ]
        statuses = Counter(Case.objects.order_by().values_list("status", flat=True))
        notices = Counter(
            f"{channel} {state}"
            for channel, state in Notice.objects.order_by().values_list("channel", "state")
        )
        moved = Counter(Transfer.objects.order_by().values_list("status", flat=True))
        steps = Counter(f"rung {rung}" for rung in Step.objects.values_list("rung", flat=True))
    broken = Counter(code for _at, found in outcome.cracks for code in found)
    return Report(
        asked=asked,
        cases=sum(statuses.values()),
        closed=statuses["closed"],
        gaps=gaps,
        duties=duties,
        cracks=dict(sorted(broken.items())),
        notices=dict(sorted(notices.items())),
        steps=dict(sorted(steps.items())),
        outcome={
            "sweeps": outcome.sweeps,
            MISSED: outcome.missed,
            KILLED: outcome.killed,
            OF_DAYS: outcome.outages_of_days,
            CAME_BACK: outcome.came_back,
            "people away": outcome.away,
            "people who left": outcome.left,
            "offers to another unit": dict(sorted(moved.items())),
            "acts": dict(sorted(outcome.acts.items())),
            "stood in the way": dict(sorted(outcome.stood_in_the_way.items())),
        },
    )


def in_words(report: Report) -> str:
    """The report as a person reads it, in Markdown."""
    met, late, never = report.totals
    lines = [
        f"{report.cases} people, {report.closed} cases closed. "
        f"Longest time in which nobody spoke with a person: median {_days(median(report.gaps or [0]))}, "
        f"one in twenty over {_days(_at_share(report.gaps, 0.95))}, the worst {_days(max(report.gaps or [0]))}.",
        "",
        f"Duties: {met} done in time, {late} done late, {never} late at the end.",
        "",
        "| Rule | In time | Late | Never | Not due yet | No longer owed | Mean days late |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {d.rule} | {d.met} | {d.late} | {d.never} | {d.waiting} | {d.ended} | {d.days_late:.1f} |"
            for d in report.duties
        ),
        "",
        "Cracks on Mondays: "
        + (", ".join(f"{code} ({n})" for code, n in report.cracks.items()) or "none."),
        "",
        *(f"- {name}: {value}" for name, value in report.outcome.items()),
        f"- notices: {report.notices}",
        f"- steps: {report.steps}",
    ]
    return "\n".join(lines)


def together(reports: list[Report]) -> Report:
    """Several years as one: people and duties put together, numbers added. Lateness by the duties that were begun."""
    first = reports[0]
    duties: dict[str, list[Duty]] = {}
    for duty in (duty for report in reports for duty in report.duties):
        duties.setdefault(duty.rule, []).append(duty)
    return Report(
        asked=first.asked | {"seed": [report.asked["seed"] for report in reports]},
        cases=sum(report.cases for report in reports),
        closed=sum(report.closed for report in reports),
        gaps=sorted(gap for report in reports for gap in report.gaps),
        duties=[_added(duties[rule]) for rule in sorted(duties)],
        cracks=_sums([report.cracks for report in reports]),
        notices=_sums([report.notices for report in reports]),
        steps=_sums([report.steps for report in reports]),
        outcome=_sums([_counts(report.outcome) for report in reports]),
    )


def _added(duties: list[Duty]) -> Duty:
    days_late = sum(duty.days_late * (duty.late + duty.never) for duty in duties)
    counted = sum(duty.late + duty.never for duty in duties)
    return Duty(
        rule=duties[0].rule,
        met=sum(duty.met for duty in duties),
        late=sum(duty.late for duty in duties),
        never=sum(duty.never for duty in duties),
        waiting=sum(duty.waiting for duty in duties),
        ended=sum(duty.ended for duty in duties),
        days_late=days_late / counted if counted else 0.0,
    )


def _counts(outcome: dict[str, Any]) -> dict[str, int]:
    return {name: value for name, value in outcome.items() if isinstance(value, int)}


def _sums(counts: list[dict[str, int]]) -> dict[str, int]:
    return dict(sorted(sum((Counter(each) for each in counts), Counter()).items()))


def beside(reports: dict[str, Report]) -> str:
    """A Markdown table: what was asked for in rows, each year in a column, then how late each rule's duties were."""
    rows: list[tuple[str, list[str]]] = [
        (words, [said(report) for report in reports.values()]) for words, said in MEASURES
    ]
    rules = sorted({duty.rule for report in reports.values() for duty in report.duties})
    for rule in rules:
        of = [{d.rule: d for d in report.duties}.get(rule) for report in reports.values()]
        if any(duty and duty.late + duty.never for duty in of):
            rows.append((f"`{rule}`", [_fared(duty) for duty in of]))
    head = ["| | " + " | ".join(reports) + " |", "|---" * (len(reports) + 1) + "|"]
    return "\n".join([*head, *(f"| {words} | {' | '.join(cells)} |" for words, cells in rows)])


def _fared(duty: Duty | None) -> str:
    """In time, late, late at the end; mean days late."""
    if duty is None:
        return "none"
    return f"{duty.met} / {duty.late} / {duty.never}; {duty.days_late:.1f}"


MEASURES: tuple[tuple[str, Callable[[Report], str]], ...] = (
    ("People met; cases closed", lambda r: f"{r.cases}; {r.closed}"),
    ("Longest time without a word, median (days)", lambda r: f"{median(r.gaps or [0]):.1f}"),
    ("The same, one in ten longer than (days)", lambda r: f"{_at_share(r.gaps, 0.9):.1f}"),
    ("The same, worst (days)", lambda r: f"{max(r.gaps or [0]):.1f}"),
    ("People left without a word for over 28 days", lambda r: f"{r.share_over(28):.0%}"),
    ("Duties done in time / late / late at the end", lambda r: " / ".join(map(str, r.totals))),
    ("Share of what fell due that was done in time", lambda r: f"{r.in_time:.0%}"),
    ("Promises of the cracks report broken on a Monday", lambda r: _listed(r.cracks)),
    ("Sweeps; missed in outages; workers killed", lambda r: _of(r, "sweeps", MISSED, KILLED)),
    ("Outages of days; messages that came back", lambda r: _of(r, OF_DAYS, CAME_BACK)),
    ("People away; people who left", lambda r: _of(r, "people away", "people who left")),
)


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{code} ({count})" for code, count in counts.items()) or "none"


def _of(report: Report, *names: str) -> str:
    return "; ".join(str(report.outcome.get(name, 0)) for name in names)


def _days(days: float) -> str:
    return f"{days:.1f} days"


def _at_share(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))] if values else 0.0


WIDE, HIGH, LEFT, BELOW = 640, 260, 46, 34


def plot(reports: dict[str, Report], *, most: float = 84) -> str:
    """An SVG: for each number of days, the share of people whom nobody spoke with for longer."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img"'
        ' font-family="sans-serif" font-size="12">',
        "<title>Share of people whom nobody spoke with for longer than so many days</title>",
        f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>',
    ]
    for tenth in range(0, 11, 2):
        y = _y(tenth / 10)
        parts.append(f'<path d="M{LEFT} {y}H{WIDE - 8}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{tenth * 10}%</text>')
    for days in range(0, int(most) + 1, 14):
        x = _x(days, most)
        parts.append(f'<text x="{x}" y="{HIGH - 14}" text-anchor="middle">{days} days</text>')
    dashes = ("", ' stroke-dasharray="6 4"', ' stroke-dasharray="2 3"')
    for (name, report), dash in zip(reports.items(), dashes, strict=False):
        points = [
            (_x(half / 2, most), _y(report.share_over(half / 2)))
            for half in range(int(most) * 2 + 1)
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="#0b0c0c" stroke-width="2"{dash}/>'
        )
        row = list(reports).index(name)
        y = 22 + row * 18
        parts.append(
            f'<path d="M{WIDE - 220} {y - 4}h34" stroke="#0b0c0c" stroke-width="2"{dash}/>'
        )
        parts.append(f'<text x="{WIDE - 180}" y="{y}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _x(days: float, most: float) -> float:
    return LEFT + (WIDE - LEFT - 12) * days / most


def _y(share: float) -> float:
    return 10 + (HIGH - BELOW - 10) * (1 - share)
