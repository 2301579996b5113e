"""The room of who is here: forces, units, officers, agencies, absence, and whose each record is."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication

import accounts.chained
import accounts.exported
import accounts.signing_in
import accounts.specialists  # noqa: F401
from accounts.permissions import Role
from accounts.reasons import AsksWhy
from clocks.models import Calendar, Nation


class Force(models.Model):
    """A police force: the outermost wall around its records."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=200)
    nation = models.CharField(_("nation"), max_length=20, choices=Nation.choices)
    calendar = models.ForeignKey(
        Calendar, verbose_name=_("calendar"), on_delete=models.PROTECT, related_name="+"
    )
    asks_why = models.CharField(
        _("who is asked why they open a case"),
        max_length=12,
        choices=AsksWhy.choices,
        default=AsksWhy.OTHER_UNITS,
        db_default=AsksWhy.OTHER_UNITS,
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A police team that holds cases. A case always has one, so it is never nobody's."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="units")
    slug = models.SlugField()
    name = models.CharField(_("name"), max_length=200)
    duty_phone = models.CharField(_("duty phone"), max_length=40, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("force", "slug"), name="unit_slug_in_force"),
        )

    def __str__(self) -> str:
        return self.name


class AgencyManager(models.Manager["Agency"]):
    """The agencies that there are; none of the twins in which they try things out."""

    def get_queryset(self) -> models.QuerySet["Agency"]:
        """Real agencies only."""
        return super().get_queryset().filter(sandbox_of__isnull=True)


class Agency(models.Model):  # type: ignore[django-manager-missing]
    """An organisation that supports people: it accepts referrals and answers for them.

    Its sandbox is an agency of its own, a twin that nobody refers to (`sandbox_of`): so the walls around an agency's
    rows are those between invented and real ones. Only `every` knows the twins. [ADR 0012]

    Forces share agencies, and whoever signs in for one reads what every force sent to it. So one force looks after who
    that is (`kept_by`), the one that added it; while it is nobody's, the first whose administrator changes it takes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=200)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("takes referrals"), default=True)
    kept_by = models.ForeignKey(
        Force,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("force that looks after it"),
    )
    sandbox_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="sandbox"
    )

    objects = AgencyManager()
    every = models.Manager["Agency"]()

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class UserQuerySet(models.QuerySet["User"]):
    """People, by whether they are here."""

    def active(self) -> "UserQuerySet":
        """Those who have not left."""
        return self.filter(is_active=True)

    def holding(self, role: Role) -> "UserQuerySet":
        """Those who hold the role now."""
        return self.filter(roles__role=role)

    def present(self, at: datetime) -> "UserQuerySet":
        """Those who have not left and are not absent at that time."""
        absent = Absence.objects.filter(starts_at__lte=at, ends_at__gt=at).values("user")
        return self.active().exclude(pk__in=absent)


_UsersByPresence = BaseUserManager.from_queryset(UserQuerySet)


class UserManager(_UsersByPresence["User"]):
    """Makes people with a hashed password; there is no superuser in Holdfast."""

    def create_user(
        self, *, username: str, password: str | None = None, **fields: object
    ) -> "User":
        """A person who can sign in when a password is given."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class OfficerGender(models.TextChoices):
    """How an officer is named to people who would rather speak to a woman or a man; empty: not said."""

    WOMAN = "woman", _("A woman")
    MAN = "man", _("A man")


