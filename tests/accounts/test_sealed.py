"""Sealed text: it opens at its own place with its own key, or not at all."""

import os
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

import clocks
from accounts.keyring import key_ring
from accounts.sealed import SealedText, Unsealable, seal, unseal
from tests.builders import make_victim
from tests.cast import Cast
from victims.models import Channel, SafeContact

SECRET = "Ask at the blue door behind Gannet Yard"
PLACE = "victims_safecontact.details:1"


def make_contact(cast: Cast, details: str = SECRET) -> SafeContact:
    victim = make_victim()
    return SafeContact.objects.create(
        scope=victim.scope,
        victim=victim,
        channel=Channel.values[0],
        details=details,
        review_on=clocks.today(),
        set_at=clocks.now(),
        set_by=cast.olu,
    )


@pytest.fixture
def other_key(tmp_path: Path, settings: Any) -> Path:
    """Another ring, whose only key has the name of the usual newest one."""
    (tmp_path / key_ring().newest).write_text(b64encode(os.urandom(32)).decode())
    settings.SEALING_KEYS_DIR = tmp_path
    return tmp_path


@given(text=st.text(min_size=4).filter(str.isalnum))
def test_what_is_sealed_opens_again_and_does_not_show(text: str) -> None:
    place = f"victims_safecontact.details:{uuid4()}"
    closed = seal(text, place=place)
    assert isinstance(closed, SealedText)
    assert unseal(closed, place=place) == text
    assert text.encode() not in b64decode(closed.split(".", 2)[2])


@given(text=st.text(min_size=1), position=st.integers(min_value=0), flip=st.integers(1, 255))
def test_changed_ciphertext_never_opens(text: str, position: int, flip: int) -> None:
    head, key_id, body = seal(text, place=PLACE).split(".", 2)
    raw = bytearray(b64decode(body))
    raw[position % len(raw)] ^= flip
    with pytest.raises(Unsealable):
        unseal(f"{head}.{key_id}.{b64encode(bytes(raw)).decode()}", place=PLACE)


@given(st.text())
def test_what_was_never_sealed_does_not_open(text: str) -> None:
    with pytest.raises(Unsealable):
        unseal(text, place=PLACE)


def test_moved_ciphertext_does_not_open() -> None:
    with pytest.raises(Unsealable):
        unseal(seal(SECRET, place=PLACE), place="victims_safecontact.details:2")


def test_the_wrong_key_raises_and_never_gives_ciphertext(cast: Cast, other_key: Path) -> None:
    contact = make_contact(cast)
    for path in other_key.iterdir():
        path.write_text(b64encode(os.urandom(32)).decode())
    again = SafeContact.objects.get(pk=contact.pk)
    with pytest.raises(Unsealable):
        _ = again.details


def test_an_empty_ring_stops_with_a_sentence(other_key: Path) -> None:
    for path in other_key.iterdir():
        path.unlink()
    with pytest.raises(ImproperlyConfigured, match="no sealing key"):
        seal(SECRET, place=PLACE)


def test_an_older_key_still_opens_after_a_newer_one_seals(other_key: Path) -> None:
    old = seal(SECRET, place=PLACE)
    (other_key / "zz-newer").write_text(b64encode(os.urandom(32)).decode())
    assert unseal(old, place=PLACE) == SECRET
    assert seal(SECRET, place=PLACE).startswith("v2.zz-newer.")


def test_a_row_opens_what_the_database_holds_sealed(cast: Cast) -> None:
    contact = make_contact(cast)
    again = SafeContact.objects.get(pk=contact.pk)
    assert again.details == SECRET
    with connection.cursor() as cursor:
        cursor.execute("SELECT details FROM victims_safecontact WHERE id = %s", [contact.pk])
        (stored,) = cursor.fetchone()
    assert stored.startswith("v2.")
    assert "Gannet" not in stored


def test_ciphertext_copied_to_another_row_does_not_open_there(cast: Cast) -> None:
    first, second = make_contact(cast), make_contact(cast, details="02920 960999")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE victims_safecontact SET details = (SELECT details FROM victims_safecontact "
            "WHERE id = %s) WHERE id = %s",
            [first.pk, second.pk],
        )
    with pytest.raises(Unsealable):
        _ = SafeContact.objects.get(pk=second.pk).details


def test_update_and_bulk_update_with_plain_text_are_refused(cast: Cast) -> None:
    contact = make_contact(cast)
    with pytest.raises(Unsealable, match="not with update"):
        SafeContact.objects.filter(pk=contact.pk).update(details="plain")
    contact.details = "plain"
    with pytest.raises(Unsealable, match="not with update"):
        SafeContact.objects.bulk_update([contact], ["details"])


def test_sealed_text_cannot_be_searched(cast: Cast) -> None:
    make_contact(cast)
    with pytest.raises(Unsealable):
        SafeContact.objects.filter(details__icontains="Gannet").exists()
    assert not SafeContact.objects.filter(details=SECRET).exists()


def test_no_table_of_the_database_holds_what_was_sealed(cast: Cast) -> None:
    make_contact(cast)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
            "WHERE nspname = 'public' AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            if table == "clocks_workday":
                continue
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', ["%Gannet Yard%"]
            )
            assert cursor.fetchone() == (0,), table
    assert "accounts_auditevent" in tables
    assert "victims_safecontact" in tables
