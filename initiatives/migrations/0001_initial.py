"""Responsibilities, progress and studies."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('plans', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, verbose_name='ファイル名')),
                ('title', models.CharField(max_length=200, verbose_name='何の資料か')),
                ('media_type', models.CharField(max_length=100, verbose_name='種類')),
                ('size', models.PositiveIntegerField(verbose_name='大きさ（バイト）')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('content', models.BinaryField(verbose_name='中身')),
                ('kept_at', models.DateTimeField(verbose_name='記録日時')),
                ('kept_by_name', models.CharField(max_length=100, verbose_name='記録者の氏名（当時）')),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録者')),
            ],
            options={
                'verbose_name': '根拠資料',
                'verbose_name_plural': '根拠資料',
                'ordering': ('study', 'kept_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='EvidenceDownload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_at', models.DateTimeField(verbose_name='取出し日時')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='downloads', to='initiatives.evidence')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '根拠資料の取出し',
                'verbose_name_plural': '根拠資料の取出し',
                'ordering': ('evidence', 'taken_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('focus_item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='initiative', to='plans.focusitem')),
            ],
            options={
                'verbose_name': '取組',
                'verbose_name_plural': '取組',
                'ordering': ('focus_item',),
            },
        ),
        migrations.CreateModel(
            name='HistoricalStudy',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('question', models.TextField(verbose_name='検討する問い')),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='見直しの期限')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='initiatives.initiative')),
            ],
            options={
                'verbose_name': 'historical 検討',
                'verbose_name_plural': 'historical 検討',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Study',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField(verbose_name='検討する問い')),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='見直しの期限')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('initiative', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='study', to='initiatives.initiative')),
            ],
            options={
                'verbose_name': '検討',
                'verbose_name_plural': '検討',
                'ordering': ('initiative',),
            },
        ),
        migrations.AddField(
            model_name='evidence',
            name='study',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='initiatives.study'),
        ),
        migrations.CreateModel(
            name='StudyNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='記録')),
                ('written_at', models.DateTimeField(verbose_name='記録日時')),
                ('written_by_name', models.CharField(max_length=100, verbose_name='記録者の氏名（当時）')),
                ('department_name', models.CharField(blank=True, max_length=100, verbose_name='部署名（当時）')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department')),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='initiatives.study')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録者')),
            ],
            options={
                'verbose_name': '検討の記録',
                'verbose_name_plural': '検討の記録',
                'ordering': ('study', 'written_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ProgressEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(blank=True, choices=[('not_started', '未着手'), ('studying', '調査・検討中'), ('preparing', '準備中'), ('piloting', '試行中'), ('operating', '運用中'), ('established', '定着'), ('paused', '休止'), ('stopped', '中止')], max_length=12, verbose_name='状態')),
                ('step', models.CharField(blank=True, choices=[('research', '①調査'), ('design', '②戦略設計'), ('action', '③取組実行'), ('evaluation', '④評価'), ('improvement', '⑤改善&最適化')], max_length=12, verbose_name='段階')),
                ('rating', models.CharField(blank=True, choices=[('on_track', '順調'), ('mostly_on_track', '概ね順調'), ('slightly_late', 'やや遅れている'), ('late', '遅れている'), ('not_ratable', '評価できない')], max_length=16, verbose_name='進捗評価')),
                ('rating_reason', models.TextField(blank=True, verbose_name='評価理由')),
                ('achievements', models.TextField(blank=True, verbose_name='取組実績')),
                ('outcome', models.TextField(blank=True, verbose_name='成果')),
                ('problem', models.TextField(blank=True, verbose_name='課題')),
                ('for_headquarters', models.BooleanField(default=False, verbose_name='本部協議')),
                ('delay_cause', models.TextField(blank=True, verbose_name='遅れの原因')),
                ('countermeasure', models.TextField(blank=True, verbose_name='遅れの対応策')),
                ('new_due_date', models.DateField(blank=True, null=True, verbose_name='新たな期限')),
                ('next_steps', models.TextField(blank=True, verbose_name='今後の取組')),
                ('direction', models.CharField(blank=True, choices=[('continue', '継続'), ('expand', '拡充'), ('revise', '見直し'), ('merge', '統合'), ('complete', '完了'), ('stop', '中止')], max_length=10, verbose_name='今後の方針')),
                ('kind', models.CharField(choices=[('update', '更新あり'), ('unchanged', '変更なし'), ('correction', '訂正')], max_length=10, verbose_name='回答区分')),
                ('as_of', models.DateField(verbose_name='基準日')),
                ('correction_reason', models.TextField(blank=True, verbose_name='訂正の理由')),
                ('recorded_at', models.DateTimeField(verbose_name='記録日時')),
                ('recorded_by_name', models.CharField(max_length=100, verbose_name='記録者の氏名（当時）')),
                ('department_name', models.CharField(blank=True, max_length=100, verbose_name='部署名（当時）')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='initiatives.progressentry')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department', verbose_name='部署')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='initiatives.initiative')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録者')),
                ('repeats', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeated_by', to='initiatives.progressentry')),
            ],
            options={
                'verbose_name': '進捗の記録',
                'verbose_name_plural': '進捗の記録',
                'ordering': ('initiative', '-as_of', '-recorded_at', '-pk'),
                'indexes': [models.Index(models.F('initiative'), models.OrderBy(models.F('as_of'), descending=True), models.OrderBy(models.F('recorded_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='entry_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['update', 'unchanged', 'correction'])), name='entry_kind_known'), models.CheckConstraint(condition=models.Q(('status__in', ['not_started', 'studying', 'preparing', 'piloting', 'operating', 'established', 'paused', 'stopped'])), name='entry_status_known'), models.CheckConstraint(condition=models.Q(('step__in', ['research', 'design', 'action', 'evaluation', 'improvement'])), name='entry_step_known'), models.CheckConstraint(condition=models.Q(('rating__in', ['on_track', 'mostly_on_track', 'slightly_late', 'late', 'not_ratable'])), name='entry_rating_known'), models.CheckConstraint(condition=models.Q(('direction__in', ['continue', 'expand', 'revise', 'merge', 'complete', 'stop'])), name='entry_direction_known'), models.CheckConstraint(condition=models.Q(('rating_reason', ''), _negated=True), name='entry_rating_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('rating__in', ('slightly_late', 'late')), _negated=True), models.Q(models.Q(('delay_cause', ''), _negated=True), models.Q(('countermeasure', ''), _negated=True), ('new_due_date__isnull', False)), _connector='OR'), name='entry_late_is_explained'), models.CheckConstraint(condition=models.Q(('for_headquarters', False), models.Q(('problem', ''), _negated=True), _connector='OR'), name='entry_headquarters_has_problem'), models.CheckConstraint(condition=models.Q(('new_due_date__isnull', True), ('new_due_date__gt', models.F('as_of')), _connector='OR'), name='entry_new_date_is_ahead'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'unchanged'), ('repeats__isnull', False)), models.Q(models.Q(('kind', 'unchanged'), _negated=True), ('repeats__isnull', True)), _connector='OR'), name='entry_unchanged_names_what'), models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', False), ('kind', 'correction'), models.Q(('correction_reason', ''), _negated=True)), models.Q(models.Q(('kind', 'correction'), _negated=True), ('correction_reason', ''), ('corrects__isnull', True)), _connector='OR'), name='entry_correction_names_what_and_why')],
            },
        ),
        migrations.CreateModel(
            name='Responsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('lead', '主担当課'), ('supporting', '関係課')], max_length=10, verbose_name='区分')),
                ('valid_from', models.DateField(verbose_name='開始日')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('reason', models.TextField(blank=True, verbose_name='設定の理由')),
                ('assigned_at', models.DateTimeField(verbose_name='設定日時')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='終了の記録日時')),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='設定者')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='people.department')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='initiatives.initiative')),
            ],
            options={
                'verbose_name': '担当',
                'verbose_name_plural': '担当',
                'ordering': ('initiative', 'kind', 'department__order', 'pk'),
                'indexes': [models.Index(models.F('initiative'), models.F('valid_from'), name='responsibility_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['lead', 'supporting'])), name='responsibility_kind_known'), models.UniqueConstraint(condition=models.Q(('kind', 'lead'), ('valid_until__isnull', True)), fields=('initiative',), name='responsibility_one_lead'), models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('initiative', 'department'), name='responsibility_department_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='responsibility_ended_pair'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('valid_until__isnull', True)), models.Q(('ended_at__isnull', False), ('valid_until__isnull', False)), _connector='OR'), name='responsibility_ended_with_date')],
            },
        ),
        migrations.AddConstraint(
            model_name='study',
            constraint=models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='study_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(models.F('study'), models.F('digest'), name='evidence_once'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('title', ''), _negated=True), models.Q(('media_type', ''), _negated=True), models.Q(('digest', ''), _negated=True)), name='evidence_named'),
        ),
        migrations.AddConstraint(
            model_name='studynote',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='study_note_written'),
        ),
    ]
