"""The room of what the invented force has none of by itself: made by sending the forms as somebody would."""

from typing import Any

from django.test import Client, override_settings

from accounts.actors import engine
from accounts.context import acting_as
from referrals.models import ListKind
from tests.attack import hostile
from tests.attack.forms import forms_of
from tests.attack.poster import Sender
from tests.journeys.addresses import VISITS, address_if_there
from tests.journeys.site import Site
from tests.pages.markup import Page

COURSES = b"officer,course,provider,completed,expires\nolu,pip2,College,2026-01-05,\n"
REFERENCES = b"reference,status,last contact\nHB-1,accepted,2026-01-05\n"
MADE: dict[str, tuple[dict[str, str], bytes]] = {
    "casework:concern-new": ({}, b""),
    "casework:move-new": ({}, b""),
    "followups:samples": ({}, b""),
    "followups:hand-over": ({}, b""),
    "training:course-new": ({}, b""),
    "training:import": ({}, COURSES),
    "referrals:lists": ({"kind": ListKind.AGENCY}, REFERENCES),
    "casework:break-glass": ({}, b""),
}
# What is shown first and made only when that page is pressed too.
PRESSED = {"referrals:lists"}


def furnish(site: Site) -> None:
    """A draft, a move of many cases, a sample, a handover, a course, a list compared and an emergency are there."""
    for name, (over, content) in MADE.items():
        visit = VISITS[name]
        with acting_as(engine("test")):
            sender = Sender(visit.who)
        with override_settings(ALLOWED_HOSTS=["testserver"]):  # as pytest allows it
            _send(site, name, sender, over, content)


def _send(site: Site, name: str, sender: Sender, over: dict[str, str], content: bytes) -> None:
    path = address_if_there(name, VISITS[name], site)
    answer = sender.send("GET", path)
    form = next(each for each in forms_of(path, answer.text) if each.action == path and each.boxes)
    pairs: list[Any] = [(box, over.get(box, said)) for box, said in form.ordinary()]
    files = [(box, "list.csv", content) for box in form.files]
    client = Client()
    client.cookies = sender.cookies
    sent = client.generic("POST", path, hostile.in_parts(pairs, files), hostile.PARTS)
    assert sent.status_code == 302, (name, Page(sent.content.decode()).texts("li"))
    if name in PRESSED:
        assert client.post(sent["Location"]).status_code == 302, name
