"""Free layers, such as patrol sectors: a name, whose ground, and which areas belong to one."""

import django.db.models.deletion
import shouwang.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_standard_addresses"),
    ]

    operations = [
        migrations.AlterField(
            model_name="area",
            name="layer",
            field=models.CharField(
                choices=[("duty", "Duty"), ("government", "Government"), ("free", "Free layer")], max_length=12
            ),
        ),
        migrations.AlterField(
            model_name="areaversion",
            name="layer",
            field=models.CharField(
                choices=[("duty", "Duty"), ("government", "Government"), ("free", "Free layer")], max_length=12
            ),
        ),
        migrations.CreateModel(
            name="FreeLayer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("tier", models.CharField(choices=[("sector", "Sector"), ("beat", "Patrol beat")], max_length=12)),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ground",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="free_layers", to="places.area"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)),
                        fields=("ground", "name"),
                        name="free_layer_name_once_on_its_ground",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="FreeArea",
            fields=[
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="free_area",
                        serialize=False,
                        to="places.area",
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="places.freelayer"
                    ),
                ),
            ],
        ),
    ]
