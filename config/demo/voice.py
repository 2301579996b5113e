"""What some invented people said of how they were treated, when the navigator asked them, and what was done then."""

from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any

from casework.actions import voice
from casework.models import Case, VoiceAnswer, VoiceDone, VoiceWay
from casework.voice.questions import ASKED, Point
from config.demo.plan import DAY, HOUR, Turn

if TYPE_CHECKING:
    from config.demo.cases import Life

ASKED_OF = 0.35
NAVIGATOR, READER = "tarek", "ines"
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
        """Some are asked after the first contact, a few after an interview too."""
        if self.rng.random() > ASKED_OF or self.life.plan.turn is not Turn.HEALTHY:
            return
        asked = {Point.FIRST_CONTACT: logged_at + 3 * DAY}
        if self.rng.random() < 0.3:
            asked[Point.INTERVIEW] = logged_at + 20 * DAY
        for point, at in asked.items():
            self.life.do(at, self._ask, point=point)
            if at < self.life.now - 2 * DAY:  # what came since waits to be read
                self.life.do(at + 5 * HOUR, self._deal, point=point)

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
