"""The queue and the case page, against a bare list and the admin's change page."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bench.measure import Row, compare
from bench.numbers import half_a_second
from bench.servers import Browser, served, sign_in
from config.management.commands.bench_data import LEAD

SUPERVISORS = [f"bench{unit}" for unit in range(8)]
MOST_QUERIES, MOST_KILOBYTES, MOST_MS = 12, 30, 300


def measure(ids: list[tuple[str, str]], *, rounds: int, times: int) -> list[Row]:
    """Both pages; `ids` are cases of the first supervisor's unit, by id and reference."""
    cookies = [sign_in(name) for name in SUPERVISORS]
    mine = cookies[0]
    with served("config.settings") as product, served("bench.settings") as bare:
        queue = Browser(product, [("/work/team", cookie) for cookie in cookies])
        bare_list = Browser(bare, [("/bare", cookie) for cookie in cookies])
        case = Browser(product, [(f"/case/{reference}", mine) for _id, reference in ids])
        change = Browser(bare, [(f"/admin/casework/case/{pk}/change/", mine) for pk, _ref in ids])
        said = {
            "/work/team": _notes("/work/team", queue),
            "case": _notes(f"/case/{ids[0][1]}", case),
        }
        desks = Browser(product, [("/desk", cookie) for cookie in cookies])
        lead = Browser(product, [("/desk", sign_in(LEAD))])
        rows = _same_rows(queue, bare_list)
        return [
            half_a_second("The desk of a unit", desks, rounds * times),
            half_a_second("The desk of a whole force, for its specialist lead", lead, rounds * 3),
            compare(
                f"Supervisor queue, {rows} rows",
                "bare hand-written Django list",
                queue.get,
                bare_list.get,
                budget=1.2,
                rounds=rounds,
                times=times,
                notes=said["/work/team"],
            ),
            compare(
                "Open a case",
                "Django admin's change page",
                case.get,
                change.get,
                budget=1.0,
                rounds=rounds,
                times=times,
                notes=said["case"],
            ),
        ]


def _same_rows(queue: Browser, bare: Browser) -> int:
    """How many rows both show: 50 from about 30,000 cases on."""
    ours, theirs = queue.get().count(b"/case/HF-"), bare.get().count(b"/case/HF-")
    if not ours >= theirs > 0:
        raise SystemExit(f"Not the same rows: the queue shows {ours}, the bare list {theirs}.")
    return theirs


def _notes(path: str, browser: Browser) -> str:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username=SUPERVISORS[0]))
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    queries = [each for each in asked if not _is_frame(each["sql"])]
    return f"{browser.kilobytes():.1f} KB gzip, {len(queries)} queries"


def _is_frame(sql: str) -> bool:
    return sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
