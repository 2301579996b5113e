"""What they already told us."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from victims.models.person import Victim


class Topic(models.TextChoices):
    """A part of what happened to them, so that nobody asks for it twice."""

    CONTROL = "control", _("How they were controlled")
    JOURNEY = "journey", _("Their journey")
    WORK = "work", _("The work they had to do")
    MONEY = "money", _("Money and debts")
    VIOLENCE = "violence", _("Violence and threats")
    FAMILY = "family", _("Their family")
    HEALTH = "health", _("Their health")


class ToldState(models.TextChoices):
    """Whether a topic has been told."""

    TOLD = "told", _("Told us")
    NOT_ASKED = "not_asked", _("Not asked")
    DECLINED = "declined", _("Asked, did not want to say")
    SPECIALIST_ONLY = "specialist_only", _("Ask only by a specialist")
    ANYONE = "anyone", _("Anybody may ask again")


# What says who may ask, and nothing of what was told.
MARKS = frozenset({ToldState.SPECIALIST_ONLY, ToldState.ANYONE})


class ToldQuerySet(ScopedQuerySet["ToldTopic"]):
    """What was told, by what holds."""

    def told(self, topic: str) -> Self:
        """Times at which the topic was told."""
        return self.filter(topic=topic, state=ToldState.TOLD)

    def only_specialists_ask(self, topic: str) -> bool:
        """Whether the topic is marked so: the last mark holds, whatever was told since."""
        return bool(self.filter(topic=topic).for_specialists())

    def for_specialists(self) -> list["ToldTopic"]:
        """The marks that hold: of each topic the last, where it says that only a specialist asks."""
        marks = self.filter(state__in=MARKS).order_by("topic", "-heard_at", "pk").distinct("topic")
        return [mark for mark in marks if mark.state == ToldState.SPECIALIST_ONLY]


class ToldTopic(models.Model):
    """One topic that the person told (or would not tell): who heard it, when, and where it is recorded.

    `record` is the line of the case's history that was written with it. Append-only.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="told_topics")
    topic = models.CharField(_("topic"), max_length=20, choices=Topic.choices)
    state = models.CharField(_("state"), max_length=20, choices=ToldState.choices)
    summary = models.TextField(_("in a sentence"), blank=True)
    where_recorded = models.CharField(_("where it is recorded"), max_length=200, blank=True)
    record = models.UUIDField(null=True, blank=True)
    why_again = models.CharField(_("why it was asked again"), max_length=500, blank=True)
    why_not_specialist = models.CharField(
        _("why somebody asked who is no specialist"), max_length=500, blank=True
    )
    heard_at = models.DateTimeField()
    heard_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ToldQuerySet.as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "topic": Privacy.CASE,
        "state": Privacy.CASE,
        "summary": Privacy.CASE,
        "where_recorded": Privacy.CASE,
        "record": Privacy.PUBLIC,
        "why_again": Privacy.CASE,
        "why_not_specialist": Privacy.CASE,
        "heard_at": Privacy.PUBLIC,
        "heard_by": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("topic", "-heard_at", "pk")

    def __str__(self) -> str:
        return str(self.pk)
