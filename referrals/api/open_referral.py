"""The room of the public directory in the shape of Open Referral UK (HSDS-UK 3.0): what agencies let strangers read.

Only services that their agency shows. No place of a safe house is ever given: Holdfast holds no addresses of services,
and of a service that offers a safe place to stay not even the area is told.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import QuerySet, TextChoices
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from referrals.api.views import Address
from referrals.models import Access, Gender, Service
from victims.models import NeedKind

HOME = "/open-referral"
OURS = UUID("6a1d9c1e-6b0f-4a5f-9b2e-2f4c8f1f7d10")  # the namespace of the ids that no row has
PROFILE = "https://docs.openreferraluk.org/en/latest/"
OPENAPI = "https://raw.githubusercontent.com/OpenReferralUK/uk-profile/main/schema/openapi.json"
PER_PAGE, MOST = 50, 100
# What the standard lets a directory be asked for and this one cannot tell: hours are in words here, and there are no
# addresses. Passed over, it would look as if everything were open then, or there.
NOT_TOLD = frozenset(
    {
        *("day", "start_time", "end_time", "postcode", "proximity", "organization_id"),
        *("modified_after", "minimal", "full", "format"),
    }
)
ADULT = 18
TAXONOMIES: dict[str, tuple[str, type[TextChoices]]] = {
    "needs": ("What somebody needs, as police and agencies in Holdfast say it", NeedKind),
    "access": ("What makes a service usable for somebody with a disability", Access),
}


class Public(Address):
    """An address that anybody may ask, so often."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_scope = "public"
    schema = None

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """The answer, which pages of any site may read: nothing here is of anybody [profile, compliance]."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Access-Control-Allow-Origin"] = "*"
        return answer


def shown() -> QuerySet[Service]:
    """What agencies that take referrals let strangers read."""
    rows = Service.objects.filter(is_public=True, is_active=True, agency__is_active=True)
    return rows.select_related("agency").prefetch_related("forces").order_by("name", "pk")


class Home(Public):
    """What this is."""

    def get(self, request: Request) -> Response:
        """The version and profile, and where they are described."""
        about = {"version": "HSDS-UK 3.0", "profile": PROFILE, "openapi_url": OPENAPI}
        return Response(about)


class Listing(Public):
    """A page of something."""

    def page(
        self, request: Request, rows: QuerySet[Any] | Sequence[Any], give: Callable[[Any], Any]
    ) -> Response:
        """The page that is asked for, in the envelope of the profile."""
        number, size = _number(request, "page", 1), _number(request, "per_page", PER_PAGE, MOST)
        total = rows.count() if isinstance(rows, QuerySet) else len(rows)
        pages = max(1, -(-total // size))
        contents = [give(row) for row in rows[(number - 1) * size : number * size]]
        envelope = {
            "total_items": total,
            "total_pages": pages,
            "page_number": number,
            "size": len(contents),
            "first_page": number == 1,
            "last_page": number >= pages,
            "empty": not contents,
            "contents": contents,
        }
        return Response(envelope)


class Services(Listing):
    """The services, by name."""

    def get(self, request: Request) -> Response:
        """Those that match `search`, `taxonomy_id`, `taxonomy_term_id`, `minimum_age` and `maximum_age`."""
        if asked_too_much := sorted(NOT_TOLD.intersection(request.query_params)):
            raise ValidationError(
                {name: [_("This directory cannot be asked for that.")] for name in asked_too_much}
            )
        rows = _of_ages(shown(), request)
        if search := request.query_params.get("search", "").strip():
            if "\x00" in search:
                raise ValidationError({"search": [_("Null characters are not allowed.")]})
            rows = rows.filter(name__icontains=search) | rows.filter(agency__name__icontains=search)
        if term := request.query_params.get("taxonomy_term_id"):
            rows = _with_term(rows, term)
        if asked := request.query_params.get("taxonomy_id"):
            rows = _with_any_of(rows, asked)
        return self.page(request, rows, listed)


class OneService(Public):
    """One service with everything under it."""

    def get(self, request: Request, pk: UUID) -> Response:
        """The service, or 404 as if there were none."""
        found = shown().filter(pk=pk).first()
        if found is None:
            raise Http404
        return Response(full(found))


class Taxonomies(Listing):
    """The lists that terms come from."""

    def get(self, request: Request) -> Response:
        """All of them."""
        return self.page(request, list(TAXONOMIES), taxonomy)


class OneTaxonomy(Public):
    """One list."""

    def get(self, request: Request, pk: UUID) -> Response:
        """The list, or 404."""
        return Response(_of_id(pk, list(TAXONOMIES), taxonomy))


class Terms(Listing):
    """The terms that services are found by."""

    def get(self, request: Request) -> Response:
        """All of them, or those of `taxonomy_id`."""
        asked = request.query_params.get("taxonomy_id")
        found = [
            one for one in _all_terms() if not asked or str(taxonomy_id(one[0])) == asked.lower()
        ]
        return self.page(request, found, term)


class OneTerm(Public):
    """One term."""

    def get(self, request: Request, pk: UUID) -> Response:
        """The term, or 404."""
        return Response(_of_id(pk, _all_terms(), term))


class ServicesAtLocations(Listing):
    """Services at addresses: Holdfast holds none, so that none can be found out."""

    def get(self, request: Request) -> Response:
        """An empty page."""
        return self.page(request, [], dict)


class OneServiceAtLocation(Public):
    """One service at an address: there is none."""

    def get(self, request: Request, pk: UUID) -> Response:
        """Never."""
        raise Http404


ADDRESSES: dict[str, tuple[type[Public], type[Public]]] = {
    "services": (Services, OneService),
    "taxonomies": (Taxonomies, OneTaxonomy),
    "taxonomy_terms": (Terms, OneTerm),
    "service_at_locations": (ServicesAtLocations, OneServiceAtLocation),
}


def listed(service: Service) -> dict[str, Any]:
    """A service with what it has once [HSDS-UK 3.0, service list]."""
    agency = service.agency
    told: dict[str, Any] = {
        "id": str(service.pk),
        "organization_id": str(agency.pk),
        "name": service.name,
        "description": description(service),
        "url": f"{settings.SITE_URL}{HOME}/services/{service.pk}",
        "status": "active",
        "last_modified": service.changed_at.isoformat(timespec="milliseconds"),
        "organization": {
            "id": str(agency.pk),
            "name": agency.name,
            "description": agency.name,
        },
    }
    if agency.email:
        told["email"] = agency.email
    if not service.takes_children:
        told["minimum_age"] = ADULT
    return told


def full(service: Service) -> dict[str, Any]:
    """A service with all that is under it [HSDS-UK 3.0, service]."""
    more = {
        "languages": [
            {"id": _id("language", service.pk, name), "service_id": str(service.pk), "name": name}
            for name in service.languages
        ],
        "service_areas": [
            {"id": _id("area", service.pk, name), "service_id": str(service.pk), "name": name}
            for name in _areas(service)
        ],
        "service_at_locations": [],
        "contacts": _contacts(service),
        "schedules": [
            {
                "id": _id("schedule", service.pk, service.hours),
                "service_id": str(service.pk),
                "description": service.hours,
            }
        ]
        if service.hours
        else [],
        "attributes": [
            {
                "id": _id("attribute", service.pk, kind, code),
                "link_id": str(service.pk),
                "link_type": "service",
                "taxonomy_term_id": _id("term", kind, code),
                "taxonomy_term": term((kind, code)),
            }
            for kind, codes in (("needs", service.needs), ("access", service.access))
            for code in codes
        ],
    }
    return listed(service) | more


def description(service: Service) -> str:
    """What it offers and for whom, in English."""
    with override("en"):
        needs = ", ".join(str(NeedKind(kind).label).lower() for kind in service.needs)
        whom = str(Gender(service.gender).label).lower()
    return f"Offers: {needs}. For {whom}{', children too' if service.takes_children else ''}."


def taxonomy(name: str) -> dict[str, Any]:
    """One list of terms."""
    return {
        "id": str(taxonomy_id(name)),
        "name": name,
        "description": TAXONOMIES[name][0],
        "uri": f"{settings.SITE_URL}{HOME}/taxonomies/{taxonomy_id(name)}",
        "version": "1",
    }


def term(of: tuple[str, str]) -> dict[str, Any]:
    """One term of a list."""
    name, code = of
    with override("en"):
        words = str(TAXONOMIES[name][1](code).label)
    return {
        "id": _id("term", name, code),
        "taxonomy": name,
        "taxonomy_id": str(taxonomy_id(name)),
        "term": words,
        "term_uri": f"{settings.SITE_URL}{HOME}/taxonomy_terms/{_id('term', name, code)}",
    }


def taxonomy_id(name: str) -> UUID:
    """The id of a list, the same everywhere."""
    return uuid5(OURS, f"taxonomy {name}")


def _id(*parts: Any) -> str:
    return str(uuid5(OURS, " ".join(map(str, parts))))


def _areas(service: Service) -> list[str]:
    """Where it works; of a safe place to stay nothing is said."""
    if NeedKind.SAFE_HOUSE in service.needs:
        return []
    return [*service.places, *(force.name for force in service.forces.all())]


def _contacts(service: Service) -> list[dict[str, Any]]:
    phone = service.agency.phone
    if not phone:
        return []
    number = {"id": _id("phone", service.agency_id), "number": phone}
    contact = {"id": _id("contact", service.agency_id), "name": service.agency.name}
    return [contact | {"phones": [number]}]


def _all_terms() -> list[tuple[str, str]]:
    return [(name, code) for name, (_words, kind) in TAXONOMIES.items() for code in kind.values]


def _of_id(pk: UUID, all_of: Sequence[Any], give: Callable[[Any], Any]) -> Any:
    found = next((one for one in map(give, all_of) if one["id"] == str(pk)), None)
    if found is None:
        raise Http404
    return found


def _of_ages(rows: QuerySet[Service], request: Request) -> QuerySet[Service]:
    """Services with a minimum age of at least, and a maximum age of at most, what is asked; none has a maximum."""
    least, most = _age(request, "minimum_age"), _age(request, "maximum_age")
    if most is not None or (least is not None and least > ADULT):
        return rows.none()
    return rows.filter(takes_children=False) if least else rows


def _age(request: Request, name: str) -> float | None:
    given = request.query_params.get(name)
    if given is None:
        return None
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3})?", given):
        raise ValidationError({name: [_("Give an age in years, such as 18.")]})
    return float(given)


def _with_term(rows: QuerySet[Service], asked: str) -> QuerySet[Service]:
    for name, code in _all_terms():
        if _id("term", name, code) == asked.lower():
            return rows.filter(**{f"{name}__contains": [code]})
    return rows.none()


def _with_any_of(rows: QuerySet[Service], asked: str) -> QuerySet[Service]:
    for name in TAXONOMIES:
        if str(taxonomy_id(name)) == asked.lower():
            return rows.exclude(**{name: []})
    return rows.none()


def _number(request: Request, name: str, usual: int, most: int = 1_000_000) -> int:
    given = request.query_params.get(name, str(usual))
    if not given.isascii() or not given.isdecimal() or not 1 <= int(given[:9]) <= most:
        raise ValidationError(
            {name: [_("Give a whole number from 1 to %(most)d.") % {"most": most}]}
        )
    return int(given[:9])
