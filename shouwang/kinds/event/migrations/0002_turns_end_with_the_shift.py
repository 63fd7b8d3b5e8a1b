from django.db import migrations, models


class Migration(migrations.Migration):
    """A turn may end because the crew went off duty."""

    dependencies = [("event", "0001_posts_and_turns")]

    operations = [
        migrations.AlterField(
            model_name="eventturn",
            name="left_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("relieved", "relieved"),
                    ("away", "left"),
                    ("off_duty", "went off duty"),
                    ("stood_down", "stood down"),
                ],
                default="",
                max_length=10,
            ),
        ),
    ]
