"""A support worker asks the person how the police treated them: by the API, and in the inbox."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.context import acting_as
from accounts.models import User
from casework.models import Asking, CaseEvent, VoiceAnswer, VoiceWay, VoiceWords
from tests.cast import Cast
from tests.referrals.api_client import caller
from tests.referrals.builders import make_in

Browser = Callable[[User], Client]
SAID = {
    "point": "interview",
    "language": "en",
    "answers": {"safe_now": "no", "listened": "partly"},
    "words": "He did not let me stop",
}


def tell(
    who: Any, referral: Any, said: dict[str, Any], key: str = "one", api: str = "/api/v1"
) -> Any:
    return who.post(
        f"{api}/referrals/{referral.pk}/voice",
        said,
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def test_a_worker_s_system_tells_what_they_said_once_and_is_given_nothing_back(cast: Cast) -> None:
    referral, harbour = make_in("in_progress"), caller("harbour", "voice:write")
    before = CaseEvent.objects.count()
    for _time in range(2):
        answer = tell(harbour, referral, SAID)
        assert answer.status_code == 201
        assert answer.json() == {"point": "interview", "language": "en"}
    told = VoiceAnswer.objects.get()
    assert (told.unsafe, told.answers["listened"]) == (True, "partly")
    assert told.answers["complain"] == "skip"
    assert VoiceWords.objects.get().words == "He did not let me stop"
    asking = Asking.objects.get()
    assert (asking.way, asking.agency, asking.by) == (VoiceWay.AGENCY, cast.harbour, None)
    assert CaseEvent.objects.count() == before
    assert harbour.get(f"/api/v1/referrals/{referral.pk}/voice").status_code == 405


def test_skipping_all_of_it_is_told_too(cast: Cast) -> None:
    answer = tell(caller("harbour", "voice:write"), make_in("accepted"), SAID | {"skipped": True})
    assert answer.status_code == 201
    assert VoiceAnswer.objects.get().skipped
    assert not VoiceWords.objects.exists()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"point": "breakfast"}, 400),
        ({"language": "xx"}, 400),
        ({"language": "vi"}, 400),
        ({"answers": {"safe_now": "perhaps"}}, 400),
        ({"skipped": "yes"}, 400),
    ],
)
def test_what_is_no_answer_is_a_problem_that_says_where(
    cast: Cast, settings: Any, change: dict[str, Any], status: int
) -> None:
    settings.DEMO = False
    answer = tell(caller("harbour", "voice:write"), make_in("accepted"), SAID | change)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert not Asking.objects.exists()


def test_it_needs_its_scope_a_key_and_a_referral_of_ones_own_that_is_supported(cast: Cast) -> None:
    referral = make_in("accepted")
    assert tell(caller("harbour", "updates:write"), referral, SAID).status_code == 403
    assert tell(caller("beacon", "voice:write"), referral, SAID).status_code == 404
    harbour = caller("harbour", "voice:write")
    without = harbour.post(
        f"/api/v1/referrals/{referral.pk}/voice", SAID, content_type="application/json"
    )
    assert without.status_code == 400
    for state in ("sent", "declined", "completed"):
        assert tell(harbour, make_in(state), SAID, key=state).status_code == 409, state
    assert not Asking.objects.exists()


def test_the_questions_are_read_in_a_language_that_was_checked(cast: Cast, settings: Any) -> None:
    settings.DEMO = False
    harbour = caller("harbour", "voice:write")
    found = harbour.get("/api/v1/questions").json()
    assert found["languages"] == ["en"]
    assert [each["point"] for each in found["points"]] == [
        *("first_contact", "interview", "decision", "closure")
    ]
    assert all(len(each["questions"]) == 4 for each in found["points"])
    assert harbour.get("/api/v1/questions?language=ar").status_code == 400
    settings.DEMO = True
    arabic = harbour.get("/api/v1/questions?language=ar").json()
    assert arabic["points"][0]["questions"][0]["words"] == "هل تشعر بالأمان حيث أنت الآن؟"


def test_a_worker_asks_in_the_inbox_and_cannot_read_it_again(
    cast: Cast, client_of: Browser
) -> None:
    referral, client = make_in("accepted"), client_of(cast.hana)
    at = f"/agency/{referral.pk}"
    assert f"{at}/voice" in client.get(at).content.decode()
    to = client.post(f"{at}/voice", {"point": "decision", "language": "en"})
    assert to["Location"] == f"{at}/voice/decision/en"
    assert "Did somebody tell you what was decided" in client.get(to["Location"]).content.decode()
    sent = {"act": "send", "stopping": ["silence", "pressure"], "words": "Nobody rang"}
    assert client.post(to["Location"], sent).status_code == 302
    told = VoiceAnswer.objects.get()
    assert told.answers["stopping"] == ["silence", "pressure"]
    assert told.unsafe
    assert client.get(f"/voice/{told.pk}").status_code == 403
    with acting_as(cast.actor("hana")), connection.cursor() as cursor:
        for table in ("voiceanswer", "voicewords"):
            cursor.execute(f"SELECT count(*) FROM casework_{table}")
            assert cursor.fetchone() == (0,)
    with acting_as(cast.actor("bea")), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_asking")
        assert cursor.fetchone() == (0,)


def test_nobody_is_asked_of_a_referral_that_is_not_supported_yet_or_not_theirs(
    cast: Cast, client_of: Browser
) -> None:
    sent, ours = make_in("sent"), make_in("accepted")
    assert client_of(cast.hana).get(f"/agency/{sent.pk}/voice").status_code == 409
    assert client_of(cast.bea).get(f"/agency/{ours.pk}/voice").status_code == 404
    assert client_of(cast.hana).get(f"/agency/{ours.pk}/voice/decision/xx").status_code == 404
