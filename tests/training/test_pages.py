"""The pages about training: who sees whom, what they cost, and that bad input changes nothing."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.models import AuditEvent, User
from pages.due import london_date
from tests.casework.test_allocation import ClientOf
from tests.cast import Cast
from tests.training.conftest import Trained
from training.models import Course, Requirement, TrainingRecord

PAGES = ("", "/me", "/waiting", "/record", "/import", "/courses", "/courses/new")
UNVERIFIED = {"verified_at": None, "verified_by": None}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["olu", "sade", "ines", "bronwen", "hana"])
def test_each_page_is_for_whom_it_is(
    cast: Cast, catalogue: None, client_of: ClientOf, page: str, who: str
) -> None:
    allowed = {
        "": {"sade", "ines", "bronwen"},
        "/me": {"olu", "sade", "ines", "bronwen"},
        "/waiting": {"sade", "ines"},
        "/record": {"ines", "bronwen"},
        "/import": {"ines", "bronwen"},
        "/courses": {"bronwen"},
        "/courses/new": {"bronwen"},
    }[page]
    answer = client_of(getattr(cast, who)).get(f"/training{page}")
    assert answer.status_code == (200 if who in allowed else 403)


def test_a_supervisor_sees_her_unit_and_the_administrator_the_force(
    cast: Cast, trained: Trained, client_of: ClientOf
) -> None:
    for user in (cast.olu, cast.petra, cast.wyn):
        trained(user, left=30)
    of_sade = client_of(cast.sade).get("/training").content.decode()
    of_bronwen = client_of(cast.bronwen).get("/training").content.decode()
    assert cast.olu.name in of_sade
    assert cast.petra.name not in of_sade
    assert cast.petra.name in of_bronwen
    assert cast.wyn.name not in of_bronwen


def test_another_units_register_cannot_be_asked_for(
    cast: Cast, trained: Trained, client_of: ClientOf
) -> None:
    trained(cast.petra)
    answer = client_of(cast.sade).get(f"/training?unit={cast.other_unit.pk}")
    assert answer.status_code == 400
    assert cast.petra.name not in answer.content.decode()


def test_the_register_says_how_many_lapse_and_narrows_by_state_and_course(
    cast: Cast, trained: Trained, client_of: ClientOf
) -> None:
    Requirement.objects.all().delete()
    trained(cast.olu, left=12)
    trained(cast.rhys, left=-3)
    browser = client_of(cast.sade)
    shown = browser.get("/training").content.decode()
    assert "1 of 2 lapse in 60 days" in shown
    assert "In 12 days" in shown
    assert "3 days ago" in shown
    lapsed = browser.get("/training?state=lapsed&course=pip2").content.decode()
    assert cast.rhys.name in lapsed
    assert cast.olu.name not in lapsed
    assert "Nobody stands like this." in browser.get("/training?course=pip3").content.decode()


def test_the_register_is_read_for_any_day_of_the_past_and_ninety_days_ahead(
    cast: Cast, trained: Trained, client_of: ClientOf
) -> None:
    Requirement.objects.all().delete()
    trained(cast.olu, left=12)
    browser, today = client_of(cast.sade), clocks.today()

    def on(days: int) -> str:
        day = today + timedelta(days=days)
        asked = f"on_day={day.day}&on_month={day.month}&on_year={day.year}"
        return browser.get(f"/training?{asked}&state=lapsed").content.decode()

    assert cast.olu.name not in on(12)
    assert cast.olu.name in on(13)
    assert f"This is {london_date(today + timedelta(days=13))}, by what is recorded" in on(13)
    assert "In 12 days" not in on(-1)
    assert "on_day=" in on(13).rpartition("<tbody")[2]  # of the way to the download
    assert "within the next 90 days" in on(91)
    assert "within the next 90 days" not in on(90)


def test_a_required_course_that_nobody_recorded_is_shown(
    cast: Cast, catalogue: None, client_of: ClientOf
) -> None:
    shown = client_of(cast.sade).get("/training?state=missing&course=pip2").content.decode()
    assert cast.olu.name in shown
    assert "Missing" in shown


def test_an_empty_register_says_so(cast: Cast, client_of: ClientOf) -> None:
    Requirement.objects.all().delete()
    shown = client_of(cast.sade).get("/training").content.decode()
    assert "No course is asked of anybody here" in shown


@pytest.mark.parametrize("page", ["/training", "/training/waiting"])
def test_one_row_and_fifty_cost_the_same_queries(
    cast: Cast, trained: Trained, client_of: ClientOf, page: str
) -> None:
    Requirement.objects.all().delete()
    browser = client_of(cast.sade)
    trained(cast.olu, **UNVERIFIED)
    browser.get(page)  # the first page of a session also saves the session
    costs = []
    for more in (0, 49):
        for number in range(more):
            user = User.objects.create_user(
                username=f"pc{number}", name=f"PC {number}", force=cast.force, unit=cast.unit
            )
            trained(user, **UNVERIFIED)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(page).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_who_was_shown_is_in_the_trail(cast: Cast, trained: Trained, client_of: ClientOf) -> None:
    trained(cast.olu)
    client_of(cast.sade).get("/training?course=pip2")
    event = AuditEvent.objects.get(verb="training.searched")
    assert str(cast.olu.pk) in event.detail["shown"]
    assert event.detail["course"] == "pip2"


def test_recording_on_the_page_uses_what_the_course_says(
    cast: Cast, catalogue: None, client_of: ClientOf
) -> None:
    typed = {"officer": "Olu", "course": "ms-awareness", "provider": ""}
    typed |= {"completed_on_day": "1", "completed_on_month": "3", "completed_on_year": "2026"}
    answer = client_of(cast.bronwen).post("/training/record", typed)
    assert answer.status_code == 302
    record = TrainingRecord.objects.get()
    assert (record.user, record.provider) == (cast.olu, "College of Policing")
    assert str(record.expires_on) == "2028-03-01"


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"officer": "wyn"}, "No officer of your force has this sign-in name"),
        ({"officer": ""}, "Enter the officer&#x27;s sign-in name"),
        ({"course": "theirs"}, "Select a valid choice"),
        ({"completed_on_year": "2099"}, "in the past"),
        (
            {"expires_on_day": "1", "expires_on_month": "1", "expires_on_year": "2020"},
            "must be after",
        ),
    ],
)
def test_a_wrong_record_is_said_and_kept_on_the_page(
    cast: Cast, catalogue: None, client_of: ClientOf, over: dict[str, str], sentence: str
) -> None:
    Course.objects.create(slug="theirs", force=cast.wyn.force, name="Theirs")
    typed = {"officer": "olu", "course": "pip2", "provider": "Kept words"}
    typed |= {"completed_on_day": "1", "completed_on_month": "3", "completed_on_year": "2026"}
    answer = client_of(cast.bronwen).post("/training/record", typed | over)
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in shown
    assert "Kept words" in shown
    assert not TrainingRecord.objects.exists()


def test_verifying_takes_a_record_off_the_list(
    cast: Cast, trained: Trained, client_of: ClientOf
) -> None:
    record = trained(cast.olu, **UNVERIFIED)
    browser = client_of(cast.sade)
    assert cast.olu.name in browser.get("/training/waiting").content.decode()
    browser.post(f"/training/record/{record.pk}/verify")
    assert "Nothing waits to be verified." in browser.get("/training/waiting").content.decode()
    record.refresh_from_db()
    assert record.verified_by == cast.sade


@pytest.mark.parametrize("whose", ["petra", "wyn"])
def test_a_record_out_of_reach_is_not_found(
    cast: Cast, trained: Trained, client_of: ClientOf, whose: str
) -> None:
    record = trained(getattr(cast, whose), **UNVERIFIED)
    assert client_of(cast.sade).post(f"/training/record/{record.pk}/verify").status_code == 404
    assert cast.petra.name not in client_of(cast.sade).get("/training/waiting").content.decode()


def test_a_file_is_looked_at_then_added_and_its_results_taken_away(
    cast: Cast, catalogue: None, client_of: ClientOf
) -> None:
    browser = client_of(cast.bronwen)
    rows = "officer,course,provider,completed,expires\nolu,pip2,=cmd,2026-03-01,\n<b>x</b>,pip2,P,2026-03-01,\n"
    looked = browser.post("/training/import", {"file": SimpleUploadedFile("t.csv", rows.encode())})
    shown = browser.get(looked["Location"]).content.decode()
    assert "Will be added" in shown
    assert "no such officer in your force" in shown
    assert "<b>x</b>" not in shown
    assert not TrainingRecord.objects.exists()
    browser.post(looked["Location"])
    assert TrainingRecord.objects.get().user == cast.olu
    assert "Add them" not in browser.get(looked["Location"]).content.decode()
    of = looked["Location"].rpartition("/")[2]
    why = {"reason": "correction", "words": "To mend and send again", "goes": "inside"}
    taken = browser.post(f"/exports/take/training-results?of={of}", why).content
    lines = list(csv.reader(io.StringIO(taken.decode("utf-8-sig"))))
    assert lines[2] == ["olu", "pip2", "'=cmd", "2026-03-01", "", "", "2", "Added"]
    # Sent back as it is, the lines that mark it are passed over.
    again = browser.post("/training/import", {"file": SimpleUploadedFile("t.csv", taken)})
    assert "Already recorded" in browser.get(again["Location"]).content.decode()


def test_no_file_chosen_is_said(cast: Cast, catalogue: None, client_of: ClientOf) -> None:
    answer = client_of(cast.bronwen).post("/training/import", {})
    assert answer.status_code == 400
    assert "Choose a CSV file" in answer.content.decode()


def test_a_course_is_added_asked_of_a_role_changed_and_no_longer_asked(
    cast: Cast, catalogue: None, client_of: ClientOf
) -> None:
    browser = client_of(cast.bronwen)
    told = {"name": "Night driving", "provider": "P", "lasts_months": "12", "source": ""}
    asking = browser.post("/training/courses/new", told)["Location"]
    browser.post(asking, {"role": "responder", "purpose": "role"})
    own = Course.objects.get(name="Night driving")
    assert "Night driving" in client_of(cast.olu).get("/training/me").content.decode()
    browser.post(f"/training/courses/{own.pk}", told | {"lasts_months": "24"})
    own.refresh_from_db()
    assert own.lasts_months == 24
    browser.post(f"/training/requirements/{own.requirements.get().pk}/stop")
    assert not own.requirements.exists()
    assert "Night driving" in browser.get("/training/courses").content.decode()


@pytest.mark.parametrize("months", ["0", "-1", "601", "x", "99999999"])
def test_a_course_of_no_length_or_a_century_is_refused(
    cast: Cast, catalogue: None, client_of: ClientOf, months: str
) -> None:
    told = {"name": "N", "provider": "P", "lasts_months": months, "source": ""}
    answer = client_of(cast.bronwen).post("/training/courses/new", told)
    assert answer.status_code == 400
    assert not Course.objects.filter(name="N").exists()


def test_a_shared_course_has_no_page_to_change_it(
    cast: Cast, catalogue: None, client_of: ClientOf
) -> None:
    browser = client_of(cast.bronwen)
    assert browser.get("/training/courses/pip2").status_code == 404
    asked = Requirement.objects.get(course="pip2", role="investigator")
    assert browser.post(f"/training/requirements/{asked.pk}/stop").status_code == 404


def test_a_colleagues_page_shows_training_only_to_whom_may_see_it(
    cast: Cast, trained: Trained, client_of: ClientOf
) -> None:
    trained(cast.olu, left=12)
    address = f"/people/{cast.olu.pk}"
    assert "In 12 days" in client_of(cast.sade).get(address).content.decode()
    for user in (cast.dov, cast.asha):
        shown = client_of(user).get(address).content.decode()
        assert "In 12 days" not in shown
        assert "Their supervisor or the training administrator sees" in shown


def test_ones_own_page_shows_what_is_asked_and_recorded(
    cast: Cast, trained: Trained, client_of: ClientOf
) -> None:
    trained(cast.olu, left=0, **UNVERIFIED)
    trained(cast.rhys, "ms-investigator")
    shown = client_of(cast.olu).get("/training/me").content.decode()
    assert "Last day is today" in shown
    assert "Nobody has verified it yet." in shown
    assert "Missing" in shown
    assert clocks.today().strftime("%Y") in shown
