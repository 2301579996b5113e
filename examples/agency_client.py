#!/usr/bin/env python3
"""A small client for the agencies' API, to use as it is or to learn from. Python 3.11 and nothing else.

export HOLDFAST_URL=https://holdfast.northmoor.police.invalid      # with /sandbox behind it: invented people
export HOLDFAST_KEY=...          # client_id, from "Your agency", "Keys"
export HOLDFAST_SECRET=...       # client_secret: keep it as you keep a password

python agency_client.py waiting                      what needs something from us now
python agency_client.py read ID                      one referral, as far as we may see it now
python agency_client.py accept ID "Hana Wells"       we will support them; Hana does it
python agency_client.py contact ID                   we have reached the person (now)
python agency_client.py complete ID needs_met        the support is finished, and how it ended
python agency_client.py complete ID needs_partly_met outreach=met money=unmet        the same, need by need
python agency_client.py follow --after 0             what happened, from then on, as it happens
python agency_client.py verify whsec_... ID TIME SIGNATURE < body      is this webhook from the police?
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

SCOPES = "referrals:read events:read referrals:accept updates:contact updates:complete"
TRIES = 4
NO_TOKEN = "The key or its secret is wrong, or was revoked, or a key of the sandbox is used outside it, or the reverse."
OUR_TURN = ("sent", "opened", "accepted")


def needs_us(referral: dict[str, Any]) -> bool:
    """Whether it waits for us now: unanswered, the person not reached, or its review due today or before."""
    days, ours = referral["due_in_working_days"], referral["turn"] == "agency"
    return ours and (referral["status"] in OUR_TURN or (days is not None and days <= 0))


class Refused(Exception):
    """The police's system said no; the sentence says why and what to do."""


