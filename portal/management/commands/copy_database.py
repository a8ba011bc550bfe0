"""Move everything to another database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kirishima_dx.backups.copying import copy_database
from kirishima_dx.backups.faults import MoveRefused
from kirishima_dx.backups.other_database import database_named
from portal.queries.proofs import failing_proofs


class Command(BaseCommand):
    help = "データベースの中身をすべて、空の別のデータベースに写す（SQLite と PostgreSQL の間も）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "source", metavar="移し元", help="DATABASE_URL の形か、SQLite のファイル"
        )
        parser.add_argument(
            "target", metavar="移し先", help="DATABASE_URL の形か、SQLite のファイル"
        )

    def handle(self, *args: Any, source: str, target: str, **options: Any) -> None:
        try:
            copied = copy_database(
                source=database_named(source),
                target=database_named(target),
                proof=failing_proofs,
                tell=self.stdout.write if options["verbosity"] > 1 else lambda line: None,
            )
        except MoveRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{copied.tables}表 {copied.rows:,}件を写し、件数・内容・見張り・封印を確かめました。"
            "ログインは引き継ぎません（もう一度ログインしてください）。"
            "写し始めた後の変更は入っていません。"
        )
