"""Who is on call in the invented force, whom to ring, and what a specialist was asked."""

from datetime import datetime

from accounts.actions import specialists as rota
from accounts.models import User
from casework.actions import advice, guidance
from casework.models import Advice, Case, CaseStatus
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
    first, second = owned.order_by("logged_at", "pk")[:2]
    with moment(now - 3 * DAY):
        asked = advice.ask_specialist(case=first, question=ANSWERED[0], urgent=False, by=asks)
    with moment(now - 3 * DAY + 2 * HOUR):
        advice.answer_question(case=first, advice_id=asked.pk, words=ANSWERED[1], by=by)
    with moment(now - 2 * DAY):
        advice.read_answer(case=first, advice_id=asked.pk, by=asks)
    with moment(now - HOUR):
        advice.ask_specialist(case=second, question=WAITS, urgent=False, by=asks)


def has_specialists() -> bool:
    """Whether a specialist was asked already."""
    return Advice.objects.exists()
