"""Take a back-up."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from kirishima_dx.backups.backing_up import back_up, file_for
from kirishima_dx.backups.faults import MoveRefused
from kirishima_dx.backups.notes import note_backup
from kirishima_dx.management.database_command import DatabaseCommand
from portal.closings_file import CLOSINGS, add_closings


class Command(DatabaseCommand):
    only_reads = True
    help = (
        "データベースの控えを取る（動いたままで取れる）。書いた後に、件数とダイジェストを確かめる。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "place",
            nargs="?",
            type=Path,
            metavar="ファイルかフォルダー",
            help="省くと、BACKUP_DIR（既定は var/backups）に日時の名前で置く",
        )

    def handle(self, *args: Any, place: Path | None, **options: Any) -> None:
        try:
            made = back_up(file_for(place or settings.BACKUP_DIR))
        except MoveRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"控えを取りました: {made.file}（{made.size:,}バイト）")
        try:
            note_backup(made)
            count = add_closings(Path(made.file).parent)
        except OSError as fault:
            raise CommandError(
                f"控えは取れましたが、その覚えを書けません（{fault}）。BACKUP_DIR を確かめてください。"
            ) from fault
        if count:
            self.stdout.write(
                f"閉じたもの{count}件の一覧（{CLOSINGS}）も同じフォルダーに書きました。"
                "控えを移すときは、一緒に移してください。"
            )
