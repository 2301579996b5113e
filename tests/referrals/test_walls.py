"""The second wall: an agency, in raw SQL as the web role, sees its own rows and nothing of the person."""

import pytest
from django.db import connection, transaction
from django.db.utils import Error

from accounts.actors import Actor
from accounts.context import acting_as
from referrals.models import SupportReferral
from tests.builders import make_case
from tests.cast import Cast
from tests.referrals.builders import (
    agree,
    make_draft,
    make_in,
    make_safe_contact,
    system,
)

OF_THE_PERSON = (
    "victims_victim",
    "victims_safecontact",
    "victims_consentevent",
    "victims_toldtopic",
    "victims_need",
    "casework_case",
    "casework_caseevent",
    "casework_contact",
    "accounts_scope",
    "accounts_scopegrant",
)
OWN = ("referrals_supportreferral", "referrals_disclosure", "referrals_question")


def seen(table: str, by: Actor) -> int:
    with acting_as(by), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@pytest.fixture
def rows(cast: Cast) -> SupportReferral:
    case = make_case()
    agree(case)
    make_safe_contact(case)
    make_in("needs_info", slug="beacon")
    make_draft(make_case())
    return make_in("needs_info", case)


@pytest.mark.parametrize("table", OWN)
def test_an_agency_sees_its_own_rows_only(rows: SupportReferral, table: str) -> None:
    assert seen(table, system("harbour")) == 1
    assert seen(table, system("beacon")) == 1


@pytest.mark.parametrize("table", OF_THE_PERSON)
def test_an_agency_reads_nothing_of_the_person(rows: SupportReferral, table: str) -> None:
    assert seen(table, system("harbour")) == 0


def test_an_agency_reads_of_the_audit_trail_only_when_it_looked_itself(
    rows: SupportReferral,
) -> None:
    assert seen("accounts_auditevent", system("harbour")) == 0


def test_another_force_sees_no_referral(rows: SupportReferral, cast: Cast) -> None:
    for table in OWN:
        assert seen(table, cast.actor("wyn")) == 0
        assert seen(table, cast.actor("petra")) == 0
        assert seen(table, cast.actor("olu")) >= 2


@pytest.mark.parametrize(
    ("kind", "by", "agency"),
    [
        ("note", None, "harbour"),
        ("referral", "olu", "harbour"),
        ("referral", None, "beacon"),
    ],
)
def test_an_agency_writes_no_line_but_its_own_answer(
    rows: SupportReferral, cast: Cast, kind: str, by: str | None, agency: str
) -> None:
    author = getattr(cast, by).pk if by else None
    with acting_as(system(agency)), pytest.raises(Error), transaction.atomic():
        _write(rows, kind, author)
    with acting_as(system("harbour")):
        _write(rows, "referral", None)


def _write(referral: SupportReferral, kind: str, by: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casework_caseevent (id, scope_id, case_id, at, recorded_at, kind, text, detail, by_id)"
            " VALUES (gen_random_uuid(), %s, %s, now(), now(), %s, '', '{}', %s)",
            [referral.scope_id, referral.case_id, kind, by],
        )


def test_nobody_sees_a_referral_without_a_context(rows: SupportReferral) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE holdfast_web; SELECT set_config('app.kind', '', true)")
        for setting in ("agency", "force", "units", "users"):
            cursor.execute("SELECT set_config(%s, '', true)", [f"app.{setting}"])
        cursor.execute("SELECT count(*) FROM referrals_supportreferral")
        assert cursor.fetchone()[0] == 0
