"""What was looked for, so that a team whose record is held closely learns that somebody looked for its person."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from accounts.models import Force, User
from casework.models.case import Case


class Search(models.Model):
    """Somebody looked for a person: keys of what they typed, never the words. Written by one function alone.

    Every search writes one row, whatever it finds. `parts` says of each key which part of what was typed
    it stands for. `trigrams` are keys of the three-letter pieces of the whole name, kept until the engine has
    compared them with the names that are held closely; `alike` are then the people whose names are like it, and
    `alike_by` how much, 0 to 1.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    keys = ArrayField(models.BigIntegerField())
    parts = ArrayField(models.IntegerField())
    trigrams = ArrayField(models.BigIntegerField(), default=list)
    alike = ArrayField(models.UUIDField(), default=list)
    alike_by = ArrayField(models.FloatField(), default=list)

    class Meta:
        indexes = (
            GinIndex(fields=("keys",), name="search_keys"),
            models.Index(fields=("at",), condition=~Q(trigrams=[]), name="search_to_compare"),
            models.Index(fields=("at",), condition=~Q(alike=[]), name="search_alike"),
        )

    def __str__(self) -> str:
        return str(self.pk)


class SoughtMatch(models.Model):
    """A search that would have found the person of a restricted or covert case, had its searcher the reach.

    One line for each searcher, case and day, the day's first search. A view over keys; it holds no words.
    """

    search = models.OneToOneField(
        Search, primary_key=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    case = models.ForeignKey(Case, on_delete=models.DO_NOTHING, related_name="+")
    by = models.ForeignKey(User, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "casework_soughtmatch"

    def __str__(self) -> str:
        return str(self.pk)
