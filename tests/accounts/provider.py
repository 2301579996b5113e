"""The room of an invented directory: an OpenID Connect provider on this machine, honest or not."""

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "holdfast", "a secret between the two"


class Provider:
    """It knows one person at a time; `lies` change what its token says, `key` with what it signs."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.published = RSAKey.generate_key(2048, {"kid": "one"}, private=True)
        self.key = self.published
        self.person: dict[str, Any] = {}
        self.lies: dict[str, Any] = {}
        self.asked: dict[str, dict[str, str]] = {}
        self.last: dict[str, str] = {}

    def consent(self, address: str) -> str:
        """What the directory sends the browser back with, when the person says yes there."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = uuid4().hex
        self.asked[code] = self.last = asked
        return f"{urlsplit(asked['redirect_uri']).path}?code={code}&state={asked['state']}"

    def token(self, given: dict[str, str]) -> dict[str, Any] | None:
        """A token for a code, once, to whoever knows the secret and began it (PKCE)."""
        asked = self.asked.pop(given.get("code", ""), None)
        if asked is None:
            return None
        shown = urlsafe_b64encode(sha256(given["code_verifier"].encode()).digest())
        if asked["code_challenge_method"] != "S256" or asked[
            "code_challenge"
        ] != shown.decode().rstrip("="):
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.person,
            **self.lies,
        }
        said = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, said, self.key)
        return {"access_token": uuid4().hex, "token_type": "Bearer", "id_token": signed}

    def about(self) -> dict[str, Any]:
        """Its discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }


@contextmanager
def directory() -> Iterator[Provider]:
    """It answers on a port of this machine until the block ends."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            keys = {"keys": [provider.published.as_dict(private=False)]}
            pages = {"/.well-known/openid-configuration": provider.about(), "/keys": keys}
            self._say(200, pages[self.path])

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = {name: values[0] for name, values in parse_qs(sent).items()}
            token = provider.token(given)
            self._say(200 if token else 400, token or {"error": "invalid_grant"})

        def _say(self, status: int, words: Any) -> None:
            body = json.dumps(words).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: Any) -> None:  # type: ignore[override]
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
