"""How a person is found: keys of their names, birth, numbers and places, kept by the database itself."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, Scope, Unit
from accounts.privacy import Privacy
from victims.models.person import Victim


class Letter(models.Model):
    """A letter of any script and the small Latin letters that it is searched by."""

    letter = models.TextField(primary_key=True)
    latin = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.letter} {self.latin}"


class NameForm(models.Model):
    """A form of a given name (`jon`) and the name that it is found under (`john`)."""

    form = models.TextField()
    root = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("form", "root"), name="name_form_once"),)

    def __str__(self) -> str:
        return f"{self.form} {self.root}"


class KeyKind(models.TextChoices):
    """What a search key was made from."""

    NAME = "name", _("A whole name, for likeness")
    TOKEN = "token", _("One word of a name")
    ROOT = "root", _("The name that a given name is a form of")
    SOUND = "sound", _("How a word of a name sounds")
    BORN = "born", _("Date of birth")
    REFERENCE = "reference", _("A reference")
    PHONE = "phone", _("A number or e-mail address, blind")
    PLACE = "place", _("A word of a place, blind")


# A dozen rows a person, each made from rows that were checked already: to check again doubles what logging costs.
KEPT: dict[str, Any] = {
    "on_delete": models.PROTECT,
    "related_name": "+",
    "db_index": False,
    "db_constraint": False,
}


class SearchKey(models.Model):
    """One thing by which a person is found. Triggers keep it equal to the record; only functions read it.

    Force, unit and restriction are those of the Scope, so that an index holds standard records alone.
    `source` is the row that it was made from.
    """

    id = models.BigAutoField(primary_key=True)
    scope = models.ForeignKey(Scope, **KEPT)
    force = models.ForeignKey(Force, **KEPT)
    unit = models.ForeignKey(Unit, **KEPT)
    is_standard = models.BooleanField()
    victim = models.ForeignKey(Victim, **KEPT)
    source = models.UUIDField()
    kind = models.CharField(max_length=10, choices=KeyKind.choices)
    key = models.BigIntegerField()
    latin = models.TextField(blank=True)

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "force": Privacy.PUBLIC,
        "unit": Privacy.PUBLIC,
        "is_standard": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "source": Privacy.PUBLIC,
        "kind": Privacy.PUBLIC,
        "key": Privacy.CASE,
        "latin": Privacy.CASE,
    }

    class Meta:
        indexes = (
            models.Index(fields=("scope",), name="searchkey_scope"),
            models.Index(fields=("source",), name="searchkey_source"),
            models.Index(
                fields=("force", "key"),
                include=("victim", "scope", "unit", "kind"),
                condition=models.Q(is_standard=True),
                name="searchkey_standard",
            ),
            models.Index(
                fields=("scope", "key"),
                include=("victim", "force", "kind"),
                condition=models.Q(is_standard=False),
                name="searchkey_held",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
