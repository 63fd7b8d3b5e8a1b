import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrols", "0002_signs_notes_and_pauses")]

    operations = [
        migrations.AlterField(
            "mark", "slot",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="patrols.slot"),
        ),
        migrations.AlterField(
            "mark", "point",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="marks",
                to="patrols.point",
            ),
        ),
    ]  # fmt: skip
