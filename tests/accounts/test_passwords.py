"""Which passwords are refused, offline, by what they are made of."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.cast import Cast

GUESSED = (
    *("Password12345678", "P@ssw0rd!P@ssw0rd!", "123456789123456789", "qwertyuiop!!2026"),
    *("aaaaaaaaaaaaaaaa", "dragonball-monkey", "holdfast-police-", "northmoorpolice1"),
    *("response-20261111", "adeyemi-19850312", "too short"),
)
FINE = (
    *("tidal lantern oak 93", "correct horse battery staple", "gable-otter-quince-9"),
    *("sieben Birnen im Regal", "vK3#mQ9zLp2wTxR7", "wędrówka nad jeziorem"),
)


@pytest.mark.parametrize("password", GUESSED)
def test_what_a_guesser_tries_first_is_refused(cast: Cast, password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, cast.olu)


@pytest.mark.parametrize("password", FINE)
def test_a_few_random_words_are_fine(cast: Cast, password: str) -> None:
    validate_password(password, cast.olu)
