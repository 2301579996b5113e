"""What people say of how they were treated: when they were asked, what they answered, and what was done about it.

Nothing of it is for the officers whom it is about [docs/voice.md].
"""

from typing import Self, TypeVar
from uuid import uuid4

from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, ActorKind
from accounts.models import Agency, Force, User
from accounts.permissions import Permission
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from casework.models.case import FACT_PRIVACY, Case, Fact
from casework.voice.questions import Point


class VoiceWay(models.TextChoices):
    """How somebody was asked."""

    IN_PERSON = "in_person", _("Somebody of the force asked them")
    LINK = "link", _("By a link that works once")
    AGENCY = "agency", _("Their support worker asked them")


class VoiceDone(models.TextChoices):
    """What came of what somebody said."""

    SAFE = "safe", _("Somebody made sure that they are safe")
    COMPLAINT = "complaint", _("Their complaint is recorded")
    STANDARDS = "standards", _("Passed to professional standards")
    PUT_RIGHT = "put_right", _("It was put right with them")
    NOTED = "noted", _("Read; nothing had to be done")


class NotAskedBecause(models.TextChoices):
    """Why somebody is not asked what people are asked at such a point."""

    UNSAFE = "unsafe", _("Asking could put them in danger")
    UNWELL = "unwell", _("They are not well enough to be asked")
    UNREACHED = "unreached", _("Nobody can reach them safely")
    RECENTLY = "recently", _("They were asked something else not long ago")
    SUPPORT = "support", _("Their support worker asks them")
    OTHER = "other", _("Another reason")


def about(case: str, person: object) -> Func:
    """Whether what is said in a case is about this person: they own or owned it, logged it, or worked in it."""
    return Func(
        models.F(case),
        models.Value(person, models.UUIDField()),
        function="casework_voice_about",
        output_field=models.BooleanField(),
    )


class AskingQuerySet(ScopedQuerySet["Asking"]):
    """Askings, for those whom the answers are not about."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of visible cases in which this officer is nobody that the answers are about."""
        rows = super().visible_to(actor)
        if actor.kind is ActorKind.OFFICER:
            rows = rows.exclude(about("case", actor.id))
        return rows


class Asking(Fact):
    """A person was asked the questions of one point of their case, or given a link to them. Append-only.

    `token` is the hash of what the link holds; the link works until `until`, or until there is an answer.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="askings")
    point = models.CharField(_("about what"), max_length=15, choices=Point.choices)
    way = models.CharField(_("how"), max_length=10, choices=VoiceWay.choices)
    language = models.CharField(_("language"), max_length=10)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    token = models.CharField(max_length=64, null=True, blank=True, unique=True)
    until = models.DateTimeField(null=True, blank=True)

    objects = AskingQuerySet.as_manager()

    PRIVACY = FACT_PRIVACY | {
        "point": Privacy.PUBLIC,
        "way": Privacy.APART,
        "language": Privacy.APART,
        "agency": Privacy.PUBLIC,
        "token": Privacy.APART,
        "until": Privacy.PUBLIC,
    }

    class Meta(Fact.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(way="link", token__isnull=False, until__isnull=False)
                | (~Q(way="link") & Q(token__isnull=True, until__isnull=True)),
                name="asking_link_has_hash_and_end",
            ),
            models.CheckConstraint(
                condition=Q(token__isnull=True) | Q(token__regex=r"^[0-9a-f]{64}$"),
                name="asking_token_is_a_hash",
            ),
            models.CheckConstraint(
                condition=Q(way="agency", agency__isnull=False)
                | (~Q(way="agency") & Q(agency__isnull=True, by__isnull=False)),
                name="asking_says_by_whom",
            ),
        )


class NotAsked(Fact):
    """The person is not asked at a point that they have reached, and why. Append-only.

    `words` are needed for a reason that is none of the list, and are kept sealed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="not_asked")
    point = models.CharField(_("about what"), max_length=15, choices=Point.choices)
    why = models.CharField(_("why not"), max_length=10, choices=NotAskedBecause.choices)
    words = EncryptedTextField(_("in your own words"), blank=True)

    objects = AskingQuerySet.as_manager()

    PRIVACY = FACT_PRIVACY | {
        "point": Privacy.PUBLIC,
        "why": Privacy.APART,
        "words": Privacy.SEALED,
    }

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=("case", "point", "at"), name="not_asked_case_point"),)
        constraints = (
            models.CheckConstraint(condition=Q(by__isnull=False), name="not_asked_says_by_whom"),
            models.CheckConstraint(
                condition=~Q(why="other") | ~Q(words=""),
                name="not_asked_other_says_why",
                violation_error_message=_("Enter why they are not asked."),
            ),
        )


