import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hazard", "0003_public_results")]

    operations = [
        migrations.AlterField(
            model_name="sweep",
            name="kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("ordinary", "Ordinary unit"), ("special_trade", "Special trade"),
                        ("public_venue", "Public venue"), ("protected_unit", "Protected unit"),
                        ("dangerous_goods_unit", "Unit with dangerous goods"), ("internet_venue", "Internet venue"),
                        ("foreign_related_unit", "Unit with foreign affairs"), ("lodging_trade", "Hotel or inn"),
                        ("printing", "Printing"), ("locksmith", "Locksmith"), ("seal_engraving", "Seal engraving"),
                        ("pawnbroking", "Pawnbroking"), ("second_hand", "Second-hand goods"),
                        ("scrap_metal", "Scrap metal"), ("vehicle_repair", "Vehicle repair"),
                    ],
                    max_length=24,
                ),
                default=list,
                size=None,
            ),
        ),
    ]  # fmt: skip
