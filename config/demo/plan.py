"""Which cases the invented force has: whose, how old, about whom, and what is the matter with each tonight."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random
from uuid import UUID

from clocks import LONDON
from config.demo import words
from pages.answers import Answer
from victims.models import AgeBand, OfficerPreference

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class Turn(StrEnum):
    """What is the matter with a case tonight; most are well looked after."""

    HEALTHY = "healthy"
    FIRST_DAY = "first day"
    NO_OWNER = "no owner yet"
    HANDED = "handed over half told"
    CHILD_NOT_TOLD = "authority not told about a child"
    DRAFT_FRESH = "draft"
    DRAFT_OLD = "draft left for more than a day"
    CONTACT_LATE = "contact overdue"
    CONTACT_SOON = "contact due in hours"
    UNSAFE = "somebody else answered"
    LOST = "nobody can reach them"
    RULE_STALE = "safe contact rule not checked"
    REVIEW_LATE = "review overdue"
    REVIEW_SOON = "review due tomorrow"
    CRIME_LATE = "crime not recorded"
    NRM_LATE = "Home Office silent"
    AGENCY_SILENT = "agency silent"
    AGENCY_NEW = "Harbour has had it for two hours"
    DECLINED = "agency declined"
    QUESTION = "agency asks"
    NOT_REACHED = "agency accepted, person not reached"
    NOBODY_COVERS = "owner ill, nobody covers"
    COVERED = "owner on leave, covered"
    OVERRIDE_OPEN = "owner without a course, not reviewed"
    OVERRIDE_DONE = "owner without a course, reviewed"
    OFFERED = "offered to another unit"
    CLOSING = "waits for a second officer"
    RETURNED = "closing refused"
    REOPENED = "reopened"
    CLOSED = "closed"


T = Turn
# Of 200 cases: how many are open and closed in each unit, and what is the matter there tonight.
UNITS: dict[str, tuple[int, int, tuple[Turn, ...]]] = {
    "harbour-road": (
        38,
        12,
        (
            *(T.NO_OWNER, T.DRAFT_OLD, T.CLOSING, T.REOPENED, T.CONTACT_LATE, T.AGENCY_SILENT),
            *(T.NOT_REACHED, T.DECLINED, T.REVIEW_SOON, T.FIRST_DAY),
        ),
    ),
    "fellgate": (
        44,
        14,
        (
            *(T.QUESTION, T.DRAFT_FRESH, T.NRM_LATE, T.OVERRIDE_OPEN, T.COVERED, T.CONTACT_SOON),
            *(T.CRIME_LATE, T.OVERRIDE_DONE, T.UNSAFE, T.COVERED, T.RETURNED, T.NO_OWNER),
            *(T.CLOSING, T.COVERED),
        ),
    ),
    "saltmarsh": (
        28,
        10,
        (
            *(T.NOBODY_COVERS, T.CHILD_NOT_TOLD, T.HANDED, T.REVIEW_LATE, T.RULE_STALE),
            *(T.AGENCY_SILENT, T.NOBODY_COVERS),
        ),
    ),
    "ferry-lane": (22, 8, (T.NRM_LATE, T.DECLINED, T.NOT_REACHED, T.CONTACT_SOON, T.FIRST_DAY)),
    "quayside": (18, 6, (T.DRAFT_FRESH, T.QUESTION, T.CONTACT_LATE, T.NO_OWNER, T.LOST)),
}
WHOLE = 200
AGES = {
    T.FIRST_DAY: 5 * HOUR,
    T.NO_OWNER: 40 * HOUR / 60,
    T.HANDED: 30 * HOUR / 60,
    T.CHILD_NOT_TOLD: 55 * HOUR / 60,
    T.DRAFT_FRESH: 2 * HOUR,
    T.DRAFT_OLD: 31 * HOUR,
    T.CRIME_LATE: 30 * HOUR,
    T.DECLINED: 3 * DAY,
    T.QUESTION: 4 * DAY,
    T.AGENCY_SILENT: 7 * DAY,
    T.NOT_REACHED: 9 * DAY,
    T.NRM_LATE: 16 * DAY,
    T.RULE_STALE: 34 * DAY,
    T.REVIEW_LATE: 36 * DAY,
    T.REVIEW_SOON: 34 * DAY,
    T.CONTACT_LATE: 22 * DAY,
    T.CONTACT_SOON: 20 * DAY,
    T.LOST: 24 * DAY,
    T.REOPENED: 60 * DAY,
}
WITH_AGENCY = frozenset({T.AGENCY_SILENT, T.DECLINED, T.QUESTION, T.NOT_REACHED})
GROUPS = (15, 8, 6, 5, 4, 3, 3, 2, 2, 1)  # people found together by one operation
FAMILIES = (4, 3, 2)
REPEATS, DUPLICATES, DISPUTES = 0.04, 0.03, 0.05


@dataclass
class Person:
    """Somebody invented."""

    called: str
    age_band: AgeBand
    born_on: date | None
    language: str
    interpreter: Answer
    prefers: OfficerPreference
    consents: bool
    wants_support: bool


@dataclass
class Plan:
    """One case before it is lived."""

    unit: str
    turn: Turn
    logged_at: datetime
    person: Person
    story: tuple[str, tuple[str, ...]]
    place: str
    operation: str = ""
    in_danger: bool = False
    owner: str = ""
    met_before: "Plan | None" = None
    seed: int = 0

    @property
    def case_id(self) -> UUID:
        """The id of the case: the same for the same seed."""
        return UUID(int=Random(self.seed).getrandbits(128), version=4)  # nosec B311


def plans(count: int, rng: Random, now: datetime) -> list[Plan]:
    """So many cases, the same for the same seed and day, in the order in which they were logged."""
    made = [_plan(unit, turn, rng, now) for unit, turn in _turns(count)]
    _cast_people(made)
    ordinary = [
        plan for plan in made if plan.turn in {Turn.HEALTHY, Turn.CLOSED} and not plan.owner
    ]
    ordinary = [plan for plan in ordinary if plan.unit != "quayside"]
    rng.shuffle(ordinary)
    _found_together(ordinary, count, rng)
    _met_before(ordinary, count, rng)
    offered = _first([plan for plan in made if plan.unit == "fellgate"], Turn.HEALTHY)
    if offered is not None:
        offered.turn = Turn.OFFERED  # what Sade finds when she looks at what was offered to her
    for number, plan in enumerate(made):
        plan.seed = rng.randrange(2**32) + number
    return sorted(made, key=lambda plan: plan.logged_at)


def _turns(count: int) -> list[tuple[str, Turn]]:
    made: list[tuple[str, Turn]] = []
    for unit, (still_open, closed, matters) in UNITS.items():
        wanted = max(2, round(still_open * count / WHOLE))
        some = matters[: max(2, wanted // 2)][:wanted]
        made += [(unit, turn) for turn in some]
        made += [(unit, Turn.HEALTHY)] * (wanted - len(some))
        made += [(unit, Turn.CLOSED)] * max(1, round(closed * count / WHOLE))
    made += [("fellgate", Turn.HEALTHY)] * (count - len(made))
    return made[:count]


def _plan(unit: str, turn: Turn, rng: Random, now: datetime) -> Plan:
    kind = rng.choices(list(words.SHARES), list(words.SHARES.values()))[0]
    place = rng.choice(words.KINDS_OF_PLACE)
    logged_at = _logged_at(turn, rng, now)
    return Plan(
        unit=unit,
        turn=turn,
        logged_at=logged_at,
        person=_person(turn, rng, logged_at),
        story=rng.choice(words.STORIES[kind]),
        place=place.format(street=rng.choice(words.STREETS), number=rng.randint(1, 90)),
        in_danger=turn is Turn.CHILD_NOT_TOLD or (turn is Turn.HEALTHY and rng.random() < 0.04),
    )


def _logged_at(turn: Turn, rng: Random, now: datetime) -> datetime:
    if turn in AGES:
        return now - AGES[turn]
    days = rng.triangular(2, 75, 12) if turn is not Turn.CLOSED else rng.triangular(30, 120, 50)
    day = (now - days * DAY).astimezone(LONDON)
    return day.replace(hour=rng.randint(7, 20), minute=rng.randint(0, 59), second=0, microsecond=0)


def _person(turn: Turn, rng: Random, logged_at: datetime) -> Person:
    child = turn is Turn.CHILD_NOT_TOLD or rng.random() < 0.38
    band = AgeBand.CHILD if child else AgeBand.ADULT
    if turn not in {Turn.CHILD_NOT_TOLD, Turn.DRAFT_FRESH} and rng.random() < DISPUTES:
        band = AgeBand.UNSURE
    local = rng.random() < 0.23
    spoken = rng.choices(list(words.LANGUAGES), list(words.LANGUAGES.values()))[0]
    needs_one = not local and rng.random() < 0.45
    prefers = rng.choices(list(OfficerPreference), (3, 4, 1, 5, 1))[0]
    return Person(
        called=f"{rng.choice(words.GIVEN)} {rng.choice(words.FAMILY)}",
        age_band=band,
        born_on=_born_on(band, rng, logged_at.astimezone(LONDON).date()),
        language="English" if local else spoken,
        interpreter=Answer.YES if needs_one else Answer.NO,
        prefers=prefers,
        consents=rng.random() < 0.61,
        wants_support=rng.random() < 0.85 or turn in WITH_AGENCY,
    )


def _born_on(band: AgeBand, rng: Random, logged_on: date) -> date | None:
    if band == AgeBand.ADULT:
        return None
    if band == AgeBand.CHILD and rng.random() < 0.15:  # comes of age while we look after them
        return _years_before(logged_on + timedelta(days=rng.randint(3, 45)), 18)
    if rng.random() < 0.5:
        return _years_before(logged_on, rng.randint(13, 16)) - timedelta(days=rng.randint(20, 300))
    return None


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28))


def _cast_people(made: list[Plan]) -> None:
    """Mai, Rosa and Tuan, whom every document and test knows, are Olu's."""
    known = (
        ("Mai", AgeBand.ADULT, True, "Vietnamese"),
        ("Rosa", AgeBand.ADULT, False, "Portuguese"),
        ("Tuan", AgeBand.UNSURE, True, "Vietnamese"),
    )
    olus = [plan for plan in made if plan.unit == "harbour-road" and plan.turn is Turn.HEALTHY]
    for plan, (called, band, consents, language) in zip(olus, known, strict=False):
        person = plan.person
        person.called, person.age_band, person.language = called, band, language
        person.consents = person.wants_support = consents
        person.interpreter, person.born_on = Answer.YES, None
        plan.owner, plan.in_danger = "olu", False
    if olus:
        olus[0].turn = Turn.AGENCY_NEW  # what the API session of the README answers


