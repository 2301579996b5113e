"""Everything at its longest, in every script, with markup in every box: kept as it was said, shown safely."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.models import User
from casework.actions.nrm import bring_in
from casework.models import Case
from casework.nrm.form import questions
from casework.nrm.record import record_of
from tests.builders import make_case
from tests.casework.nrm.test_there_and_back import WIDEST
from tests.cast import Cast

Open = Callable[[User], Client]
LONGEST = 15_000
FRAME = ("SAVEPOINT", "RELEASE", "SELECT set_", "SET LOCAL ROLE")
SAID = "<script>alert(1)</script> “مرحبا” שלום é \u202eabc | [x] ~ && www.example.org a@b.org\n"
# How many questions each page asks the database, with everything that can be on it.
ASKED = {
    "": 11,
    "/nrm/form": 11,
    "/nrm/check": 13,  # who is in date for sending it is asked too
    "/nrm/form/background": 12,
    "/nrm/form/places": 12,
}


def longest() -> dict[str, Any]:
    words = (SAID * (LONGEST // len(SAID) + 1))[:LONGEST]
    answers = {
        key: (words if questions()[key].type == "textarea" else answer)
        for key, answer in WIDEST.items()
        if key in questions()
    }
    answers["upload-file"] = [
        {"id": str(number), "name": f"{number} <b>é</b>.pdf", "mimetype": "application/pdf"}
        for number in range(99)
    ]
    return answers


def everything(cast: Cast) -> tuple[Case, dict[str, Any]]:
    case, answers = make_case(), longest()
    bring_in(answers=answers, by=cast.actor("olu"), case=case)
    return case, answers


def test_the_longest_account_comes_out_as_it_was_said(cast: Cast) -> None:
    case, answers = everything(cast)
    record = record_of(case.reference, by=cast.actor("olu"), today=clocks.today())
    assert record.out() == answers
    assert sum(len(answer) == LONGEST for answer in answers.values()) > 15
    assert case.places.count() == 20
    assert case.evidence_files.count() == 99


def test_the_longest_account_is_shown_safely_within_the_budget(cast: Cast, client_of: Open) -> None:
    case, _answers = everything(cast)
    browser = client_of(cast.olu)
    browser.get(f"/case/{case.reference}")  # which days count is asked once a process
    for page, most in ASKED.items():
        with CaptureQueriesContext(connection) as asked:
            response = browser.get(f"/case/{case.reference}{page}")
        told = response.content.decode()
        assert response.status_code == 200
        assert "<script>alert" not in told, page
        assert "<b>é" not in told, page
        sql = [q["sql"][:200] for q in asked if not q["sql"].startswith(FRAME)]
        assert len(sql) == most, "\n".join([page, *sql])
