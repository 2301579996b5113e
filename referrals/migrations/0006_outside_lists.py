"""Lists from outside, what of them does not agree with our record, and references as they are compared."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards

OF_CASE_OR_FORCE = (
    f"CASE WHEN {{table}}.scope_id IS NULL THEN {guards.OWN_FORCE}"
    f" AND (SELECT accounts_ctx('reach')) = 'force' ELSE {guards.SEES_SCOPE} END"
)
# "nrm 123-456" and "NRM123456" are one: `referrals.outside.key` says the same in Python.
KEY = migrations.RunSQL(
    """
    CREATE FUNCTION referrals_reference_key(written text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS
        $$ SELECT upper(regexp_replace(written, '[^A-Za-z0-9]', '', 'g')) $$;
    CREATE INDEX nrm_reference_key ON casework_nrmreferral (referrals_reference_key(home_office_reference))
        WHERE home_office_reference <> '';
    """,
    """
    DROP INDEX nrm_reference_key;
    DROP FUNCTION referrals_reference_key(text);
    """,
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_leaving"),
        ("casework", "0019_transfers"),
        ("referrals", "0005_referrals_of_a_case_taken_over"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OutsideList",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nrm", "The Home Office's list of our national referrals"),
                            ("agency", "A support agency's list of our referrals"),
                        ],
                        max_length=10,
                        verbose_name="which list",
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField()),
                ("rows", models.JSONField(blank=True, default=list)),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
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
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-uploaded_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Mismatch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (
                                "no_case",
                                "The Home Office has this reference, and no case here has it",
                            ),
                            (
                                "not_listed",
                                "Our case has a reference that the Home Office does not list",
                            ),
                            (
                                "decision",
                                "The Home Office lists a decision that is not recorded here",
                            ),
                            ("not_accepted", "The agency lists it, and it is not accepted here"),
                            (
                                "not_supported",
                                "It is accepted here, and the agency does not list it as so",
                            ),
                            (
                                "contact",
                                "The agency has reached the person, and that is not recorded here",
                            ),
                        ],
                        max_length=15,
                    ),
                ),
                ("reference", models.CharField(max_length=50, verbose_name="reference")),
                (
                    "stage",
                    models.CharField(blank=True, max_length=20, verbose_name="what the list says"),
                ),
                ("on", models.DateField(blank=True, null=True, verbose_name="day in the list")),
                ("found_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "note",
                    models.TextField(
                        blank=True, verbose_name="what you found out, and what was done"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
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
                    "nrm",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.nrmreferral",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.supportreferral",
                    ),
                ),
                (
                    "resolved_by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.scope",
                    ),
                ),
                (
                    "found_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mismatches",
                        to="referrals.outsidelist",
                    ),
                ),
            ],
            options={
                "ordering": ("-found_at", "reference", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="outsidelist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", False), ("kind", "agency")),
                    models.Q(("agency__isnull", True), ("kind", "nrm")),
                    _connector="OR",
                ),
                name="outside_list_names_agency",
                violation_error_message="Choose the agency whose list this is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mismatch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agreed_at__isnull", True), ("resolved_at__isnull", True)),
                fields=("force", "agency", "kind", "reference", "stage", "on"),
                name="mismatch_owed_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="mismatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("note", ""), ("resolved_at__isnull", True), ("resolved_by__isnull", True)
                    ),
                    models.Q(
                        ("resolved_at__isnull", False),
                        ("resolved_by__isnull", False),
                        models.Q(("note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="mismatch_resolved_with_note",
                violation_error_message="Say what you found out, and what was done.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mismatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", True), ("scope__isnull", True)),
                    models.Q(("case__isnull", False), ("scope__isnull", False)),
                    _connector="OR",
                ),
                name="mismatch_of_case_or_of_none",
            ),
        ),
        guards.walled("referrals_outsidelist", web=guards.OWN_FORCE),
        guards.audited("referrals_outsidelist", redacted=["rows"]),
        guards.never_deleted("referrals_outsidelist"),
        guards.walled("referrals_mismatch", web=OF_CASE_OR_FORCE),
        guards.audited("referrals_mismatch"),
        guards.never_deleted("referrals_mismatch"),
        KEY,
    ]
