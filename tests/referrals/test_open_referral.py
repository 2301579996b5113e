"""The public directory: the shape of Open Referral UK, what agencies show, no safe house's place."""

import json
from typing import Any
from uuid import UUID, uuid4

import jsonschema
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency
from referrals.api.open_referral import ADDRESSES
from referrals.models import Service
from tests.cast import Cast
from tests.referrals.builders import make_service

TEXT, ID = {"type": "string"}, {"type": "string", "format": "uuid"}
WHOLE, YES_NO = {"type": "integer", "minimum": 0}, {"type": "boolean"}


def thing(required: str, **fields: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": {"id": ID} | fields,
        "additionalProperties": False,
    }


def many(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


# As the profile says it (github.com/OpenReferralUK/uk-profile, schema/ at version 3.0): the same names, types and
# required fields, and no field that it does not have. Of `language` it names `name` in HSDS 3.0 alone.
ORGANIZATION = thing("id name description", name=TEXT, description=TEXT)
TERM = thing(
    "id taxonomy",
    taxonomy=TEXT,
    taxonomy_id=ID,
    term=TEXT,
    term_uri={"type": "string", "format": "uri"},
)
LISTED: dict[str, Any] = thing(
    "id name status url",
    organization_id=ID,
    name=TEXT,
    description=TEXT,
    url={"type": "string", "format": "uri"},
    email={"type": "string", "format": "email"},
    status={"enum": ["active", "inactive", "defunct", "temporarily closed"]},
    minimum_age={"type": "number"},
    last_modified={"type": "string", "format": "date-time"},
    organization=ORGANIZATION,
)
FULL = LISTED | {
    "properties": LISTED["properties"]
    | {
        "languages": many(thing("id", service_id=ID, name=TEXT)),
        "service_areas": many(thing("id", service_id=ID, name=TEXT)),
        "service_at_locations": many(thing("id")),
        "schedules": many(thing("id", service_id=ID, description=TEXT)),
        "contacts": many(thing("id", name=TEXT, phones=many(thing("id number", number=TEXT)))),
        "attributes": many(
            thing("id", link_id=ID, link_type=TEXT, taxonomy_term_id=ID, taxonomy_term=TERM)
        ),
    }
}
TAXONOMY = thing(
    "id name description",
    name=TEXT,
    description=TEXT,
    uri={"type": "string", "format": "uri"},
    version=TEXT,
)
ITEMS = {
    "services": (LISTED, FULL),
    "taxonomies": (TAXONOMY, TAXONOMY),
    "taxonomy_terms": (TERM, TERM),
    "service_at_locations": (thing("id"), thing("id")),
}
PAGE = {
    "total_items": WHOLE,
    "total_pages": WHOLE,
    "page_number": WHOLE,
    "size": WHOLE,
    "first_page": YES_NO,
    "last_page": YES_NO,
    "empty": YES_NO,
}


def holds(shape: dict[str, Any], given: Any) -> None:
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(shape, format_checker=checker).validate(given)


@pytest.fixture
def anybody() -> Client:
    return Client()


@pytest.fixture
def shown(cast: Cast) -> Service:
    service = make_service(
        "beacon",
        name="Visits",
        needs=["outreach", "legal"],
        places=["Fellgate"],
        languages=["Somali", "Tigrinya"],
        access=["step_free"],
        hours="Weekdays",
        is_public=True,
    )
    service.forces.add(cast.force)
    return service


def read(anybody: Client, path: str) -> Any:
    answer = anybody.get(f"/open-referral/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


class TestTheShape:
    def test_the_first_address_says_what_this_is(self, anybody: Client, cast: Cast) -> None:
        about = read(anybody, "")
        assert about["version"] == "HSDS-UK 3.0"
        assert {"profile", "openapi_url"} < set(about)
        assert about["openapi_url"].endswith(".json")

    @pytest.mark.parametrize("path", ["", "services", "services?day=MO", f"services/{UUID(int=0)}"])
    def test_pages_of_any_site_may_read_it_errors_too(
        self, anybody: Client, shown: Service, path: str
    ) -> None:
        answer = anybody.get(f"/open-referral/{path}", headers={"Origin": "https://a.invalid"})
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer

    @pytest.mark.parametrize(
        "path", ["/api/v1/referrals", "/api/v1/openapi.json", "/account/login/"]
    )
    def test_nothing_else_may_be_read_by_another_site(
        self, anybody: Client, cast: Cast, path: str
    ) -> None:
        answer = anybody.get(path, headers={"Origin": "https://a.invalid"})
        assert not [name for name in answer.headers if name.startswith("Access-Control")]

    @pytest.mark.parametrize("name", ADDRESSES)
    def test_each_listing_and_each_item_has_it(
        self, anybody: Client, shown: Service, name: str
    ) -> None:
        page = read(anybody, name)
        listed, full = ITEMS[name]
        shape = thing(" ".join(PAGE), **PAGE, contents=many(listed))
        del shape["properties"]["id"]
        holds(shape, page)
        for item in page["contents"]:
            holds(full, read(anybody, f"{name}/{item['id']}"))
        assert bool(page["contents"]) is (name != "service_at_locations")

    def test_a_service_is_told_whole(self, anybody: Client, shown: Service) -> None:
        given = read(anybody, f"services/{shown.pk}")
        assert [one["name"] for one in given["languages"]] == ["Somali", "Tigrinya"]
        assert [one["name"] for one in given["service_areas"]] == ["Fellgate", "Northmoor Police"]
        terms = [one["taxonomy_term"]["term"] for one in given["attributes"]]
        assert len(terms) == 3
        assert given["minimum_age"] == 18
        assert given["contacts"][0]["phones"]


class TestPages:
    def test_it_is_cut_into_pages(self, anybody: Client, cast: Cast) -> None:
        for number in range(5):
            make_service(name=f"Service {number}", is_public=True)
        last = read(anybody, "services?per_page=2&page=3")
        assert [one["name"] for one in last["contents"]] == ["Service 4"]
        told = {name: last[name] for name in ("total_items", "total_pages", "last_page", "size")}
        assert told == {"total_items": 5, "total_pages": 3, "last_page": True, "size": 1}
        assert read(anybody, "services?page=9")["empty"] is True

    @pytest.mark.parametrize(
        "query",
        ["page=0", "page=-1", "page=x", "per_page=101", "per_page=0", "page=²", "search=%00"],
    )
    def test_what_cannot_be_a_page_is_said_by_name(
        self, anybody: Client, cast: Cast, query: str
    ) -> None:
        answer = anybody.get(f"/open-referral/services?{query}")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == f"/{query.split('=', maxsplit=1)[0]}"

    def test_a_page_asks_as_much_for_fifty_as_for_one(self, anybody: Client, cast: Cast) -> None:
        counted = []
        for more in (1, 49):
            for number in range(more):
                make_service(name=f"{more} {number}", is_public=True)
            with CaptureQueriesContext(connection) as asked:
                read(anybody, "services")
            counted.append(len(asked))
        assert counted[0] == counted[1]


class TestSearching:
    @pytest.mark.parametrize(("search", "found"), [("VISIT", 1), ("beacon", 1), ("nothing", 0)])
    def test_by_name_of_service_or_agency(
        self, anybody: Client, shown: Service, search: str, found: int
    ) -> None:
        assert read(anybody, f"services?search={search}")["total_items"] == found

    def test_by_term(self, anybody: Client, shown: Service) -> None:
        for one in read(anybody, "taxonomy_terms?per_page=100")["contents"]:
            found = read(anybody, f"services?taxonomy_term_id={one['id']}")["total_items"]
            meant = {"A support worker who visits", "Legal advice"}
            assert found == (one["term"] in meant or one["term"].startswith("Step-free"))

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("minimum_age=0", {"Adults", "Everybody"}),
            ("minimum_age=16", {"Adults"}),
            ("minimum_age=18", {"Adults"}),
            ("minimum_age=18.5", set()),
            ("minimum_age=21", set()),
            ("maximum_age=17", set()),
            ("", {"Adults", "Everybody"}),
        ],
    )
    def test_by_age_as_each_service_tells_it(
        self, anybody: Client, cast: Cast, query: str, found: set[str]
    ) -> None:
        make_service(name="Adults", is_public=True)
        make_service("beacon", name="Everybody", takes_children=True, is_public=True)
        page = read(anybody, f"services?{query}")["contents"]
        assert {row["name"] for row in page} == found

    @pytest.mark.parametrize(
        "query", ["day=MO", "start_time=09:00", "end_time=17:00", "postcode=NE1", "minimum_age=x"]
    )
    def test_what_cannot_be_told_is_said_and_not_passed_over(
        self, anybody: Client, shown: Service, query: str
    ) -> None:
        answer = anybody.get(f"/open-referral/services?{query}")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == f"/{query.split('=', maxsplit=1)[0]}"

    @pytest.mark.parametrize("what", ["taxonomy_term_id", "taxonomy_id"])
    def test_an_id_of_nothing_finds_nothing(
        self, anybody: Client, shown: Service, what: str
    ) -> None:
        assert read(anybody, f"services?{what}={uuid4()}")["total_items"] == 0


