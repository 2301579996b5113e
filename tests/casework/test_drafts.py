"""What an officer types is kept on the server, sealed, theirs alone, and comes back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

import clocks
from accounts.models import User
from casework.actions.drafts import drop_draft, save_draft, take_draft
from casework.actions.logging import start_concern
from casework.models import Case, Draft
from tests.builders import make_case
from tests.cast import Cast

ClientOf = Callable[[User], Client]
SECRET = "She whispered sesame"


def type_in(browser: Client, case: Case | None, form: str, **typed: str) -> int:
    query = f"form={form}" + (f"&case={case.reference}" if case else "")
    answer = browser.post(
        f"/draft?{query}", {"_seq": "1", **typed}, headers={"X-Requested-With": "draft"}
    )
    return int(answer.status_code)


def draft_of(cast: Cast) -> Case:
    return start_concern(concern=uuid4(), answers={}, by=cast.actor("olu"))


def test_what_was_typed_comes_back_when_the_page_is_opened_again(
    cast: Cast, client_of: ClientOf
) -> None:
    case = draft_of(cast)
    browser = client_of(cast.olu)
    assert type_in(browser, case, "concern-3", first_words=SECRET, indicators="afraid") == 204
    shown = client_of(cast.olu).get(f"/concern/{case.reference}/3").content.decode()
    assert SECRET in shown
    assert "We put back what you typed" in shown
    assert 'value="afraid" checked' in shown
    assert "There is a problem" not in shown


def test_half_typed_answers_come_back_as_they_stand(cast: Cast, client_of: ClientOf) -> None:
    case = draft_of(cast)
    browser = client_of(cast.olu)
    type_in(browser, case, "concern-2", met_on_day="31", met_on_month="x", met_time="half p")
    shown = browser.get(f"/concern/{case.reference}/2").content.decode()
    assert 'value="31"' in shown
    assert 'value="half p"' in shown


def test_typing_before_there_is_a_reference_is_one_case_once_it_is_saved(
    cast: Cast, client_of: ClientOf
) -> None:
    browser = client_of(cast.olu)
    concern = str(uuid4())
    type_in(browser, None, "concern-1", danger="yes", concern=concern)
    shown = browser.get("/concern/new").content.decode()
    assert f'value="{concern}"' in shown
    browser.post("/concern/new", {"concern": concern, "danger": "yes"})
    assert [str(case.pk) for case in Case.objects.all()] == [concern]
    assert not Draft.objects.exists()


def test_later_typing_replaces_earlier_typing(cast: Cast, client_of: ClientOf) -> None:
    case = draft_of(cast)
    browser = client_of(cast.olu)
    type_in(browser, case, "concern-3", first_words="one")
    type_in(browser, case, "concern-3", first_words="two")
    typed = take_draft(form="concern-3", case=case, by=cast.actor("olu"))
    assert typed
    assert typed.contents["first_words"] == "two"
    assert Draft.objects.count() == 1


def test_a_colleague_never_sees_what_is_being_typed(cast: Cast, client_of: ClientOf) -> None:
    case = draft_of(cast)
    type_in(client_of(cast.olu), case, "concern-3", first_words=SECRET)
    shown = client_of(cast.sade).get(f"/concern/{case.reference}/3").content.decode()
    assert SECRET not in shown


def test_a_draft_lies_sealed(cast: Cast, client_of: ClientOf) -> None:
    type_in(client_of(cast.olu), draft_of(cast), "concern-3", first_words=SECRET)
    with connection.cursor() as cursor:
        cursor.execute("SELECT contents FROM casework_draft")
        contents = cursor.fetchone()[0]
    assert contents.startswith("v2.")
    assert "sesame" not in contents


def test_a_dump_of_the_whole_row_set_and_the_audit_trail_holds_no_word_of_a_draft(
    cast: Cast, client_of: ClientOf
) -> None:
    type_in(client_of(cast.olu), draft_of(cast), "concern-3", first_words=SECRET)
    with connection.cursor() as cursor:
        for table in ("casework_draft", "casework_case", "accounts_auditevent"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%%sesame%%'")
            assert cursor.fetchone()[0] == 0, table


def test_typing_survives_a_forced_sign_out(cast: Cast, client_of: ClientOf) -> None:
    case = draft_of(cast)
    browser = client_of(cast.olu)
    browser.get("/concern/new")
    type_in(browser, case, "concern-3", first_words=SECRET)
    with clocks.moved(settings.SESSION_IDLE + timedelta(minutes=1)):
        assert type_in(browser, case, "concern-3", first_words="lost?") == 401
        again = client_of(cast.olu)
        assert SECRET in again.get(f"/concern/{case.reference}/3").content.decode()


def test_somebody_who_is_not_signed_in_keeps_nothing(cast: Cast) -> None:
    answer = Client().post("/draft?form=concern-1", {"danger": "yes"})
    assert answer.status_code in {302, 401}
    assert not Draft.objects.exists()


def test_no_draft_on_a_case_that_one_may_not_see(cast: Cast, client_of: ClientOf) -> None:
    assert type_in(client_of(cast.petra), make_case(), "contact", note="x") == 404
    assert not Draft.objects.exists()


@pytest.mark.parametrize("form", ["", "Con cern", "x" * 61, "../x"])
def test_a_form_that_has_no_such_name_is_refused(
    cast: Cast, client_of: ClientOf, form: str
) -> None:
    assert (
        client_of(cast.olu).post("/draft", {"a": "b"}, query_params={"form": form}).status_code
        == 400
    )


def test_a_flood_of_typing_is_refused(cast: Cast, client_of: ClientOf) -> None:
    assert type_in(client_of(cast.olu), None, "concern-1", danger="x" * 200_001) == 413


def test_a_saved_form_leaves_nothing_behind(cast: Cast) -> None:
    actor, case = cast.actor("olu"), make_case()
    save_draft(form="contact", case=case, typed=[("note", ["x"])], by=actor)
    drop_draft(form="contact", case=case, by=actor)
    assert take_draft(form="contact", case=case, by=actor) is None