class Holdfast:
    """The API of one force, for one key."""

    def __init__(self, url: str, key: str, secret: str) -> None:
        self.api = url.rstrip("/") + "/api/v1"
        self.key, self.secret = key, secret
        self.token, self.token_ends = "", 0.0

    # What we read.

    def waiting(self) -> list[dict[str, Any]]:
        """The referrals in which it is our turn, page after page."""
        found = []
        address = f"{self.api}/referrals"
        while address:
            page, _tag = self.ask("GET", address)
            found += [r for r in page["results"] if needs_us(r)]
            address = page["next"]
        return found

    def read(self, referral_id: str) -> tuple[dict[str, Any], str]:
        """One referral and its ETag, which goes with the next act: it says what we decided on."""
        return self.ask("GET", f"{self.api}/referrals/{referral_id}")

    def events(self, after: int) -> Iterator[dict[str, Any]]:
        """What happened after an event, in order. Remember the last `sequence`: you see each event once."""
        more = True
        while more:
            page, _tag = self.ask("GET", f"{self.api}/events?after={after}")
            yield from page["results"]
            more = page["more"]
            if page["results"]:
                after = page["results"][-1]["sequence"]

    # What we do.

    def accept(self, referral_id: str, worker: str) -> dict[str, Any]:
        """We will support the person, and this is who does it. From now on we may read how to reach them."""
        return self.act(referral_id, "accept", {"worker_name": worker})

    def contact(self, referral_id: str) -> dict[str, Any]:
        """We have reached the person. Until we say so, the police count them as not supported."""
        return self.act(referral_id, "first-contact", {})

    def complete(self, referral_id: str, reason: str, outcomes: dict[str, str]) -> dict[str, Any]:
        """The support is finished. Unless all needs are met, say what became of each."""
        body = {"reason": reason} | ({"outcomes": outcomes} if outcomes else {})
        return self.act(referral_id, "complete", body)

    def act(self, referral_id: str, name: str, body: dict[str, Any]) -> dict[str, Any]:
        """Read the referral, decide on what was read, and do it once."""
        _referral, tag = self.read(referral_id)
        # One key for one decision: however often it has to be sent, it is done once.
        headers = {"If-Match": tag, "Idempotency-Key": str(uuid.uuid4())}
        address = f"{self.api}/referrals/{referral_id}/{name}"
        now_so, _tag = self.ask("POST", address, body, headers)
        return now_so

    # How we ask.

    def ask(
        self,
        method: str,
        address: str,
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[Any, str]:
        """The answer and its ETag. What may pass by itself (no network, too many requests) is tried again."""
        data = None if body is None else json.dumps(body).encode()
        for tried in range(1, TRIES + 1):
            request = urllib.request.Request(address, data, method=method)
            request.add_header("Authorization", f"Bearer {self.bearer()}")
            request.add_header("Content-Type", "application/json")
            for name, value in (headers or {}).items():
                request.add_header(name, value)
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:  # nosec B310 - our own setting
                    return json.load(answer), answer.headers.get("ETag", "")
            except urllib.error.HTTPError as error:
                if tried == TRIES or error.code not in {429, 500, 502, 503, 504}:
                    raise Refused(in_words(error)) from error
                time.sleep(float(error.headers.get("Retry-After", tried)))
            except OSError as error:
                if tried == TRIES:
                    raise Refused(f"Holdfast cannot be reached: {error}") from error
                time.sleep(tried)
        raise AssertionError("unreachable")

    def bearer(self) -> str:
        """A token; a new one shortly before the old one ends."""
        if time.monotonic() > self.token_ends:
            form = {"grant_type": "client_credentials", "scope": SCOPES}
            request = urllib.request.Request(f"{self.api}/token", urlencode(form).encode())
            basic = base64.b64encode(f"{self.key}:{self.secret}".encode()).decode()
            request.add_header("Authorization", f"Basic {basic}")
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:  # nosec B310 - our own setting
                    given = json.load(answer)
            except urllib.error.HTTPError as error:
                raise Refused(NO_TOKEN) from error
            except OSError as error:
                raise Refused(f"Holdfast cannot be reached: {error}") from error
            self.token = given["access_token"]
            self.token_ends = time.monotonic() + given["expires_in"] - 30
        return self.token


def in_words(error: urllib.error.HTTPError) -> str:
    """What a refusal says: its title, what to do, and each field that is wrong."""
    try:
        problem = json.load(error)
    except ValueError:
        return f"Holdfast answered {error.code}."
    lines = [f"{problem['title']}. {problem['detail']}"]
    lines += [f"  {wrong['pointer']}: {wrong['detail']}" for wrong in problem.get("errors", [])]
    lines.append(f"  (If you ask the police for help, tell them {problem['trace_id']}.)")
    return "\n".join(lines)


def verify(
    secret: str, headers: dict[str, str], body: bytes, now: float | None = None
) -> dict[str, Any]:
    """The event that a webhook brings, if it is from the police and new; else `Refused`.

    Give it the body as it came, byte for byte. What was received once is known by its `id`: the same event may
    come twice, and in another order than its `sequence`.
    """
    given = {name.lower(): value for name, value in headers.items()}
    event_id, sent_at = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    if not sent_at.isdigit() or abs((now or time.time()) - int(sent_at)) > 5 * 60:
        raise Refused("This webhook is too old, or its time is wrong.")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{event_id}.{sent_at}.".encode() + body
    ours = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # There are two signatures while a secret is renewed: one of them has to be ours.
    for signature in given.get("webhook-signature", "").split():
        version, _comma, theirs = signature.partition(",")
        if version == "v1" and hmac.compare_digest(theirs.encode(), ours.encode()):
            event: dict[str, Any] = json.loads(body)
            return event
    raise Refused("This webhook is not signed with our secret. Do not trust it.")


def follow(holdfast: Holdfast, after: int, every: float) -> None:
    """Say what happens as it happens; stop with Ctrl-C and go on later `--after` the last number."""
    while True:
        for event in holdfast.events(after):
            after = event["sequence"]
            print(
                after, event["timestamp"], event["type"], event["data"]["referral_id"], flush=True
            )
        if not every:
            return
        time.sleep(every)


def main() -> None:
    """Read what is asked for, and do it."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    verbs = asked.add_subparsers(dest="verb", required=True)
    verbs.add_parser("waiting")
    verbs_with = {"read": [], "accept": ["worker"], "contact": [], "complete": ["reason"]}
    for verb, words in verbs_with.items():
        parser = verbs.add_parser(verb)
        for word in ("id", *words):
            parser.add_argument(word)
    parser.add_argument("outcomes", nargs="*", metavar="NEED=OUTCOME")
    parser = verbs.add_parser("follow")
    parser.add_argument("--after", type=int, default=0)
    parser.add_argument("--every", type=float, default=30, help="seconds; 0: only once")
    parser = verbs.add_parser("verify")
    for word in ("secret", "id", "time", "signature"):
        parser.add_argument(word)
    told = asked.parse_args()
    try:
        run(told)
    except Refused as refused:
        sys.exit(str(refused))
    except KeyError as missing:
        sys.exit(f"Set {missing} first: see --help.")


def run(told: argparse.Namespace) -> None:
    """Do one thing, and show what came of it."""
    shown: Any
    if told.verb == "verify":
        headers = {
            "webhook-id": told.id,
            "webhook-timestamp": told.time,
            "webhook-signature": told.signature,
        }
        shown = verify(told.secret, headers, sys.stdin.buffer.read())
    else:
        env = os.environ
        holdfast = Holdfast(env["HOLDFAST_URL"], env["HOLDFAST_KEY"], env["HOLDFAST_SECRET"])
        if told.verb == "follow":
            follow(holdfast, told.after, told.every)
            return
        if told.verb == "waiting":
            shown = holdfast.waiting()
        elif told.verb == "read":
            shown, _tag = holdfast.read(told.id)
        elif told.verb == "accept":
            shown = holdfast.accept(told.id, told.worker)
        elif told.verb == "contact":
            shown = holdfast.contact(told.id)
        else:
            outcomes = dict(pair.split("=", 1) for pair in told.outcomes if "=" in pair)
            shown = holdfast.complete(told.id, told.reason, outcomes)
    print(json.dumps(shown, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
