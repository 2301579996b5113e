"""Every number over a whole force's cases, and the training of its 5,000 officers: half a second for each page."""

from bench.measure import Row, Side, took
from bench.servers import Browser, served, sign_in
from config.management.commands.bench_data import LEAD
from followups.metrics.catalogue import NUMBERS

ALLOWED_MS = 500.0


def measure(*, rounds: int, times: int) -> list[Row]:
    """Each page as the specialist lead gets it, over a year: every case is within it."""
    lead = sign_in(LEAD)
    pages = [
        *((str(number.words), f"/numbers/{slug}?period=year") for slug, number in NUMBERS.items()),
        ("The training register of the force", "/training"),
    ]
    with served("config.settings") as port:
        return [
            half_a_second(what, Browser(port, [(path, lead)]), rounds * times)
            for what, path in pages
        ]


def half_a_second(what: str, browser: Browser, times: int) -> Row:
    """Not a ratio: the whole page, at the 95th percentile. Nothing on it may be left unchecked."""
    browser.get()  # the first one fills caches
    if b"could not check" in browser.get():
        raise SystemExit(f"{what} could not be read.")
    side = Side(tuple(took(browser.get) for _again in range(times)))
    allowed = Side((ALLOWED_MS,))
    notes = f"p95, as a page, {browser.kilobytes():.1f} KB gzip"
    return Row(what, "500 ms", side, allowed, side.p95 / ALLOWED_MS, 1.0, notes)
