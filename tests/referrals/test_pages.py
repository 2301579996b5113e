"""The pages: an officer sends and follows, an agency's worker answers; refusals, no names, few queries."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.models import AuditEvent, User
from casework.models import Case, CaseEvent
from referrals import actions
from referrals.disclosure import Item
from referrals.models import SupportReferral
from referrals.views import inbox
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.referrals.builders import (
    agree,
    make_draft,
    make_in,
    make_safe_contact,
    make_sent,
    make_service,
    officer,
    press_send,
    system,
)

Browser = Callable[[User], Client]


@pytest.fixture
def case(cast: Cast) -> Case:
    case = make_case(
        victim=make_victim(
            called="Planted Name", language="Vietnamese", interpreter="yes", risk="standard"
        )
    )
    make_safe_contact(case)
    return case


def test_an_officer_sends_a_referral_step_by_step(
    client_of: Browser, cast: Cast, case: Case
) -> None:
    service = make_service()
    agree(case)
    olu = client_of(cast.olu)
    start = olu.get(f"/case/{case.reference}/referrals/new")
    assert start.status_code == 200
    asked = "needs=outreach&urgent=on&gender=women&place=Fellgate&access=step_free"
    agencies = f"/case/{case.reference}/referrals/agencies?{asked}"
    offered = olu.get(agencies)
    assert "Harbour Support: Outreach" in offered.content.decode()
    assert "Speaks Vietnamese" in offered.content.decode()
    chosen = olu.post(
        agencies,
        {
            "needs": ["outreach"],
            "urgent": "True",
            "service": str(service.pk),
            "gender": "women",
            "place": "Fellgate",
            "access": ["step_free"],
        },
    )
    referral = SupportReferral.objects.get(case=case)
    assert chosen["Location"] == f"/referral/{referral.pk}/share"
    assert olu.get(chosen["Location"]).status_code == 200
    ticked = olu.post(
        chosen["Location"], {"items": ["name", "safe_contact"], "told_to": "team", "version": "1"}
    )
    assert ticked["Location"] == f"/referral/{referral.pk}/check"
    page = olu.get(ticked["Location"]).content.decode()
    assert "Send referral to Harbour Support" in page
    sent = press_send(olu, referral)
    assert "Referral sent to Harbour Support." in olu.get(sent["Location"]).content.decode()
    found = SupportReferral.objects.get(pk=referral.pk)
    assert (found.status, found.urgent, found.items) == ("sent", True, ["name", "safe_contact"])
    assert (found.gender, found.place, found.access) == ("women", "Fellgate", ["step_free"])


def test_without_agreement_the_page_says_so_and_the_server_refuses(
    client_of: Browser, cast: Cast, case: Case
) -> None:
    referral = make_draft(case)
    olu = client_of(cast.olu)
    page = olu.get(f"/referral/{referral.pk}/check").content.decode()
    assert "They have not been asked about sharing with an agency" in page
    assert "Send referral to" not in page
    assert olu.post(f"/referral/{referral.pk}/check").status_code == 403
    assert SupportReferral.objects.get(pk=referral.pk).status == "draft"
    assert AuditEvent.objects.filter(detail__tried="referral.send").exists()


def test_the_check_page_shows_what_leaves_and_when_but_no_number(
    client_of: Browser, cast: Cast, case: Case
) -> None:
    agree(case)
    referral = make_draft(case)
    page = client_of(cast.olu).get(f"/referral/{referral.pk}/check")
    at_once, after = (dict(page.context[name]) for name in ("minimum", "more"))
    assert at_once["Language and dialect"] == [[("", "Vietnamese")]]
    assert after["What they want to be called"] == [[("", "Planted Name")]]
    assert set(after) == {Item(item).label for item in referral.items}
    words = page.content.decode()
    assert "What Harbour Support sees at once" in words
    assert "Mornings before ten" in words
    assert "Goes along; not shown on this page" in words
    assert "07700" not in words
    looks = AuditEvent.objects.filter(detail__page="referral-check")
    assert {(row.verb, tuple(row.detail["items"])) for row in looks} == {
        ("supportreferral.viewed", tuple(referral.items)),
        ("case.viewed", tuple(referral.items)),
    }


def chosen(referral: SupportReferral) -> None:
    actions.choose_items(
        referral=referral,
        items=["name", "risk"],
        legal_basis="",
        told_to="team",
        no_contact_reason="through_us",
        by=officer(),
    )


def another_number(referral: SupportReferral) -> None:
    make_safe_contact(referral.case, details="07700 900999")


def another_name(referral: SupportReferral) -> None:
    type(referral.case.victim).objects.filter(pk=referral.case.victim_id).update(called="Other")


@pytest.mark.parametrize("changes", [chosen, another_number, another_name])
def test_what_changed_after_it_was_checked_is_not_sent_but_shown_again(
    client_of: Browser, cast: Cast, case: Case, changes: Callable[[SupportReferral], None]
) -> None:
    agree(case)
    referral, olu = make_draft(case), client_of(cast.olu)
    address = f"/referral/{referral.pk}/check"
    seen = olu.get(address).context["form"]
    changes(referral)
    answer = olu.post(address, {name: seen[name].value() for name in ("version", "checked")})
    assert answer.status_code == 409
    assert "has changed since you" in answer.content.decode()
    assert SupportReferral.objects.get(pk=referral.pk).status == "draft"
    again = answer.context["form"]
    olu.post(address, {name: again[name].value() for name in ("version", "checked")})
    assert SupportReferral.objects.get(pk=referral.pk).status == "sent"


@pytest.mark.parametrize("said", [{}, {"version": "1"}, {"checked": "x"}, {"version": "x"}])
def test_what_was_never_checked_is_not_sent(
    client_of: Browser, cast: Cast, case: Case, said: dict[str, str]
) -> None:
    agree(case)
    referral = make_draft(case)
    answer = client_of(cast.olu).post(f"/referral/{referral.pk}/check", said)
    assert answer.status_code == 409
    assert SupportReferral.objects.get(pk=referral.pk).status == "draft"


def test_a_child_needs_the_ticked_legal_basis(client_of: Browser, cast: Cast) -> None:
    child = make_case(victim=make_victim(age_band="child"))
    referral = make_draft(child)
    olu = client_of(cast.olu)
    address = f"/referral/{referral.pk}/share"
    refused = olu.post(address, {"items": ["name"], "version": "1"})
    assert refused.status_code == 400
    assert "Tick this to share about a child" in refused.content.decode()
    olu.post(
        address,
        {
            "items": ["name"],
            "safeguarding": "on",
            "version": "1",
            "told_to": "team",
            "no_contact_reason": "carer",
        },
    )
    assert press_send(olu, referral).status_code == 302
    assert SupportReferral.objects.get(pk=referral.pk).status == "sent"


def test_ticking_on_an_old_page_keeps_the_ticks_and_says_why(
    client_of: Browser, cast: Cast, case: Case
) -> None:
    referral = make_draft(case)
    answer = client_of(cast.olu).post(
        f"/referral/{referral.pk}/share", {"items": ["risk"], "told_to": "team", "version": "0"}
    )
    assert answer.status_code == 400
    assert "has changed since you read it" in answer.content.decode()
    assert 'value="risk"' in answer.content.decode()
    assert "risk" not in SupportReferral.objects.get(pk=referral.pk).items


@pytest.mark.parametrize("query", ["", "needs=", "needs=gold"])
def test_no_need_chosen_is_said_in_words(
    client_of: Browser, cast: Cast, case: Case, query: str
) -> None:
    answer = client_of(cast.olu).get(f"/case/{case.reference}/referrals/agencies?{query}")
    assert answer.status_code == 400


def test_no_agency_that_fits_is_said_in_words(client_of: Browser, cast: Cast, case: Case) -> None:
    address = f"/case/{case.reference}/referrals/agencies?needs=work"
    assert (
        "No agency in the directory meets this" in client_of(cast.olu).get(address).content.decode()
    )


@pytest.mark.parametrize(
    "status", ["draft", "sent", "needs_info", "accepted", "declined", "in_error"]
)
def test_the_case_says_whose_turn_each_referral_is(
    client_of: Browser, cast: Cast, case: Case, status: str
) -> None:
    make_in(status, case) if status == "draft" else (agree(case), make_in(status, case))
    page = client_of(cast.olu).get(f"/case/{case.reference}/referrals").content.decode()
    words = {
        "draft": "You: finish it and send it",
        "sent": "Harbour Support: accept or decline",
        "needs_info": "You: answer the agency&#x27;s question",
        "accepted": "Harbour Support: make first contact with the person",
        "declined": "You: find other support",
        "in_error": "You: find other support for what was called off",
    }
    assert words[status] in page
    assert "Planted" not in page


def test_an_officer_answers_and_keeps_what_was_typed(
    client_of: Browser, cast: Cast, case: Case
) -> None:
    agree(case)
    referral = make_in("needs_info", case)
    address = f"/referral/{referral.pk}/answer/{referral.questions.get().pk}"
    olu = client_of(cast.olu)
    assert "Enter your answer" in olu.post(address, {"answer": " "}).content.decode()
    assert olu.post(address, {"answer": "On Monday"}).status_code == 302
    page = olu.get(f"/referral/{referral.pk}").content.decode()
    assert "On Monday" in page


@pytest.mark.parametrize(("step", "status"), [("withdraw", "withdrawn"), ("in-error", "in_error")])
def test_an_officer_ends_a_referral_after_one_more_question(
    client_of: Browser, cast: Cast, case: Case, step: str, status: str
) -> None:
    agree(case)
    referral = make_in("accepted", case)
    olu = client_of(cast.olu)
    assert olu.get(f"/referral/{referral.pk}/{step}").status_code == 200
    assert SupportReferral.objects.get(pk=referral.pk).status == "accepted"
    olu.post(f"/referral/{referral.pk}/{step}")
    assert SupportReferral.objects.get(pk=referral.pk).status == status


def test_after_a_decline_a_link_leads_to_another_agency_and_settles_nothing(
    client_of: Browser, cast: Cast, case: Case
) -> None:
    agree(case)
    referral, olu = make_in("declined", case), client_of(cast.olu)
    page = olu.get(f"/referral/{referral.pk}").content.decode()
    link = f"/case/{case.reference}/referrals/new?after={referral.pk}"
    assert f'href="{link}"' in page
    initial = {"needs": ["outreach"], "urgent": False, "gender": "any", "place": "", "access": []}
    assert olu.get(link).context["form"].initial == initial
    again = olu.get(f"/referral/{referral.pk}").content.decode()
    assert "Nobody is asked now about: a support worker who visits" in again
    assert SupportReferral.objects.get(pk=referral.pk).decline_handled_at is None


@pytest.mark.parametrize("after", ["", "no-id", "0c8b8a4e-6f0e-4c3e-9f54-0d4b1a3b7a11"])
def test_what_follows_no_referral_starts_from_the_needs_assessment(
    client_of: Browser, cast: Cast, case: Case, after: str
) -> None:
    page = client_of(cast.olu).get(f"/case/{case.reference}/referrals/new?after={after}")
    assert page.context["form"].initial == {"needs": [], "urgent": False}


def test_that_no_other_support_is_needed_is_said_with_a_reason(
    client_of: Browser, cast: Cast, case: Case
) -> None:
    agree(case)
    referral, olu = make_in("declined", case), client_of(cast.olu)
    address = f"/referral/{referral.pk}/no-other-support"
    assert "Nobody is asked now about" in olu.get(address).content.decode()
    assert "Choose why no other support is needed" in olu.post(address).content.decode()
    untold = olu.post(address, {"reason": "other", "why": ""})
    assert untold.status_code == 400
    assert "Say why no other support is needed" in untold.content.decode()
    assert SupportReferral.objects.get(pk=referral.pk).decline_handled_at is None
    olu.post(address, {"reason": "other", "why": "Planted: her aunt helps."})
    page = olu.get(f"/referral/{referral.pk}").content.decode()
    assert "Planted: her aunt helps." in page
    assert "Find other support" not in page
    assert "Nothing is left open here" in olu.get(address).content.decode()


def test_once_another_is_asked_the_one_that_declined_waits_for_nothing(
    client_of: Browser, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(case)
    begun, wall = clocks.now(), iter(range(1, 1000))
    monkeypatch.setattr(clocks, "now", lambda: begun + timedelta(seconds=next(wall)))
    referral = make_in("declined", case)
    make_sent(case, "beacon")
    olu = client_of(cast.olu)
    for address in (f"/referral/{referral.pk}", f"/case/{case.reference}/referrals"):
        page = olu.get(address).content.decode()
        assert "Nothing more to do" in page
        assert "find other support" not in page


@pytest.mark.parametrize("username", ["petra", "wyn", "hana", "lena", "ming"])
def test_nobody_else_opens_an_officers_referral(
    client_of: Browser, cast: Cast, case: Case, username: str
) -> None:
    agree(case)
    referral = make_in("accepted", case)
    browser = client_of(getattr(cast, username))
    for address in (
        f"/case/{case.reference}/referrals",
        f"/case/{case.reference}/referrals/new",
        f"/referral/{referral.pk}",
        f"/referral/{referral.pk}/withdraw",
    ):
        assert browser.get(address).status_code in {403, 404}
    assert browser.post(f"/referral/{referral.pk}/withdraw").status_code in {403, 404}
    assert SupportReferral.objects.get(pk=referral.pk).status == "accepted"


def test_a_worker_answers_in_the_inbox_from_first_look_to_the_end(
    client_of: Browser, cast: Cast, case: Case
) -> None:
    agree(case)
    referral = make_sent(case)
    hana, address = client_of(cast.hana), f"/agency/{referral.pk}"
    assert "1 referral needs you" in hana.get("/agency").content.decode()
    before = hana.get(address).content.decode()
    assert "Opened by the agency" in before
    assert "Planted" not in before
    assert "07700" not in before
    assert "The team that supports them, and nobody else" in before
    assert "They are reached through the officer only" in before
    assert press(hana, referral, "accept", {"worker_name": ""}).status_code == 400
    press(hana, referral, "accept", {"worker_name": "Hana Wells"})
    after = hana.get(address).content.decode()
    assert "Planted Name" in after
    assert "07700 900123" in after
    press(hana, referral, "first-contact", today())
    assert SupportReferral.objects.get(pk=referral.pk).status == "in_progress"
    press(hana, referral, "review", {"finding": "as_planned"})
    press(hana, referral, "complete", {"reason": "needs_met", "outcome_outreach": "met"})
    assert SupportReferral.objects.get(pk=referral.pk).status == "completed"
    ended = hana.get(address).content.decode()
    assert "07700" not in ended
    assert "The needs are met" in ended


def press(browser: Client, referral: SupportReferral, name: str, said: dict[str, Any]) -> Any:
    """What a worker does: read the referral, go on to the act, fill the form in, send it."""
    page = browser.get(f"/agency/{referral.pk}").text
    there = re.search(rf'href="(/agency/{referral.pk}/{name}\?version=\d+)"', page)
    form = browser.get(there[1] if there else f"/agency/{referral.pk}/{name}").text
    version = re.search(r'name="version" value="(\d+)"', form)
    assert version
    return browser.post(f"/agency/{referral.pk}/{name}", said | {"version": version[1]})


def test_an_act_decided_on_an_old_page_is_refused_keeps_what_was_typed_and_shows_how_it_is_now(
    client_of: Browser, cast: Cast
) -> None:
    referral, hana = make_sent(), client_of(cast.hana)
    read_at = SupportReferral.objects.get(pk=referral.pk).version
    form = hana.get(f"/agency/{referral.pk}/accept?version={read_at}").text
    assert f'name="version" value="{read_at}"' in form
    actions.ask(referral=referral, text="Where?", by=system())
    said = {"worker_name": "Hana Wells", "version": read_at}
    stale = hana.post(f"/agency/{referral.pk}/accept", said)
    assert stale.status_code == 409
    assert "has changed since you read it. It is now: The agency asks us something" in stale.text
    assert 'value="Hana Wells"' in stale.text
    assert "Look at the referral as it is now" in stale.text
    assert SupportReferral.objects.get(pk=referral.pk).status == "needs_info"
    fresh = re.search(r'name="version" value="(\d+)"', stale.text)
    assert fresh
    again = hana.post(f"/agency/{referral.pk}/accept", said | {"version": fresh[1]})
    assert again.status_code == 302


@pytest.mark.parametrize("version", [None, "", "x", "-1", "9" * 12])
def test_an_act_that_does_not_say_what_was_read_does_nothing(
    client_of: Browser, cast: Cast, version: str | None
) -> None:
    referral, hana = make_sent(), client_of(cast.hana)
    said = {"worker_name": "Hana Wells"} | ({} if version is None else {"version": version})
    answer = hana.post(f"/agency/{referral.pk}/accept", said)
    assert answer.status_code == 400
    assert "Read the referral again" in answer.text
    assert SupportReferral.objects.get(pk=referral.pk).status == "sent"


def test_the_named_worker_is_changed_and_tells_referrals_apart(
    client_of: Browser, cast: Cast
) -> None:
    first, second = make_in("accepted"), make_in("in_progress")
    hana = client_of(cast.hana)
    press(hana, first, "change-worker", {"worker_name": "Noor Haddad"})
    assert "Noor Haddad" in hana.get(f"/agency/{first.pk}").text
    listed = hana.get("/agency").text
    assert ("Noor Haddad" in listed, "Hana Wells" in listed) == (True, True)
    assert "Noor Haddad" in client_of(cast.olu).get(f"/referral/{first.pk}").text
    history = CaseEvent.objects.filter(case=first.case, detail__step="worker_changed").get()
    assert history.text == "Another worker of Harbour Support supports the person now."
    assert SupportReferral.objects.get(pk=second.pk).worker_name == "Hana Wells"


def test_why_it_was_declined_and_what_became_of_each_need_stays_readable(
    client_of: Browser, cast: Cast
) -> None:
    hana = client_of(cast.hana)
    assert "No capacity" in hana.get(f"/agency/{make_in('declined').pk}").text
    done = hana.get(f"/agency/{make_in('completed').pk}").text
    assert re.search(r"A support worker who visits</dt>\s*<dd[^>]*>\s*Met\s*<", done)


def test_a_review_that_is_due_needs_the_agency_whether_its_day_was_agreed_or_not(
    client_of: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, hana = clocks.now(), client_of(cast.hana)
    agreed, by_limit = make_in("accepted"), make_in("accepted")
    day = clocks.today() + timedelta(days=8)
    actions.confirm_first_contact(referral=agreed, by=system(), review_on=day)
    actions.confirm_first_contact(referral=by_limit, by=system())
    for after, needs in ((1, set()), (8, {agreed.pk}), (28, {agreed.pk, by_limit.pk})):
        later = began + timedelta(days=after)
        monkeypatch.setattr(clocks, "now", lambda later=later: later)
        page = client_of(cast.hana).get("/agency").text
        above = page[: page.index("Your other referrals")]
        found = {row.pk for row in (agreed, by_limit) if f"/agency/{row.pk}" in above}
        assert found == needs, after
        assert page.count("No clock runs") == 0
    assert "review it with them" in hana.get(f"/agency/{agreed.pk}").text


def today() -> dict[str, Any]:
    at = clocks.now().astimezone(clocks.LONDON)
    return {
        "on_day": at.day,
        "on_month": at.month,
        "on_year": at.year,
        "at_time": f"{at:%H:%M}",
    }


@pytest.mark.parametrize("name", inbox.ACTS)
def test_an_act_that_cannot_be_done_keeps_the_page_and_says_why(
    client_of: Browser, cast: Cast, name: str
) -> None:
    referral = make_in("declined")
    hana = client_of(cast.hana)
    assert hana.get(f"/agency/{referral.pk}/{name}").status_code == 200
    asked = {"worker_name": "Noor", "reason": "lost_contact", "text": "Why?"} | today()
    asked |= {"finding": "changed", "outcome_outreach": "unmet"}
    if name == "decline":
        asked["reason"] = "wrong_area"
    assert press(hana, referral, name, asked).status_code == 409


def test_no_other_agency_and_no_officer_opens_an_inbox(client_of: Browser, cast: Cast) -> None:
    referral = make_sent()
    assert client_of(cast.bea).get(f"/agency/{referral.pk}").status_code == 404
    assert client_of(cast.bea).post(f"/agency/{referral.pk}/accept").status_code == 404
    assert client_of(cast.olu).get("/agency").status_code == 403


def test_the_directory_lists_what_each_agency_offers(client_of: Browser, cast: Cast) -> None:
    make_service(hours="Day and night")
    olu = client_of(cast.olu)
    assert "Day and night" in olu.get("/agencies").content.decode()
    assert "No agency in the directory" in olu.get("/agencies?need=work").content.decode()
    assert client_of(cast.hana).get("/agencies").status_code == 403


def test_lists_ask_the_database_as_often_for_fifty_rows_as_for_one(
    client_of: Browser, cast: Cast, case: Case
) -> None:
    agree(case)
    olu, hana = client_of(cast.olu), client_of(cast.hana)
    addresses = ((olu, f"/case/{case.reference}/referrals", 14), (hana, "/agency", 16))
    make_in("completed", case)
    make_sent(make_case())
    few = [queries(browser, address) for browser, address, _most in addresses]
    for _ in range(11):
        make_in("completed", case)
        make_sent(make_case())
    many = [queries(browser, address) for browser, address, _most in addresses]
    assert few == many
    assert all(count <= most for count, (_b, _a, most) in zip(many, addresses, strict=True)), many


def queries(browser: Client, address: str) -> int:
    browser.get(address)  # the first one also starts the session
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return sum(
        not query["sql"].startswith(("SAVEPOINT", "RELEASE", "SET LOCAL")) for query in captured
    )


def test_the_case_page_shows_its_referrals(cast: Cast, case: Case) -> None:
    agree(case)
    make_sent(case)
    tag = Template("{% load referrals_tags %}{% support_referrals case %}")
    assert "Harbour Support" in tag.render(Context({"case": case}))


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/docs",
        "/api/v1/openapi.json",
        "/api/v1/changelog",
        "/api/v1/problems/stale",
        "/api/v1/problems/in-flight",
    ],
)
def test_the_api_is_described_to_anybody_with_nothing_from_outside(db: None, address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "://" not in page.replace(settings.SITE_URL, "")
    assert "<script>" not in page
    assert "style=" not in page
