"""The proof of a completion: a certificate or a class list, as a file beside the record."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.kept_files import FILE_PRIVACY, KeptFile, KeptFileQuerySet, kept_as_it_came
from accounts.models import User
from accounts.privacy import Privacy
from training.models.records import TrainingRecord, training_reach

MOST_PROOFS = 5  # of one record, at once


class ProofQuerySet(KeptFileQuerySet["Proof"]):
    """Proofs, by who may see them."""

    def visible_to(self, actor: Actor) -> "ProofQuerySet":
        """Those of the people whose training the actor sees."""
        scoped = self.filter(training_reach(actor, "record__user"))
        scoped._scoped = True
        return scoped


class Proof(KeptFile):
    """A file that shows that somebody completed a course. Once the record is verified it stays as it was seen."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(TrainingRecord, on_delete=models.PROTECT, related_name="proofs")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ProofQuerySet.as_manager()

    PRIVACY = FILE_PRIVACY | {
        "id": Privacy.PUBLIC,
        "record": Privacy.PUBLIC,
        "recorded_at": Privacy.PUBLIC,
        "recorded_by": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("recorded_at", "pk")
        indexes = (
            models.Index(
                fields=("tried_at",), name="proof_waiting", condition=Q(status="quarantined")
            ),
        )
        constraints = (
            *kept_as_it_came("proof"),
            models.CheckConstraint(
                condition=Q(taken_out_at=None, taken_out_by=None)
                | Q(taken_out_at__isnull=False, taken_out_by__isnull=False),
                name="proof_taken_out_by_and_at",
            ),
            models.UniqueConstraint(
                fields=("record", "digest"),
                condition=Q(taken_out_at=None),
                name="proof_once_a_record",
                violation_error_message=_("This very file is there already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
