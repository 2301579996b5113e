"""What people say of how they were treated: asked, kept apart from those whom it is about, and seen to."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.template.loader import get_template, render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import clocks
from accounts.actors import NOBODY, Actor
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, RoleHeld, User
from accounts.permissions import Role
from accounts.scoping import NotVisible
from casework.actions import voice as act
from casework.models import (
    Asking,
    Case,
    CaseEvent,
    VoiceAnswer,
    VoiceDealing,
    VoiceWay,
    VoiceWords,
)
from casework.nrm.leaflets import written_in
from casework.views.voice import asked_in
from casework.voice.questions import ASKED, SKIP, Disengaging, Point, read, sheets
from casework.voice.questions import HERE as WORDS
from followups import engine
from followups.models import FollowUp, Notice
from followups.queues import held
from followups.rules import RULES
from tests.builders import make_case
from tests.cast import Cast

Browser = Callable[[User], Client]
UNSAFE = {"safe_now": "no", "respect": "no"}
COMPLAINS = {"safe_now": "yes", "complain": "yes"}
CONTENT = {"safe_now": "yes", "understood": "yes", "respect": "yes", "complain": "no"}


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    settings.DEMO = True


def link(case: Case, by: Actor, point: str = Point.FIRST_CONTACT, language: str = "en") -> str:
    with acting_as(by):
        return act.make_link(case=case, point=point, language=language, by=by)


def answered(case: Case, by: Actor, given: dict[str, Any] | None, words: str = "") -> VoiceAnswer:
    """What the person of a case answered, when somebody of the force asked them."""
    with acting_as(by):
        act.ask_now(
            case=case,
            point=Point.FIRST_CONTACT,
            language="en",
            given=given,
            words=words,
            by=by,
        )
    return VoiceAnswer.objects.get(asking__case=case)


def send(client: Client, token: str, **given: Any) -> Any:
    return client.post("/q", {"k": token, "lang": "en", "act": "send"} | given)


def sweep(at: datetime | None = None) -> None:
    rules = {slug: RULES[slug] for slug in ("voice-unsafe", "voice-not-read")}
    engine.sweep(at or clocks.now(), rules=rules)


# The questions.


def test_each_point_asks_few_questions_in_every_language_and_easy_read() -> None:
    every = written_in(WORDS)
    assert len(every) >= 11
    assert "en-simple" in every
    english = every["en"].sentences
    for sheet in every.values():
        assert sheet.sentences.keys() == english.keys(), sheet.code
        assert all(words.strip() for words in sheet.sentences.values()), sheet.code
        changed = [name for name, words in sheet.sentences.items() if words != english[name]]
        assert sheet.code == "en" or len(changed) > len(english) / 2, sheet.code
    assert set(ASKED) == set(Point)
    for questions in ASKED.values():
        assert 3 <= len(questions) + 1 <= 5  # and a box for their own words
        for question in questions:
            assert {question.name, *question.answers, SKIP} <= english.keys()


def test_easy_read_has_a_picture_beside_each_question_and_each_answer_and_no_other_sheet_has() -> (
    None
):
    drawn = set(
        re.findall(r'<symbol id="picture-(\w+)"', get_template("voice/_pictures.html").render())
    )
    asked = {question for questions in ASKED.values() for question in questions}
    needed = {name for each in asked for name in (each.name, *each.answers)} | {SKIP, "words"}
    assert drawn == needed
    for point in (Point.FIRST_CONTACT, Point.CLOSURE):
        shown = render_to_string("voice/_questions.html", asked_in(point, sheets()["en-simple"]))
        used = re.findall(r'<use href="#picture-(\w+)"', shown)
        expected = [name for each in ASKED[point] for name in (each.name, *each.answers, SKIP)]
        assert used == [*expected, "words"]
        for code in ("en", "vi"):
            assert "<svg" not in render_to_string(
                "voice/_questions.html", asked_in(point, sheets()[code])
            )


def test_outside_the_demo_nobody_is_asked_in_words_that_no_translator_checked(
    cast: Cast, settings: Any
) -> None:
    settings.DEMO = False
    assert set(sheets()) == {code for code, each in written_in(WORDS).items() if each.checked}
    assert "vi" not in sheets()
    with pytest.raises(Conflict, match="Nobody has checked"):
        link(make_case(), cast.actor("tarek"), language="vi")


def test_what_is_left_out_or_is_no_answer_was_skipped() -> None:
    said = read(Point.DECISION, {"safe_now": "perhaps", "stopping": ["nothing", "silence", "x"]})
    assert said == {"safe_now": SKIP, "told": SKIP, "stopping": ["silence"], "complain": SKIP}
    assert read(Point.DECISION, {"stopping": ["nothing"]})["stopping"] == [Disengaging.NOTHING]
    assert read(Point.DECISION, {"stopping": ["skip"]})["stopping"] == SKIP


# Who asks.


@pytest.mark.parametrize("who", ["tarek", "rhys", "sade", "ines"])
def test_somebody_who_had_no_part_in_the_case_may_ask(cast: Cast, who: str) -> None:
    case = make_case()
    assert answered(case, cast.actor(who), CONTENT).answers == CONTENT
    assert Asking.objects.get(case=case).way == VoiceWay.IN_PERSON


def test_whoever_owns_owned_or_logged_the_case_or_worked_in_it_may_not_ask(cast: Cast) -> None:
    case = make_case(owner=cast.olu, logged_by=cast.wyn)
    CaseEvent.objects.create(
        scope=case.scope,
        case=case,
        kind="contact",
        at=clocks.now(),
        by=cast.rhys,
        recorded_at=clocks.now(),
    )
    for who in ("olu", "wyn", "rhys"):
        with acting_as(cast.actor(who)), pytest.raises((Refused, NotVisible)):
            act.make_link(case=case, point=Point.INTERVIEW, language="en", by=cast.actor(who))
    assert not Asking.objects.exists()


def test_a_supervisor_who_assigned_it_may_and_a_navigator_who_spoke_with_them_may(
    cast: Cast,
) -> None:
    case = make_case()
    for who, kind in (("sade", "assigned"), ("sade", "review"), ("tarek", "contact")):
        CaseEvent.objects.create(
            scope=case.scope,
            case=case,
            kind=kind,
            at=clocks.now(),
            by=getattr(cast, who),
            recorded_at=clocks.now(),
        )
    assert link(case, cast.actor("sade"))
    assert link(case, cast.actor("tarek"))
    RoleHeld.objects.create(user=cast.tarek, role=Role.INVESTIGATOR)
    with pytest.raises(Refused):
        link(case, cast.actor("tarek"))


def test_an_officer_is_told_why_they_cannot_ask_and_that_they_tried_is_on_record(
    cast: Cast, client_of: Browser
) -> None:
    case = make_case()
    page = client_of(cast.olu).get(f"/case/{case.reference}/voice")
    assert page.status_code == 403
    assert "Ask a victim navigator" in page.content.decode()
    assert AuditEvent.objects.filter(verb="access.refused", detail__tried="voice.ask").exists()
    assert (
        f"/case/{case.reference}/voice"
        not in client_of(cast.olu).get(f"/case/{case.reference}").content.decode()
    )
    assert (
        f"/case/{case.reference}/voice"
        in client_of(cast.tarek).get(f"/case/{case.reference}").content.decode()
    )


def test_a_navigator_asks_in_their_language_with_english_below_and_writes_it_down(
    cast: Cast, client_of: Browser
) -> None:
    case, client = make_case(), client_of(cast.tarek)
    to = client.post(
        f"/case/{case.reference}/voice", {"point": "interview", "language": "ar", "way": "now"}
    )
    page = client.get(to["Location"]).content.decode()
    assert 'dir="rtl"' in page
    assert "هل استمعت إليك الشرطة؟" in page
    assert "Did the police listen to you?" in page
    assert client.post(to["Location"], {"listened": "partly", "act": "send"}).status_code == 302
    answer = VoiceAnswer.objects.get()
    assert answer.answers["listened"] == "partly"
    assert answer.answers["complain"] == SKIP
    client.post(to["Location"], {"listened": "partly", "words": "x", "act": "skip"})
    assert VoiceAnswer.objects.filter(skipped=True, answers={}, has_words=False).count() == 1


# The link.


def test_a_link_is_shown_once_and_only_its_hash_is_kept(cast: Cast, client_of: Browser) -> None:
    case = make_case()
    page = client_of(cast.tarek).post(
        f"/case/{case.reference}/voice", {"point": "closure", "language": "vi", "way": "link"}
    )
    found = re.search(r"/q\?k=([\w-]+)", page.content.decode())
    assert found
    assert page["Cache-Control"] == "no-store"
    assert "<svg" in page.content.decode()
    asking = Asking.objects.get(case=case)
    assert asking.token == act._hash(found[1])
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(e::text, '') FROM accounts_auditevent e")
        (trail,) = cursor.fetchone()
    assert found[1] not in trail
    assert asking.token not in trail


def test_whoever_holds_the_link_answers_once_and_nothing_is_kept_on_their_phone(
    cast: Cast,
) -> None:
    token, client = link(make_case(), cast.actor("tarek"), language="vi"), Client()
    page = client.get("/q", {"k": token})
    assert page.status_code == 200
    assert "Một vài câu hỏi" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "same-origin"  # so no other site is told of it
    sent = send(client, token, safe_now="yes", respect="no", words="Cảm ơn", lang="vi")
    assert (sent.status_code, sent["Location"]) == (302, "/q/sent?lang=vi")
    assert sent["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(sent["Location"]).status_code == 200
    assert not client.cookies
    assert VoiceAnswer.objects.get().answers["respect"] == "no"
    assert VoiceWords.objects.get().words == "Cảm ơn"
    assert client.get("/q", {"k": token}).status_code == 404
    assert send(client, token, safe_now="no").status_code == 404
    assert VoiceAnswer.objects.get().answers["safe_now"] == "yes"


def test_skipping_all_of_it_is_an_answer_and_ends_the_link(cast: Cast) -> None:
    token = link(make_case(), cast.actor("tarek"))
    send(Client(), token, act="skip", safe_now="no", words="Not this")
    answer = VoiceAnswer.objects.get()
    assert (answer.skipped, answer.answers, answer.has_words) == (True, {}, False)
    assert not VoiceWords.objects.exists()
    assert Client().get("/q", {"k": token}).status_code == 404


def test_a_link_ends_after_a_week_and_used_old_and_guessed_ones_look_the_same(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    used, old = (link(make_case(), cast.actor("tarek")) for _one in range(2))
    send(Client(), used)
    later = clocks.now() + act.LINK_LASTS
    assert Client().get("/q", {"k": old}).status_code == 200
    monkeypatch.setattr("casework.actions.voice.clocks.now", lambda: later)
    pages = [Client().get("/q", {"k": token}) for token in (used, old, "guessed", "")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert send(Client(), old, safe_now="no").status_code == 404
    assert VoiceAnswer.objects.count() == 1


def test_whoever_guesses_links_must_wait_and_a_real_one_still_opens(cast: Cast) -> None:
    token = link(make_case(), cast.actor("tarek"))
    tried = [Client().get("/q", {"k": f"guess-{n}"}).status_code for n in range(25)]
    assert tried == [404] * 20 + [429] * 5
    assert Client().get("/q", {"k": token}).status_code == 200
    refused = AuditEvent.objects.filter(verb="access.refused", detail__tried="voice.answer")
    assert refused.count() == 20
    assert "guess-" not in str(list(refused.values()))


def test_nobody_who_is_signed_in_answers_in_the_persons_place(
    cast: Cast, client_of: Browser
) -> None:
    token = link(make_case(), cast.actor("tarek"))
    for who in (cast.olu, cast.tarek):
        assert client_of(who).get("/q", {"k": token}).status_code == 403
        assert send(client_of(who), token).status_code == 403
    assert not VoiceAnswer.objects.exists()


def test_two_who_send_one_link_at_once_are_kept_as_one(cast: Cast) -> None:
    token = link(make_case(), cast.actor("tarek"))
    with acting_as(NOBODY, in_request=True):
        first = act.answer_by_link(token=token, given={"safe_now": "yes"})
        assert (first, act.answer_by_link(token=token, given={})) == (True, False)
    with acting_as(NOBODY), connection.cursor() as cursor:
        cursor.execute(act.TAKE, [act._hash(token), clocks.now(), "{}"])
        assert cursor.fetchone() == (False,)


# Apart from those whom it is about.


@pytest.mark.parametrize("who", ["olu", "rhys", "tarek", "keir", "petra", "hana", "asha"])
def test_neither_the_officer_nor_anybody_without_the_right_finds_an_answer(
    cast: Cast, client_of: Browser, who: str
) -> None:
    case = make_case()
    answer = answered(case, cast.actor("ines"), UNSAFE, "He shouted at me")
    client = client_of(getattr(cast, who))
    assert client.get(f"/voice/{answer.pk}").status_code in {403, 404}
    assert client.get("/voice").status_code == 403
    with acting_as(cast.actor(who)):
        for model in (VoiceAnswer, VoiceWords, VoiceDealing):
            assert not model.objects.visible_to(cast.actor(who)).exists()
            with connection.cursor() as cursor:  # and the database keeps them by itself
                cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
                assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("part", ["owner", "logged", "owned", "worked"])
def test_a_supervisor_whom_it_is_about_sees_nothing_and_another_does(
    cast: Cast, client_of: Browser, part: str
) -> None:
    case = make_case()
    answer = answered(case, cast.actor("tarek"), COMPLAINS, "She did not listen")
    if part == "owner":
        Case.objects.filter(pk=case.pk).update(owner=cast.sade)
    if part == "logged":
        Case.objects.filter(pk=case.pk).update(logged_by=cast.sade)
    if part == "owned":
        case.allocations.create(
            scope=case.scope,
            at=clocks.now(),
            recorded_at=clocks.now(),
            owner=cast.sade,
            ended_at=clocks.now(),
        )
    if part == "worked":
        CaseEvent.objects.create(
            scope=case.scope,
            case=case,
            kind="safety",
            at=clocks.now(),
            by=cast.sade,
            recorded_at=clocks.now(),
        )
    assert client_of(cast.sade).get(f"/voice/{answer.pk}").status_code == 404
    assert str(answer.pk) not in client_of(cast.sade).get("/voice").content.decode()
    with acting_as(cast.actor("sade")), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_voiceanswer")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM casework_asking")
        assert cursor.fetchone() == (0,)
    page = client_of(cast.ines).get(f"/voice/{answer.pk}").content.decode()
    assert "She did not listen" in page


def test_nothing_in_the_case_changes_when_its_person_answers(
    cast: Cast, client_of: Browser
) -> None:
    case = make_case()
    token = link(case, cast.actor("tarek"))
    owner, at = client_of(cast.olu), clocks.now()
    pages = [f"/case/{case.reference}", f"/case/{case.reference}/history"]
    pages += [f"/case/{case.reference}/looked", f"/case/{case.reference}/reminders"]
    pages += ["/", "/work", "/rules"]

    def shown() -> list[tuple[int, str]]:
        engine.sweep(at)
        answers = [owner.get(page) for page in pages]
        moving = re.compile(r"csrfmiddlewaretoken\" value=\"[^\"]+|page made [^<]+|nonce=\S+")
        return [(each.status_code, moving.sub("", each.content.decode())) for each in answers]

    with clocks.frozen(at):
        for _time in range(2):  # the first look is itself something that is shown
            before = shown()
        was = Case.objects.filter(pk=case.pk).values().get()
        send(Client(), token, safe_now="no", complain="yes", words="He frightened me")
        after = shown()
        assert Case.objects.filter(pk=case.pk).values().get() == was
    assert FollowUp.objects.filter(rule="voice-unsafe").exists()
    same = [page for page, one, two in zip(pages, before, after, strict=True) if one == two]
    looked = f"/case/{case.reference}/looked"  # it lists the owner's own looks, one more each time
    assert set(pages) - set(same) <= {looked}
    assert "voice" not in after[pages.index(looked)][1]


def test_the_trail_says_neither_of_whom_an_answer_is_nor_what_it_holds(cast: Cast) -> None:
    case = make_case()
    token = link(case, cast.actor("tarek"))
    send(Client(), token, safe_now="no", complain="yes", words="He frightened me")
    asking = Asking.objects.get()
    events = AuditEvent.objects.filter(subject__startswith="casework_voice")
    assert {event.subject for event in events} == {"casework_voiceanswer", "casework_voicewords"}
    for event in events:
        assert event.scope_id is None
        assert event.actor_id is None
        for secret in (str(asking.pk), str(case.pk), str(case.scope_id), "safe_now", "frightened"):
            assert secret not in str(event.detail), event.subject
    assert not AuditEvent.objects.filter(scope_id=case.scope_id, at__gt=asking.at).exists()


# What is owed.


@pytest.mark.parametrize(
    ("given", "words", "owed"),
    [
        (UNSAFE, "", {"voice-unsafe"}),
        ({"safe_now": "not_sure"}, "", {"voice-unsafe"}),
        (COMPLAINS, "", {"voice-not-read"}),
        (CONTENT, "Thank you", {"voice-not-read"}),
        (UNSAFE | {"complain": "yes"}, "And more", {"voice-unsafe"}),
        (CONTENT, "  ", set()),
        (None, "Left out", set()),
    ],
)
def test_a_concern_a_complaint_and_words_are_owed_at_once_and_nothing_else_is(
    cast: Cast, given: dict[str, str] | None, words: str, owed: set[str]
) -> None:
    answered(make_case(), cast.actor("tarek"), given, words)
    sweep()
    rows = FollowUp.objects.filter(rule__startswith="voice-")
    assert {row.rule for row in rows} == owed
    for row in rows:
        assert (row.case_id, row.scope_id, row.unit_id) == (None, None, None)
        assert row.holder == cast.sade


def test_somebody_kept_from_talking_is_not_safe(cast: Cast) -> None:
    case, by = make_case(), cast.actor("tarek")
    with acting_as(by):
        act.ask_now(
            case=case,
            point=Point.CLOSURE,
            language="en",
            given={"safe_now": "yes", "stopping": ["pressure", "silence"]},
            by=by,
        )
    assert VoiceAnswer.objects.get().unsafe


def test_it_is_the_leads_when_the_supervisor_had_a_part_in_it(cast: Cast) -> None:
    answered(make_case(owner=cast.sade), cast.actor("tarek"), UNSAFE)
    sweep()
    holder = FollowUp.objects.get(rule="voice-unsafe").holder
    assert holder is not None
    assert holder.pk != cast.sade.pk
    assert holder.roles.filter(role=Role.SPECIALIST_LEAD).exists()


def test_the_case_s_officer_is_neither_told_nor_shown_what_is_owed(cast: Cast) -> None:
    answered(make_case(), cast.actor("tarek"), UNSAFE)
    sweep(clocks.now() + timedelta(days=9))
    assert Notice.objects.filter(step__followup__rule="voice-unsafe").exists()
    assert not Notice.objects.filter(step__followup__rule="voice-unsafe", person=cast.olu).exists()
    with acting_as(cast.actor("olu")):
        assert not held(cast.actor("olu")).filter(rule="voice-unsafe").exists()
        seen = FollowUp.objects.visible_to(cast.actor("olu"))
        assert not seen.filter(rule="voice-unsafe").exists()


def test_a_supervisor_reads_it_says_what_was_done_and_owes_nothing_more(
    cast: Cast, client_of: Browser
) -> None:
    case = make_case()
    answer = answered(case, cast.actor("tarek"), UNSAFE, "He is outside")
    client = client_of(cast.sade)
    sweep()
    owed = FollowUp.objects.get(rule="voice-unsafe")
    assert str(answer.pk) in client.get("/voice").content.decode()
    page = client.get(f"/voice/{answer.pk}").content.decode()
    assert "He is outside" in page
    assert re.search(r"Language</dt>\s*<dd[^>]*>\s*English", page)
    assert 'href="/voice"' in client.get("/").content.decode()
    assert "They are not safe" in page
    assert client.post(f"/voice/{answer.pk}", {"done": "safe"}).status_code == 400
    done = {"done": "safe", "words": "Tarek moved her to her sister"}
    assert client.post(f"/voice/{answer.pk}", done).status_code == 302
    assert client.post(f"/voice/{answer.pk}", done).status_code == 409
    assert "moved her" in client.get(f"/voice/{answer.pk}").content.decode()
    sweep()
    owed.refresh_from_db()
    assert owed.state == "met"
    assert AuditEvent.objects.filter(verb="voiceanswer.viewed", actor_id=cast.sade.pk).exists()
    seen = AuditEvent.objects.filter(verb__startswith="voice", scope_id=case.scope_id)
    assert set(seen.values_list("verb", flat=True)) == {"voice.asked"}


def test_words_lie_sealed(cast: Cast) -> None:
    answered(make_case(), cast.actor("tarek"), CONTENT, "He frightened me")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM casework_voicewords")
        assert "frightened" not in cursor.fetchone()[0]


def test_nobody_changes_what_was_said(cast: Cast) -> None:
    answered(make_case(), cast.actor("tarek"), UNSAFE, "He frightened me")
    for table in ("casework_asking", "casework_voiceanswer", "casework_voicewords"):
        for change in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with (
                pytest.raises(DatabaseError),
                acting_as(cast.actor("sade")),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(change)


def test_the_list_asks_as_often_for_many_as_for_one(cast: Cast, client_of: Browser) -> None:
    client, by = client_of(cast.sade), cast.actor("tarek")
    answered(make_case(), by, COMPLAINS)
    client.get(reverse("casework:voice-heard"))
    asked = []
    for more in (0, 49):
        for _one in range(more):
            answered(make_case(), by, COMPLAINS)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("casework:voice-heard")).status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1]
