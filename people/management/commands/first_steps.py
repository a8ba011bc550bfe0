"""Say what to do after the first start."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Exists, OuterRef, Q

from kirishima_dx import clock
from people.enums import Role
from people.models import RoleAssignment, User

FIRST_ACCOUNT = """\

まだ事務局のアカウントがありません。読むだけなら、このままで使えます。
進捗を記録するには、別の端末で次のどちらかを行ってください。

  事務局のアカウントを作る      make account USER=名前
  （make がないとき）           python manage.py create_secretariat 名前

  デモで試す（別のデータベース） make demo PW=10文字以上のパスワード
"""
GO_ON = "画面の「職員ログイン」から入れます。止まっていた仕事は「進捗一覧」から続けられます。"


class Command(BaseCommand):
    help = "はじめに行うことを示す。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(GO_ON if secretariat_exists() else FIRST_ACCOUNT)


def secretariat_exists() -> bool:
    """Whether somebody can sign in today as 事務局."""
    held = RoleAssignment.objects.valid_on(clock.today()).filter(
        user=OuterRef("pk"), role=Role.SECRETARIAT
    )
    return User.objects.filter(Q(is_superuser=True) | Q(Exists(held)), is_active=True).exists()