class User(AbstractBaseUser):  # type: ignore[django-manager-missing]
    """Somebody who signs in: an officer or staff member of a force, or a worker of an agency.

    `name` is what colleagues see ("PC Olu Adeyemi"). Nobody is deleted: a leaver has `left_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    username = models.CharField(_("sign-in name"), max_length=150, unique=True)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("work e-mail"), blank=True)
    mobile = models.CharField(_("work mobile"), max_length=20, blank=True)  # +447700900123
    force = models.ForeignKey(
        Force, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    is_active = models.BooleanField(_("works here"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    languages = models.CharField(_("languages spoken"), max_length=200, blank=True)
    officer_gender = models.CharField(
        _("for people who would rather speak to a woman or a man"),
        max_length=10,
        choices=OfficerGender.choices,
        blank=True,
        default="",
        db_default="",
    )

    objects = UserManager()
    has_second_step = is_warned = False  # asked with who they are in every request [auth.ACTOR]

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                Lower("username"),
                name="user_signin_name_any_case",
                violation_error_message=_("Somebody already has this sign-in name."),
            ),
            models.CheckConstraint(
                condition=Q(force__isnull=True) | Q(agency__isnull=True),
                name="user_force_or_agency",
                violation_error_message=_("A person works for a force or for an agency, not both."),
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(force__isnull=False),
                name="user_unit_needs_force",
                violation_error_message=_("A person in a unit also belongs to its force."),
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(is_active=False),
                name="user_left_is_inactive",
                violation_error_message=_("A person who has left cannot sign in."),
            ),
            models.CheckConstraint(
                condition=Q(mobile="") | Q(mobile__regex=r"^\+[1-9][0-9]{6,14}$"),
                name="user_mobile_is_a_number",
                violation_error_message=_("Enter a mobile number, like 07700 900123."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class RoleHeld(models.Model):
    """A role that a person holds; given by somebody, taken away by deleting the row (audited)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=("role",), name="role_held_by_role"),)
        constraints = (
            models.UniqueConstraint(fields=("user", "role"), name="role_held_once"),
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | ~Q(given_by=F("user")),
                name="role_given_by_another",
                violation_error_message=_("Nobody gives themselves a role."),
            ),
        )

    def __str__(self) -> str:
        return str(Role(self.role).label)


class Supervision(models.Model):
    """Somebody supervises a unit. The lowest `rank` who is present is its duty supervisor."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="supervisions")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="supervisions")
    rank = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        ordering = ("rank", "pk")
        constraints = (models.UniqueConstraint(fields=("unit", "user"), name="supervision_once"),)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.user_id}"


class AbsenceKind(models.TextChoices):
    """Why somebody is away, as far as the force needs to know."""

    LEAVE = "leave", _("Leave")
    SICK = "sick", _("Sick")
    COURSE = "course", _("Course")
    OTHER = "other", _("Other")


class Absence(models.Model):
    """A period in which somebody is away; reminders go to `cover`, or, without one, to the unit."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    cover = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="covers"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=AbsenceKind.choices)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-starts_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),  # equal: called off before it began
                name="absence_ends_after_start",
                violation_error_message=_("The absence must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover=F("user")),
                name="absence_cover_is_another",
                violation_error_message=_("Somebody else must cover."),
            ),
            ExclusionConstraint(
                name="absence_once_at_a_time",
                expressions=(
                    ("user", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                violation_error_message=_("This person is already recorded as away in that time."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_at:%Y-%m-%d}"


class Weekday(models.IntegerChoices):
    """The days of a week, as PostgreSQL counts them (ISO 8601)."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class Shift(models.Model):
    """When somebody is on duty on one day of each week, by the clock on the wall in London.

    One that ends no later than it starts goes on into the next day. Whoever has no shift at all counts as
    always on duty.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="shifts")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))

    class Meta:
        ordering = ("weekday",)
        constraints = (
            models.UniqueConstraint(fields=("user", "weekday"), name="shift_once_a_day"),
            models.CheckConstraint(
                condition=Q(weekday__gte=1, weekday__lte=7), name="shift_on_a_day_of_the_week"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.weekday}"


class ShiftChange(models.Model):
    """For once, somebody is on duty, or is not, whatever their week says. Of two, the later recorded counts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="shift_changes")
    on_duty = models.BooleanField(_("on duty"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-starts_at", "-recorded_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="shift_change_ends_after_start",
                violation_error_message=_("It must end after it starts."),
            ),
        )
        indexes = (models.Index(fields=("user", "ends_at"), name="shift_change_of_user"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_at:%Y-%m-%d}"


class Application(AbstractApplication):  # type: ignore[misc]
    """A key of one agency's own system for the API; never of a person."""

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="applications"
    )
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(AbstractApplication.Meta):  # type: ignore[misc]
        pass

    def is_usable(self, request: object) -> bool:
        """Whether it still opens the API: asked for every token, and by `referrals.auth` for every request."""
        if self.revoked_at is not None or self.agency is None:
            return False
        real: Agency = self.agency.sandbox_of or self.agency
        return real.is_active

    @property
    def in_sandbox(self) -> bool:
        """Whether it opens the sandbox, and nothing real."""
        return self.agency is not None and self.agency.sandbox_of_id is not None


