"""Fill a database of its own with the demo."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from demo.loading import DemoRefused, load_demo
from kirishima_dx.management.database_command import DatabaseCommand
from plans.models import Plan


class Command(DatabaseCommand):
    help = "デモのデータを読み込みます（専用のデータベースに限ります）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", required=True, help="デモの利用者に共通のパスワード")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = Plan.objects.served()
        if plan is None:
            raise CommandError(
                "計画がまだ読み込まれていません。先に manage.py load_plan を実行してください。"
            )
        try:
            validate_password(options["password"])
            loaded = load_demo(plan=plan, password=options["password"])
        except ValidationError as error:
            raise CommandError(
                "パスワードを見直してください: " + " ".join(error.messages)
            ) from error
        except DemoRefused as error:
            raise CommandError(str(error)) from error
        if not loaded:
            self.stdout.write("デモはすでに読み込まれています。何も変えていません。")
            return
        self.stdout.write(
            "デモを読み込みました。利用者: jimukyoku（事務局）、tantou（担当課・入力者）、"
            "kakunin（担当課・確認者）、bousai・soumu・kyouiku（ほかの課の入力者）、"
            "honbu（本部員）、shokuin（職員）"
        )
