"""Looks back, what people were told of them, and findings; each row only for whom it is (decision 0047)."""

import django.contrib.postgres.fields
import django.db.models.deletion
import shouwang.core.ids
from django.conf import settings
from django.db import migrations, models


ME = "nullif(current_setting('shouwang.person', true), '')::uuid"
TOLD_ME = f"EXISTS (SELECT 1 FROM oversight_told AS one WHERE one.subject = {{table}}.id AND one.person = {ME})"
SEEN = {
    "oversight_replay": f"opened_by = {ME} OR {TOLD_ME}",
    "oversight_told": f"person = {ME}",
    "oversight_finding": f"passed_at IS NOT NULL OR person = {ME}",
}


def protect(_apps, schema_editor):
    """Pages read what is of whoever acts; the jobs read all of it."""
    town = settings.SCHEMA
    for table, seen in SEEN.items():
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f'CREATE POLICY jobs ON {table} TO "{town}_jobs" USING (true) WITH CHECK (true)')
        condition = seen.format(table=table)
        schema_editor.execute(f'CREATE POLICY own ON {table} TO "{town}_web" USING ({condition}) WITH CHECK (true)')


def unprotect(_apps, schema_editor):
    for table in SEEN:
        schema_editor.execute(f"DROP POLICY own ON {table}")
        schema_editor.execute(f"DROP POLICY jobs ON {table}")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('matters', '0007_why_a_step_was_left_aside'),
        ('places', '0006_urban_rural_holds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('about', models.CharField(choices=[('replay', 'Your way on shift was replayed'), ('presence', 'You were found near a place')], max_length=8)),
                ('subject', models.UUIDField()),
                ('told_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('words', models.CharField(blank=True, default='', max_length=500)),
                ('said_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name_plural': 'told',
                'indexes': [models.Index(fields=['person', '-told_at'], name='told_to_person')],
                'constraints': [models.UniqueConstraint(fields=('subject', 'person'), name='told_once')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('check_name', models.CharField(choices=[('far', 'Arrival noted far from the place'), ('fast', 'From one visit to the next faster than on foot'), ('apart', 'Two places at once')], max_length=5)),
                ('person', models.UUIDField()),
                ('subject', models.UUIDField()),
                ('place_text', models.CharField(blank=True, default='', max_length=300)),
                ('at', models.DateTimeField()),
                ('facts', models.JSONField()),
                ('found_at', models.DateTimeField()),
                ('answer_by', models.DateTimeField()),
                ('came_from', models.CharField(blank=True, default='', max_length=12)),
                ('said', models.CharField(blank=True, default='', max_length=500)),
                ('said_at', models.DateTimeField(null=True)),
                ('passed_at', models.DateTimeField(null=True)),
                ('settled', models.CharField(blank=True, choices=[('explained', 'explained: erase it'), ('followed', 'taken up elsewhere, by hand')], default='', max_length=9)),
                ('settled_by', models.UUIDField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-at'], name='finding_of_person')],
                'constraints': [models.UniqueConstraint(fields=('check_name', 'subject', 'person'), name='finding_once'), models.CheckConstraint(condition=models.Q(('settled', ''), ('settled_by__isnull', False), _connector='OR'), name='finding_settled_by_a_hand'), models.CheckConstraint(condition=models.Q(('settled_by', models.F('person')), _negated=True), name='finding_settled_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('duty_path', models.CharField(max_length=200)),
                ('government_path', models.CharField(blank=True, default='', max_length=200)),
                ('place_text', models.CharField(max_length=200)),
                ('lon', models.FloatField()),
                ('lat', models.FloatField()),
                ('radius_m', models.PositiveSmallIntegerField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('purpose', models.CharField(max_length=12)),
                ('reason', models.CharField(max_length=120)),
                ('state', models.CharField(choices=[('waiting', 'waits for approval'), ('approved', 'approved'), ('refused', 'refused')], default='waiting', max_length=8)),
                ('asked_by', models.UUIDField()),
                ('asked_at', models.DateTimeField()),
                ('decided_by', models.UUIDField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('because', models.CharField(blank=True, default='', max_length=120)),
                ('opened_at', models.DateTimeField(null=True)),
                ('answer_until', models.DateTimeField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.matter')),
            ],
            options={
                'indexes': [models.Index(fields=['asked_by', '-asked_at'], name='presence_of_asker')],
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_by', models.F('asked_by')), _negated=True), name='presence_decided_by_another'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='presence_ends_after')],
            },
        ),
        migrations.CreateModel(
            name='Replay',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('purpose', models.CharField(max_length=12)),
                ('reason', models.CharField(max_length=120)),
                ('units', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('opened_by', models.UUIDField()),
                ('opened_at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
            ],
            options={
                'indexes': [models.Index(fields=['opened_by', '-opened_at'], name='replay_of_opener')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='replay_ends_after')],
            },
        ),
        migrations.RunPython(protect, unprotect),
    ]
