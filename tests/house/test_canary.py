"""A name, a number, a place and words are planted in every record and typed into every form; they show nowhere else.

What whoever may see the case reads on its page is meant to be there. Addresses, titles, cookies, sessions, the
cache, the log, messages, webhooks, numbers and errors are not, and what is sealed is in no dump.
"""

import base64
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus, urlsplit

import psycopg2
import pytest
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connections
from django.db.models import CharField, Model, TextField
from django.test import Client

import clocks
from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import User
from accounts.privacy import Privacy
from accounts.sealed import EncryptedTextField, seal, unseal
from accounts.sessions import SessionStore
from config.devservices import postgres
from referrals import delivery, events
from tests import cluster
from tests.attack.forms import DAY_PART, Box, forms_of
from tests.conftest import OWN_DATABASE
from tests.house.test_privacy import lines  # noqa: F401 - the log as it would be written
from tests.journeys.addresses import VISITS, address_if_there
from tests.journeys.site import Site, seeded
from tests.pages.markup import Page

# Planted in the records: what may lie there in plain text, and what may not.
OPEN = {
    "name": "Quillonby",
    "number": "07700 900867",
    "place": "Zebedene Wharf",
    "words": "umbrelquist",
}
SEALED = {
    "name": "Ottolene",
    "number": "07700 900913",
    "place": "Marrowfleet",
    "words": "gossamerly",
}
TYPED = {
    "name": "Xanderquine",
    "number": "07700 900748",
    "place": "Pellucida Row",
    "words": "brindlewhit",
}
NUMBERS = re.compile(r"number|phone|mobile|reference|details|reach|contact")
PLACES = re.compile(r"place|street|town|address|county|where|seen")
NAMES = re.compile(r"name|called|alias|latin")
OFFERS = {"radio", "checkbox", "hidden", "button", "submit", "select"}


def needles(*planted: dict[str, str]) -> re.Pattern[str]:
    """Any of them, however it is written: a number by its last digits, a place by its first word."""
    words = [
        _digits(kind["number"]) if each == "number" else kind[each].split()[0]
        for kind in planted
        for each in kind
    ]
    return re.compile("|".join(words), re.IGNORECASE)


def _digits(number: str) -> str:
    """Its last digits, with those before them or alone: six of a hash or of a second are nobody's number."""
    first, last = number.split()
    return rf"(?:{first[1:]}\W*(?:20)?|(?<![0-9a-f.])){last}(?![0-9a-f])"


ANY = needles(OPEN, SEALED, TYPED)
PLANTED = needles(OPEN, SEALED)
# Pages that are left alone: pressing their button ends what the others need.
ENDS_A_SESSION = {"account_logout", "account_change_password", "set-password", "account_login"}
DAYS = (0, 2, 5)  # time enough for a reminder to climb to the top
PROVE = bool(os.environ.get("PROVE"))
# Where a person's own words are typed; with PROVE=1 every form of every page is sent.
JOURNEYS = {
    *(
        f"casework:{name}"
        for name in ("concern-new", "concern-all", "find", "contact", "told", "files")
    ),
    *(f"casework:{name}" for name in ("safe-contact", "person", "missing", "nrm-section", "links")),
    *("referrals:referral-new", "referrals:inbox-ask", "referrals:inbox-decline"),
    *("training:import", "referrals:lists", "casework:operation-new", "accounts:team-new"),
}
# A course is about no person, and has its name in its address.
COURSES = "/training/courses"


def canary_for(name: str, planted: dict[str, str], most: int | None = None) -> str:
    """What stands in a box of that name, no longer than it may be."""
    kinds = {"number": NUMBERS, "place": PLACES, "name": NAMES}
    kind = next((kind for kind, pattern in kinds.items() if pattern.search(name)), "words")
    short = most is not None and most < 60
    if short and most < len(planted[kind]):  # type: ignore[operator]
        kind = "name"
    return planted[kind] if kind != "words" or short else f"She said {planted[kind]}."


def plant(database: cluster.Clone) -> dict[str, int]:
    """Every private text of every record becomes a canary where it lies: how many, by column.

    A column that keeps structured text, or whose rules a canary breaks, counts none.
    """
    link = psycopg2.connect(f"{admin()}/{database.name}")
    link.autocommit = True
    planted = {}
    with link.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica"
        )  # nobody's act, so no trigger hears of it
        for model in apps.get_models():
            for name, how in getattr(model, "PRIVACY", {}).items():
                column = model._meta.get_field(name)
                plain = isinstance(column, CharField | TextField) and not column.choices
                plain &= name != "secret"  # of a machine, and in a form of its own
                if how is Privacy.PUBLIC or not plain or not model._meta.managed:
                    continue
                fill = _sealed if isinstance(column, EncryptedTextField) else _plain
                try:
                    count = fill(cursor, model, column)
                except (psycopg2.IntegrityError, psycopg2.DataError):
                    count = 0
                planted[f"{model._meta.label}.{name}"] = count
    link.close()
    return planted


