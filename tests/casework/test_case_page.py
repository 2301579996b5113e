"""The pages of a case: what is always on them, what never is, and what they cost."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.models import AuditEvent, User
from casework.actions.linking import link, merge
from casework.actions.operations import put_into_operation, share_fact, start_operation
from casework.models import Case, CaseEvent, CaseStatus, EventKind
from pages.answers import Answer
from tests.builders import make_case, make_victim
from tests.casework.steps import phone_rule, spoke
from tests.cast import Cast
from victims.actions import tell_topic
from victims.models import AgeBand, RiskLevel, Topic

Open = Callable[[User], Client]
PAGES = (
    *("", "/history", "/print", "/contact", "/safe-contact", "/told", "/consent", "/risk"),
    *("/person", "/age", "/age/disputed", "/missing"),
    *("/edit", "/safety", "/crime", "/authority", "/needs", "/nrm", "/review", "/close"),
    *("/countersign", "/reopen", "/investigation", "/inform", "/happened/arrested", "/guardian"),
    *("/enhanced", "/section-45", "/section-45/review"),
    *("/immigration", "/immigration/decide", "/immigration/shared"),
)
NAME = "Thanh Mai Quynh"
FRAME = re.compile(r"SAVEPOINT|set_config|SET LOCAL ROLE")


def named_case() -> Case:
    return make_case(victim=make_victim(called=NAME, language="Vietnamese", interpreter=Answer.YES))


def questions_asked(browser: Client, address: str) -> list[str]:
    """The queries of one page, without those that only frame the transaction."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return [query["sql"] for query in asked if not FRAME.search(query["sql"])]


def make_lines(case: Case, count: int) -> None:
    at = clocks.now()
    CaseEvent.objects.bulk_create(
        CaseEvent(
            scope=case.scope,
            case=case,
            kind=EventKind.NOTE,
            at=at - timedelta(hours=hour),
            by=case.owner,
            recorded_at=at,
            text=f"Line {hour}.",
        )
        for hour in range(count)
    )


@pytest.mark.parametrize("page", PAGES)
def test_no_title_and_no_address_carries_a_name(page: str, cast: Cast, client_of: Open) -> None:
    case = named_case()
    content = client_of(cast.sade).get(f"/case/{case.reference}{page}").content.decode()
    title = re.search(r"<title>(.*?)</title>", content, re.DOTALL)
    assert title
    assert case.reference in title[1]
    for part in NAME.split():
        assert part not in title[1]
        assert not re.search(rf'(href|action|data-draft-url)="[^"]*{part}', content)


@pytest.mark.parametrize("page", PAGES)
def test_every_look_is_on_record_before_the_page_leaves(
    page: str, cast: Cast, client_of: Open
) -> None:
    case = named_case()
    client_of(cast.sade).get(f"/case/{case.reference}{page}")
    viewed = AuditEvent.objects.get(verb="case.viewed", subject_id=str(case.pk))
    assert viewed.actor_id == cast.sade.pk


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("username", ["petra", "dov", "wyn", "gus"])
def test_out_of_reach_there_is_no_such_page(
    username: str, page: str, cast: Cast, client_of: Open
) -> None:
    case = named_case()
    response = client_of(getattr(cast, username)).get(f"/case/{case.reference}{page}")
    assert response.status_code in {403, 404}
    assert NAME not in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("status", CaseStatus.values)
def test_every_page_opens_in_every_state(
    page: str, status: str, cast: Cast, client_of: Open
) -> None:
    case = make_case(status=CaseStatus(status))
    assert client_of(cast.sade).get(f"/case/{case.reference}{page}").status_code == 200


def test_the_header_says_who_this_is_and_who_holds_it(cast: Cast, client_of: Open) -> None:
    case = named_case()
    page = client_of(cast.olu).get(f"/case/{case.reference}").content.decode()
    bar = page[page.index("app-identity") : page.index("<main")]
    for words in ("Adult", "Vietnamese", "needs an interpreter", "PC Olu Adeyemi", case.reference):
        assert words in bar
    assert NAME not in bar
    assert "Who can see this case" in page
    assert "Officers of Harbour Road Response" in page


def test_an_empty_case_says_so_in_every_place(cast: Cast, client_of: Open) -> None:
    case = make_case(status=CaseStatus.NEW, victim=make_victim(age_band=AgeBand.UNSURE))
    page = client_of(cast.sade).get(f"/case/{case.reference}").content.decode()
    for sentence in (
        "We do not know yet how to reach them safely",
        "Language not known",
        "the duty supervisor of Harbour Road Response holds it",
        "Nobody has spoken with them yet",
        "No crime recorded yet",
        "Not told yet",
        "Not decided yet",
        "Nothing has been recorded yet.",
    ):
        assert sentence in page
    assert page.count("Not asked") >= len(Topic)


