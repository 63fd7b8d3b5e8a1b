"""Row security for the portal's inbox: it writes to it, and reads back what a grant opens."""

from django.db import migrations

from shouwang.core.row_security import OPENED, portal_reaches


class Migration(migrations.Migration):
    dependencies = [("matters", "0003_portal_row_security"), ("people", "0004_portal_reaches_own_account")]
    operations = [
        portal_reaches("matters_submission", f"matter IN {OPENED}", "true"),
        portal_reaches("matters_onetimecode", f"matter IN {OPENED}"),
    ]
