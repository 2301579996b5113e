"""`manage.py bench_data --cases 100000`: a force of a size to measure with, made by a few set-based statements."""

import json
import time
from argparse import ArgumentParser
from typing import Any

import psycopg2
from django.contrib.postgres.fields import ArrayField
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.models import Model

import clocks
from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import Agency
from casework.models import Case, Closure, Contact, NotAsked, NrmReferral
from config import environment
from referrals.models import SupportReferral
from victims.models import Victim

UNITS = 40
LEAD = f"bench{5 * UNITS}"
"""Who reaches the whole force, where it has so many units."""


def row_id(kind: str, number: str = "n") -> str:
    """SQL for the id of the row of a kind with that number, so that one statement knows another's rows."""
    return f"md5('{kind}' || {number})::uuid"


# Invented names with the likeness of real ones: common given names, families of a common root.
GIVEN = (
    "Mohammed Ali Ahmed Hassan Ibrahim Yusuf Omar Khalid Mai Linh Thi Anh Hoa Tuan Minh Duc Maria "
    "Elena Ana Ioana Andrei Mihai Ion Stefan Kasia Jan Piotr Anna Olga Natalia Ivan Sergei Dmitri "
    "Joy Blessing Faith Grace Peter John James Sarah Emma Jack Tom Lucy Adil Besnik Arben Luan "
    "Mira Drita Selam Tesfay Hiwot Dawit Li Wei Xiao Somchai Nok Raj Priya"
)
ROOTS = (
    "Nguy Kova Petr Hoxh Shal Okon Adeb Smit Jon Will Tesf Ghebr Zhan Chen Wong Khan Hus Malik "
    "Sing Pat Rossi Novak Dumit Popes Iones Mar Vas Bog Krast Lew Kamin Wis Dabr Tra Pham Leth "
    "Oza Eze Mur Byr"
)
ENDS = (
    "en ova ov ic i a u e er son s ay iel g ng ain ik h el one ini ak rescu cu ka ski czyk ek u "
    "am o ike phy ne as os in ul aj und"
)


def one_of(words: str, step: int) -> str:
    """SQL for one of the words, another for each number."""
    listed = ", ".join(f"'{word}'" for word in words.split())
    return f"(ARRAY[{listed}])[1 + (n::bigint * {step} / 101) %% {len(words.split())}]"


PERSON = (
    *("id", "scope_id", "called", "born_on", "age_band", "language", "interpreter"),
    *("officer_preference", "communication_needs", "risk", "version", "created_at"),
)


def left_alone(model: type[Model], told: tuple[str, ...]) -> dict[str, str]:
    """Each column that must hold something and is not told, with SQL for what a new row has there."""
    words: dict[str, str] = {}
    for field in model._meta.concrete_fields:
        if field.column and field.column not in told and not field.null:
            value = field.get_default()
            written = json.dumps(value) if isinstance(value, dict) else value
            words[field.column] = "'{}'" if isinstance(field, ArrayField) else f"'{written}'"
    return words


