"""The people whom every demo and every test knows by name. All are invented."""

from dataclasses import dataclass

from accounts.models import Agency, Force, RoleHeld, Supervision, Unit, User
from accounts.permissions import Role
from clocks.models import Calendar
from django.contrib.auth.hashers import make_password


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
    Part("olu", "PC Olu Adeyemi", (R.RESPONDER, R.INVESTIGATOR), "northmoor", "harbour-road"),
    Part("rhys", "PC Rhys Tunnicliffe", (R.RESPONDER,), "northmoor", "harbour-road"),
    Part(
        "sade",
        "Sgt Sade Okonjo",
        (R.RESPONDER, R.SUPERVISOR),
        "northmoor",
        "harbour-road",
        supervises="harbour-road",
    ),
    Part("petra", "DC Petra Novotna", (R.RESPONDER, R.INVESTIGATOR), "northmoor", "fellgate"),
    Part(
        "dov",
        "DS Dov Marchetti",
        (R.RESPONDER, R.SUPERVISOR),
        "northmoor",
        "fellgate",
        supervises="fellgate",
    ),
    Part("ines", "DI Ines Carvalho", (R.SPECIALIST_LEAD,), "northmoor", "fellgate"),
    Part("tarek", "Tarek Boulos", (R.NAVIGATOR,), "northmoor", "fellgate", speaks="English, Arabic"),
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
)


def make_cast(password: str) -> None:
    """Forces, units, agencies and people exist, with one shared password; running it again changes nothing."""
    forces = {slug: _force(slug, *rest) for slug, rest in FORCES.items()}
    units = {
        slug: Unit.objects.get_or_create(
            force=forces[force], slug=slug, defaults={"name": name, "duty_phone": phone}
        )[0]
        for slug, (force, name, phone) in UNITS.items()
    }
    agencies = {
        slug: Agency.objects.get_or_create(
            slug=slug, defaults={"name": name, "phone": phone, "email": email}
        )[0]
        for slug, (name, phone, email) in AGENCIES.items()
    }
    hashed = make_password(password)  # one hash for all: hashing sixteen would take seconds
    for part in PARTS:
        user, is_new = User.objects.get_or_create(
            username=part.username,
            defaults={
                "name": part.name,
                "password": hashed,
                "email": f"{part.username}@{part.force or part.agency}.invalid",
                "force": forces.get(part.force),
                "unit": units.get(part.unit),
                "agency": agencies.get(part.agency),
                "languages": part.speaks,
            },
        )
        if is_new:
            RoleHeld.objects.bulk_create(RoleHeld(user=user, role=role) for role in part.roles)
            if part.supervises:
                Supervision.objects.create(unit=units[part.supervises], user=user)


def _force(slug: str, name: str, nation: str) -> Force:
    return Force.objects.get_or_create(
        slug=slug,
        defaults={
            "name": name,
            "nation": nation,
            "calendar": Calendar.objects.get(slug=nation),
        },
    )[0]
