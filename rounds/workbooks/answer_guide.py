"""記入要領: what each word of the answer workbook means, with an example; the drop-downs take their words from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from initiatives.stated_column import Kind, StatedColumn
from kirishima_dx.spreadsheets.look import (
    HEAD_FILL,
    Dresser,
    Look,
    PrintFrame,
    fit_columns,
    set_for_print,
    write_block,
    write_row,
)
from kirishima_dx.spreadsheets.paper import A3_UPRIGHT
from rounds.answer_content import ANSWER_COLUMNS
from rounds.models import ReportingRound

GUIDE_SHEET = "記入要領"
TITLE = Look(size=14, bold=True, boxed=False, wrap=False)
NOTE = Look(boxed=False)
NO_STRIKING = "取消線（見え消し）は使わず、要らない文字は消してください。"
GIVEN = (
    "取組の概要は計画の言葉、前回の…は前回の回答です。書き換えません。前回の課題と今後の取組がどうなったかを書いてください。"
    "差戻しの理由があるときは、それに答えて直します。"
)
HEAD = Look(bold=True, fill=HEAD_FILL)
BODY = Look()
WORD = Look(bold=True)
WIDTHS = (18, 18, 62, 34)


def _lines_of(columns: Sequence[StatedColumn]) -> list[list[StatedColumn]]:
    """Return the columns by the lines of the guide that they share."""
    lines: list[list[StatedColumn]] = []
    for column in columns:
        if column.guide or not lines:
            lines.append([column])
        else:
            lines[-1].append(column)
    return lines


def write_guide(sheet: Worksheet, asked: ReportingRound, dresser: Dresser) -> dict[str, str]:
    """Fill the sheet; return where the words of each choice stand, as a formula of a drop-down, by field."""
    fit_columns(sheet, WIDTHS)
    title = f"{asked.name}　回答様式の{GUIDE_SHEET}"
    write_block(sheet, 1, (1, 4), title, look=TITLE, widths=WIDTHS, dresser=dresser)
    write_block(sheet, 2, (1, 4), NO_STRIKING, look=NOTE, widths=WIDTHS, dresser=dresser)
    lines = _Lines(sheet, dresser, place=4)
    lines.tell_columns()
    lines.tell_given()
    lines.place += 1
    places = lines.tell_words()
    sheet.protection.sheet = True
    _set_for_one_page(sheet, asked)
    return places


@dataclass
class _Lines:
    """Writes line after line; `place` is the next row."""

    sheet: Worksheet
    dresser: Dresser
    place: int

    def tell_columns(self) -> None:
        self._add(("列", "", "書き方", "例"), (HEAD,) * 4)
        for columns in _lines_of(ANSWER_COLUMNS):
            names = "・".join(column.label for column in columns)
            first = columns[0]
            self._add((names, "", first.guide, first.example), (WORD, BODY, BODY, BODY))

    def tell_given(self) -> None:
        """Tell what the grey columns are for."""
        self._add(("灰色の列", "", GIVEN, ""), (WORD, BODY, BODY, BODY))

    def tell_words(self) -> dict[str, str]:
        """Write what each fixed word means; return where those of a choice stand, by field."""
        self._add(("列", "選べる言葉", "意味"), (HEAD,) * 3)
        places = {}
        choices = [column for column in ANSWER_COLUMNS if column.kind is Kind.CHOICE]
        flags = [column for column in ANSWER_COLUMNS if column.kind is Kind.FLAG]
        for column in (*choices, *flags):
            first = self.place
            for value, label in column.words.items():
                self._add((column.label, label, column.meanings[value]), (WORD, BODY, BODY))
            places[column.key] = f"'{GUIDE_SHEET}'!$B${first}:$B${self.place - 1}"
        return places

    def _add(self, values: tuple[str, ...], looks: tuple[Look, ...]) -> None:
        write_row(
            self.sheet,
            self.place,
            values,
            looks=looks,
            widths=WIDTHS[: len(values)],
            dresser=self.dresser,
            one_row=True,
        )
        self.place += 1


def _set_for_one_page(sheet: Worksheet, asked: ReportingRound) -> None:
    frame = PrintFrame(title=f"{asked.name}　{GUIDE_SHEET}", number="", foot="")
    set_for_print(sheet, frame, paper=A3_UPRIGHT)
    sheet.page_setup.fitToHeight = 1
