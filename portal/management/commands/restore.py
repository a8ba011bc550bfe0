"""Put a back-up back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kirishima_dx.backups.faults import MoveRefused
from kirishima_dx.backups.restoring import Restored, restore
from portal.closings_file import add_closings, closed_since
from portal.queries.proofs import failing_proofs


class Command(BaseCommand):
    help = "控えを戻す。サーバーを止めてから行う。今あるデータベースは消さずに残す。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="控え", help="manage.py backup が書いたファイル"
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            add_closings(settings.BACKUP_DIR)
            restored = restore(file, proof=failing_proofs)
        except MoveRefused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as fault:
            raise CommandError(
                f"BACKUP_DIR（{settings.BACKUP_DIR}）に書けません（{fault}）。何も変えていません。"
            ) from fault
        self._tell(restored)
        for folder in dict.fromkeys((file.resolve().parent, settings.BACKUP_DIR.resolve())):
            self._tell_closings(folder)

    def _tell(self, restored: Restored) -> None:
        manifest = restored.manifest
        self.stdout.write(
            f"{manifest.made_when} の控え（バージョン {manifest.product}）を戻し、"
            "件数・内容・見張り・封印を確かめました。全員、もう一度ログインしてください。"
        )
        if restored.steps:
            self.stdout.write(f"前のバージョンの控えなので、移行を{restored.steps}件行いました。")
        if restored.kept:
            self.stdout.write(f"今までのデータベースは残してあります: {restored.kept}")

    def _tell_closings(self, folder: Path) -> None:
        try:
            file, count = closed_since(folder)
        except OSError as fault:
            self.stdout.write(f"注意: この控えの後に閉じたものがあるか、分かりません（{fault}）。")
            return
        if count:
            self.stdout.write(
                f"注意: この控えの後に閉じたもの（個人情報）が{count}件、また読めるようになっています。"
                "利用を始める前に、次を実行してください。\n"
                f"  manage.py close_again {file} --by 事務局のユーザー名\n"
                "年次報告の差し控えは一覧に入りません。画面でもう一度行ってください。"
            )