class Restriction(models.TextChoices):
    """How closely a record is held."""

    STANDARD = "standard", _("Standard")
    RESTRICTED = "restricted", _("Restricted")
    COVERT = "covert", _("Covert")


class Scope(models.Model):
    """Whose a record is: force, unit and restriction. Both walls read only this row and its grants."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    restriction = models.CharField(
        max_length=20, choices=Restriction.choices, default=Restriction.STANDARD
    )

    class Meta:
        indexes = (
            models.Index(fields=("force", "unit", "restriction"), name="scope_reach"),
            models.Index(
                fields=("unit",), name="scope_not_standard", condition=~Q(restriction="standard")
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class GrantKind(models.TextChoices):
    """Why somebody may see a record beyond their unit's reach."""

    OWNER = "owner", _("Owner")
    TEAM = "team", _("Named team")
    BREAK_GLASS = "break-glass", _("Emergency access")


class ScopeGrant(models.Model):
    """A named person may see one record, from a time, perhaps until a time."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.CASCADE, related_name="grants")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=GrantKind.choices)
    reason = models.CharField(max_length=500, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("user", "scope"), name="grant_user_scope"),)
        constraints = (
            models.UniqueConstraint(
                fields=("scope", "user", "kind"),
                condition=Q(ends_at__isnull=True),
                name="grant_once_while_open",
            ),
            models.CheckConstraint(
                condition=~Q(kind="break-glass")
                | Q(ends_at__isnull=False, ends_at__lte=F("starts_at") + timedelta(minutes=60)),
                name="grant_in_emergency_for_an_hour",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.scope_id}"


class Tie(models.TextChoices):
    """Why somebody must keep away from a record."""

    THEMSELF = "themself", _("It is about the officer themself")
    FAMILY = "family", _("Family or partner")
    FRIEND = "friend", _("Friend or neighbour")
    COLLEAGUE = "colleague", _("Colleague, or a colleague's family")
    OTHER = "other", _("Another tie")


class ScopeBar(models.Model):
    """A named person may not see one record, whatever their unit, role or grants: a conflict of interest.

    `declared_by` said so; whoever ends it says why, and is neither of the two. One that follows from another
    (`through`), because both records are read as one person's, begins and ends with it by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="bars")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    tie = models.CharField(_("tie"), max_length=12, choices=Tie.choices)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why_ended = models.CharField(_("why it is ended"), max_length=500, blank=True)
    through = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("declared_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("scope", "user"),
                condition=Q(ended_at__isnull=True, through__isnull=True),
                name="bar_once_while_open",
                violation_error_message=_("This case is closed to them already."),
            ),
            models.UniqueConstraint(
                fields=("scope", "through"),
                condition=Q(ended_at__isnull=True, through__isnull=False),
                name="bar_follows_once_while_open",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=True, through__isnull=False)
                | Q(ended_at__isnull=False, ended_by__isnull=False, why_ended__regex=r"\S"),
                name="bar_ended_by_somebody_who_says_why",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True)
                | (~Q(ended_by=F("user")) & ~Q(ended_by=F("declared_by"))),
                name="bar_ended_by_another",
                violation_error_message=_("Another supervisor must end this."),
            ),
        )
        indexes = (
            models.Index(fields=("user",), name="bar_of_user", condition=Q(ended_at__isnull=True)),
        )

    def __str__(self) -> str:
        return str(self.pk)


class AuditEvent(models.Model):
    """Something that was done, seen, looked for or refused: append-only, kept by month [DPA 2018 s62].

    It holds ids and words, no foreign keys, so that it never interferes with live rows.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    force_id = models.UUIDField(null=True)
    agency_id = models.UUIDField(null=True)
    request_id = models.CharField(max_length=64)
    subject = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    scope_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        managed = False
        db_table = "accounts_auditevent"
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.subject_id}"
