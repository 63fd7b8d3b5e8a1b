"""The portal gives a grant only for what is filed at that moment, or for what the receipt in its hand opens already."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION matters_may_be_opened(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT NOT EXISTS (SELECT 1 FROM matters_matter WHERE id = wanted)
       AND NOT EXISTS (SELECT 1 FROM matters_submission WHERE matter = wanted)
        OR EXISTS (
            SELECT 1 FROM people_grant held
            WHERE held.id = NULLIF(current_setting('shouwang.grant', true), '')::uuid
              AND held.kind = 'receipt' AND held.subject = wanted AND held.revoked_at IS NULL
        )
$$;
"""
BACKWARDS = "DROP FUNCTION matters_may_be_opened(uuid)"
WRITTEN = "(kind = 'receipt' OR (kind = 'filed' AND person_id = people_own_resident()))"


def narrow(apps, schema_editor):
    schema_editor.execute(f"ALTER POLICY portal ON people_grant WITH CHECK ({WRITTEN} AND matters_may_be_opened(subject))")


def widen(apps, schema_editor):
    schema_editor.execute(f"ALTER POLICY portal ON people_grant WITH CHECK ({WRITTEN})")


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0004_portal_reads_own_submissions"),
        ("people", "0006_what_was_filed_is_let_go"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS), migrations.RunPython(narrow, widen)]
