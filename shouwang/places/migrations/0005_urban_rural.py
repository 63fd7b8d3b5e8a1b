"""The urban–rural class of communities (table C3)."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0004_free_layers"),
    ]

    operations = [
        migrations.AddField(
            model_name="area",
            name="urban_rural",
            field=models.CharField(
                blank=True,
                choices=[
                    ("main_urban", "Main urban area"),
                    ("urban_fringe", "Fringe of the urban area"),
                    ("town_centre", "Centre of a town"),
                    ("town_fringe", "Fringe of a town"),
                    ("special_area", "Special area"),
                    ("township_centre", "Centre of a township"),
                    ("village", "Village"),
                ],
                default="",
                max_length=16,
            ),
        ),
        AddConstraintNotValid(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(("urban_rural", ""))
                | models.Q(
                    ("tier", "community"),
                    (
                        "urban_rural__in",
                        [
                            "main_urban",
                            "urban_fringe",
                            "town_centre",
                            "town_fringe",
                            "special_area",
                            "township_centre",
                            "village",
                        ],
                    ),
                ),
                name="area_urban_rural_of_communities",
            ),
        ),
    ]
