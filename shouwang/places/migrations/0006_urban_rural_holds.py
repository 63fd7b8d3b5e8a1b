"""Every row keeps what 0005 asks of new ones; looked at without a lock that others wait for."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0005_urban_rural"),
    ]

    operations = [
        ValidateConstraint(model_name="area", name="area_urban_rural_of_communities"),
    ]
