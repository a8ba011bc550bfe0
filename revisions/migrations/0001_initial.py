"""Amendments, comments on drafts, and what adoptions rest on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('initiatives', '0001_initial'),
        ('plans', '0001_initial'),
        ('reviews', '0001_initial'),
        ('rounds', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AdoptionDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adopted_editions', to='reviews.decision')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='adoption_decision', to='plans.edition')),
            ],
            options={
                'verbose_name': '施行の根拠とした決定',
                'verbose_name_plural': '施行の根拠とした決定',
                'ordering': ('edition',),
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='箇所')),
                ('kind', models.CharField(choices=[('new', '新設'), ('reword', '文言変更'), ('concretise', '具体化（★解除）'), ('study', '検討項目とする（★付与）'), ('move', '移動'), ('renumber', '番号の変更'), ('split', '分割'), ('merge', '統合'), ('end', '終了'), ('restore', '変更の取りやめ')], max_length=12, verbose_name='種類')),
                ('reason', models.TextField(verbose_name='理由')),
                ('origin', models.CharField(choices=[('decision', '本部会議の決定'), ('problem', '課題・協議事項'), ('round', '照会への回答'), ('field', '現場の動向・気づき'), ('technology', '技術の動向'), ('nation', '国・県の動向'), ('erratum', '正誤'), ('other', 'その他（理由のとおり）')], default='other', max_length=12, verbose_name='きっかけ')),
                ('amended_at', models.DateTimeField(verbose_name='記録日時')),
                ('amended_by_name', models.CharField(max_length=100, verbose_name='記録者の氏名（当時）')),
                ('amended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録者')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='reviews.decision')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='plans.edition', verbose_name='版')),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='initiatives.progressentry')),
                ('erratum', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='plans.erratum')),
                ('focus_item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='plans.focusitem', verbose_name='重点項目')),
                ('round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='rounds.reportinground')),
            ],
            options={
                'verbose_name': '改定',
                'verbose_name_plural': '改定',
                'ordering': ('amended_at', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['new', 'reword', 'concretise', 'study', 'move', 'renumber', 'split', 'merge', 'end', 'restore'])), name='amendment_kind_known'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='amendment_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('focus_item__isnull', False), ('place', '')), models.Q(models.Q(('focus_item__isnull', True)), models.Q(('place', ''), _negated=True)), _connector='OR'), name='amendment_of_one_text'), models.CheckConstraint(condition=models.Q(models.Q(('decision__isnull', False), ('entry__isnull', True), ('erratum__isnull', True), ('origin', 'decision'), ('round__isnull', True)), models.Q(('decision__isnull', True), ('entry__isnull', False), ('erratum__isnull', True), ('origin', 'problem'), ('round__isnull', True)), models.Q(('decision__isnull', True), ('entry__isnull', True), ('erratum__isnull', True), ('origin', 'round'), ('round__isnull', False)), models.Q(('decision__isnull', True), ('entry__isnull', True), ('erratum__isnull', True), ('origin', 'field'), ('round__isnull', True)), models.Q(('decision__isnull', True), ('entry__isnull', True), ('erratum__isnull', True), ('origin', 'technology'), ('round__isnull', True)), models.Q(('decision__isnull', True), ('entry__isnull', True), ('erratum__isnull', True), ('origin', 'nation'), ('round__isnull', True)), models.Q(('decision__isnull', True), ('entry__isnull', True), ('erratum__isnull', False), ('origin', 'erratum'), ('round__isnull', True)), models.Q(('decision__isnull', True), ('entry__isnull', True), ('erratum__isnull', True), ('origin', 'other'), ('round__isnull', True)), _connector='OR'), name='amendment_names_its_origin')],
            },
        ),
        migrations.CreateModel(
            name='DraftComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='箇所')),
                ('text', models.TextField(verbose_name='内容')),
                ('is_question', models.BooleanField(default=False, verbose_name='施行までに解決すること')),
                ('said_at', models.DateTimeField(verbose_name='記録日時')),
                ('said_by_name', models.CharField(max_length=100, verbose_name='氏名（当時）')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='解決日時')),
                ('settled_by_name', models.CharField(blank=True, max_length=100, verbose_name='解決した人の氏名（当時）')),
                ('settlement', models.TextField(blank=True, verbose_name='どう解決したか')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='plans.edition')),
                ('focus_item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft_comments', to='plans.focusitem')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録者')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '案への意見・質問',
                'verbose_name_plural': '案への意見・質問',
                'ordering': ('said_at', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='draft_comment_written'), models.CheckConstraint(condition=models.Q(('focus_item__isnull', True), ('place', ''), _connector='OR'), name='draft_comment_on_one_text'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='draft_comment_settled_pair'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settlement', '')), models.Q(models.Q(('is_question', True), ('settled_at__isnull', False)), models.Q(('settlement', ''), _negated=True)), _connector='OR'), name='draft_comment_settled_question')],
            },
        ),
    ]
