"""The room of what a support worker writes down when they ask the person how the police treated them."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from casework.actions.voice import asking_now, write_down
from casework.models import VoiceWay
from casework.voice.questions import Point, sheets
from referrals.models import SupportReferral


@transaction.atomic
def tell_voice(
    *,
    referral: SupportReferral,
    point: str,
    language: str,
    given: Mapping[str, Any] | None,
    words: str = "",
    by: Actor,
) -> None:
    """What the person answered is with the police, apart from their case; `given` is None where they skipped it all.

    The officers whom it is about see none of it, and the agency cannot read it again. Of nobody in the sandbox
    anything is kept.
    """
    check(by, Permission.AGENCY_UPDATE)
    referral = SupportReferral.objects.select_related("force").get_visible(by, pk=referral.pk)
    if not (referral.is_open and referral.accepted_at):
        raise Conflict(
            _("You can tell what they said from when you accept until the support ends.")
        )
    if point not in Point.values:
        raise ValidationError({"point": _("Choose what they were asked about")})
    if language not in sheets():
        raise ValidationError({"language": _("Choose a language that has been checked")})
    if referral.in_sandbox:
        return
    asking = asking_now(
        referral.scope_id,
        referral.case_id,
        point,
        VoiceWay.AGENCY,
        language,
        agency_id=by.own_agency_id,
    )
    asking.save(force_insert=True)  # by no officer, which `add` would ask for
    write_down(asking, given, words, force_id=referral.force_id)
    audit.record("voice.asked", by=by, of=asking)
