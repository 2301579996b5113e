"""Logging a concern: one sentence is enough, nothing is lost, and somebody always has it."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.actors import engine
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, GrantKind, Scope, ScopeGrant, User
from casework.actions.logging import (
    hand_to_duty_supervisor,
    save_page,
    send_to_duty_supervisor,
    start_concern,
)
from casework.models import Case, CaseEvent, CaseStatus, Draft, EventKind
from casework.references import ALPHABET, as_reference, new_reference
from pages.answers import Answer
from tests import cluster
from tests.builders import make_case
from tests.cast import Cast
from victims.models import AgeBand, RiskLevel, SafeContact

ClientOf = Callable[[User], Client]
WORDS = "She said that she is never paid."


def begin(cast: Cast, who: str = "olu", **answers: object) -> Case:
    return start_concern(concern=uuid4(), answers=answers, by=cast.actor(who))


def the_case() -> Case:
    return Case.objects.select_related("victim", "scope").get()


# References


def test_a_reference_has_no_vowel_and_nothing_that_looks_like_something_else() -> None:
    assert not set(ALPHABET) & set("AEIOU01IO258BSZ")
    assert all(re.fullmatch(f"HF-[{ALPHABET}]{{5}}", new_reference()) for _ in range(200))


@pytest.mark.parametrize("typed", ["HF-4F7K3", "hf 4f7k3", " 4f7k3", "hf4f7k3"])
def test_a_reference_is_read_however_it_is_typed(typed: str) -> None:
    assert as_reference(typed) == "HF-4F7K3"


def test_a_reference_that_is_taken_is_drawn_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["HF-CCCCC", "HF-CCCCC", "HF-CCCCC", "HF-DDDDD"])
    monkeypatch.setattr("casework.actions.logging.new_reference", lambda: next(drawn))
    assert begin(cast).reference == "HF-CCCCC"
    assert begin(cast).reference == "HF-DDDDD"


# Actions


def test_the_case_exists_after_the_first_page_as_a_draft_that_its_officer_holds(cast: Cast) -> None:
    case = begin(cast, danger=Answer.NO, age_band=AgeBand.ADULT)
    assert (case.status, case.owner, case.scope.unit) == (CaseStatus.DRAFT, cast.olu, cast.unit)
    assert [event.kind for event in case.events.all()] == [EventKind.LOGGED]
    assert ScopeGrant.objects.filter(user=cast.olu, kind=GrantKind.OWNER, ends_at=None).count() == 1


def test_an_officer_without_a_unit_cannot_log_a_case_that_nobody_would_hold(cast: Cast) -> None:
    User.objects.filter(username="olu").update(unit=None)
    with pytest.raises(Conflict):
        begin(cast)
    assert not Case.objects.exists()


def test_danger_makes_the_risk_high_and_age_left_alone_is_a_child(cast: Cast) -> None:
    case = begin(cast, danger=Answer.YES)
    assert case.victim.risk == RiskLevel.HIGH
    assert case.victim.is_child
    save_page(case=case, answers={"danger": Answer.NO}, by=cast.actor("olu"))
    assert the_case().victim.risk == RiskLevel.NOT_JUDGED


def test_a_page_changes_only_what_it_asked(cast: Cast) -> None:
    case = begin(cast, danger=Answer.YES)
    save_page(case=case, answers={"place": "Dock 4"}, by=cast.actor("olu"))
    saved = the_case()
    assert (saved.danger, saved.place) == (Answer.YES, "Dock 4")


def test_sending_twice_is_sending_once(cast: Cast) -> None:
    case = begin(cast, first_words=WORDS)
    for _press in range(2):
        send_to_duty_supervisor(case=case, by=cast.actor("olu"))
    sent = the_case()
    assert (sent.status, sent.owner) == (CaseStatus.NEW, None)
    assert CaseEvent.objects.filter(kind=EventKind.SENT).count() == 1
    assert not ScopeGrant.objects.filter(ends_at=None).exists()


def test_a_concern_without_a_word_is_not_sent_but_can_be_handed_on(cast: Cast) -> None:
    case = begin(cast)
    with pytest.raises(Conflict):
        send_to_duty_supervisor(case=case, by=cast.actor("olu"))
    hand_to_duty_supervisor(case=case, by=cast.actor("olu"))
    assert the_case().status == CaseStatus.NEW


def test_a_sent_concern_takes_no_more_pages(cast: Cast) -> None:
    case = begin(cast, first_words=WORDS)
    send_to_duty_supervisor(case=case, by=cast.actor("olu"))
    with pytest.raises(Conflict):
        save_page(case=case, answers={"place": "Dock 4"}, by=cast.actor("olu"))
    assert the_case().place == ""


def test_a_colleague_may_not_write_somebody_elses_concern_but_a_supervisor_may(cast: Cast) -> None:
    case = begin(cast)
    with pytest.raises(Refused):
        save_page(case=case, answers={"place": "x"}, by=cast.actor("rhys"))
    save_page(case=case, answers={"place": "Dock 4"}, by=cast.actor("sade"))
    assert the_case().place == "Dock 4"


def test_who_may_not_log_is_refused(cast: Cast) -> None:
    for name in ("asha", "ming", "lena", "keir", "hana"):
        with pytest.raises(Refused):
            begin(cast, name)


def at_once(act: Callable[[], object], times: int = 4) -> list[object]:
    """The same act in several threads at the same moment, each really committed."""
    ready = Barrier(times)

    def one(_number: int) -> object:
        try:
            ready.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


def test_presses_at_the_same_moment_begin_one_case_and_send_it_once(
    committed: cluster.Clone,
) -> None:
    with acting_as(engine("test")):
        olu = Cast().actor("olu")
    concern = uuid4()

    def start() -> object:
        with acting_as(olu):
            return start_concern(concern=concern, answers={"first_words": WORDS}, by=olu).pk

    def send() -> object:
        with acting_as(olu):
            return send_to_duty_supervisor(case=Case.objects.get(pk=concern), by=olu).status

    assert at_once(start) == [concern] * 4
    assert at_once(send) == [CaseStatus.NEW] * 4
    with acting_as(engine("test")):
        kinds = list(CaseEvent.objects.filter(case=concern).values_list("kind", flat=True))
        assert sorted(kinds) == [EventKind.LOGGED, EventKind.SENT]
        assert Scope.objects.count() == 1


# How to reach them


def rules() -> list[tuple[str, str, str]]:
    open_rules = SafeContact.objects.filter(ended_at=None).order_by("channel")
    return [(rule.channel, rule.safe, rule.details) for rule in open_rules]


@pytest.mark.parametrize(
    ("details", "channel"),
    [("07700 900123", "phone"), ("mai@example.invalid", "email"), ("Ask at the shop", "in_person")],
)
def test_how_to_reach_them_is_read_from_what_was_typed_when_no_way_was_chosen(
    cast: Cast, details: str, channel: str
) -> None:
    begin(cast, contact_safe=Answer.YES, contact_details=details)
    assert rules() == [(channel, "yes", details)]


def test_no_safe_way_closes_every_way_that_somebody_else_could_pick_up(cast: Cast) -> None:
    begin(cast, contact_safe=Answer.NO)
    assert rules() == [(way, "no", "") for way in ("email", "letter", "phone", "text")]


def test_not_asked_makes_no_rule(cast: Cast) -> None:
    begin(cast, contact_safe=Answer.NOT_ASKED)
    assert rules() == []


def test_a_rule_is_replaced_never_changed_and_an_empty_number_keeps_the_number(cast: Cast) -> None:
    case = begin(cast, contact_safe=Answer.YES, contact_details="07700 900123")
    same = {"contact_safe": Answer.YES, "contact_details": ""}
    save_page(case=case, answers=same, by=cast.actor("olu"))
    assert SafeContact.objects.count() == 1
    save_page(case=case, answers=same | {"contact_when": "before 3pm"}, by=cast.actor("olu"))
    assert SafeContact.objects.count() == 2
    assert rules() == [("phone", "yes", "07700 900123")]


# Pages, without JavaScript


def first_page(browser: Client, address: str = "/concern/new", **answers: str) -> str:
    shown = browser.get(address).content.decode()
    concern = re.search(r'name="concern" value="([0-9a-f-]+)"', shown)
    assert concern
    answer = browser.post(address, {"concern": concern[1], **answers})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_five_pages_and_eight_presses_log_a_concern(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.olu)
    page = first_page(browser, danger="yes", age_band="unsure")
    reference = page.split("/")[2]
    assert page == f"/concern/{reference}/2"
    page = browser.post(page, {"place": "Dock 4", "incident_number": "441"})["Location"]
    page = browser.post(page, {"first_words": WORDS, "indicators": ["not_paid"]})["Location"]
    page = browser.post(page, {"called": "Mai", "language": "Vietnamese"})["Location"]
    shown = browser.get(page).content.decode()
    assert WORDS in shown
    assert "Not known - fine" in shown
    answer = browser.post(page)
    assert answer["Location"] == f"/concern/{reference}/sent"
    case = the_case()
    assert (case.status, case.place, case.victim.called) == (CaseStatus.NEW, "Dock 4", "Mai")
    assert case.indicators == ["not_paid"]


def test_one_page_for_a_desk_posts_to_the_same_code(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.olu)
    page = first_page(
        browser, "/concern/new?all=1", danger="no", age_band="adult", first_words=WORDS
    )
    assert page.endswith("/5")
    browser.post(page)
    assert the_case().status == CaseStatus.NEW


def test_the_first_page_pressed_twice_is_one_case(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.olu)
    concern = str(uuid4())
    for _press in range(2):
        browser.post("/concern/new", {"concern": concern, "danger": "no"})
    assert Case.objects.count() == 1


def test_send_pressed_twice_answers_the_same(cast: Cast, client_of: ClientOf) -> None:
    case = begin(cast, first_words=WORDS)
    browser = client_of(cast.olu)
    pages = [browser.post(f"/concern/{case.reference}/5")["Location"] for _press in range(2)]
    assert pages == [f"/concern/{case.reference}/sent"] * 2


def test_bad_input_keeps_what_was_typed_and_changes_nothing(
    cast: Cast, client_of: ClientOf
) -> None:
    case = begin(cast)
    answer = client_of(cast.olu).post(
        f"/concern/{case.reference}/2", {"place": "Dock 4", "met_on_day": "31", "met_on_month": "2"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert "Dock 4" in shown
    assert 'value="31"' in shown
    assert "<title>Error: " in shown
    assert the_case().place == ""


def test_the_words_are_asked_for_before_going_on(cast: Cast, client_of: ClientOf) -> None:
    case = begin(cast)
    browser = client_of(cast.olu)
    for address in (f"/concern/{case.reference}/3", f"/concern/{case.reference}/5"):
        shown = browser.post(address, {}).content.decode()
        assert 'href="#id_first_words"' in shown
    assert the_case().status == CaseStatus.DRAFT


def test_handing_on_takes_one_press_saves_what_was_typed_and_loses_no_unreadable_date(
    cast: Cast, client_of: ClientOf
) -> None:
    case = begin(cast)
    typed = {"then": "hand", "place": "Dock 4", "met_on_day": "31\0", "met_on_month": "2"}
    answer = client_of(cast.olu).post(f"/concern/{case.reference}/2", typed)
    assert answer["Location"] == f"/concern/{case.reference}/sent"
    handed = the_case()
    assert (handed.status, handed.place) == (CaseStatus.NEW, "Dock 4")
    assert "31  2" in CaseEvent.objects.get(kind=EventKind.HANDED).text


def test_a_concern_can_be_handed_on_from_its_very_first_page(
    cast: Cast, client_of: ClientOf
) -> None:
    assert first_page(client_of(cast.olu), danger="yes", then="hand").endswith("/sent")
    assert the_case().status == CaseStatus.NEW


def test_save_and_leave_saves_and_demands_nothing(cast: Cast, client_of: ClientOf) -> None:
    case = begin(cast)
    answer = client_of(cast.olu).post(
        f"/concern/{case.reference}/3", {"then": "leave", "indicators": ["afraid"]}
    )
    assert answer["Location"] == "/"
    assert the_case().indicators == ["afraid"]


def test_change_links_come_back_to_the_check_page(cast: Cast, client_of: ClientOf) -> None:
    case = begin(cast, first_words=WORDS)
    answer = client_of(cast.olu).post(f"/concern/{case.reference}/1?check=1", {"danger": "no"})
    assert answer["Location"] == f"/concern/{case.reference}/5"


def test_a_day_and_a_time_that_were_typed_are_the_moment_and_empty_is_when_it_was_logged(
    cast: Cast, client_of: ClientOf
) -> None:
    case = begin(cast)
    browser = client_of(cast.olu)
    day = {"met_on_day": "3", "met_on_month": "3", "met_on_year": "2026", "met_time": "5:30pm"}
    browser.post(f"/concern/{case.reference}/2", day)
    assert the_case().met_at == datetime(2026, 3, 3, 17, 30, tzinfo=clocks.LONDON)
    browser.post(f"/concern/{case.reference}/2", {"place": "Dock 4"})
    assert the_case().met_at == the_case().logged_at


def test_a_recorded_number_is_in_no_page_of_the_concern(cast: Cast, client_of: ClientOf) -> None:
    case = begin(cast, first_words=WORDS, contact_safe=Answer.YES, contact_details="07700 900123")
    browser = client_of(cast.olu)
    for page in (4, 5):
        assert "900123" not in browser.get(f"/concern/{case.reference}/{page}").content.decode()
    assert "900123" not in browser.get(f"/concern/{case.reference}/all").content.decode()


def test_the_last_page_says_who_has_it_what_happens_by_when_and_at_most_four_things_to_do(
    cast: Cast, client_of: ClientOf
) -> None:
    case = begin(cast, first_words=WORDS, danger=Answer.YES)
    send_to_duty_supervisor(case=case, by=cast.actor("olu"))
    shown = client_of(cast.olu).get(f"/concern/{case.reference}/sent").content.decode()
    assert cast.sade.name in shown
    assert "Due in" in shown
    assert "children&#x27;s services now" in shown
    todo = re.search(r"<ol.*?</ol>", shown, re.S)
    assert todo
    assert 1 <= todo[0].count("<li>") <= 4


def test_without_a_supervisor_on_duty_the_forces_lead_has_it(
    cast: Cast, client_of: ClientOf
) -> None:
    cast.unit.supervisions.all().delete()
    case = begin(cast, first_words=WORDS)
    send_to_duty_supervisor(case=case, by=cast.actor("olu"))
    shown = client_of(cast.olu).get(f"/concern/{case.reference}/sent").content.decode()
    assert cast.ines.name in shown


def test_an_officer_without_a_unit_is_told_so(cast: Cast, client_of: ClientOf) -> None:
    User.objects.filter(username="olu").update(unit=None)
    shown = client_of(cast.olu).get("/concern/new").content.decode()
    assert "You are not in a unit yet" in shown


@pytest.mark.parametrize("page", ["2", "5", "all", "sent"])
def test_another_unit_cannot_open_a_concern(cast: Cast, client_of: ClientOf, page: str) -> None:
    case = begin(cast, first_words=WORDS)
    browser = client_of(cast.petra)
    assert browser.get(f"/concern/{case.reference}/{page}").status_code == 404
    assert AuditEvent.objects.filter(verb="access.refused", actor_id=cast.petra.pk).exists()


def test_titles_and_addresses_carry_the_reference_and_never_a_name(
    cast: Cast, client_of: ClientOf
) -> None:
    case = begin(cast, first_words=WORDS, called="Mai Planted")
    browser = client_of(cast.olu)
    for page in ("1", "2", "3", "4", "5", "all"):
        title = re.search(
            r"<title>(.*?)</title>",
            browser.get(f"/concern/{case.reference}/{page}").content.decode(),
        )
        assert title
        assert case.reference in title[1]
        assert "Planted" not in title[1]


def test_every_page_says_hide_hand_and_leave_and_forbids_storing(
    cast: Cast, client_of: ClientOf
) -> None:
    case = begin(cast, first_words=WORDS)
    browser = client_of(cast.olu)
    for page in ("1", "2", "3", "4", "5", "all"):
        answer = browser.get(f"/concern/{case.reference}/{page}")
        for words in ("Hide screen", "Hand to duty supervisor", "Save and leave"):
            assert words in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"


def test_every_page_of_a_concern_asks_at_most_twelve_queries(
    cast: Cast, client_of: ClientOf
) -> None:
    case = begin(cast, first_words=WORDS)
    browser = client_of(cast.olu)
    browser.get("/concern/new")
    for page in ("1", "4", "5", "all"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(f"/concern/{case.reference}/{page}")
        real = [q for q in asked.captured_queries if re.match(r"SELECT (?!set_config)", q["sql"])]
        assert len(real) <= 12, "\n".join(q["sql"][:120] for q in real)


def test_looking_at_a_draft_is_in_the_audit_trail(cast: Cast, client_of: ClientOf) -> None:
    case = begin(cast, first_words=WORDS)
    client_of(cast.olu).get(f"/concern/{case.reference}/3")
    assert AuditEvent.objects.filter(verb="case.viewed", subject_id=str(case.pk)).exists()


def test_a_page_that_does_not_exist_is_not_found(cast: Cast, client_of: ClientOf) -> None:
    case = begin(cast)
    assert client_of(cast.olu).get(f"/concern/{case.reference}/6").status_code == 404


def test_saving_a_page_drops_its_draft(cast: Cast, client_of: ClientOf) -> None:
    case = begin(cast)
    browser = client_of(cast.olu)
    browser.post(f"/draft?form=concern-2&case={case.reference}", {"place": "Dock"})
    assert Draft.objects.count() == 1
    browser.post(f"/concern/{case.reference}/2", {"place": "Dock 4"})
    assert not Draft.objects.exists()


def test_the_case_of_another_officer_in_the_unit_is_seen_by_colleagues(cast: Cast) -> None:
    assert Case.objects.visible_to(cast.actor("rhys")).filter(pk=make_case().pk).exists()


@pytest.mark.parametrize(
    ("then", "address", "status"), [("hand", "sent", "new"), ("leave", "/", "draft")]
)
def test_the_check_page_can_be_handed_on_or_left_too(
    cast: Cast, client_of: ClientOf, then: str, address: str, status: str
) -> None:
    case = begin(cast)
    answer = client_of(cast.olu).post(f"/concern/{case.reference}/5", {"then": then})
    assert answer["Location"].endswith(address)
    assert the_case().status == status


def test_a_concern_can_be_handed_on_from_outside_its_pages(cast: Cast, client_of: ClientOf) -> None:
    case = begin(cast)
    browser = client_of(cast.olu)
    assert browser.get(f"/concern/{case.reference}/hand").status_code == 405
    assert browser.post(f"/concern/{case.reference}/hand").status_code == 302
    assert the_case().status == CaseStatus.NEW
