from collections.abc import Iterator
from pathlib import Path

import pytest

from config.devservices import postgres, valkey


@pytest.fixture
def open_path(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A directory that the servers' account can walk to; pytest closes its own to others."""
    for directory in (tmp_path, *tmp_path.parents):
        if directory.stat().st_uid == tmp_path.stat().st_uid and directory.name.startswith(
            "pytest"
        ):
            directory.chmod(0o711)
    tmp_path.chmod(0o711)
    return tmp_path


@pytest.fixture
def own_postgres(open_path: Path) -> Iterator[postgres.Postgres]:
    with postgres.start(open_path / "postgres", durable=False) as server:
        yield server


@pytest.fixture
def own_valkey(open_path: Path) -> Iterator[valkey.Valkey]:
    with valkey.start(open_path / "valkey", durable=True) as server:
        yield server
