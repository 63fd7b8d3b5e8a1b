"""Row security for the portal's inbox: it writes to it, and reads back what a grant opens."""

from django.conf import settings
from django.db import migrations

OPENED = (
    "matter IN (SELECT matter FROM people_opened_matters(NULLIF(current_setting('shouwang.person', true), '')::uuid,"
    " NULLIF(current_setting('shouwang.grant', true), '')::uuid, now()))"
)
TABLES = {"matters_submission": "true", "matters_onetimecode": OPENED}  # table → what it may write


def protect(apps, schema_editor):
    town = settings.SCHEMA
    for table, written in TABLES.items():
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(
            f'CREATE POLICY staff ON {table} TO "{town}_web", "{town}_jobs", "{town}_seal", "{town}_read"'
            " USING (true) WITH CHECK (true)"
        )
        schema_editor.execute(
            f'CREATE POLICY opened ON {table} TO "{town}_portal" USING ({OPENED}) WITH CHECK ({written})'
        )


def unprotect(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(f"DROP POLICY opened ON {table}")
        schema_editor.execute(f"DROP POLICY staff ON {table}")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


class Migration(migrations.Migration):
    dependencies = [("matters", "0003_portal_row_security"), ("people", "0004_portal_reaches_own_account")]
    operations = [migrations.RunPython(protect, unprotect)]
