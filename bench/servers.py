"""What is measured over HTTP: gunicorn with two workers, and a browser that is signed in."""

import gzip
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

import clocks
from accounts.models import User
from accounts.sessions import SessionStore
from config.devservices.host import free_port


@contextmanager
def served(settings_module: str, *, services: Path | None = None) -> Iterator[int]:
    """The port at which these settings answer, on the database of another file of services if one is given."""
    port = free_port()
    environment = os.environ | {"PORT": str(port), "DJANGO_SETTINGS_MODULE": settings_module}
    if services:
        environment["HOLDFAST_SERVICES"] = str(services)
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.web", "--log-level", "error"]
    command += ["--keep-alive", "75"]  # longer than a round of the other side
    server = subprocess.Popen(command, env=environment)
    try:
        _wait(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _again in range(300):
        if server.poll() is not None:
            raise SystemExit("The web server stopped; its words are above.")
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", "/livez")
            link.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The web server did not answer in half a minute.")


def sign_in(username: str) -> str:
    """The cookie of a session of that person."""
    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["started"] = session["seen"] = clocks.now().timestamp()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Browser:
    """One kept-alive connection that asks for some pages in turn."""

    def __init__(self, port: int, pages: list[tuple[str, str]]) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.pages = cycle(pages)

    def get(self) -> bytes:
        """The next page; anything but a page with its words stops the measuring."""
        path, cookie = next(self.pages)
        self.link.request("GET", path, headers={"Cookie": cookie})
        answer = self.link.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}: {body[:300]!r}")
        return body

    def kilobytes(self) -> float:
        """How big the next page is, as a browser would get it."""
        return len(gzip.compress(self.get())) / 1024
