import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import shouwang.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LastFix',
            fields=[
                ('unit', models.UUIDField(primary_key=True, serialize=False)),
                ('shift', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('lon', models.FloatField()),
                ('lat', models.FloatField()),
                ('speed_mps', models.FloatField(null=True)),
                ('heading_deg', models.FloatField(null=True)),
                ('accuracy_m', models.FloatField(null=True)),
                ('battery_share', models.FloatField(null=True)),
                ('duty_path', models.CharField(blank=True, default='', max_length=200)),
                ('government_path', models.CharField(blank=True, default='', max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Fix',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('unit', models.UUIDField()),
                ('shift', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('lon', models.FloatField()),
                ('lat', models.FloatField()),
                ('speed_mps', models.FloatField(null=True)),
                ('heading_deg', models.FloatField(null=True)),
                ('accuracy_m', models.FloatField(null=True)),
                ('battery_share', models.FloatField(null=True)),
                ('late', models.BooleanField(default=False)),
                ('source', models.CharField(max_length=12)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.BrinIndex(fields=['at'], name='fix_at')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'at'), name='fix_once')],
            },
        ),
        migrations.CreateModel(
            name='TrackHold',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('unit', models.UUIDField()),
                ('during', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('reason', models.CharField(max_length=120)),
                ('held_by', models.UUIDField()),
                ('held_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['unit'], name='track_hold_unit')],
            },
        ),
    ]
