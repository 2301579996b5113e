"""The directory: where, for whom and how accessible a service is, its capacity word by word, and measured answer times."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clocks.clock
from accounts import guards

IS_OFFICER = "(SELECT accounts_ctx('kind')) = 'officer'"
OWN_SERVICE = (
    "EXISTS (SELECT 1 FROM referrals_service s WHERE s.id = {table}.service_id"
    " AND s.agency_id = (SELECT accounts_ctx('agency'))::uuid)"
)
# Numbers over all forces, which nobody may read row by row; of fewer than three answers nothing is said.
ANSWER_TIMES = """
CREATE FUNCTION referrals_answer_times(since timestamptz)
RETURNS TABLE (service_id uuid, answers integer, hours double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.service_id, count(*)::int,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM a.answered_at - a.sent_at) / 3600)
      FROM (SELECT r.service_id, r.sent_at,
                   least(r.accepted_at, r.declined_at,
                         (SELECT min(q.asked_at) FROM referrals_question q WHERE q.referral_id = r.id)) AS answered_at
              FROM referrals_supportreferral r
             WHERE r.sent_at >= since AND r.service_id IS NOT NULL AND r.status <> 'in_error') a
     WHERE a.answered_at IS NOT NULL
     GROUP BY a.service_id HAVING count(*) >= 3
$$;
REVOKE EXECUTE ON FUNCTION referrals_answer_times(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals_answer_times(timestamptz) TO holdfast_web, holdfast_engine;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_shifts"),
        ("referrals", "0011_merged_records"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CapacityWord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("places_free", models.PositiveSmallIntegerField(verbose_name="places free")),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-at", "pk"),
            },
        ),
        migrations.AddField(
            model_name="service",
            name="access",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("step_free", "Step-free, with an accessible toilet"),
                        ("sign_language", "British Sign Language"),
                        ("easy_read", "Easy read and plain words"),
                        ("low_vision", "For people with little or no sight"),
                        ("visits", "Visits people where they are"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="accessibility",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="changed_at",
            field=models.DateTimeField(default=clocks.clock.now),
        ),
        migrations.AddField(
            model_name="service",
            name="is_public",
            field=models.BooleanField(default=False, verbose_name="in the public directory"),
        ),
        migrations.AddField(
            model_name="service",
            name="listed_at",
            field=models.DateTimeField(default=clocks.clock.now),
        ),
        migrations.AddField(
            model_name="service",
            name="places",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=100),
                blank=True,
                default=list,
                size=None,
                verbose_name="towns and districts",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="service",
            name="usual_answer_hours",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="usually answers in (hours)"
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(("needs", []), _negated=True),
                name="service_meets_a_need",
                violation_error_message="Choose at least one need that the service meets.",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_public", False),
                    models.Q(("needs__contains", ["safe_house"]), _negated=True),
                    ("places", []),
                    _connector="OR",
                ),
                name="service_safe_house_tells_no_place",
                violation_error_message="A safe place to stay is shown to the public without towns or districts.",
            ),
        ),
        migrations.AddField(
            model_name="capacityword",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.agency"
            ),
        ),
        migrations.AddField(
            model_name="capacityword",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="capacityword",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="capacity_words",
                to="referrals.service",
            ),
        ),
        migrations.AddIndex(
            model_name="capacityword",
            index=models.Index(fields=["service", "-at"], name="capacity_latest"),
        ),
        guards.walled(
            "referrals_service", web="true", check=f"{IS_OFFICER} OR {guards.OWN_AGENCY}"
        ),
        guards.walled(
            "referrals_service_forces", web="true", check=f"{IS_OFFICER} OR {OWN_SERVICE}"
        ),
        guards.walled(
            "referrals_capacityword",
            web=f"{IS_OFFICER} OR {guards.OWN_AGENCY}",
            check=f"{guards.OWN_AGENCY} AND {OWN_SERVICE}",
        ),
        guards.audited("referrals_capacityword"),
        guards.append_only("referrals_capacityword"),
        migrations.RunSQL(ANSWER_TIMES, "DROP FUNCTION referrals_answer_times(timestamptz);"),
    ]
