"""The way out: to public addresses over TLS only, to the address that was checked, and never for long."""

from pathlib import Path
from typing import Any

import pytest

from referrals import transports
from referrals.transports import NotTaken, is_public, post
from tests.referrals.internet import (
    HOST,
    PUBLIC,
    Internet,
    Receiver,
    certificate,
    drip,
    early_hints,
    flood,
    hang,
    hang_up,
    nonsense,
    serving,
    status,
)

URL = f"https://{HOST}/holdfast?x=1"
INSIDE = [
    *(
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "10.0.0.5",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
    ),
    *("100.64.0.1", "192.0.0.170", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9"),
    *("224.0.0.1", "239.1.2.3", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.5", "::ffff:93.184.215.14"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:5", "64:ff9b::5db8:d70e", "64:ff9b:1::a00:5"),
    *("2002:7f00:1::1", "2002:a00:5::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1", "3fff::1"),
    *(
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "100::1",
    ),
    *("5f00::1", "4000::1", "localhost", "1", "0x7f.1", ""),
]
OUTSIDE = [
    "93.184.215.14",
    "8.8.8.8",
    "1.1.1.1",
    "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
    "2a00:1450::1",
]


def refused(url: str = URL) -> str:
    with pytest.raises(NotTaken) as told:
        post(url, b"{}", {"Content-Type": "application/json"})
    return told.value.problem


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_inside_or_on_the_way_inside_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_on_the_internet_is_public(address: str) -> None:
    assert is_public(address)


def test_it_arrives_at_the_path_with_the_name_and_its_own_certificate(
    internet: Internet, receiver: Receiver
) -> None:
    post(URL, b'{"a":1}', {"Content-Type": "application/json", "webhook-id": "1"})
    [got] = receiver.got
    assert (got.path, got.body) == ("/holdfast?x=1", b'{"a":1}')
    assert got.headers["Host"] == HOST
    assert got.headers["webhook-id"] == "1"
    assert internet.dialled == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.5", "::1", "::ffff:127.0.0.1", "64:ff9b::a00:5"]
)
@pytest.mark.parametrize("beside", [[], [PUBLIC]])
def test_a_name_that_leads_inside_is_not_dialled_even_if_it_leads_outside_too(
    internet: Internet, receiver: Receiver, address: str, beside: list[str]
) -> None:
    internet.names[HOST] = [*beside, address]
    assert refused() == "address-not-public"
    assert internet.dialled == []
    assert receiver.got == []


def test_the_name_is_looked_up_once_and_the_address_that_was_checked_is_dialled(
    internet: Internet, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    monkeypatch.setattr(transports, "resolve", lambda _host: next(answers))
    post(URL, b"{}", {})
    assert internet.dialled == [(PUBLIC, 443)]
    assert next(answers) == ["127.0.0.1"]


def test_another_address_is_tried_when_the_first_is_not_reached(
    internet: Internet, receiver: Receiver
) -> None:
    internet.names[HOST] = ["93.184.215.99", PUBLIC]
    post(URL, b"{}", {})
    assert internet.dialled == [("93.184.215.99", 443), (PUBLIC, 443)]


@pytest.mark.parametrize(
    "to",
    [
        "https://127.0.0.1/",
        "http://hooks.harbour.invalid/",
        "https://10.0.0.5/",
        f"https://{HOST}/other",
    ],
)
@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_nowhere(
    internet: Internet, receiver: Receiver, code: int, to: str
) -> None:
    receiver.answer = status(code, Location=to)
    assert refused() == f"answered-{code}"
    assert len(receiver.got) == 1
    assert internet.dialled == [(PUBLIC, 443)]


@pytest.mark.parametrize(("answer", "problem"), [(hang, "too-slow"), (drip, "too-slow")])
def test_whoever_answers_slowly_is_left_however_they_spread_it(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, answer: Any, problem: str
) -> None:
    monkeypatch.setattr(transports, "WITHIN", 0.5)
    receiver.answer = answer
    assert refused() == problem


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (flood, "unreadable"),
        (nonsense, "unreadable"),
        (hang_up, "hung-up"),
        (status(500), "answered-500"),
        (status(404), "answered-404"),
    ],
)
def test_an_answer_that_is_none_is_said_as_what_it_is(
    receiver: Receiver, answer: Any, problem: str
) -> None:
    receiver.answer = answer
    assert refused() == problem


@pytest.mark.parametrize("answer", [status(200), status(201), status(204), early_hints])
def test_any_answer_of_two_hundred_is_a_receipt(receiver: Receiver, answer: Any) -> None:
    receiver.answer = answer
    post(URL, b"{}", {})


def test_a_closed_port_and_a_name_that_is_not_there_are_told_apart(
    internet: Internet, receiver: Receiver
) -> None:
    internet.ports.clear()
    assert refused() == "refused"
    internet.names.clear()
    assert refused() == "no-such-host"


@pytest.mark.parametrize("host", ["other.harbour.invalid", HOST])
def test_a_certificate_of_another_name_or_of_nobody_known_is_not_believed(
    internet: Internet, receiver: Receiver, tmp_path: Path, host: str
) -> None:
    with serving(certificate(tmp_path, host)) as impostor:
        internet.ports[PUBLIC] = impostor.port
        assert refused() == "certificate"
        assert impostor.got == []


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.harbour.invalid/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://localhost/",
        "https://hooks.harbour.invalid:8443/",
        "https://user@hooks.harbour.invalid/",
        "https://hooks.harbour.invalid\\@10.0.0.5/",
        "https://hooks.harbour.invalid/#x",
        "https://hooks.harbour.invalid/\r\nX: y",
        "https://hooks.harbour.invalid/ x",
        "https://hooks.harbour.invalid?x",
        "https://-hooks.harbour.invalid/",
        "https://hooks..invalid/",
        "file:///etc/passwd",
        "gopher://hooks.harbour.invalid/",
    ],
)
def test_what_is_not_a_plain_https_address_of_a_name_goes_nowhere(
    internet: Internet, receiver: Receiver, url: str
) -> None:
    assert refused(url) == "not-an-address"
    assert (internet.looked_up, internet.dialled) == ([], [])


def test_proxies_of_the_environment_are_not_asked(
    internet: Internet, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:3128")
    post(URL, b"{}", {})
    assert internet.dialled == [(PUBLIC, 443)]


def test_in_the_demo_nothing_leaves_the_machine(
    internet: Internet, receiver: Receiver, settings: Any
) -> None:
    settings.WEBHOOKS_LEAVE = False
    assert refused() == "demo"
    assert (internet.looked_up, internet.dialled) == ([], [])
