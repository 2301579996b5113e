"""People are found by keys that the database keeps beside their record [architecture 6 and 10]."""

import django.db.models.deletion
from django.db import migrations, models
from psycopg2.extras import execute_values

import accounts.sealed
from accounts.guards import IS_ENGINE
from victims.names import forms, letters

# Keys are hashes of small Latin words, so a cast to bytea cannot meet an escape.
# Names in small Latin letters, words parted by one blank. What is Latin already stays as it is.
LATIN = r"""
CREATE FUNCTION victims_latin(name text) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    plain text := coalesce(name, '');
BEGIN
    IF octet_length(plain) <> length(plain) THEN
        SELECT coalesce(string_agg(coalesce(l.latin, CASE WHEN ascii(t.sign) < 128 THEN t.sign ELSE ' ' END),
                                   '' ORDER BY t.place), '')
          INTO plain
          FROM string_to_table(lower(normalize(plain, NFKC) COLLATE "C"), NULL) WITH ORDINALITY AS t (sign, place)
          LEFT JOIN victims_letter l ON l.letter = t.sign;
        plain := replace(regexp_replace(plain, '(^|[^a-zW])W', '\1w', 'g'), 'W', 'u');
    END IF;
    plain := translate(lower(plain COLLATE "C"), '''`', '');
    RETURN btrim(regexp_replace(plain, '[^a-z0-9]+', ' ', 'g'));
END $$;
"""
# What is left of a word when spelling is taken away: first a vowel or not, then the consonants. Of a short
# word that is too little: its vowels stay, three kinds of them.
SOUND = r"""
CREATE FUNCTION victims_sound(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    heard text := word COLLATE "C";
    short text;
BEGIN
    heard := replace(replace(replace(replace(replace(heard, 'ph', 'f'), 'ch', 'k'), 'kh', 'k'), 'sh', 's'), 'zh', 's');
    heard := translate(replace(heard, 'x', 'ks'), 'cqzfw', 'kksvv');
    heard := regexp_replace(heard, '([bdgjklmnprstv])h|h$', '\1', 'g');
    short := regexp_replace(translate(heard, 'eyu', 'aio'), '(.)\1+', '\1', 'g');
    heard := regexp_replace(regexp_replace(heard, '^[aeiouy]+', 'A'), '[aeiouy]', '', 'g');
    heard := lower(regexp_replace(heard, '(.)\1+', '\1', 'g'));
    RETURN CASE WHEN length(heard) > 2 THEN heard ELSE '~' || short END;
END $$;
"""
KEYS = r"""
CREATE FUNCTION victims_key(kind text, word text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ('x' || encode(substr(sha256((kind || ':' || word)::bytea), 1, 8), 'hex'))::bit(64)::bigint
$$;
-- A blind key as it stands behind sealed text, among others.
CREATE FUNCTION victims_blind_keys(sealed text) RETURNS SETOF bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ('x' || word)::bit(64)::bigint
      FROM string_to_table(split_part(sealed, '.', 4), '-') AS word WHERE word <> ''
$$;
CREATE FUNCTION victims_reference(typed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT upper(regexp_replace(typed COLLATE "C", '[^A-Za-z0-9]', '', 'g'))
$$;
CREATE FUNCTION victims_name_keys(latin text) RETURNS TABLE (part int, kind text, key bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT DISTINCT t.place::int, k.kind, victims_key(k.kind, k.word)
      FROM string_to_table(latin, ' ') WITH ORDINALITY AS t (word, place)
      LEFT JOIN victims_nameform f ON f.form = t.word
     CROSS JOIN LATERAL (VALUES ('token', t.word), ('root', f.root),
                                ('sound', victims_sound(t.word))) AS k (kind, word)
     WHERE t.word <> '' AND k.word IS NOT NULL
$$;
"""
# Whatever calls somebody by a name is a line of the first function, whatever numbers them of the second, and has
# a trigger like `names_kept`. Names of one who told many in one breath are parted; a name ends at 300 letters.
NAMES = r"""
CREATE FUNCTION victims_names_of(person uuid) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT left(name, 300) FROM victims_victim v
     CROSS JOIN LATERAL (
           SELECT v.called AS name
            UNION ALL SELECT concat_ws(' ', v.first_name, v.last_name)
            UNION ALL SELECT regexp_split_to_table(v.nickname, '[,;/\n]| or | and ')
            UNION ALL SELECT name FROM victims_personname n CROSS JOIN LATERAL (VALUES (n.text), (n.latin)) AS w (name)
                       WHERE n.victim_id = v.id AND n.ended_at IS NULL) AS said
     WHERE v.id = person AND name <> ''
$$;
CREATE FUNCTION victims_numbers_of(person uuid) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT number FROM victims_victim v
     CROSS JOIN LATERAL regexp_split_to_table(v.home_office_references, '[,;\s]+') AS number
     WHERE v.id = person AND number ~ '[0-9]'
     UNION ALL
    SELECT number FROM victims_reference WHERE victim_id = person AND ended_at IS NULL
$$;
"""
# Keys are kept as the owner of the tables, so that the walls of whoever writes are not in the way.
KEPT = """
CREATE FUNCTION victims_keep_keys(person uuid, made_from uuid, kinds text[], found_by bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM victims_searchkey WHERE source = made_from;
    INSERT INTO victims_searchkey (scope_id, force_id, unit_id, is_standard, victim_id, source, kind, key, latin)
    SELECT s.id, s.force_id, s.unit_id, s.restriction = 'standard', v.id, made_from, k.kind, k.key, ''
      FROM victims_victim v JOIN accounts_scope s ON s.id = v.scope_id
     CROSS JOIN (SELECT DISTINCT kind, key FROM unnest(kinds, found_by) AS given (kind, key)) AS k
     WHERE v.id = person;
END $$;
CREATE FUNCTION victims_keep_person(person uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM victims_searchkey WHERE source = person;
    INSERT INTO victims_searchkey (scope_id, force_id, unit_id, is_standard, victim_id, source, kind, key, latin)
    WITH named AS (SELECT DISTINCT victims_latin(name) AS latin FROM victims_names_of(person) AS name)
    SELECT s.id, s.force_id, s.unit_id, s.restriction = 'standard', v.id, v.id, k.kind, k.key, k.latin
      FROM victims_victim v JOIN accounts_scope s ON s.id = v.scope_id
     CROSS JOIN LATERAL (
           SELECT 'name' AS kind, victims_key('name', latin) AS key, latin FROM named WHERE latin <> ''
            UNION
           SELECT n.kind, n.key, '' FROM named, victims_name_keys(named.latin) AS n
            UNION
           SELECT 'reference', victims_key('reference', victims_reference(number)), ''
             FROM victims_numbers_of(person) AS number
            UNION
           SELECT 'born', victims_key('born', v.born_on::text), '' WHERE v.born_on IS NOT NULL) AS k
     WHERE v.id = person;
END $$;
"""
TRIGGERS = """
CREATE FUNCTION victims_keep_of_victim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM victims_keep_person(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER names_kept AFTER INSERT
    OR UPDATE OF called, first_name, last_name, nickname, born_on, home_office_references ON victims_victim
    FOR EACH ROW EXECUTE FUNCTION victims_keep_of_victim();
CREATE FUNCTION victims_keep_of_fact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM victims_keep_person(NEW.victim_id);
    RETURN NULL;
END $$;
CREATE TRIGGER names_kept AFTER INSERT OR UPDATE OF text, latin, ended_at ON victims_personname
    FOR EACH ROW EXECUTE FUNCTION victims_keep_of_fact();
CREATE TRIGGER numbers_kept AFTER INSERT OR UPDATE OF number, ended_at ON victims_reference
    FOR EACH ROW EXECUTE FUNCTION victims_keep_of_fact();
CREATE FUNCTION victims_keep_contact(person uuid, rule uuid, details text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    keys bigint[] := ARRAY(SELECT victims_blind_keys(details));
BEGIN
    PERFORM victims_keep_keys(person, rule, array_fill('phone'::text, ARRAY[cardinality(keys)]), keys);
END $$;
CREATE FUNCTION victims_keep_of_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM victims_keep_contact(NEW.victim_id, NEW.id, NEW.details);
    RETURN NULL;
END $$;
CREATE TRIGGER numbers_kept AFTER INSERT OR UPDATE OF details ON victims_safecontact
    FOR EACH ROW EXECUTE FUNCTION victims_keep_of_contact();
CREATE FUNCTION victims_keep_of_scope() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE victims_searchkey
       SET force_id = NEW.force_id, unit_id = NEW.unit_id, is_standard = NEW.restriction = 'standard'
     WHERE scope_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER reach_kept AFTER UPDATE OF force_id, unit_id, restriction ON accounts_scope
    FOR EACH ROW EXECUTE FUNCTION victims_keep_of_scope();
CREATE FUNCTION victims_keep_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE victims_searchkey k
       SET scope_id = s.id, force_id = s.force_id, unit_id = s.unit_id, is_standard = s.restriction = 'standard'
      FROM accounts_scope s WHERE s.id = NEW.scope_id AND k.victim_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER moved_kept AFTER UPDATE OF scope_id ON victims_victim
    FOR EACH ROW EXECUTE FUNCTION victims_keep_moved();
"""
# Nobody reads or writes keys but the functions above; the engine's rules read those of held records.
WALL = f"""
ALTER TABLE victims_searchkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE victims_searchkey FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees ON victims_searchkey FOR ALL TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY engine_reads ON victims_searchkey FOR SELECT TO holdfast_engine USING ({IS_ENGINE});
REVOKE ALL ON victims_searchkey FROM holdfast_web, holdfast_engine;
GRANT SELECT ON victims_searchkey TO holdfast_engine;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON victims_letter, victims_nameform FROM holdfast_web, holdfast_engine;
REVOKE EXECUTE ON FUNCTION victims_keep_keys(uuid, uuid, text[], bigint[]), victims_keep_person(uuid) FROM PUBLIC;
CREATE INDEX searchkey_like ON victims_searchkey USING gin (latin gin_trgm_ops)
    WHERE is_standard AND kind = 'name';
"""
TAKEN_AWAY = """
DROP TRIGGER moved_kept ON victims_victim;
DROP TRIGGER reach_kept ON accounts_scope;
DROP TRIGGER numbers_kept ON victims_safecontact;
DROP TRIGGER names_kept ON victims_victim;
DROP TRIGGER names_kept ON victims_personname;
DROP TRIGGER numbers_kept ON victims_reference;
DROP FUNCTION victims_keep_of_fact();
DROP FUNCTION victims_keep_moved(), victims_keep_of_scope(), victims_keep_of_contact(), victims_keep_of_victim();
DROP FUNCTION victims_keep_contact(uuid, uuid, text);
DROP FUNCTION victims_keep_person(uuid), victims_keep_keys(uuid, uuid, text[], bigint[]), victims_names_of(uuid);
DROP FUNCTION victims_numbers_of(uuid);
DROP FUNCTION victims_name_keys(text), victims_reference(text), victims_blind_keys(text), victims_key(text, text);
DROP FUNCTION victims_sound(text), victims_latin(text);
"""


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        execute_values(
            cursor.cursor,
            "INSERT INTO victims_letter (letter, latin) VALUES %s",
            letters(),
            page_size=5000,
        )
        execute_values(
            cursor.cursor, "INSERT INTO victims_nameform (form, root) VALUES %s", set(forms())
        )


