"""The room of asking people how it was for them: in person, or by a link that works once; and of what is done then.

Nobody whom the answers are about asks, makes a link, or reads [docs/voice.md].
"""

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.permissions import Permission, check
from accounts.rows import add
from accounts.scoping import NotVisible
from accounts.sealed import seal
from casework.models import (
    Asking,
    Case,
    NotAsked,
    PointReached,
    VoiceAnswer,
    VoiceDealing,
    VoiceWay,
    VoiceWords,
)
from casework.models.voice import about
from casework.voice.questions import (
    WORDS_MOST,
    Point,
    is_complaint,
    is_unsafe,
    read,
    sheet_of,
    sheets,
)

LINK_LASTS = timedelta(days=7)
TOKEN_BYTES = 32
ASKED = "SELECT point, language FROM casework_voice_asked(%s, %s)"
TAKE = "SELECT casework_voice_take(%s, %s, %s)"


def about_you() -> str:
    """What is said to an officer who wants to ask about their own work."""
    return _(
        "You worked on this case, so the questions are about your work too. Ask a victim navigator, or an officer"
        " who had no part in it, to ask them."
    )


def is_about(case: Case, by: Actor) -> bool:
    """Whether the answers of the case's person are about this officer's own work."""
    return Case.objects.visible_to(by).filter(about("pk", by.id), pk=case.pk).exists()


@transaction.atomic
def make_link(*, case: Case, point: str, language: str, by: Actor) -> str:
    """There is a link by which the person can answer once, within a week; what it holds is told now and never again."""
    check(by, Permission.VOICE_ASK)
    _may_ask(case, language, by)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    asking = asking_now(
        case.scope_id, case.pk, point, VoiceWay.LINK, language, by_id=by.id, token=_hash(token)
    )
    asking.until = asking.at + LINK_LASTS
    add(asking)
    audit.record("voice.asked", by=by, of=asking)
    return token


@transaction.atomic
def ask_now(
    *,
    case: Case,
    point: str,
    language: str,
    given: Mapping[str, Any] | None,
    words: str = "",
    by: Actor,
) -> None:
    """The person answered, or skipped all (`given` is None), and whoever asked them wrote it down."""
    check(by, Permission.VOICE_ASK)
    _may_ask(case, language, by)
    asking = asking_now(case.scope_id, case.pk, point, VoiceWay.IN_PERSON, language, by_id=by.id)
    write_down(add(asking), given, words, force_id=case.scope.force_id)
    audit.record("voice.asked", by=by, of=asking)


def write_down(
    asking: Asking, given: Mapping[str, Any] | None, words: str, *, force_id: Any
) -> None:
    """The answer to an asking is kept, its words apart and sealed."""
    add(
        VoiceAnswer(
            asking=asking, force_id=force_id, at=asking.at, **_said(asking.point, given, words)
        )
    )
    if given is not None and (kept := words.strip()[:WORDS_MOST]):
        add(VoiceWords(asking=asking, words=kept))


def asked_by_link(token: str) -> tuple[Point, str] | None:
    """What the holder of a link is asked, and in which language; None where it is no link, used, or too old."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [_hash(token), clocks.now()])
        row = cursor.fetchone()
    return (Point(row[0]), row[1]) if row else None


@transaction.atomic
def answer_by_link(*, token: str, given: Mapping[str, Any] | None, words: str = "") -> bool:
    """What the holder of a link answered is kept, and the link is dead; False where it was dead before."""
    asked = asked_by_link(token)
    if asked is None:
        return False
    kept = words.strip()[:WORDS_MOST] if given is not None else ""
    row = VoiceWords(words=kept)
    place = f"{VoiceWords._meta.db_table}.words:{row.pk}"
    said = _said(asked[0], given, kept) | {
        "id": str(VoiceAnswer().pk),
        "words_id": str(row.pk),
        "words": seal(kept, place=place) if kept else "",
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [_hash(token), clocks.now(), json.dumps(said)])
        (taken,) = cursor.fetchone()
    return bool(taken)


@transaction.atomic
def deal(*, answer: VoiceAnswer, done: str, words: str, by: Actor) -> VoiceDealing:
    """Somebody whom it is not about has read what the person said, and says what was done."""
    check(by, Permission.VOICE_READ)
    heard = VoiceAnswer.objects.select_related("asking").get_visible(by, pk=answer.pk)
    if VoiceDealing.objects.visible_to(by).filter(asking=heard.asking_id).exists():
        raise Conflict(_("Somebody has dealt with this already. Look at what they did."))
    dealing = add(
        VoiceDealing(
            asking=heard.asking, at=clocks.now(), by_id=by.person_id, done=done, words=words.strip()
        )
    )
    audit.record("voice.dealt_with", by=by, of=heard)
    return dealing


@transaction.atomic
def not_asked(*, case: Case, point: str, why: str, words: str, by: Actor) -> NotAsked:
    """The person is not asked at a point that they have reached, and why: nobody is reminded of it any more."""
    check(by, Permission.VOICE_ASK)
    _may_see(case, by, verb="voice.not_asked")
    waiting = PointReached.objects.visible_to(by).waiting()
    if not waiting.filter(case=case, point=point).exists():
        raise Conflict(
            _("They were asked, or somebody said why not, or the case moved on. Nothing is owed.")
        )
    now = clocks.now()
    made = add(
        NotAsked(
            scope_id=case.scope_id,
            case=case,
            at=now,
            recorded_at=now,
            by_id=by.person_id,
            point=point,
            why=why,
            words=words.strip(),
        )
    )
    audit.record("voice.not_asked", by=by, of=made)
    return made


def _may_see(case: Case, by: Actor, *, verb: str) -> None:
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise NotVisible("casework.Case")
    if is_about(case, by):
        raise Refused(about_you(), verb=verb)


def _may_ask(case: Case, language: str, by: Actor) -> None:
    _may_see(case, by, verb="voice.ask")
    if language not in sheets():
        raise Conflict(_("Nobody has checked the questions in this language yet. Choose another."))


def asking_now(
    scope_id: UUID, case_id: UUID, point: str, way: VoiceWay, language: str, **more: Any
) -> Asking:
    """What is kept of asking the person of that case now: not kept yet."""
    at = clocks.now()
    return Asking(
        scope_id=scope_id,
        case_id=case_id,
        at=at,
        recorded_at=at,
        point=Point(point),
        way=way,
        language=sheet_of(language).code,
        **more,
    )


def _said(point: str, given: Mapping[str, Any] | None, words: str) -> dict[str, Any]:
    answers = {} if given is None else read(point, given)
    return {
        "skipped": given is None,
        "answers": answers,
        "unsafe": is_unsafe(answers),
        "complaint": is_complaint(answers),
        "has_words": given is not None and bool(words.strip()),
    }


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
