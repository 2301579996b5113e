"""The room of the world that is attacked: the invented force, with Django's connection in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from tests import cluster
from tests.journeys.site import seeded


@contextmanager
def invented(name: str, own: str) -> Iterator[cluster.Clone]:
    """A clone of the invented force; Django's connection is in it until the block ends."""
    copy = seeded(name)
    default = connections["default"]
    default.close()
    connections["aside"] = default
    default.settings_dict["NAME"] = copy.name
    try:
        yield copy
    finally:
        default.close()
        default.settings_dict["NAME"] = own
        cluster.drop(copy.name)
