"""What the environment says is read as it is meant, or refused with a sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

URL = "postgres://web:s%40cret@db.force.example:5433/holdfast"


def test_an_address_of_a_database_says_where_it_is_and_how_it_is_known() -> None:
    said = environment.database(f"{URL}?sslmode=verify-full&sslrootcert=/etc/ssl/force.pem")
    assert (said["HOST"], said["PORT"], said["PASSWORD"]) == ("db.force.example", "5433", "s@cret")
    assert said["OPTIONS"]["sslmode"] == "verify-full"
    assert said["OPTIONS"]["sslrootcert"] == "/etc/ssl/force.pem"
    assert "sslmode" not in environment.database(URL)["OPTIONS"]


@pytest.mark.parametrize(
    "query", ["sslmod=verify-full", "options=-crole%3Downer", "host=elsewhere"]
)
def test_what_it_would_pass_over_is_refused(query: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="known are"):
        environment.database(f"{URL}?{query}")
