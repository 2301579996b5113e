"""What every part of the account carries: whose it is, when it last changed, and why a question has no answer."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import Case


class Said(models.TextChoices):
    """An answer of yes or no as it was given; "not sure" is an answer, an empty field is none."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_SURE = "not_sure", _("Not sure")


class Missing(models.TextChoices):
    """Why a question has no answer; none of these is a no."""

    NOT_KNOWN = "not_known", _("Not known")
    NOT_ASKED = "not_asked", _("Not asked")
    DECLINED = "declined", _("Did not want to say")
    NOT_SAFE = "not_safe", _("Not safe to ask")


PART_PRIVACY = {
    "id": Privacy.PUBLIC,
    "scope": Privacy.PUBLIC,
    "case": Privacy.PUBLIC,
    "unanswered": Privacy.CASE,
    "version": Privacy.PUBLIC,
    "changed_at": Privacy.PUBLIC,
    "changed_by": Privacy.PUBLIC,
}


class Recorded(models.Model):
    """Something told of a case, kept exactly as it was said, in any script.

    `unanswered` says of a field why it holds no answer (`Missing`), who wrote that down and when.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    unanswered = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class Part(Recorded):
    """One part of the account, of which a case has one; it begins when something is first saved in it."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="%(class)s")

    objects = ScopedQuerySet["Part"].as_manager()

    class Meta(Recorded.Meta):
        abstract = True


def yes_or_no(words: Any, *, unsure: bool = False) -> "models.CharField[str, str]":
    """A question of yes or no, perhaps with "not sure"; empty until it is answered."""
    choices = [choice for choice in Said.choices if unsure or choice[0] != Said.NOT_SURE]
    return models.CharField(words, max_length=10, choices=choices, blank=True)


def in_their_words(words: Any) -> "models.TextField[str, str]":
    """Something told, exactly as it was said."""
    return models.TextField(words, blank=True)
