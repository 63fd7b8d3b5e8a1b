"""Row security for the portal: of notices it reaches those to the resident who acts; codes go to proofs, too."""

from django.conf import settings
from django.db import migrations, models

TABLE = "notices_notice"


def protect(apps, schema_editor):
    town = settings.SCHEMA
    schema_editor.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    schema_editor.execute(
        f'CREATE POLICY staff ON {TABLE} TO "{town}_web", "{town}_jobs", "{town}_seal", "{town}_read"'
        " USING (true) WITH CHECK (true)"
    )
    schema_editor.execute(
        f"""CREATE POLICY own ON {TABLE} TO "{town}_portal" USING (recipient = people_own_resident())"""
    )


def unprotect(apps, schema_editor):
    schema_editor.execute(f"DROP POLICY own ON {TABLE}")
    schema_editor.execute(f"DROP POLICY staff ON {TABLE}")
    schema_editor.execute(f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY")


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_outbox_and_numbers"), ("people", "0004_portal_reaches_own_account")]
    operations = [
        migrations.AlterField(
            model_name="notice",
            name="recipient_kind",
            field=models.CharField(
                choices=[
                    ("person", "Person with an account"),
                    ("party", "Party to a matter"),
                    ("proof", "Somebody who proves a number or mailbox"),
                ],
                max_length=8,
            ),
        ),
        migrations.RunPython(protect, unprotect),
    ]
