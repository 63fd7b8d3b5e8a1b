import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import shouwang.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracking', '0002_days'),
    ]

    operations = [
        migrations.CreateModel(
            name='TrackKeeping',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('matter', models.UUIDField()),
                ('reason', models.CharField(max_length=120)),
                ('term_days', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('asked', 'waits for a decision'), ('kept', 'kept'), ('refused', 'refused'), ('ended', 'over, destroyed')], default='asked', max_length=7)),
                ('asked_by', models.UUIDField()),
                ('asked_at', models.DateTimeField()),
                ('decided_by', models.UUIDField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('retain_until', models.DateField(null=True)),
                ('kept_to', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'kept'])), fields=('matter',), name='track_keeping_one_of_a_matter'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('asked_by')), _negated=True), name='track_keeping_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'kept'), _negated=True), models.Q(('decided_by__isnull', False), ('retain_until__isnull', False)), _connector='OR'), name='track_keeping_has_a_term')],
            },
        ),
        migrations.CreateModel(
            name='TrackArchive',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('unit', models.UUIDField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('n_fixes', models.PositiveIntegerField()),
                ('sha256', models.BinaryField(max_length=32)),
                ('size', models.PositiveIntegerField()),
                ('stored', models.BinaryField(max_length=32, unique=True)),
                ('wrapped_key', models.BinaryField()),
                ('kept_at', models.DateTimeField()),
                ('keeping', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='archives', to='tracking.trackkeeping')),
            ],
        ),
        migrations.CreateModel(
            name='KeptStretch',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('unit', models.UUIDField()),
                ('during', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('keeping', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stretches', to='tracking.trackkeeping')),
            ],
            options={
                'verbose_name_plural': 'kept stretches',
                'indexes': [models.Index(fields=['unit'], name='kept_stretch_unit'), django.contrib.postgres.indexes.GistIndex(fields=['during'], name='kept_stretch_during')],
            },
        ),
    ]