UNTOLD = left_alone(Victim, PERSON)
Statements = tuple[tuple[str, str], ...]
STATEMENTS: Statements = (
    (
        "force, units and people",
        f"""
        INSERT INTO accounts_force (id, slug, name, nation, calendar_id)
        SELECT {row_id("force", "1")}, 'bench', 'Bench Police', 'england-wales', id
          FROM clocks_calendar WHERE slug = 'england-wales';
        INSERT INTO accounts_unit (id, force_id, slug, name, duty_phone, is_active)
        SELECT {row_id("unit")}, {row_id("force", "1")}, 'bench-' || n, 'Bench unit ' || n, '', true
          FROM generate_series(0, %(units)s - 1) AS n;
        INSERT INTO accounts_user (id, username, name, email, password, force_id, unit_id, is_active,
                                   joined_at, languages, mobile)
        SELECT {row_id("user")}, 'bench' || n, 'PC Bench ' || n, 'bench' || n || '@bench.invalid', '!',
               {row_id("force", "1")}, {row_id("unit", "(n %% %(units)s)")}, true, %(at)s, '', ''
          FROM generate_series(0, 5 * %(units)s) AS n;
        INSERT INTO accounts_roleheld (user_id, role, given_at)
        SELECT {row_id("user")}, role, %(at)s
          FROM generate_series(0, 5 * %(units)s) AS n,
               unnest(CASE WHEN n < %(units)s THEN ARRAY['responder', 'supervisor']
                           WHEN n = 5 * %(units)s THEN ARRAY['specialist_lead']
                           ELSE ARRAY['responder', 'investigator'] END) AS role;
        INSERT INTO accounts_supervision (unit_id, user_id, rank)
        SELECT {row_id("unit")}, {row_id("user")}, 1 FROM generate_series(0, %(units)s - 1) AS n;
        """,
    ),
    (
        "scopes",
        f"""
        INSERT INTO accounts_scope (id, force_id, unit_id, restriction)
        SELECT {row_id("scope")}, {row_id("force", "1")}, {row_id("unit", "(n %% %(units)s)")}, 'standard'
          FROM generate_series(0, %(cases)s - 1) AS n
        """,
    ),
    (
        "victims",
        f"""
        INSERT INTO victims_victim ({", ".join((*PERSON, *UNTOLD))})
        SELECT {row_id("victim")}, {row_id("scope")},
               {one_of(GIVEN, 7919)} || ' ' || {one_of(ROOTS, 104729)} || {one_of(ENDS, 1299709)},
               date '1955-01-01' + n * 7 %% 19000,
               CASE WHEN n %% 5 < 2 THEN 'child' ELSE 'adult' END,
               (ARRAY['Albanian', 'Vietnamese', 'Tigrinya', 'English'])[1 + n %% 4], 'yes', 'not_asked', '',
               'not_judged', 1, %(at)s - n %% 400 * interval '1 day', {", ".join(UNTOLD.values())}
          FROM generate_series(0, %(cases)s - 1) AS n
        """,
    ),
    (
        "cases",
        f"""
        INSERT INTO casework_case (id, reference, scope_id, victim_id, status, owner_id, danger, met_at,
                                   place, incident_number, first_words, indicators, enhanced, logged_at,
                                   logged_by_id, sent_at, closed_at, changed_at, version)
        SELECT {row_id("case")}, 'HF-B' || lpad(n::text, 6, '0'), {row_id("scope")}, {row_id("victim")},
               CASE WHEN is_open THEN 'allocated' ELSE 'closed' END, {row_id("user", "owner")},
               'no', began_at, '', '', 'Says that they are not paid.', '["not_paid"]', true, began_at,
               {row_id("user", "owner")}, began_at,
               CASE WHEN NOT is_open THEN began_at + interval '50 days' END, began_at, 1
          FROM (SELECT n, n / %(units)s %% %(one_in)s = 0 AS is_open,
                       n %% %(units)s + %(units)s * (1 + n / %(units)s %% 4) AS owner,
                       -- what is open is of the last days, what is closed of the last eight years
                       %(at)s - (n %% 300 + 1) * interval '1 hour' - CASE WHEN n / %(units)s %% %(one_in)s = 0
                           THEN interval '0' ELSE (n / %(units)s * 7 %% 2900 + 60) * interval '1 day' END AS began_at
                  FROM generate_series(0, %(cases)s - 1) AS n) AS numbered
        """,
    ),
    (
        "history, two lines each",
        f"""
        INSERT INTO casework_caseevent (id, scope_id, case_id, kind, at, recorded_at, by_id, text, detail)
        SELECT {row_id("event", "(n || '.' || line)")}, {row_id("scope")}, {row_id("case")},
               (ARRAY['logged', 'sent'])[line], %(at)s - interval '400 days', %(at)s, NULL, '', '{{}}'
          FROM generate_series(0, %(cases)s - 1) AS n, generate_series(1, 2) AS line
        """,
    ),
)
FOLLOWUPS = f"""
    INSERT INTO followups_followup (id, rule, subject_id, occurrence, case_id, scope_id, force_id, unit_id,
                                    owner_id, holder_id, since, clock, words, due_at, state, round,
                                    first_seen_at, changed_at, end_reason, clocks_version)
    SELECT {row_id("followup", "(c.id || owed.rule)")}, rule, c.id, c.id, c.id, c.scope_id, s.force_id, s.unit_id,
           c.owner_id, c.owner_id, c.logged_at, 'standard', '{{}}',
           c.logged_at + owed.place * interval '150 hours', 'open', 1, %(at)s, %(at)s, '', (SELECT clocks_version())
      FROM casework_case c
      JOIN accounts_scope s ON s.id = c.scope_id
     CROSS JOIN unnest(ARRAY['crime-not-recorded', 'nrm-not-decided', 'needs-not-assessed',
                             'contact-lapsed', 'review-due']) WITH ORDINALITY AS owed (rule, place)
     WHERE c.status <> 'closed'
"""
# Whoever owes what is overdue was told of it: an engine that told nobody has every case page ask the rules anew.
TOLD = f"""
    INSERT INTO followups_step (id, followup_id, round, rung, "to", reached_at, made_at)
    SELECT {row_id("step", "f.id::text")}, f.id, f.round, 1, 'owner', f.due_at, %(at)s
      FROM followups_followup f WHERE f.state = 'open' AND f.due_at <= %(at)s
"""
# What became of those cases, for whoever counts it: of most something, of some nothing yet.
CONTACT = (
    "id",
    "scope_id",
    "case_id",
    "at",
    "by_id",
    "recorded_at",
    "outcome",
    "channel",
    "next_at",
)
REFERRAL = (
    *(
        "id",
        "scope_id",
        "case_id",
        "agency_id",
        "force_id",
        "needs",
        "items",
        "status",
        "legal_basis",
        "told_to",
    ),
    *(
        "created_at",
        "created_by_id",
        "sent_at",
        "accepted_at",
        "worker_name",
        "first_contact_at",
        "changed_at",
    ),
    *("declined_at", "decline_reason"),
)
CLOSURE = (
    *("id", "scope_id", "case_id", "at", "by_id", "recorded_at", "outcome", "explanation"),
    *("last_safe_contact_at", "decided_at", "decided_by_id", "agreed"),
)
NOT_ASKED = ("id", "scope_id", "case_id", "at", "by_id", "recorded_at", "point", "why")
NUMBERED = f"""(SELECT n, {row_id("case")} AS case_id, {row_id("scope")} AS scope_id, {row_id("victim")} AS victim_id
                  FROM generate_series(0, %(cases)s - 1) AS n) AS numbered
      JOIN casework_case c ON c.id = numbered.case_id"""
