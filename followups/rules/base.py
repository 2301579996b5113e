"""The room of what a rule is: one queryset of occurrences, each with the evidence that ended it."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum
from typing import Any, ClassVar, Literal

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    Expression,
    F,
    Func,
    JSONField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    TextField,
    UUIDField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from casework.models import Case as PoliceCase
from casework.models import CaseEvent, CaseStatus, Closure, EventKind
from followups.models import FollowUp, Rung

Occurrences = QuerySet[Any, dict[str, Any]]

# What every occurrence says, in this order.
COLUMNS: dict[str, Any] = {
    "subject_id": UUIDField(),
    "case_id": UUIDField(),
    "scope_id": UUIDField(),
    "force_id": UUIDField(),
    "unit_id": UUIDField(),
    "owner_id": UUIDField(),
    "agency_id": UUIDField(),
    "occurrence": UUIDField(),
    "since": DateTimeField(),
    "clock": TextField(),
    "words": JSONField(),
    "agreed_at": DateTimeField(),
    "met_at": DateTimeField(),
    "void_at": DateTimeField(),
    "void_reason": TextField(),
}
CASE_CLOSED = "case-closed"


class Safety(IntEnum):
    """How close to harm a thing left undone is: the first thing that lists are sorted by."""

    DANGER = 0
    CHILD = 1
    VICTIM = 2
    ROUTINE = 3


class Owes(TextChoices):
    """Who does what a rule asks for; in their stead whoever covers for them, then the next up the ladder."""

    OFFICER = "officer", _("The case's officer")
    SUPERVISOR = "supervisor", _("The unit's supervisor")
    LEAD = "lead", _("The force's specialist lead")
    SPECIALIST = "specialist", _("The specialist on call; with nobody on call, the specialist lead")
    AUDITOR = "auditor", _("The force's auditor")
    ASKER = "asker", _("A victim navigator; with none, the force's specialist lead")
    APART = "apart", _("A supervisor or specialist lead whom it is not about")
    THEMSELVES = "themselves", _("The officer themselves")
    AGENCY = "agency", _("The agency; the police ask")
    HOME_OFFICE = "home_office", _("The Home Office; the case's officer asks")


class Rule(ABC):
    """Something that is owed. It reads the records and says what, since when, and what ended it.

    A rule never writes, sends or reads the clock. `slug` is that of its line in `clocks/deadlines.toml`;
    `why` is the sentence that a person reads, its placeholders are only codes and agencies' names;
    `act` and `page` are what to do and where, `page_of` what that page is of. Where an occurrence names an
    agency, its people in the role of `agencys` are told when it is due and when it goes up; `announces` tells them
    (where there is none, whoever holds it) at once too. `second_person` is set where only somebody else than whoever
    asked can end it: the rows that are asked (`occurrence` is one's id), and their field with who did. `owes` is whose
    act it is. Of a rule whose `ladder` is the owner's alone nobody but whoever holds it is ever told.
    """

    slug: ClassVar[str]
    why: ClassVar[Any]
    act: ClassVar[Any]
    page: ClassVar[str] = "casework:case"
    page_of: ClassVar[Literal["case", "subject", "nobody"]] = "case"
    owes: ClassVar[Owes] = Owes.OFFICER
    ladder: ClassVar[tuple[Rung, Rung, Rung]] = (Rung.OWNER, Rung.SUPERVISOR, Rung.FORCE_LEAD)
    safety: ClassVar[Safety] = Safety.ROUTINE
    blocks_closing: ClassVar[bool] = False
    standing: ClassVar[bool] = False
    interrupts: ClassVar[bool] = False
    announces: ClassVar[bool] = False
    agencys: ClassVar[Role] = Role.AGENCY_WORKER
    reads_at: ClassVar[bool] = False  # whether the question itself depends on the time
    second_person: ClassVar[tuple[type[Model], str] | None] = None
    warns: ClassVar[int] = 2  # working days before a duty counted in days is due

    @property
    def goes_up(self) -> bool:
        """Whether anybody but whoever holds it is told of it."""
        return set(self.ladder) != {Rung.OWNER}

    def say(self, words: dict[str, str]) -> str:
        """The sentence with its words; a rule whose words are codes says them as the reader knows them."""
        return str(self.why) % words

    @abstractmethod
    def occurrences(self, at: datetime) -> Occurrences:
        """Every event that made this owed, with its evidence: rows of `occurrences_of`."""


def occurrences_of(rows: QuerySet[Any], **said: Any) -> Occurrences:
    """The rows as occurrences: each name of `COLUMNS` as an expression; what is left out is null."""
    if unknown := said.keys() - COLUMNS.keys():
        raise TypeError(f"An occurrence has no {sorted(unknown)}.")
    said = {"clock": Value("standard"), "words": Value({}, JSONField())} | said
    return rows.order_by().values(
        **{f"o_{name}": Cast(said.get(name, Value(None)), to) for name, to in COLUMNS.items()}
    )


def of_case(path: str = "") -> dict[str, Any]:
    """Whose an occurrence is when `path` leads to its case; the duty ends with the case."""
    step = f"{path}__" if path else ""
    case = F(path or "pk")
    return {
        "subject_id": case,
        "case_id": case,
        "scope_id": F(f"{step}scope"),
        "force_id": F(f"{step}scope__force"),
        "unit_id": F(f"{step}scope__unit"),
        "owner_id": F(f"{step}owner"),
        "void_at": F(f"{step}closed_at"),
        "void_reason": Value(CASE_CLOSED),
    }


def sent_cases() -> QuerySet[PoliceCase]:
    """Cases that left their draft, with how they were last opened: `opening`, `opened_at`, `reopened_at`.

    A case that was reopened owes its standing duties anew, from then on.
    """
    reopened = CaseEvent.objects.filter(case=OuterRef("pk"), kind=EventKind.REOPENED).order_by(
        "-at", "-recorded_at", "-pk"
    )
    # Few cases were ever closed: asking for that first keeps the sweep from reading their histories.
    was_closed = Exists(Closure.objects.filter(case=OuterRef("pk"), agreed=True))
    return PoliceCase.objects.exclude(status=CaseStatus.DRAFT).annotate(
        opening=Coalesce(Case(When(was_closed, then=Subquery(reopened.values("pk")[:1]))), F("pk")),
        reopened_at=Case(When(was_closed, then=Subquery(reopened.values("at")[:1]))),
        opened_at=Coalesce(F("reopened_at"), F("sent_at")),
    )


def first(rows: QuerySet[Any], at: str = "at") -> Combinable:
    """When the earliest of the rows happened; null if there is none."""
    return Subquery(rows.order_by(at).values(at)[:1], output_field=DateTimeField())


def of_first(rows: QuerySet[Any], field: str) -> Combinable:
    """One field of the first of the rows, which are in order; null if there is none."""
    return Subquery(rows.values(field)[:1])


def after(at: str, *, strictly: bool = True) -> Q:
    """Rows whose `at` is later than the outer row's time named `at`; all rows when that is null."""
    lookup = "at__gt" if strictly else "at__gte"
    ever = Cast(Value("-infinity", TextField()), DateTimeField())
    return Q(**{lookup: Coalesce(OuterRef(at), ever)})


def once(cases: QuerySet[PoliceCase], *evidence: Combinable, **said: Any) -> Occurrences:
    """A duty done once in a case, since it was logged; a reopened case owes it only if it was never done."""
    met_at = evidence[0] if len(evidence) == 1 else Func(*evidence, function="LEAST")
    # Said in full: NOT over a null would drop just the cases that never did it.
    rows = cases.annotate(done_at=met_at).filter(
        Q(reopened_at__isnull=True) | Q(done_at__isnull=True) | Q(done_at__gt=F("reopened_at"))
    )
    since = Coalesce(F("reopened_at"), F("logged_at"))
    given = {"occurrence": F("opening"), "since": since, "met_at": F("done_at")}
    return occurrences_of(rows, **(of_case() | given | said))


def is_owed_already(rule: str, *, subject: str, occurrence: str) -> Exists:
    """Whether the engine has it as owed: for duties that end by no longer being true."""
    return Exists(
        FollowUp.objects.filter(
            rule=rule, subject_id=OuterRef(subject), occurrence=OuterRef(occurrence)
        ).open()
    )


def at_close_of_day(date_field: str) -> Expression:
    """5pm in London on a date."""
    return Func(
        F(date_field),
        template="((%(expressions)s + time '17:00') AT TIME ZONE 'Europe/London')",
        output_field=DateTimeField(),
    )


def at_midnight_after(date_field: str) -> Expression:
    """The moment in London at which a date is over."""
    return Func(
        F(date_field),
        template="((%(expressions)s + 1)::timestamp AT TIME ZONE 'Europe/London')",
        output_field=DateTimeField(),
    )


def named(**words: str) -> Expression:
    """Words for the sentence, each from a column: an agency's or a course's name, never a person's."""
    parts: Iterable[Any] = (part for word, path in words.items() for part in (Value(word), F(path)))
    return Func(
        *(Cast(part, TextField()) for part in parts),
        function="jsonb_build_object",
        output_field=JSONField(),
    )
