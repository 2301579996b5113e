"""A stand-in for GOV.UK Notify, which is outside the building: a real HTTP server that does as it is told."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

from tests.followups.loopback import listening

SERVICE = "11111111-2222-4333-8444-555555555555"
SECRET = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
KEY = f"holdfast-{SERVICE}-{SECRET}"
EMAIL_TEMPLATE = "99999999-0000-4000-8000-000000000001"
SMS_TEMPLATE = "99999999-0000-4000-8000-000000000002"
REFUSALS = {
    "unknown": (400, "ValidationError"),
    "misused": (400, "BadRequestError"),
    "forbids": (403, "AuthError"),
    "busy": (429, "RateLimitError"),
    "broken": (500, "Exception"),
}


class NotifyServer(ThreadingHTTPServer):
    """It keeps what it took; `mood` says what it does with the next."""

    daemon_threads = True
    mood = "takes"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.taken: list[dict[str, Any]] = []

    def handle_error(self, *_: Any) -> None:
        """Somebody hung up; that is what the test is about."""


class Request(BaseHTTPRequestHandler):
    """One call to it."""

    server: NotifyServer

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        mood = self.server.mood
        if not self.is_ours():
            self.refuse(403, "AuthError")
        elif mood == "stalls":
            time.sleep(1.5)
        elif mood in REFUSALS:
            self.refuse(*REFUSALS[mood])
        else:
            self.server.taken.append(given | {"kind": self.path.rsplit("/", 1)[-1]})
            if mood == "takes and drops":
                self.close_connection = True
                return
            self.answer(201, {"id": SERVICE, "reference": given["reference"]})

    def do_GET(self) -> None:
        reference = parse_qs(urlsplit(self.path).query)["reference"][0]
        has = [{"reference": it["reference"]} for it in self.server.taken]
        self.answer(200, {"notifications": [it for it in has if it["reference"] == reference]})

    def is_ours(self) -> bool:
        token = self.headers["Authorization"].removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, SECRET, algorithms=["HS256"])
        except jwt.InvalidTokenError:
            return False
        return claims["iss"] == SERVICE and abs(claims["iat"] - time.time()) < 30

    def refuse(self, status: int, error: str) -> None:
        self.answer(
            status, {"status_code": status, "errors": [{"error": error, "message": "invented"}]}
        )

    def answer(self, status: int, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def notify_server(settings: Any) -> Iterator[NotifyServer]:
    """A stand-in that is up, and settings that lead to it."""
    with listening(NotifyServer()) as made:
        settings.MAIL_BY, settings.NOTIFY_API_KEY = "notify", KEY
        settings.NOTIFY_URL = f"http://127.0.0.1:{made.server_address[1]}"
        settings.NOTIFY_EMAIL_TEMPLATE, settings.NOTIFY_SMS_TEMPLATE = EMAIL_TEMPLATE, SMS_TEMPLATE
        settings.NOTIFY_CALLBACK_TOKEN = "invented-" * 5
        settings.EMAIL_TIMEOUT = 1
        yield made