def test_a_forbidden_way_comes_first_and_in_red(cast: Cast, client_of: Open) -> None:
    case, olu = named_case(), cast.actor("olu")
    phone_rule(case, olu, channel="email", safe=Answer.YES)
    phone_rule(case, olu, safe=Answer.NO)
    page = client_of(cast.olu).get(f"/case/{case.reference}").content.decode()
    assert page.index("Do not use: phone call") < page.index("Safe: e-mail")
    assert page.count("app-contact-rule--forbid") == 1
    assert page.index("Do not use: phone call") < page.index("What to do next")
    assert page.index("What to do next") < page.index("Record what happened")


def test_a_second_officer_sees_what_was_told_who_heard_it_and_where(
    cast: Cast, client_of: Open
) -> None:
    case = named_case()
    tell_topic(
        victim=case.victim,
        by=cast.actor("olu"),
        topic=Topic.WORK,
        state="told",
        heard_at=clocks.now(),
        where_recorded="BWV 4411",
    )
    page = client_of(cast.sade).get(f"/case/{case.reference}").content.decode()
    told = page[page.index("Already told us") : page.index("Where things stand")]
    for words in ("Told us", "PC Olu Adeyemi", "BWV 4411"):
        assert words in told


def test_five_lines_are_on_the_case_and_all_on_its_history(cast: Cast, client_of: Open) -> None:
    case, browser = named_case(), client_of(cast.olu)
    make_lines(case, 30)
    page = browser.get(f"/case/{case.reference}").content.decode()
    assert re.findall(r"Line \d+", page) == [f"Line {n}" for n in range(5)]
    first = browser.get(f"/case/{case.reference}/history").content.decode()
    second = browser.get(f"/case/{case.reference}/history?page=2").content.decode()
    shown = re.findall(r"Line \d+", first) + re.findall(r"Line \d+", second)
    assert shown == [f"Line {n}" for n in range(30)]


def test_the_case_costs_the_same_at_one_line_and_at_fifty(cast: Cast, client_of: Open) -> None:
    case, browser = named_case(), client_of(cast.olu)
    address = f"/case/{case.reference}"
    make_lines(case, 1)
    phone_rule(case, cast.actor("olu"))
    browser.get(address)
    at_one = questions_asked(browser, address)
    make_lines(case, 49)
    at_fifty = questions_asked(browser, address)
    assert len(at_fifty) == len(at_one)
    assert len(at_fifty) <= 12, "\n".join(at_fifty)


def test_an_operation_and_a_merged_record_cost_one_question_more(
    cast: Cast, client_of: Open
) -> None:
    case, other = named_case(), named_case()
    browser, address = client_of(cast.olu), f"/case/{case.reference}"
    browser.get(address)
    alone = questions_asked(browser, address)
    made = link(case=case, other=other, by=cast.actor("olu"), reason="Same phone")
    merge(case=case, link=made, by=cast.actor("sade"), reason="She confirmed it")
    operation = start_operation(name="Osprey", by=cast.actor("ines"))
    put_into_operation(case=case, operation=operation, by=cast.actor("ines"))
    share_fact(operation=operation, by=cast.actor("ines"), kind="place", text="The yard at Pier 4")
    together = questions_asked(browser, address)
    assert len(together) == len(alone) + 1 == 12, "\n".join(sql[:200] for sql in together)
    page = browser.get(address).content.decode()
    assert other.reference in page
    assert "The yard at Pier 4" in page


def test_a_closed_case_offers_to_open_it_again_and_nothing_else(
    cast: Cast, client_of: Open
) -> None:
    case = make_case(status=CaseStatus.CLOSED)
    page = client_of(cast.olu).get(f"/case/{case.reference}").content.decode()
    assert "This case was closed on" in page
    assert "Open it again" in page
    assert "Record what happened" not in page
    assert "Record or change" not in page


def test_who_may_not_do_it_is_not_offered_it(cast: Cast, client_of: Open) -> None:
    case = named_case()
    page = client_of(cast.rhys).get(f"/case/{case.reference}").content.decode()
    acts = page[page.index('id="acts"') : page.index("Who can see this case")]
    assert f'href="/case/{case.reference}/safety"' in acts
    for act in ("crime", "nrm", "review", "assign", "close"):
        assert f'href="/case/{case.reference}/{act}"' not in acts


def test_paper_carries_its_marking_who_made_it_and_no_number(cast: Cast, client_of: Open) -> None:
    case, olu = named_case(), cast.actor("olu")
    phone_rule(case, olu, details="07700 900456")
    spoke(case, olu, note="I want to see my son")
    page = client_of(cast.olu).get(f"/case/{case.reference}/print").content.decode()
    for words in ("OFFICIAL-SENSITIVE", "Made for PC Olu Adeyemi", "I want to see my son"):
        assert words in page
    assert "900456" not in page


def test_high_risk_is_said_on_every_page(cast: Cast, client_of: Open) -> None:
    case = make_case(victim=make_victim(risk=RiskLevel.HIGH))
    assert (
        "High risk" in client_of(cast.olu).get(f"/case/{case.reference}/contact").content.decode()
    )
