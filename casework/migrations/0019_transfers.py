"""A case is offered to another unit, which takes it over or does not."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards

# Of what is held closely, only whoever offered it, its own people, and the receiving force's leads know.
KNOWN = f"""({guards.SEES_SCOPE}
    OR {{table}}.offered_by_id = (SELECT accounts_ctx('actor'))::uuid
    OR CASE WHEN {{table}}.closely
            THEN {{table}}.to_force_id = (SELECT accounts_ctx('force'))::uuid
                 AND EXISTS (SELECT 1 FROM accounts_roleheld r WHERE r.role = 'specialist_lead'
                                AND r.user_id = (SELECT accounts_ctx('actor'))::uuid)
            ELSE (SELECT accounts_ctx('force'))::uuid IN ({{table}}.from_force_id, {{table}}.to_force_id)
                 AND ((SELECT accounts_ctx('reach')) = 'force'
                      OR ARRAY[{{table}}.from_unit_id, {{table}}.to_unit_id]
                         && (SELECT string_to_array(accounts_ctx('units'), ','))::uuid[]) END)"""
# Whoever accepts cannot reach the case before it is theirs. Nothing is asked for but that the offer was made to
# them and has no answer; what follows (owner, allocation, history) they do themselves, behind their own wall.
TAKE_OVER = """
CREATE FUNCTION casework_take_over(offer uuid, person uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moment timestamptz := accounts_moment();
    made casework_transfer;
BEGIN
    SELECT * INTO made FROM casework_transfer WHERE id = offer FOR UPDATE;
    IF made.id IS NULL OR made.status <> 'offered' OR NOT coalesce(
        accounts_ctx('kind') = 'engine'
        OR (accounts_ctx('actor')::uuid = person AND accounts_ctx('force')::uuid = made.to_force_id
            AND CASE WHEN made.closely
                     THEN EXISTS (SELECT 1 FROM accounts_roleheld r
                                   WHERE r.user_id = person AND r.role = 'specialist_lead')
                     ELSE accounts_ctx('reach') = 'force'
                          OR made.to_unit_id = ANY (string_to_array(accounts_ctx('units'), ',')::uuid[]) END),
        false)
    THEN
        RAISE EXCEPTION 'this case was not offered to whoever asks' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- What somebody might see as its owner, or as one of another force, ends.
    UPDATE accounts_scopegrant SET ends_at = moment
     WHERE scope_id = made.scope_id AND ends_at IS NULL
       AND (kind = 'owner' OR made.from_force_id <> made.to_force_id);
    IF made.from_force_id <> made.to_force_id THEN
        UPDATE casework_case SET operation_id = NULL WHERE scope_id = made.scope_id AND operation_id IS NOT NULL;
    END IF;
    UPDATE accounts_scope SET force_id = made.to_force_id, unit_id = made.to_unit_id WHERE id = made.scope_id;
    IF made.closely THEN
        INSERT INTO accounts_scopegrant (id, scope_id, force_id, user_id, kind, reason, starts_at)
        VALUES (gen_random_uuid(), made.scope_id, made.to_force_id, person, 'team', '', moment)
        ON CONFLICT DO NOTHING;
    END IF;
END $$;
REVOKE EXECUTE ON FUNCTION casework_take_over(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework_take_over(uuid, uuid) TO holdfast_web, holdfast_engine;
"""
# Whoever refuses writes one line in the history of a case that they cannot read.
REFUSALS = """
CREATE POLICY receivers_refuse ON casework_caseevent FOR INSERT TO holdfast_web
    WITH CHECK (kind = 'transfer' AND by_id = (SELECT accounts_ctx('actor'))::uuid AND EXISTS (
        SELECT 1 FROM casework_transfer t
         WHERE t.case_id = casework_caseevent.case_id AND t.scope_id = casework_caseevent.scope_id
           AND t.status = 'rejected' AND t.to_force_id = (SELECT accounts_ctx('force'))::uuid));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_leaving"),
        ("casework", "0018_decided"),
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
                    ("sought", "Looked into who searched for this person"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(max_length=12, verbose_name="reference")),
                ("closely", models.BooleanField(default=False, verbose_name="held closely")),
                (
                    "priority",
                    models.CharField(
                        choices=[
                            ("urgent", "Somebody is in danger now"),
                            ("child", "A child, or perhaps a child"),
                            ("standard", "Standard"),
                        ],
                        max_length=10,
                        verbose_name="priority",
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("area", "It happened, or the person lives, in their area"),
                            ("specialist", "It needs what that unit can do"),
                            ("investigation", "It belongs to an investigation there"),
                            ("owner_moved", "Its officer works there now"),
                            ("capacity", "We cannot look after it well now"),
                            ("other", "Another reason"),
                        ],
                        max_length=15,
                        verbose_name="why",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("offered", "Offered, waiting for an answer"),
                            ("accepted", "Taken over"),
                            ("rejected", "Not taken over"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_capacity", "We have nobody to give it to now"),
                            ("out_of_area", "It is not in our area"),
                            ("out_of_remit", "This unit does not do this work"),
                            ("better_there", "The person is better off with the officer they know"),
                            ("more_needed", "We need to speak about it first"),
                            ("other", "Another reason"),
                        ],
                        max_length=15,
                    ),
                ),
                ("refusal_seen_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
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
                        related_name="transfers",
                        to="casework.case",
                    ),
                ),
                (
                    "from_force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.force",
                    ),
                ),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
                (
                    "offered_by",
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
                    "to_force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.force",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "ordering": ("-offered_at", "pk"),
                "indexes": [
                    models.Index(fields=["to_unit", "status"], name="transfer_to_unit"),
                    models.Index(fields=["from_unit", "status"], name="transfer_from_unit"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "offered")),
                        fields=("case",),
                        name="transfer_one_at_a_time",
                        violation_error_message="This case is already offered to a unit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_unit", models.F("from_unit")), _negated=True),
                        name="transfer_to_another_unit",
                        violation_error_message="The case is in this unit already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("status__in", ("accepted", "rejected")),
                            ),
                            models.Q(
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("status__in", ("offered", "withdrawn")),
                            ),
                            _connector="OR",
                        ),
                        name="transfer_answered_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "rejected"), ("refusal", ""), _connector="XOR"
                        ),
                        name="transfer_refused_for_a_reason",
                        violation_error_message="Say why the case is not taken over.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "withdrawn"),
                            ("withdrawn_at__isnull", True),
                            _connector="XOR",
                        ),
                        name="transfer_withdrawn_has_time",
                    ),
                ],
            },
        ),
        guards.walled("casework_transfer", web=KNOWN),
        guards.never_deleted("casework_transfer"),
        guards.audited("casework_transfer"),
        guards.transitions("casework_transfer", {"offered": ["accepted", "rejected", "withdrawn"]}),
        migrations.RunSQL(TAKE_OVER, "DROP FUNCTION casework_take_over(uuid, uuid);"),
        migrations.RunSQL(REFUSALS, "DROP POLICY receivers_refuse ON casework_caseevent;"),
    ]
