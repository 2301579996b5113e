"""The rest of the invented force: more units and officers, the other agencies, what agencies offer, who is away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from random import Random

import clocks
from accounts.actions import record_absence
from accounts.actions.shifts import set_shifts
from accounts.actors import Actor
from accounts.models import Absence, AbsenceKind, Agency, Force, User
from accounts.permissions import Role
from config.demo.cast import Part, add_people
from referrals.actions.directory import tell_capacity
from referrals.models import Access, CapacityWord, Service
from victims.models import NeedKind

UNITS = {
    "saltmarsh": ("northmoor", "Saltmarsh Response", "01632 960103"),
    "ferry-lane": ("northmoor", "Ferry Lane Exploitation Team", "01632 960104"),
}
AGENCIES = {
    "lanternwood": ("Lanternwood Children's Trust", "01632 960303", "duty@lanternwood.invalid"),
    "fernhollow": ("Fernhollow Outreach", "01632 960304", "referrals@fernhollow.invalid"),
    "plainsong": ("Plainsong Counselling", "01632 960305", "hello@plainsong.invalid"),
    "tollgate": ("Tollgate Wages and Papers Advice", "01632 960306", "advice@tollgate.invalid"),
    "ninewells": ("Ninewells Health Bus", "01632 960307", "bus@ninewells.invalid"),
}
R = Role
OFFICER = (R.RESPONDER, R.INVESTIGATOR)
SERGEANT = (R.RESPONDER, R.SUPERVISOR)
PARTS = (
    Part("juno", "PC Juno Redstart", OFFICER, "northmoor", "harbour-road", offered_as="woman"),
    Part(
        "emrys", "PC Emrys Waxwing", OFFICER, "northmoor", "harbour-road", speaks="English, Welsh"
    ),
    Part(
        "liri",
        "PC Liri Turnstone",
        OFFICER,
        "northmoor",
        "harbour-road",
        speaks="English, Albanian",
    ),
    Part("col", "PC Col Greenshank", OFFICER, "northmoor", "harbour-road"),
    Part("maren", "DC Maren Fieldfare", OFFICER, "northmoor", "fellgate", offered_as="woman"),
    Part("idris", "DC Idris Whimbrel", OFFICER, "northmoor", "fellgate", offered_as="man"),
    Part("oona", "DC Oona Nightjar", OFFICER, "northmoor", "fellgate", offered_as="woman"),
    Part("teo", "DC Teo Wheatear", OFFICER, "northmoor", "fellgate", speaks="English, Romanian"),
    Part("nell", "Sgt Nell Brambling", SERGEANT, "northmoor", "saltmarsh", supervises="saltmarsh"),
    Part("bram", "PC Bram Dunnock", OFFICER, "northmoor", "saltmarsh", offered_as="man"),
    Part("sefa", "PC Sefa Larkspur", OFFICER, "northmoor", "saltmarsh", offered_as="woman"),
    Part("yann", "PC Yann Ouzel", OFFICER, "northmoor", "saltmarsh"),
    Part(
        "greta",
        "DS Greta Snowbunting",
        SERGEANT,
        "northmoor",
        "ferry-lane",
        supervises="ferry-lane",
    ),
    Part("amos", "DC Amos Stonechat", OFFICER, "northmoor", "ferry-lane", offered_as="man"),
    Part(
        "ling", "DC Ling Goldcrest", OFFICER, "northmoor", "ferry-lane", speaks="English, Mandarin"
    ),
    Part("rhona", "PC Rhona Shearwater", OFFICER, "eastvale", "quayside", offered_as="woman"),
    *(
        Part(username, name, (R.AGENCY_WORKER,), agency=agency)
        for username, name, agency in (
            ("otto", "Otto Cloudberry", "lanternwood"),
            ("mina", "Mina Willowherb", "fernhollow"),
            ("faye", "Faye Woodruff", "plainsong"),
            ("ivor", "Ivor Tamarisk", "tollgate"),
            ("pia", "Pia Harebell", "ninewells"),
        )
    ),
)
RESPONSE = ("harbour-road", "saltmarsh", "quayside")
PLAYED = ("olu", "sade", "wyn", "gus", "nell")
"""Those whom a visitor plays, and the only supervisor of their unit: reminders reach them whenever somebody looks."""
WATCHES = ((time(7), time(15)), (time(15), time(23)), (time(23), time(7)))
AWAY_WITHOUT_COVER = "yann"
AWAY_WITH_COVER = "oona"
COVERS = "petra"
N = NeedKind


@dataclass(frozen=True)
class Offer:
    """What one agency offers."""

    agency: str
    name: str
    needs: tuple[NeedKind, ...]
    languages: tuple[str, ...]
    answers_in: int
    hours: str
    children: bool = False
    urgent: bool = False
    places: tuple[str, ...] = ()
    access: tuple[Access, ...] = ()


ALWAYS, OFFICE = "Day and night", "Mon to Fri, 9am to 5pm"
OFFERS = (
    Offer(
        "harbour",
        "Safe house and outreach",
        (N.SAFE_HOUSE, N.OUTREACH, N.MONEY),
        ("Albanian", "Vietnamese"),
        4,
        ALWAYS,
        urgent=True,
    ),
    Offer(
        "harbour",
        "Harbour legal desk",
        (N.LEGAL, N.IMMIGRATION),
        ("Albanian", "Tigrinya"),
        24,
        OFFICE,
        children=True,
    ),
    Offer(
        "beacon",
        "Beacon outreach",
        (N.OUTREACH, N.INTERPRETING, N.HEALTH),
        ("Somali", "Sudanese Arabic"),
        8,
        "Every day, 8am to 10pm",
        urgent=True,
    ),
    Offer(
        "beacon",
        "Beacon House rooms",
        (N.SAFE_HOUSE, N.MONEY),
        ("Romanian",),
        12,
        "Every day, 8am to 8pm",
    ),
    Offer(
        "lanternwood",
        "Independent guardians",
        (N.CHILD_GUARDIAN, N.OUTREACH, N.HEALTH),
        ("Vietnamese", "Tigrinya"),
        4,
        ALWAYS,
        children=True,
        urgent=True,
    ),
    Offer(
        "fernhollow",
        "Fernhollow visits",
        (N.OUTREACH, N.WORK),
        ("Polish", "Romanian"),
        24,
        "Mon to Sat, 9am to 6pm",
    ),
    Offer(
        "plainsong",
        "Trauma counselling",
        (N.COUNSELLING,),
        ("Mandarin", "Portuguese"),
        48,
        "Mon to Fri, 10am to 6pm",
        children=True,
    ),
    Offer(
        "tollgate",
        "Wages and papers",
        (N.WORK, N.IMMIGRATION, N.LEGAL),
        ("Kurdish (Sorani)", "Amharic"),
        24,
        OFFICE,
    ),
    Offer(
        "ninewells",
        "Health bus",
        (N.HEALTH,),
        ("Hausa",),
        24,
        "Tue to Sat, 11am to 7pm",
        children=True,
    ),
)


def add_service(offer: Offer) -> Service:
    """What the agency offers can be asked for, in every force."""
    return Service.objects.create(
        agency=Agency.objects.get(slug=offer.agency),
        name=offer.name,
        needs=[str(need) for need in offer.needs],
        languages=list(offer.languages),
        takes_children=offer.children,
        urgent_cover=offer.urgent,
        usual_answer_hours=offer.answers_in,
        hours=offer.hours,
        places=[] if N.SAFE_HOUSE in offer.needs else list(offer.places),
        access=list(offer.access),
        is_public=offer.agency in {"beacon", "ninewells"},
    )


def add_rest_of_force(password: str) -> None:
    """The other units, officers and agencies exist, and what each agency offers."""
    add_people(UNITS, AGENCIES, PARTS, password)
    northmoor = Force.objects.get(slug="northmoor")
    if Service.objects.exists():
        return
    for offer in OFFERS:
        service = add_service(offer)
        if offer.agency in {"fernhollow", "tollgate"}:  # these two work in one force only
            service.forces.add(northmoor)


def say_capacity(workers: Mapping[str, Actor]) -> None:
    """Each agency has just said how many places it has free; Tollgate never has."""
    known = CapacityWord.objects.values("service")
    for service in Service.objects.exclude(pk__in=known).select_related("agency"):
        worker = workers.get(service.agency.slug)
        if worker and service.agency.slug != "tollgate":
            tell_capacity(service=service, places_free=len(service.name) % 5, by=worker)


def plan_shifts(rng: Random, *, by: Actor) -> None:
    """Response officers work by day, late or at night, five days of seven; everybody else counts as on duty."""
    of_response = User.objects.filter(unit__slug__in=RESPONSE, roles__role=Role.RESPONDER)
    for user in of_response.exclude(username__in=PLAYED).order_by("username").distinct():
        starts, ends = rng.choice(WATCHES)
        working = sorted(rng.sample(range(1, 8), 5))
        set_shifts(by=by, user=user, week=dict.fromkeys(working, (starts, ends)))


def send_some_away(*, by: Actor) -> list[Absence]:
    """One officer is on leave with cover, one is ill without, and one will be on a course."""
    now = clocks.now()
    day = timedelta(days=1)
    absences = (
        (AWAY_WITH_COVER, AbsenceKind.LEAVE, now - 2 * day, now + 9 * day, COVERS),
        (AWAY_WITHOUT_COVER, AbsenceKind.SICK, now - timedelta(hours=6), now + 3 * day, ""),
        ("liri", AbsenceKind.COURSE, now + 6 * day, now + 8 * day, "emrys"),
    )
    return [
        record_absence(
            by=by,
            user=User.objects.get(username=username),
            kind=kind,
            starts_at=starts_at,
            ends_at=ends_at,
            cover=User.objects.get(username=cover) if cover else None,
        )
        for username, kind, starts_at, ends_at, cover in absences
    ]
