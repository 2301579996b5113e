"""The pages of the national form: gaps first, sections in any order, and exactly what leaves."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from casework.actions.account import add_row
from casework.actions.nrm import bring_in
from casework.models import Case, NrmReferral, NrmSubmission, Party, Situation
from casework.nrm.leaflets import leaflets, lines
from casework.nrm.sections import SECTIONS
from tests.builders import make_case, make_victim
from tests.casework.nrm.test_there_and_back import BY_ID, WIDEST
from tests.cast import Cast

Open = Callable[[User], Client]


@pytest.fixture
def case(cast: Cast) -> Case:
    """S01, brought into a case of Olu's."""
    case = make_case(first_words="She is not paid.")
    bring_in(answers=BY_ID["S01"]["answers"], by=cast.actor("olu"), case=case)
    return case


def fields_of(page: str) -> dict[str, Any]:
    """What the page's own form, the one that names no other address, would post now."""
    forms = (part.split("</form>", maxsplit=1)[0] for part in page.split('<form method="post"')[1:])
    form = next(form for form in forms if "action=" not in form.split(">", maxsplit=1)[0])
    posted: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        found = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if found.get("type") in {"radio", "checkbox"} and "checked" not in tag:
            continue
        posted.setdefault(found.get("name", ""), []).append(
            found.get("value", "on" if found.get("type") == "checkbox" else "")
        )
    for name, words in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        posted[name] = [words]
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        posted[name] = [chosen[1] if chosen else ""]
    return {
        name: [value.replace("&quot;", '"').replace("&#x27;", "'") for value in values]
        for name, values in posted.items()
        if name and name != "csrfmiddlewaretoken"
    }


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_a_new_case_knows_something_already_and_shows_its_gaps_first(
    cast: Cast, client_of: Open
) -> None:
    case = make_case(indicators=["not_paid"])
    page = text_of(client_of(cast.olu).get(f"/case/{case.reference}/nrm/form"))
    answered, whole = map(int, re.findall(r"(\d+) of (\d+) answered", page)[0])
    assert 4 < answered < whole
    assert page.index("Still to answer") < page.index("Where they come from")
    assert "have not decided yet" in page


def test_when_nothing_is_missing_there_are_no_gaps(cast: Cast, client_of: Open, case: Case) -> None:
    page = text_of(client_of(cast.olu).get(f"/case/{case.reference}/nrm/form"))
    assert "Still to answer" not in page
    assert "66 of 66 answered" in page
    assert "They are an adult and agreed" in page


def test_saving_a_section_as_it_is_changes_nothing(cast: Cast, client_of: Open) -> None:
    case = make_case()
    bring_in(answers=WIDEST, by=cast.actor("olu"), case=case)
    browser = client_of(cast.olu)
    lines, asked = case.events.count(), 0
    for section in SECTIONS:
        address = f"/case/{case.reference}/nrm/form/{section.slug}"
        page = text_of(browser.get(address))
        if 'name="seen"' not in page:
            continue
        asked += 1
        assert browser.post(address, fields_of(page)).status_code == 302, section.slug
        assert case.events.count() == lines, section.slug
    assert asked == len(SECTIONS) - 1  # why they refused is not asked of somebody who agreed


def test_the_second_is_told_and_keeps_their_words(cast: Cast, client_of: Open, case: Case) -> None:
    address = f"/case/{case.reference}/nrm/form/background"
    olu, sade = client_of(cast.olu), client_of(cast.sade)
    read = fields_of(text_of(olu.get(address)))
    assert sade.post(address, read | {"background-family": "A sister"}).status_code == 302
    mine = read | {"background-family": "A brother", "background-education": "None"}
    response = olu.post(address, mine)
    page = text_of(response)
    assert response.status_code == 409
    assert "Recorded now: A sister" in page
    assert "A brother" in page
    case.background.refresh_from_db()
    assert case.background.family == "A sister"
    assert case.background.education == "Invented school to age 14"
    assert olu.post(address, fields_of(page)).status_code == 302
    case.background.refresh_from_db()
    assert (case.background.family, case.background.education) == ("A brother", "None")


def test_two_who_answer_different_questions_of_one_section_lose_nothing(
    cast: Cast, client_of: Open, case: Case
) -> None:
    address = f"/case/{case.reference}/nrm/form/background"
    olu, sade = client_of(cast.olu), client_of(cast.sade)
    read = fields_of(text_of(olu.get(address)))
    assert sade.post(address, read | {"background-family": "A sister"}).status_code == 302
    assert olu.post(address, read | {"background-education": "None"}).status_code == 302
    case.background.refresh_from_db()
    assert (case.background.family, case.background.education) == ("A sister", "None")


