"""The third move of a due time needs a supervisor who has not moved it; every move has a reason and is behind the wall."""

from django.db import migrations, models
from django.db.models import Q

from accounts import guards

SEES_FOLLOWUP = "EXISTS (SELECT 1 FROM followups_followup f WHERE f.id = {table}.followup_id)"
# The follow-up is locked first: of two who move it at once, the second one counts the first.
GUARD = """
CREATE FUNCTION followups_replan_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    movers uuid[];
BEGIN
    PERFORM 1 FROM followups_followup f WHERE f.id = NEW.followup_id FOR UPDATE;
    movers := ARRAY(SELECT r.by_id FROM followups_replan r WHERE r.followup_id = NEW.followup_id);
    IF cardinality(movers) >= 2
       AND (NEW.by_id = ANY (movers)
            OR NOT EXISTS (SELECT 1 FROM accounts_roleheld h WHERE h.user_id = NEW.by_id
                              AND h.role IN ('supervisor', 'specialist_lead'))) THEN
        RAISE EXCEPTION 'followups_replan: moved twice, so a supervisor who has not moved it must'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'replan_third_by_another_supervisor';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER third_move BEFORE INSERT ON followups_replan
    FOR EACH ROW EXECUTE FUNCTION followups_replan_guard();
"""
NO_GUARD = """
DROP TRIGGER third_move ON followups_replan;
DROP FUNCTION followups_replan_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("followups", "0008_acknowledgement")]

    operations = [
        migrations.AddConstraint(
            "replan",
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="replan_has_reason"),
        ),
        migrations.RemoveConstraint("acknowledgement", "acknowledged_with_what_next"),
        migrations.AddConstraint(
            "acknowledgement",
            models.CheckConstraint(
                condition=Q(what_next__regex=r"\S"), name="acknowledged_with_what_next"
            ),
        ),
        guards.walled("followups_replan", web=SEES_FOLLOWUP),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
