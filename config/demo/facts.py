"""What became known of some invented people: names in their own script, family, age in dispute, missing, taken back."""

from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any

from casework.actions import facts, person
from casework.models import Case
from config.demo import words
from config.demo.plan import DAY, HOUR, Turn
from pages.answers import Answer
from victims.models import (
    AgeBand,
    Alerted,
    ConsentOutcome,
    Disputant,
    FactKind,
    NameKind,
    Purpose,
    ReferenceKind,
    Relation,
    ToldState,
    Topic,
)

if TYPE_CHECKING:
    from config.demo.cases import Life


class PersonLife:
    """What is learned of one person beside their story; drawn by itself, so that nothing else is drawn anew."""

    def __init__(self, life: "Life") -> None:
        self.life = life
        self.rng = Random(life.plan.seed ^ 0xFAC75)  # nosec B311 - an invented world
        self.known_to_all = life.plan.owner == "olu" and life.plan.person.called in words.KNOWN

    def plan(self, logged_at: datetime) -> None:
        """A few cases carry much; most carry nothing of this."""
        life, who = self.life, self.life.plan.person
        if self.known_to_all or self.rng.random() < 0.12:
            for number, (kind, values) in enumerate(self._facts()):
                life.do(logged_at + (29 + number) * HOUR, self._add, kind=kind, values=values)
        if who.age_band == AgeBand.UNSURE:
            life.do(logged_at + 30 * HOUR, self._dispute)
        if self.rng.random() < 0.1:
            life.do(logged_at + 29 * HOUR, self._mark)
        if life.plan.turn is not Turn.HEALTHY:
            return
        if who.age_band == AgeBand.CHILD and self.rng.random() < 0.12:
            self._went_missing(logged_at + 6 * DAY)
        adult = who.age_band == AgeBand.ADULT and who.wants_support and not self.known_to_all
        if adult and self.rng.random() < 0.05:
            life.do(life.now - HOUR / 60, self._take_back)

    def _facts(self) -> list[tuple[FactKind, dict[str, Any]]]:
        script = words.IN_SCRIPT.get(self.life.plan.person.language, "")
        found: list[tuple[FactKind, dict[str, Any]]] = [
            (FactKind.LANGUAGE, {"language": "English", "interpreter": Answer.YES}),
            (
                FactKind.DEPENDANT,
                {
                    "relation": Relation.CHILD,
                    "called": self.rng.choice(words.GIVEN),
                    "age": f"about {self.rng.randint(2, 11)}",
                    "in_care_of": "their grandmother, at home",
                    "safe": Answer.YES,
                },
            ),
            (
                FactKind.REFERENCE,
                {
                    "kind": ReferenceKind.HOME_OFFICE,
                    "number": f"INVENTED-{self.rng.randint(1000, 9999)}",
                },
            ),
        ]
        if script:
            latin = self.life.plan.person.called
            values = {"text": script, "latin": latin, "kind": NameKind.OWN}
            found.append((FactKind.NAME, values))
        if self.rng.random() < 0.3:
            found.append((FactKind.NATIONALITY, {"country": "", "stateless": True}))
        return found

    def _add(self, at: datetime, *, kind: FactKind, values: dict[str, Any]) -> None:
        facts.add_fact(case=self.life.case, by=self.life.owner, kind=kind, values=values)

    def _dispute(self, at: datetime) -> None:
        facts.dispute_age(
            case=self.life.case,
            by=self.life.owner,
            disputed_by=Disputant.LOCAL_AUTHORITY,
            why="Says 17. The social worker thinks that they may be older.",
        )

    def _mark(self, at: datetime) -> None:
        person.tell_topic(
            case=self.life.case,
            by=self.life.owner,
            topic=Topic.VIOLENCE,
            state=ToldState.SPECIALIST_ONLY,
            heard_at=at,
            summary="Froze when it came up. Leave it to the interviewer.",
        )

    def _went_missing(self, at: datetime) -> None:
        life = self.life
        self.life.do(at, self._missing)
        told = [Alerted.MISSING_UNIT, Alerted.LOCAL_AUTHORITY]
        life.act(at + HOUR / 3, facts.record_alert, by=life.owner, alerted=told)
        life.do(at + 9 * HOUR, self._found)
        life.do(at + 40 * HOUR, self._spoken_with)

    def _missing(self, at: datetime) -> None:
        facts.record_missing(
            case=self.life.case,
            by=self.life.owner,
            at=at,
            circumstances="Left for school and did not arrive. The phone is off.",
        )

    def _found(self, at: datetime) -> None:
        facts.record_found(case=self.life.case, by=self.life.owner, at=at, found_safe=Answer.YES)

    def _spoken_with(self, at: datetime) -> None:
        by = self.rng.choice(words.SOCIAL_WORKERS)
        facts.record_return_interview(
            case=self.life.case, by=self.life.owner, at=at, interviewed_by=by
        )

    def _take_back(self, at: datetime) -> None:
        person.record_consent(
            case=Case.objects.get(pk=self.life.case.pk),
            by=self.life.owner,
            purpose=Purpose.AGENCY,
            outcome=ConsentOutcome.WITHDRAWN,
            decided_at=at,
            reason="Wants to decide alone for a while.",
        )
