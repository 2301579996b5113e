"""Copies of the record to give away: others are hidden, a second person reviews, and nothing changes afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction
from django.test import Client

import clocks
from accounts.errors import Conflict, Refused
from accounts.exported import Export
from accounts.models import User
from accounts.permissions import Permission, Role
from accounts.privacy import Privacy
from casework.actions import packs as act
from casework.models import (
    Case,
    Contact,
    Happening,
    InvestigationEvent,
    Pack,
    PackItem,
    PackKind,
    PackStatus,
    Party,
)
from casework.packs import LEFT_OUT, NO_PART, OTHERS, THEIRS, WORDS, as_html, as_text, parts
from tests.builders import make_case
from tests.cast import Cast
from victims.models import Channel, SafeContact

ClientOf = Callable[[User], Client]
OWN, SOMEBODY = "07700 900123", "07700 900999"
TEXTS = (models.TextField, models.CharField, models.JSONField)


@pytest.fixture
def case(cast: Cast) -> Case:
    """She is Olu's; she told of a man, and of a friend's phone."""
    case = make_case(first_words=f"Viktor Petrov takes her wages. Ring her sister on {SOMEBODY}.")
    now, olu = clocks.now(), cast.olu
    given: dict[str, Any] = {"scope": case.scope, "case": case}
    Party.objects.create(
        **given, name="Viktor Petrov", role="exploiter", changed_at=now, changed_by=olu
    )
    Contact.objects.create(
        **given,
        at=now,
        by=olu,
        recorded_at=now,
        outcome="spoke",
        channel=Channel.PHONE,
        next_at=now + timedelta(days=28),
        note=f"She rang from {OWN}. Petrov was there, as was Anna.",
    )
    SafeContact.objects.create(
        scope=case.scope,
        victim=case.victim,
        channel=Channel.PHONE,
        safe="yes",
        details=OWN,
        who_may_use="Only her sister Irina",
        set_by=olu,
        set_at=now,
        review_on=clocks.today() + timedelta(days=28),
    )
    InvestigationEvent.objects.create(
        **given, at=now, by=olu, recorded_at=now, kind=Happening.DATA_ASKED
    )
    return case


def copy_of(case: Case, cast: Cast, kind: PackKind = PackKind.SUBJECT_ACCESS) -> Pack:
    return act.make_pack(case=case, kind=kind, by=cast.actor("olu"))


def told(pack: Pack) -> str:
    return "\n".join(map(as_text, act.documents(pack)))


def item_with(pack: Pack, subject: str) -> PackItem:
    return PackItem.objects.get(pack=pack, subject=subject)


def ready(pack: Pack, cast: Cast) -> Pack:
    act.submit_pack(pack_id=pack.pk, by=cast.actor("olu"))
    return act.review_pack(
        pack_id=pack.pk, agreed=True, note="I read all of it", by=cast.actor("sade")
    )


def test_every_text_of_the_record_is_sorted_by_whom_it_is_about() -> None:
    unsorted, unknown = [], []
    tables = (*OTHERS.values(),)
    said = {
        label: {name for names in told.values() for name in names.split()}
        for label, told in OTHERS.items()
    }
    assert tables
    for table in (THEIRS, WORDS, LEFT_OUT):
        for label, names in table.items():
            said.setdefault(label, set()).update(names.split())
    found = {model._meta.label: model for model in parts()}
    for label, model in found.items():
        privacy: dict[str, Privacy] = getattr(model, "PRIVACY", {})
        texts = {
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, TEXTS)
            and not field.choices
            and privacy[field.name] is not Privacy.PUBLIC
            and field.name != "unanswered"
        }
        unsorted += [f"{label}.{name}" for name in sorted(texts - said.get(label, set()))]
        unknown += [f"{label}.{name}" for name in sorted(said.get(label, set()) - texts)]
    assert (unsorted, unknown) == ([], [])
    assert set(said) <= set(found)
    assert not set(NO_PART) & set(found)


def test_whoever_is_not_the_person_is_hidden_wherever_they_are_named(
    cast: Cast, case: Case
) -> None:
    words = told(copy_of(case, cast))
    for other in ("Viktor", "Petrov", "Irina", SOMEBODY):
        assert other not in words
    for own in ("takes her wages", "She rang from", OWN):
        assert own in words
    assert "[hidden: somebody else]" in words


def test_what_is_hidden_is_shown_with_a_reason_and_more_is_hidden_by_its_preparer_alone(
    cast: Cast, case: Case
) -> None:
    pack = copy_of(case, cast)
    contact, party = item_with(pack, "casework.contact"), item_with(pack, "casework.party")
    with pytest.raises(Refused):
        act.hide(item_id=contact.pk, words="Anna", by=cast.actor("sade"))
    act.hide(item_id=contact.pk, words="anna", by=cast.actor("olu"))
    with pytest.raises(Conflict, match="cannot be read in it"):
        act.hide(item_id=contact.pk, words="Anna", by=cast.actor("olu"))
    with pytest.raises(Conflict, match="Nothing is hidden"):
        act.lift(item_id=party.pk, key=99, reason="They told us", by=cast.actor("olu"))
    with pytest.raises(Conflict):
        act.lift(item_id=party.pk, key=1, reason="", by=cast.actor("olu"))
    act.lift(item_id=party.pk, key=1, reason="They told us", by=cast.actor("olu"))
    words = told(pack)
    assert "Anna" not in words
    assert words.count("Viktor Petrov") == 1


def test_whoever_began_it_and_lost_the_right_to_prepare_goes_on_with_nothing(
    cast: Cast, case: Case
) -> None:
    pack = copy_of(case, cast)
    cast.olu.roles.exclude(role=Role.RESPONDER).delete()
    with pytest.raises(Refused) as refused:
        act.submit_pack(pack_id=pack.pk, by=cast.actor("olu"))
    assert refused.value.verb == Permission.PACK_PREPARE


def test_an_item_is_left_out_only_with_a_reason_which_its_reader_does_not_learn(
    cast: Cast, case: Case
) -> None:
    pack, by = copy_of(case, cast), cast.actor("olu")
    item = item_with(pack, "casework.contact")
    with pytest.raises(Conflict, match="Say why"):
        act.judge_item(item_id=item.pk, withheld=True, sensitive=False, why="", by=by)
    why = "Would tell the suspect where she is"
    act.judge_item(item_id=item.pk, withheld=True, sensitive=False, why=why, by=by)
    words = told(pack)
    assert "She rang from" not in words
    assert why not in words
    assert "1 record is left out" in words


def test_it_leaves_only_after_a_second_person_and_then_nothing_in_it_changes(
    cast: Cast, case: Case, client_of: ClientOf
) -> None:
    pack = copy_of(case, cast)
    address = f"/exports/take/pack-page?of={pack.pk}&part=pack"
    why = {"reason": "subject", "words": "Their request of today", "goes": "outside"}
    why |= {"recipient": "The person herself"}
    assert client_of(cast.olu).post(address, why).status_code == 409
    act.submit_pack(pack_id=pack.pk, by=cast.actor("olu"))
    with pytest.raises(Refused):
        act.review_pack(pack_id=pack.pk, agreed=True, note="Fine", by=cast.actor("olu"))
    with pytest.raises(DatabaseError, match="pack_needs_second_person"), transaction.atomic():
        Pack.objects.filter(pk=pack.pk).update(reviewed_by=cast.olu)
    act.review_pack(pack_id=pack.pk, agreed=False, note="Hide Anna", by=cast.actor("sade"))
    act.hide(item_id=item_with(pack, "casework.contact").pk, words="Anna", by=cast.actor("olu"))
    pack = ready(pack, cast)
    assert pack.digest
    for change in (
        lambda: PackItem.objects.filter(pack=pack).update(withheld=False),
        lambda: act.lift(
            item_id=item_with(pack, "casework.party").pk,
            key=1,
            reason="They told us",
            by=cast.actor("olu"),
        ),
    ):
        with pytest.raises((DatabaseError, Conflict)), transaction.atomic():
            change()
    answer = client_of(cast.olu).post(address, why)
    assert answer["Content-Type"].startswith("text/html")
    page = answer.content.decode()
    assert "<h1>What we hold about you</h1>" in page
    assert "Viktor" not in page
    assert Export.objects.get().scope == case.scope


def test_a_schedule_tells_what_there_is_and_keeps_the_sensitive_part_apart(
    cast: Cast, case: Case
) -> None:
    pack = ready(copy_of(case, cast, PackKind.SCHEDULE), cast)
    plain, closed = act.documents(pack)
    assert "Contact, " in as_text(plain)
    assert "Safe contact" not in as_text(plain)
    assert "Would show how to reach the person" in as_text(closed)
    assert "Viktor" not in as_html(plain)
    assert "She rang from" not in told(pack)


def test_a_copy_for_the_person_answers_a_request_and_one_is_made_at_a_time(
    cast: Cast, case: Case
) -> None:
    with pytest.raises(Conflict, match="they asked"):
        copy_of(make_case(), cast)
    copy_of(case, cast)
    with pytest.raises(Conflict, match="being prepared already"), transaction.atomic():
        copy_of(case, cast)


def test_a_copy_is_prepared_and_reviewed_on_pages(
    cast: Cast, case: Case, client_of: ClientOf
) -> None:
    olu, sade = client_of(cast.olu), client_of(cast.sade)
    page = f"/case/{case.reference}/packs"
    assert olu.post(page, {}).status_code == 400
    address = olu.post(page, {"kind": "subject_access"})["Location"]
    assert "hidden: somebody else" in olu.get(address).content.decode()
    item = item_with(Pack.objects.get(), "casework.party")
    one = f"{address}/record/{item.pk}"
    assert olu.post(one, {"act": "lift", "key": "1", "reason": ""}).status_code == 400
    assert olu.post(one, {"act": "lift", "key": "1", "reason": "They said so"}).status_code == 302
    assert "They said so" in olu.get(one).content.decode()
    assert olu.post(one, {"act": "hide", "words": "nowhere"}).status_code == 409
    left_out = {"act": "judge", "description": "A man", "withheld": "on", "why": ""}
    assert olu.post(one, left_out).status_code == 400
    assert olu.post(address, {"act": "submit"}).status_code == 302
    assert "Your review" not in olu.get(address).content.decode()
    assert "Your review" in sade.get(address).content.decode()
    assert sade.post(address, {"act": "review", "agreed": "yes"}).status_code == 400
    agreed = {"act": "review", "agreed": "yes", "note": "I read all of it"}
    assert sade.post(address, agreed).status_code == 302
    assert Pack.objects.get().status == PackStatus.READY
    assert "as a page (HTML)" in olu.get(address).content.decode()
    assert client_of(cast.petra).get(address).status_code == 404
