"""What some invented people said of how they were treated, when the navigator asked them, and what was done then."""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from django.db import connection

from casework.actions import voice
from casework.models import Case, NotAskedBecause, PointReached, VoiceAnswer, VoiceDone, VoiceWay
from casework.voice.questions import ASKED, Point
from config.demo.plan import DAY, HOUR, Turn

if TYPE_CHECKING:
    from config.demo.cases import Life

ASKED_OF = 0.35
NAVIGATOR, READER = "tarek", "ines"
# Days after the concern at which whoever owes it says why people were not asked; who came to it this week waits still.
SETTLED = (8, 17, 30, 60, 120)
THIS_WEEK = timedelta(days=6)
ASKER = """
SELECT u.username FROM casework_case c JOIN accounts_scope s ON s.id = c.scope_id
  JOIN accounts_user u ON u.id = followups_voice_asker(c.id, s.id, s.unit_id, s.force_id, %s)
 WHERE c.id = %s
"""
WHY_NOT = {
    NotAskedBecause.UNWELL: "",
    NotAskedBecause.SUPPORT: "",
    NotAskedBecause.RECENTLY: "",
    NotAskedBecause.UNSAFE: "",
    NotAskedBecause.OTHER: "Has asked us to ring less often.",
}
# Whether they complain, and what they say beside it.
SAID = (
    ("yes", "They talked to the interpreter and not to me."),
    ("no", "The lady with the grey coat was kind. Thank you."),
    ("no", ""),
    ("no", ""),
)
DONE = {
    VoiceDone.COMPLAINT: "Spoken with through an interpreter; it is recorded and looked into.",
    VoiceDone.NOTED: "Read, and thanked through the support worker.",
}


class VoiceLife:
    """What one person is asked, beside their story; drawn by itself, so that nothing else is drawn anew."""

    def __init__(self, life: "Life") -> None:
        self.life = life
        self.rng = Random(life.plan.seed ^ 0x701CE)  # nosec B311 - an invented world

    def plan(self, logged_at: datetime) -> None:
        """Some are asked after the first contact, a few after an interview too; of the others it is said why not."""
        self._plan_asking(logged_at)
        last = self.life.now - THIS_WEEK
        settled = [logged_at + days * DAY for days in SETTLED]
        # Also after the end of the case, which is a point of its own.
        for at in (*(each for each in settled if each < last), last):
            self.life.steps.append((at, partial(self._settle, at)))
        # What came since waits for the navigator; where there is none, for nobody.
        tonight = self.life.now - HOUR
        self.life.steps.append((tonight, partial(self._settle, tonight, waits=True)))

    def _plan_asking(self, logged_at: datetime) -> None:
        if self.rng.random() > ASKED_OF or self.life.plan.turn is not Turn.HEALTHY:
            return
        asked = {Point.FIRST_CONTACT: logged_at + 3 * DAY}
        if self.rng.random() < 0.3:
            asked[Point.INTERVIEW] = logged_at + 20 * DAY
        for point, at in asked.items():
            self.life.do(at, self._ask, point=point)
            if at < self.life.now - 2 * DAY:  # what came since waits to be read
                self.life.do(at + 5 * HOUR, self._deal, point=point)

    def _settle(self, at: datetime, *, waits: bool = False) -> None:
        """Whoever owes it says why the person was not asked; a navigator not where it `waits` for them."""
        waiting = PointReached.objects.waiting().filter(case=self.life.case)
        points = sorted({row.point for row in waiting})
        navigator = self._navigator(at) if points else None
        if navigator and waits:
            return
        players = self.life.players
        by = players.actor(navigator or players.supervisors[self.life.plan.unit])
        for point in points:
            why = self.rng.choice(list(WHY_NOT))
            voice.not_asked(case=self.life.case, point=point, why=why, words=WHY_NOT[why], by=by)

    def _navigator(self, at: datetime) -> str | None:
        with connection.cursor() as cursor:
            cursor.execute(ASKER, [at, self.life.case.pk])
            found = cursor.fetchone()
        return found[0] if found else None

    def _ask(self, at: datetime, *, point: Point) -> None:
        case, players = self.life.case, self.life.players
        navigator, reader = players.actor(NAVIGATOR), players.actor(READER)
        # Not of another force, nor of what is held closely.
        seen = Case.objects.visible_to(navigator).filter(pk=case.pk)
        if not seen.exists() or voice.is_about(case, reader):
            return
        complains, words = self.rng.choice(SAID)
        given = None if self.rng.random() < 0.15 else self._answers(point, complains)
        voice.ask_now(
            case=case,
            point=point,
            language="en",
            given=given,
            words=words,
            by=navigator,
        )

    def _answers(self, point: Point, complains: str) -> dict[str, Any]:
        given: dict[str, Any] = {
            question.name: self.rng.choice(question.answers) for question in ASKED[point]
        }
        return given | {"safe_now": "yes", "complain": complains}

    def _deal(self, at: datetime, *, point: Point) -> None:
        answer = VoiceAnswer.objects.filter(
            asking__case=self.life.case, asking__point=point, asking__way=VoiceWay.IN_PERSON
        ).first()
        if answer is None or not answer.wants_reading:
            return
        done = VoiceDone.COMPLAINT if answer.complaint else VoiceDone.NOTED
        reader = self.life.players.actor(READER)
        voice.deal(answer=answer, done=done, words=DONE[done], by=reader)
