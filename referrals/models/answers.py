"""The room of what an agency's system was answered, kept so that asking again does nothing twice."""

from uuid import uuid4

from django.db import models

from accounts.models import Agency, Application
from accounts.privacy import Privacy
from accounts.sealed import EncryptedTextField


class KeptAnswer(models.Model):
    """The answer to one act under one Idempotency-Key of one of an agency's keys, for a day or two.

    `digest` stands for the caller's Idempotency-Key, which may hold anything; `answer` says as JSON what was
    asked (a digest), the status, the headers and the body without what was disclosed of the person.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    answer = EncryptedTextField()
    kept_at = models.DateTimeField()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "application": Privacy.PUBLIC,
        "agency": Privacy.PUBLIC,
        "digest": Privacy.PUBLIC,
        "answer": Privacy.SEALED,
        "kept_at": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("kept_at", "pk")
        indexes = (models.Index(fields=("kept_at",), name="kept_answer_kept_at"),)
        constraints = (
            models.UniqueConstraint(
                fields=("application", "digest"), name="kept_answer_once_for_a_key"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
