"""Row security for the portal: it sees and adds files of matters that are open to it, and no others."""

from django.conf import settings
from django.db import migrations

OPENED = (
    "matter IN (SELECT matter FROM people_opened_matters(NULLIF(current_setting('shouwang.person', true), '')::uuid,"
    " NULLIF(current_setting('shouwang.grant', true), '')::uuid, now()))"
)
OF_THOSE = "evidence_id IN (SELECT id FROM evidence_evidence)"
TABLES = {"evidence_evidence": OPENED, "evidence_original": OF_THOSE, "evidence_copy": OF_THOSE}


def protect(apps, schema_editor):
    town = settings.SCHEMA
    for table, opened in TABLES.items():
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(
            f'CREATE POLICY staff ON {table} TO "{town}_web", "{town}_jobs", "{town}_seal", "{town}_read"'
            " USING (true) WITH CHECK (true)"
        )
        schema_editor.execute(f'CREATE POLICY opened ON {table} TO "{town}_portal" USING ({opened}) WITH CHECK ({opened})')


def unprotect(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(f"DROP POLICY opened ON {table}")
        schema_editor.execute(f"DROP POLICY staff ON {table}")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_photos_recordings_and_uploads"),
        ("people", "0004_portal_reaches_own_account"),
    ]
    operations = [migrations.RunPython(protect, unprotect)]
