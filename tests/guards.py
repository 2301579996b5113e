"""The guards that stand over every test: no way out, no hidden order, no query for each row."""

import random
import socket
from ipaddress import ip_address
from typing import Any

import zeal
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from zeal.constants import initialize_app_registry
from zeal.patch import patch

_connect = socket.socket.connect
_fetch_all = QuerySet._fetch_all
_get_response = BaseHandler.get_response


class WayOut(AssertionError):
    """A test tried to reach beyond this machine."""


def _only_this_machine(self: socket.socket, address: Any) -> None:
    if self.family in {socket.AF_INET, socket.AF_INET6}:
        host = "127.0.0.1" if address[0] == "localhost" else address[0]
        if not ip_address(host).is_loopback:
            raise WayOut(f"A test may not reach {host}.")
    _connect(self, address)


def _in_no_order(self: QuerySet[Any]) -> None:
    """Rows that nobody ordered come in any order, as PostgreSQL promises no more."""
    fetched_now = self._result_cache is None
    _fetch_all(self)
    if fetched_now and not self.ordered and self.query.combinator is None:
        random.shuffle(self._result_cache)


def _asking_once(self: BaseHandler, request: HttpRequest) -> HttpResponse:
    """A page that asks once for each row of a list fails."""
    with zeal.zeal_context():
        return _get_response(self, request)


def stand() -> None:
    """Put the guards in place; once a process."""
    socket.socket.connect = _only_this_machine  # type: ignore[method-assign]
    QuerySet._fetch_all = _in_no_order  # type: ignore[method-assign]
    BaseHandler.get_response = _asking_once  # type: ignore[method-assign]
    settings.ZEAL_NPLUSONE_THRESHOLD = 5  # a page may ask for one row twice; a list asks for each
    initialize_app_registry()
    patch()
