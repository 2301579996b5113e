"""The room of the sandbox: where an agency tries its system out, apart from everything real [ADR 0012]."""

from uuid import uuid4

from django.db import models

from accounts.models import Agency, User


class Sandbox(models.Model):
    """That an agency has a twin whose referrals are of invented people, and since when those are there.

    What was sent before `emptied_at`, or more than 30 days ago, is there for nobody: the database's wall hides it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    emptied_at = models.DateTimeField(null=True, blank=True)
    emptied_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.agency_id)
