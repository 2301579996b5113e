"""The room of how the API is read by people: its document, one page of it, and a page for each problem."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from referrals.api.changelog import ENTRIES, feed
from referrals.api.problems import OURS, PROBLEMS
from referrals.api.schema import document


@dataclass(frozen=True)
class Operation:
    """One method of one address, as the page shows it."""

    method: str
    address: str
    id: str
    summary: str
    scope: str
    parameters: list[dict[str, Any]]
    body: list[dict[str, Any]]
    answers: list[tuple[str, str]]
    example: str
    deprecated: bool


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The document that describes the API, for programs."""
    return JsonResponse(
        document(settings.SITE_URL), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The same document for people, with nothing from outside."""
    found = document(settings.SITE_URL)
    context = {
        "about": found["info"],
        "operations": _operations(found),
        "scopes": _scopes(found),
        "problems": PROBLEMS,
    }
    return render(request, "referrals/api_docs.html", context)


@login_not_required
@require_safe
def problem(request: HttpRequest, slug: str) -> HttpResponse:
    """What one problem means and what to do: the address that an error gives as its type."""
    if slug not in PROBLEMS:
        raise Http404
    context = {"slug": slug, "ours": OURS} | PROBLEMS[slug]._asdict()
    return render(request, "referrals/api_problem.html", context)


@login_not_required
@require_safe
def changelog(request: HttpRequest) -> HttpResponse:
    """What changed in the API, newest first."""
    return render(request, "referrals/api_changelog.html", {"entries": ENTRIES})


@login_not_required
@require_safe
def changelog_feed(request: HttpRequest) -> HttpResponse:
    """The same for feed readers [RFC 4287]."""
    return HttpResponse(feed(settings.SITE_URL), content_type="application/atom+xml; charset=utf-8")


def _operations(found: dict[str, Any]) -> list[Operation]:
    return [
        _operation(found, address, method, told)
        for address, methods in found["paths"].items()
        for method, told in methods.items()
    ]


def _operation(found: dict[str, Any], address: str, method: str, told: dict[str, Any]) -> Operation:
    scopes = [scope for need in told.get("security", []) for scope in need.get("agency", [])]
    return Operation(
        method=method.upper(),
        address="".join(server["url"] for server in told.get("servers", [])) + address,
        id=told["operationId"],
        summary=told.get("summary", ""),
        scope=_(" or ").join(scopes),
        parameters=told.get("parameters", []),
        body=_fields(found, told.get("requestBody", {}).get("content", {})),
        answers=[(status, answer["description"]) for status, answer in told["responses"].items()],
        example=_example(_good(told["responses"]).get("content", {})),
        deprecated=told.get("deprecated", False),
    )


def _good(answers: dict[str, Any]) -> dict[str, Any]:
    """The answer when all went well, whichever of the 2xx it is."""
    return next((answer for status, answer in answers.items() if status.startswith("2")), {})


def _fields(found: dict[str, Any], content: dict[str, Any]) -> list[dict[str, Any]]:
    for kind in content.values():
        shape = _resolved(found, kind["schema"])
        must = shape.get("required", [])
        return [
            {"name": name, "must": name in must, "words": _words(found, field)}
            for name, field in shape.get("properties", {}).items()
        ]
    return []


def _words(found: dict[str, Any], field: dict[str, Any]) -> str:
    """What a field is, with the codes that it may have."""
    whole = _resolved(found, field)
    for part in field.get("allOf", []):
        whole = {**_resolved(found, part), **whole}
    codes = ", ".join(str(code) for code in whole.get("enum", []))
    said = str(field.get("description", "")).split("\n\n*")[0]
    return f"{said} One of: {codes}" if codes else said


def _resolved(found: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in shape:
        return shape
    resolved: dict[str, Any] = found["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]]
    return resolved


def _example(content: dict[str, Any]) -> str:
    for kind in content.values():
        for example in kind.get("examples", {}).values():
            return json.dumps(example["value"], indent=2, ensure_ascii=False)
    return ""


def _scopes(found: dict[str, Any]) -> dict[str, str]:
    flows = found["components"]["securitySchemes"]["agency"]["flows"]
    scopes: dict[str, str] = flows["clientCredentials"]["scopes"]
    return scopes
