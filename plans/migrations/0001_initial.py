"""The text of the plan, edition by edition."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FocusItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='番号')),
            ],
            options={
                'verbose_name': '重点項目',
                'verbose_name_plural': '重点項目',
                'ordering': ('plan', 'code'),
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('major', models.PositiveSmallIntegerField(verbose_name='版番号（整数部）')),
                ('minor', models.PositiveSmallIntegerField(verbose_name='版番号（小数部）')),
                ('status', models.CharField(choices=[('draft', '案'), ('in_force', '施行中'), ('superseded', '旧版'), ('abandoned', '取りやめた案')], default='draft', max_length=12, verbose_name='状態')),
                ('first_fiscal_year', models.PositiveSmallIntegerField(verbose_name='計画期間の最初の年度')),
                ('last_fiscal_year', models.PositiveSmallIntegerField(verbose_name='計画期間の最後の年度')),
                ('issuer', models.CharField(blank=True, max_length=100, verbose_name='策定者')),
                ('last_updated', models.DateField(blank=True, null=True, verbose_name='原案の最終更新日')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='作成日時')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='決定日')),
                ('effective_from', models.DateField(blank=True, null=True, verbose_name='施行日')),
                ('adoption_basis', models.TextField(blank=True, verbose_name='施行の根拠')),
                ('adopted_at', models.DateTimeField(blank=True, null=True, verbose_name='施行の記録日時')),
                ('abandoned_at', models.DateTimeField(blank=True, null=True, verbose_name='取りやめの日時')),
                ('abandoned_because', models.TextField(blank=True, verbose_name='取りやめの理由')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('abandoned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('adopted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('base', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='plans.edition', verbose_name='もとにした版')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '版',
                'verbose_name_plural': '版',
                'ordering': ('plan', 'major', 'minor'),
            },
        ),
        migrations.CreateModel(
            name='Axis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=20, verbose_name='軸の識別子')),
                ('number', models.PositiveSmallIntegerField(verbose_name='番号')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('english', models.CharField(blank=True, max_length=60, verbose_name='英語の語')),
                ('tagline', models.CharField(blank=True, max_length=200, verbose_name='標語')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='axes', to='plans.edition')),
            ],
            options={
                'verbose_name': '軸',
                'verbose_name_plural': '軸',
                'ordering': ('edition', 'number'),
            },
        ),
        migrations.CreateModel(
            name='Erratum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('transcription', '文字起こしの誤り（本文は訂正済み）'), ('misprint', '施行後に見つかった誤り（本文は当時のまま）')], max_length=14, verbose_name='種類')),
                ('order', models.PositiveSmallIntegerField(verbose_name='並び順')),
                ('place', models.CharField(max_length=120, verbose_name='箇所')),
                ('wrong', models.TextField(verbose_name='誤')),
                ('right', models.TextField(verbose_name='正')),
                ('reason', models.TextField(verbose_name='理由')),
                ('recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='記録日時')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='errata', to='plans.edition', verbose_name='版')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '正誤',
                'verbose_name_plural': '正誤',
                'ordering': ('edition', 'order'),
            },
        ),
        migrations.CreateModel(
            name='Descent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('same', '同一'), ('reworded', '文言変更'), ('moved', '移動'), ('split', '分割'), ('merged', '統合'), ('ended', '終了'), ('new', '新設')], max_length=10, verbose_name='扱い')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='descents', to='plans.edition')),
                ('after', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='descents_before', to='plans.focusitem')),
                ('before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='descents_after', to='plans.focusitem')),
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
                ('edition', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.edition')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
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
                ('axis', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.axis')),
                ('edition', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.edition')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 取組方針',
                'verbose_name_plural': 'historical 取組方針',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ItemFate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fate', models.CharField(choices=[('same', '同一'), ('reworded', '文言変更'), ('moved', '移動'), ('split', '分割'), ('merged', '統合'), ('ended', '終了'), ('new', '新設')], max_length=10, verbose_name='扱い')),
                ('after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fates_before', to='plans.focusitem', verbose_name='新版の項目')),
                ('before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fates_after', to='plans.focusitem', verbose_name='旧版の項目')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fates', to='plans.edition', verbose_name='新しい版')),
            ],
            options={
                'verbose_name': '項目の引継ぎ',
                'verbose_name_plural': '項目の引継ぎ',
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='コード')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('municipality', models.CharField(max_length=60, verbose_name='地方公共団体名')),
                ('municipality_code', models.CharField(max_length=6, verbose_name='全国地方公共団体コード')),
                ('is_demo', models.BooleanField(default=False, verbose_name='デモ')),
            ],
            options={
                'verbose_name': '計画',
                'verbose_name_plural': '計画',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('name', ''), _negated=True), models.Q(('municipality', ''), _negated=True)), name='plan_named')],
            },
        ),
        migrations.AddField(
            model_name='focusitem',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='focus_items', to='plans.plan'),
        ),
        migrations.AddField(
            model_name='edition',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='plans.plan', verbose_name='計画'),
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=20, verbose_name='取組方針の識別子')),
                ('letter', models.CharField(max_length=1, verbose_name='記号')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('axis', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='policies', to='plans.axis')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='policies', to='plans.edition')),
            ],
            options={
                'verbose_name': '取組方針',
                'verbose_name_plural': '取組方針',
                'ordering': ('axis__number', 'letter'),
            },
        ),
        migrations.CreateModel(
            name='HistoricalFocusItemText',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='取組方針の中の番号')),
                ('title', models.CharField(max_length=200, verbose_name='重点項目')),
                ('overview', models.TextField(blank=True, verbose_name='取組の概要')),
                ('is_study', models.BooleanField(default=False, verbose_name='検討項目 ★')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('edition', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.edition')),
                ('focus_item', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.focusitem')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('policy', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.policy')),
            ],
            options={
                'verbose_name': 'historical 重点項目の文言',
                'verbose_name_plural': 'historical 重点項目の文言',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='FocusItemText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='取組方針の中の番号')),
                ('title', models.CharField(max_length=200, verbose_name='重点項目')),
                ('overview', models.TextField(blank=True, verbose_name='取組の概要')),
                ('is_study', models.BooleanField(default=False, verbose_name='検討項目 ★')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='item_texts', to='plans.edition')),
                ('focus_item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='plans.focusitem')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='item_texts', to='plans.policy')),
            ],
            options={
                'verbose_name': '重点項目の文言',
                'verbose_name_plural': '重点項目の文言',
                'ordering': ('policy__axis__number', 'policy__letter', 'number'),
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, verbose_name='見出しの識別子')),
                ('order', models.PositiveSmallIntegerField(verbose_name='並び順')),
                ('number', models.CharField(blank=True, max_length=20, verbose_name='見出し番号')),
                ('title', models.CharField(max_length=200, verbose_name='見出し')),
                ('is_supplied', models.BooleanField(default=False, verbose_name='補った見出し')),
                ('kind', models.CharField(choices=[('text', '本文'), ('items', '軸・取組方針・重点項目の一覧'), ('before_after', 'Before / After')], default='text', max_length=12, verbose_name='種類')),
                ('body', models.TextField(blank=True, verbose_name='本文')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='plans.edition')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='plans.section')),
            ],
            options={
                'verbose_name': '章・節',
                'verbose_name_plural': '章・節',
                'ordering': ('edition', 'order'),
            },
        ),
        migrations.CreateModel(
            name='HistoricalSection',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, verbose_name='見出しの識別子')),
                ('order', models.PositiveSmallIntegerField(verbose_name='並び順')),
                ('number', models.CharField(blank=True, max_length=20, verbose_name='見出し番号')),
                ('title', models.CharField(max_length=200, verbose_name='見出し')),
                ('is_supplied', models.BooleanField(default=False, verbose_name='補った見出し')),
                ('kind', models.CharField(choices=[('text', '本文'), ('items', '軸・取組方針・重点項目の一覧'), ('before_after', 'Before / After')], default='text', max_length=12, verbose_name='種類')),
                ('body', models.TextField(blank=True, verbose_name='本文')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_change_reason', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('edition', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.edition')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.section')),
            ],
            options={
                'verbose_name': 'historical 章・節',
                'verbose_name_plural': 'historical 章・節',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name='axis',
            constraint=models.UniqueConstraint(models.F('edition'), models.F('key'), name='axis_key_once'),
        ),
        migrations.AddConstraint(
            model_name='axis',
            constraint=models.UniqueConstraint(models.F('edition'), models.F('number'), name='axis_number_once'),
        ),
        migrations.AddConstraint(
            model_name='axis',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='axis_named'),
        ),
        migrations.AddConstraint(
            model_name='erratum',
            constraint=models.UniqueConstraint(models.F('edition'), models.F('order'), name='erratum_order_once'),
        ),
        migrations.AddConstraint(
            model_name='erratum',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), models.Q(('wrong', ''), _negated=True), models.Q(('reason', ''), _negated=True), models.Q(('right', models.F('wrong')), _negated=True)), name='erratum_complete'),
        ),
        migrations.AddConstraint(
            model_name='erratum',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['transcription', 'misprint'])), name='erratum_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='erratum',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recorded_at__isnull', True), ('recorded_by__isnull', True)), models.Q(('recorded_at__isnull', False), ('recorded_by__isnull', False)), _connector='OR'), name='erratum_recorded_pair'),
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
        migrations.AddConstraint(
            model_name='itemfate',
            constraint=models.UniqueConstraint(fields=('edition', 'before', 'after'), name='item_fate_joined_once'),
        ),
        migrations.AddConstraint(
            model_name='itemfate',
            constraint=models.UniqueConstraint(condition=models.Q(('after__isnull', True)), fields=('edition', 'before'), name='item_fate_ended_once'),
        ),
        migrations.AddConstraint(
            model_name='itemfate',
            constraint=models.UniqueConstraint(condition=models.Q(('before__isnull', True)), fields=('edition', 'after'), name='item_fate_new_once'),
        ),
        migrations.AddConstraint(
            model_name='itemfate',
            constraint=models.CheckConstraint(condition=models.Q(('fate__in', ['same', 'reworded', 'moved', 'split', 'merged', 'ended', 'new'])), name='item_fate_known'),
        ),
        migrations.AddConstraint(
            model_name='itemfate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('after__isnull', True), ('before__isnull', False), ('fate', 'ended')), models.Q(('after__isnull', False), ('before__isnull', True), ('fate', 'new')), models.Q(models.Q(('fate__in', ('ended', 'new')), _negated=True), ('after__isnull', False), ('before__isnull', False)), _connector='OR'), name='item_fate_ends_fit'),
        ),
        migrations.AddConstraint(
            model_name='focusitem',
            constraint=models.UniqueConstraint(models.F('plan'), models.F('code'), name='focus_item_code_once'),
        ),
        migrations.AddConstraint(
            model_name='focusitem',
            constraint=models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='focus_item_coded'),
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
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'draft')), fields=('plan',), name='edition_one_draft'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'in_force')), fields=('plan',), name='edition_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('last_fiscal_year__gte', models.F('first_fiscal_year'))), name='edition_years_in_order'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('opened_by__isnull', True)), models.Q(('opened_at__isnull', False), ('opened_by__isnull', False)), _connector='OR'), name='edition_opened_pair'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('adopted_at__isnull', True), ('adopted_by__isnull', True)), models.Q(('adopted_at__isnull', False), ('adopted_by__isnull', False)), _connector='OR'), name='edition_adopted_pair'),
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
            constraint=models.UniqueConstraint(models.F('axis'), models.F('letter'), name='policy_letter_once'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('letter', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='policy_named'),
        ),
        migrations.AddConstraint(
            model_name='focusitemtext',
            constraint=models.UniqueConstraint(models.F('edition'), models.F('focus_item'), name='item_text_once_an_edition'),
        ),
        migrations.AddConstraint(
            model_name='focusitemtext',
            constraint=models.UniqueConstraint(models.F('policy'), models.F('number'), name='item_text_number_once'),
        ),
        migrations.AddConstraint(
            model_name='focusitemtext',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='item_text_titled'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.UniqueConstraint(models.F('edition'), models.F('key'), name='section_key_once'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.UniqueConstraint(models.F('edition'), models.F('order'), name='section_order_once'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='section_titled'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['text', 'items', 'before_after'])), name='section_kind_known'),
        ),
    ]
