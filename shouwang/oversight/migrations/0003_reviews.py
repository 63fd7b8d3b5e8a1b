"""Reviews of a serious case: who is asked, what they answer, what is found of each post."""

import django.contrib.postgres.fields
import django.db.models.deletion
import shouwang.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0007_why_a_step_was_left_aside"),
        ("oversight", "0002_exports"),
    ]

    operations = [
        migrations.AlterField(
            model_name="told",
            name="about",
            field=models.CharField(
                choices=[
                    ("replay", "Your way on shift was replayed"),
                    ("presence", "You were found near a place"),
                    ("export", "Your way on shift was handed over with the record of a matter"),
                    ("review", "What you did in a case is reviewed; you may answer"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("matters", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("purpose", models.CharField(max_length=12)),
                ("reason", models.CharField(max_length=120)),
                ("offices", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("opened_by", models.UUIDField()),
                ("opened_at", models.DateTimeField()),
                ("measures", models.CharField(blank=True, default="", max_length=500)),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("matter",),
                        name="review_one_open_of_matter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gte", models.F("starts_at"))), name="review_ends_after"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Heard",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person", models.UUIDField()),
                ("posts", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("asked_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="heard", to="oversight.review"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "heard",
                "indexes": [models.Index(fields=["person", "-asked_at"], name="heard_person")],
                "constraints": [models.UniqueConstraint(fields=("review", "person"), name="heard_once_in_a_review")],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", models.CharField(max_length=1000)),
                ("said_at", models.DateTimeField()),
                (
                    "heard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="oversight.heard"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostFinding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("post", models.UUIDField()),
                (
                    "found",
                    models.CharField(
                        choices=[
                            ("kept", "Did what the post asks, in time"),
                            ("late", "Did it, later than the limit"),
                            ("left", "Did not do it, though able to"),
                            ("unable", "Could not do it from this post"),
                            ("unclear", "Whose duty it was, was not settled"),
                            ("means", "Equipment, network or system failed"),
                            ("unknown", "The record does not show it"),
                        ],
                        max_length=8,
                    ),
                ),
                ("rule", models.CharField(max_length=8)),
                ("entry", models.UUIDField()),
                ("words", models.CharField(max_length=500)),
                ("made_by", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="oversight.review"
                    ),
                ),
            ],
        ),
    ]
