"""How long a closed case is kept: legal holds, reviews by group, and the certificates of what was disposed of."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.sealed
from accounts import guards

HANG_ON_CASES = ("casework_legalhold", "casework_retentionreview")
CERTIFICATES = "casework_disposalcertificate"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_sandbox"),
        ("casework", "0028_copies_to_give_away"),
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
                    ("retention", "How long it is kept"),
                    ("pack", "Copy of the record, to give away"),
                    ("sought", "Looked into who searched for this person"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="DisposalCertificate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("1", "Group 1: danger to the public, or a serious offence"),
                            ("2", "Group 2: another serious, sexual or violent offence"),
                            ("3", "Group 3: any other offence"),
                            ("4", "Group 4: no offence, or nothing detected"),
                        ],
                        max_length=1,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("person_kept", models.BooleanField()),
                ("counts", models.JSONField()),
                ("hashes", models.JSONField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.force",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "pk"),
                "indexes": [models.Index(fields=["force", "-at"], name="certificate_of_force")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                        name="certificate_by_two",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("recorded_at", models.DateTimeField()),
                ("why", accounts.sealed.EncryptedTextField(verbose_name="why must it be kept?")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                        related_name="legal_holds",
                        to="casework.case",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="legal_hold_ended_by_and_at",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionReview",
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
                    "group",
                    models.CharField(
                        choices=[
                            ("1", "Group 1: danger to the public, or a serious offence"),
                            ("2", "Group 2: another serious, sexual or violent offence"),
                            ("3", "Group 3: any other offence"),
                            ("4", "Group 4: no offence, or nothing detected"),
                        ],
                        max_length=1,
                        verbose_name="group",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("keep", "Keep it, and review it again"),
                            ("dispose", "Dispose of it, when a second person agrees"),
                        ],
                        max_length=10,
                        verbose_name="what happens to it",
                    ),
                ),
                ("reason", accounts.sealed.EncryptedTextField(verbose_name="why")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("agreed", models.BooleanField(blank=True, null=True)),
                (
                    "note",
                    accounts.sealed.EncryptedTextField(
                        blank=True, verbose_name="what you checked, or why not"
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
                        related_name="retention_reviews",
                        to="casework.case",
                    ),
                ),
                (
                    "decided_by",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="disposal_needs_second_person",
                        violation_error_message="You proposed it. A second person must decide.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agreed__isnull", True),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                            ),
                            models.Q(
                                ("agreed__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("decision", "dispose"),
                            ),
                            _connector="OR",
                        ),
                        name="disposal_decided_by_and_at",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at__isnull", True), ("decision", "dispose")),
                        fields=("case",),
                        name="disposal_one_undecided",
                        violation_error_message="It is proposed already, and waits for a second person.",
                    ),
                ],
            },
        ),
        *(guards.scoped(table) for table in HANG_ON_CASES),
        *(guards.never_deleted(table) for table in HANG_ON_CASES),
        guards.audited("casework_legalhold", redacted=("why",)),
        guards.audited("casework_retentionreview", redacted=("reason", "note")),
        guards.walled(CERTIFICATES, web=guards.OWN_FORCE),
        guards.append_only(CERTIFICATES),
        guards.audited(CERTIFICATES),
        # Only what disposes writes one.
        migrations.RunSQL(
            f"REVOKE INSERT ON {CERTIFICATES} FROM holdfast_web, holdfast_engine;",
            f"GRANT INSERT ON {CERTIFICATES} TO holdfast_web, holdfast_engine;",
        ),
    ]
