"""The directory: found by need and place, kept current by the agency alone, and its silence chased."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.models import AuditEvent, User
from accounts.scoping import NotVisible
from followups import engine
from followups.models import FollowUp, Notice
from followups.rules import RULES
from referrals import actions, matching
from referrals.actions.directory import change_service, tell_capacity
from referrals.directory import offers, with_capacity
from referrals.models import CapacityWord, Service, SupportReferral
from tests.builders import make_case
from tests.cast import Cast
from tests.referrals.api_client import Caller, caller
from tests.referrals.builders import make_in, make_sent, make_service, system

Browser = Callable[[User], Client]
STALE = "capacity-stale"
DAY = timedelta(days=1)


def known(at: datetime | None = None) -> dict[str, Any]:
    rows = with_capacity(Service.objects.order_by("name")).select_related("agency")
    return {offer.service.name: offer for offer in offers(rows, at or clocks.now())}


def owed(at: datetime) -> list[tuple[str, str]]:
    engine.sweep(at, rules={STALE: RULES[STALE]})
    rows = FollowUp.objects.filter(rule=STALE).order_by("since", "state")
    return list(rows.values_list("state", "words__service"))


class TestFinding:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("", ["Advice", "Everywhere", "Stay"]),
            ("?need=legal", ["Advice"]),
            ("?place=fellgate", ["Advice", "Everywhere", "Stay"]),
            ("?place=northmoor", ["Advice", "Everywhere", "Stay"]),
            ("?place=nowhere", ["Everywhere", "Stay"]),
            ("?need=legal&place=nowhere", []),
            ("?need=legal&place=100%25", []),
        ],
    )
    def test_officers_search_by_need_and_place(
        self, client_of: Browser, cast: Cast, asked: str, found: list[str]
    ) -> None:
        towns = make_service(name="Advice", needs=["legal"], places=["Fellgate", "Old Quay"])
        towns.forces.add(cast.force)
        make_service(name="Everywhere", needs=["work"])
        stay = make_service("beacon", name="Stay", needs=["safe_house"])
        stay.forces.add(cast.force)
        page = client_of(cast.olu).get(f"/agencies{asked}").content.decode()
        assert [name for name in ("Advice", "Everywhere", "Stay") if f">{name}<" in page] == found

    def test_the_directory_asks_as_much_for_fifty_services_as_for_one(
        self, client_of: Browser, cast: Cast
    ) -> None:
        olu, counted = client_of(cast.olu), []
        olu.get("/agencies")
        for more in (1, 49):
            for number in range(more):
                make_service(name=f"{more} {number}")
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert olu.get("/agencies").status_code == 200
            counted.append(len(asked))
        assert counted[0] == counted[1]

    def test_a_full_service_stands_behind_one_with_places_and_the_reason_says_so(
        self, cast: Cast
    ) -> None:
        full, free = make_service("harbour", name="Full"), make_service("beacon", name="Free")
        tell_capacity(service=full, places_free=0, by=system("harbour"))
        tell_capacity(service=free, places_free=2, by=system("beacon"))
        case = make_case()
        found = matching.matches(
            case, matching.wanted(case, needs=["outreach"], urgent=False, gender="any")
        )
        assert [match.service for match in found] == [free, full]
        assert found[0].reasons[1].startswith("2 places free, as of")

    @pytest.mark.parametrize(
        "better", [{"places": ["Fellgate"]}, {"access": ["step_free"]}, {"urgent_cover": True}]
    )
    def test_whoever_fits_better_stands_first(self, cast: Cast, better: dict[str, Any]) -> None:
        make_service("beacon", name="A")
        fits = make_service("harbour", name="Z", **better)
        case = make_case()
        looked_for = matching.wanted(
            case,
            needs=["outreach"],
            urgent=True,
            gender="any",
            place="fellgate",
            access=["step_free"],
        )
        assert matching.matches(case, looked_for)[0].service == fits

    @pytest.mark.parametrize(
        ("place", "order"),
        [
            (
                "fellgate",
                [
                    ("D", "Works in fellgate"),
                    ("C", "Names no towns: works in the whole police area"),
                    ("A", "Names other towns only: Old Quay"),
                ],
            ),
            (
                "Northmoor",
                [
                    ("C", "Names no towns: works in the whole police area"),
                    ("A", "Works in parts of the police area: Old Quay"),
                    ("D", "Works in parts of the police area: Fellgate"),
                ],
            ),
        ],
    )
    def test_who_names_other_towns_only_stands_last_and_it_is_said(
        self, cast: Cast, place: str, order: list[tuple[str, str]]
    ) -> None:
        for name, places in (("A", ["Old Quay"]), ("C", []), ("D", ["Fellgate"])):
            make_service(name=name, places=places).forces.add(cast.force)
        case = make_case()
        looked_for = matching.wanted(
            case, needs=["outreach"], urgent=False, gender="any", place=place
        )
        found = [
            (match.service.name, match.reasons) for match in matching.matches(case, looked_for)
        ]
        assert [name for name, _reasons in found] == [name for name, _words in order]
        for (_name, reasons), (_same, words) in zip(found, order, strict=True):
            assert words in reasons


class TestAnswerTimes:
    def test_three_real_answers_stand_beside_what_the_agency_says(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_service(name="Outreach", usual_answer_hours=2)
        for hours in (5, 7, 30):
            referral = make_sent()
            SupportReferral.objects.filter(pk=referral.pk).update(
                sent_at=clocks.now() - timedelta(hours=hours)
            )
            actions.decline(referral=referral, reason="no_capacity", by=system())
        offer = known()["Outreach"]
        assert offer.answer_words() == "Really answers in 7 hours. Says it answers in 2 hours"
        assert offer.hours == pytest.approx(7, abs=0.1)

    def test_of_two_answers_nothing_is_said(self, cast: Cast) -> None:
        make_service(name="Outreach")
        for _ in range(2):
            make_in("accepted")
        assert known()["Outreach"].measured_hours is None


class TestKeptByTheAgency:
    def test_a_worker_adds_changes_and_tells_capacity_in_the_browser(
        self, client_of: Browser, cast: Cast
    ) -> None:
        hana = client_of(cast.hana)
        told = {"name": "Outreach", "needs": ["outreach"], "gender": "any", "is_active": "on"}
        told |= {"places": "Fellgate,  Old Quay, Fellgate", "languages": "Somali"}
        assert hana.post("/agency/services/new", told)["Location"] == "/agency/services"
        service = Service.objects.get(name="Outreach")
        assert (service.agency, service.places) == (cast.harbour, ["Fellgate", "Old Quay"])
        assert (
            'value="Fellgate, Old Quay"'
            in hana.get(f"/agency/services/{service.pk}").content.decode()
        )
        hana.post(f"/agency/services/{service.pk}", told | {"name": "Visits", "version": "1"})
        hana.post(f"/agency/services/{service.pk}/capacity", {"places_free": "3"})
        page = hana.get("/agency/services").content.decode()
        assert "Visits" in page
        assert "3 places free, as of" in page

    def test_what_was_typed_on_an_old_page_stays_and_changes_nothing(
        self, client_of: Browser, cast: Cast
    ) -> None:
        service = make_service()
        told = {"name": "Typed", "needs": ["legal"], "gender": "any", "version": "0"}
        answer = client_of(cast.hana).post(f"/agency/services/{service.pk}", told)
        assert answer.status_code == 409
        assert 'value="Typed"' in answer.content.decode()
        assert Service.objects.get(pk=service.pk).name == "Outreach"

    @pytest.mark.parametrize("typed", ["", "-1", "many", "1000"])
    def test_a_capacity_that_is_no_number_is_said_in_words(
        self, client_of: Browser, cast: Cast, typed: str
    ) -> None:
        service = make_service()
        answer = client_of(cast.hana).post(
            f"/agency/services/{service.pk}/capacity", {"places_free": typed}
        )
        assert answer.status_code == 400
        assert not CapacityWord.objects.exists()

    @pytest.mark.parametrize("end", ["", "/capacity"])
    def test_another_agencys_service_is_not_there(
        self, client_of: Browser, cast: Cast, end: str
    ) -> None:
        service = make_service("beacon")
        client = client_of(cast.hana)
        assert client.get(f"/agency/services/{service.pk}{end}").status_code == 404
        assert AuditEvent.objects.filter(verb="access.refused").exists()

    def test_the_database_lets_no_agency_write_anothers(self, cast: Cast) -> None:
        service = make_service("beacon")
        with pytest.raises(NotVisible):
            change_service(service=service, by=system(), forces=[], name="Mine")
        with pytest.raises(NotVisible):
            tell_capacity(service=service, places_free=1, by=system())

    def test_a_safe_house_in_public_tells_no_place(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError, match="tells_no_place"), transaction.atomic():
            make_service(needs=["safe_house"], places=["Fellgate"], is_public=True)


class TestThroughTheApi:
    @pytest.fixture
    def harbour(self, cast: Cast) -> Caller:
        return caller("harbour")

    def put(self, harbour: Caller, service: Service, tag: str, **told: Any) -> Any:
        return harbour.put(
            f"/api/v1/services/{service.pk}",
            json.dumps({"name": "Visits", "needs": ["outreach"]} | told),
            content_type="application/json",
            headers={"If-Match": tag},
        )

    def test_it_lists_reads_changes_and_tells_capacity(self, harbour: Caller) -> None:
        service = make_service()
        make_service("beacon")
        (listed,) = harbour.get("/api/v1/services").json()["results"]
        assert listed["id"] == str(service.pk)
        assert listed["places_free"] is None
        tag = harbour.get(f"/api/v1/services/{service.pk}")["ETag"]
        changed = self.put(harbour, service, tag, places=["Fellgate"])
        assert changed.status_code == 200, changed.json()
        assert (changed.status_code, changed.json()["places"]) == (200, ["Fellgate"])
        told = harbour.post(
            f"/api/v1/services/{service.pk}/capacity",
            '{"places_free": 4}',
            content_type="application/json",
            headers={"Idempotency-Key": "monday"},
        )
        assert (told.json()["places_free"], told.json()["capacity_is_current"]) == (4, True)

    def test_a_stale_change_is_refused(self, harbour: Caller) -> None:
        answer = self.put(harbour, make_service(), '"7"')
        assert (answer.status_code, answer.json()["type"]) == (412, "/api/v1/problems/stale")

    def test_a_stale_change_names_in_what_the_service_is_another_now(
        self, harbour: Caller, cast: Cast
    ) -> None:
        service = make_service()
        tag = harbour.get(f"/api/v1/services/{service.pk}")["ETag"]
        mine = {"places": ["Fellgate"], "hours": "Weekdays", "forces": ["northmoor"]}
        assert self.put(harbour, service, tag, **mine).status_code == 200
        theirs = mine | {"places": ["Mossford"], "forces": []}
        stale = self.put(harbour, service, tag, **theirs)
        assert (stale.status_code, stale.json()["differs"]) == (412, ["/forces", "/places"])
        same = self.put(harbour, service, tag, **mine)
        assert (same.status_code, same.json()["differs"]) == (412, [])

    def test_every_time_is_written_alike(self, harbour: Caller, cast: Cast) -> None:
        service = make_service()
        tell_capacity(service=service, places_free=2, by=system())
        told = harbour.get(f"/api/v1/services/{service.pk}").json()["capacity_as_of"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", told)

    def test_a_safe_house_in_public_is_refused_by_its_field(self, harbour: Caller) -> None:
        answer = self.put(
            harbour, make_service(), '"1"', needs=["safe_house"], places=["X"], is_public=True
        )
        assert answer.json()["errors"][0]["pointer"] == "/places"

    def test_another_agencys_is_not_there(self, harbour: Caller) -> None:
        assert harbour.get(f"/api/v1/services/{make_service('beacon').pk}").status_code == 404

    def test_reading_alone_does_not_change(self, cast: Cast) -> None:
        reader = caller("harbour", "referrals:read")
        assert self.put(reader, make_service(), '"1"').status_code == 403


class TestSilenceIsChased:
    @pytest.fixture
    def at(self, monkeypatch: pytest.MonkeyPatch) -> datetime:
        at = datetime(2026, 11, 16, 10, tzinfo=clocks.LONDON)
        monkeypatch.setattr(clocks, "now", lambda: at)
        return at

    def test_a_week_without_a_word_is_owed_and_a_word_meets_it(
        self, cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        service = make_service(listed_at=at)
        tell_capacity(service=service, places_free=1, by=system())
        assert owed(at) == [("met", "Outreach"), ("open", "Outreach")]
        assert known(at + 6 * DAY)["Outreach"].free == 1
        assert known(at + 8 * DAY)["Outreach"].free is None
        later = at + 8 * DAY
        monkeypatch.setattr(clocks, "now", lambda: later)
        tell_capacity(service=service, places_free=1, by=system())
        assert sorted(state for state, _ in owed(later)) == ["met", "met_late", "open"]

    def test_the_agencys_people_and_the_forces_lead_are_told(
        self, cast: Cast, at: datetime
    ) -> None:
        make_service(listed_at=at)
        owed(at)
        owed(at + 8 * DAY)
        told = set(
            Notice.objects.filter(step__rung=1, channel="email").values_list(
                "person__username", flat=True
            )
        )
        assert {"hana", "ines"} <= told
        assert "bea" not in told

    def test_what_is_not_offered_owes_nothing(self, cast: Cast, at: datetime) -> None:
        service = make_service(listed_at=at)
        owed(at)
        Service.objects.filter(pk=service.pk).update(is_active=False, changed_at=at)
        assert owed(at) == [("void", "Outreach")]