def admin() -> str:
    return os.environ["HOLDFAST_TEST_ADMIN"].rsplit("/", 1)[0]


def _plain(cursor: Any, model: type[Model], column: Any) -> int:
    canary = canary_for(column.column, OPEN, column.max_length)
    cursor.execute(
        f'UPDATE {model._meta.db_table} SET "{column.column}" = %s WHERE "{column.column}" <> \'\'',
        [canary],
    )
    return int(cursor.rowcount)


def _sealed(cursor: Any, model: type[Model], column: EncryptedTextField) -> int:
    table, key = model._meta.db_table, model._meta.pk.column  # type: ignore[union-attr]
    cursor.execute(f'SELECT {key}, "{column.column}" FROM {table} WHERE "{column.column}" <> \'\'')
    count = 0
    for row, value in cursor.fetchall():
        place = f"{table}.{column.column}:{row}"
        if unseal(value, place=place)[:1] in "[{":
            continue
        fresh = seal(canary_for(column.column, SEALED), place=place, found_by=column.found_by)
        cursor.execute(
            f'UPDATE {table} SET "{column.column}" = %s WHERE {key} = %s', [str(fresh), row]
        )
        count += 1
    return count


@dataclass
class Heard:
    """What an eavesdropper sees of many requests, each with where it was: everything but the page itself."""

    said: list[tuple[str, str]] = field(default_factory=list)
    forms: int = 0
    pages: int = 0

    def answer(self, response: Any, where: str) -> None:
        """Address, headers, cookies; of a page also its title and whatever it links to."""
        self.said.append((where, str(response.request["PATH_INFO"])))
        self.said.append((where, str(response.request.get("QUERY_STRING", ""))))
        self.said.append((where, str(response.headers)))
        self.said += [(where, str(cookie.value)) for cookie in response.cookies.values()]
        if "html" not in response.headers.get("Content-Type", ""):
            return
        page = Page(response.content.decode())
        self.said += [(where, title) for title in page.texts("title")]
        for element in page.all("a", "form", "link", "img", "script", "button"):
            for name in ("href", "action", "src", "formaction"):
                if not element.get(name, "").startswith(("tel:", "mailto:", "sms:")):
                    self.said.append((where, element.get(name, "")))

    def shown(self, canaries: re.Pattern[str]) -> list[str]:
        """Where a canary was seen."""
        return sorted(
            {w for w, words in self.said if canaries.search(unquote_plus(unescape(words)))}
        )


def sign_in(username: str) -> Client:
    client = Client(raise_request_exception=False)
    if username:
        with acting_as(engine("test")):
            client.force_login(User.objects.get(username=username))
    return client


def look(client: Client, path: str, heard: Heard) -> Any:
    response = client.get(path)
    assert response.status_code < 500, path
    heard.answer(response, path)
    heard.pages += 1
    return response


def fill_in(client: Client, path: str, response: Any, heard: Heard) -> None:
    """Each form of the page is sent with canaries in every box, as far as a machine can fill it in."""
    for form in forms_of(path, response.content.decode()):
        target = urlsplit(form.action).path
        sent = client.post(target, {box.name: typed(box) for box in form.boxes.values()})
        assert sent.status_code < 500, target
        heard.answer(sent, f"POST {target}")
        heard.forms += 1
        if sent.status_code == 302:
            look(client, sent.headers["Location"], heard)


def typed(box: Box) -> Any:
    """What a machine answers there: the first that is offered, or a canary."""
    if box.kind == "file":
        return SimpleUploadedFile(f"{TYPED['name']}.csv", canary_for("words", TYPED).encode())
    if box.kind in OFFERS:
        return next(filter(None, box.offered), "")
    if DAY_PART.search(box.name) or box.kind == "numeric":
        return box.ordinary
    if box.kind == "textarea":
        return canary_for(box.name, TYPED)
    return canary_for(f"{box.name} {box.kind.replace('tel', 'phone')}", TYPED, box.most)


@pytest.fixture(scope="module")
def site(django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The invented force with canaries for every private word; Django's connection is in it."""
    copy = seeded(f"{OWN_DATABASE.name}_canary")
    planted = plant(copy)
    for of in ("victims.Victim.called", "victims.SafeContact.details", "casework.Case.place"):
        assert planted[of], of
    assert sum(1 for count in planted.values() if count) > 75, planted
    with django_db_blocker.unblock():
        default = connections["default"]
        default.close()
        connections["aside"] = default
        default.settings_dict["NAME"] = copy.name
        try:
            call_command("search_keys", stdout=StringIO())
            yield Site("http://testserver", copy, tmp_path_factory.mktemp("canary") / "log")
        finally:
            default.close()
            default.settings_dict["NAME"] = OWN_DATABASE.name
            cluster.drop(copy.name)


def run_machines(site: Site, lines: list[str]) -> None:  # noqa: F811
    """The engine, messages and webhooks, as the months' reports too, now and after days; in real processes too."""
    for ahead in DAYS:
        with clocks.moved(timedelta(days=ahead)):
            call_command("followups", "--once", stdout=StringIO())
            events.number(clocks.now())
            delivery.turn(clocks.now())
    for words in (["followups", "--once"], ["cracks"]):
        ran = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=cluster.TREE,
            env=site.database.env,
            capture_output=True,
            text=True,
            check=False,
        )
        lines += [ran.stdout, ran.stderr]


