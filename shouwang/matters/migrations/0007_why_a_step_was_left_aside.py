from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0006_papers_for_owners")]

    operations = [
        migrations.AddField(
            model_name="sentstep",
            name="settled_because",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
