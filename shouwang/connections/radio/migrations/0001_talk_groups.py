from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="TalkGroup",
            fields=[
                ("number", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("heard_at", models.DateTimeField()),
            ],
            options={"ordering": ("number",)},
        ),
    ]
