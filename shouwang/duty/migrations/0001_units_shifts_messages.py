import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import shouwang.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('matters', '__first__'),
        ('people', '__first__'),
        ('places', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=500)),
                ('sender', models.UUIDField(null=True)),
                ('sent_at', models.DateTimeField()),
                ('duty_path', models.CharField(max_length=200)),
                ('government_path', models.CharField(blank=True, default='', max_length=200)),
                ('matter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='matters.matter')),
            ],
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40)),
                ('call_sign', models.CharField(blank=True, default='', max_length=20)),
                ('initials', models.CharField(blank=True, default='', max_length=12)),
                ('form', models.CharField(choices=[('car', 'Patrol car'), ('foot', 'On foot'), ('cycle', 'Cycle patrol'), ('booth', 'Booth'), ('rapid', 'Rapid-police post')], max_length=8)),
                ('duty_path', models.CharField(max_length=200)),
                ('government_path', models.CharField(blank=True, default='', max_length=200)),
                ('lon', models.FloatField(blank=True, null=True)),
                ('lat', models.FloatField(blank=True, null=True)),
                ('report_every_s', models.PositiveSmallIntegerField(default=10)),
                ('active', models.BooleanField(default=True)),
                ('home', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
            ],
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('during', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('availability', models.CharField(choices=[('free', 'Free'), ('away', 'Away')], default='free', max_length=8)),
                ('away_reason', models.CharField(blank=True, default='', max_length=40)),
                ('since', models.DateTimeField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='duty.unit')),
            ],
        ),
        migrations.CreateModel(
            name='MessageCopy',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('read_by', models.UUIDField(blank=True, null=True)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copies', to='duty.message')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='duty.unit')),
            ],
        ),
        migrations.AddField(
            model_name='message',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='written', to='duty.unit'),
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('sos', 'Officer needs help'), ('support', 'Crew asks for support'), ('unsigned', 'Not signed in time'), ('returned', 'Task given back')], max_length=10)),
                ('subject', models.UUIDField()),
                ('raised_at', models.DateTimeField()),
                ('raised_by', models.UUIDField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_why', models.CharField(blank=True, default='', max_length=16)),
                ('settled_by', models.UUIDField(blank=True, null=True)),
                ('duty_path', models.CharField(max_length=200)),
                ('government_path', models.CharField(blank=True, default='', max_length=200)),
                ('matter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='matters.matter')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='duty.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Crew',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('during', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('sworn', models.BooleanField()),
                ('lead', models.BooleanField(default=False)),
                ('recorder', models.CharField(blank=True, default='', max_length=20)),
                ('no_recorder', models.CharField(blank=True, default='', max_length=80)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='crew', to='duty.shift')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), ('during', '&&')], name='crew_person_on_one_unit', violation_error_message='This person is already on another unit.')],
            },
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('home', 'name'), name='unit_name_once_in_its_office'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('unit', '='), ('during', '&&')], name='shift_one_per_unit'),
        ),
        migrations.AddIndex(
            model_name='messagecopy',
            index=models.Index(fields=['unit', 'message'], name='message_copy_unit'),
        ),
        migrations.AddConstraint(
            model_name='messagecopy',
            constraint=models.UniqueConstraint(fields=('message', 'unit'), name='message_once_for_each', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['duty_path'], name='message_path', opclasses=['text_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['matter', 'sent_at'], name='message_matter'),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['raised_at'], name='alert_open'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('kind', 'subject'), name='alert_one_open'),
        ),
    ]
