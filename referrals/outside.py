"""The room of comparing a list that somebody outside keeps with our record: what each row says, and what we have."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

import clocks
from accounts.actors import Actor
from accounts.models import Agency
from casework.models import CaseStatus, Decision, NrmEvent, NrmReferral, NrmStatus
from pages.sheets import Line, a_date, read
from referrals.models import ListKind, MismatchKind, ReferralStatus, SupportReferral

COLUMNS: dict[str, tuple[str, ...]] = {
    ListKind.NRM: ("reference", "received", "stage"),
    ListKind.AGENCY: ("reference", "status", "last contact"),
}
ALSO = {
    "nrm reference": "reference",
    "referral": "reference",
    "our reference": "reference",
    "date received": "received",
    "decision": "stage",
    "stage of decision": "stage",
    "last contact date": "last contact",
}
WAITING, ACTIVE, ENDED = "waiting", "active", "ended"
# What lists call a stage or status, and what it is here. Any other word is not compared, and not kept.
STAGES: dict[str, dict[str, str]] = {
    ListKind.NRM: {
        "": WAITING,
        "waiting": WAITING,
        "pending": WAITING,
        "received": WAITING,
        "positive reasonable grounds": Decision.RG_POSITIVE,
        "rg positive": Decision.RG_POSITIVE,
        "negative reasonable grounds": Decision.RG_NEGATIVE,
        "rg negative": Decision.RG_NEGATIVE,
        "positive conclusive grounds": Decision.CG_POSITIVE,
        "cg positive": Decision.CG_POSITIVE,
        "negative conclusive grounds": Decision.CG_NEGATIVE,
        "cg negative": Decision.CG_NEGATIVE,
        "disqualified": Decision.DISQUALIFIED,
        "withdrawn": Decision.WITHDRAWN,
    },
    ListKind.AGENCY: {
        "waiting": WAITING,
        "sent": WAITING,
        "received": WAITING,
        "accepted": ACTIVE,
        "active": ACTIVE,
        "open": ACTIVE,
        "supported": ACTIVE,
        "in progress": ACTIVE,
        "declined": ENDED,
        "completed": ENDED,
        "closed": ENDED,
        "ended": ENDED,
        "withdrawn": ENDED,
    },
}
SUPPORTED = frozenset({ReferralStatus.ACCEPTED, ReferralStatus.IN_PROGRESS})
# A number is in every reference and in no name; a longer cell is no reference.
_REFERENCE = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9 /.-]{2,39}")
_EARLIEST = date(2009, 1, 1)  # the National Referral Mechanism began that year


class Unread(TextChoices):
    """Why a row is not compared; what stood in it is not kept."""

    REFERENCE = "bad_reference", _("Not compared: this is not a reference")
    STAGE = "bad_stage", _("Not compared: the stage or status is not known")
    DAY = "bad_day", _("Not compared: the date is wrong or in the future")
    TWICE = "twice", _("Not compared: twice in this file")


AGREES = "agrees"


@dataclass(frozen=True, slots=True)
class Found:
    """What becomes of one row of the list (`line`), or of a record of ours that no row names (0)."""

    line: int
    reference: str
    stage: str
    on: date | None
    result: str
    nrm: NrmReferral | None = None
    referral: SupportReferral | None = None

    @property
    def is_mismatch(self) -> bool:
        """Whether the list and our record do not agree."""
        return self.result in MismatchKind.values

    @property
    def key(self) -> tuple[str, str, str, date | None]:
        """What makes it the same mismatch the next time."""
        return (self.result, self.reference, self.stage, self.on)


def key(written: str) -> str:
    """A reference as it is compared: capitals and digits only."""
    return re.sub("[^A-Za-z0-9]", "", written).upper()


def compare(content: bytes, kind: str, agency: Agency | None, by: Actor) -> list[Found]:
    """Every row with what becomes of it, then what only we have. `Unreadable` if it is no such list."""
    lines = read(content, COLUMNS[kind], ALSO, no_others=True)
    return compare_rows([_row(line, kind) for line in lines], kind, agency, by)


def compare_rows(rows: Iterable[Found], kind: str, agency: Agency | None, by: Actor) -> list[Found]:
    """The same for rows that were read before: our record may have changed since."""
    if kind == ListKind.NRM:
        return list(_with_nrm(rows, by))
    assert agency is not None
    return list(_with_agency(rows, agency, by))


def _row(line: Line, kind: str) -> Found:
    """A row as it is kept: a reference, a known stage, a day; nothing that a stranger typed beside them."""
    if kind == ListKind.NRM:
        written, day, word = line.cells
    else:
        written, word, day = line.cells
    stage = STAGES[kind].get(" ".join(word.lower().replace("_", " ").split()))
    on = a_date(day) if day else None
    result = ""
    if not _REFERENCE.fullmatch(written):
        result, written = Unread.REFERENCE, ""
    elif stage is None:
        result = Unread.STAGE
    elif day and (on is None or not _EARLIEST <= on <= clocks.today()):
        result, on = Unread.DAY, None
    return Found(line.number, key(written), stage or "", on, result)


def _once(rows: Iterable[Found]) -> Iterator[Found]:
    seen: set[str] = set()
    for row in rows:
        if not row.result and row.reference in seen:
            yield Found(row.line, row.reference, row.stage, row.on, Unread.TWICE)
        else:
            yield row
        seen.add(row.reference)


def _with_nrm(rows: Iterable[Found], by: Actor) -> Iterator[Found]:
    referrals = NrmReferral.objects.visible_to(by).exclude(home_office_reference="")
    ours = {
        key(each.home_office_reference): each
        for each in referrals.select_related("case").order_by("at", "pk")
    }
    decided = set(
        NrmEvent.objects.visible_to(by)
        .filter(referral__in=referrals)
        .values_list("referral_id", "kind")
    )
    listed: set[str] = set()
    for row in _once(rows):
        listed.add(row.reference)
        nrm = ours.get(row.reference)
        if row.result:
            yield row
        elif nrm is None:
            yield _found(row, MismatchKind.NO_CASE)
        elif row.stage != WAITING and (nrm.pk, row.stage) not in decided:
            yield _found(row, MismatchKind.DECISION, nrm=nrm)
        else:
            yield _found(row, AGREES, nrm=nrm)
    for reference, nrm in sorted(ours.items()):
        is_over = nrm.status == NrmStatus.WITHDRAWN or nrm.case.status == CaseStatus.CLOSED
        if reference not in listed and not is_over:
            yield Found(0, reference, "", None, MismatchKind.NOT_LISTED, nrm=nrm)


def _with_agency(rows: Iterable[Found], agency: Agency, by: Actor) -> Iterator[Found]:
    """Our reference is the number of the referral, or of the case."""
    referrals = SupportReferral.objects.visible_to(by).filter(agency=agency, sent_at__isnull=False)
    # Of several of one case the one that has come furthest counts, else the last.
    ours = sorted(referrals.select_related("case"), key=_how_far)
    of_case: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for each in ours:
        of_case[each.case_id].add(each.pk)
    named: dict[str, SupportReferral] = {key(each.case.reference): each for each in ours}
    named |= {key(str(each.pk)): each for each in ours}
    listed: set[UUID] = set()
    for row in _once(rows):
        referral = named.get(row.reference)
        if referral is not None:
            # A list that names the case says it of all that the agency does for the person.
            by_case = row.reference == key(referral.case.reference)
            listed |= of_case[referral.case_id] if by_case else {referral.pk}
        yield row if row.result else _found(row, _of_agency(row, referral), referral=referral)
    for referral in ours:
        if referral.status in SUPPORTED and referral.pk not in listed:
            reference = key(referral.case.reference)
            yield Found(0, reference, "", None, MismatchKind.NOT_SUPPORTED, referral=referral)


def _how_far(referral: SupportReferral) -> tuple[bool, bool, bool, datetime, UUID]:
    return (
        referral.status in SUPPORTED,
        referral.first_contact_at is not None,
        referral.is_open,
        referral.created_at,
        referral.pk,
    )


def _of_agency(row: Found, referral: SupportReferral | None) -> str:
    here = referral is not None and referral.status in SUPPORTED
    if row.stage == ACTIVE and not here:
        return MismatchKind.NOT_ACCEPTED
    if row.stage != ACTIVE and here:
        return MismatchKind.NOT_SUPPORTED
    if here and row.on and referral is not None and referral.first_contact_at is None:
        return MismatchKind.CONTACT
    return AGREES if referral is not None else MismatchKind.NOT_ACCEPTED


def _found(
    row: Found,
    result: str,
    nrm: NrmReferral | None = None,
    referral: SupportReferral | None = None,
) -> Found:
    return Found(row.line, row.reference, row.stage, row.on, result, nrm, referral)
