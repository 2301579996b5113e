"""What came of the crime and of the national referral of one invented case, and how its person heard of it."""

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any

from casework.actions import decisions
from casework.actions.investigation import inform, record_happening
from casework.models import Decision, Happening
from casework.untold import things_to_tell
from config.demo.plan import DAY, HOUR, Turn
from victims.models import AgeBand, Channel

if TYPE_CHECKING:
    from config.demo.cases import Life

H, D = Happening, Decision
INVESTIGATED = 0.3
ARRESTED_TONIGHT = 0.04


class Inquiry:
    """The steps of an investigation, planned into a life beside its others; with a chance of its own."""

    def __init__(self, life: "Life") -> None:
        self.life, self.rng = life, Random(life.plan.seed + 1)  # nosec B311 - it draws invented events
        self.is_adult = life.plan.person.age_band == AgeBand.ADULT

    def plan(self, logged_at: datetime) -> None:
        """What everybody is told on the first day, and what happens to whoever did it."""
        self._do(logged_at + 6.5 * HOUR, self.tell)
        if not self.is_adult:
            self._do(logged_at + 6.2 * HOUR, self._find_guardian)
        if self.life.plan.turn is Turn.CRIME_LATE:
            return
        if self.rng.random() < INVESTIGATED:
            self._investigate(logged_at)
        elif self.rng.random() < ARRESTED_TONIGHT and self.life.plan.turn is Turn.HEALTHY:
            self._happens(self.life.now - 5 * HOUR, H.ARRESTED, suspect="A", tell=False)

    def decided(self, at: datetime, kind: str) -> None:
        """What follows a decision of the Home Office: what comes next is asked and found out."""
        if kind in {D.RG_NEGATIVE, D.CG_NEGATIVE}:
            wants = self.rng.random() < 0.6
            again = D.RECONSIDERATION_ASKED if wants else D.RECONSIDERATION_NOT_WANTED
            self._do(at + 5 * DAY, self._decide, kind=again)
        if kind == D.RG_POSITIVE:
            until = at + 250 * DAY
            self._do(at + 24 * DAY, self._decide, kind=D.RECOVERY_EXTENDED, until=until)
        elif kind != D.WITHDRAWN:
            note = "Stays with the aunt; the support worker calls every week."
            self._do(at + 20 * HOUR, self._decide, kind=D.MOVE_ON_PLANNED, note=note)

    def _investigate(self, logged_at: datetime) -> None:
        self._happens(logged_at + 3 * DAY, H.STATEMENT_TAKEN)
        offered = "Not now, perhaps before a trial."
        self._happens(logged_at + 3 * DAY + HOUR, H.PERSONAL_STATEMENT, note=offered)
        arrested_at = logged_at + 5 * DAY
        self._happens(arrested_at, H.ARRESTED, suspect="A")
        self._happens(arrested_at + 6 * HOUR, H.INTERVIEWED, suspect="A")
        self._happens(arrested_at + 7 * HOUR, H.VIEWS_ASKED, note="Not near the school, please.")
        conditions = "Not to go near the school or the house."
        self._happens(arrested_at + 8 * HOUR, H.BAILED, suspect="A", note=conditions)
        if self.rng.random() < 0.5:
            why = "Nobody else would give a statement."
            self._happens(logged_at + 40 * DAY, H.NO_FURTHER_ACTION, suspect="A", note=why)
            return
        charged_at = logged_at + 40 * DAY
        self._happens(charged_at, H.CHARGED, suspect="A")
        self._happens(charged_at + 3 * DAY, H.SPECIAL_MEASURES, note="A screen, and a live link.")
        self._happens(charged_at + 3 * DAY + HOUR, H.PERSONAL_STATEMENT, note=offered)
        hearing_at = logged_at + 150 * DAY
        self._happens(logged_at + 50 * DAY, H.COURT_DATE, hearing_at=hearing_at, note="Crown Court")

    def _happens(self, at: datetime, kind: str, *, tell: bool = True, **values: Any) -> None:
        self._do(at, self._record, kind=kind, tell=tell, **values)

    def _record(self, at: datetime, *, tell: bool, **values: Any) -> None:
        record_happening(case=self.life.case, by=self.life.owner, at=at, **values)
        if tell:
            self.tell(at)

    def _decide(self, at: datetime, **values: Any) -> None:
        if values["kind"] in decisions.may_come(self._referral()):
            decisions.record_event(referral=self._referral(), by=self.life.owner, at=at, **values)

    def _referral(self) -> Any:
        self.life.nrm.refresh_from_db()
        return self.life.nrm

    def _find_guardian(self, at: datetime) -> None:
        decisions.record_guardian(
            case=self.life.case, by=self.life.owner, at=at, outcome="referred"
        )

    def tell(self, at: datetime) -> None:
        """They hear of everything that they do not know yet."""
        if untold := [thing.key for thing in things_to_tell(self.life.case)]:
            inform(
                case=self.life.case,
                by=self.life.owner,
                at=at,
                about=untold,
                channel=Channel.IN_PERSON,
            )

    def _do(self, at: datetime, step: Callable[..., Any], **given: Any) -> None:
        self.life.do(at, step, **given)
