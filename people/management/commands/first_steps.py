"""Say what to do after the first start."""

from typing import Any

from kirishima_dx.management.database_command import DatabaseCommand
from people.queries import secretariat_exists

FIRST_ACCOUNT = """\

まだ事務局のアカウントがありません。読むだけなら、このままで使えます。
進捗を記録するには、別の端末で次のどちらかを行ってください。

  事務局のアカウントを作る      make account USER=名前
  （make がないとき）           python manage.py create_secretariat 名前

  デモで試す（別のデータベース） make demo PW=10文字以上のパスワード
"""
GO_ON = "画面の「職員ログイン」から入れます。止まっていた仕事は「進捗一覧」から続けられます。"


class Command(DatabaseCommand):
    help = "はじめに行うことを示す。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(GO_ON if secretariat_exists() else FIRST_ACCOUNT)
