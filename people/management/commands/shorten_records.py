"""Let go of records whose time is over; for a timer, or for whoever runs the server."""

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser

from kirishima_dx import clock
from kirishima_dx.days import day_fault
from kirishima_dx.forms import read_date
from kirishima_dx.management.database_command import DatabaseCommand
from people.actions.shortening import begin_of, left_over, let_go, say_shortened, years_before
from people.errors import ShorteningRefused
from people.kept_records import KEPT_FOR_A_TIME, YEARS
from people.models import User


class Command(DatabaseCommand):
    help = (
        f"保存期間（{YEARS}年）を過ぎた利用の記録を消す。いつまでの記録を、だれが、なぜ消したかは残る。"
        "途中で止まったものは、次に実行したときに続きを消す。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until",
            metavar="日",
            help=f"この日より前の記録を消す（例 2023-04-01）。省略すると{YEARS}年前の今日",
        )
        parser.add_argument("--by", metavar="ユーザー名", help="整理する事務局のユーザー名")
        parser.add_argument("--reason", default="保存期間が過ぎたため。", help="理由")
        parser.add_argument("--dry-run", action="store_true", help="件数を示すだけで、消さない")

    def handle(
        self,
        *args: Any,
        until: str | None,
        by: str | None,
        reason: str,
        dry_run: bool,
        **options: Any,
    ) -> None:
        day = _day(until)
        counts = [(one, one.count(begin_of(day))) for one in KEPT_FOR_A_TIME]
        for one, count in counts:
            self.stdout.write(f"{one.label}　{day.isoformat()}より前　{count}件")
        if dry_run:
            return
        user = User.objects.filter(username=by).first()
        if user is None or not user.is_secretariat:
            raise CommandError(
                f"--by に事務局のユーザー名が必要です。「{by or ''}」という事務局の利用者はいません。"
            )
        try:
            tables = [one for one, count in counts if count]
            if tables:
                say_shortened(tables=tables, until=day, reason=reason, by=user)
        except ShorteningRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"消しました（{let_go()}件）。残り{left_over()}件。")


def _day(text: str | None) -> date:
    if text is None:
        return years_before(clock.today(), YEARS)
    day = read_date(text)
    if day is None:
        raise CommandError(f"「{text}」は日付として読めません。例：2023-04-01")
    if fault := day_fault(day, text):
        raise CommandError(fault)
    return day
