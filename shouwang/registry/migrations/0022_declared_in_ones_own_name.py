"""A declaration is filed in one's own name; erasing a record leaves none of its words in forms and declarations."""

from django.conf import settings
from django.db import migrations

SQL = """\
-- Only at the person's own open request, by whoever looked at the record within the hour. What phones sent about it and
-- what he declared about himself go with it; a declaration that still waits for an answer is no part of the record.
CREATE OR REPLACE FUNCTION erase_resident(p_request uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_resident uuid;
    v_account uuid;
BEGIN
    SELECT resident, account INTO v_resident, v_account FROM registry_request
    WHERE id = p_request AND kind = 'erase' AND state = 'filed' AND stands_over(v_person, area_id);
    IF v_resident IS NULL
       OR NOT EXISTS (SELECT 1 FROM registry_looktoken AS token
                      WHERE token.person = v_person AND token.register = 'resident'
                        AND v_resident = ANY (token.identities)
                        AND token.used_at > clock_timestamp() - interval '1 hour') THEN
        RAISE insufficient_privilege USING MESSAGE = 'a record is deleted at the request of its person';
    END IF;
    DELETE FROM registry_declaration WHERE residence IN (
        SELECT id FROM registry_residence WHERE resident_id = v_resident);
    DELETE FROM registry_declaration
    WHERE filed_by = v_account AND declarer = 'self' AND state NOT IN ('filed', 'checked');
    DELETE FROM registry_edit WHERE register = 'resident' AND record = v_resident;
    DELETE FROM registry_residence WHERE resident_id = v_resident;
    UPDATE registry_request SET wish_enc = NULL WHERE resident = v_resident;
    DELETE FROM registry_owncopy WHERE resident = v_resident;
    DELETE FROM registry_resident WHERE id = v_resident;
END $$;
"""
SAFE_PATH = """\
DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION erase_resident(uuid) SET search_path = %I, pg_temp', current_schema());
END $$
"""
ACTS = "nullif(current_setting('shouwang.person', true), '')::uuid"
OWN = f"filed_by IS NOT DISTINCT FROM {ACTS} AND state = 'filed' AND residence IS NULL"
POLICIES = {
    "web": f"{OWN} AND (declarer <> 'officer' OR stands_over({ACTS}, area_id))",
    "portal": f"{OWN} AND declarer <> 'officer'",
}


def protect(apps, schema_editor):
    town = settings.SCHEMA
    schema_editor.execute("ALTER TABLE registry_declaration ENABLE ROW LEVEL SECURITY")
    schema_editor.execute(
        f'CREATE POLICY jobs ON registry_declaration TO "{town}_jobs" USING (true) WITH CHECK (true)'
    )
    for role, own in POLICIES.items():
        schema_editor.execute(
            f'CREATE POLICY own_{role} ON registry_declaration FOR INSERT TO "{town}_{role}" WITH CHECK ({own})'
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0021_what_each_purpose_opens")]

    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(SAFE_PATH, migrations.RunSQL.noop),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
