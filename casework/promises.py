"""The room of what an officer is told after handing a concern over: who has it, what happens by when, what to do."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from casework.allowed import Allowed, allowed
from casework.holding import holder
from casework.models import Case
from pages.answers import Answer
from victims.models import Victim

MOST_TO_DO = 4
OWNER_NAMED = gettext_lazy("An investigator is named as its owner")
MADE_SAFE = gettext_lazy("Somebody makes sure that the person is safe")
AUTHORITY_TOLD = gettext_lazy("The local authority's children's services are told")


@dataclass(frozen=True)
class Promise:
    """Something that happens next, by when, and who says so; no time when no deadline is in force for it."""

    words: str
    allowed: Allowed


@dataclass(frozen=True)
class NextSteps:
    """Who has the case now, and what they owe it."""

    who: User | None
    owner_wanted: bool
    promises: list[Promise]


def next_steps(case: Case, at: datetime) -> NextSteps:
    """Who holds the case, and the first duties with their times."""
    owner_wanted = case.owner_id is None
    duties = [("safety-not-confirmed", _safety_clock(case), case.logged_at, MADE_SAFE)]
    if owner_wanted and case.sent_at:
        duties.insert(0, ("no-owner", _owner_clock(case), case.sent_at, OWNER_NAMED))
    if case.victim.is_child:
        duties.append(("child-authority-not-told", "standard", case.logged_at, AUTHORITY_TOLD))
    promises = [
        Promise(str(words), allowed(rule=rule, clock=clock, since=since, force=case.scope.force))
        for rule, clock, since, words in duties
    ]
    return NextSteps(holder(case, at), owner_wanted, promises)


def do_now(victim: Victim) -> list[str]:
    """At most four things that cannot wait for the owner [domain 2.1, APP first response]."""
    steps = [
        _("Keep them apart from anybody who may control them, and out of their hearing."),
        _("Get medical help if they are hurt, ill or hungry."),
    ]
    if victim.interpreter != Answer.NO:
        steps.append(
            _("Use an independent interpreter: never a friend, a relative or somebody from work.")
        )
    if victim.is_child:
        steps.append(_("Tell the local authority's children's services now. Do not wait."))
    return steps[:MOST_TO_DO]


def _owner_clock(case: Case) -> str:
    if case.danger == Answer.YES:
        return "urgent"
    return "child" if case.victim.is_child else "standard"


def _safety_clock(case: Case) -> str:
    return "danger" if case.danger == Answer.YES else "standard"
