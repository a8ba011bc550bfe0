"""Let the database let go of everything that was closed."""

from typing import Any

from django.core.management.base import CommandError

from kirishima_dx.closing import closable_models
from kirishima_dx.erasing import erase_emptied
from kirishima_dx.management.database_command import DatabaseCommand


class Command(DatabaseCommand):
    help = "閉じた内容を、データベースのファイルから消す（画面で消しきれなかったとき、復元の後）。"

    def handle(self, *args: Any, **options: Any) -> None:
        if not erase_emptied(model._meta.db_table for model in closable_models()):
            raise CommandError(
                "消しきれませんでした。サーバーを止めて、データベースの表の持ち主として"
                "（migrate と同じ設定で）実行してください。"
            )
        self.stdout.write("閉じた内容を、データベースのファイルから消しました。")
