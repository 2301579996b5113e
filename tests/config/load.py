"""Run as `python -m tests.config.load`: an officer logs concerns; each is said once it is committed."""

import sys
from io import BytesIO
from itertools import count
from uuid import uuid4

import django

django.setup()

from accounts.actors import engine  # noqa: E402 - Django must be set up first
from accounts.context import acting_as  # noqa: E402
from casework.actions.files import add_file  # noqa: E402
from casework.actions.logging import (  # noqa: E402
    send_to_duty_supervisor,
    start_concern,
)
from tests.cast import Cast  # noqa: E402

# Files are copied beside the database every few seconds: those of the first concerns are there for certain.
EVERY, FIRST = 5, 40
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
            if n % EVERY == 0 and n < FIRST:
                words = f"Photograph {n} of Gannet Yard\n".encode()
                add_file(
                    case=case, kind="other", words="Yard", name="a", content=BytesIO(words), by=olu
                )
        sys.stdout.write(f"{case.reference}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
