"""Look at every seal and every kept file."""

from typing import Any

from django.core.management.base import CommandError

from kirishima_dx.management.database_command import DatabaseCommand
from portal.queries.proofs import all_proofs


class Command(DatabaseCommand):
    help = "確定した年次報告の封印と、保存したファイルのダイジェストを、すべて確かめる。"

    def handle(self, *args: Any, **options: Any) -> None:
        proofs = all_proofs()
        for proof in proofs:
            closed = f"、うち閉じたもの{proof.closed:,}件" if proof.closed else ""
            wrong = f"、合わないもの{len(proof.failing):,}件" if proof.failing else ""
            self.stdout.write(f"{proof.kind}　{proof.count:,}件{closed}{wrong}")
        failing = [name for proof in proofs for name in proof.failing]
        if failing:
            raise CommandError("ダイジェストが合いません:\n  " + "\n  ".join(failing))
        self.stdout.write("すべて合っています。")
