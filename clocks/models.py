"""The room of calendars (which days count) and deadlines (how long is allowed)."""

from datetime import date
from functools import lru_cache

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from clocks.days import MOST, Unit, WorkingDays


class Nation(models.TextChoices):
    """A part of the United Kingdom with bank holidays of its own."""

    ENGLAND_WALES = "england-wales", _("England and Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")


class Calendar(models.Model):
    """The days that count for a nation, or for a force with days off of its own."""

    slug = models.SlugField(_("name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    nation = models.CharField(_("nation"), max_length=20, choices=Nation.choices)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(
        _("last day"), help_text=_("The horizon: no working day is known after it.")
    )
    fingerprint = models.CharField(
        max_length=64, editable=False, help_text=_("Changes whenever a day of it changes.")
    )

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ("slug",)
        constraints = (
            models.CheckConstraint(
                name="clocks_calendar_has_days",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The last day must be after the first."),
            ),
            models.CheckConstraint(
                name="clocks_calendar_nation_known",
                condition=Q(nation__in=Nation.values),
                violation_error_message=_("Choose one of the nations."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_national(self) -> bool:
        """Whether it is the nation's own; a force's calendar adds to the nation's of its own."""
        return self.slug == self.nation

    def days_off(self, *, since: date) -> list["CalendarDay"]:
        """From that day on, what is not simply a weekday or a weekend, in order; two queries.

        Each says `is_own` when this force decided it, and `is_to_come` when it has not begun on `since`.
        """
        own = set() if self.is_national else set(self.overrides.values_list("falls_on", flat=True))
        days = list(self.days.filter(falls_on__gte=since).exclude(name="").order_by("falls_on"))
        for day in days:
            day.is_own, day.is_to_come = day.falls_on in own, day.falls_on > since
        return days

    def working_days(self) -> WorkingDays:
        """The days for the arithmetic of `clocks.due_at`; one query, then remembered."""
        return _working_days(self.pk, self.starts_on, self.ends_on, self.fingerprint)


@lru_cache(maxsize=64)
def _working_days(pk: int, starts_on: date, ends_on: date, fingerprint: str) -> WorkingDays:
    # The fingerprint is of the days themselves, so what is remembered under it stays true.
    working = CalendarDay.objects.filter(calendar_id=pk, working=True)
    return WorkingDays.of(starts_on, ends_on, working.values_list("falls_on", flat=True))


class DayOverride(models.Model):
    """A day that a person decided: off for this calendar, or worked although it was off."""

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="overrides")
    falls_on = models.DateField(_("date"))
    working = models.BooleanField(_("is a working day"), default=False)
    name = models.CharField(_("what the day is"), max_length=100)

    class Meta:
        verbose_name = _("day decided by hand")
        verbose_name_plural = _("days decided by hand")
        ordering = ("calendar", "falls_on")
        constraints = (
            models.UniqueConstraint(
                fields=("calendar", "falls_on"),
                name="clocks_override_once_a_day",
                violation_error_message=_("This day has already been decided."),
            ),
            models.CheckConstraint(
                name="clocks_override_says_what",
                condition=~Q(name=""),
                violation_error_message=_("Say what the day is."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.falls_on}: {self.name}"


class CalendarDay(models.Model):
    """One day of one calendar: whether it counts, and how many have counted up to its end."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="days")
    falls_on = models.DateField(_("date"))
    working = models.BooleanField(_("is a working day"))
    ordinal = models.IntegerField(_("working days so far"))
    name = models.CharField(_("why it is off"), max_length=200, blank=True)

    is_own: bool  # both as `Calendar.days_off` says
    is_to_come: bool

    class Meta:
        verbose_name = _("day")
        verbose_name_plural = _("days")
        ordering = ("calendar", "falls_on")
        constraints = (
            models.UniqueConstraint(
                fields=("calendar", "falls_on"),
                name="clocks_day_once",
                include=("working", "ordinal"),
            ),
            models.UniqueConstraint(
                fields=("calendar", "ordinal"),
                condition=Q(working=True),
                include=("falls_on",),
                name="clocks_day_ordinal_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.falls_on}"


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Deadlines, and which of them holds on a day."""

    def in_force(self, *, rule: str, clock: str, nation: str, on: date) -> "Deadline | None":
        """The row that holds on `on`: the nation's own before the one for all; None if neither."""
        return (
            self.filter(rule=rule, clock=clock, nation__in=("", nation), valid_from__lte=on)
            .filter(Q(valid_to=None) | Q(valid_to__gt=on))
            .order_by("-nation")
            .first()
        )


class Deadline(models.Model):
    """How long one duty may take, from one date to another, and who says so."""

    class Status(models.TextChoices):
        """How far the number can be relied on."""

        SOURCED = "sourced", _("sourced")
        FORCE_DEFAULT = "force_default", _("force default")
        UNVERIFIED = "unverified", _("unverified")

    rule = models.SlugField(_("rule"), max_length=60)
    clock = models.SlugField(_("clock"), max_length=30, default="standard")
    nation = models.CharField(
        _("nation"), max_length=20, choices=Nation.choices, blank=True, help_text=_("Empty: all.")
    )
    amount = models.PositiveIntegerField(_("amount"))
    unit = models.CharField(_("counted in"), max_length=15, choices=Unit.choices)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(
        _("in force until"), null=True, blank=True, help_text=_("The first day it no longer holds.")
    )
    status = models.CharField(_("status"), max_length=15, choices=Status.choices)
    source = models.CharField(_("source"), max_length=300)
    duty = models.CharField(_("duty"), max_length=300)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ("rule", "clock", "nation", "valid_from")
        constraints = (
            ExclusionConstraint(
                name="clocks_deadline_one_at_a_time",
                expressions=(
                    ("rule", RangeOperators.EQUAL),
                    ("clock", RangeOperators.EQUAL),
                    ("nation", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from",
                            "valid_to",
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                violation_error_message=_("Another deadline already holds on some of these days."),
            ),
            models.CheckConstraint(
                name="clocks_deadline_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("A deadline must end after it begins."),
            ),
            models.CheckConstraint(
                name="clocks_deadline_amount_sane",
                condition=Q(amount__gte=0, amount__lte=MOST),
                violation_error_message=_("Give an amount between 0 and 100,000."),
            ),
            models.CheckConstraint(
                name="clocks_deadline_choices_known",
                condition=Q(
                    unit__in=Unit.values,
                    nation__in=["", *Nation.values],
                    status__in=["sourced", "force_default", "unverified"],
                ),
                violation_error_message=_("Choose a unit, a nation and a status from the lists."),
            ),
            models.CheckConstraint(
                name="clocks_deadline_says_why",
                condition=~Q(rule="") & ~Q(clock="") & ~Q(source="") & ~Q(duty=""),
                violation_error_message=_("Say which duty this is and where it comes from."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} ({self.clock}): {self.amount} {self.unit}"


class Version(models.Model):
    """How often a day or a deadline has changed: the engine recomputes open due times on change."""

    number = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("version of the clocks")
        verbose_name_plural = _("versions of the clocks")
        constraints = (models.CheckConstraint(name="clocks_version_only_one", condition=Q(id=1)),)

    def __str__(self) -> str:
        return f"{self.number}"
