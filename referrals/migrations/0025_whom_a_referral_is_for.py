"""A referral knows the person of its case, so that a force's needs are counted without reading its every case.

`person` is always that of the referral's case: the database copies it when a referral is written, and a case that is
given another person takes its referrals along. One of the sandbox is of nobody.
"""

from django.db import migrations, models

COPY = """
CREATE FUNCTION referrals_person_of_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.person := (SELECT c.victim_id FROM casework_case c WHERE c.id = NEW.case_id);
    RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION referrals_person_of_case() FROM PUBLIC;
ALTER TABLE referrals_supportreferral DISABLE TRIGGER USER;
UPDATE referrals_supportreferral r SET person = c.victim_id FROM casework_case c WHERE c.id = r.case_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE referrals_supportreferral ENABLE TRIGGER USER;
CREATE TRIGGER person_of_case BEFORE INSERT OR UPDATE OF case_id, person ON referrals_supportreferral
    FOR EACH ROW EXECUTE FUNCTION referrals_person_of_case();
ALTER TABLE referrals_supportreferral ADD CONSTRAINT referral_of_a_case_has_its_person
    CHECK ((case_id IS NULL) = (person IS NULL));
ALTER TABLE casework_case ADD CONSTRAINT case_and_its_person UNIQUE (id, victim_id);
ALTER TABLE referrals_supportreferral ADD CONSTRAINT referral_person_is_its_cases
    FOREIGN KEY (case_id, person) REFERENCES casework_case (id, victim_id) ON UPDATE CASCADE
    DEFERRABLE INITIALLY DEFERRED;
"""
UNDO = """
ALTER TABLE referrals_supportreferral DROP CONSTRAINT referral_person_is_its_cases;
ALTER TABLE casework_case DROP CONSTRAINT case_and_its_person;
ALTER TABLE referrals_supportreferral DROP CONSTRAINT referral_of_a_case_has_its_person;
DROP TRIGGER person_of_case ON referrals_supportreferral;
DROP FUNCTION referrals_person_of_case();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0043_set_points"),
        ("referrals", "0024_webhook_silence"),
    ]

    operations = [
        migrations.AddField(
            model_name="supportreferral",
            name="person",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(COPY, UNDO),
        migrations.AddIndex(
            model_name="supportreferral",
            index=models.Index(fields=["person"], name="referral_person"),
        ),
    ]
