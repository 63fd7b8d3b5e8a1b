"""What an owner hands in by the paper that he was left: mended, self-check."""

from django.db import migrations, models

KINDS = [
    ("report", "Report"), ("addition", "Addition"), ("place", "Place corrected"), ("withdrawal", "Withdrawal"),
    ("answer", "Questionnaire answered"), ("code", "One-time code asked for"), ("mended", "Said to be mended"),
    ("self_check", "Self-check"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("matters", "0005_a_grant_opens_what_was_filed")]
    operations = [migrations.AlterField("submission", "kind", models.CharField(choices=KINDS, max_length=12))]
