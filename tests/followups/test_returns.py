"""What is shared with others: counts that equal a twin before they are rounded, and give back nobody afterwards."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import combinations
from unittest.mock import patch

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clocks
from accounts import small_numbers
from accounts.actors import Actor
from accounts.context import acting_as
from accounts.exports import DOWNLOADS, Sheet
from accounts.models import AuditEvent, User
from accounts.small_numbers import Cells
from casework.models import (
    DutyToNotify,
    NrmEvent,
    NrmReferral,
    NrmStatus,
    Safeguarding,
    Situation,
    SituationKind,
)
from casework.nrm.form import listed
from clocks import LONDON
from followups import returns
from followups.returns import Return, files, papers
from followups.returns.catalogue import COMMISSIONER, HOME_OFFICE
from followups.returns.recommendations import CONCERNS, RECOMMENDATIONS
from followups.returns.statements import nationalities
from pages.papers import Paper, as_pdf
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.followups.worlds import WORLDS, Told, build

Browser = Callable[[User], Client]
REFERRED, NOTIFIED, DECIDED = HOME_OFFICE
KINDS = st.lists(st.sampled_from(list(SituationKind)), max_size=3, unique=True)
SENT = st.lists(
    st.fixed_dictionaries(
        {
            "days": st.integers(0, 900),
            "status": st.sampled_from([NrmStatus.SUBMITTED, NrmStatus.WITHDRAWN]),
            "kinds": KINDS,
            "taken_out": st.booleans(),
            "nationality": st.sampled_from(["", "Albanian", "Welsh", "British", "from the north"]),
            "gender": st.sampled_from(["", "female", "male", "other"]),
            "child_then": st.sampled_from(["", "yes", "no", "not_sure"]),
            "age": st.sampled_from(["adult", "child", "unsure"]),
            "decided": st.lists(
                st.sampled_from(["received", "rg_positive", "rg_negative", "cg_positive"]),
                max_size=2,
            ),
            "notified": st.booleans(),
        }
    ),
    max_size=6,
)


def send(cast: Cast, told: dict, at: datetime) -> None:  # type: ignore[type-arg]
    """One person who was referred to the Home Office, or of whom it was notified."""
    then = at - timedelta(days=told["days"])
    victim = make_victim(
        age_band=told["age"], nationality=told["nationality"], gender=told["gender"]
    )
    case = make_case(victim=victim, owner=cast.olu, at=then)
    fact = {"scope": case.scope, "case": case, "at": then, "recorded_at": then, "by": cast.olu}
    referral = NrmReferral.objects.create(status=told["status"], **fact)
    for kind in told["decided"]:
        NrmEvent.objects.create(referral=referral, kind=kind, **fact)
    if told["notified"]:
        DutyToNotify.objects.create(**fact)
    part = {"scope": case.scope, "case": case, "changed_at": then, "changed_by": cast.olu}
    Safeguarding.objects.create(child_then=told["child_then"], **part)
    Situation.objects.create(kinds=told["kinds"], **part)
    if told["taken_out"]:
        out = {"taken_out_at": then, "taken_out_by": cast.olu, "why_taken_out": "Twice"}
        Situation.objects.create(kinds=["organs"], **out, **part)


def exactly(which: Return, by: Actor) -> Cells:
    """The cells as they were counted, before they are rounded: seen by nobody."""
    with patch("followups.returns.published", lambda _population, counts: dict(counts)):
        return returns.cells(which, by)


# What the returns count, once more, in Python and from the records alone.
GROUPS = {"forced_": "labour", "wages_": "labour", "prosti": "sexual", "child_": "sexual"}
GROUPS |= {"held_a": "sexual", "organs": "organs", "househ": "domestic"}
COUNTRIES = {"Albanian": "AL", "Welsh": "GB", "British": "GB"}


def kinds_of(told: dict) -> str:  # type: ignore[type-arg]
    kinds = {
        "criminal"
        if kind == "forced_crime"
        else GROUPS[kind[:6] if kind[:7] != "forced_" else "forced_"]
        for kind in told["kinds"]
        if kind != "other"
    }
    return "+".join(sorted(kinds)) or "not-known"


def age_of(told: dict) -> str:  # type: ignore[type-arg]
    if told["child_then"] == "yes" or told["age"] == "child":
        return "child"
    return "adult" if told["child_then"] == "no" else "not-known"


def expected(sent: list[dict], at: datetime) -> dict[str, Counter]:  # type: ignore[type-arg]
    today = at.astimezone(LONDON).date()
    whole = returns.quarters(today)
    found: dict[str, Counter] = {slug: Counter() for slug in ("referred", "notified", "decided")}  # type: ignore[type-arg]
    for told in sent:
        then = (at - timedelta(days=told["days"])).astimezone(LONDON)
        quarter = f"{then.year} Q{(then.month - 1) // 3 + 1}"
        if quarter not in whole:
            continue
        country = COUNTRIES.get(told["nationality"], "not-known")
        gender = told["gender"] or "not-known"
        if told["status"] != "withdrawn":
            found["referred"][quarter, age_of(told), gender, country, kinds_of(told)] += 1
        if told["notified"]:
            found["notified"][quarter, gender, country, "notified"] += 1
        for kind in told["decided"]:
            if kind != "received":
                found["decided"][quarter, age_of(told), country, kind] += 1
    return found


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(sent=SENT, age=st.integers(0, 400))
def test_a_return_for_the_home_office_counts_what_was_recorded_in_whole_quarters(
    db: None,
    sent: list[dict],
    age: int,  # type: ignore[type-arg]
) -> None:
    cast = Cast()
    with transaction.atomic():
        at = clocks.now()
        for told in sent:
            send(cast, told, at)
        with acting_as(cast.actor("ines")):
            for which in HOME_OFFICE:
                found = exactly(which, cast.actor("ines"))
                assert found == expected(sent, at)[which.number.slug], which.number.slug
        transaction.set_rollback(True)


def test_the_quarters_are_the_eight_whole_ones_that_ended_last() -> None:
    assert returns.quarters(date(2026, 3, 31))[::7] == ["2024 Q1", "2025 Q4"]
    assert returns.quarters(date(2026, 4, 1))[::7] == ["2024 Q2", "2026 Q1"]
    assert len(set(returns.quarters(date(2028, 2, 29)))) == returns.QUARTERS


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(world=WORLDS)
def test_a_return_of_what_is_a_number_counts_what_the_number_counts(
    db: None, world: list[Told]
) -> None:
    cast = Cast()
    with transaction.atomic():
        at = clocks.now()
        for told in world:
            build(cast, told, at)
        by = cast.actor("ines")
        with acting_as(by):
            for which in COMMISSIONER:
                asked = returns.asked(which, by)
                whole = returns.metrics.answer(which.number, asked, which.number.sides[0])
                found = small_numbers.summed(exactly(which, by), -1)
                counted = {(part,): count for part, count in whole.parts.items() if count}
                assert found == counted, which.number.slug
        transaction.set_rollback(True)


def said_in(by: Actor) -> list[int]:
    """Every number that stands in any file or page of counts that this person can make now."""
    with acting_as(by):
        found = [
            int(cell)
            for paper in (papers.commissioner(by), papers.home_office(by))
            for section in paper.sections
            for table in section.tables
            for row in table.rows
            for cell in row[1:]
        ]
        for slug, narrowed in AGGREGATES:
            body = DOWNLOADS[slug].make(by, narrowed).body
            if isinstance(body, Sheet):
                found += [int(cell) for row in body.rows for cell in row if cell.isdigit()]
        found.append(len(files.htcds(REFERRED, returns.cells(REFERRED, by))[1]))
    return found


AGGREGATES: list[tuple[str, dict[str, str]]] = [
    *(("return", {"of": each.number.slug}) for each in HOME_OFFICE),
    ("numbers", {}),
    *(
        ("number", {"of": slug, "by": side, "period": period})
        for slug, sides in (
            ("experience", ["question", "point", "place"]),
            ("disengaging", ["stopping"]),
        )
        for side in sides
        for period in ("month", "year")
    ),
]


def test_every_file_of_counts_is_among_those_that_are_subtracted() -> None:
    counts = {slug for slug, each in DOWNLOADS.items() if not each.second_look}
    lists_given_back = {"list-results", "training-results"}
    assert counts - lists_given_back == {"return", "numbers", "htcds", "commissioner"}


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(months=st.lists(st.tuples(WORLDS, SENT), min_size=2, max_size=3))
def test_no_subtraction_between_any_two_files_over_time_gives_back_a_count_under_five(
    db: None,
    months: list[tuple[list[Told], list[dict]]],  # type: ignore[type-arg]
) -> None:
    cast = Cast()
    said: set[int] = set()
    with transaction.atomic():
        for world, sent in months:
            at = clocks.now()
            for told in world:
                build(cast, told, at)
            for each in sent:
                send(cast, each, at)
            said |= set(said_in(cast.actor("ines")))
        transaction.set_rollback(True)
    assert not {abs(one - other) for one, other in combinations(said | {0}, 2)} & {1, 2, 3, 4}


def all_tables(found: Cells, ways: int) -> list[Cells]:
    """Each way to part the same cells that any file can have."""
    return [
        small_numbers.summed(found, *places)
        for many in range(ways + 1)
        for places in combinations(range(ways), many)
    ]


CELLS = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from("mn")),
    st.integers(1, 12),
    max_size=8,
)


@given(first=CELLS, later=CELLS, chosen=st.integers(0, 100))
def test_whoever_holds_every_table_ever_made_cannot_tell_a_count_under_five_from_another(
    first: dict,
    later: dict,
    chosen: int,  # type: ignore[type-arg]
) -> None:
    every = sorted(set(first) | set(later))
    if not every:
        return
    cell = every[chosen % len(every)]
    up = {each: small_numbers.secret("return", *each) for each in every}

    def tables(counts: Cells, secrets: Cells) -> list[Cells]:
        with patch.object(small_numbers, "secret", lambda _population, *codes: secrets[codes]):
            return all_tables(small_numbers.published(("return",), counts), 3)

    known = [tables(counts, up) for counts in (first, later)]
    secret, step = (up[cell] - 1, -1) if up[cell] > 1 else (2, 1)
    others = [
        counts | {cell: counts[cell] + step} if counts.get(cell) else counts
        for counts in (first, later)
    ]
    assert [tables(counts, up | {cell: secret}) for counts in others] == known


def test_two_tables_of_one_population_rounded_apart_would_give_a_count_back() -> None:
    """Why the cells are rounded once: four cells of one each, and the same people as one cell of four."""
    apart = [small_numbers.rounded(1, 1) for _each in range(4)]  # each is at least 1
    together = small_numbers.rounded(4, 5)  # at most 4
    assert (apart, together) == ([5, 5, 5, 5], 0)
    once = {(f"cell{each}",): 1 for each in range(4)}
    found = small_numbers.published(("p",), once)
    assert sum(small_numbers.summed(found).values()) == sum(found.values())


def test_what_rounds_to_nothing_is_not_named() -> None:
    counts = {(str(each),): 1 for each in range(40)}
    found = small_numbers.published(("names",), counts)
    assert 0 < len(found) < len(counts)
    assert set(found.values()) == {5}


def many(cast: Cast, how_many: int = 12) -> None:
    at = clocks.now() - timedelta(days=120)
    for each in range(how_many):
        told = {
            "days": 0, "status": NrmStatus.SUBMITTED, "taken_out": False, "nationality": "Albanian",
            "kinds": ["forced_work", "forced_crime"] if each % 2 else [], "child_then": "no",
            "gender": "female" if each % 2 else "", "age": "adult", "decided": ["rg_positive"],
            "notified": True,
        }  # fmt: skip
        send(cast, told, at)


def take(browser: Client, slug: str, query: str = "") -> bytes:
    answer = browser.post(
        f"/exports/take/{slug}{query}",
        {"reason": "inspection", "words": "They asked", "goes": "inside"},
    )
    assert answer.status_code == 200, answer.content
    return answer.content


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:-1]


def test_the_home_offices_table_has_the_columns_that_it_publishes(
    cast: Cast, client_of: Browser
) -> None:
    many(cast)
    headings, *rows = lines_of(take(client_of(cast.ines), "return", "?of=referred"))
    assert headings == [
        *("First responder type", "First responder", "Quarter", "Age at exploitation", "Gender"),
        *("Nationality", "Exploitation type", "Number of people"),
    ]
    assert rows
    for row in rows:
        assert row[:2] == ["Police", cast.force.name]
        assert row[3:5] in (["18 or over", "Female"], ["18 or over", "Not known"])
        assert row[5] == "Albanian"
        assert int(row[7]) in (5, 10)


def test_a_file_for_research_has_a_line_for_each_of_the_rounded_people_in_the_standards_words(
    cast: Cast, client_of: Browser
) -> None:
    many(cast)
    headings, *rows = lines_of(take(client_of(cast.ines), "htcds"))
    assert headings == list(files.HTCDS)
    assert len(rows) % small_numbers.LEAST == 0
    assert set(Counter(map(tuple, rows)).values()) <= {5, 10}
    for gender, country, kinds, status, *_ours in rows:
        assert gender in {"Feminine", "NonSpecifiedUnknown"}
        assert country == "AL"
        assert kinds in {"Other;ForcedLabour", ""}
        assert status == "PossibleVictimOfTrafficking"


def test_every_nationality_of_the_form_has_a_country_of_two_letters() -> None:
    assert {each.strip() for each in listed("nationalities")} - {"Unknown"} == set(nationalities())
    assert all(len(code) == 2 and code.isupper() for code in nationalities().values())


@pytest.mark.parametrize("page", ["/returns/commissioner", "/returns/home-office"])
def test_a_page_of_counts_that_cannot_be_asked_says_so_and_never_zero(
    cast: Cast, client_of: Browser, page: str
) -> None:
    browser = client_of(cast.ines)
    with patch("followups.returns.metrics.cells", side_effect=DatabaseError):
        answer = browser.get(page)
    assert answer.status_code == 503
    assert "could not check" in answer.content.decode().lower()
    assert "<table" not in answer.content.decode()


def test_the_page_and_the_pdf_say_the_same_and_the_pdf_is_tagged_and_marked(
    cast: Cast, client_of: Browser
) -> None:
    browser = client_of(cast.ines)
    assert browser.get("/returns/commissioner").status_code == 200
    pdf = take(browser, "commissioner")
    assert pdf.startswith(b"%PDF-")
    for tag in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"pdfuaid"):
        assert tag in pdf, tag
    assert AuditEvent.objects.filter(actor_id=cast.ines.pk, verb="export.taken").count() == 1


def test_the_words_of_a_paper_are_never_carried_out() -> None:
    hostile = '#panic("x") $x$ *b* \\ <tag> @x `r` // gone /* */ #sys.inputs'
    paper = Paper(hostile, [hostile], [])
    assert as_pdf(paper, hostile, clocks.now()).startswith(b"%PDF-")


def test_an_inspector_reads_the_evidence_of_each_recommendation(
    cast: Cast, client_of: Browser
) -> None:
    make_case(owner=cast.olu)
    answer = client_of(cast.ines).get("/returns/recommendations")
    assert answer.status_code == 200
    page = answer.content.decode()
    for each in (*RECOMMENDATIONS, *CONCERNS):
        assert str(each.words) in page.replace("&#x27;", "'")
        assert each.numbers or each.pages
    assert "1 open cases" in page or "of 1 open cases" in page


def test_a_number_of_the_evidence_that_cannot_be_asked_says_so_and_the_others_stand(
    cast: Cast, client_of: Browser
) -> None:
    make_case(owner=cast.olu)
    real = returns.metrics.answer

    def breaks(number, *rest):  # type: ignore[no-untyped-def]
        if number.slug == "skills":
            raise DatabaseError
        return real(number, *rest)

    with patch("followups.metrics.answer", breaks):
        answer = client_of(cast.ines).get("/returns/recommendations")
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "could not check" in page.lower()
    assert "spoken with" in page


@pytest.mark.parametrize("page", ["", "/commissioner", "/home-office", "/recommendations"])
def test_only_whoever_leads_the_force_shares_what_was_learned(
    cast: Cast, client_of: Browser, page: str
) -> None:
    assert client_of(cast.ines).get(f"/returns{page}").status_code == 200
    assert client_of(cast.sade).get(f"/returns{page}").status_code == 403
