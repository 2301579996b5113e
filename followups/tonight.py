"""The room of who is most likely to be lost tonight: one written rule, its version, and its reasons in words.

Nobody has measured which signs foretell that a victim goes missing, and how strongly: the points are a force default,
set so that a reader can follow them, not a probability. [docs/desk.md]
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from accounts.scoping import REACHED_CASES
from casework.models import CaseStatus
from clocks import LONDON
from followups.queues import about, ago
from followups.rules import RULES
from followups.rules.base import Safety
from followups.team import AGENCIES, HOLDING, Team
from followups.team_sql import AWAY_UNTIL, BAND, SPOKE_AT, STATES
from pages.due import on_the_wall
from victims.models import AgeBand, RiskLevel

VERSION = 1
"""Goes up with any change of `SIGNS` or of what they count, so that two lists are never compared by mistake."""

FEW = 5
NEAR = timedelta(days=7)
DECISIONS = ["recovery-ending", "move-on-not-planned", "decision-not-served"]
APART = ["contact-lost", "contact-unsafe", "missing-not-alerted", *HOLDING, *AGENCIES, *DECISIONS]
"""What has a sign of its own and is not counted among other work as well."""

DANGER = [rule.slug for rule in RULES.values() if rule.safety is Safety.DANGER]
FOR_THE_PERSON = [
    rule.slug for rule in RULES.values() if rule.safety in {Safety.CHILD, Safety.VICTIM}
]


@dataclass(frozen=True)
class Sign:
    """Something that makes it likelier that a person is lost: its points at most, when, how many, and the sentence.

    `counts` is SQL for the points (0 or null: it is not so), `said` for the number in the sentence.
    """

    slug: str
    most: int
    meaning: Any
    words: Any
    counts: str
    said: str = "NULL"

    def sentence(self, said: int | None) -> str:
        """The reason as a person reads it."""
        return str(self.words % {"n": said}) if said is not None else str(self.words)


def _if(points: int, condition: str) -> str:
    return f"CASE WHEN {condition} THEN {points} ELSE 0 END"


SIGNS = (
    Sign(
        "missing",
        40,
        gettext_lazy("Reported missing, and not found"),
        gettext_lazy("Reported missing, and not found"),
        _if(40, "w.missing_since IS NOT NULL"),
    ),
    Sign(
        "danger",
        40,
        gettext_lazy("Work for their safety is overdue (beside what is counted below)"),
        ngettext_lazy(
            "Work for their safety is overdue: %(n)d thing",
            "Work for their safety is overdue: %(n)d things",
            "n",
        ),
        _if(40, "w.danger > 0"),
        "w.danger",
    ),
    Sign(
        "lost",
        35,
        gettext_lazy("Several tries by different ways have not reached them"),
        gettext_lazy("Several tries by different ways have not reached them"),
        _if(35, "w.lost"),
    ),
    Sign(
        "unsafe",
        30,
        gettext_lazy("The last try was not safe, or somebody else answered"),
        gettext_lazy("The last try was not safe, or somebody else answered"),
        _if(30, "w.unsafe"),
    ),
    Sign(
        "silent",
        28,
        gettext_lazy("Days since somebody last reached them: 2 points a day, 28 at most"),
        ngettext_lazy(
            "Nobody has reached them for %(n)d day", "Nobody has reached them for %(n)d days", "n"
        ),
        "least(2 * w.silent, 28)",
        "w.silent",
    ),
    Sign(
        "nobody",
        25,
        gettext_lazy("No owner, or the owner is away or gone and nobody covers"),
        gettext_lazy("Nobody holds this case: no owner, or the owner is away and nobody covers"),
        _if(25, "NOT w.present"),
    ),
    Sign(
        "high-risk",
        20,
        gettext_lazy("The danger was judged high"),
        gettext_lazy("The danger was judged high"),
        _if(20, f"w.risk = '{RiskLevel.HIGH}'"),
    ),
    Sign(
        "child",
        15,
        gettext_lazy("Under 18, or perhaps under 18"),
        gettext_lazy("Under 18, or perhaps under 18"),
        _if(15, f"w.age_band <> '{AgeBand.ADULT}'"),
    ),
    Sign(
        "agency",
        15,
        gettext_lazy("An agency has not answered or reached them in time, or has declined"),
        gettext_lazy("An agency has not answered or reached them in time, or has declined"),
        _if(15, "w.agency"),
    ),
    Sign(
        "overdue",
        15,
        gettext_lazy("Other work owed to them is overdue: 3 points each, 15 at most"),
        ngettext_lazy(
            "Owed to them and overdue: %(n)d other thing",
            "Owed to them and overdue: %(n)d other things",
            "n",
        ),
        "least(3 * w.overdue, 15)",
        "w.overdue",
    ),
    Sign(
        "no-safe-way",
        10,
        gettext_lazy("No way to reach them is confirmed as safe"),
        gettext_lazy("No way to reach them is confirmed as safe"),
        _if(10, "NOT w.safe_way"),
    ),
    Sign(
        "decision",
        10,
        gettext_lazy("A decision, or the end of their support, is within 7 days"),
        gettext_lazy("A decision, or the end of their support, is near"),
        _if(10, "w.decision"),
    ),
    Sign(
        "off-duty",
        8,
        gettext_lazy("Whoever holds the case is not on duty now"),
        gettext_lazy("Whoever holds the case is not on duty now"),
        _if(8, "w.present AND NOT w.on_duty"),
    ),
    Sign(
        "not-judged",
        5,
        gettext_lazy("Nobody has judged the danger"),
        gettext_lazy("Nobody has judged the danger"),
        _if(5, f"w.risk = '{RiskLevel.NOT_JUDGED}'"),
    ),
)

LATE = "(f.due_at < %(at)s OR f.due_at IS NULL)"
# The cases here that are not closed, what is owed on each, and whether its holder is on duty. The owed rows are of
# these cases: what the reader may see was asked once, of the case. A contact that is owed says since when it is silent.
CASES = f"""
WITH opened AS MATERIALIZED (
    SELECT c.id, c.reference, c.owner_id, c.scope_id, c.victim_id, coalesce(c.sent_at, c.logged_at) AS opened_at
      FROM casework_case c
     WHERE c.status <> '{CaseStatus.CLOSED}' AND {REACHED_CASES.format(of="c")}
), mine AS MATERIALIZED (
    SELECT c.*, v.called, v.language, v.risk, v.missing_since, {BAND} AS age_band
      FROM opened c JOIN followups_people_of(ARRAY(SELECT o.victim_id FROM opened o)) v ON v.id = c.victim_id
), owed AS (
    SELECT f.case_id,
           count(*) FILTER (WHERE f.rule = ANY (%(danger)s) AND NOT f.rule = ANY (%(apart)s) AND {LATE}) AS danger,
           count(*) FILTER (WHERE f.rule = ANY (%(person)s) AND NOT f.rule = ANY (%(apart)s) AND {LATE}) AS overdue,
           bool_or({LATE}) AS late,
           bool_or(f.rule = 'contact-lost') AS lost,
           bool_or(f.rule = 'contact-unsafe') AS unsafe,
           bool_or(f.rule = ANY (%(agencies)s) AND {LATE}) AS agency,
           bool_or(f.rule = ANY (%(decisions)s) AND f.due_at < %(near)s) AS decision,
           min(f.since) FILTER (WHERE f.rule = 'contact-lapsed') AS silent_since
      FROM followups_followup f
     WHERE f.unit_id = ANY (%(units)s::uuid[]) AND f.state IN ({STATES})
       AND (f.due_at < %(near)s OR f.due_at IS NULL OR f.rule = 'contact-lapsed')
     GROUP BY f.case_id
), holders AS (
    SELECT o.owner_id, accounts_present(o.holder, %(at)s) AS present, accounts_on_duty(o.holder, %(at)s) AS on_duty
      FROM (SELECT DISTINCT owner_id, coalesce(
                       (SELECT a.cover_id FROM accounts_absence a
                         WHERE a.user_id = m.owner_id AND a.starts_at <= %(at)s AND a.ends_at > %(at)s LIMIT 1),
                       owner_id) AS holder FROM mine m) o
)"""  # nosec B608 - only our own words
WEIGHED = """
SELECT m.*, coalesce(d.danger, 0) AS danger, coalesce(d.overdue, 0) AS overdue, coalesce(d.lost, false) AS lost,
       coalesce(d.unsafe, false) AS unsafe,
       coalesce(d.agency, false) AS agency, coalesce(d.decision, false) AS decision,
       coalesce(h.present, false) AS present, coalesce(h.on_duty, false) AS on_duty,
       greatest(0, floor(extract(epoch FROM %(at)s - coalesce(d.silent_since, m.opened_at)) / 86400))::int AS silent,
       EXISTS (SELECT 1 FROM victims_safecontact s WHERE s.victim_id = m.victim_id AND s.ended_at IS NULL
                  AND s.safe = 'yes' AND s.review_on > %(today)s) AS safe_way
  FROM mine m LEFT JOIN owed d ON d.case_id = m.id LEFT JOIN holders h ON h.owner_id = m.owner_id"""  # nosec B608
_SCORE = " + ".join(f"coalesce({sign.counts}, 0)" for sign in SIGNS)
_COLUMNS = ", ".join(f"coalesce({sign.counts}, 0), {sign.said}" for sign in SIGNS)
_TOLD = _COLUMNS.replace("w.", "likely.")
LIKELY = f"""
SELECT row_number() OVER (ORDER BY likely.score DESC, likely.silent DESC, likely.id) AS place,
       likely.reference, likely.called, likely.age_band, likely.language, likely.score, u.name,
       {AWAY_UNTIL.format(of="likely")},
       {SPOKE_AT.format(of="likely")}, likely.case_id, {_TOLD}
  FROM (SELECT w.*, w.id AS case_id, {_SCORE} AS score FROM ({WEIGHED}) w
         ORDER BY score DESC, silent DESC, w.id LIMIT %(few)s) likely
  LEFT JOIN accounts_user u ON u.id = likely.owner_id"""  # nosec B608 - only our own words
TONIGHT = f"{CASES} {LIKELY} ORDER BY place"


@dataclass(frozen=True)
class Reason:
    """One sign that is so of this person, with its points."""

    slug: str
    points: int
    words: str


@dataclass(frozen=True)
class LikelyLost:
    """Somebody likely to be lost tonight: who, who holds the case, and the reasons, the weightiest first."""

    case_id: UUID
    reference: str
    called: str
    about: str
    points: int
    owner: str
    owner_away: str
    last_safe_contact: str
    reasons: list[Reason]


def values(team: Team) -> dict[str, Any]:
    """What `CASES` and the signs need to know beside what every question of the team does."""
    return {
        "near": team.at + NEAR,
        "today": team.at.astimezone(LONDON).date(),
        "danger": DANGER,
        "person": FOR_THE_PERSON,
        "apart": APART,
        "decisions": DECISIONS,
    }


def likely_lost(team: Team, few: int = FEW) -> list[LikelyLost]:
    """The people of these units' open cases most likely to be lost tonight, by `SIGNS`; one question."""
    return people_of(team.ask(TONIGHT, few=few, **values(team)), team.at)


def people_of(found: list[tuple[Any, ...]], at: datetime) -> list[LikelyLost]:
    """Those whom the rows of `LIKELY` tell of; a row without a place tells of nobody."""
    return [_likely_lost(row[1:], at) for row in found if row[0]]


def _likely_lost(row: tuple[Any, ...], at: datetime) -> LikelyLost:
    reference, called, age_band, language, score, owner, away_until, spoke_at, case_id = row[:9]
    counted = zip(SIGNS, row[9::2], row[10::2], strict=True)
    reasons = [
        Reason(sign.slug, points, sign.sentence(said)) for sign, points, said in counted if points
    ]
    return LikelyLost(
        case_id=case_id,
        reference=reference,
        called=called,
        about=about(age_band, language),
        points=score,
        owner=owner or _("Nobody"),
        owner_away=_("Away until %s") % on_the_wall(away_until, at) if away_until else "",
        last_safe_contact=ago(spoke_at, at),
        reasons=sorted(reasons, key=lambda reason: -reason.points),
    )
