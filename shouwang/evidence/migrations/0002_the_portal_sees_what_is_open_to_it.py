"""Row security for the portal: it sees and adds files of matters that are open to it, and no others."""

from django.db import migrations

from shouwang.core.row_security import OPENED, portal_reaches

OF_THOSE = "evidence_id IN (SELECT id FROM evidence_evidence)"


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_photos_recordings_and_uploads"),
        ("people", "0004_portal_reaches_own_account"),
    ]
    operations = [
        portal_reaches("evidence_evidence", f"matter IN {OPENED}"),
        portal_reaches("evidence_original", OF_THOSE),
        portal_reaches("evidence_copy", OF_THOSE),
    ]
