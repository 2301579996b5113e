"""The pages about people: who sees what, what is asked, what happens, how many questions to the database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.models import Absence, Agency, AuditEvent, RoleHeld, Unit, User
from accounts.permissions import Role
from casework.models import Case
from tests.builders import make_case
from tests.cast import Cast

SignIn = Callable[[User], Client]


def days(first: int, last: int) -> dict[str, str]:
    answers = {}
    for name, ahead in (("first_day", first), ("last_day", last)):
        day = clocks.today() + timedelta(days=ahead)
        parts = {"day": day.day, "month": day.month, "year": day.year}
        answers |= {f"{name}_{part}": str(value) for part, value in parts.items()}
    return answers


def queries(client: Client, path: str) -> int:
    """How often a page asks the database, not counting the marks of the test's own transaction."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    marks = ("SAVEPOINT", "RELEASE", "SET LOCAL ROLE")
    return len([query for query in captured if not query["sql"].startswith(marks)])


def test_a_search_is_posted_and_finds_by_name_or_sign_in_name(
    cast: Cast, client_of: SignIn
) -> None:
    page = client_of(cast.sade).post("/people", {"words": "novot"})
    assert "Petra Novotna" in page.text
    assert "Olu Adeyemi" not in page.text
    assert AuditEvent.objects.filter(verb="person.searched", detail__count=1).exists()


def test_the_list_shows_ones_own_force_only(cast: Cast, client_of: SignIn) -> None:
    page = client_of(cast.lena).get("/people").text
    assert "Olu Adeyemi" in page
    assert "Wyn Aldous" not in page
    assert client_of(cast.lena).get(f"/people/{cast.wyn.pk}").status_code == 404


def test_a_search_that_finds_nobody_says_so(cast: Cast, client_of: SignIn) -> None:
    assert "Nobody found" in client_of(cast.sade).post("/people", {"words": "zzzz"}).text


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("lena", "/people"),
        ("lena", "/units"),
        ("lena", "/days"),
        ("lena", "/agencies/manage"),
        ("asha", "/audit"),
    ],
)
def test_a_list_asks_the_database_as_often_for_fifty_rows_as_for_one(
    cast: Cast, client_of: SignIn, who: str, path: str
) -> None:
    client = client_of(getattr(cast, who))
    few = queries(client, path)
    people = [
        User(username=f"u{n}", name=f"PC {n}", force=cast.force, unit=cast.unit) for n in range(50)
    ]
    User.objects.bulk_create(people)
    RoleHeld.objects.bulk_create(RoleHeld(user=user, role=Role.RESPONDER) for user in people)
    Unit.objects.bulk_create(
        Unit(force=cast.force, slug=f"s{n}", name=f"Unit {n}") for n in range(50)
    )
    Agency.objects.bulk_create(Agency(slug=f"a{n}", name=f"Agency {n}") for n in range(50))
    many = queries(client, path)
    assert many == few
    assert few <= 12


def test_a_new_person_gets_roles_and_a_link_and_signs_in(cast: Cast, client_of: SignIn) -> None:
    admin = client_of(cast.lena)
    given = {"username": "T.Hale", "name": "PC Tom Hale", "unit": str(cast.unit.pk)}
    page = admin.post("/people/new", given)
    user = User.objects.get(username="t.hale")
    assert page.url == f"/people/{user.pk}/roles"  # type: ignore[attr-defined]
    admin.post(page.url, {"roles": ["responder", "investigator"]})  # type: ignore[attr-defined]
    assert {row.role for row in user.roles.all()} == {"responder", "investigator"}

    shown = admin.post(f"/people/{user.pk}/link")
    link = str(shown.context["link"])
    visitor = Client()
    held = visitor.get(link)
    assert held.status_code == 302
    assert "token" not in held.url  # type: ignore[attr-defined]
    password = {"new_password1": "tidal lantern oak 93", "new_password2": "tidal lantern oak 93"}
    done = visitor.post(held.url, password)  # type: ignore[attr-defined]
    assert done.status_code == 302
    assert visitor.get(link, follow=True).status_code == 410
    signed = visitor.post(
        "/account/login/", {"login": "T.HALE", "password": password["new_password1"]}
    )
    assert signed.status_code == 302
    assert AuditEvent.objects.filter(verb="session.started", actor_id=user.pk).exists()


def test_a_weak_password_keeps_nothing_and_says_why(cast: Cast, client_of: SignIn) -> None:
    link = client_of(cast.lena).post(f"/people/{cast.rhys.pk}/link").context["link"]
    visitor = Client()
    path = visitor.get(link).url  # type: ignore[attr-defined]
    page = visitor.post(path, {"new_password1": "short", "new_password2": "short"})
    assert page.status_code == 400
    assert "too short" in page.text
    assert cast.rhys.check_password("short") is False


