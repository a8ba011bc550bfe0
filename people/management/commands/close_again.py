"""Note what was closed, and close it again after a back-up was put back."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from kirishima_dx.erasing import erase_emptied
from kirishima_dx.management.database_command import DatabaseCommand
from people.actions.closing_again import close_again, closings_as_json
from people.models import User


class Command(DatabaseCommand):
    help = "閉じたものの一覧をファイルに書く（--write）。控えを戻した後は、その一覧のものをもう一度閉じる（--by）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="閉じたものの一覧（JSON）。個人情報は入りません。"
        )
        chosen = parser.add_mutually_exclusive_group(required=True)
        chosen.add_argument("--write", action="store_true", help="一覧を書く")
        chosen.add_argument("--by", metavar="ユーザー名", help="もう一度閉じる事務局のユーザー名")

    def handle(self, *args: Any, file: Path, write: bool, by: str | None, **options: Any) -> None:
        if write:
            told = closings_as_json()
            file.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
            self.stdout.write(f"閉じたもの{len(told)}件を書きました：{file}")
            return
        user = User.objects.filter(username=by).first()
        if user is None or not user.is_secretariat:
            raise CommandError(f"「{by}」という事務局の利用者はいません。")
        again = close_again(told=_read(file), by=user)
        self.stdout.write(f"もう一度閉じました（{again.cells}か所）。")
        if again.cells and not erase_emptied(again.tables):
            raise CommandError(
                "消しきれませんでした。続けて「manage.py erase_closed」を実行してください。"
            )


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        told: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
        for closing in told:
            if not {"subject", "reason", "closed_at", "closed_by_name", "cells"} <= closing.keys():
                raise KeyError
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as fault:
        raise CommandError(
            f"「{file}」は、close_again --write で書いた一覧として読めません。"
        ) from fault
    return told
