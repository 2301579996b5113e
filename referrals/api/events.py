"""The room of the events that an agency's system polls for: the same that a webhook would bring."""

import re
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from accounts import audit
from referrals.api import schema
from referrals.api.ids import NotTheirs
from referrals.api.views import AgencyAddress
from referrals.auth import EVENTS
from referrals.events import thin
from referrals.models import Event, EventType

MOST = 100
LARGEST = 2**63 - 1
DIGITS = re.compile(r"[0-9]{1,19}")


class AboutSerializer(serializers.Serializer[Any]):
    """What an event is about: read it at /api/v1/referrals/{id}."""

    referral_id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="What the referral became; read again if newer.")


class EventSerializer(serializers.Serializer[Any]):
    """One event, word for word as a webhook brings it."""

    id = serializers.UUIDField(help_text="The same in every delivery: what you know already.")
    sequence = serializers.IntegerField(help_text="1, 2, 3 and so on; none is ever missing.")
    type = serializers.ChoiceField(EventType.choices)
    timestamp = serializers.DateTimeField(help_text="When it happened, in UTC.")
    data = AboutSerializer()  # type: ignore[assignment]


class EventsSerializer(serializers.Serializer[Any]):
    """The events after the one you named, oldest first."""

    results = EventSerializer(many=True)
    next = serializers.URLField(help_text="Ask here next, now or later. It is always there.")
    more = serializers.BooleanField(help_text="Whether there is more to read at once.")


class Events(AgencyAddress):
    """What happened to the agency's referrals."""

    scope = EVENTS

    @extend_schema(
        operation_id="list_events",
        summary="Read what happened after an event, oldest first",
        parameters=[
            OpenApiParameter(
                "after",
                {"type": "integer", "minimum": 0, "maximum": LARGEST},
                description="The `sequence` of the last event that you have; 0 or nothing for all.",
            ),
        ],
        responses={
            200: OpenApiResponse(EventsSerializer, "Up to 100 events."),
            **schema.problems("invalid", "not-signed-in", "not-allowed", "not-found"),
        },
    )
    def get(self, request: Request) -> Response:
        """Those after `after`."""
        after = _after(request.query_params.get("after", "0"))
        rows = Event.objects.visible_to(self.actor).filter(number__gte=after).order_by("number")
        found = list(rows[: MOST + 2])
        if after and (not found or found[0].number != after):
            raise NotTheirs(after=str(after))
        since = found[1:] if after else found
        given, more = since[:MOST], len(since) > MOST
        if given:  # asking in vain tells nobody anything
            audit.searched("event", by=self.actor, shown=[str(event.pk) for event in given])
        address = request.build_absolute_uri(request.path)
        after = given[-1].number or after if given else after
        return Response(
            {
                "results": [thin(event) for event in given],
                "next": replace_query_param(address, "after", str(after)),
                "more": more,
            }
        )


def _after(given: str) -> int:
    """The number that the caller has read up to."""
    if not DIGITS.fullmatch(given) or int(given) > LARGEST:
        raise ValidationError({"after": ["Send the `sequence` of the last event that you have."]})
    return int(given)
