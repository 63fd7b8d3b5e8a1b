"""Row security for the portal: of matters, their parties and notes it sees what a grant opens, and nothing else."""

from django.db import migrations

from shouwang.core.row_security import OPENED, portal_reaches


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_residents_inbox"), ("people", "0002_secrets_open_what_they_name")]
    operations = [
        portal_reaches("matters_matter", f"id IN {OPENED}", act="SELECT"),
        portal_reaches("matters_party", f"matter_id IN {OPENED}", act="SELECT"),
        portal_reaches("matters_note", f"from_reporter AND matter_id IN {OPENED}", act="SELECT"),
    ]
