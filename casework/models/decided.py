"""What the person of a case decided, in whichever of their merged records it was said."""

from django.db import models

from accounts.privacy import Privacy
from casework.models.case import Case
from victims.models import ConsentEvent


class Decided(models.Model):
    """One decision, for each case of the person: of its own record, and of every record merged with it.

    A view. Whoever asks it sees the decisions and the cases that they may see, and no other.
    """

    pk = models.CompositePrimaryKey("consent_id", "case_id")
    consent = models.ForeignKey(ConsentEvent, on_delete=models.DO_NOTHING, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.DO_NOTHING, related_name="decisions")
    purpose = models.CharField(max_length=20)
    outcome = models.CharField(max_length=12)
    allows = models.BooleanField()
    decided_at = models.DateTimeField()

    PRIVACY = {
        "consent": Privacy.PUBLIC,
        "case": Privacy.PUBLIC,
        "purpose": Privacy.CASE,
        "outcome": Privacy.CASE,
        "allows": Privacy.CASE,
        "decided_at": Privacy.PUBLIC,
    }

    class Meta:
        managed = False
        db_table = "casework_decided"

    def __str__(self) -> str:
        return str(self.pk)