@pytest.mark.parametrize("token", ["", "?token=abc", "?token=abc-def"])
def test_a_link_that_is_not_ours_opens_nothing(cast: Cast, token: str) -> None:
    path = f"/account/set-password/{cast.rhys.pk}"
    page = Client().get(path + token, follow=True)
    assert page.status_code == 410
    assert "no longer works" in page.text


def test_a_link_of_one_person_does_not_open_another(cast: Cast, client_of: SignIn) -> None:
    link = str(client_of(cast.lena).post(f"/people/{cast.rhys.pk}/link").context["link"])
    page = Client().get(link.replace(str(cast.rhys.pk), str(cast.olu.pk)), follow=True)
    assert page.status_code == 410


def test_bad_input_keeps_what_was_typed_and_changes_nothing(cast: Cast, client_of: SignIn) -> None:
    given = {"username": "olu", "name": "PC Somebody Else"}
    page = client_of(cast.lena).post("/people/new", given)
    assert page.status_code == 400
    assert "already has this sign-in name" in page.text
    assert 'value="PC Somebody Else"' in page.text


def test_an_officer_records_an_own_absence_and_calls_it_off(cast: Cast, client_of: SignIn) -> None:
    client, path = client_of(cast.olu), f"/people/{cast.olu.pk}/absence"
    given = {"kind": "leave", **days(3, 5), "cover": str(cast.rhys.pk)}
    assert client.post(path, given).status_code == 302
    absence = Absence.objects.get(user=cast.olu)
    assert absence.cover == cast.rhys
    assert (absence.ends_at - absence.starts_at) == timedelta(days=3)
    assert "Rhys Tunnicliffe" in client.get(path).text
    client.post(f"{path}/{absence.pk}/end")
    absence.refresh_from_db()
    assert absence.ends_at == absence.starts_at
    assert "Called off" in client.get(path).text


def test_an_absence_from_today_begins_now_not_at_midnight(cast: Cast, client_of: SignIn) -> None:
    path = f"/people/{cast.olu.pk}/absence"
    client_of(cast.sade).post(path, {"kind": "sick", **days(0, 0)})
    absence = Absence.objects.get(user=cast.olu)
    assert abs(absence.starts_at - clocks.now()) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"cover_name": "wyn"}, "Nobody in your force"),
        ({"cover_name": "lena"}, "who works on cases"),
        ({"cover_name": "petra", "cover": "rhys"}, "one person, not two"),
        (days(5, 3), "must not be before"),
        ({"kind": ""}, "Choose why"),
    ],
)
def test_an_absence_that_cannot_be_is_explained(
    cast: Cast, client_of: SignIn, over: dict[str, Any], sentence: str
) -> None:
    given = {"kind": "leave", **days(1, 2), **over}
    if "cover" in over:
        given["cover"] = str(cast.rhys.pk)
    page = client_of(cast.olu).post(f"/people/{cast.olu.pk}/absence", given)
    assert page.status_code == 400
    assert sentence in page.text
    assert not Absence.objects.exists()


@pytest.mark.parametrize("who", ["rhys", "petra", "dov", "asha"])
def test_somebody_elses_absence_is_not_theirs_to_record(
    cast: Cast, client_of: SignIn, who: str
) -> None:
    path = f"/people/{cast.olu.pk}/absence"
    assert client_of(getattr(cast, who)).get(path).status_code == 403
    assert client_of(cast.wyn).get(path).status_code == 404
    refusals = AuditEvent.objects.filter(verb="access.refused", detail__route="accounts:absence")
    assert refusals.count() == 2


def test_leaving_moves_the_caseload_under_the_administrators_own_walls(
    cast: Cast, client_of: SignIn
) -> None:
    case, admin = make_case(), client_of(cast.lena)
    leaver = client_of(cast.olu)
    assert leaver.get("/account/password/").status_code == 200
    page = admin.get(f"/people/{cast.olu.pk}/leave")
    assert "signed out at once" in page.text
    assert admin.post(f"/people/{cast.olu.pk}/leave").status_code == 302
    case.refresh_from_db()
    assert case.owner is None
    assert case.status == "new"
    gone = leaver.get("/account/password/")
    assert gone.status_code == 302
    assert gone.url.startswith("/account/login/")  # type: ignore[attr-defined]
    assert Case.objects.get().scope.unit == cast.unit


def test_somebody_who_left_comes_back_and_has_their_roles_chosen_anew(
    cast: Cast, client_of: SignIn
) -> None:
    admin, path = client_of(cast.lena), f"/people/{cast.olu.pk}"
    assert "works here again" not in admin.get(path).text
    admin.post(f"{path}/leave")
    assert "This person works here again" in admin.get(path).text
    answer = admin.post(f"{path}/return", follow=True)
    assert answer.redirect_chain == [(f"{path}/roles", 302)]
    assert "make a link to set a password" in answer.text
    assert admin.post(f"{path}/return").status_code == 409


