"""The room of the addresses by which an agency's system keeps its part of the directory current."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import clocks
from accounts.models import Force
from accounts.scoping import NotVisible
from referrals.actions import directory as actions
from referrals.api import schema
from referrals.api.fields import NumberField, TextField, YesNoField
from referrals.api.once import Once
from referrals.api.views import AgencyAddress, version_in
from referrals.auth import UPDATE
from referrals.directory import Offer, offers, with_capacity
from referrals.models import Access, Gender, Service
from victims.models import NeedKind

SENT = ("malformed", "invalid", "not-signed-in", "not-allowed", "unsupported-media-type")


class WantedServiceSerializer(serializers.Serializer[Any]):
    """What a service is, as the agency says it."""

    name = TextField(max_length=200)
    needs = serializers.ListField(
        child=serializers.ChoiceField(NeedKind.choices), min_length=1, max_length=20
    )
    forces = serializers.SlugRelatedField(
        slug_field="slug",
        queryset=Force.objects.all(),
        many=True,
        required=False,
        help_text="Police areas; none is all of them.",
    )
    places = serializers.ListField(
        child=TextField(max_length=100),
        required=False,
        default=list,
        max_length=100,
        help_text="Towns and districts. Never the place of a safe house.",
    )
    languages = serializers.ListField(
        child=TextField(max_length=100), required=False, default=list, max_length=100
    )
    gender = serializers.ChoiceField(Gender.choices, required=False, default=Gender.ANY)
    takes_children = YesNoField(required=False, default=False)
    access = serializers.ListField(
        child=serializers.ChoiceField(Access.choices), required=False, default=list, max_length=10
    )
    hours = TextField(max_length=100, required=False, default="", allow_blank=True)
    urgent_cover = YesNoField(required=False, default=False)
    usual_answer_hours = NumberField(
        min_value=1, max_value=999, required=False, default=None, allow_null=True
    )
    is_active = YesNoField(required=False, default=True, help_text="Offered now.")
    is_public = YesNoField(
        required=False, default=False, help_text="Whether strangers may read of it."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A safe house is not placed in public; police areas left out are all of them."""
        attrs.setdefault("forces", [])
        if attrs["is_public"] and attrs["places"] and NeedKind.SAFE_HOUSE in attrs["needs"]:
            raise serializers.ValidationError(
                {"places": ["A safe place to stay is shown to the public without places."]}
            )
        return attrs


class ServiceSerializer(WantedServiceSerializer):
    """A service as officers see it, with its capacity and its answers as measured."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    places_free = serializers.IntegerField(allow_null=True, help_text="As last said.")
    capacity_as_of = serializers.DateTimeField(allow_null=True)
    capacity_is_current = serializers.BooleanField(
        help_text="False once the word is too old: officers then see it as not known."
    )
    measured_answer_hours = serializers.FloatField(
        allow_null=True, help_text="Median of your answers in 90 days; null under three."
    )


class ServicesSerializer(serializers.Serializer[Any]):
    """Everything that the agency offers or has offered."""

    results = ServiceSerializer(many=True)


class CapacitySerializer(serializers.Serializer[Any]):
    """How many places are free now."""

    places_free = NumberField(min_value=0, max_value=999)


def shown(offer: Offer) -> dict[str, Any]:
    """A service as the API gives it."""
    service = offer.service
    return {
        "id": str(service.pk),
        "version": service.version,
        **{name: getattr(service, name) for name in actions.KEPT},
        "forces": [force.slug for force in service.forces.all()],
        "places_free": offer.places_free,
        "capacity_as_of": serializers.DateTimeField().to_representation(offer.as_of)
        if offer.as_of
        else None,
        "capacity_is_current": offer.is_current,
        "measured_answer_hours": offer.measured_hours,
    }


class ServiceAddress(AgencyAddress):
    """An address under the agency's own services."""

    def offers(self, **lookup: Any) -> list[Offer]:
        """The agency's own, as the directory has them."""
        own = Service.objects.filter(agency=self.actor.agency_id, **lookup)
        rows = with_capacity(own).select_related("agency").prefetch_related("forces")
        return offers(rows, clocks.now())

    def offer(self, pk: UUID) -> Offer:
        """One of them, or 404."""
        found = self.offers(pk=pk)
        if not found:
            raise NotVisible("referrals.Service")
        return found[0]

    def answer(self, pk: UUID, status: int = 200) -> Response:
        """The service with its version as ETag."""
        offer = self.offer(pk)
        return Response(shown(offer), status=status, headers={"ETag": f'"{offer.service.version}"'})


ONE = OpenApiResponse(ServiceSerializer, "The service as it is now.")


class Services(ServiceAddress):
    """What the agency offers."""

    @extend_schema(
        operation_id="list_services",
        summary="List your services",
        responses={
            200: OpenApiResponse(ServicesSerializer, "All of them."),
            **schema.problems("not-signed-in", "not-allowed"),
        },
    )
    def get(self, request: Request) -> Response:
        """All of them."""
        return Response({"results": [shown(offer) for offer in self.offers()]})


class OneService(ServiceAddress):
    """One service: read with the scope of reading, changed with that of updates."""

    @property
    def scope(self) -> str:  # type: ignore[override]
        """Which scope the method needs."""
        return UPDATE if self.request.method == "PUT" else AgencyAddress.scope

    @extend_schema(
        operation_id="read_service",
        summary="Read one of your services",
        parameters=[schema.ETAG],
        responses={200: ONE, **schema.problems("not-signed-in", "not-allowed", "not-found")},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """One service."""
        return self.answer(pk)

    @extend_schema(
        operation_id="change_service",
        summary="Say anew what a service is",
        request=WantedServiceSerializer,
        parameters=[schema.IF_MATCH, schema.ETAG],
        responses={
            200: ONE,
            **schema.problems(*SENT, "not-found", "conflict", "stale", "precondition-required"),
        },
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """The whole service, as it is from now on."""
        service = self.offer(pk).service
        version = version_in(request, now=service.version)
        said = self.said(WantedServiceSerializer, about=pk)
        actions.change_service(service=service, by=self.actor, version=version, **said)
        return self.answer(pk)


class Capacity(Once, ServiceAddress):
    """How many places a service has free."""

    scope = UPDATE
    throttle_scope = "write"

    @extend_schema(
        operation_id="tell_capacity",
        summary="Say how many places are free now",
        request=CapacitySerializer,
        parameters=[schema.IDEMPOTENCY_KEY, schema.ETAG],
        responses={200: ONE, **schema.problems(*SENT, "not-found", *schema.ONCE)},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """True as of now, also when the number is the same as before."""
        return self.once(request, lambda: self.told(request, pk))

    def told(self, request: Request, pk: UUID) -> Response:
        """The service with its new capacity."""
        service = self.offer(pk).service
        said = self.said(CapacitySerializer, about=pk)
        actions.tell_capacity(service=service, by=self.actor, **said)
        return self.answer(pk)