FORCE = row_id("force", "1")
WHILE = "(least(%(at)s, c.logged_at + interval '30 days') - c.logged_at)"


def into(model: type[Model], told: tuple[str, ...]) -> tuple[str, str]:
    """SQL for the columns of an INSERT, and for the values of those that are not told."""
    more = left_alone(model, told)
    return ", ".join((*told, *more)), "".join(f", {value}" for value in more.values())


def what_became_of_them() -> Statements:
    """The statements: four fifths spoken with, half referred, three needs each, a support referral each, training."""
    contact, contact_more = into(Contact, CONTACT)
    referral, referral_more = into(SupportReferral, REFERRAL)
    agency, agency_more = into(Agency, ("id", "slug", "name"))
    closure, closure_more = into(Closure, CLOSURE)
    not_asked, not_asked_more = into(NotAsked, NOT_ASKED)
    nrm = ("id", "scope_id", "case_id", "at", "by_id", "recorded_at")
    nrm_columns, nrm_more = into(NrmReferral, nrm)
    return (
        (
            "contacts",
            f"""
            INSERT INTO casework_contact ({contact})
            SELECT {row_id("contact", "(n || '.' || line)")}, c.scope_id, c.id,
                   c.logged_at + {WHILE} * (n %% 90 / 100.0) * line / 2, c.owner_id, %(at)s,
                   CASE WHEN n %% 5 = 4 THEN 'no_answer' ELSE 'spoke' END, 'phone', %(at)s + interval '20 days'
                   {contact_more}
              FROM {NUMBERED}, generate_series(1, 2) AS line
            """,
        ),
        (
            "national referrals",
            f"""
            INSERT INTO casework_nrmreferral ({nrm_columns})
            SELECT {row_id("nrm")}, c.scope_id, c.id, c.logged_at, c.owner_id, c.logged_at{nrm_more}
              FROM {NUMBERED} WHERE n %% 2 = 0
            """,
        ),
        (
            "needs, three each",
            f"""
            INSERT INTO victims_need (id, scope_id, victim_id, kind, urgent, found_at, found_by_id)
            SELECT {row_id("need", "(n || kind)")}, c.scope_id, c.victim_id, kind, false, c.logged_at, c.owner_id
              FROM {NUMBERED}, unnest(ARRAY['safe_house', 'legal', 'health']) AS kind
            """,
        ),
        (
            "agencies and support referrals",
            f"""
            INSERT INTO accounts_agency ({agency})
            SELECT {row_id("agency")}, 'bench-' || n, 'Bench agency ' || n{agency_more}
              FROM generate_series(0, 19) AS n;
            INSERT INTO referrals_supportreferral ({referral})
            SELECT {row_id("referral")}, c.scope_id, c.id, {row_id("agency", "(n %% 20)")}, {FORCE},
                   '{{safe_house}}', '{{safe_contact}}', stands, 'safeguarding', 'anyone', c.logged_at, c.owner_id,
                   c.logged_at, CASE WHEN reached OR stands = 'accepted' THEN c.logged_at + {WHILE} / 4 END,
                   CASE WHEN reached OR stands = 'accepted' THEN 'Bench worker' ELSE '' END,
                   CASE WHEN reached THEN c.logged_at + {WHILE} / 2 END, c.logged_at,
                   CASE WHEN stands = 'declined' THEN c.logged_at + {WHILE} / 3 END,
                   CASE WHEN stands = 'declined' THEN 'no_capacity' ELSE '' END{referral_more}
              FROM {NUMBERED},
                   LATERAL (SELECT (ARRAY['sent', 'accepted', 'in_progress', 'declined'])[1 + n %% 4] AS stands) st,
                   LATERAL (SELECT stands = 'in_progress' AS reached) re
            """,
        ),
        (
            "closings",
            f"""
            INSERT INTO casework_closure ({closure})
            SELECT {row_id("closure")}, c.scope_id, c.id, c.closed_at - interval '1 hour', c.owner_id, c.closed_at,
                   (ARRAY['safe_and_supported', 'investigation_ended', 'court_ended'])[1 + n %% 3], 'Ended.',
                   c.logged_at,
                   c.closed_at, {row_id("user", "(n %% %(units)s)")}, true{closure_more}
              FROM {NUMBERED} WHERE c.closed_at IS NOT NULL
            """,
        ),
        (
            "why nobody asked how it was for them",
            f"""
            INSERT INTO casework_notasked ({not_asked})
            SELECT {row_id("not-asked", "(n || p.point)")}, c.scope_id, c.id, p.at, c.owner_id, p.at, p.point,
                   'support'{not_asked_more}
              FROM {NUMBERED} JOIN casework_pointreached p ON p.case_id = c.id
            """,
        ),
        (
            "5,000 officers and their training",
            f"""
            INSERT INTO accounts_user (id, username, name, email, password, force_id, unit_id, is_active,
                                       joined_at, languages, mobile)
            SELECT {row_id("user")}, 'bench' || n, 'PC Bench ' || n, 'bench' || n || '@bench.invalid', '!',
                   {FORCE}, {row_id("unit", "(n %% %(units)s)")}, true, %(at)s, '', ''
              FROM generate_series(5 * %(units)s + 1, 4999) AS n;
            INSERT INTO accounts_roleheld (user_id, role, given_at)
            SELECT {row_id("user")}, role, %(at)s FROM generate_series(5 * %(units)s + 1, 4999) AS n,
                   unnest(ARRAY['responder', 'investigator']) AS role;
            INSERT INTO training_course (slug, force_id, name, provider, lasts_months, source)
            SELECT 'bench-' || n, {FORCE}, 'Bench course ' || n, '', 24, '' FROM generate_series(1, 6) AS n;
            INSERT INTO training_requirement (force_id, course_id, role, purpose, blocks, source, status)
            SELECT {FORCE}, 'bench-' || n, 'responder', 'role', false, '', 'force_default'
              FROM generate_series(1, 6) AS n;
            INSERT INTO training_trainingrecord (id, user_id, course_id, provider, completed_on, expires_on,
                                                 recorded_at, recorded_by_id)
            SELECT {row_id("record", "(n || '.' || course)")}, {row_id("user")}, 'bench-' || course, 'Bench college',
                   done, done + 730, %(at)s, {row_id("user")}
              FROM generate_series(0, 4999) AS n, generate_series(1, 6) AS course,
                   LATERAL (SELECT %(at)s::date - (n * 7 + course * 131) %% 900 AS done) d
             WHERE (n + course) %% 6 > 0
            """,
        ),
    )


