"""The people whom every demo and every test knows by name. All are invented."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.models import Agency, Force, RoleHeld, Supervision, Unit, User
from accounts.permissions import Role
from clocks.models import Calendar


@dataclass(frozen=True)
class Part:
    """One person of the cast."""

    username: str
    name: str
    roles: tuple[Role, ...]
    force: str = ""
    unit: str = ""
    agency: str = ""
    supervises: str = ""
    speaks: str = "English"
    offered_as: str = ""


FORCES = {
    "northmoor": ("Northmoor Police", "england-wales"),
    "eastvale": ("Eastvale Constabulary", "england-wales"),
}
UNITS = {
    "harbour-road": ("northmoor", "Harbour Road Response", "01632 960101"),
    "fellgate": ("northmoor", "Fellgate Investigations", "01632 960102"),
    "quayside": ("eastvale", "Quayside Response", "01632 960201"),
}
AGENCIES = {
    "harbour": ("Harbour Support", "01632 960301", "referrals@harbour.invalid"),
    "beacon": ("Beacon House", "01632 960302", "referrals@beacon.invalid"),
}
R = Role
PARTS = (
    Part(
        "olu",
        "PC Olu Adeyemi",
        (R.RESPONDER, R.INVESTIGATOR),
        "northmoor",
        "harbour-road",
        offered_as="man",
    ),
    Part("rhys", "PC Rhys Tunnicliffe", (R.RESPONDER,), "northmoor", "harbour-road"),
    Part(
        "sade",
        "Sgt Sade Okonjo",
        (R.RESPONDER, R.SUPERVISOR),
        "northmoor",
        "harbour-road",
        supervises="harbour-road",
    ),
    Part(
        "petra",
        "DC Petra Novotna",
        (R.RESPONDER, R.INVESTIGATOR),
        "northmoor",
        "fellgate",
        speaks="English, Czech",
        offered_as="woman",
    ),
    Part(
        "dov",
        "DS Dov Marchetti",
        (R.RESPONDER, R.SUPERVISOR),
        "northmoor",
        "fellgate",
        supervises="fellgate",
    ),
    Part("ines", "DI Ines Carvalho", (R.SPECIALIST_LEAD,), "northmoor", "fellgate"),
    Part(
        "tarek", "Tarek Boulos", (R.NAVIGATOR,), "northmoor", "fellgate", speaks="English, Arabic"
    ),
    Part("bronwen", "Bronwen Leigh", (R.TRAINING_ADMIN,), "northmoor"),
    Part("keir", "Keir Dunmore", (R.CRIME_REGISTRAR,), "northmoor"),
    Part("asha", "Asha Rendell", (R.AUDITOR,), "northmoor"),
    Part("ming", "Ming Harker", (R.ANALYST,), "northmoor"),
    Part("lena", "Lena Farrow", (R.ADMINISTRATOR,), "northmoor"),
    Part("wyn", "PC Wyn Aldous", (R.RESPONDER, R.INVESTIGATOR), "eastvale", "quayside"),
    Part(
        "gus",
        "Sgt Gus Ferreira",
        (R.RESPONDER, R.SUPERVISOR),
        "eastvale",
        "quayside",
        supervises="quayside",
    ),
    Part("hana", "Hana Wells", (R.AGENCY_WORKER,), agency="harbour"),
    Part("bea", "Bea Crofton", (R.AGENCY_WORKER,), agency="beacon"),
    Part("una", "Una Thistlewood", (R.AGENCY_ADMINISTRATOR,), agency="harbour"),
    Part("cal", "Cal Orrin", (R.AGENCY_ADMINISTRATOR, R.AGENCY_WORKER), agency="harbour"),
    Part("wilf", "Wilf Sparrowhawk", (R.AGENCY_ADMINISTRATOR,), agency="beacon"),
)


def make_cast(password: str) -> None:
    """Forces, units, agencies and people exist, with one shared password; running it again changes nothing."""
    for slug, (name, nation) in FORCES.items():
        _force(slug, name, nation)
    add_people(UNITS, AGENCIES, PARTS, password)


def add_people(
    units: Mapping[str, tuple[str, str, str]],
    agencies: Mapping[str, tuple[str, str, str]],
    parts: Iterable[Part],
    password: str,
) -> None:
    """These units, agencies and people exist too; whoever is there already stays as they are."""
    forces = {force.slug: force for force in Force.objects.all()}
    for slug, (force, name, phone) in units.items():
        Unit.objects.get_or_create(
            force=forces[force], slug=slug, defaults={"name": name, "duty_phone": phone}
        )
    for slug, (name, phone, email) in agencies.items():
        Agency.objects.get_or_create(
            slug=slug,
            defaults={"name": name, "phone": phone, "email": email, "kept_by": forces["northmoor"]},
        )
    of_unit = {unit.slug: unit for unit in Unit.objects.all()}
    of_agency = {agency.slug: agency for agency in Agency.objects.all()}
    hashed = make_password(password)  # one hash for all: hashing sixteen would take seconds
    for part in parts:
        user, is_new = User.objects.get_or_create(
            username=part.username,
            defaults={
                "name": part.name,
                "password": hashed,
                "email": f"{part.username}@{part.force or part.agency}.invalid",
                "force": forces.get(part.force),
                "unit": of_unit.get(part.unit),
                "agency": of_agency.get(part.agency),
                "languages": part.speaks,
                "officer_gender": part.offered_as,
            },
        )
        if is_new:
            RoleHeld.objects.bulk_create(RoleHeld(user=user, role=role) for role in part.roles)
            if part.supervises:
                Supervision.objects.create(unit=of_unit[part.supervises], user=user)


def _force(slug: str, name: str, nation: str) -> Force:
    return Force.objects.get_or_create(
        slug=slug,
        defaults={
            "name": name,
            "nation": nation,
            "calendar": Calendar.objects.get(slug=nation),
        },
    )[0]
