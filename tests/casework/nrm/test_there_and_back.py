"""Answers to the national form go into the record and come out again: whatever may leave, and nothing else."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from casework.models import Case
from casework.nrm.form import questions
from tests.cast import Cast

SCENARIOS = json.loads((Path(__file__).parent / "scenarios.json").read_text())
BY_ID = {scenario["id"]: scenario for scenario in SCENARIOS}
Answers = dict[str, Any]
Bring = Callable[..., str]


@pytest.fixture
def bring(cast: Cast, tmp_path: Path) -> Bring:
    """What `manage.py nrm_import` prints last: the reference."""

    def brought(answers: Any, *more: str) -> str:
        file = tmp_path / "answers.json"
        file.write_text(json.dumps(answers))
        said = StringIO()
        call_command("nrm_import", str(file), *more, stdout=said)
        return said.getvalue().split()[-1]

    return brought


def out(reference: str, shape: str = "answers") -> Any:
    said = StringIO()
    call_command("nrm_export", reference, "--format", shape, stdout=said)
    return said.getvalue() if shape == "text" else json.loads(said.getvalue())


def answers_of(scenario: str, **over: Any) -> Answers:
    named = {key.replace("_", "-"): answer for key, answer in over.items()}
    return {**BY_ID[scenario]["answers"], **named}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: str(scenario["id"]))
def test_each_scenario_comes_out_as_it_went_in(bring: Bring, scenario: Answers) -> None:
    reference = bring(scenario)
    assert out(reference) == scenario["answers"]
    assert out(reference, "casework") == scenario["casework_payload"]


WIDEST: Answers = answers_of(
    "S01",
    potential_victim_exploitative_situation_multiple="yes",
    when_did_the_exploitation_take_place_multiple="First the farm, then the car wash",
    still_in_exploitative_situation="yes",
    what_is_keeping_them_in_situation="A debt",
    when_last_contact="within-the-last-6-12-month",
    details_last_contact="A message. From an old.friend",
    is_this_the_first_chance_to_report="yes",
    yes_the_first_chance_to_report="To a helpline in 2024",
    evidence_of_dishonesty="yes",
    evidence_of_dishonesty_details="Two dates differ",
    are_others_involved="yes",
    are_others_involved_details="A social worker",
    where_exploitation_happened="uk-and-overseas",
    any_other_pvs="yes",
    other_potential_victims_yes_details="Three men",
    reported_to_police="yes",
    reported_to_police_police_forces="Kent Police",
    reported_to_police_crime_reference="46/1234/26",
    authorities_cooperation="yes",
    does_pv_have_children="yes",
    does_pv_have_children_yes_amount="2",
    pv_nationality_second="Unknown",
    pv_interpreter_requirements="yes",
    pv_interpreter_requirements_language="Vietnamese",
    pv_other_help_with_communication="yes",
    pv_other_help_with_communication_aid="Large print",
    pv_ho_reference="yes",
    pv_ho_reference_type="CID 123",
    types_of_exploitation_other="true",
    other_exploitation_details="Forced begging",
    what_evidence_you_will_submit="Pay slips, March",
) | {
    **{f"where-exploitation-happened-uk-city-{n}": "Croydon" for n in range(1, 11)},
    **{f"where-exploitation-happened-overseas-country-{n}": "France" for n in range(1, 11)},
    "where-exploitation-happened-other-uk-other-location": "Behind the bridge",
    "where-exploitation-happened-other-overseas-other-location": "A farm near the coast",
    "upload-file": [
        {"id": "1", "name": "a.pdf", "mimetype": "application/pdf", "url": "https://vault.test/1"},
        {"id": "2", "name": "b.png", "mimetype": "image/png", "url": "https://vault.test/2"},
    ],
}
for _gone in (
    "when-did-the-exploitation-take-place",
    "how-why-did-they-leave-the-situation",
    "why-report-now",
):
    del WIDEST[_gone]


def test_the_widest_referral_comes_out_as_it_went_in(bring: Bring) -> None:
    reference = bring(WIDEST)
    assert out(reference) == WIDEST
    left = out(reference, "casework")
    assert {left["City10"], left["Country10"]} == {"Croydon", "France"}
    assert left["Document2.Name"] == "b.png"
    assert left["ExploitationOther"] == "Forced begging"
    assert left["OtherVictimsFurtherInfo"] == "Three men"
    assert left["ExploitationLocationPresented"] == "BOTH"


def test_files_come_back_under_the_name_of_their_list(bring: Bring) -> None:
    answers = dict(WIDEST)
    answers["files"] = answers.pop("upload-file")
    assert out(bring(answers)) == answers


def test_somebody_else_may_receive_the_decision(bring: Bring) -> None:
    answers = answers_of("S01", who_contact="someone-else", someone_else=["email", "post"])
    for key in [key for key in answers if key.startswith("pv-contact-details")]:
        del answers[key]
    answers |= {
        "pv-phone-number": "pv-alternative-number",
        "pv-phone-number-alternative": "0044 7911 123456",
        "alternative-number-relation-to-pv": "Her aunt",
        "someone-else-first-name": "Ada",
        "someone-else-email-input": "ada@example.org",
        "someone-else-street": "2 Test Street",
        "someone-else-town": "Croydon",
        "someone-else-postcode": "CR0 1AA",
        "someone-else-permission-check": "true",
    }
    del answers["pv-phone-number-yes"]
    reference = bring(answers)
    assert out(reference) == answers
    left = out(reference, "casework")
    assert left["WhoToSendDecisionTo"] == "Someone else"
    assert left["AltContactPermissionToSend"] == "Yes"
    assert "Customer.Phone" not in left


def test_an_unsure_age_is_treated_as_a_child(bring: Bring) -> None:
    answers = answers_of("S02", pv_under_age="not-sure")
    del answers["pv-dob"]
    reference = bring(answers)
    assert out(reference) == answers
    left = out(reference, "casework")
    assert left["AdultOrChild"] == "Unknown"
    assert not {"Customer.DOB", "Customer.Custom7"} & set(left)


@pytest.mark.parametrize("born", ["1985-12-31", "2015-02-28"])
@pytest.mark.parametrize(("age", "scenario"), [("not-sure", "S02"), ("yes", "S02"), ("no", "S01")])
def test_the_age_comes_out_as_it_was_judged_whatever_the_birth_date_says(
    bring: Bring, age: str, scenario: str, born: str
) -> None:
    answers = answers_of(scenario, pv_under_age=age, pv_dob=born)
    assert out(bring(answers)) == answers


# The person, or what is known of them, changes: the six cases that the Home Office's form fails.


def test_m1_no_longer_helping_means_no_name_leaves_though_the_case_keeps_it(bring: Bring) -> None:
    reference = bring(BY_ID["S04"])
    bring({"authorities-cooperation": "no"}, "--case", reference)
    left = out(reference)
    assert not [key for key in left if key.startswith(("pv-name", "pv-contact"))]
    assert "authorities-cooperation-details" not in left
    assert left["authorities-cooperation"] == "no"
    case = Case.objects.get(reference=reference)
    assert (case.victim.last_name, case.wishes.email) == ("Maxwell", "person@example.org")
    bring({"authorities-cooperation": "yes"}, "--case", reference)
    assert out(reference) == BY_ID["S04"]["answers"]


def test_m2_consent_taken_back_leaves_neither_phone_nor_files(bring: Bring) -> None:
    reference = bring(WIDEST | {"authorities-cooperation": "no"})
    bring({"pv-want-to-submit-nrm": "no"}, "--case", reference)
    left, payload = out(reference), out(reference, "casework")
    hidden = ("pv-phone", "upload", "what-evidence", "fr-", "pv-name", "pv-dob", "pv-ho")
    assert not [k for k in left if k.startswith(hidden) and k != "fr-location"]
    assert not [key for key in payload if key.startswith("Document") or "Phone" in key]
    assert payload["NRMOrDuty"] == "DTN"


def test_m3_found_to_be_a_child_no_support_recipient_or_address_leaves(bring: Bring) -> None:
    reference = bring(BY_ID["S01"])
    bring({"pv-under-age": "yes"}, "--case", reference)
    left = out(reference)
    gone = ("does-pv-need", "pv-phone", "who-contact", "pv-contact", "pv-under-age-at")
    assert not [key for key in left if key.startswith(gone)]
    assert left["pv-want-to-submit-nrm"] == "yes"
    bring({"pv-under-age": "no"}, "--case", reference)
    assert out(reference) == BY_ID["S01"]["answers"]


def test_m4_found_to_be_an_adult_consent_is_asked_and_never_inherited(bring: Bring) -> None:
    reference = bring(BY_ID["S02"])
    bring({"pv-under-age": "no"}, "--case", reference)
    left = out(reference)
    assert "pv-want-to-submit-nrm" not in left
    assert not [key for key in left if key.startswith("pv-name")]
    assert not [key for key in left if key.startswith("local-authority")]


def test_m5_the_same_consent_again_loses_nothing(bring: Bring) -> None:
    reference = bring(BY_ID["S01"])
    bring({"pv-want-to-submit-nrm": "yes"}, "--case", reference)
    assert out(reference) == BY_ID["S01"]["answers"]
    assert Case.objects.get(reference=reference).victim.consents.count() == 1


def test_m6_places_overseas_come_back(bring: Bring) -> None:
    reference = bring(WIDEST)
    bring({"where-exploitation-happened": "uk"}, "--case", reference)
    assert not [key for key in out(reference) if "overseas" in key]
    bring({"where-exploitation-happened": "uk-and-overseas"}, "--case", reference)
    assert out(reference) == WIDEST


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"pv-shoe-size": "9"}, "“pv-shoe-size” is no question"),
        (answers_of("S01", pv_gender="woman"), "“woman” is no option of “pv-gender”"),
        (answers_of("S01", pv_dob="31/02/1990"), "must be a real date"),
        (answers_of("S01", pv_contact_details=["email", "pigeon"]), "“pigeon” is no option"),
        ([], "must hold one object"),
        ({"reference": "a\x00b"}, "holds a sign that is no text"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_made(
    bring: Bring, answers: Any, says: str
) -> None:
    before = Case.objects.count()
    with pytest.raises(CommandError, match=says):
        bring(answers)
    assert Case.objects.count() == before


def test_a_file_that_is_none_is_said(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("nrm_import", str(tmp_path / "none.json"))
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    with pytest.raises(CommandError, match="is not JSON"):
        call_command("nrm_import", str(broken))
    with pytest.raises(CommandError, match="There is no case HF-NONE1"):
        call_command("nrm_export", "HF-NONE1")


def test_as_text_every_answer_stands_under_its_question(bring: Bring) -> None:
    text = out(bring(BY_ID["S01"]), "text")
    assert text.startswith("National referral of an adult who agreed")
    assert "How it began: what was promised, expected, offered\nOffered a job" in text
    assert set(questions()) & set(text.split()) <= {"reference", "family", "education"}
