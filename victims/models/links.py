"""Two records of one person: linked by an officer, merged by a supervisor, and both undone as easily."""

from typing import Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

import clocks
from accounts.actors import Actor
from accounts.context import current
from accounts.models import Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet, reach
from victims.models.person import Victim


class LinkState(models.TextChoices):
    """How sure we are that two records are of one person."""

    LINKED = "linked", _("Linked: may be the same person")
    MERGED = "merged", _("Merged: the same person")
    ENDED = "ended", _("Not linked any more")


class PersonLinkQuerySet(ScopedQuerySet["PersonLink"]):
    """Links, for whoever may see both records."""

    def visible_to(self, actor: Actor) -> Self:
        """Links of which this actor may see both sides now."""
        context = current()
        at = context.at if context else clocks.now()
        return super().visible_to(actor).filter(reach(actor, at, "other_scope"))

    def standing(self) -> Self:
        """Links that have not ended."""
        return self.exclude(status=LinkState.ENDED)

    def of(self, victim: Victim) -> Self:
        """Links of this record with any other."""
        return self.filter(Q(victim=victim) | Q(other=victim))


class PersonLink(models.Model):
    """Somebody says that two records may be of one person; merged, a supervisor has said that they are.

    Nothing is moved or repointed: while it is merged, each record is read with what the other holds. Only
    who may see both records sees the link. `victim` is the one with the smaller id, so that a pair is one row.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    other_scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=LinkState.choices, default=LinkState.LINKED)
    reason = models.CharField(_("why they may be one person"), max_length=500)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    merge_reason = models.CharField(_("why they are one person"), max_length=500, blank=True)
    merged_at = models.DateTimeField(null=True, blank=True)
    merged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_reason = models.CharField(_("why it was undone"), max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PersonLinkQuerySet.as_manager()

    TRANSITIONS = {
        LinkState.LINKED: frozenset({LinkState.MERGED, LinkState.ENDED}),
        LinkState.MERGED: frozenset({LinkState.LINKED}),
    }
    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "other_scope": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "other": Privacy.PUBLIC,
        "status": Privacy.PUBLIC,
        "reason": Privacy.CASE,
        "linked_at": Privacy.PUBLIC,
        "linked_by": Privacy.PUBLIC,
        "merge_reason": Privacy.CASE,
        "merged_at": Privacy.PUBLIC,
        "merged_by": Privacy.PUBLIC,
        "end_reason": Privacy.CASE,
        "ended_at": Privacy.PUBLIC,
        "ended_by": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("-linked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("victim", "other"),
                condition=~Q(status="ended"),
                name="person_link_once",
                violation_error_message=_("These two records are linked already."),
            ),
            models.CheckConstraint(
                condition=Q(victim__lt=F("other")),
                name="person_link_of_two",
                violation_error_message=_("A record cannot be linked to itself."),
            ),
            models.CheckConstraint(
                condition=~Q(status="merged")
                | (Q(merged_at__isnull=False, merged_by__isnull=False) & ~Q(merge_reason="")),
                name="person_link_merged_by_and_why",
                violation_error_message=_("Say why they are one person."),
            ),
            models.CheckConstraint(
                condition=~Q(status="ended")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
                name="person_link_ended_by_and_why",
                violation_error_message=_("Say why they are not one person."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


def records_of(victim: Victim, by: Actor) -> list[UUID]:
    """Every record of the person whose record this is, as far as this actor may see: its own is the first."""
    links = PersonLink.objects.visible_to(by).filter(status=LinkState.MERGED).of(victim)
    if not links.exists():
        return [victim.pk]
    others = read_as_one(victim, by).exclude(pk=victim.pk)
    return [victim.pk, *others.order_by("pk").values_list("pk", flat=True)]


def read_as_one(victim: Victim, by: Actor) -> ScopedQuerySet[Victim]:
    """This record and every other that is merged with it, as far as this actor may see."""
    root = victim.merged_into_id or victim.pk
    return Victim.objects.visible_to(by).filter(Q(pk=root) | Q(merged_into=root))
