"""Look at every seal and every kept file."""

from typing import Any

from django.core.management.base import CommandError
from django.db import connection

from kirishima_dx.backups.faults import MoveRefused, told_in_words
from kirishima_dx.backups.notes import database_name
from kirishima_dx.management.database_command import DatabaseCommand
from portal.queries.proofs import all_proofs


class Command(DatabaseCommand):
    only_reads = True
    help = "確定した年次報告の封印と、保存したファイルのダイジェストを、すべて確かめる。"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with told_in_words(database_name(connection.settings_dict)):
                proofs = all_proofs()
        except MoveRefused as refused:
            raise CommandError(str(refused)) from refused
        for proof in proofs:
            closed = f"、うち閉じたもの{proof.closed:,}件" if proof.closed else ""
            wrong = f"、合わないもの{len(proof.failing):,}件" if proof.failing else ""
            self.stdout.write(f"{proof.kind}　{proof.count:,}件{closed}{wrong}")
        failing = [name for proof in proofs for name in proof.failing]
        if failing:
            raise CommandError("ダイジェストが合いません:\n  " + "\n  ".join(failing))
        self.stdout.write("すべて合っています。")
