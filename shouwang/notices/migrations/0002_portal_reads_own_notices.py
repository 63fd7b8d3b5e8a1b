"""Row security for the portal: of notices it reaches those to the resident who acts; codes go to proofs, too."""

from django.db import migrations, models

from shouwang.core.row_security import portal_reaches


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
        portal_reaches("notices_notice", "recipient = people_own_resident()"),
    ]
