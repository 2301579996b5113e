"""Whatever is sent to a form, a file's reader or an address: no failure of ours, and what is refused changes nothing.

Every form of every page of the invented force is asked, as its own person asks it. In the short setting each gets a few
of the hostile answers, each form others; with PROVE=1 each box of each form gets every one.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from urllib.parse import quote, quote_from_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.actors import Actor, engine
from accounts.context import acting_as
from pages.sheets import MOST_CHARACTERS, MOST_ROWS, Unreadable, read
from tests.attack import hostile
from tests.attack.forms import Box, Form, forms_of
from tests.attack.poster import FIELDS, Answer, Sender
from tests.attack.world import invented
from tests.conftest import OWN_DATABASE
from tests.house.routes import Route, routes
from tests.journeys.addresses import DRAFT, OPEN, VISITS, Visit, address_if_there
from tests.journeys.site import Site
from training.models import Course

PROVE = bool(os.environ.get("PROVE"))
SHARE = 12  # of the boxes, one in so many is asked in the short setting
ENDS_THE_SESSION = {"account_logout"}
# Pages of which `addresses.py` shows one of several, and what scripts post to.
BESIDE = {
    **{
        f"concern {page}": (
            "casework:concern-page",
            f"SELECT reference, {page} AS page FROM ({DRAFT}) d",
        )
        for page in (1, 2, 3)
    },
    "why": ("casework:why", OPEN),
}
# Names that pages read from what follows the address.
ASKED = ("page", "unit", "state", "only", "view", "after", "whose", "with", "next", "case", "form")


@dataclass
class Tally:
    """What was sent, and what went wrong."""

    sent: int = 0
    refused: int = 0
    done: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, answer: Answer, what: str) -> None:
        """Count it, and what must not be."""
        self.sent += 1
        self.refused += answer.status >= 400
        self.done += answer.status == 302
        if answer.status >= 500 or answer.error:
            self.wrong.append(f"{answer.status} {what}: {answer.error}")
        if answer.changed:
            self.wrong.append(f"{answer.status} {what}: changed {answer.changed}")


@dataclass
class World:
    """The invented force, who is signed in to it, and every form that they see."""

    site: Site
    clients: dict[str, Sender]
    forms: list[tuple[str, str, Form]] = field(default_factory=list)

    def look(self) -> None:
        """Every page, for its forms."""
        tally, seen = Tally(), set()
        visits = {name: (name, visit) for name, visit in VISITS.items()}
        visits |= {of: (name, Visit("olu", row)) for of, (name, row) in BESIDE.items()}
        for of, (name, visit) in visits.items():
            path = address_if_there(name, visit, self.site)
            if not path or of in ENDS_THE_SESSION:
                continue
            answer = self.clients[visit.who].send("GET", path)
            tally.note(answer, path)
            seen.add(of)
            self.forms += [
                (of, visit.who, form) for form in forms_of(path, answer.text) if form.boxes
            ]
        assert tally.wrong == []
        assert len(seen) > 0.9 * len(visits), visits.keys() - seen


@pytest.fixture(scope="module")
def world(django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The invented force; Django's connection is in it."""
    with (
        django_db_blocker.unblock(),
        invented(f"{OWN_DATABASE.name}_fuzz", OWN_DATABASE.name) as copy,
    ):
        site = Site("http://testserver", copy, tmp_path_factory.mktemp("fuzz") / "log")
        with acting_as(engine("test")):
            clients = {who: Sender(who) for who in {visit.who for visit in VISITS.values()}}
        world = World(site, clients)
        world.look()
        yield world


def post(world: World, who: str, form: Form, pairs: list[tuple[str, bytes | str]]) -> Answer:
    """Send it as the form would; a file is a harmless one."""
    if not form.files:
        return world.clients[who].send("POST", form.action, hostile.body(pairs))
    files = [(name, "list.csv", b"a,b\n1,2\n") for name in form.files]
    body = hostile.in_parts(pairs, files)
    return world.clients[who].send("POST", form.action, body, hostile.PARTS)


def with_one(form: Form, box: str, value: bytes | str, press: int) -> list[tuple[str, bytes | str]]:
    """An ordinary answer but for one box."""
    return [(each, value if each == box else said) for each, said in form.ordinary(press)]


def test_every_form_is_found_and_some_of_them_do_what_an_ordinary_answer_asks(world: World) -> None:
    tally = Tally()
    for name, who, form in world.forms:
        tally.note(post(world, who, form, [*form.ordinary()]), f"{name} {form.action}")
    assert tally.wrong == []
    assert len(world.forms) > 90
    assert sum(len(form.boxes) for _name, _who, form in world.forms) > 500
    assert tally.done > 40


