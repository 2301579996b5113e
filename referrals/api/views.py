"""The room of the addresses that agencies' systems call: token, list, read, and one for each act."""

import json
import logging
import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from datetime import UTC
from hashlib import sha256
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from oauth2_provider.models import AccessToken
from oauth2_provider.views.mixins import OAuthLibMixin
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.parsers import FormParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from accounts import audit
from accounts.actors import Actor
from accounts.models import Application
from referrals import actions, auth
from referrals.api import ids, schema, serializers
from referrals.api.deprecation import Deprecation
from referrals.api.once import Once
from referrals.api.problems import (
    PROBLEMS,
    PreconditionRequired,
    RealKey,
    SandboxKey,
    correlation_of,
)
from referrals.auth import HasScope
from referrals.errors import Stale
from referrals.models import ReferralStatus, SupportReferral
from referrals.rules import AnswerTimes

LOG = logging.getLogger(__name__)
CURSOR = re.compile(r"[A-Za-z0-9+/_-]+=*")
TAG = re.compile(r'(?:^|,\s*)"(\d+)"\s*(?=,|$)')


class Address(APIView):
    """One address of the API: it gives the caller's own id back, and tells rates and what will be gone."""

    throttle_scope = "read"
    deprecation: ClassVar[Deprecation | None] = None
    counted: Sequence[Any] = ()
    sandbox = False  # whether it is mounted where everybody is invented

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        """The request; a line of the log has its trace id and a print of the caller's own id, if they gave one.

        The id is theirs to choose, so it may say anything: the log keeps only what it can be found by.
        """
        if request.headers.get("X-Correlation-Id") and (given := correlation_of(request)):
            LOG.info("correlated", extra={"correlation": sha256(given.encode()).hexdigest()[:16]})
        return super().initialize_request(request, *args, **kwargs)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer; every instant in it is said in UTC, in summer too."""
        with timezone.override(UTC):
            return super().dispatch(request, *args, **kwargs)

    def get_throttles(self) -> list[Any]:
        """What counts the requests; kept, to tell what is left."""
        self.counted = throttles = super().get_throttles()
        return throttles

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """The answer, with the id by which both sides can find it in their logs."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["X-Correlation-Id"] = correlation_of(request)
        told = [throttle.headers() for throttle in self.counted]
        told += [self.deprecation.headers()] if self.deprecation else []
        told += [schema.SANDBOX_SAYS] if self.sandbox else []
        for name, value in ((name, value) for headers in told for name, value in headers.items()):
            answer[name] = value
        return answer


class AgencyAddress(Address):
    """An address for an agency's system whose token has `scope`."""

    permission_classes = (HasScope,)
    scope = auth.READ

    def check_permissions(self, request: Request) -> None:
        """A key of the sandbox opens the sandbox, a real one what is real, and neither the other."""
        token: Any = request.auth
        if token:
            _of_this_side(token.application, sandbox=self.sandbox)
        super().check_permissions(request)

    @property
    def actor(self) -> Actor:
        """The agency's system, as the token told."""
        actor: Actor = self.request._request.actor  # type: ignore[attr-defined]
        return actor

    def said(self, asked: type[Serializer[Any]], about: UUID) -> dict[str, Any]:
        """What the body says of the row that the address names; `NotTheirs` when it names another."""
        body = asked(data=self.request.data)
        ids.check_body(self.request.data, fields=body.fields, own=about)
        body.is_valid(raise_exception=True)
        said: dict[str, Any] = body.validated_data
        return said

    def referral(self, pk: UUID) -> SupportReferral:
        """The agency's own referral with everything that is shown of it, or 404."""
        rows = SupportReferral.objects.with_steps().select_related(
            "agency", "force__calendar", "disclosure"
        )
        found: SupportReferral = rows.prefetch_related("questions").get_visible(self.actor, pk=pk)
        return found

    def shown(self, referral: SupportReferral) -> Response:
        """The referral with its version as ETag."""
        shown = serializers.ReferralSerializer(referral, context={"times": AnswerTimes()}).data
        return Response(shown, headers={"ETag": f'"{referral.version}"'})


