"""Lift the lock of a name or an address where nobody of the 事務局 comes in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from kirishima_dx.management.database_command import DatabaseCommand
from people.actions.sign_in import unlock
from people.counted_tries import locks_standing
from people.models import User


class Command(DatabaseCommand):
    help = "ログインの停止を解除する（事務局のだれも入れないとき）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", nargs="?", default="", help="停止しているユーザー名")
        parser.add_argument("--address", default="", help="停止している接続元のアドレス")
        parser.add_argument("--reason", required=True, help="解除する理由（記録に残る）")

    def handle(self, *args: Any, username: str, address: str, reason: str, **options: Any) -> None:
        name, reason = User.normalize_username(username).strip(), reason.strip()
        if bool(name) == bool(address):
            raise CommandError("ユーザー名か --address の、どちらか一つを指定してください。")
        if not reason:
            raise CommandError("解除する理由を --reason に書いてください。")
        locks = locks_standing()
        locked = {
            (lock.who.username, "" if lock.who.username else lock.who.address) for lock in locks
        }
        if (name, address) not in locked:
            told = "、".join(sorted(one or other for one, other in locked)) or "ありません"
            raise CommandError(f"「{name or address}」は停止していません。停止しているもの：{told}")
        unlock(username=name, address=address, reason=reason, by=None)
        self.stdout.write(f"「{name or address}」の停止を解除しました。")