def test_an_answer_may_be_that_there_is_none_and_who_said_so(
    cast: Cast, client_of: Open, case: Case
) -> None:
    address = f"/case/{case.reference}/nrm/form/background"
    browser = client_of(cast.olu)
    given = {"background-family": "", "background-family-why": "declined"}
    assert (
        browser.post(address, fields_of(text_of(browser.get(address))) | given).status_code == 302
    )
    case.background.refresh_from_db()
    absence = case.background.unanswered["family"]
    assert (absence["why"], absence["by"]) == ("declined", str(cast.olu.pk))
    check = text_of(browser.get(f"/case/{case.reference}/nrm/check"))
    assert "They did not want to say" in check
    both = {"background-family": "A sister", "background-family-why": "declined"}
    assert browser.post(address, fields_of(text_of(browser.get(address))) | both).status_code == 400


def test_a_number_is_never_shown_for_editing_and_an_empty_box_keeps_it(
    cast: Cast, client_of: Open, case: Case
) -> None:
    address = f"/case/{case.reference}/nrm/form/support"
    browser = client_of(cast.olu)
    page = text_of(browser.get(address))
    assert "02086757436" not in page
    assert "Something is recorded" in page
    assert browser.post(address, fields_of(page)).status_code == 302
    case.wishes.refresh_from_db()
    assert case.wishes.own_phone == "02086757436"


def test_a_row_moves_to_another_situation_and_a_second_mover_is_told(
    cast: Cast, client_of: Open, case: Case
) -> None:
    by = cast.actor("olu")
    first = case.situations.get()
    second = add_row(case=case, by=by, of=Situation, living="On a barge")
    party = add_row(case=case, by=by, of=Party, role="exploiter", name="Gaffer Nil")
    address = f"/case/{case.reference}/nrm/party/{party.pk}"
    olu, sade = client_of(cast.olu), client_of(cast.sade)
    read = fields_of(text_of(olu.get(address)))
    assert sade.post(address, read | {"situation": str(second.pk)}).status_code == 302
    again = fields_of(text_of(sade.get(address)))
    assert sade.post(address, again | {"name": "Gaffer Nul"}).status_code == 302
    response = olu.post(address, read | {"situation": str(first.pk)})
    assert response.status_code == 409
    assert "Recorded now: Situation 2" in text_of(response)
    party.refresh_from_db()
    assert (party.situation_id, party.name) == (second.pk, "Gaffer Nul")


def test_several_situations_are_told_apart_and_leave_together(
    cast: Cast, client_of: Open, case: Case
) -> None:
    browser = client_of(cast.olu)
    response = browser.post(f"/case/{case.reference}/nrm/situation")
    page = text_of(browser.get(response["Location"]))
    told = fields_of(page) | {"situation-living": "In a van", "situation-kinds": ["household"]}
    assert browser.post(response["Location"], told).status_code == 302
    check = text_of(browser.get(f"/case/{case.reference}/nrm/check"))
    assert "Situation 1: Shared shed" in check
    assert "Situation 2: In a van" in check
    assert Situation.objects.filter(case=case).count() == 2


def test_places_people_and_files_are_added_put_right_and_taken_out(
    cast: Cast, client_of: Open, case: Case
) -> None:
    browser, at = client_of(cast.olu), f"/case/{case.reference}/nrm"
    wrong = browser.post(f"{at}/add/place", {"kind": "uk", "name": "Atlantis"})
    assert wrong.status_code == 400
    assert browser.post(f"{at}/add/place", {"kind": "uk", "name": "bromley"}).status_code == 302
    assert [(p.position, p.name) for p in case.places.all()] == [(1, "Croydon"), (2, "Bromley")]
    first = case.places.all()[0]
    out = f"{at}/place/{first.pk}/out"
    assert browser.post(out, {"why": "A slip."}).status_code == 302
    assert [(p.position, p.name) for p in case.places.standing()] == [(1, "Bromley")]
    party = {"role": "exploiter", "name": "Marek", "reach": "07700 900456"}
    assert browser.post(f"{at}/add/party", party).status_code == 302
    (row,) = case.parties.all()
    page = text_of(browser.get(f"{at}/party/{row.pk}"))
    assert "07700 900456" not in page
    unread = browser.post(f"{at}/party/{row.pk}", {"role": "exploiter", "name": "Mark"})
    assert unread.status_code == 400
    put_right = fields_of(page) | {"name": "Mark"}
    assert browser.post(f"{at}/party/{row.pk}", put_right).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.reach) == ("Mark", "07700 900456")
    assert browser.post(f"{at}/add/file", {"name": "slip.pdf"}).status_code == 302


def sent_page(browser: Client, case: Case) -> dict[str, Any]:
    return fields_of(text_of(browser.get(f"/case/{case.reference}/nrm/check")))


def test_what_was_looked_at_is_what_is_kept_and_its_clock_runs(
    cast: Cast, client_of: Open, case: Case
) -> None:
    browser = client_of(cast.olu)
    address = f"/case/{case.reference}/nrm/check"
    seen = sent_page(browser, case)
    response = browser.post(address, seen | {"reference": "NRM-2026-1"})
    assert response.status_code == 302
    referral = NrmReferral.objects.get(case=case)
    kept = NrmSubmission.objects.get(case=case)
    assert referral.home_office_reference == "NRM-2026-1"
    assert kept.digest == seen["digest"][0]
    page = text_of(browser.get(f"/case/{case.reference}/nrm/sent/{kept.pk}"))
    assert kept.digest in page
    assert "Offered a job" in page
    more = {"kind": "evidence", "note": "A pay slip came."}
    assert browser.post(address, more).status_code == 302
    assert [row.number for row in case.nrm_submissions.all()] == [1, 2]