class Pages(CursorPagination):
    """Page after page, newest first; a page holds at most 100."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering = ("-sent_at", "-pk")

    def get_page_size(self, request: Any) -> int:
        """How many rows the caller wants; a number that cannot be had is not made another."""
        given = request.query_params.get("page_size", str(self.page_size))
        if not re.fullmatch(r"[0-9]{1,3}", given) or not 1 <= int(given) <= self.max_page_size:
            raise ValidationError({"page_size": [_("Ask for 1 to 100.")]})
        return int(given)

    def __init__(self, reader: Actor) -> None:
        """Pages for one agency, whose cursors are no other's."""
        self.reader = reader

    def encode_cursor(self, cursor: Cursor) -> str:
        """The address from which the reader goes on."""
        address: str = super().encode_cursor(cursor)
        plain = parse_qs(urlsplit(address).query, keep_blank_values=True)["cursor"][0]
        sealed: str = replace_query_param(address, "cursor", ids.sealed(plain, to=self.reader))
        return sealed

    def decode_cursor(self, request: Any) -> Any:
        """Where to go on; what was not given to this reader is nowhere."""
        given = request.query_params.get("cursor")
        if given is None:
            return None
        if not CURSOR.fullmatch(given):
            raise ValidationError({"cursor": [_("Use the address in `next`.")]})
        plain = ids.opened(given, by=self.reader)
        said = parse_qs(b64decode(plain).decode())
        at: Any = said.get("p", [None])[0]  # the column's value as words, whatever the stubs say
        return Cursor(int(said.get("o", ["0"])[0]), said.get("r") == ["1"], at)


class Referrals(AgencyAddress):
    """The agency's referrals."""

    @extend_schema(
        operation_id="list_referrals",
        summary="List your referrals, newest first",
        parameters=[
            OpenApiParameter("status", enum=ReferralStatus.values[1:], description="Only these."),
            OpenApiParameter(
                "cursor",
                {"type": "string", "pattern": f"^{CURSOR.pattern}$"},
                description="From `next` or `previous`.",
            ),
            OpenApiParameter(
                "page_size",
                {"type": "integer", "minimum": 1, "maximum": 100},
                description="How many on a page; 50 if left out.",
            ),
        ],
        responses={
            200: OpenApiResponse(serializers.PageSerializer, "A page of referrals."),
            **schema.problems("invalid", "not-signed-in", "not-allowed", "not-found"),
        },
    )
    def get(self, request: Request) -> Response:
        """One page."""
        rows = SupportReferral.objects.visible_to(self.actor).with_steps()
        if "status" in request.query_params:
            rows = rows.standing(_status(request.query_params["status"]))
        pages = Pages(self.actor)
        found = pages.paginate_queryset(
            rows.select_related("agency", "force__calendar"), request, view=self
        )
        page = found or []
        audit.searched("referral", by=self.actor, shown=[str(referral.pk) for referral in page])
        shown = serializers.SummarySerializer(
            page, many=True, context={"times": AnswerTimes()}
        ).data
        return pages.get_paginated_response(shown)


