"""The room of what an auditor does about patterns of misuse: wants them looked for now, and closes a hit."""

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.permissions import Permission, check
from accounts.rows import check_row
from casework.models import MisuseFinding, MisuseHit, MisuseSearch


def ask(*, by: Actor) -> None:
    """The trail is searched in the engine's next round. Wanting it twice is wanting it once."""
    check(by, Permission.AUDIT_VIEW)
    waiting = {"force_id": by.own_force_id, "done_at": None}
    new = {"asked_at": clocks.now(), "asked_by_id": by.person_id}
    MisuseSearch.objects.get_or_create(**waiting, defaults=new)
    audit.record("misuse.asked", by=by)


@transaction.atomic
def close(*, hit: MisuseHit, finding: str, words: str, by: Actor) -> MisuseHit:
    """Somebody other than the person it is about has looked into it, and says what they found."""
    check(by, Permission.AUDIT_VIEW)
    hit = MisuseHit.objects.select_for_update(of=("self",)).get(pk=hit.pk)
    if hit.person_id == by.id:
        raise Refused(_("Somebody else must look into what you did."), verb="misuse.close")
    if hit.closed_at is not None:
        raise Conflict(_("This is closed already. Look at what was found."))
    hit.closed_at, hit.closed_by_id = clocks.now(), by.person_id
    hit.finding, hit.finding_words = MisuseFinding(finding), words.strip()
    check_row(hit)
    hit.save(update_fields=["closed_at", "closed_by", "finding", "finding_words"])
    audit.record("misuse.closed", by=by, of=hit, finding=finding)
    return hit