def test_who_looked_at_something_else_looks_again(cast: Cast, client_of: Open, case: Case) -> None:
    browser = client_of(cast.olu)
    seen = sent_page(browser, case)
    bring_in(answers={"family": "A sister"}, by=cast.actor("sade"), case=case)
    response = browser.post(f"/case/{case.reference}/nrm/check", seen)
    assert response.status_code == 409
    assert "Read again what is sent" in text_of(response)
    assert not case.nrm_submissions.exists()


def test_with_gaps_nothing_is_marked_as_sent(cast: Cast, client_of: Open, case: Case) -> None:
    bring_in(answers={"family": ""}, by=cast.actor("olu"), case=case)
    page = text_of(client_of(cast.olu).get(f"/case/{case.reference}/nrm/check"))
    assert "will not do without" in page
    assert "Mark as sent" not in page


def test_an_anonymous_notification_is_recorded_and_its_page_names_nobody(
    cast: Cast, client_of: Open
) -> None:
    case = make_case()
    named = BY_ID["S04"]["answers"] | {"authorities-cooperation": "no"}
    bring_in(answers=named, by=cast.actor("olu"), case=case)
    browser = client_of(cast.olu)
    page = text_of(browser.get(f"/case/{case.reference}/nrm/check"))
    assert "nothing that names them leaves" in page
    assert "Maxwell" not in page
    response = browser.post(f"/case/{case.reference}/nrm/check", fields_of(page))
    assert response.status_code == 302
    assert case.duties_to_notify.count() == 1
    assert "Maxwell" not in case.nrm_submissions.get().answers


def test_the_text_is_taken_through_the_room_of_leaving(
    cast: Cast, client_of: Open, case: Case
) -> None:
    why = {"reason": "referral", "words": "To copy into the form", "goes": "outside"}
    answer = client_of(cast.olu).post(
        f"/exports/take/nrm?of={case.reference}", why | {"recipient": "Home Office"}
    )
    assert answer["Content-Disposition"].endswith('.txt"')
    assert "Offered a job" in answer.content.decode()


@pytest.mark.parametrize("language", sorted(leaflets()))
def test_the_leaflet_is_safe_to_be_found(
    cast: Cast, client_of: Open, case: Case, language: str
) -> None:
    browser = client_of(cast.olu)
    sheet = text_of(browser.get(f"/case/{case.reference}/leaflet/{language}"))
    told = re.sub(r"<[^>]+>", " ", sheet).lower()
    found = (case.reference.lower(), "paul", "olu adeyemi", "official", "holdfast")
    for word in (*found, "police", "poliți", "policj", "polici", "heddlu", "slavery", "esclav"):
        assert word not in told, word
    for number in ("999", "55", "08000 121 700"):
        assert number in told
    assert "under 18" not in told


def test_a_language_without_a_leaflet_is_not_a_page(
    cast: Cast, client_of: Open, case: Case
) -> None:
    assert client_of(cast.olu).get(f"/case/{case.reference}/leaflet/xx").status_code == 404


def test_every_language_says_every_sentence_and_its_english_stands_below() -> None:
    english = leaflets()["en"]
    assert len(leaflets()) > 10
    for each in leaflets().values():
        assert list(each.sentences) == list(english.sentences), each.language
        assert all(each.sentences.values())
        assert (each.code == "en") is each.checked
        # In a line that runs from the right the parts of a number would stand the other way round.
        if each.direction == "rtl":
            assert "\u206608000 121 700\u2069" in each.sentences["helpline"]
        if each.code != "en":
            assert not set(each.sentences.values()) & set(english.sentences.values())
            assert {below for _words, below in lines(each).values()} == set(
                english.sentences.values()
            )


@pytest.mark.parametrize(
    ("recorded", "first"),
    [
        ("Vietnamese, southern", "vi"),
        ("polish", "pl"),
        ("العربية", "ar"),
        ("Tigrinya", "en"),
        ("", "en"),
    ],
)
def test_their_own_language_is_offered_first(
    cast: Cast, client_of: Open, recorded: str, first: str
) -> None:
    case = make_case(victim=make_victim(language=recorded))
    page = text_of(client_of(cast.olu).get(f"/case/{case.reference}/leaflet"))
    assert re.findall(r"leaflet/([a-z]+)\"", page)[0] == first
    assert "No translator has checked any language but English yet" in page


def test_a_word_that_is_no_listed_name_is_said(cast: Cast, client_of: Open, case: Case) -> None:
    address = f"/case/{case.reference}/nrm/form/person"
    browser = client_of(cast.olu)
    given = fields_of(text_of(browser.get(address))) | {"person-nationality": "Martian"}
    response = browser.post(address, given)
    assert response.status_code == 400
    assert "is not on the Home Office" in text_of(response)
