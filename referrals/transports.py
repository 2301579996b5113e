"""The room of the way to an agency's system: HTTPS to a public address, and to no other place whatever a name says.

A name may lead anywhere, so it is looked up once, every address is checked, and the connection goes to the one
that was checked. Nothing is followed and next to nothing is read [adr/0011].
"""

import re
import socket
import ssl
import time
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings

# One way to read an address, when it is proposed and when it is used: two readers could disagree.
ADDRESS = re.compile(
    r"https://(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)"
    r"(?P<path>/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?"
)
WITHIN = 10.0  # seconds for everything: connecting, TLS, sending, and the first line of the answer
MOST_BYTES = 16 * 1024
STATUS = re.compile(rb"HTTP/1\.[01] ([1-9][0-9]{2})(?: |$)")
NOT_SENT = "demo"  # of our own will, which says nothing of the receiver
GLOBAL_UNICAST = IPv6Network("2000::/3")
# What lies in it and leads to IPv4 addresses, or to nobody; the rest of IPv6 is not asked at all.
NOT_THERE = [
    ip_network(net)
    for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "192.88.99.0/24")
]


class NotTaken(Exception):
    """The receiver did not take it; `problem` is a code that says why."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def is_public(address: str) -> bool:
    """Whether it is somebody's address on the internet, and no way round to one that is not."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if not found.is_global or found.is_multicast or found.is_reserved:
        return False
    if isinstance(found, IPv6Address) and found not in GLOBAL_UNICAST:
        return False
    return not any(found in net for net in NOT_THERE if net.version == found.version)


def resolve(host: str) -> list[str]:
    """Every address of the name, in the order in which they are to be tried."""
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


@lru_cache(maxsize=1)
def trust() -> ssl.SSLContext:
    """Whose certificates are believed: the machine's own list."""
    return ssl.create_default_context()


def post(url: str, body: bytes, headers: dict[str, str]) -> None:
    """The receiver answered that it has it (2xx); else `NotTaken`. Proxies of the environment are not asked."""
    if not settings.WEBHOOKS_LEAVE:
        raise NotTaken(NOT_SENT)
    until = time.monotonic() + WITHIN
    found = ADDRESS.fullmatch(url)
    if found is None:
        raise NotTaken("not-an-address")
    try:
        with _connected(_checked(found["host"]), until) as plain:
            plain.settimeout(_left(until))
            with trust().wrap_socket(plain, server_hostname=found["host"]) as link:
                link.settimeout(_left(until))
                link.sendall(_request(found["host"], found["path"] or "/", body, headers))
                status = _answered(link, until)
    except TimeoutError as error:
        raise NotTaken("too-slow") from error
    except ssl.SSLCertVerificationError as error:
        raise NotTaken("certificate") from error
    except ssl.SSLError as error:
        raise NotTaken("tls") from error
    except ConnectionRefusedError as error:
        raise NotTaken("refused") from error
    except OSError as error:
        raise NotTaken("connection") from error
    if not 200 <= status < 300:
        raise NotTaken(f"answered-{status}")


def _checked(host: str) -> list[str]:
    """The addresses of the host; one that is not public spoils all, for the next look-up may give that one."""
    try:
        addresses = resolve(host)
    except (OSError, UnicodeError) as error:
        raise NotTaken("no-such-host") from error
    if not addresses:
        raise NotTaken("no-such-host")
    if not all(map(is_public, addresses)):
        raise NotTaken("address-not-public")
    return addresses


def _connected(addresses: list[str], until: float) -> socket.socket:
    """A connection to the first address that can be reached."""
    *others, last = addresses
    for address in others:
        try:
            return socket.create_connection((address, 443), timeout=_left(until) / 2)
        except OSError:
            continue
    return socket.create_connection((last, 443), timeout=_left(until))


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _request(host: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
    lines = [f"POST {path} HTTP/1.1", f"Host: {host}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += ["User-Agent: Holdfast", "Accept: */*", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("ascii") + body


def _answered(link: ssl.SSLSocket, until: float) -> int:
    """The status of the answer. What follows it is not read, and every wait counts towards the one limit."""
    got = b""
    while True:
        line, ended, _rest = got.partition(b"\r\n")
        if ended:
            found = STATUS.match(line)
            if found is None:
                raise NotTaken("unreadable")
            if int(found[1]) >= 200:
                return int(found[1])
            _head, blank, after = got.partition(b"\r\n\r\n")
            if blank:  # only "go on": the answer itself is still to come
                got = after
                continue
        if len(got) > MOST_BYTES:
            raise NotTaken("unreadable")
        link.settimeout(_left(until))
        more = link.recv(4096)
        if not more:
            raise NotTaken("hung-up")
        got += more
