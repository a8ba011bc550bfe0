"""Departments, accounts and roles."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import kirishima_dx.clock
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('name', models.CharField(max_length=100, verbose_name='氏名')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': '利用者',
                'verbose_name_plural': '利用者',
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(error_messages={'unique': 'このコードは、すでに別の部署に使われています。'}, help_text='部署を見分けるための短い符号です。半角の英数字とハイフンで自由に決めます（例：hojo-fukushi）。画面のアドレスやExcelの照合に使うので、一度決めたら変えません。廃止した部署の符号も使い回しません。', max_length=40, unique=True, verbose_name='コード')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('division', models.CharField(blank=True, max_length=100, verbose_name='部')),
                ('order', models.PositiveIntegerField(default=0, help_text='一覧に並べる順です。小さい数から並びます。', verbose_name='並び順')),
                ('email', models.EmailField(blank=True, help_text='課の共用アドレスです。照会と督促のお知らせを送ります。職員個人のアドレスは入れません。', max_length=254, verbose_name='メールアドレス')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='設置日')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='廃止日（最終日）')),
            ],
            options={
                'verbose_name': '部署',
                'verbose_name_plural': '部署',
                'ordering': ('order', 'code'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='department_named'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='department_period_in_order', violation_error_message='廃止日は設置日以後の日にしてください。')],
            },
        ),
        migrations.CreateModel(
            name='DepartmentListUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=255, verbose_name='ファイル名')),
                ('content', models.BinaryField(verbose_name='内容')),
                ('uploaded_at', models.DateTimeField(verbose_name='取込日時')),
                ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='反映日時')),
                ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='取込者')),
            ],
            options={
                'verbose_name': '部署一覧の取込み',
                'verbose_name_plural': '部署一覧の取込み',
                'ordering': ('-uploaded_at', '-pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DepartmentSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_from', models.DateField(verbose_name='引継ぎの日')),
                ('reason', models.TextField(verbose_name='理由')),
                ('recorded_at', models.DateTimeField(verbose_name='記録日時')),
                ('after', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preceded_by', to='people.department', verbose_name='後継')),
                ('before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='succeeded_by', to='people.department', verbose_name='前身')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録者')),
            ],
            options={
                'verbose_name': '部署の引継ぎ',
                'verbose_name_plural': '部署の引継ぎ',
                'ordering': ('effective_from', 'before', 'after'),
            },
        ),
        migrations.CreateModel(
            name='HistoricalDepartment',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', models.SlugField(error_messages={'unique': 'このコードは、すでに別の部署に使われています。'}, help_text='部署を見分けるための短い符号です。半角の英数字とハイフンで自由に決めます（例：hojo-fukushi）。画面のアドレスやExcelの照合に使うので、一度決めたら変えません。廃止した部署の符号も使い回しません。', max_length=40, verbose_name='コード')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('division', models.CharField(blank=True, max_length=100, verbose_name='部')),
                ('order', models.PositiveIntegerField(default=0, help_text='一覧に並べる順です。小さい数から並びます。', verbose_name='並び順')),
                ('email', models.EmailField(blank=True, help_text='課の共用アドレスです。照会と督促のお知らせを送ります。職員個人のアドレスは入れません。', max_length=254, verbose_name='メールアドレス')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='設置日')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='廃止日（最終日）')),
                ('history_change_reason', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 部署',
                'verbose_name_plural': 'historical 部署',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRoleAssignment',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('role', models.CharField(choices=[('secretariat', '事務局'), ('editor', '担当課・入力者'), ('certifier', '担当課・確認者'), ('headquarters', '本部員')], max_length=20, verbose_name='役割')),
                ('valid_from', models.DateField(default=kirishima_dx.clock.today, verbose_name='開始日')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='終了日（最終日）')),
                ('history_change_reason', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('department', models.ForeignKey(blank=True, db_constraint=False, help_text='担当課の入力者・確認者には必要です。事務局・本部員には選びません。', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.department', verbose_name='部署')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='利用者')),
            ],
            options={
                'verbose_name': 'historical 役割',
                'verbose_name_plural': 'historical 役割',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalUser',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(db_index=True, error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('name', models.CharField(max_length=100, verbose_name='氏名')),
                ('history_change_reason', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 利用者',
                'verbose_name_plural': 'historical 利用者',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='RoleAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('secretariat', '事務局'), ('editor', '担当課・入力者'), ('certifier', '担当課・確認者'), ('headquarters', '本部員')], max_length=20, verbose_name='役割')),
                ('valid_from', models.DateField(default=kirishima_dx.clock.today, verbose_name='開始日')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='終了日（最終日）')),
                ('department', models.ForeignKey(blank=True, help_text='担当課の入力者・確認者には必要です。事務局・本部員には選びません。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='role_assignments', to='people.department', verbose_name='部署')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_assignments', to=settings.AUTH_USER_MODEL, verbose_name='利用者')),
            ],
            options={
                'verbose_name': '役割',
                'verbose_name_plural': '役割',
                'ordering': ('user', 'role', 'valid_from'),
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('username', ''), _negated=True), name='user_named'),
        ),
        migrations.AddConstraint(
            model_name='departmentlistupload',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('applied_at__isnull', True), ('applied_by__isnull', True)), models.Q(('applied_at__isnull', False), ('applied_by__isnull', False)), _connector='OR'), name='department_upload_applied_pair'),
        ),
        migrations.AddConstraint(
            model_name='departmentsuccession',
            constraint=models.UniqueConstraint(fields=('before', 'after'), name='succession_joined_once'),
        ),
        migrations.AddConstraint(
            model_name='departmentsuccession',
            constraint=models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='succession_of_another'),
        ),
        migrations.AddConstraint(
            model_name='departmentsuccession',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='succession_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='roleassignment',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['secretariat', 'editor', 'certifier', 'headquarters'])), name='role_known'),
        ),
        migrations.AddConstraint(
            model_name='roleassignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('department__isnull', False), ('role__in', ('editor', 'certifier'))), models.Q(models.Q(('role__in', ('editor', 'certifier')), _negated=True), ('department__isnull', True)), _connector='OR'), name='role_department_where_needed', violation_error_message='担当課の役割には部署を選び、事務局・本部員には部署を選ばないでください。'),
        ),
        migrations.AddConstraint(
            model_name='roleassignment',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='role_period_in_order', violation_error_message='終了日は開始日以後の日にしてください。'),
        ),
    ]
