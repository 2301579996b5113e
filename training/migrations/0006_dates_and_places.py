"""When courses are held, and who has a place: never more than there are."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards

# A place is of somebody of the force that holds the date, on a date that is held, and never one more than there are.
# The date's row is locked, so that two who take the last place wait for each other.
PLACES = """
CREATE FUNCTION training_places_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held training_coursedate;
BEGIN
    IF NEW.ended_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO held FROM training_coursedate WHERE id = NEW.date_id FOR UPDATE;
    IF held.called_off_at IS NOT NULL
       OR held.force_id IS DISTINCT FROM (SELECT force_id FROM accounts_user WHERE id = NEW.user_id)
       OR held.places <= (SELECT count(*) FROM training_booking
                           WHERE date_id = NEW.date_id AND ended_at IS NULL AND id <> NEW.id) THEN
        RAISE EXCEPTION 'There is no place on this date for them.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER places_kept BEFORE INSERT OR UPDATE OF date_id, user_id, ended_at ON training_booking
    FOR EACH ROW EXECUTE FUNCTION training_places_kept();

CREATE FUNCTION training_date_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM training_booking WHERE date_id = NEW.id AND ended_at IS NULL)
       > (CASE WHEN NEW.called_off_at IS NULL THEN NEW.places ELSE 0 END) THEN
        RAISE EXCEPTION 'More people have a place than there would be.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER places_kept BEFORE UPDATE OF places, called_off_at ON training_coursedate
    FOR EACH ROW EXECUTE FUNCTION training_date_kept();
"""
UNDONE = """
DROP TRIGGER places_kept ON training_coursedate;
DROP FUNCTION training_date_kept();
DROP TRIGGER places_kept ON training_booking;
DROP FUNCTION training_places_kept();
"""
OF_OWN_PEOPLE = (
    "{table}.user_id IN (SELECT u.id FROM accounts_user u"
    " WHERE u.force_id = (SELECT accounts_ctx('force'))::uuid)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0025_scopes_asked_quicker"),
        ("training", "0005_nrm_reading"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CourseDate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("provider", models.CharField(max_length=200, verbose_name="provider")),
                ("begins_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("where", models.CharField(max_length=200, verbose_name="where is it?")),
                ("places", models.PositiveSmallIntegerField(verbose_name="places")),
                ("added_at", models.DateTimeField()),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "called_off_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dates",
                        to="training.course",
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.force",
                    ),
                ),
            ],
            options={
                "ordering": ("begins_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("booked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("lost", models.BooleanField(default=False, verbose_name="was it called off?")),
                ("known_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attended",
                    models.BooleanField(blank=True, null=True, verbose_name="did they attend?"),
                ),
                ("marked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "booked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        blank=True,
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
                        related_name="bookings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="training.coursedate",
                    ),
                ),
            ],
            options={
                "ordering": ("booked_at", "pk"),
            },
        ),
        migrations.AddIndex(
            model_name="coursedate",
            index=models.Index(fields=["force", "ends_on"], name="course_date_ends"),
        ),
        migrations.AddConstraint(
            model_name="coursedate",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("begins_on"))),
                name="course_date_ends_after_it_begins",
                violation_error_message="The last day must not be before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="coursedate",
            constraint=models.CheckConstraint(
                condition=models.Q(("places__range", (1, 500))),
                name="course_date_has_places",
                violation_error_message="There must be between 1 and 500 places.",
            ),
        ),
        migrations.AddConstraint(
            model_name="coursedate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("called_off_at__isnull", True), ("called_off_by__isnull", True)),
                    models.Q(("called_off_at__isnull", False), ("called_off_by__isnull", False)),
                    _connector="OR",
                ),
                name="course_date_called_off_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("date", "user"),
                name="booking_one_place_each",
                violation_error_message="They have a place on it already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", True), ("ended_by__isnull", True), ("lost", False)
                    ),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="booking_ended_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("attended__isnull", True),
                        ("marked_at__isnull", True),
                        ("marked_by__isnull", True),
                    ),
                    models.Q(
                        ("attended__isnull", False),
                        ("ended_at__isnull", True),
                        ("marked_at__isnull", False),
                        ("marked_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="booking_marked_by_and_at",
            ),
        ),
        migrations.RunSQL(PLACES, UNDONE),
        guards.walled("training_coursedate", web=guards.OWN_FORCE),
        guards.walled("training_booking", web=OF_OWN_PEOPLE),
        guards.audited("training_coursedate"),
        guards.audited("training_booking"),
        guards.never_deleted("training_coursedate"),
        guards.never_deleted("training_booking"),
    ]
