"""Of traces the pages read those of whoever acts; a trace that was laid down stays; codes are asked for, not listed."""

from django.conf import settings
from django.db import migrations

SQL = """\
-- Whose account a code of the counter names, while it is good; `p_use` spends it. Without the code nothing is told.
CREATE FUNCTION account_of_code(p_hash bytea, p_use boolean) RETURNS uuid LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE registry_countercode SET used_at = CASE WHEN p_use THEN clock_timestamp() END
    WHERE code_hash = p_hash AND used_at IS NULL AND ends_at > clock_timestamp() RETURNING account
$$;

-- What was said when an emergency began is never said otherwise afterwards, and a verdict is somebody else's, once.
CREATE FUNCTION emergency_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.sitting_id, NEW.person, NEW.matter, NEW.area_id, NEW.reason, NEW.began_at, NEW.judge_by)
       IS DISTINCT FROM
       (OLD.id, OLD.sitting_id, OLD.person, OLD.matter, OLD.area_id, OLD.reason, OLD.began_at, OLD.judge_by)
       OR NEW.building_id IS DISTINCT FROM OLD.building_id THEN
        RAISE insufficient_privilege USING MESSAGE = 'an emergency stays as it was told';
    END IF;
    IF (NEW.verdict, NEW.judged_by) IS DISTINCT FROM (OLD.verdict, OLD.judged_by) AND (
        OLD.verdict <> 'waiting'
        OR NEW.judged_by IS DISTINCT FROM nullif(current_setting('shouwang.person', true), '')::uuid
    ) THEN
        RAISE insufficient_privilege USING MESSAGE = 'an emergency is judged once, by whoever acts';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER emergency_stays BEFORE UPDATE ON registry_emergency FOR EACH ROW EXECUTE FUNCTION emergency_stays();
"""
SAFE_PATHS = """
DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION account_of_code(bytea, boolean) SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION emergency_stays() SET search_path = %I, pg_temp', current_schema());
END $$
"""
BACK = """
DROP TRIGGER emergency_stays ON registry_emergency; DROP FUNCTION emergency_stays();
DROP FUNCTION account_of_code(bytea, boolean);
"""
ACTS = "nullif(current_setting('shouwang.person', true), '')::uuid"
SEEN = f"person = {ACTS} OR stands_over({ACTS}, area_id)"
# Table, for what, condition of the rows that are there, condition of those that come. A minute to spare: the pages and
# the database may stand on two machines with two clocks.
POLICIES = [
    ("registry_look", "SELECT", f"person = {ACTS}", ""),
    ("registry_sitting", "SELECT", f"person = {ACTS}", ""),
    (
        "registry_sitting", "INSERT", "",
        f"person = {ACTS} AND ends_at <= clock_timestamp() + interval '16 minutes'",
    ),
    ("registry_emergency", "SELECT", SEEN, ""),
    (
        "registry_emergency", "INSERT", "",
        f"person = {ACTS} AND stands_over({ACTS}, area_id) AND verdict = 'waiting' AND length(reason) >= 4"
        " AND judge_by <= clock_timestamp() + interval '1441 minutes'",
    ),
    ("registry_emergency", "UPDATE", SEEN, SEEN),
]  # fmt: skip


def protect(apps, schema_editor):
    town = settings.SCHEMA
    for table in sorted({one[0] for one in POLICIES}):
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f'CREATE POLICY jobs ON {table} TO "{town}_jobs" USING (true) WITH CHECK (true)')
    for table, what, there, coming in POLICIES:
        using, check = f" USING ({there})" if there else "", f" WITH CHECK ({coming})" if coming else ""
        schema_editor.execute(f'CREATE POLICY own_{what.lower()} ON {table} FOR {what} TO "{town}_web"{using}{check}')


class Migration(migrations.Migration):
    dependencies = [("registry", "0019_numbers_from_their_index")]

    operations = [
        migrations.RunSQL(SQL, BACK),
        migrations.RunSQL(SAFE_PATHS, migrations.RunSQL.noop),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
