"""The room of the tags by which other pages show somebody's training."""

from datetime import date
from typing import Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

import clocks
from accounts.models import User
from accounts.permissions import Permission
from training.models import training_reach
from training.standing import standings

register = template.Library()
COLOURS = {"current": "green", "lapsing": "orange", "lapsed": "red", "missing": "red"}
SECTIONS = (
    (Permission.TRAINING_TEAM, "training:register", gettext_lazy("Register")),
    (Permission.TRAINING_TEAM, "casework:who-could", gettext_lazy("Who could take it on")),
    (Permission.TRAINING_OWN, "training:dates", gettext_lazy("Dates")),
    (Permission.TRAINING_TEAM, "training:hours-team", gettext_lazy("Hours")),
    (Permission.TRAINING_VERIFY, "training:waiting", gettext_lazy("To verify")),
    (Permission.TRAINING_RECORD, "training:record", gettext_lazy("Record")),
    (Permission.TRAINING_RECORD, "training:import", gettext_lazy("Import")),
    (Permission.TRAINING_COURSES, "training:courses", gettext_lazy("Courses")),
)


class Section(NamedTuple):
    """A page of training that the viewer may open."""

    name: str
    words: str
    href: str


@register.simple_tag(takes_context=True)
def training_sections(context: template.Context) -> list[Section]:
    """The pages of training that the viewer may open."""
    actor = context["request"].actor
    return [
        Section(name.partition(":")[2], str(words), reverse(name))
        for permission, name, words in SECTIONS
        if actor.can(permission)
    ]


@register.inclusion_tag("training/_my_training.html", takes_context=True)
def my_training(context: template.Context, user: User) -> dict[str, Any]:
    """What somebody must have and has, for those who may see it."""
    actor = context["request"].actor
    may_see = User.objects.filter(training_reach(actor), pk=user.pk).exists()
    lines = standings(clocks.today(), users=[user.pk]) if may_see else []
    return {"may_see": may_see, "lines": lines, "at": clocks.today()}


@register.filter
def lapses(day: date | None, today: date) -> str:
    """ "in 12 days", "today", "8 days ago"; for nothing, that it does not lapse."""
    if day is None:
        return _("Does not lapse")
    days = (day - today).days
    if days == 0:
        return _("Last day is today")
    if days < 0:
        return ngettext("%d day ago", "%d days ago", -days) % -days
    if days <= 90:
        return ngettext("In %d day", "In %d days", days) % days
    return ngettext("In %d month", "In %d months", days // 30) % (days // 30)


@register.filter
def state_colour(state: str) -> str:
    """The colour of a state's tag."""
    return COLOURS[state]
