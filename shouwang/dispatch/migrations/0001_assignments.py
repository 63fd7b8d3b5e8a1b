import django.db.models.deletion
import shouwang.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('duty', '__first__'),
        ('matters', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('sent', 'Sent, not signed'), ('signed', 'Signed'), ('departed', 'On the way'), ('arrived', 'On scene'), ('reported', 'Reported'), ('cleared', 'Cleared'), ('returned', 'Returned'), ('recalled', 'Recalled')], default='sent', max_length=10)),
                ('sent_at', models.DateTimeField()),
                ('delivered_at', models.DateTimeField(blank=True, null=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('departed_at', models.DateTimeField(blank=True, null=True)),
                ('arrived_at', models.DateTimeField(blank=True, null=True)),
                ('reported_at', models.DateTimeField(blank=True, null=True)),
                ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, default='', max_length=120)),
                ('sent_by', models.UUIDField(null=True)),
                ('fallback_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='matters.matter')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='duty.shift')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='duty.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['matter', 'sent_at'], name='assignment_matter'), models.Index(condition=models.Q(('state', 'sent')), fields=['sent_at'], name='assignment_unsigned')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['cleared', 'returned', 'recalled']), _negated=True), fields=('unit',), name='assignment_one_open_per_unit')],
            },
        ),
    ]
