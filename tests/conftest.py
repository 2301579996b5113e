"""The cast and the guards: what every test can count on."""

import gc
from collections.abc import Callable, Iterator
from typing import Any

import django
import hypothesis
import pytest

from tests import cluster

OWN_DATABASE = cluster.prepare()  # before Django reads its settings
django.setup()

from django.db import connection, connections, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from accounts import context  # noqa: E402 - Django must be set up first
from accounts.actors import ActorKind, engine  # noqa: E402
from accounts.models import User  # noqa: E402
from tests import guards  # noqa: E402
from tests.cast import Cast  # noqa: E402
from tests.signed_in import sign_in  # noqa: E402

# A worker of pytest-xdist inherits the settings' name from the process that started it, and pytest-django
# may have read them before us: without this all workers would share one database.
for _settings in connections.settings.values():
    _settings["NAME"] = OWN_DATABASE.name
guards.stand()


# No proof depends on how fast the machine is.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


def _tell_and_become(told: context.Context | None) -> None:
    """What `accounts.context.tell` does, as the login role that the product would use for this actor."""
    _tell(told)
    role = "holdfast_engine"
    if told is not None and told.actor.kind is not ActorKind.ENGINE:
        role = "holdfast_web"
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")


_tell = context.tell
context.tell = _tell_and_become


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database is a clone of the migrated template; pytest-django need not make one."""


@pytest.fixture
def db(django_db_blocker: Any) -> Iterator[None]:
    """One transaction that is undone afterwards, in which plain reads and writes are the engine's."""
    with django_db_blocker.unblock():
        connections["aside"] = connections["default"]
        undone = transaction.atomic()
        undone._from_testcase = True  # type: ignore[attr-defined]
        with undone:
            with context.acting_as(engine("test")):
                yield
            transaction.set_rollback(True)


@pytest.fixture
def cast(db: None) -> Cast:
    """Olu, Sade, Petra, Ines and the others, by name."""
    return Cast()


@pytest.fixture
def client_of(db: None) -> Callable[[User], Client]:
    """A browser without JavaScript in which somebody is signed in.

    Their session is put there; signing in, with all that hears of it, is proved in accounts/test_signin.py.
    """

    def signed_in(user: User) -> Client:
        client = Client()
        sign_in(client, user)
        return client

    return signed_in


@pytest.fixture
def committed(django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[cluster.Clone]:
    """A database of its own with the cast in it, for tests that need real commits or real processes.

    Inside the test Django's connection is the engine's; give `env` to processes.
    """
    copy = cluster.clone(f"{OWN_DATABASE.name}_committed")
    with django_db_blocker.unblock():
        default = connections["default"]
        default.close()
        connections["aside"] = default
        default.settings_dict["NAME"] = copy.name
        try:
            yield copy
        finally:
            default.close()
            default.settings_dict["NAME"] = OWN_DATABASE.name
            cluster.drop(copy.name)
