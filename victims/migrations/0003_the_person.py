"""Who the person is: names, age and its disputes, nationalities, languages, dependants, numbers, missing, risk."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.sealed
from accounts import guards
from victims.ages import DROP_MAJORITY_FUNCTION, MAJORITY_FUNCTION


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_names_and_absences"),
        ("victims", "0002_names_and_needs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="victim",
            name="age_disputed",
            field=models.BooleanField(db_default=False, default=False, verbose_name="age disputed"),
        ),
        migrations.AddField(
            model_name="victim",
            name="born_precision",
            field=models.CharField(
                choices=[
                    ("day", "The exact date"),
                    ("month", "The month and year"),
                    ("year", "The year only"),
                    ("about", "An estimate, right within two years"),
                ],
                db_default="day",
                default="day",
                max_length=5,
                verbose_name="how exactly is it known?",
            ),
        ),
        migrations.AddField(
            model_name="victim",
            name="missing_since",
            field=models.DateTimeField(blank=True, null=True, verbose_name="missing since"),
        ),
        migrations.CreateModel(
            name="Dependant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "called",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="what are they called?"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("child", "Their child"),
                            ("unborn", "A child not born yet"),
                            ("partner", "Their partner"),
                            ("parent", "Their parent"),
                            ("sibling", "Their brother or sister"),
                            ("other", "Somebody else"),
                        ],
                        max_length=10,
                        verbose_name="who are they to the person?",
                    ),
                ),
                (
                    "age",
                    models.CharField(blank=True, max_length=50, verbose_name="how old are they?"),
                ),
                (
                    "in_care_of",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="in whose care are they now?"
                    ),
                ),
                (
                    "where",
                    accounts.sealed.EncryptedTextField(blank=True, verbose_name="where are they?"),
                ),
                (
                    "safe",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("not_known", "Not known"),
                            ("not_asked", "Not asked"),
                            ("declined", "Did not want to say"),
                        ],
                        default="not_asked",
                        max_length=10,
                        verbose_name="are they safe?",
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
                    "recorded_by",
                    models.ForeignKey(
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
                (
                    "victim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_facts",
                        to="victims.victim",
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PersonName",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("text", models.CharField(max_length=200, verbose_name="name, as they write it")),
                (
                    "latin",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="the same in Latin letters"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("own", "Their own name"),
                            ("other", "Another name they use, or used before"),
                            ("papers", "In papers that may not be theirs"),
                            ("given", "Given to them by whoever exploited them"),
                        ],
                        max_length=10,
                        verbose_name="what is this name?",
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
                    "recorded_by",
                    models.ForeignKey(
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
                (
                    "victim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_facts",
                        to="victims.victim",
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("home_office", "Home Office"),
                            ("passport", "Passport or identity card"),
                            ("local_authority", "Local authority"),
                            ("health", "Health service"),
                            ("police", "Another police record"),
                            ("other", "Another"),
                        ],
                        max_length=16,
                        verbose_name="whose number is it?",
                    ),
                ),
                ("number", models.CharField(max_length=100, verbose_name="number")),
                ("about", models.CharField(blank=True, max_length=200, verbose_name="what is it?")),
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
                    "recorded_by",
                    models.ForeignKey(
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
                (
                    "victim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_facts",
                        to="victims.victim",
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RiskJudgement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("not_judged", "Not judged yet"),
                            ("standard", "Standard"),
                            ("high", "High"),
                        ],
                        max_length=12,
                        verbose_name="risk",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="why")),
                ("review_on", models.DateField(verbose_name="judge again by")),
                ("judged_at", models.DateTimeField()),
                (
                    "judged_by",
                    models.ForeignKey(
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
                (
                    "victim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risk_judgements",
                        to="victims.victim",
                    ),
                ),
            ],
            options={
                "ordering": ("-judged_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SpokenLanguage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("language", models.CharField(max_length=100, verbose_name="language")),
                ("dialect", models.CharField(blank=True, max_length=100, verbose_name="dialect")),
                (
                    "interpreter",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("not_known", "Not known"),
                            ("not_asked", "Not asked"),
                            ("declined", "Did not want to say"),
                        ],
                        default="not_asked",
                        max_length=10,
                        verbose_name="would they need an interpreter in it?",
                    ),
                ),
                (
                    "reads",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("not_known", "Not known"),
                            ("not_asked", "Not asked"),
                            ("declined", "Did not want to say"),
                        ],
                        default="not_asked",
                        max_length=10,
                        verbose_name="can they read it?",
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
                    "recorded_by",
                    models.ForeignKey(
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
                (
                    "victim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_facts",
                        to="victims.victim",
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgeDispute",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "disputed_by",
                    models.CharField(
                        choices=[
                            ("person", "The person themselves"),
                            ("police", "The police"),
                            ("home_office", "The Home Office"),
                            ("local_authority", "The local authority"),
                            ("other", "Somebody else"),
                        ],
                        max_length=16,
                        verbose_name="who disputes it?",
                    ),
                ),
                ("why", models.CharField(max_length=1000, verbose_name="why?")),
                (
                    "band_before",
                    models.CharField(
                        choices=[
                            ("adult", "Adult"),
                            ("child", "Under 18"),
                            ("unsure", "Not sure - treated as a child"),
                        ],
                        max_length=10,
                        verbose_name="treated until then as",
                    ),
                ),
                ("disputed_at", models.DateTimeField()),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("child", "Under 18"), ("adult", "18 or over")],
                        max_length=10,
                        verbose_name="what was determined?",
                    ),
                ),
                (
                    "determined_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("local_authority", "The local authority's age assessment"),
                            ("age_board", "The National Age Assessment Board"),
                            ("court", "A court or tribunal"),
                            ("papers", "Papers that are accepted as genuine"),
                        ],
                        max_length=16,
                        verbose_name="who determined it?",
                    ),
                ),
                ("determined_on", models.DateField(blank=True, null=True, verbose_name="when?")),
                (
                    "where_recorded",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="where is it recorded?"
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
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
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "victim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="age_disputes",
                        to="victims.victim",
                    ),
                ),
            ],
            options={
                "ordering": ("-disputed_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=("victim",),
                        name="age_dispute_once_while_open",
                        violation_error_message="It is already on record that their age is disputed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("determined_by", ""), ("result", ""), ("settled_at__isnull", True)
                            ),
                            models.Q(
                                ("determined_on__isnull", False),
                                ("settled_at__isnull", False),
                                models.Q(("result", ""), _negated=True),
                                models.Q(("determined_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="age_dispute_settled_whole",
                        violation_error_message="Say what was determined, by whom, and when.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MissingEpisode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("missing_since", models.DateTimeField(verbose_name="missing since")),
                (
                    "last_seen",
                    accounts.sealed.EncryptedTextField(
                        blank=True, verbose_name="where were they last seen?"
                    ),
                ),
                ("circumstances", models.TextField(blank=True, verbose_name="what is known?")),
                ("recorded_at", models.DateTimeField()),
                (
                    "alerted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("missing_unit", "Missing persons report, marked for exploitation"),
                                ("local_authority", "Local authority children's services"),
                                ("guardian", "Independent guardian (ICTG)"),
                                ("regional_unit", "Regional organised crime unit"),
                                ("agency", "The support agency"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "report_number",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="missing persons report number"
                    ),
                ),
                ("alerted_at", models.DateTimeField(blank=True, null=True)),
                ("found_at", models.DateTimeField(blank=True, null=True, verbose_name="found")),
                (
                    "found_safe",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("not_known", "Not known"),
                            ("not_asked", "Not asked"),
                            ("declined", "Did not want to say"),
                        ],
                        default="not_asked",
                        max_length=10,
                        verbose_name="were they safe?",
                    ),
                ),
                ("found_words", models.TextField(blank=True, verbose_name="how were they found?")),
                (
                    "interviewed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="return interview"),
                ),
                (
                    "interviewed_by",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="who spoke with them?"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
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
                (
                    "victim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missing_episodes",
                        to="victims.victim",
                    ),
                ),
            ],
            options={
                "ordering": ("-missing_since", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("found_at__isnull", True)),
                        fields=("victim",),
                        name="missing_once_at_a_time",
                        violation_error_message="It is already on record that they are missing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("found_at__isnull", True),
                            ("found_at__gte", models.F("missing_since")),
                            _connector="OR",
                        ),
                        name="missing_found_later",
                        violation_error_message="They were found after they went missing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interviewed_at__isnull", True),
                            ("interviewed_at__gte", models.F("found_at")),
                            _connector="OR",
                        ),
                        name="missing_interview_after_found",
                        violation_error_message="The return interview comes after they were found.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Nationality",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("country", models.CharField(blank=True, max_length=100, verbose_name="country")),
                (
                    "stateless",
                    models.BooleanField(
                        default=False, verbose_name="no country accepts them as a national"
                    ),
                ),
                (
                    "disputed",
                    models.BooleanField(default=False, verbose_name="somebody disputes it"),
                ),
                (
                    "disputed_by",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="who disputes it, and why"
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
                    "recorded_by",
                    models.ForeignKey(
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
                (
                    "victim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_facts",
                        to="victims.victim",
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at", "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country", ""), ("stateless", True)),
                            models.Q(
                                ("stateless", False), models.Q(("country", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="nationality_country_or_none",
                        violation_error_message="Enter a country, or tick that they have none.",
                    )
                ],
            },
        ),
        migrations.RunSQL(MAJORITY_FUNCTION, DROP_MAJORITY_FUNCTION),
        *(
            operation
            for table, redacted in (
                ("personname", ()),
                ("nationality", ()),
                ("spokenlanguage", ()),
                ("dependant", ("where",)),
                ("reference", ()),
                ("agedispute", ()),
                ("missingepisode", ("last_seen",)),
                ("riskjudgement", ()),
            )
            for operation in (
                guards.scoped(f"victims_{table}"),
                guards.never_deleted(f"victims_{table}"),
                guards.audited(f"victims_{table}", redacted=redacted),
            )
        ),
        guards.append_only("victims_riskjudgement"),
    ]
