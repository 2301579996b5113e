"""Fixtures of the agencies' tests."""

from collections.abc import Iterator

import pytest

from tests.cluster import Clone
from tests.referrals.internet import identity, internet, receiver
from tests.referrals.server import up

__all__ = ["identity", "internet", "receiver"]


@pytest.fixture
def served(committed: Clone) -> Iterator[dict[str, str]]:
    """The running site, and the environment that points commands at it."""
    with up(committed) as env:
        yield env
