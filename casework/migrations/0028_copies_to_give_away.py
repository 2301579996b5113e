"""Copies of the record to give away: prepared, reviewed by a second person, and then as they are."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.sealed
from accounts import guards

TABLES = ("casework_pack", "casework_packitem", "casework_packlift")
STEPS = {
    "draft": ("review", "dropped"),
    "review": ("draft", "ready", "dropped"),
    "ready": ("dropped",),
    "dropped": (),
}
# What a second person was shown is what leaves. The owner's session only seals anew (accounts 0010).
IN_WORK = """
CREATE FUNCTION casework_pack_in_work() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which uuid;
BEGIN
    IF session_user = 'holdfast_owner' AND TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'casework_packitem' THEN
        which := NEW.pack_id;
    ELSE
        SELECT i.pack_id INTO which FROM casework_packitem i WHERE i.id = NEW.item_id;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM casework_pack p WHERE p.id = which AND p.status = 'draft') THEN
        RAISE EXCEPTION 'a copy that is reviewed does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pack_in_work';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER in_work BEFORE INSERT OR UPDATE ON casework_packitem
    FOR EACH ROW EXECUTE FUNCTION casework_pack_in_work();
CREATE TRIGGER in_work BEFORE INSERT ON casework_packlift
    FOR EACH ROW EXECUTE FUNCTION casework_pack_in_work();
"""
ANY_TIME = """
DROP TRIGGER in_work ON casework_packlift;
DROP TRIGGER in_work ON casework_packitem;
DROP FUNCTION casework_pack_in_work();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_what_left"),
        ("casework", "0027_every_key_of_the_ring"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="caseevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("logged", "Concern logged"),
                    ("handed", "Handed to the duty supervisor"),
                    ("sent", "Sent to the duty supervisor"),
                    ("assigned", "Owner assigned"),
                    ("safety", "Immediate safety confirmed"),
                    ("contact", "Contact"),
                    ("note", "Note"),
                    ("told", "They told us"),
                    ("consent", "Consent"),
                    ("safe_contact", "Safe contact rule"),
                    ("crime", "Crime recorded"),
                    ("authority", "Local authority told"),
                    ("needs", "Needs assessed"),
                    ("nrm", "National referral"),
                    ("duty_to_notify", "Duty to notify"),
                    ("guardian", "Guardianship service"),
                    ("investigation", "Investigation"),
                    ("informed", "They were told"),
                    ("enhanced", "Enhanced rights"),
                    ("section_45", "Section 45"),
                    ("immigration", "Immigration enforcement"),
                    ("referral", "Support referral"),
                    ("review", "Supervisor review"),
                    ("risk", "Risk"),
                    ("closing", "Closing asked for"),
                    ("closed", "Closed"),
                    ("returned", "Not closed"),
                    ("reopened", "Reopened"),
                    ("edited", "Details changed"),
                    ("person", "The person"),
                    ("age", "Age"),
                    ("missing", "Missing"),
                    ("lost_contact", "Nobody can reach them"),
                    ("person_left", "Owner left"),
                    ("linked", "Linked to another record of the same person"),
                    ("unlinked", "No longer linked to another record"),
                    ("merged", "Merged with another record of the same person"),
                    ("unmerged", "Parted from a record that it was merged with"),
                    ("operation", "Operation"),
                    ("transfer", "Transfer to another unit"),
                    ("taken_on", "Somebody took on what was late"),
                    ("re_planned", "A due time was moved"),
                    ("pack", "Copy of the record, to give away"),
                    ("sought", "Looked into who searched for this person"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Pack",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("recorded_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("subject_access", "What we hold about the person, for the person"),
                            ("schedule", "Schedule of unused material, for the prosecutors"),
                        ],
                        max_length=20,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Being prepared"),
                            ("review", "Waiting for a second person"),
                            ("ready", "Reviewed: it may leave"),
                            ("dropped", "Dropped"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "review_note",
                    accounts.sealed.EncryptedTextField(
                        blank=True, verbose_name="what you checked, or what is wrong"
                    ),
                ),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "asked",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs",
                        to="casework.investigationevent",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs",
                        to="casework.case",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.scope",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-recorded_at", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PackItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("subject", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("recorded_at", models.DateTimeField(blank=True, null=True)),
                ("content", accounts.sealed.EncryptedTextField()),
                ("description", accounts.sealed.EncryptedTextField(verbose_name="description")),
                ("withheld", models.BooleanField(default=False, verbose_name="left out")),
                ("sensitive", models.BooleanField(default=False, verbose_name="sensitive")),
                ("why", accounts.sealed.EncryptedTextField(blank=True, verbose_name="why")),
                (
                    "pack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="casework.pack",
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.scope",
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="PackLift",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("reason", accounts.sealed.EncryptedTextField(verbose_name="why it may be read")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lifts",
                        to="casework.packitem",
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.scope",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.CheckConstraint(
                condition=models.Q(("by__isnull", False)), name="pack_has_preparer"
            ),
        ),
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by__isnull", True),
                    models.Q(("reviewed_by", models.F("by")), _negated=True),
                    _connector="OR",
                ),
                name="pack_needs_second_person",
                violation_error_message="You prepared it. A second person must review it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "ready"), _negated=True),
                    models.Q(
                        ("reviewed_by__isnull", False), models.Q(("digest", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="pack_ready_is_reviewed",
                violation_error_message="A second person must review it before it may leave.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "subject_access"), _negated=True),
                    ("asked__isnull", False),
                    _connector="OR",
                ),
                name="pack_answers_a_request",
                violation_error_message="Record first that they asked what we hold about them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("draft", "review"))),
                fields=("case", "kind"),
                name="pack_one_in_work",
                violation_error_message="One is being prepared already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="packitem",
            constraint=models.UniqueConstraint(fields=("pack", "position"), name="pack_item_place"),
        ),
        migrations.AddConstraint(
            model_name="packitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sensitive", False), ("withheld", False)),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="pack_item_says_why",
                violation_error_message="Say why it is left out, or why it is sensitive.",
            ),
        ),
        migrations.AddConstraint(
            model_name="packlift",
            constraint=models.UniqueConstraint(fields=("item", "key"), name="pack_lift_once"),
        ),
        migrations.AddConstraint(
            model_name="packlift",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="pack_lift_says_why"
            ),
        ),
        *(guards.scoped(table) for table in TABLES),
        *(guards.never_deleted(table) for table in TABLES[:2]),
        guards.append_only("casework_packlift"),
        guards.audited("casework_pack", redacted=("review_note",)),
        guards.audited("casework_packitem", redacted=("content", "description", "why")),
        guards.audited("casework_packlift", redacted=("reason",)),
        guards.transitions("casework_pack", STEPS),
        migrations.RunSQL(IN_WORK, ANY_TIME),
    ]
