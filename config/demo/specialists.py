"""Who is on call in the invented force, whom to ring, and what a specialist was asked."""

from datetime import datetime

from accounts.actions import specialists as rota
from accounts.actors import Actor
from accounts.models import User
from casework.actions import advice, guidance
from casework.models import Case, CaseStatus, GuidanceCard
from config.demo.plan import DAY, HOUR
from config.demo.players import Players, moment

SPECIALIST, ASKS = "ines", "olu"
# Numbers that Ofcom keeps for drama: they ring nowhere.
NUMBERS = (
    ("Regional organised crime unit", "Three victims or more, or another force", "01632 960101", "Day and night"),
    ("Interpreters", "A language that nobody on duty speaks", "01632 960102", "Day and night"),
    ("Force crime registrar", "How to record a crime", "01632 960103", "Weekdays, 8am to 6pm"),
)  # fmt: skip
ANSWERED = (
    "He says that his brother works there too and is afraid to talk. Do I ask him at the site?",
    "Not at the site: whoever watches him sees it. Visit the canteen contractor with the inspectorate"
    " on Thursday and speak with him apart, with the interpreter. I come with you.",
)
WAITS = "She wants to fetch her papers from the house before the weekend. Can we go with her?"


def keep_specialists(players: Players, now: datetime) -> None:
    """One turn that has begun and one that follows, three numbers, one question answered and one that waits."""
    by, person = players.actor(SPECIALIST), User.objects.get(username=SPECIALIST)
    with moment(now - DAY):
        guidance.take_starters(by=by)
        rota.put_on_call(by=by, user=person, starts_at=now - DAY, ends_at=now + 2 * DAY)
        rota.put_on_call(by=by, user=person, starts_at=now + 5 * DAY, ends_at=now + 7 * DAY)
        for name, what_for, phone, hours in NUMBERS:
            rota.add_contact(by=by, name=name, what_for=what_for, phone=phone, hours=hours)
    asks = players.actor(ASKS)
    # Whoever advises in a case has a part in it, and reads no more what its person says of how they were treated.
    owned = Case.objects.filter(
        owner=asks.id, status=CaseStatus.ALLOCATED, scope__restriction="standard", askings=None
    )
    for case, happens in zip(
        owned.order_by("logged_at", "pk")[:2], (_answered, _waits), strict=False
    ):
        happens(case, asks, by, now)


def _answered(case: Case, asks: Actor, by: Actor, now: datetime) -> None:
    question, words = ANSWERED
    with moment(now - 3 * DAY):
        asked = advice.ask_specialist(case=case, question=question, urgent=False, by=asks)
    with moment(now - 3 * DAY + 2 * HOUR):
        advice.answer_question(case=case, advice_id=asked.pk, words=words, by=by)
    with moment(now - 2 * DAY):
        advice.read_answer(case=case, advice_id=asked.pk, by=asks)


def _waits(case: Case, asks: Actor, by: Actor, now: datetime) -> None:
    with moment(now - HOUR):
        advice.ask_specialist(case=case, question=WAITS, urgent=False, by=asks)


def has_specialists() -> bool:
    """Whether the force keeps its guidance, and so the rest, already."""
    return GuidanceCard.objects.exists()
