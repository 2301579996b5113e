"""The room of how the API describes itself: sign-in, headers, examples, and the document made from them."""

import json
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import override
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from oauth2_provider.scopes import get_scopes_backend

from referrals.api.examples import ELSEWHERE, examples_of
from referrals.api.once import Once
from referrals.api.problems import ADDRESS, PROBLEM, PROBLEMS, RealKey, SandboxKey
from referrals.api.serializers import ProblemSerializer, ReferralSerializer
from referrals.auth import enough

TOKEN_ADDRESS = "/api/v1/token"
IN_SANDBOX = "/sandbox"
ID = OpenApiParameter(
    "id", UUID, OpenApiParameter.PATH, description="As a list or an event gave it."
)
CORRELATION = OpenApiParameter(
    "X-Correlation-Id",
    str,
    OpenApiParameter.HEADER,
    description="Your own id of this request; it is given back. Letters, digits, `-` and `_`, up to 64.",
)
CORRELATION_BACK = OpenApiParameter(
    "X-Correlation-Id",
    str,
    OpenApiParameter.HEADER,
    response=True,
    description="The id that you sent, or ours.",
)
# What every answer of ours tells; one that broke has lost it.
ANSWERED = sorted({200, 201} | {problem.status for problem in PROBLEMS.values()} - {500})
RATES = [
    OpenApiParameter(name, str, OpenApiParameter.HEADER, response=ANSWERED, description=words)
    for name, words in {
        "RateLimit-Policy": 'How often you may ask: `"read";q=240;w=60` is 240 times in 60 seconds.',
        "RateLimit": 'What is left: `"read";r=239;t=12` is 239 times, and in 12 seconds more.',
    }.items()
]
SANDBOX = OpenApiParameter(
    "Holdfast-Sandbox",
    str,
    OpenApiParameter.HEADER,
    response=ANSWERED,
    description="`true` in each answer of the sandbox, where everybody is invented; elsewhere left out.",
)
SANDBOX_SAYS = {SANDBOX.name: "true"}


def retry_after(*statuses: int) -> OpenApiParameter:
    """That these answers say when to ask again."""
    return OpenApiParameter(
        "Retry-After",
        int,
        OpenApiParameter.HEADER,
        response=list(statuses),
        description="After so many seconds ask again. A 409 has it while your first request is still worked on.",
    )


IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": '^"?[!#-~]{1,255}"?$'},
    OpenApiParameter.HEADER,
    required=True,
    description="Made up by you for this one act, such as a UUID; for at least 24 hours the same act sent again"
    " under it does nothing more and gets the same answer.",
    examples=[OpenApiExample("A UUID", value="0a3f8a0e-6c1b-4d0f-9a59-3f1d4f0a7c52")],
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": r'^(\*|"[0-9]+")$'},
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the referral that you read and decided on.",
)
ETAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200],
    description="The version of the referral.",
)
# The problems of every act that is done once.
ONCE = ("idempotency-key-missing", "idempotency-key-used", "in-flight", "too-large")
ONE = OpenApiResponse(ReferralSerializer, "The referral as it is now.")


def problems(*slugs: str) -> dict[Any, OpenApiResponse]:
    """The errors that an address can answer, each with an example."""
    by_status: dict[int, list[str]] = {}
    other_side = (RealKey.slug, SandboxKey.slug) if "not-allowed" in slugs else ()
    for slug in (*slugs, *other_side, "too-many-requests", "not-acceptable", "server-error"):
        by_status.setdefault(PROBLEMS[slug][0], []).append(slug)
    return {
        (status, PROBLEM): OpenApiResponse(
            ProblemSerializer,
            str(PROBLEMS[named[0]][1]),
            [_example(slug) for slug in named],
        )
        for status, named in by_status.items()
    }


def _example(slug: str) -> OpenApiExample:
    status, title, now, fault = PROBLEMS[slug]
    body: dict[str, Any] = {
        "type": f"{ADDRESS}{slug}",
        "title": str(title),
        "status": status,
        "detail": str(now),
        "fault": fault,
        "trace_id": "0c5d1e0e-5b7c-4c0f-8f38-7f2a0d3b9a64",
    }
    if slug == "invalid":
        body["errors"] = [{"pointer": "/worker_name", "detail": "This field may not be blank."}]
    if slug == "stale":
        body["differs"] = ["/status", "/turn", "/due_at"]
    return OpenApiExample(str(title), value=body, response_only=True, media_type=PROBLEM)


class AddressSchema(AutoSchema):
    """What is so of every address: rates are told, and what is on its way out is marked."""

    def get_override_parameters(self) -> list[Any]:
        """The headers of every answer."""
        ids = [ID] if "{id}" in self.path else []
        waits = retry_after(409, 429) if isinstance(self.view, Once) else retry_after(429)
        return [*ids, CORRELATION, CORRELATION_BACK, *RATES, waits, SANDBOX]

    def get_examples(self) -> list[OpenApiExample]:
        """What is sent and answered."""
        return examples_of(self.get_operation_id())

    def is_deprecated(self) -> bool:
        """Whether it will be gone one day."""
        return getattr(self.view, "deprecation", None) is not None


class AgencyTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Client credentials, with the scope that each address needs."""

    target_class = "referrals.auth.AgencyTokenAuthentication"
    name = "agency"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Where a token comes from."""
        scopes = {name: str(words) for name, words in get_scopes_backend().get_all_scopes().items()}
        flow = {"tokenUrl": ELSEWHERE + TOKEN_ADDRESS, "scopes": scopes}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[str]]]:
        """The scope that the view names, or a wider one."""
        return [{self.name: [scope]} for scope in enough(auto_schema.view.scope)]


def only_the_api(endpoints: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The addresses that an agency calls."""
    described = tuple(
        f"/api/v1/{name}" for name in ("token", "referrals", "questions", "events", "services")
    )
    described += (f"{IN_SANDBOX}/api/v1/scenarios",)
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(described)]


def sandbox_apart(result: dict[str, Any], **_rest: Any) -> dict[str, Any]:
    """What only the sandbox has is described as being there; everything else is in both."""
    there = [path for path in result["paths"] if path.startswith(IN_SANDBOX)]
    for path in there:
        methods = result["paths"].pop(path)
        for told in methods.values():
            told["servers"] = [
                server for server in result["servers"] if server["url"] == IN_SANDBOX
            ]
        result["paths"][path.removeprefix(IN_SANDBOX)] = methods
    return result


def security_said(result: dict[str, Any], **_rest: Any) -> dict[str, Any]:
    """Where no token is needed that is said too."""
    for methods in result["paths"].values():
        for told in methods.values():
            told.setdefault("security", [])
    return result


def headers_once(result: dict[str, Any], **_rest: Any) -> dict[str, Any]:
    """Each header is described once and referred to by every answer that has it."""
    shared = result["components"].setdefault("headers", {})
    answers = [
        answer
        for methods in result["paths"].values()
        for told in methods.values()
        for answer in told["responses"].values()
    ]
    for headers in (answer["headers"] for answer in answers if "headers" in answer):
        for name in headers:
            shared.setdefault(name, headers[name])
            headers[name] = {"$ref": f"#/components/headers/{name}"}
    return result


@lru_cache(maxsize=2)
def document(site: str = ELSEWHERE) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the Holdfast at `site`, in English whatever the reader's language."""
    with override("en"):
        made = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    plain: dict[str, Any] = json.loads(json.dumps(made, default=str).replace(ELSEWHERE, site))
    return plain
