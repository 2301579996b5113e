"""The room of how long an answer to an agency's system is kept."""

from datetime import datetime, timedelta

from accounts.actors import engine
from accounts.context import acting_as
from referrals.models import KeptAnswer

KEPT_FOR = timedelta(hours=24)
"""At least so long an act may be sent again and is answered as the first time. [draft-ietf-httpapi-idempotency-key]"""


def forget_answers(at: datetime) -> int:
    """The answers that were kept long enough are gone; how many."""
    with acting_as(engine("answers"), at=at):
        return KeptAnswer.objects.filter(kept_at__lt=at - KEPT_FOR).delete()[0]
