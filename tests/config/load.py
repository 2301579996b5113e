"""Run as `python -m tests.config.load`: an officer logs concerns; each is said once it is committed."""

import sys
from itertools import count
from uuid import uuid4

import django

django.setup()

from accounts.actors import engine  # noqa: E402 - Django must be set up first
from accounts.context import acting_as  # noqa: E402
from casework.actions.logging import (  # noqa: E402
    send_to_duty_supervisor,
    start_concern,
)
from tests.cast import Cast  # noqa: E402

WORDS = "She said that she is never paid."


def main() -> None:
    """Log concerns until somebody ends this process."""
    with acting_as(engine("load")):
        olu = Cast().actor("olu")
    for n in count():
        answers = {"first_words": WORDS, "called": f"Nguyen {n}", "place": f"Gannet Yard {n}"}
        with acting_as(olu):
            case = start_concern(concern=uuid4(), answers=answers, by=olu)
            send_to_duty_supervisor(case=case, by=olu)
        sys.stdout.write(f"{case.reference}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
