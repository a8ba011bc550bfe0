"""Rounds, answers and their reminders."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('initiatives', '0001_initial'),
        ('people', '0001_initial'),
        ('plans', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportingRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('kind', models.CharField(choices=[('first_half', '上半期'), ('year_end', '年度末'), ('ad_hoc', '随時')], max_length=12, verbose_name='区分')),
                ('title', models.CharField(blank=True, max_length=60, verbose_name='名称')),
                ('period_from', models.DateField(verbose_name='対象期間の初日')),
                ('period_until', models.DateField(verbose_name='対象期間の末日')),
                ('as_of', models.DateField(verbose_name='基準日')),
                ('opens_on', models.DateField(verbose_name='回答の開始日')),
                ('due_on', models.DateField(verbose_name='回答の期限')),
                ('instructions', models.TextField(blank=True, verbose_name='記入のお願い')),
                ('asks_certification', models.BooleanField(default=False, verbose_name='確認者の確認を求める')),
                ('overdue_rule', models.CharField(choices=[('take', '受け付けて「期限後」と記す'), ('refuse', '受け付けない')], max_length=8, verbose_name='期限後の回答')),
                ('is_rehearsal', models.BooleanField(default=False, verbose_name='練習')),
                ('opened_at', models.DateTimeField(verbose_name='開始の記録日時')),
                ('opened_by_name', models.CharField(max_length=100, verbose_name='開始者の氏名（当時）')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='締切の記録日時')),
                ('closed_by_name', models.CharField(blank=True, max_length=100, verbose_name='締切者の氏名（当時）')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='開始者')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='plans.plan')),
            ],
            options={
                'verbose_name': '照会',
                'verbose_name_plural': '照会',
                'ordering': ('-opened_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='本文')),
                ('mailed_to', models.EmailField(blank=True, max_length=254, verbose_name='送付先')),
                ('reminded_at', models.DateTimeField(verbose_name='記録日時')),
                ('reminded_by_name', models.CharField(max_length=100, verbose_name='記録者の氏名（当時）')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department')),
                ('reminded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録者')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='rounds.reportinground')),
            ],
            options={
                'verbose_name': '督促',
                'verbose_name_plural': '督促',
                'ordering': ('round', 'reminded_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='延長後の期限')),
                ('reason', models.TextField(verbose_name='理由')),
                ('extended_at', models.DateTimeField(verbose_name='記録日時')),
                ('extended_by_name', models.CharField(max_length=100, verbose_name='記録者の氏名（当時）')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department')),
                ('extended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録者')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='rounds.reportinground')),
            ],
            options={
                'verbose_name': '期限の延長',
                'verbose_name_plural': '期限の延長',
                'ordering': ('round', 'extended_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='AnswerImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uploaded_at', models.DateTimeField(verbose_name='アップロード日時')),
                ('uploaded_by_name', models.CharField(max_length=100, verbose_name='アップロードした人の氏名（当時）')),
                ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='取込日時')),
                ('result', models.JSONField(default=list, verbose_name='結果')),
                ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='rounds.reportinground')),
            ],
            options={
                'verbose_name': '回答様式の取込',
                'verbose_name_plural': '回答様式の取込',
                'ordering': ('-uploaded_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Answer',
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
                ('asked_department_name', models.CharField(blank=True, max_length=100, verbose_name='照会先（当時）')),
                ('state', models.CharField(choices=[('unanswered', '未回答'), ('writing', '入力中'), ('sent', '提出済'), ('returned', '差戻し'), ('accepted', '確認済')], default='unanswered', max_length=12, verbose_name='回答の状況')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('kind', models.CharField(blank=True, choices=[('update', '更新あり'), ('unchanged', '変更なし')], max_length=10, verbose_name='回答区分')),
                ('own_due_on', models.DateField(blank=True, null=True, verbose_name='再開した回答の期限')),
                ('updated_at', models.DateTimeField(blank=True, null=True, verbose_name='最終更新')),
                ('updated_by_name', models.CharField(blank=True, max_length=100, verbose_name='最終更新者の氏名（当時）')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='提出日時')),
                ('sent_by_name', models.CharField(blank=True, max_length=100, verbose_name='提出者の氏名（当時）')),
                ('sent_department_name', models.CharField(blank=True, max_length=100, verbose_name='提出した部署（当時）')),
                ('applied_due_on', models.DateField(blank=True, null=True, verbose_name='提出時の期限')),
                ('certified_at', models.DateTimeField(blank=True, null=True, verbose_name='課内の確認日時')),
                ('certified_by_name', models.CharField(blank=True, max_length=100, verbose_name='確認者の氏名（当時）')),
                ('return_reason', models.TextField(blank=True, verbose_name='差戻しの理由')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='事務局の確認日時')),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department')),
                ('basis', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.progressentry')),
                ('certified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='initiatives.progressentry')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='initiatives.initiative')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='rounds.reportinground')),
            ],
            options={
                'verbose_name': '回答',
                'verbose_name_plural': '回答',
                'ordering': ('round', 'initiative'),
            },
        ),
        migrations.CreateModel(
            name='AnswerChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('step', models.CharField(choices=[('asked', '照会'), ('saved', '保存'), ('sent', '提出'), ('withdrawn', '提出の取下げ'), ('certified', '課内の確認'), ('returned', '差戻し'), ('accepted', '事務局の確認'), ('reopened', '再開')], max_length=12, verbose_name='したこと')),
                ('content', models.JSONField(verbose_name='内容')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='期限')),
                ('changed_at', models.DateTimeField(verbose_name='記録日時')),
                ('changed_by_name', models.CharField(max_length=100, verbose_name='記録者の氏名（当時）')),
                ('department_name', models.CharField(blank=True, max_length=100, verbose_name='部署名（当時）')),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='rounds.answer')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録者')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='rounds.answerimport')),
            ],
            options={
                'verbose_name': '回答の経過',
                'verbose_name_plural': '回答の経過',
                'ordering': ('answer', 'revision'),
                'constraints': [models.CheckConstraint(condition=models.Q(('step__in', ['asked', 'saved', 'sent', 'withdrawn', 'certified', 'returned', 'accepted', 'reopened'])), name='answer_change_step_known'), models.UniqueConstraint(fields=('answer', 'revision'), name='answer_change_once'), models.CheckConstraint(condition=models.Q(models.Q(('step__in', ('returned', 'reopened')), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='answer_change_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='AnswerImportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(verbose_name='順番')),
                ('name', models.CharField(max_length=255, verbose_name='ファイル名')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('content', models.BinaryField(verbose_name='中身')),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='rounds.answerimport')),
            ],
            options={
                'verbose_name': '取り込んだファイル',
                'verbose_name_plural': '取り込んだファイル',
                'ordering': ('upload', 'place'),
                'constraints': [models.UniqueConstraint(fields=('upload', 'place'), name='import_file_place_once'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('digest', ''), _negated=True)), name='import_file_named')],
            },
        ),
        migrations.AddConstraint(
            model_name='reportinground',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['first_half', 'year_end', 'ad_hoc'])), name='round_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='reportinground',
            constraint=models.CheckConstraint(condition=models.Q(('overdue_rule__in', ['take', 'refuse'])), name='round_overdue_rule_known'),
        ),
        migrations.AddConstraint(
            model_name='reportinground',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'ad_hoc'), _negated=True), models.Q(('title', ''), _negated=True), _connector='OR'), name='round_ad_hoc_is_named'),
        ),
        migrations.AddConstraint(
            model_name='reportinground',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('opens_on')), ('period_until__gte', models.F('period_from')), ('as_of__lte', models.F('due_on'))), name='round_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='reportinground',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='round_closed_pair'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='extension_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='answerimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('applied_at__isnull', True), ('applied_by__isnull', True)), models.Q(('applied_at__isnull', False), ('applied_by__isnull', False)), _connector='OR'), name='answer_import_applied_pair'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('round', 'initiative'), name='answer_once_in_a_round'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['unanswered', 'writing', 'sent', 'returned', 'accepted'])), name='answer_state_known'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['update', 'unchanged', ''])), name='answer_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['not_started', 'studying', 'preparing', 'piloting', 'operating', 'established', 'paused', 'stopped', ''])), name='answer_status_known'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['research', 'design', 'action', 'evaluation', 'improvement', ''])), name='answer_step_known'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('rating__in', ['on_track', 'mostly_on_track', 'slightly_late', 'late', 'not_ratable', ''])), name='answer_rating_known'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['continue', 'expand', 'revise', 'merge', 'complete', 'stop', ''])), name='answer_direction_known'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('sent_by__isnull', True)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='answer_sent_pair'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('certified_at__isnull', True), ('certified_by__isnull', True)), models.Q(('certified_at__isnull', False), ('certified_by__isnull', False)), _connector='OR'), name='answer_certified_pair'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='answer_accepted_pair'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('applied_due_on__isnull', False), ('sent_at__isnull', False), ('state__in', ('sent', 'accepted')), models.Q(('kind', ''), _negated=True)), models.Q(('applied_due_on__isnull', True), ('sent_at__isnull', True), ('state__in', ('unanswered', 'writing', 'returned'))), _connector='OR'), name='answer_sent_whole'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('accepted_at__isnull', True)), _connector='OR'), name='answer_accepted_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('return_reason', ''), _negated=True), _connector='OR'), name='answer_returned_with_reason'),
        ),
    ]
