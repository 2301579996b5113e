"""Calendars, their days, and deadlines."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        # A trusted extension: whoever may create in this database may add it. It stays on
        # reversal, because others may use it.
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Calendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="name in addresses")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "nation",
                    models.CharField(
                        choices=[
                            ("england-wales", "England and Wales"),
                            ("scotland", "Scotland"),
                            ("northern-ireland", "Northern Ireland"),
                        ],
                        max_length=20,
                        verbose_name="nation",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                (
                    "ends_on",
                    models.DateField(
                        help_text="The horizon: no working day is known after it.",
                        verbose_name="last day",
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(
                        editable=False,
                        help_text="Changes whenever a day of it changes.",
                        max_length=64,
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar",
                "verbose_name_plural": "calendars",
                "ordering": ("slug",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="clocks_calendar_has_days",
                        violation_error_message="The last day must be after the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nation__in", ["england-wales", "scotland", "northern-ireland"])
                        ),
                        name="clocks_calendar_nation_known",
                        violation_error_message="Choose one of the nations.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.SlugField(max_length=60, verbose_name="rule")),
                (
                    "clock",
                    models.SlugField(default="standard", max_length=30, verbose_name="clock"),
                ),
                (
                    "nation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("england-wales", "England and Wales"),
                            ("scotland", "Scotland"),
                            ("northern-ireland", "Northern Ireland"),
                        ],
                        help_text="Empty: all.",
                        max_length=20,
                        verbose_name="nation",
                    ),
                ),
                ("amount", models.PositiveIntegerField(verbose_name="amount")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("hours", "hours"),
                            ("calendar_days", "calendar days"),
                            ("working_days", "working days"),
                        ],
                        max_length=15,
                        verbose_name="counted in",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="in force from")),
                (
                    "valid_to",
                    models.DateField(
                        blank=True,
                        help_text="The first day it no longer holds.",
                        null=True,
                        verbose_name="in force until",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("sourced", "sourced"),
                            ("force_default", "force default"),
                            ("unverified", "unverified"),
                        ],
                        max_length=15,
                        verbose_name="status",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("duty", models.CharField(max_length=300, verbose_name="duty")),
            ],
            options={
                "verbose_name": "deadline",
                "verbose_name_plural": "deadlines",
                "ordering": ("rule", "clock", "nation", "valid_from"),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=(
                            ("rule", "="),
                            ("clock", "="),
                            ("nation", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ),
                        name="clocks_deadline_one_at_a_time",
                        violation_error_message="Another deadline already holds on some of these days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="clocks_deadline_ends_after_start",
                        violation_error_message="A deadline must end after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("amount__lte", 100000)),
                        name="clocks_deadline_amount_sane",
                        violation_error_message="Give an amount between 0 and 100,000.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nation__in", ["", "england-wales", "scotland", "northern-ireland"]),
                            ("status__in", ["sourced", "force_default", "unverified"]),
                            ("unit__in", ["hours", "calendar_days", "working_days"]),
                        ),
                        name="clocks_deadline_choices_known",
                        violation_error_message="Choose a unit, a nation and a status from the lists.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rule", ""), _negated=True),
                            models.Q(("clock", ""), _negated=True),
                            models.Q(("source", ""), _negated=True),
                            models.Q(("duty", ""), _negated=True),
                        ),
                        name="clocks_deadline_says_why",
                        violation_error_message="Say which duty this is and where it comes from.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "version of the clocks",
                "verbose_name_plural": "versions of the clocks",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="clocks_version_only_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("falls_on", models.DateField(verbose_name="date")),
                ("working", models.BooleanField(verbose_name="is a working day")),
                ("ordinal", models.IntegerField(verbose_name="working days so far")),
                (
                    "name",
                    models.CharField(blank=True, max_length=200, verbose_name="why it is off"),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="clocks.calendar",
                    ),
                ),
            ],
            options={
                "verbose_name": "day",
                "verbose_name_plural": "days",
                "ordering": ("calendar", "falls_on"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("calendar", "falls_on"),
                        include=("working", "ordinal"),
                        name="clocks_day_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("working", True)),
                        fields=("calendar", "ordinal"),
                        include=("falls_on",),
                        name="clocks_day_ordinal_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DayOverride",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("falls_on", models.DateField(verbose_name="date")),
                ("working", models.BooleanField(default=False, verbose_name="is a working day")),
                ("name", models.CharField(max_length=100, verbose_name="what the day is")),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overrides",
                        to="clocks.calendar",
                    ),
                ),
            ],
            options={
                "verbose_name": "day decided by hand",
                "verbose_name_plural": "days decided by hand",
                "ordering": ("calendar", "falls_on"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("calendar", "falls_on"),
                        name="clocks_override_once_a_day",
                        violation_error_message="This day has already been decided.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="clocks_override_says_what",
                        violation_error_message="Say what the day is.",
                    ),
                ],
            },
        ),
    ]
