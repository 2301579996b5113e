"""The guards themselves stand."""

import socket
from collections.abc import Callable

import pytest
import zeal
from django.template import Context, Template
from django.test import Client

from accounts.models import User, UserQuerySet
from tests.cast import Cast
from tests.guards import WayOut


def test_a_test_reaches_nothing_but_this_machine() -> None:
    with socket.socket() as way, pytest.raises(WayOut):
        way.connect(("192.0.2.1", 80))


def test_a_page_that_asks_for_each_row_fails(
    cast: Cast, client_of: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(cast.lena)
    assert client.get("/people").status_code == 200
    monkeypatch.setattr(UserQuerySet, "prefetch_related", lambda rows, *_: rows)
    with pytest.raises(zeal.NPlusOneError):
        client.get("/people")


def test_rows_that_nobody_ordered_come_in_no_order(cast: Cast) -> None:
    seen = {tuple(User.objects.order_by().values_list("pk", flat=True)) for _ in range(20)}
    assert len(seen) > 1
    kept = {tuple(User.objects.values_list("pk", flat=True)) for _ in range(20)}
    assert len(kept) == 1


def test_a_variable_that_a_page_does_not_have_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="no_such_thing"):
        Template("{{ no_such_thing }}").render(Context({}))
