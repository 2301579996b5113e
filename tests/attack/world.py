"""The room of the world that is attacked: the invented force, with Django's connection in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections

from tests import cluster
from tests.attack.furnish import furnish
from tests.journeys.site import Site, seeded


@contextmanager
def invented(name: str, own: str) -> Iterator[cluster.Clone]:
    """A clone of the invented force; Django's connection is in it until the block ends."""
    copy = seeded(name)
    default = connections["default"]
    default.close()
    connections["aside"] = default
    default.settings_dict["NAME"] = copy.name
    try:
        furnish(Site("http://testserver", copy, Path(os.devnull)))
        yield copy
    finally:
        default.close()
        default.settings_dict["NAME"] = own
        cluster.drop(copy.name)
