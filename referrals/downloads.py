"""The room of a case's referrals, and of the results of a list from outside, as files."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clocks
from accounts.actors import Actor
from accounts.exports import Content, Download, Item, Narrowed, Sheet, id_in
from accounts.permissions import Permission
from accounts.scoping import NotVisible
from casework.models import Case
from pages.due import on_the_wall
from referrals.models import ListKind, OutsideList
from referrals.standing import shown_all
from referrals.views.outside import HEADINGS, cells_of, said_of


def of_case(actor: Actor, narrowed: Narrowed) -> Content:
    """Every referral of one case, whose turn each is and until when."""
    case = Case.objects.select_related("scope__force__calendar").get_visible(
        actor, reference=narrowed.get("of", "")
    )
    at = clocks.now()
    shown = shown_all(case, at=at)
    rows = [
        [
            row.referral.agency.name,
            ", ".join(map(str, row.needs)),
            str(row.words),
            str(row.next),
            on_the_wall(row.turn.due_at, at) if row.turn.due_at else "",
        ]
        for row in shown
    ]
    items = [
        Item(case.scope_id, "referrals.supportreferral", row.referral.pk, case.reference)
        for row in shown
    ]
    headings = [_("Agency"), _("What they need"), _("State"), _("Whose turn"), _("Due")]
    return Content(Sheet(headings, rows), items, case.scope_id)


def results(actor: Actor, narrowed: Narrowed) -> Content:
    """Each row of a list from outside and its result."""
    made = OutsideList.objects.filter(pk=id_in(narrowed), force=actor.own_force_id).first()
    if made is None:
        raise NotVisible(OutsideList._meta.label)
    headings = ["line", *map(str, HEADINGS[ListKind(made.kind)]), "result"]
    rows = [[str(row["line"] or ""), *cells_of(row), said_of(row)] for row in made.rows]
    return Content(Sheet(headings, rows))


DOWNLOADS = (
    Download(
        slug="referrals",
        words=gettext_lazy("Support referrals of a case"),
        permission=Permission.REFERRAL_VIEW,
        make=of_case,
        back=lambda narrowed: reverse("referrals:case-referrals", args=[narrowed["of"]]),
        asks=("of",),
    ),
    Download(
        slug="list-results",
        words=gettext_lazy("Results of a list from outside"),
        permission=Permission.LISTS_COMPARE,
        make=results,
        back=lambda narrowed: reverse("referrals:list", args=[narrowed["of"]]),
        asks=("of",),
        second_look=False,
    ),
)