def found(canaries: re.Pattern[str], text: str) -> list[str]:
    """Each canary in the text, with a little of what is around it."""
    return [text[max(0, hit.start() - 60) : hit.end() + 20] for hit in canaries.finditer(text)]


def outside(site: Site) -> dict[str, str]:
    """All that lies in the database or has left it and is no record of a person: each as one text."""
    texts = {"mail": "".join(str(message.message()) for message in mail.outbox)}
    stored = site.ask("SELECT session_data FROM accounts_session")
    texts["accounts_session"] = str([SessionStore().decode(each) for (each,) in stored])
    texts["config_cache"] = str(
        [base64.b64decode(value) for (value,) in site.ask("SELECT value FROM config_cache")]
    )
    texts["config_asked"] = str(site.ask("SELECT who FROM config_asked"))
    for model in apps.get_models():
        private = {
            model._meta.get_field(name).column
            for name, how in getattr(model, "PRIVACY", {}).items()
            if how is not Privacy.PUBLIC
        }
        table = model._meta.db_table
        if table not in {*texts, "accounts_auditevent"} and model._meta.managed:
            rows = site.ask(f"SELECT to_jsonb(t) - %s::text[] FROM {table} t", list(private))
            texts[table] = str(rows)
    return texts


def dump(site: Site) -> str:
    """What whoever finds a dump of the database reads."""
    pg_dump = postgres.binaries(Path(os.environ["HOLDFAST_TEST_ROOT"])) / "pg_dump"
    done = subprocess.run(
        [pg_dump, "--no-password", f"{admin()}/{site.database.name}"],
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def walk(site: Site) -> Heard:
    """Everybody looks at every page that is theirs, and sends every form on it."""
    heard = Heard()
    clients = {visit.who: sign_in(visit.who) for visit in VISITS.values()}
    seen = set()
    for name, visit in VISITS.items():
        if path := address_if_there(name, visit, site):
            look(clients[visit.who], path, heard)
            seen.add(name)
    assert len(seen) > 0.8 * len(VISITS), VISITS.keys() - seen
    for name, visit in VISITS.items():
        path = address_if_there(name, visit, site)
        if path and name not in ENDS_A_SESSION and (PROVE or name in JOURNEYS):
            fill_in(clients[visit.who], path, look(clients[visit.who], path, heard), heard)
    return heard


def test_a_page_that_breaks_says_nothing_of_what_it_was_about(
    site: Site,
    lines: list[str],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError(f"cannot save {TYPED['words']}")

    names = ("casework:case", "casework:find", "referrals:inbox-referral", "referrals:inbox-accept")
    opened = {
        name: (sign_in(VISITS[name].who), address_if_there(name, VISITS[name], site))
        for name in names
    }
    read = {
        name: re.findall(r'name="(version)" value="(\w*)"', client.get(path).content.decode())
        for name, (client, path) in opened.items()
    }
    monkeypatch.setattr("accounts.audit.record", breaks)
    for name, (client, path) in opened.items():
        boxes = {"sought": OPEN["name"], "worker_name": TYPED["name"], **dict(read[name])}
        answers = [client.get(path), client.post(path, boxes)]
        answer = max(answers, key=lambda each: each.status_code)
        assert answer.status_code == 500, name
        assert ANY.search(answer.content.decode()) is None
    assert [line for line in lines if ANY.search(line)] == []


def test_a_canary_is_on_the_pages_of_who_may_see_it_and_nowhere_else(
    site: Site,
    lines: list[str],  # noqa: F811
    settings: Any,
) -> None:
    heard = walk(site)
    assert heard.forms >= (90 if PROVE else 15)
    assert [where for where in heard.shown(ANY) if COURSES not in where] == []

    run_machines(site, lines)
    settings.METRICS_TOKEN = "right"
    numbers = Client().get("/metrics", headers={"authorization": "Bearer right"})
    assert numbers.status_code == 200
    lines.append(numbers.content.decode())
    assert [line for line in lines if ANY.search(line)] == []
    hits = {name: found(PLANTED, text) for name, text in outside(site).items()}
    assert {name: around for name, around in hits.items() if around} == {}

    dumped = dump(site)
    assert needles(OPEN).search(dumped), "what may lie in plain text is in a dump"
    assert needles(SEALED).findall(dumped) == []
