"""Boards that hang: of which area, since when, and what they say, as a hash."""

import django.db.models.deletion
import shouwang.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_standard_addresses"),
        ("territory", "0003_plate_photos"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostedBoard",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("says", models.CharField(max_length=64)),
                ("posted_at", models.DateTimeField()),
                ("posted_by", models.UUIDField(null=True)),
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posted_board", to="places.area"
                    ),
                ),
            ],
        ),
    ]
