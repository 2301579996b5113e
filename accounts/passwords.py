"""The room of which passwords are too easily guessed: those made of one or two parts that everybody uses.

Django's list holds the 20,000 commonest of breached passwords; at 14 characters only 57 of them are long enough to be
tried, so that the list alone guards nothing. Long bad ones are made of short bad ones: Password12345678.
"""

import re
from functools import cached_property
from itertools import groupby

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

SHORTEST_PART = 4
LONGEST_LOOKED_AT = (
    128  # characters: no two words that people use are longer, and looking takes time
)
FEWEST_PARTS = 3  # twenty thousand times twenty thousand is not many
OF_THE_TRADE = (
    "police",
    "officer",
    "constable",
    "sergeant",
    "modernslavery",
    "victim",
    "safehouse",
)
LOOK_ALIKES = str.maketrans("@4310$5", "aaeioss")
NOT_A_LETTER_OR_DIGIT = re.compile(r"[\W_]+")


class MadeOfCommonParts:
    """Refuses a password of fewer than three parts, each a breached password, a word of the trade or a plain run."""

    @cached_property
    def common(self) -> frozenset[str]:
        """Every breached password that can be a part."""
        breached = CommonPasswordValidator().passwords
        return frozenset(word for word in breached if len(word) >= SHORTEST_PART)

    def validate(self, password: str, user: User | None = None) -> None:
        """Pass, or say why not."""
        typed = password.lower()
        read = {NOT_A_LETTER_OR_DIGIT.sub("", t) for t in (typed, typed.translate(LOOK_ALIKES))}
        known = self.common | _words_about(user)
        if any(_parts(words, known) < FEWEST_PARTS for words in read):
            raise ValidationError(
                _("This password is too easily guessed. Use three or four random words."),
                code="made_of_common_parts",
            )

    def get_help_text(self) -> str:
        """In words for the person."""
        return _("It must not be made of one or two parts that many people use.")


def _words_about(user: User | None) -> frozenset[str]:
    """What a guesser who knows the person would try."""
    words = [*OF_THE_TRADE, settings.SITE_NAME]
    if user is not None:
        words += [user.username, *user.name.split(), *re.split(r"[@.]", user.email)]
        words += [row.name for row in (user.force, user.unit, user.agency) if row is not None]
    plain = {NOT_A_LETTER_OR_DIGIT.sub("", word.lower()) for word in words}
    plain |= {
        NOT_A_LETTER_OR_DIGIT.sub("", part.lower()) for word in words for part in word.split()
    }
    return frozenset(word for word in plain if len(word) >= SHORTEST_PART)


def _parts(words: str, known: frozenset[str]) -> int:
    """Of how few known parts and plain runs (all digits, or one letter again and again) the words are made."""
    if len(words) > LONGEST_LOOKED_AT:
        return FEWEST_PARTS
    longest = max(map(len, known), default=0)
    fewest: list[float] = [0.0] + [float("inf")] * len(words)
    for end in range(1, len(words) + 1):
        for start in range(end):
            part = words[start:end]
            if (
                (part in known if len(part) <= longest else False)
                or part.isdigit()
                or len(list(groupby(part))) == 1
            ):
                fewest[end] = min(fewest[end], fewest[start] + 1)
    return int(min(fewest[-1], FEWEST_PARTS))
