"""Who is in the invented year: forces with two units, officers, a sergeant each, a specialist lead, a navigator."""

from dataclasses import dataclass
from datetime import time

from django.core.management import call_command

import clocks
from accounts.models import Force, Shift, User
from accounts.permissions import Role
from clocks.models import Calendar
from config.demo.cast import Part, add_people
from config.demo.people import OFFERS, add_service
from config.simulation.chance import Chance
from referrals.models import Service
from training.models import Requirement, TrainingRecord

R = Role
OFFICERS = 4
NATIONS = ("england-wales", "scotland", "northern-ireland")
NAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper")
PASSWORD = "!"
WATCHES = ((time(7), time(15)), (time(15), time(23)), (time(23), time(7)))
REST_DAYS, FRIDAY, SUNDAY = 2, 5, 7
Week = dict[int, int]
"""By the day of the week (ISO 8601), which of `WATCHES` somebody works."""


@dataclass(frozen=True)
class Team:
    """One unit of the year: whose it is, who answers for it, who works in it."""

    force: str
    unit: str
    supervisor: str
    officers: tuple[str, ...]


def make_forces(count: int) -> list[Team]:
    """So many forces with their people, all trained, and the agencies of the demo."""
    teams, parts, units = [], [], {}
    for number in range(count):
        force = f"force-{number + 1}"
        nation = NATIONS[number % len(NATIONS)]
        Force.objects.create(
            slug=force,
            name=f"Invented Force {number + 1}",
            nation=nation,
            calendar=Calendar.objects.get(slug=nation),
        )
        for place in ("response", "inquiry"):
            unit = f"{force}-{place}"
            units[unit] = (force, f"{place.title()} {number + 1}", f"01632 96{number:02d}00")
            boss = f"{unit}-sergeant"
            parts.append(_part(boss, (R.RESPONDER, R.SUPERVISOR), force, unit, supervises=unit))
            officers = tuple(f"{unit}-{letter}" for letter in NAMES[:OFFICERS])
            parts += [_part(name, (R.RESPONDER, R.INVESTIGATOR), force, unit) for name in officers]
            teams.append(Team(force, unit, boss, officers))
        parts.append(_part(f"{force}-lead", (R.SPECIALIST_LEAD,), force, f"{force}-inquiry"))
        parts.append(_part(f"{force}-navigator", (R.NAVIGATOR,), force, f"{force}-inquiry"))
    agencies = {offer.agency: (offer.agency.title(), "01632 960300", "") for offer in OFFERS}
    parts += [_worker(agency) for agency in agencies]
    add_people(units, agencies, parts, PASSWORD)
    _offer()
    _train()
    return teams


def plan_shifts(teams: list[Team], chance: Chance) -> dict[str, Week]:
    """Everybody's week, in Holdfast too: officers rest two days and work any watch, the others work by day."""
    weeks: dict[str, Week] = {}
    for team in teams:
        for whole_force in ("lead", "navigator"):
            weeks[f"{team.force}-{whole_force}"] = dict.fromkeys(range(1, FRIDAY + 1), 0)
        for username in (*team.officers, team.supervisor):
            days = sorted(
                range(1, SUNDAY + 1),
                key=lambda day, username=username: chance.of("rest", username, day),  # type: ignore[misc]
            )[REST_DAYS:]
            weeks[username] = {
                day: 0
                if username == team.supervisor
                else int(chance.of("shift", username, day) * len(WATCHES))
                for day in sorted(days)
            }
    people = User.objects.in_bulk(weeks, field_name="username")
    Shift.objects.bulk_create(
        Shift(user=people[username], weekday=day, starts=WATCHES[place][0], ends=WATCHES[place][1])
        for username, week in weeks.items()
        for day, place in week.items()
    )
    return weeks


def _part(
    username: str, roles: tuple[Role, ...], force: str, unit: str, supervises: str = ""
) -> Part:
    return Part(username, username.replace("-", " ").title(), roles, force, unit, "", supervises)


def _worker(agency: str) -> Part:
    return Part(f"{agency}-worker", f"{agency.title()} Worker", (R.AGENCY_WORKER,), agency=agency)


def _offer() -> None:
    known = set(Service.objects.values_list("agency__slug", flat=True))
    for offer in (offer for offer in OFFERS if offer.agency not in known):
        add_service(offer)


def _train() -> None:
    """Everybody has what their roles ask for, and it does not lapse within the year."""
    call_command("load_courses", verbosity=0)
    today, now = clocks.today(), clocks.now()
    people = User.objects.filter(username__startswith="force-").prefetch_related("roles")
    TrainingRecord.objects.bulk_create(
        TrainingRecord(
            user=user,
            course_id=course,
            provider="Invented College",
            completed_on=today,
            recorded_at=now,
            recorded_by=user,
        )
        for user in people
        for course in Requirement.objects.must()
        .filter(role__in=[held.role for held in user.roles.all()])
        .order_by("course")
        .values_list("course", flat=True)
        .distinct()
    )
