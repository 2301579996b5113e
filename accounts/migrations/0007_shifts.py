"""When somebody is on duty, so that what cannot wait reaches a person who is."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards

# By the wall in London: on the two nights when clocks change a shift is an hour longer or shorter, as it is worked.
ON_DUTY = """
CREATE FUNCTION accounts_on_duty(person uuid, moment timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT accounts_present(person, moment) AND coalesce(
        (SELECT c.on_duty FROM accounts_shiftchange c
          WHERE c.user_id = person AND c.starts_at <= moment AND c.ends_at > moment
          ORDER BY c.recorded_at DESC, c.id LIMIT 1),
        NOT EXISTS (SELECT 1 FROM accounts_shift s WHERE s.user_id = person)
        OR EXISTS (
            SELECT 1 FROM accounts_shift s, (SELECT moment AT TIME ZONE 'Europe/London' AS at) wall
             WHERE s.user_id = person
               AND ((s.weekday = extract(isodow FROM wall.at) AND wall.at::time >= s.starts
                     AND (s.ends <= s.starts OR wall.at::time < s.ends))
                    OR (s.weekday = extract(isodow FROM wall.at - interval '1 day')
                        AND s.ends <= s.starts AND wall.at::time < s.ends))))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_leaving"),
    ]

    operations = [
        migrations.CreateModel(
            name="Shift",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Monday"),
                            (2, "Tuesday"),
                            (3, "Wednesday"),
                            (4, "Thursday"),
                            (5, "Friday"),
                            (6, "Saturday"),
                            (7, "Sunday"),
                        ],
                        verbose_name="day",
                    ),
                ),
                ("starts", models.TimeField(verbose_name="from")),
                ("ends", models.TimeField(verbose_name="until")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("weekday",),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "weekday"), name="shift_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__gte", 1), ("weekday__lte", 7)),
                        name="shift_on_a_day_of_the_week",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on_duty", models.BooleanField(verbose_name="on duty")),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="until")),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shift_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-starts_at", "-recorded_at"),
                "indexes": [models.Index(fields=["user", "ends_at"], name="shift_change_of_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="shift_change_ends_after_start",
                        violation_error_message="It must end after it starts.",
                    )
                ],
            },
        ),
        guards.never_deleted("accounts_shiftchange"),
        guards.audited("accounts_shift"),
        guards.audited("accounts_shiftchange"),
        migrations.RunSQL(ON_DUTY, "DROP FUNCTION accounts_on_duty(uuid, timestamptz);"),
    ]
