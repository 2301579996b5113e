"""A real gunicorn on a clone, as the web role, for what must be asked over a socket."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from config.devservices.host import free_port
from tests.cluster import Clone

TREE = Path(__file__).parents[2]


@contextmanager
def up(clone: Clone, **environment: str) -> Iterator[dict[str, str]]:
    """The environment that points commands at the running site; its address is `SITE_URL`."""
    port = free_port()
    env = clone.env | {"SITE_URL": f"http://127.0.0.1:{port}", "HOLDFAST_DEMO": "1"}
    served = env | {"PORT": str(port), "HOLDFAST_ROLE": "web", "WEB_WORKERS": "1"} | environment
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "python:config.web"],
        cwd=TREE,
        env=served,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"{env['SITE_URL']}/livez")
        yield env
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            with urlopen(address, timeout=2):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
