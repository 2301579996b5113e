"""The room of the addresses that only the sandbox has: which referrals can be sent, and send me one."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from accounts.permissions import Permission, check
from referrals import actions
from referrals.api import schema
from referrals.api.serializers import ReferralSerializer
from referrals.api.views import Act, AgencyAddress
from referrals.scenarios import ALL, SCENARIOS

LOCATION = OpenApiParameter(
    "Location", str, OpenApiParameter.HEADER, response=[201], description="Where it is read."
)
ETAG = OpenApiParameter(
    "ETag", str, OpenApiParameter.HEADER, response=[201], description="The version of the referral."
)
NAME = OpenApiParameter(
    "name", str, OpenApiParameter.PATH, enum=list(SCENARIOS), description="As the list names it."
)


class ScenarioSerializer(serializers.Serializer[Any]):
    """A referral that the sandbox can send you."""

    name = serializers.CharField(help_text="Its last part of the address.")
    summary = serializers.CharField(help_text="What it is, in words.")


class ScenariosSerializer(serializers.Serializer[Any]):
    """Everything that the sandbox can send you."""

    results = ScenarioSerializer(many=True)


class Scenarios(AgencyAddress):
    """Everything that the sandbox can send."""

    @extend_schema(
        operation_id="list_scenarios",
        summary="List what the sandbox can send you",
        responses={
            200: OpenApiResponse(ScenariosSerializer, "All of them."),
            **schema.problems("not-signed-in", "not-allowed"),
        },
    )
    def get(self, request: Request) -> Response:
        """All of them."""
        check(self.actor, Permission.AGENCY_SANDBOX)
        results = [{"name": each.name, "summary": str(each.words)} for each in ALL]
        return Response({"results": results})


class Scenario(Act):
    """One referral of an invented person."""

    @extend_schema(
        operation_id="send_scenario",
        summary="Have a referral of an invented person sent to you",
        request=None,
        parameters=[NAME, schema.IDEMPOTENCY_KEY, LOCATION, ETAG],
        responses={
            201: OpenApiResponse(ReferralSerializer, "The referral, as far as its scenario goes."),
            **schema.problems("not-signed-in", "not-allowed", "not-found", *schema.ONCE),
        },
    )
    def post(self, request: Request, name: str) -> Response:
        """It is there, with its events."""
        return self.once(request, lambda: self.sent(name))

    def sent(self, name: str) -> Response:
        """The referral with its version as ETag."""
        made = actions.send_invented(name=name, by=self.actor)
        answer = self.shown(self.referral(made))
        answer.status_code = 201
        answer["Location"] = reverse(
            "referrals:api-sandbox-referral", args=[made], request=self.request
        )
        return answer