class PointReachedQuerySet(ScopedQuerySet["PointReached"]):
    """Points that people have reached, for those whom the answers are not about."""

    scope_path = "case__scope"

    def visible_to(self, actor: Actor) -> Self:
        """Those of visible cases in which this officer is nobody that the answers are about."""
        rows = super().visible_to(actor)
        if actor.kind is ActorKind.OFFICER:
            rows = rows.exclude(about("case", actor.id))
        return rows

    def waiting(self) -> Self:
        """Those at which nobody asked yet, nor said why not, while the case stands there."""
        return self.filter(settled_at__isnull=True, over_at__isnull=True)


class PointReached(models.Model):
    """Somebody has reached a point at which people are asked how it was for them, at that time: a view of the database.

    The first conversation and the first interview of a case, each decision of the Home Office when they were first told
    of it, and the end of a case in which anybody ever spoke with them. `settled_at` is when they were first asked
    since, or it was said why not; `over_at` when the case moved on: it closed, or went on after its end.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.DO_NOTHING, related_name="+")
    point = models.CharField(max_length=15, choices=Point.choices)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    objects = PointReachedQuerySet.as_manager()

    PRIVACY = dict.fromkeys(("id", "case", "point", "at", "settled_at", "over_at"), Privacy.PUBLIC)

    class Meta:
        managed = False
        db_table = "casework_pointreached"

    def __str__(self) -> str:
        return str(self.pk)


Heard = TypeVar("Heard", bound=models.Model)


class HeardQuerySet(ScopedQuerySet[Heard]):
    """What was answered: for whoever reads answers, and is nobody that they are about."""

    scope_path = "asking__scope"

    def visible_to(self, actor: Actor) -> Self:
        """Those of visible cases, for a reader who has no part in them."""
        rows = super().visible_to(actor)
        if actor.kind is ActorKind.OFFICER:
            mine = Q() if actor.can(Permission.VOICE_READ) else Q(pk__in=[])
            rows = rows.filter(mine).exclude(about("asking__case", actor.id))
        return rows


class VoiceAnswer(models.Model):
    """What somebody answered when they were asked once, or that they skipped it all. Append-only.

    `answers` has a code for each question that was asked [casework/voice/questions.py]. It has no scope of its own,
    so that no trail of the case shows that there was an answer, or when.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    asking = models.OneToOneField(Asking, on_delete=models.PROTECT, related_name="answer")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    skipped = models.BooleanField()
    answers = models.JSONField(default=dict, blank=True)
    unsafe = models.BooleanField()
    complaint = models.BooleanField()
    has_words = models.BooleanField()

    objects = HeardQuerySet["VoiceAnswer"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "asking": Privacy.APART,
        "force": Privacy.PUBLIC,
        "at": Privacy.PUBLIC,
        "skipped": Privacy.APART,
        "answers": Privacy.APART,
        "unsafe": Privacy.APART,
        "complaint": Privacy.APART,
        "has_words": Privacy.APART,
    }

    class Meta:
        ordering = ("-at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(skipped=False)
                | Q(answers={}, unsafe=False, complaint=False, has_words=False),
                name="voice_skipped_says_nothing",
            ),
        )
        indexes = (models.Index(fields=("force", "at"), name="voice_force_at"),)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def wants_reading(self) -> bool:
        """Whether somebody must read it: it holds a concern, a complaint, or words of their own."""
        return self.unsafe or self.complaint or self.has_words


class VoiceWords(models.Model):
    """What somebody said in their own words, kept apart from their answers. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    asking = models.OneToOneField(Asking, on_delete=models.PROTECT, related_name="words")
    words = EncryptedTextField()

    objects = HeardQuerySet["VoiceWords"].as_manager()

    PRIVACY = {"id": Privacy.PUBLIC, "asking": Privacy.APART, "words": Privacy.SEALED}

    def __str__(self) -> str:
        return str(self.pk)


class VoiceDealing(models.Model):
    """Somebody read what a person said, and says what was done about it. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    asking = models.OneToOneField(Asking, on_delete=models.PROTECT, related_name="dealing")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done = models.CharField(_("what was done"), max_length=10, choices=VoiceDone.choices)
    words = EncryptedTextField(_("how"))

    objects = HeardQuerySet["VoiceDealing"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "asking": Privacy.APART,
        "at": Privacy.PUBLIC,
        "by": Privacy.PUBLIC,
        "done": Privacy.APART,
        "words": Privacy.SEALED,
    }

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="voice_dealing_has_words"),
        )

    def __str__(self) -> str:
        return str(self.pk)