def test_leaving_says_who_will_have_no_supervisor(cast: Cast, client_of: SignIn) -> None:
    page = client_of(cast.lena).get(f"/people/{cast.sade.pk}/leave").text
    assert "Harbour Road Response will have no supervisor" in page


def test_units_and_their_supervisors_change_in_one_go(cast: Cast, client_of: SignIn) -> None:
    admin, path = client_of(cast.lena), f"/units/{cast.unit.pk}"
    given = {"name": "Harbour Road", "duty_phone": "01632 960111", "is_active": "on"}
    people = {"supervisor_1": str(cast.dov.pk), "supervisor_2": str(cast.sade.pk)}
    assert admin.post(path, given | people).status_code == 302
    page = admin.get("/units").text
    assert page.index("Dov Marchetti") < page.index("Sade Okonjo")
    wrong = admin.post(path, given | people | {"supervisor_2": str(cast.dov.pk)})
    assert wrong.status_code == 400
    assert "only once" in wrong.text
    stranger = admin.post(path, given | {"supervisor_1": str(cast.wyn.pk)})
    assert stranger.status_code == 400
    assert "Select the supervisors from the people shown" in stranger.text


def test_a_refused_change_of_supervisors_changes_nothing_of_the_unit(
    cast: Cast, client_of: SignIn
) -> None:
    given = {"name": "Other name", "supervisor_1": str(cast.sade.pk)}
    page = client_of(cast.lena).post(f"/units/{cast.unit.pk}", given)
    assert page.status_code == 400
    assert "still work in this unit" in page.text
    assert Unit.objects.get(pk=cast.unit.pk).name == "Harbour Road Response"


def test_an_agency_and_its_worker_are_added(cast: Cast, client_of: SignIn) -> None:
    admin = client_of(cast.lena)
    admin.post("/units/new", {"name": "Night desk"})
    assert Unit.objects.filter(force=cast.force, slug="night-desk").exists()
    page = admin.post("/agencies/manage/new", {"name": "Lantern Trust"})
    agency = Agency.objects.get(slug="lantern-trust")
    path = f"/agencies/manage/{agency.pk}"
    assert page.url == path  # type: ignore[attr-defined]
    worker = admin.post(f"{path}/workers/new", {"username": "nia", "name": "Nia Frost"})
    user = User.objects.get(username="nia")
    assert worker.url == f"/people/{user.pk}"  # type: ignore[attr-defined]
    assert "Nia Frost" in admin.get(path).text
    assert "Lantern Trust" in admin.get(worker.url).text  # type: ignore[attr-defined]
    kept_by = str(agency.kept_by_id)
    admin.post(path, {"name": "Lantern", "phone": "", "email": "", "kept_by": kept_by})
    assert Agency.objects.get(pk=agency.pk).is_active is False


def test_an_auditor_reads_who_did_what_and_that_is_recorded(cast: Cast, client_of: SignIn) -> None:
    client_of(cast.olu).get("/people")  # refused
    auditor = client_of(cast.asha)
    sent = auditor.post("/audit", {"username": "olu", "verb": "access."})
    assert "olu" not in sent.url.replace(str(cast.olu.pk), "")  # type: ignore[attr-defined]
    page = auditor.get(sent.url)  # type: ignore[attr-defined]
    assert "access.refused" in page.text
    assert "accounts:people" in page.text
    assert AuditEvent.objects.filter(verb="audit.searched", actor_id=cast.asha.pk).exists()
    client_of(cast.wyn).get("/people")
    assert "Wyn" not in auditor.get("/audit").text


def test_the_trail_names_changed_fields_and_never_what_they_hold(
    cast: Cast, client_of: SignIn
) -> None:
    case = make_case()
    auditor = client_of(cast.asha)
    AuditEvent.objects.filter(verb="row.insert", subject="casework_case").get(
        subject_id=str(case.pk)
    )
    page = auditor.get("/audit?verb=row.").text
    assert "first_words" in page
    assert "not paid" not in page


def test_older_events_are_a_link_away(cast: Cast, client_of: SignIn) -> None:
    auditor = client_of(cast.asha)
    for _ in range(60):
        auditor.get("/people?page=1")
    first = auditor.get("/audit?verb=person.searched")
    assert len(first.context["lines"]) == 50
    rest = auditor.get(f"/audit?{first.context['older']}")
    assert 10 <= len(rest.context["lines"]) < 50
    seen = {line["event"].pk for line in first.context["lines"]}
    assert not seen & {line["event"].pk for line in rest.context["lines"]}


@pytest.mark.parametrize(
    "query",
    ["verb=%25%27", "person=x", "from=yesterday", "to=2026-13-40", "before=x|y", "before=|"],
)
def test_a_made_up_address_of_the_trail_is_harmless(
    cast: Cast, client_of: SignIn, query: str
) -> None:
    assert client_of(cast.asha).get(f"/audit?{query}").status_code == 200
