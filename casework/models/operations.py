"""What links the cases of people found together, and what is known for all of them at once."""

from typing import Self
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Force, User
from accounts.privacy import Privacy
from accounts.sealed import EncryptedTextField


class OperationQuerySet(models.QuerySet["Operation"]):
    """Operations, by who may know of them."""

    def visible_to(self, actor: Actor) -> Self:
        """Operations of the force that the actor began, or that have a case in the actor's reach."""
        cases = apps.get_model("casework", "Case")._default_manager
        seen = Exists(cases.visible_to(actor).filter(operation=OuterRef("pk")))
        return self.filter(Q(started_by=actor.id) | seen, force=actor.force_id)


class Operation(models.Model):
    """A police operation that links the cases of people found together."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="operations")
    name = models.CharField(_("name"), max_length=100)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OperationQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("force", "name"),
                name="operation_in_force",
                violation_error_message=_("There is an operation of this name already."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class SharedKind(models.TextChoices):
    """What a fact of an operation is about."""

    PLACE = "place", _("Place")
    VEHICLE = "vehicle", _("Vehicle")
    ORGANISATION = "organisation", _("Organisation")
    PHONE = "phone", _("Phone of somebody who exploits them")
    PERSON = "person", _("Somebody who exploits them")


class SharedFact(models.Model):
    """Something known for every case of an operation, told once and shown on each. Sealed, and never changed.

    One that no longer holds gets `ended_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="facts")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("what is it?"), max_length=15, choices=SharedKind.choices)
    text = EncryptedTextField(_("what do we know?"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "operation": Privacy.PUBLIC,
        "force": Privacy.PUBLIC,
        "kind": Privacy.CASE,
        "text": Privacy.SEALED,
        "at": Privacy.PUBLIC,
        "by": Privacy.PUBLIC,
        "ended_at": Privacy.PUBLIC,
        "ended_by": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("kind", "-at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="shared_fact_ended_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
