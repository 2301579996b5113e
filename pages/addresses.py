"""The room of addresses that come from outside: whether a page of ours is there, and where somebody came from."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.http import url_has_allowed_host_and_scheme


def page_at(address: str) -> ResolverMatch | None:
    """The page of ours that an address without a host leads to; None for another's, half of one, or no page."""
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return None
    try:
        return resolve(urlsplit(address).path)
    except Resolver404:
        return None


def where_from(request: HttpRequest) -> str:
    """The page the person came from, if it is one of ours."""
    came_from = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(came_from)
    path = "/" + parts.path.lstrip("/")  # two slashes would name another host
    return f"{path}?{parts.query}" if parts.query else path