class Migration(migrations.Migration):
    dependencies = [("victims", "0003_the_person"), ("accounts", "0004_owner_changes_are_audited")]

    operations = [
        migrations.AlterField(
            model_name="safecontact",
            name="details",
            field=accounts.sealed.EncryptedTextField(
                blank=True, found_by="phone", verbose_name="number or address"
            ),
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("letter", models.TextField(primary_key=True, serialize=False)),
                ("latin", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="NameForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.TextField()),
                ("root", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("form", "root"), name="name_form_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("is_standard", models.BooleanField()),
                ("source", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("name", "A whole name, for likeness"),
                            ("token", "One word of a name"),
                            ("root", "The name that a given name is a form of"),
                            ("sound", "How a word of a name sounds"),
                            ("born", "Date of birth"),
                            ("reference", "A reference"),
                            ("phone", "A number or e-mail address, blind"),
                            ("place", "A word of a place, blind"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("latin", models.TextField(blank=True)),
                (
                    "force",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.force",
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.scope",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
                (
                    "victim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="victims.victim",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["scope"], name="searchkey_scope"),
                    models.Index(fields=["source"], name="searchkey_source"),
                    models.Index(
                        condition=models.Q(("is_standard", True)),
                        fields=["force", "key"],
                        include=("victim", "scope", "unit", "kind"),
                        name="searchkey_standard",
                    ),
                    models.Index(
                        condition=models.Q(("is_standard", False)),
                        fields=["scope", "key"],
                        include=("victim", "force", "kind"),
                        name="searchkey_held",
                    ),
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(LATIN + SOUND + KEYS + NAMES + KEPT + TRIGGERS + WALL, TAKEN_AWAY),
        migrations.RunSQL(
            "SELECT victims_keep_person(id) FROM victims_victim", migrations.RunSQL.noop
        ),
    ]