def _found_together(ordinary: list[Plan], count: int, rng: Random) -> None:
    names = iter(words.OPERATIONS)
    for size, family in [(size, False) for size in GROUPS] + [(size, True) for size in FAMILIES]:
        members = _take(ordinary, max(1, size * count // WHOLE) if count < WHOLE else size)
        if not members:
            return
        leader = members[0]
        operation = f"Operation {next(names)}"
        for member in members:
            member.operation, member.story, member.place = operation, leader.story, leader.place
            member.person.language = leader.person.language
            member.person.interpreter = leader.person.interpreter
            if member.turn is leader.turn:
                member.logged_at = leader.logged_at + timedelta(minutes=rng.randint(0, 90))
            if family:
                given = member.person.called.split()[0]
                member.person.called = f"{given} {leader.person.called.split()[1]}"


def _met_before(ordinary: list[Plan], count: int, rng: Random) -> None:
    """The same person twice: some came to notice again later, some were logged by two officers in one week."""
    for share, turn in ((REPEATS, Turn.CLOSED), (DUPLICATES, Turn.HEALTHY)):
        for _again in range(round(share * count)):
            pair = [_first(ordinary, turn), _first(ordinary, Turn.HEALTHY)]
            if pair[0] is None or pair[1] is None:
                return
            first, second = pair[0], pair[1]
            second.person, second.met_before = first.person, first
            if turn is Turn.HEALTHY:
                given, family = first.person.called.split()
                spelt = f"{given} {family[:-1]}" if rng.random() < 0.5 else f"{given}e {family}"
                second.person = Person(**vars(first.person) | {"called": spelt})
                second.logged_at = first.logged_at + timedelta(hours=rng.randint(2, 40))


def _take(ordinary: list[Plan], size: int) -> list[Plan]:
    members, ordinary[:] = ordinary[:size], ordinary[size:]
    return members


def _first(ordinary: list[Plan], turn: Turn) -> Plan | None:
    found = next((plan for plan in ordinary if plan.turn is turn), None)
    if found is not None:
        ordinary.remove(found)
    return found
