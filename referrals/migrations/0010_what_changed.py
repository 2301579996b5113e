"""An event says which columns of its referral changed, so that a stale reader can be told what differs."""

import django.contrib.postgres.fields
from django.db import migrations, models

WITH_COLUMNS = """
CREATE OR REPLACE FUNCTION referrals_note_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    kind text;
BEGIN
    IF TG_OP = 'INSERT' OR OLD.sent_at IS NULL THEN
        kind := 'sent';
    ELSIF OLD.status = NEW.status THEN
        kind := 'changed';
    ELSE
        kind := CASE NEW.status
            WHEN 'opened' THEN CASE OLD.status WHEN 'needs_info' THEN 'question_answered' ELSE 'opened' END
            WHEN 'needs_info' THEN 'question_asked'
            WHEN 'in_progress' THEN 'first_contact'
            WHEN 'in_error' THEN 'sent_in_error'
            ELSE NEW.status END;
    END IF;
    INSERT INTO referrals_event (id, written, agency_id, referral_id, type, version, at, columns)
    VALUES (gen_random_uuid(), nextval('referrals_event_written'), NEW.agency_id, NEW.id,
            'referral.' || kind, NEW.version, accounts_moment(),
            CASE TG_OP WHEN 'UPDATE' THEN ARRAY(
                SELECT was.key FROM jsonb_each(to_jsonb(OLD)) was
                 WHERE was.value <> to_jsonb(NEW) -> was.key
                   AND was.key NOT IN ('version', 'changed_at') ORDER BY was.key) END);
    RETURN NULL;
END $$;
"""
WITHOUT = WITH_COLUMNS.replace(", at, columns)", ", at)")
WITHOUT = WITHOUT[: WITHOUT.index(",\n            CASE TG_OP")] + ");\n    RETURN NULL;\nEND $$;\n"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0009_kept_answers")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="columns",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=63), null=True, size=None
            ),
        ),
        migrations.RunSQL(WITH_COLUMNS, WITHOUT),
    ]
