"""No unit has a trade without being one of the special trades; looked at without holding writers up."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registry", "0023_special_trades")]

    operations = [ValidateConstraint(model_name="organisation", name="organisation_trade_of_special_trades")]
