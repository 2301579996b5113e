"""Decisions, the investigation, what the person was told: behind both walls, and never rewritten."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards

TABLES = {
    "nrmevent": (),
    "guardianreferral": (),
    "investigationevent": (),
    "informed": ("channel",),
    "section45": (),
    "immigrationshare": (),
}
# Two rows are completed by a second person; the others are never touched again.
REWRITTEN = {"section45", "immigrationshare"}
WERE = {
    "submitted": ["rg_positive", "rg_negative", "withdrawn"],
    "rg_positive": ["cg_positive", "cg_negative", "withdrawn"],
    "rg_negative": ["rg_positive"],
    "cg_negative": ["cg_positive"],
}
ARE = WERE | {
    "rg_positive": ["cg_positive", "cg_negative", "disqualified", "withdrawn"],
    "cg_positive": ["disqualified"],
    "disqualified": ["rg_positive", "cg_positive"],
}
_NOW, _BEFORE = (
    guards.transitions("casework_nrmreferral", ARE),
    guards.transitions("casework_nrmreferral", WERE),
)
TRANSITIONS = migrations.RunSQL(
    f"{_BEFORE.reverse_sql} {_NOW.sql}", f"{_NOW.reverse_sql} {_BEFORE.sql}"
)
# Whatever path a charge of the person comes by: it was considered, in this case, and a second officer agreed.
CHARGE = migrations.RunSQL(
    """
    CREATE FUNCTION casework_charge_was_considered() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM casework_section45 s
                        WHERE s.id = NEW.section_45_id AND s.case_id = NEW.case_id AND s.agreed
                          AND s.outcome <> 'may_apply' AND s.reviewed_at <= NEW.recorded_at) THEN
            RAISE EXCEPTION 'no charge without a reviewed consideration of section 45'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'happening_charge_needs_section_45';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER charge_was_considered BEFORE INSERT ON casework_investigationevent
        FOR EACH ROW WHEN (NEW.kind = 'person_charged')
        EXECUTE FUNCTION casework_charge_was_considered();
    """,
    """
    DROP TRIGGER charge_was_considered ON casework_investigationevent;
    DROP FUNCTION casework_charge_was_considered();
    """,
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_names_and_absences"),
        ("casework", "0008_linking_and_operations"),
        ("victims", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GuardianReferral",
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
                    "outcome",
                    models.CharField(
                        choices=[
                            ("referred", "Referred to the guardianship service"),
                            ("no_service", "No such service here: the local authority knows"),
                        ],
                        max_length=15,
                        verbose_name="what was done",
                    ),
                ),
                (
                    "reference",
                    models.CharField(blank=True, max_length=50, verbose_name="their reference"),
                ),
            ],
            options={
                "ordering": ("-at", "-recorded_at", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImmigrationShare",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("recorded_at", models.DateTimeField()),
                ("recipient", models.CharField(max_length=200, verbose_name="who would be told")),
                ("what", models.TextField(verbose_name="what would be shared")),
                ("basis", models.CharField(max_length=300, verbose_name="which law allows it")),
                ("necessity", models.TextField(verbose_name="why it is necessary")),
                (
                    "person_told",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("not_known", "Not known"),
                            ("not_asked", "Not asked"),
                            ("declined", "Did not want to say"),
                        ],
                        max_length=10,
                        verbose_name="does the person know?",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("approved", models.BooleanField(blank=True, null=True)),
                ("decision_note", models.TextField(blank=True, verbose_name="why")),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-at", "-recorded_at", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Informed",
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
                    "subject",
                    models.CharField(
                        choices=[
                            (
                                "report",
                                "In writing: the crime number, who their officer is, what happens next",
                            ),
                            ("compensation", "How they can ask for compensation"),
                            ("happening", "Something that happened in the investigation"),
                            ("decision", "A decision of the Home Office"),
                        ],
                        max_length=15,
                        verbose_name="what about",
                    ),
                ),
                (
                    "teller",
                    models.CharField(
                        choices=[
                            ("police", "We did"),
                            ("agency", "Their support agency"),
                            ("home_office", "The Home Office"),
                            ("prosecutors", "The prosecutors or the witness care unit"),
                        ],
                        default="police",
                        max_length=15,
                        verbose_name="who told them",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "Phone call"),
                            ("text", "Text message"),
                            ("email", "E-mail"),
                            ("letter", "Letter"),
                            ("in_person", "In person"),
                            ("through_agency", "Through an agency"),
                        ],
                        max_length=20,
                        verbose_name="how",
                    ),
                ),
                (
                    "unsafe_channel_reason",
                    models.CharField(
                        blank=True,
                        max_length=500,
                        verbose_name="why this way, which is not recorded as safe",
                    ),
                ),
                (
                    "why_not",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why they were not told"
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-recorded_at", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InvestigationEvent",
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
                            ("statement_taken", "Statement taken from them"),
                            ("not_investigated", "Decided not to investigate"),
                            ("arrested", "Suspect arrested"),
                            ("interviewed", "Suspect interviewed under caution"),
                            ("views_asked", "Asked them what they think about bail"),
                            ("bailed", "Suspect released on bail"),
                            ("bail_changed", "Bail changed or ended"),
                            ("released", "Suspect released without bail or charge"),
                            ("charged", "Suspect charged"),
                            ("out_of_court", "Dealt with out of court"),
                            ("no_further_action", "Police take no further action"),
                            (
                                "prosecutors",
                                "Prosecutors do not charge, stop, or change the charge",
                            ),
                            ("court_date", "Court date set or changed"),
                            ("outcome", "Verdict, sentence or appeal"),
                            ("personal_statement", "Personal statement offered to them"),
                            ("special_measures", "Special measures talked through with them"),
                            ("review_asked", "They asked for a review of the decision"),
                            ("review_acknowledged", "Told them that we have their request"),
                            ("review_decided", "Review decided, and they know"),
                            ("property_held", "We hold something of theirs"),
                            ("property_returned", "Given back to them"),
                            ("records_asked", "Asked others for records about them"),
                            ("complaint", "They complained"),
                            ("complaint_acknowledged", "Told them that we have their complaint"),
                            ("breach", "Information about them was lost or seen by others"),
                            (
                                "breach_decided",
                                "Told the Information Commissioner, or decided not to",
                            ),
                            ("data_asked", "They asked what we hold about them"),
                            ("data_given", "Answered what we hold about them"),
                            ("person_suspected", "They are suspected of an offence themselves"),
                            ("person_charged", "They were charged with an offence"),
                            ("person_not_charged", "They will not be charged"),
                        ],
                        max_length=25,
                        verbose_name="what happened",
                    ),
                ),
                (
                    "suspect",
                    models.CharField(blank=True, max_length=30, verbose_name="which suspect"),
                ),
                (
                    "hearing_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="when the hearing is"),
                ),
                ("note", models.TextField(blank=True, verbose_name="what matters about it")),
            ],
            options={
                "ordering": ("-at", "-recorded_at", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NrmEvent",
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
                            ("received", "The Home Office has the referral"),
                            ("rg_positive", "Reasonable grounds: yes"),
                            ("rg_negative", "Reasonable grounds: no"),
                            ("recovery_extended", "The recovery period goes on"),
                            ("cg_positive", "Conclusive grounds: yes"),
                            ("cg_negative", "Conclusive grounds: no"),
                            ("reconsideration_asked", "Asked to reconsider"),
                            ("reconsideration_unwanted", "They do not want to ask again"),
                            ("reconsideration_refused", "The Home Office keeps its decision"),
                            ("disqualified", "Protection refused: public order or bad faith"),
                            ("disqualification_lifted", "Protection is given after all"),
                            ("move_on_planned", "What comes after the support is planned"),
                            ("exited", "They have left the support"),
                            ("information_asked", "The Home Office asks us for information"),
                            ("information_sent", "We answered the Home Office"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=30,
                        verbose_name="what happened",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="when we heard"),
                ),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="until when")),
                (
                    "reference",
                    models.CharField(blank=True, max_length=50, verbose_name="their reference"),
                ),
                ("note", models.TextField(blank=True, verbose_name="what matters about it")),
            ],
            options={
                "ordering": ("-at", "-recorded_at", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Section45",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("recorded_at", models.DateTimeField()),
                ("offence", models.CharField(max_length=200, verbose_name="which offence")),
                (
                    "act_on",
                    models.DateField(blank=True, null=True, verbose_name="when it was done"),
                ),
                (
                    "age_then",
                    models.CharField(
                        choices=[
                            ("adult", "Adult"),
                            ("child", "Under 18"),
                            ("unsure", "Not sure - treated as a child"),
                        ],
                        max_length=10,
                        verbose_name="how old they were then",
                    ),
                ),
                ("schedule_4", models.BooleanField(verbose_name="is the offence in Schedule 4?")),
                ("findings", models.TextField(verbose_name="what you asked, and what you found")),
                (
                    "prosecutor_told_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="prosecutors told"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            (
                                "may_apply",
                                "The defence may apply: do not charge before it is cleared up",
                            ),
                            ("does_not_apply", "The defence does not apply"),
                            (
                                "not_available",
                                "The offence is in Schedule 4: no defence, the public interest was considered",
                            ),
                        ],
                        max_length=15,
                        verbose_name="what you conclude",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("agreed", models.BooleanField(blank=True, null=True)),
                ("review_note", models.TextField(blank=True, verbose_name="what you say to it")),
            ],
            options={
                "ordering": ("-at", "-recorded_at", "pk"),
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="case",
            name="enhanced_off_reason",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=500,
                verbose_name="why they have no enhanced rights",
            ),
        ),
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
                    ("person_left", "Owner left"),
                    ("linked", "Linked to another record of the same person"),
                    ("unlinked", "No longer linked to another record"),
                    ("merged", "Merged with another record of the same person"),
                    ("unmerged", "Parted from a record that it was merged with"),
                    ("operation", "Operation"),
                    ("sought", "Looked into who searched for this person"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="nrmreferral",
            name="status",
            field=models.CharField(
                choices=[
                    ("submitted", "Sent to the Home Office"),
                    ("rg_positive", "Reasonable grounds: yes"),
                    ("rg_negative", "Reasonable grounds: no"),
                    ("cg_positive", "Conclusive grounds: yes"),
                    ("cg_negative", "Conclusive grounds: no"),
                    ("disqualified", "Protection refused"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="submitted",
                max_length=15,
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("enhanced", True),
                    models.Q(("enhanced_off_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="case_enhanced_off_has_reason",
                violation_error_message="They have enhanced rights unless you say why they have not.",
            ),
        ),
        migrations.AddField(
            model_name="guardianreferral",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="guardianreferral",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="guardian_referrals",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="guardianreferral",
            name="scope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.scope"
            ),
        ),
        migrations.AddField(
            model_name="immigrationshare",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="immigrationshare",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="immigration_shares",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="immigrationshare",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="immigrationshare",
            name="scope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.scope"
            ),
        ),
        migrations.AddField(
            model_name="informed",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="informed",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="informed",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="informed",
            name="scope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.scope"
            ),
        ),
        migrations.AddField(
            model_name="investigationevent",
            name="answers",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answered_by",
                to="casework.investigationevent",
            ),
        ),
        migrations.AddField(
            model_name="investigationevent",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="investigationevent",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="happenings",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="investigationevent",
            name="crime",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="happenings",
                to="casework.crimerecord",
            ),
        ),
        migrations.AddField(
            model_name="investigationevent",
            name="scope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.scope"
            ),
        ),
        migrations.AddField(
            model_name="informed",
            name="happening",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="informed",
                to="casework.investigationevent",
            ),
        ),
        migrations.AddField(
            model_name="nrmevent",
            name="answers",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answered_by",
                to="casework.nrmevent",
            ),
        ),
        migrations.AddField(
            model_name="nrmevent",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="nrmevent",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="nrm_events",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="nrmevent",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="casework.nrmreferral",
            ),
        ),
        migrations.AddField(
            model_name="nrmevent",
            name="scope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.scope"
            ),
        ),
        migrations.AddField(
            model_name="informed",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="informed",
                to="casework.nrmevent",
            ),
        ),
        migrations.AddField(
            model_name="section45",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="section45",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="section_45s",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="section45",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="section45",
            name="scope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.scope"
            ),
        ),
        migrations.AddField(
            model_name="investigationevent",
            name="section_45",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="charges",
                to="casework.section45",
            ),
        ),
        migrations.AddConstraint(
            model_name="immigrationshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", ""), _negated=True),
                    models.Q(("necessity", ""), _negated=True),
                ),
                name="immigration_share_has_basis",
                violation_error_message="Say which law allows it, and why it is necessary.",
            ),
        ),
        migrations.AddConstraint(
            model_name="immigrationshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("by")), _negated=True),
                    _connector="OR",
                ),
                name="immigration_share_needs_second_person",
                violation_error_message="Somebody else must decide whether it is shared.",
            ),
        ),
        migrations.AddConstraint(
            model_name="immigrationshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved", None), ("decided_at", None), ("decided_by", None)),
                    models.Q(
                        ("approved__isnull", False),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="immigration_share_decided_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="immigrationshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shared_at__isnull", True),
                    models.Q(
                        ("approved", True),
                        ("approved__isnull", False),
                        ("decided_at__isnull", False),
                        ("shared_at__gte", models.F("decided_at")),
                    ),
                    _connector="OR",
                ),
                name="immigration_share_only_approved",
                violation_error_message="It was not approved, so it must not be shared.",
            ),
        ),
        migrations.AddConstraint(
            model_name="immigrationshare",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True)),
                fields=("case",),
                name="immigration_share_one_undecided",
                violation_error_message="Somebody has asked already; wait for the decision.",
            ),
        ),
        migrations.AddIndex(
            model_name="nrmevent",
            index=models.Index(fields=["referral", "kind", "at"], name="nrm_event_of_referral"),
        ),
        migrations.AddIndex(
            model_name="nrmevent",
            index=models.Index(fields=["case", "-at"], name="nrm_event_case_at"),
        ),
        migrations.AddConstraint(
            model_name="nrmevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("received_at__isnull", True),
                    ("received_at__gte", models.F("at")),
                    _connector="OR",
                ),
                name="nrm_event_heard_after_it_was",
                violation_error_message="We cannot have heard of it before it was decided.",
            ),
        ),
        migrations.AddConstraint(
            model_name="nrmevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("at")), _connector="OR"
                ),
                name="nrm_event_until_is_later",
                violation_error_message="It must last beyond the day on which it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="nrmevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "recovery_extended"), _negated=True),
                    ("until__isnull", False),
                    _connector="OR",
                ),
                name="nrm_event_extended_until",
                violation_error_message="Say until when the recovery period goes on.",
            ),
        ),
        migrations.AddConstraint(
            model_name="nrmevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "information_sent"), _negated=True),
                    ("answers__isnull", False),
                    _connector="OR",
                ),
                name="nrm_event_sent_answers",
                violation_error_message="Say which request was answered.",
            ),
        ),
        migrations.AddIndex(
            model_name="informed",
            index=models.Index(fields=["case", "subject", "at"], name="informed_case_subject"),
        ),
        migrations.AddConstraint(
            model_name="informed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decision__isnull", True),
                        ("happening__isnull", False),
                        ("subject", "happening"),
                    ),
                    models.Q(
                        ("decision__isnull", False),
                        ("happening__isnull", True),
                        ("subject", "decision"),
                    ),
                    models.Q(
                        ("decision__isnull", True),
                        ("happening__isnull", True),
                        ("subject__in", ["report", "compensation"]),
                    ),
                    _connector="OR",
                ),
                name="informed_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="informed",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel", ""), ("why_not", ""), _connector="XOR"),
                name="informed_how_or_why_not",
                violation_error_message="Say how they were told, or why they were not.",
            ),
        ),
        migrations.AddConstraint(
            model_name="section45",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "not_available"), ("schedule_4", True)),
                    models.Q(
                        ("schedule_4", False), models.Q(("outcome", "not_available"), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="section_45_schedule_4",
                violation_error_message="For an offence in Schedule 4 there is no such defence; for another there is. What you conclude must fit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="section45",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by__isnull", True),
                    models.Q(("reviewed_by", models.F("by")), _negated=True),
                    _connector="OR",
                ),
                name="section_45_needs_second_officer",
                violation_error_message="Somebody else must review it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="section45",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed", None), ("reviewed_at", None), ("reviewed_by", None)),
                    models.Q(
                        ("agreed__isnull", False),
                        ("reviewed_at__isnull", False),
                        ("reviewed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="section_45_reviewed_by_and_at",
            ),
        ),
        migrations.AddIndex(
            model_name="investigationevent",
            index=models.Index(fields=["kind", "case"], name="happening_kind_case"),
        ),
        migrations.AddIndex(
            model_name="investigationevent",
            index=models.Index(fields=["case", "-at"], name="happening_case_at"),
        ),
        migrations.AddConstraint(
            model_name="investigationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "person_charged"), _negated=True),
                    ("section_45__isnull", False),
                    _connector="OR",
                ),
                name="happening_charge_needs_section_45",
                violation_error_message="Before they are charged, somebody must consider section 45 and another review it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="investigationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "court_date"), _negated=True),
                    ("hearing_at__isnull", False),
                    _connector="OR",
                ),
                name="happening_court_date_says_when",
                violation_error_message="Say when the hearing is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="investigationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "kind__in",
                            [
                                "breach_decided",
                                "complaint_acknowledged",
                                "data_given",
                                "property_returned",
                                "review_acknowledged",
                                "review_decided",
                            ],
                        ),
                        _negated=True,
                    ),
                    ("answers__isnull", False),
                    _connector="OR",
                ),
                name="happening_answer_says_to_what",
                violation_error_message="Say what this answers.",
            ),
        ),
        *(
            operation
            for table, redacted in TABLES.items()
            for operation in (
                guards.scoped(f"casework_{table}"),
                guards.never_deleted(f"casework_{table}"),
                guards.audited(f"casework_{table}", redacted=redacted),
            )
        ),
        *(guards.append_only(f"casework_{table}") for table in TABLES if table not in REWRITTEN),
        TRANSITIONS,
        CHARGE,
    ]