class Command(BaseCommand):
    help = "Fill an empty database with very many rows, to measure with. Never where people work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=100_000)
        parser.add_argument("--units", type=int, default=UNITS, help="40: a force of today")
        parser.add_argument("--one-open-in", type=int, default=5, help="1: every case is open")
        parser.add_argument(
            "--without-followups",
            action="store_true",
            help="leave it to the engine to work out what is owed",
        )
        parser.add_argument(
            "--lived",
            action="store_true",
            help="nothing but what became of the cases that so many --cases made here before",
        )

    def handle(
        self,
        *args: Any,
        cases: int,
        units: int,
        one_open_in: int,
        without_followups: bool,
        lived: bool,
        **options: Any,
    ) -> None:
        if not environment.flag("HOLDFAST_BENCH"):
            raise CommandError(
                "This fills the database with rows to measure with: set HOLDFAST_BENCH=1."
            )
        with acting_as(engine("bench_data")):
            there = Case.objects.exists()
        if there and not lived:
            raise CommandError("There are cases here. Use a database of its own.")
        if lived and not there:
            raise CommandError("There are no cases here yet. Make them first, without --lived.")
        statements: Statements = (*STATEMENTS, ("follow-ups", FOLLOWUPS), ("told", TOLD))
        if lived:
            statements = what_became_of_them()
        elif without_followups:
            statements = STATEMENTS
        given: dict[str, Any] = {
            "cases": cases,
            "units": units,
            "one_in": one_open_in,
            "at": clocks.now(),
        }
        for what, statement in statements:
            began = time.monotonic()
            with acting_as(engine("bench_data")), connection.cursor() as cursor:
                # A hundred thousand rows at once, each with its search keys and its line in the audit trail.
                cursor.execute("SET LOCAL statement_timeout = 0")
                cursor.execute(statement, given)
            self.stdout.write(f"{what}: {time.monotonic() - began:.1f} s")
        _analyse()


def _analyse() -> None:
    """The planner knows the rows; only their owner may ask for that."""
    link = psycopg2.connect(environment.database_url("migrate"))
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute("ANALYZE")
    link.close()
