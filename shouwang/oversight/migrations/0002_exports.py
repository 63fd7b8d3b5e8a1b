"""Exports of one matter, each row for whoever made it or was told of it; and the keys they bear, for anybody."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shouwang.core.ids

ME = "nullif(current_setting('shouwang.person', true), '')::uuid"
TOLD_ME = f"SELECT 1 FROM oversight_told AS one WHERE one.subject = oversight_export.id AND one.person = {ME}"
SEEN = f"made_by = {ME} OR EXISTS ({TOLD_ME})"


def protect(_apps, schema_editor):
    town = settings.SCHEMA
    schema_editor.execute("ALTER TABLE oversight_export ENABLE ROW LEVEL SECURITY")
    schema_editor.execute(f'CREATE POLICY jobs ON oversight_export TO "{town}_jobs" USING (true) WITH CHECK (true)')
    schema_editor.execute(f'CREATE POLICY own ON oversight_export TO "{town}_web" USING ({SEEN}) WITH CHECK (true)')


def unprotect(_apps, schema_editor):
    schema_editor.execute("DROP POLICY own ON oversight_export")
    schema_editor.execute("DROP POLICY jobs ON oversight_export")
    schema_editor.execute("ALTER TABLE oversight_export DISABLE ROW LEVEL SECURITY")


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0007_why_a_step_was_left_aside"),
        ("oversight", "0001_looks_back"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportKey",
            fields=[
                ("key", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.AlterField(
            model_name="told",
            name="about",
            field=models.CharField(
                choices=[
                    ("replay", "Your way on shift was replayed"),
                    ("presence", "You were found near a place"),
                    ("export", "Your way on shift was handed over with the record of a matter"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("purpose", models.CharField(max_length=12)),
                ("reason", models.CharField(max_length=120)),
                ("units", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("n_entries", models.PositiveIntegerField()),
                ("n_fixes", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_by", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "-made_at"], name="export_of_matter")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gte", models.F("starts_at"))), name="export_ends_after"
                    )
                ],
            },
        ),
        migrations.RunPython(protect, unprotect),
    ]
