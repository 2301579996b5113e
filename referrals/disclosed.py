"""The room of how the record of disclosures reads: what an agency was given when, why, and on what."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from pages.due import london_date
from referrals.disclosure import MAY_SEE, Item
from referrals.models import DisclosureEvent, DisclosureKind, SupportReferral
from referrals.rules import LegalBasis
from referrals.words import LABELS
from victims.models import NeedKind


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the record."""

    at: datetime
    what: str
    items: list[str]
    needs: list[str]
    basis: str


@dataclass(frozen=True, slots=True)
class MaySee:
    """The table of what each need allows: the items, and for each need whether it allows each of them."""

    items: list[str]
    rows: list[tuple[str, list[bool]]]


def may_see_table() -> MaySee:
    """What an agency may be given after it accepts, for each need."""
    rows = [
        (str(NeedKind(kind).label), [item in allowed for item in Item])
        for kind, allowed in MAY_SEE.items()
    ]
    return MaySee([str(item.label) for item in Item], rows)


def told_of(referral: SupportReferral) -> list[Told]:
    """Everything that the agency was given or lost of one referral that its reader was let see, oldest first."""
    rows = DisclosureEvent.objects.reached_from(referral=referral).select_related("consent")
    return [_told(row) for row in rows]


def _told(row: DisclosureEvent) -> Told:
    needs = [str(NeedKind(kind).label) for kind in row.needs]
    items = [item_words(item) for item in row.items]
    return Told(row.at, str(DisclosureKind(row.kind).label), items, needs, _basis(row))


def item_words(item: str) -> str:
    """What an item or field is, in words."""
    if item == "answer":
        return _("Our answer")
    return str(Item(item).label if item in Item.values else LABELS.get(item, item))


def _basis(row: DisclosureEvent) -> str:
    if row.consent:
        return _("Agreed on %s") % london_date(row.consent.decided_at)
    known = row.legal_basis in LegalBasis.values
    return str(LegalBasis(row.legal_basis).label) if known else row.legal_basis
