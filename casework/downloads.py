"""The room of the national referral as a file."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.exports import Content, Download, Item, Narrowed, Words
from accounts.models import User
from accounts.permissions import Permission
from casework.nrm.known import learn
from casework.nrm.record import record_of
from casework.nrm.words import in_words


def nrm(actor: Actor, narrowed: Narrowed) -> Content:
    """Everything of the case that may leave for the Home Office, word for word as its page shows it."""
    record = record_of(narrowed.get("of", ""), by=actor, today=clocks.today())
    learn(record, officer=User.objects.get(pk=actor.person_id))
    case = record.case
    audit.viewed(case, by=actor, page="nrm-download", keys=sorted(record.out()))
    items = [Item(case.scope_id, "casework.case", case.pk, case.reference)]
    return Content(Words(in_words(record)), items, case.scope_id)


DOWNLOADS = (
    Download(
        slug="nrm",
        words=gettext_lazy("The referral to the Home Office, as text"),  # type: ignore[arg-type]
        permission=Permission.NRM_DECIDE,
        make=nrm,
        back=lambda narrowed: reverse("casework:nrm-check", args=[narrowed["of"]]),
        asks=("of",),
    ),
)
