"""Row security for the portal: of matters, their parties and notes it sees what a grant opens, and nothing else."""

from django.conf import settings
from django.db import migrations

OPENED = (
    "(SELECT matter FROM people_opened_matters(NULLIF(current_setting('shouwang.person', true), '')::uuid,"
    " NULLIF(current_setting('shouwang.grant', true), '')::uuid, now()))"
)
TABLES = {
    "matters_matter": f"id IN {OPENED}",
    "matters_party": f"matter_id IN {OPENED}",
    "matters_note": f"from_reporter AND matter_id IN {OPENED}",
}


def protect(apps, schema_editor):
    town = settings.SCHEMA
    for table, opened in TABLES.items():
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(
            f'CREATE POLICY staff ON {table} TO "{town}_web", "{town}_jobs", "{town}_seal", "{town}_read"'
            " USING (true) WITH CHECK (true)"
        )
        schema_editor.execute(f'CREATE POLICY opened ON {table} FOR SELECT TO "{town}_portal" USING ({opened})')


def unprotect(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(f"DROP POLICY opened ON {table}")
        schema_editor.execute(f"DROP POLICY staff ON {table}")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_residents_inbox"), ("people", "0002_secrets_open_what_they_name")]
    operations = [migrations.RunPython(protect, unprotect)]