class TestNothingElse:
    @pytest.mark.parametrize("hidden", [{"is_public": False}, {"is_active": False}])
    def test_what_is_not_shown_looks_like_nothing(
        self, anybody: Client, shown: Service, hidden: dict[str, bool]
    ) -> None:
        Service.objects.filter(pk=shown.pk).update(**hidden)
        assert read(anybody, "services")["empty"] is True
        assert anybody.get(f"/open-referral/services/{shown.pk}").status_code == 404

    def test_an_agency_that_takes_no_referrals_is_not_shown(
        self, anybody: Client, shown: Service
    ) -> None:
        Agency.objects.filter(slug="beacon").update(is_active=False)
        assert read(anybody, "services")["empty"] is True

    def test_a_safe_place_to_stay_has_no_place(self, anybody: Client, cast: Cast) -> None:
        stay = make_service(name="Stay", needs=["safe_house", "outreach"], is_public=True)
        stay.forces.add(cast.force)
        given = read(anybody, f"services/{stay.pk}")
        assert (given["service_areas"], given["service_at_locations"]) == ([], [])
        assert "Northmoor" not in json.dumps(given)

    def test_no_capacity_and_nobody_is_told_of(self, anybody: Client, shown: Service) -> None:
        told = json.dumps(read(anybody, f"services/{shown.pk}"))
        assert "places_free" not in told
        assert "Bea" not in told.replace("Beacon", "")

    def test_no_service_at_a_location_is_ever_found(self, anybody: Client, shown: Service) -> None:
        for pk in (shown.pk, UUID(int=0)):
            path = f"/open-referral/service_at_locations/{pk}"
            assert anybody.get(path).status_code == 404

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_it_is_only_read(self, anybody: Client, shown: Service, method: str) -> None:
        answer = getattr(anybody, method)(f"/open-referral/services/{shown.pk}")
        assert answer.status_code == 405


def test_whoever_asks_too_often_is_told_to_wait(
    anybody: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    monkeypatch.setitem(rates, "public", "2/min")
    answers = [anybody.get("/open-referral/services") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0
