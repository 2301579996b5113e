"""The room of what proves the audit trail whole: each event's place, signed anchors, what was disposed of."""

from datetime import UTC

from django.db import models
from django.db.models import F, Q


class AuditLink(models.Model):
    """The place of one event in the chain of all events, and the hash of everything up to it. Append-only.

    It stays when its event's month is disposed of. Only `accounts.chain` writes it.
    """

    seq = models.BigIntegerField(primary_key=True)
    event_at = models.DateTimeField()
    event_id = models.UUIDField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ("seq",)
        constraints = (
            models.UniqueConstraint(fields=("event_at", "event_id"), name="event_has_one_place"),
        )

    def __str__(self) -> str:
        return str(self.seq)


class AuditAnchor(models.Model):
    """A signed word for where the chain stood after a batch of events. Append-only; it outlives them.

    `floor` is the first transaction whose events may have had no place yet.
    """

    number = models.BigIntegerField(primary_key=True)
    first_seq = models.BigIntegerField()
    last_seq = models.BigIntegerField(unique=True)
    hash = models.BinaryField(max_length=32)
    floor = models.BigIntegerField()
    at = models.DateTimeField()
    key_id = models.CharField(max_length=60)
    signature = models.BinaryField(max_length=32)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=Q(last_seq__gte=F("first_seq")), name="anchor_holds_something"
            ),
        )

    def __str__(self) -> str:
        return str(self.number)

    def words(self) -> str:
        """What is signed."""
        said = (self.number, self.first_seq, self.last_seq, bytes(self.hash).hex(), self.key_id)
        return f"anchor {' '.join(map(str, said))} {self.at.astimezone(UTC).isoformat()}"


class AuditDisposal(models.Model):
    """The certificate that a month of the trail was disposed of, by which two people. Append-only."""

    month = models.DateField(primary_key=True)
    events = models.BigIntegerField()
    names = models.JSONField()  # sign-in names of the two
    at = models.DateTimeField()
    key_id = models.CharField(max_length=60)
    signature = models.BinaryField(max_length=32)

    class Meta:
        ordering = ("month",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(names__0=F("names__1")), name="month_disposed_of_by_two"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    def words(self) -> str:
        """What is signed."""
        said = (self.month.isoformat(), self.events, *self.names, self.key_id)
        return f"disposal {' '.join(map(str, said))} {self.at.astimezone(UTC).isoformat()}"