def test_a_form_takes_or_refuses_whatever_stands_in_all_its_boxes(world: World) -> None:
    tally, values = Tally(), cycle(hostile.EVERY.items())
    for name, who, form in world.forms:
        for label, value in hostile.EVERY.items() if PROVE else [next(values)]:
            pairs = [(box, value) for box in form.boxes]
            tally.note(post(world, who, form, [*pairs]), f"{name} {form.action} all: {label}")
            if form.drafts:
                sent = world.clients[who].send("POST", form.drafts, hostile.body([*pairs]))
                tally.note(sent, f"{name} {form.drafts}: {label}")
    assert tally.wrong == []
    assert tally.refused > tally.sent / 3


def test_a_form_takes_or_refuses_whatever_stands_in_one_box(world: World) -> None:
    tally, values = Tally(), cycle(hostile.EVERY.items())
    for turn, (name, who, form, box) in enumerate(boxes(world)):
        for label, value in hostile.EVERY.items() if PROVE else [next(values)]:
            if PROVE or turn % SHARE == 0:
                answer = post(world, who, form, with_one(form, box, value, turn // SHARE))
                tally.note(answer, f"{name} {form.action} {box}: {label}")
    assert tally.wrong == []


def test_a_form_takes_or_refuses_boxes_left_out_sent_twice_or_never_asked_for(world: World) -> None:
    tally = Tally()
    for turn, (name, who, form, box) in enumerate(boxes(world)):
        if not PROVE and turn % SHARE != 1:
            continue
        said = form.ordinary(turn // SHARE)
        without = [(each, value) for each, value in said if each != box]
        twice = [*said, (box, b"x\x00"), (f"{box}__in", "1"), ("force_id", hostile.NOBODYS)]
        for how, pairs in {"without": without, "twice": twice, "nothing": []}.items():
            answer = post(world, who, form, [*pairs])
            tally.note(answer, f"{name} {form.action} {how} {box}")
    assert tally.wrong == []


def boxes(world: World) -> Iterator[tuple[str, str, Form, str]]:
    """Every box of every form."""
    for name, who, form in world.forms:
        for box in form.boxes:
            yield name, who, form, box


def test_no_choice_takes_the_id_of_a_row_that_it_does_not_offer(world: World) -> None:
    elsewhere = others(world.site)
    tally, ids, chosen = Tally(), cycle(elsewhere), 0
    for name, who, form, box in boxes(world):
        if not _is_choice_of_rows(form.boxes[box]):
            continue
        ordinary = post(world, who, form, [*form.ordinary()])
        chosen += ordinary.status == 302
        offered = form.boxes[box].offered  # a case is offered to units of other forces too
        for other in elsewhere if PROVE else [next(ids)]:
            if other in offered:
                continue
            answer = post(world, who, form, with_one(form, box, other, 0))
            tally.note(answer, f"{name} {form.action} {box}: {other}")
            if answer.status < 400:
                tally.wrong.append(f"{answer.status} {name} {form.action} took {box}={other}")
    assert tally.wrong == []
    assert chosen > 3


def _is_choice_of_rows(box: Box) -> bool:
    offered = [each for each in box.offered if each]
    is_choice = box.kind in {"select", "radio", "checkbox"}
    return is_choice and any(len(each) == 36 and each.count("-") == 4 for each in offered)


def others(site: Site) -> list[str]:
    """Ids of another force's people, units, records and agencies, and of what no choice is about."""
    found = []
    for table in ("accounts_user", "accounts_unit"):
        found += site.ask(
            f"SELECT t.id FROM {table} t JOIN accounts_force f ON f.id = t.force_id"
            " WHERE f.slug <> 'northmoor' ORDER BY t.id LIMIT 3"
        )
    found += site.ask("SELECT id FROM accounts_force ORDER BY id")
    found += site.ask("SELECT id FROM accounts_auditevent ORDER BY id LIMIT 1")
    return [str(pk) for (pk,) in found]


def test_a_reader_of_files_takes_or_refuses_whatever_it_is_given(world: World) -> None:
    readers = [(name, who, form) for name, who, form in world.forms if form.files]
    assert {name for name, _who, _form in readers} == {
        "casework:files",
        "referrals:lists",
        "training:import",
        "training:proofs",
    }
    tally, called = Tally(), cycle(hostile.NAMES)
    for at, (label, content) in enumerate(hostile.files()):
        for name, who, form in readers if PROVE else [readers[at % 4], readers[(at + 1) % 4]]:
            for as_name in hostile.NAMES if PROVE else [next(called)]:
                files = [(box, as_name, content) for box in form.files]
                body = hostile.in_parts(list(form.ordinary()), files)
                answer = world.clients[who].send("POST", form.action, body, hostile.PARTS)
                tally.note(answer, f"{name} {label} as {as_name[:20]!r}")
    assert tally.wrong == []
    assert tally.refused > tally.sent / 2


@given(
    st.binary(max_size=400)
    | st.text(alphabet='a,;\t"\r\n\x00=é\u202e', max_size=400).map(str.encode)
)
@settings(max_examples=20_000 if PROVE else 200)
def test_a_csv_is_read_or_called_unreadable_whatever_its_bytes(content: bytes) -> None:
    with suppress(Unreadable):
        lines = read(b"a,b\n" + content, ("a", "b"), {})
        assert 0 < len(lines) <= MOST_ROWS
        assert all(len(cell) <= MOST_CHARACTERS for line in lines for cell in line.cells)


def segments() -> Iterator[tuple[str, str]]:
    """What may stand in the place of a word of an address, as a browser would send it."""
    for label, value in hostile.EVERY.items():
        if value and b"/" not in value:
            yield label, quote_from_bytes(value[:2_000], safe="")


def test_an_address_answers_whatever_stands_in_it(world: World) -> None:
    tally, values, methods = Tally(), cycle(segments()), cycle(("GET", "POST", "POST"))
    who = {name: visit.who for name, visit in VISITS.items()}
    for route in routes():
        if not route.parameters or "^" in route.pattern:
            continue
        client = world.clients[who.get(route.name, "sade")]
        for label, value in segments() if PROVE else [next(values)]:
            for method in ("GET", "POST") if PROVE else [next(methods)]:
                answer = client.send(method, filled(route, value))
                tally.note(answer, f"{method} {route.name}: {label}")
    assert tally.wrong == []
    assert tally.refused > 0.9 * tally.sent


def filled(route: Route, value: str) -> str:
    """The address with this in the place of each word of it."""
    path = "/" + route.pattern
    for name in route.parameters:
        for kind in ("str", "slug", "int", "uuid"):
            path = path.replace(f"<{kind}:{name}>", value)
    return path


def test_a_page_answers_whatever_follows_its_address(world: World) -> None:
    tally, values = Tally(), cycle(hostile.EVERY.items())
    for turn, (name, visit) in enumerate(VISITS.items()):
        path = address_if_there(name, visit, world.site).partition("?")[0]
        if not path or not (PROVE or turn % 4 == 0) or name in ENDS_THE_SESSION:
            continue
        for label, value in hostile.EVERY.items() if PROVE else [next(values)]:
            said = quote_from_bytes(value[:2_000], safe="")
            query = "&".join(f"{each}={said}" for each in ASKED)
            answer = world.clients[visit.who].send("GET", f"{path}?{query}&{quote(label)}")
            tally.note(answer, f"{name}?{label}")
    assert tally.wrong == []


BODIES = {
    "no edge": (b"--edge\r\n", "multipart/form-data"),
    "edge that never comes": (b"--other\r\n\r\nx", hostile.PARTS),
    "half a part": (b'--edge\r\nContent-Disposition: form-data; name="', hostile.PARTS),
    "part without a name": (b"--edge\r\n\r\nx\r\n--edge--\r\n", hostile.PARTS),
    "unknown transfer": (
        b'--edge\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64'
        b"\r\n\r\n%%%\r\n--edge--\r\n",
        hostile.PARTS,
    ),
    "too many fields": (b"a=1&" * 5_000, FIELDS),
    "too many files": (
        hostile.in_parts([], [(f"f{number}", "x", b"x") for number in range(50)]),
        hostile.PARTS,
    ),
    "too large": (b"a=" + b"x" * 3_000_000, FIELDS),
    "unknown letters": (b"a=\xff\xfe", f"{FIELDS}; charset=klingon"),
    "UTF-7": (b"a=+ADw-", f"{FIELDS}; charset=utf-7"),
    "JSON": (b'{"a": 1e999}', "application/json"),
    "no kind at all": (b"\x00\xff", ""),
    "percent alone": (b"a=%&%=%zz&=&&&;", FIELDS),
}


@pytest.mark.parametrize("label", BODIES)
def test_a_body_that_is_no_form_is_refused_or_read_as_an_empty_one(
    world: World, label: str
) -> None:
    tally = Tally()
    body, kind = BODIES[label]
    for name, who, form in world.forms[:: 1 if PROVE else 20]:
        tally.note(world.clients[who].send("POST", form.action, body, kind), f"{name} {label}")
    assert tally.wrong == []
    assert tally.sent > 4


def test_a_failure_is_seen_and_so_is_what_a_refusal_leaves_behind(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaves_a_course(*, by: Actor, **_given: Any) -> None:
        Course.objects.create(slug="left", name="Left", force_id=by.own_force_id)
        raise Unreadable("refused")

    def fails(**_given: Any) -> None:
        raise RuntimeError("ours")

    [(who, form)] = [(w, each) for name, w, each in world.forms if name == "training:import"]
    monkeypatch.setattr("training.actions.preview_import", leaves_a_course)
    assert post(world, who, form, []).changed == ("training_course",)
    monkeypatch.setattr("training.actions.preview_import", fails)
    failed = post(world, who, form, [])
    assert failed.status == 500
    assert "ours" in failed.error
