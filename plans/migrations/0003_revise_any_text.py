"""Let every text of a draft be changed and tell its history, items go over into others, and drafts be given up."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0002_lasting_keys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Descent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('same', '同一'), ('reworded', '文言変更'), ('moved', '移動'), ('split', '分割'), ('merged', '統合'), ('ended', '終了'), ('new', '新設')], max_length=10, verbose_name='扱い')),
            ],
            options={
                'verbose_name': '項目の系譜',
                'verbose_name_plural': '項目の系譜',
                'ordering': ('edition', 'before', 'after'),
            },
        ),
        migrations.CreateModel(
            name='HistoricalAxis',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('key', models.SlugField(max_length=20, verbose_name='軸の識別子')),
                ('number', models.PositiveSmallIntegerField(verbose_name='番号')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('english', models.CharField(blank=True, max_length=60, verbose_name='英語の語')),
                ('tagline', models.CharField(blank=True, max_length=200, verbose_name='標語')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical 軸',
                'verbose_name_plural': 'historical 軸',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPolicy',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('key', models.SlugField(max_length=20, verbose_name='取組方針の識別子')),
                ('letter', models.CharField(max_length=1, verbose_name='記号')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical 取組方針',
                'verbose_name_plural': 'historical 取組方針',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RemoveConstraint(
            model_name='axis',
            name='axis_named',
        ),
        migrations.RemoveConstraint(
            model_name='edition',
            name='edition_status_known',
        ),
        migrations.RemoveConstraint(
            model_name='edition',
            name='edition_number_once',
        ),
        migrations.RemoveConstraint(
            model_name='edition',
            name='edition_adopted_with_dates',
        ),
        migrations.RemoveConstraint(
            model_name='policy',
            name='policy_named',
        ),
        migrations.AddField(
            model_name='axis',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='edition',
            name='abandoned_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='取りやめの日時'),
        ),
        migrations.AddField(
            model_name='edition',
            name='abandoned_because',
            field=models.TextField(blank=True, verbose_name='取りやめの理由'),
        ),
        migrations.AddField(
            model_name='edition',
            name='abandoned_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='edition',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='policy',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AlterField(
            model_name='edition',
            name='status',
            field=models.CharField(choices=[('draft', '案'), ('in_force', '施行中'), ('superseded', '旧版'), ('abandoned', '取りやめた案')], default='draft', max_length=12, verbose_name='状態'),
        ),
        migrations.AddConstraint(
            model_name='axis',
            constraint=models.UniqueConstraint(models.F('edition'), models.F('key'), name='axis_key_once'),
        ),
        migrations.AddConstraint(
            model_name='axis',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='axis_named'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in_force', 'superseded', 'abandoned'])), name='edition_status_known'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'abandoned'), _negated=True), fields=('plan', 'major', 'minor'), name='edition_number_once'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('status__in', ('in_force', 'superseded')), _negated=True), ('adopted_at__isnull', True), ('decided_on__isnull', True), ('effective_from__isnull', True)), models.Q(('adopted_at__isnull', False), ('decided_on__isnull', False), ('effective_from__isnull', False), ('status__in', ('in_force', 'superseded'))), _connector='OR'), name='edition_adopted_with_dates'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('abandoned_at__isnull', True), ('abandoned_by__isnull', True)), models.Q(('abandoned_at__isnull', False), ('abandoned_by__isnull', False)), _connector='OR'), name='edition_abandoned_pair'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('abandoned_at__isnull', False), ('status', 'abandoned')), models.Q(('abandoned_because', ''), _negated=True)), models.Q(models.Q(('status', 'abandoned'), _negated=True), ('abandoned_at__isnull', True), ('abandoned_because', '')), _connector='OR'), name='edition_abandoned_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.UniqueConstraint(models.F('edition'), models.F('key'), name='policy_key_once'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('letter', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='policy_named'),
        ),
        migrations.AddField(
            model_name='descent',
            name='after',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='descents_before', to='plans.focusitem'),
        ),
        migrations.AddField(
            model_name='descent',
            name='before',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='descents_after', to='plans.focusitem'),
        ),
        migrations.AddField(
            model_name='descent',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='descents', to='plans.edition'),
        ),
        migrations.AddField(
            model_name='historicalaxis',
            name='edition',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.edition'),
        ),
        migrations.AddField(
            model_name='historicalaxis',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpolicy',
            name='axis',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.axis'),
        ),
        migrations.AddField(
            model_name='historicalpolicy',
            name='edition',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.edition'),
        ),
        migrations.AddField(
            model_name='historicalpolicy',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='descent',
            constraint=models.UniqueConstraint(models.F('edition'), models.F('before'), models.F('after'), name='descent_joined_once'),
        ),
        migrations.AddConstraint(
            model_name='descent',
            constraint=models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='descent_of_another'),
        ),
        migrations.AddConstraint(
            model_name='descent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('split', 'merged'))), name='descent_kind_known'),
        ),
    ]