class Referral(AgencyAddress):
    """One referral."""

    @extend_schema(
        operation_id="read_referral",
        summary="Read a referral; the first look is when you opened it",
        parameters=[schema.ETAG],
        responses={200: schema.ONE, **schema.problems("not-signed-in", "not-allowed", "not-found")},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """What the agency may see of it now; that it looked is in the audit trail."""
        # Only whether it is theirs: that they looked is itself part of what they are then shown.
        found = SupportReferral.objects.get_visible(self.actor, pk=pk)
        audit.viewed(found, by=self.actor, scope_id=found.trail_id)
        return self.shown(self.referral(pk))


class Act(Once, AgencyAddress):
    """An act of the agency on one referral, decided on the version in If-Match."""

    throttle_scope = "write"
    asked: ClassVar[type[Any]]
    verb: ClassVar[Callable[..., SupportReferral]]

    def act(self, request: Request, pk: UUID) -> Response:
        """The act is done, and answered with the referral as it is now."""
        referral = self.referral(pk)
        version = version_in(request, now=referral.version)
        said = self.said(self.asked, about=pk)
        type(self).verb(referral=referral, version=version, by=self.actor, **said)
        done = self.referral(pk)
        # They are answered with all of it: what they did themselves is no news to them.
        audit.viewed(done, by=self.actor, scope_id=done.trail_id)
        return self.shown(done)

    def kept(self, body: Any) -> Any:
        """The referral without what was disclosed of the person."""
        return {name: body[name] for name in serializers.KEPT_FIELDS}

    def given_again(self, body: Any) -> Any:
        """The referral as it was answered, with what may be read of the person now."""
        return self.shown(self.referral(UUID(body["id"]))).data | body


def act(name: str, summary: str, *, scope: str, asked: type[Any], verb: Any) -> type[Act]:
    """The address of one act: the same for each, but for what is asked and what is done."""

    @extend_schema(
        operation_id=f"{name.replace('-', '_')}_referral",
        summary=summary,
        request=asked,
        parameters=[schema.IDEMPOTENCY_KEY, schema.IF_MATCH, schema.ETAG],
        responses={
            200: schema.ONE,
            **schema.problems(
                "malformed",
                "invalid",
                "not-signed-in",
                "not-allowed",
                "not-found",
                "conflict",
                "stale",
                "unsupported-media-type",
                "precondition-required",
                *schema.ONCE,
            ),
        },
    )
    def post(self: Act, request: Request, pk: UUID) -> Response:
        return self.once(request, lambda: self.act(request, pk))

    post.__doc__ = summary
    members = {"post": post, "scope": scope, "asked": asked, "verb": staticmethod(verb)}
    return type(name.title().replace("-", ""), (Act,), members | {"__doc__": summary})


ACTS = {
    "accept": act(
        "accept",
        "Accept, and name the worker",
        scope=auth.ACCEPT,
        asked=serializers.AcceptSerializer,
        verb=actions.accept,
    ),
    "decline": act(
        "decline",
        "Decline, with a reason",
        scope=auth.DECLINE,
        asked=serializers.DeclineSerializer,
        verb=actions.decline,
    ),
    "ask": act(
        "ask",
        "Ask the police a question; your clock stands still until they answer",
        scope=auth.ASK,
        asked=serializers.AskSerializer,
        verb=actions.ask,
    ),
    "change-worker": act(
        "change-worker",
        "Name another worker, who supports the person from now on",
        scope=auth.WORKER,
        asked=serializers.WorkerSerializer,
        verb=actions.change_worker,
    ),
    "first-contact": act(
        "first-contact",
        "Confirm first contact with the person",
        scope=auth.CONTACT,
        asked=serializers.FirstContactSerializer,
        verb=actions.confirm_first_contact,
    ),
    "review": act(
        "review",
        "Say how the support goes, and when you look at it again",
        scope=auth.REVIEW,
        asked=serializers.ReviewSerializer,
        verb=actions.hold_review,
    ),
    "complete": act(
        "complete",
        "Say that the support is finished, and what became of each need",
        scope=auth.COMPLETE,
        asked=serializers.CompleteSerializer,
        verb=actions.complete,
    ),
    "end": act(
        "end",
        "Say that you began and could not finish",
        scope=auth.END,
        asked=serializers.EndSerializer,
        verb=actions.end_early,
    ),
}


class Token(OAuthLibMixin, Address):  # type: ignore[misc]
    """A token for ten minutes in exchange for an agency's key [RFC 6749, 4.4]."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    parser_classes = (FormParser,)
    throttle_scope = "token"

    @extend_schema(
        operation_id="get_token",
        summary="Get a token with your key",
        request=serializers.TokenRequestSerializer,
        responses={
            200: serializers.TokenSerializer,
            (400, "application/json"): serializers.TokenErrorSerializer,
            (401, "application/json"): serializers.TokenErrorSerializer,
            **schema.problems("unsupported-media-type"),
        },
        auth=[],
    )
    def post(self, request: Request) -> HttpResponse:
        """A token, or OAuth's own error."""
        request.data  # noqa: B018 - refuses what is not a form
        with transaction.atomic():
            _url, headers, body, status = self.create_token_response(request._request)
            if status == 200 and (wrong := self._for_the_other_side(body)):
                body, status = wrong, 400
        request._request.META["holdfast.tried"] = "token.get"
        answer = HttpResponse(body, status=status)
        for name, value in headers.items():
            answer[name] = value
        return answer

    def _for_the_other_side(self, body: str) -> str:
        """What is said to a key of the other side in place of a token, which then is none [RFC 6749, 5.2]."""
        digest = sha256(json.loads(body)["access_token"].encode()).hexdigest()
        rows = AccessToken.objects.select_related("application__agency")
        token = rows.get(token_checksum=digest)
        try:
            _of_this_side(token.application, sandbox=self.sandbox)
        except (RealKey, SandboxKey) as wrong:
            audit.refused("token.get", by=auth.system_of(token.application))
            token.delete()
            words = {
                "error": "unauthorized_client",
                "error_description": str(PROBLEMS[wrong.slug].now),
            }
            return json.dumps(words)
        return ""


class NoSuchAddress(Address):
    """Every other address under /api/."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    schema = None

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Whatever the method."""
        raise Http404


def _of_this_side(key: Application, *, sandbox: bool) -> None:
    """Pass, or say of which side the key is."""
    if key.in_sandbox != sandbox:
        raise SandboxKey if key.in_sandbox else RealKey


def _status(value: str) -> str:
    if value not in ReferralStatus.values[1:]:
        raise ValidationError({"status": [_("There is no such status.")]})
    return value


def version_in(request: Request, *, now: int) -> int | None:
    """The version that the caller decided on; None for `*`, which is any.

    Of several it is the one that is so `now`, if they name it [RFC 9110, 13.1.1].
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise PreconditionRequired
    if given == "*":
        return None
    tags = [int(tag) for tag in TAG.findall(given)]
    if not tags:
        raise Stale(_("If-Match must be the ETag as it was given, in its quotation marks."))
    return now if now in tags else tags[0]
