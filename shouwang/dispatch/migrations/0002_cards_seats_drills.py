import django.db.models.deletion
import shouwang.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dispatch', '0001_assignments'),
        ('places', '0003_standard_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('number', models.SmallAutoField(primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Drill',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('began_at', models.DateTimeField()),
                ('began_by', models.UUIDField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.UUIDField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
            ],
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('seat', models.PositiveIntegerField()),
                ('serial', models.PositiveIntegerField()),
                ('duty_path', models.CharField(blank=True, default='', max_length=200)),
                ('government_path', models.CharField(blank=True, default='', max_length=200)),
                ('content', models.JSONField()),
                ('written_at', models.DateTimeField()),
                ('ahead_s', models.FloatField(default=0)),
                ('from_picture', models.BooleanField(default=False)),
                ('received_at', models.DateTimeField()),
                ('received_by', models.UUIDField()),
                ('state', models.CharField(choices=[('waiting', 'Waits to be entered'), ('entered', 'Entered'), ('drilled', 'Practised only')], default='waiting', max_length=8)),
                ('entered_at', models.DateTimeField(blank=True, null=True)),
                ('entered_by', models.UUIDField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('drill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='dispatch.drill')),
            ],
        ),
        migrations.AddConstraint(
            model_name='drill',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('area',), name='drill_one_running_per_office'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(fields=['state', 'written_at'], name='card_waiting'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.UniqueConstraint(fields=('seat', 'serial'), name='card_number_once'),
        ),
    ]
