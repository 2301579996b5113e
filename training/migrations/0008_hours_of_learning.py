"""How many hours officers learn: of courses, and of what they learn beside them."""

import uuid
from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards

# What somebody said that they learned stays as they said it; it is seen once, or taken back once.
KEPT = """
CREATE FUNCTION training_learning_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.user_id, OLD.done_on, OLD.kind, OLD.about, OLD.hours, OLD.recorded_at)
           IS DISTINCT FROM (NEW.user_id, NEW.done_on, NEW.kind, NEW.about, NEW.hours, NEW.recorded_at)
       OR (OLD.seen_at IS NOT NULL AND (OLD.seen_at, OLD.seen_by_id) IS DISTINCT FROM (NEW.seen_at, NEW.seen_by_id))
       OR (OLD.taken_back_at IS NOT NULL AND OLD.taken_back_at IS DISTINCT FROM NEW.taken_back_at) THEN
        RAISE EXCEPTION 'What somebody learned stays as it was said.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER learning_kept BEFORE UPDATE ON training_learning
    FOR EACH ROW EXECUTE FUNCTION training_learning_kept();
"""
NOT_KEPT = """
DROP TRIGGER learning_kept ON training_learning;
DROP FUNCTION training_learning_kept();
"""
OF_OWN_PEOPLE = (
    "{table}.user_id IN (SELECT u.id FROM accounts_user u"
    " WHERE u.force_id = (SELECT accounts_ctx('force'))::uuid)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0027_who_holds_a_role"),
        ("training", "0007_ways_and_equivalents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Learning",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("done_on", models.DateField(verbose_name="when was it?")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("briefing", "A briefing or talk"),
                            ("conference", "A conference or seminar"),
                            ("reading", "Reading, or learning online"),
                            ("coaching", "Coaching, mentoring or shadowing"),
                            ("review", "A debrief or a review of a case"),
                            ("teaching", "Teaching others"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                        verbose_name="what was it?",
                    ),
                ),
                ("about", models.CharField(max_length=200, verbose_name="what was it about?")),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=1, max_digits=4, verbose_name="how many hours did it take?"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-done_on", "pk"),
            },
        ),
        migrations.AddField(
            model_name="course",
            name="hours",
            field=models.DecimalField(
                blank=True,
                decimal_places=1,
                help_text="Empty: whoever records it says how long it took.",
                max_digits=4,
                null=True,
                verbose_name="usually takes (hours)",
            ),
        ),
        migrations.AddField(
            model_name="trainingrecord",
            name="hours",
            field=models.DecimalField(
                blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="hours it took"
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hours__isnull", True),
                    ("hours__range", (Decimal("0.5"), Decimal("400"))),
                    _connector="OR",
                ),
                name="course_takes_a_while",
                violation_error_message="It must take between half an hour and 400 hours.",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hours__isnull", True),
                    ("hours__range", (Decimal("0.5"), Decimal("400"))),
                    _connector="OR",
                ),
                name="training_took_a_while",
                violation_error_message="It must take between half an hour and 400 hours.",
            ),
        ),
        migrations.AddField(
            model_name="learning",
            name="seen_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="learning",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="learning",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="learning",
            index=models.Index(fields=["user", "done_on"], name="learning_of_a_year"),
        ),
        migrations.AddConstraint(
            model_name="learning",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at__isnull", True)),
                fields=("user", "done_on", "kind", "about"),
                name="learning_once",
                violation_error_message="You have added this already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="learning",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__range", (Decimal("0.5"), Decimal("24")))),
                name="learning_fits_a_day",
                violation_error_message="It must take between half an hour and 24 hours.",
            ),
        ),
        migrations.AddConstraint(
            model_name="learning",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seen_at__isnull", True), ("seen_by__isnull", True)),
                    models.Q(
                        ("seen_at__isnull", False),
                        ("seen_by__isnull", False),
                        ("taken_back_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="learning_seen_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="learning",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("seen_by__isnull", True),
                    models.Q(("seen_by", models.F("user")), _negated=True),
                    _connector="OR",
                ),
                name="learning_seen_by_another",
                violation_error_message="Somebody else must see it.",
            ),
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
        guards.walled("training_learning", web=OF_OWN_PEOPLE),
        guards.audited("training_learning", redacted=["about"]),
        guards.never_deleted("training_learning"),
    ]
