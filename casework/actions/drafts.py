"""The room of what an officer is typing: kept on the server, sealed, theirs alone, gone once it is saved."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.http import QueryDict

import clocks
from accounts.actors import Actor
from accounts.permissions import Permission, check
from casework.models import Case, Draft

NOT_TYPED = {"csrfmiddlewaretoken", "_seq", "then"}


@dataclass(frozen=True)
class Typed:
    """What was typed in a form and not yet saved, and when the server took it."""

    contents: QueryDict
    saved_at: datetime


def save_draft(
    *, form: str, case: Case | None, typed: Iterable[tuple[str, list[str]]], by: Actor
) -> None:
    """What this officer typed in this form of this case is kept, and replaces what was kept before."""
    check(by, Permission.CASE_VIEW)
    answers = {name: values for name, values in typed if name not in NOT_TYPED}
    # One name for one draft, so that two posts at once are one row, without asking first.
    name = f"{by.person_id}:{form}:{case.pk if case else ''}"
    draft = Draft(
        pk=uuid5(NAMESPACE_URL, name),
        user_id=by.person_id,
        form=form,
        case=case,
        contents=json.dumps(answers),
        saved_at=clocks.now(),
    )
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["contents", "saved_at"],
    )


def take_draft(*, form: str, case: Case | None, by: Actor) -> Typed | None:
    """What this officer typed in this form and did not save; None if nothing."""
    draft = Draft.objects.filter(user_id=by.person_id, form=form, case=case).first()
    if draft is None:
        return None
    contents = QueryDict(mutable=True)
    for name, values in json.loads(draft.contents or "{}").items():
        contents.setlist(name, values)
    return Typed(contents, draft.saved_at)


def drop_draft(*, form: str, case: Case | None, by: Actor) -> None:
    """Nothing unsaved is kept for this form: it was saved."""
    Draft.objects.filter(user_id=by.person_id, form=form, case=case).delete()
