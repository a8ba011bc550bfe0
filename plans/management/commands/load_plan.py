"""Load a plan file as 案, or say how it differs from what is there."""

from argparse import ArgumentParser
from itertools import takewhile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from kirishima_dx.management.database_command import DatabaseCommand
from plans.actions.loading import Difference, LoadResult, load_plan
from plans.errors import DraftRefused
from plans.models import Plan
from plans.places import locate
from plans.plan_file.fields import PlanFileError
from plans.plan_file.reader import read_plan_file
from plans.plan_file.source import PlanFile
from plans.queries import edition_outline

SHOWN = 60
"""How many letters of a differing text are printed on each side."""


class Command(DatabaseCommand):
    help = "計画ファイルを案として読み込む。すでにあるときは違いを示し、何も変えない。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", help="計画ファイル（省略すると設定の PLAN_FILE）")

    def handle(self, *args: Any, path: str | None = None, **options: Any) -> None:
        file = Path(path) if path else Path(settings.PLAN_FILE)
        source = _read(file)
        try:
            result = load_plan(source)
        except DraftRefused as error:
            raise CommandError(f"読み込みませんでした。{error}") from error
        if result.created:
            self._say_loaded(result)
        elif result.differences:
            self._say_differences(result)
        else:
            name = _full_name(result)
            self.stdout.write(f"変更なし: {name}は読み込み済みで、ファイルと同じです。")
        self._say_setting()

    def _say_setting(self) -> None:
        """Tell at once that the server would not start: it is this plan that made the setting wrong."""
        fault = Plan.objects.setting_fault()
        if fault:
            self.stderr.write(f"このままではサーバーを起動できません。{fault}")

    def _say_loaded(self, result: LoadResult) -> None:
        outline = edition_outline(result.edition)
        policies = sum(len(axis.policies) for axis in outline.axes)
        self.stdout.write(
            f"{_full_name(result)}を読み込みました: {len(outline.axes)}軸 {policies}方針 "
            f"{len(outline.items)}項目（★ {outline.study_count}）、"
            f"正誤 {result.edition.errata.count()}件"
        )

    def _say_differences(self, result: LoadResult) -> None:
        headings = edition_outline(result.edition).headings()
        self.stdout.write(
            f"{_full_name(result)}は読み込み済みです。ファイルとの違いが "
            f"{len(result.differences)}か所あります。データベースは変えていません。"
        )
        for difference in result.differences:
            self.stdout.write(f"- {locate(difference.place, headings).label}（{difference.place}）")
            in_file, in_database = _sides(difference)
            self.stdout.write(f"    ファイル:     {in_file}")
            self.stdout.write(f"    データベース: {in_database}")


def _read(file: Path) -> PlanFile:
    try:
        return read_plan_file(file)
    except PlanFileError as error:
        faults = "\n".join(f"  {fault}" for fault in error.faults)
        raise CommandError(
            f"{file} に誤りが {len(error.faults)}件あります。何も読み込んでいません。\n{faults}"
        ) from error
    except FileNotFoundError as error:
        raise CommandError(f"計画ファイルがありません: {file}") from error
    except OSError as error:
        raise CommandError(f"計画ファイルを開けません: {file}（{error.strerror}）") from error


def _full_name(result: LoadResult) -> str:
    return f"「{result.edition.plan.name}」{result.edition.name}"


def _sides(difference: Difference) -> tuple[str, str]:
    """Return both sides from shortly before the first letter that differs, cut to a line."""
    in_file, in_database = difference.in_file, difference.in_database
    if in_file is None or in_database is None:
        return _cut(in_file, 0), _cut(in_database, 0)
    pairs = zip(in_file, in_database, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    start = max(0, same - 10)
    return _cut(in_file, start), _cut(in_database, start)


def _cut(text: str | None, start: int) -> str:
    if text is None:
        return "（ありません）"
    if not text:
        return "（空）"
    piece = text[start : start + SHOWN].replace("\n", "⏎")
    return f"{'…' if start else ''}{piece}{'…' if len(text) > start + SHOWN else ''}"
