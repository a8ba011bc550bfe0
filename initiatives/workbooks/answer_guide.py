"""記入要領: what each word of the answer workbook means, with an example; the drop-downs take their words from it."""

from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from initiatives.answer_sheet.columns import CHOICES, LABEL_OF, WISH
from initiatives.enums import AnswerKind, CycleStep, Direction, Rating, Status
from initiatives.models import ReportingRound
from kirishima_dx.workbook_look import (
    HEAD_FILL,
    Dresser,
    Look,
    PrintFrame,
    fit_columns,
    set_for_print,
    write_block,
    write_row,
)

GUIDE_SHEET = "記入要領"
TITLE = Look(size=14, bold=True, boxed=False, wrap=False)
HEAD = Look(bold=True, fill=HEAD_FILL)
BODY = Look()
WORD = Look(bold=True)
WIDTHS = (18, 18, 62, 34)

FILLING_IN = (
    (
        "回答区分",
        "新しい状況を書くときは「更新あり」、前回のままのときは「変更なし」を選びます。"
        "「変更なし」のときは、ほかの欄は空にします。",
        "更新あり",
    ),
    ("状態・段階", "どこまで進んだか。一覧から選びます。", "試行中・③取組実行"),
    ("進捗評価", "予定に対してどうか。一覧から選びます。", "概ね順調"),
    (
        "評価理由",
        "その評価とした理由を、予定と比べて書きます。必ず要ります。",
        "9月までに3課で試行する予定のところ、2課で始めたため。",
    ),
    (
        "取組実績",
        "対象期間に行ったことを、時期や数とともに書きます。",
        "7月に2課で試行を始め、延べ120件を処理した。",
    ),
    (
        "成果",
        "行ったことで何がどう変わったかを書きます。",
        "1件当たりの処理が15分から6分になった。",
    ),
    (
        "課題",
        "進めるうえで妨げになっていることを書きます。",
        "関係する仕組みの更新時期が決まっていない。",
    ),
    (
        "本部協議",
        "課題をDX推進本部で協議したいときだけ選びます。課題も書いてください。",
        "希望する",
    ),
    (
        "遅れの原因・遅れの対応策・新たな期限",
        "進捗評価が「やや遅れている」「遅れている」のときは、三つとも要ります。"
        "新たな期限は、基準日より後の日です。",
        "2027-03-31、令和9年3月31日",
    ),
    (
        "今後の取組・今後の方針",
        "次に行うことを書き、方針を一覧から選びます。",
        "全課に広げる。・拡充",
    ),
)
"""Columns, how they are filled in, an example. The examples speak of no real item."""

MEANINGS = {
    **{
        member.value: member.meaning
        for members in (AnswerKind, Status, CycleStep, Rating, Direction)
        for member in members
    },
    "yes": "この課題をDX推進本部の協議事項に挙げる（希望しないときは空欄）",
}
"""What each fixed word says, in one line."""


def write_guide(sheet: Worksheet, asked: ReportingRound, dresser: Dresser) -> dict[str, str]:
    """Fill the sheet; return where the words of each choice stand, as a formula of a drop-down, by field."""
    fit_columns(sheet, WIDTHS)
    title = f"{asked.name}　回答様式の{GUIDE_SHEET}"
    write_block(sheet, 1, (1, 4), title, look=TITLE, widths=WIDTHS, dresser=dresser)
    lines = _Lines(sheet, dresser, place=3)
    lines.tell_columns()
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
        for columns, how, example in FILLING_IN:
            self._add((columns, "", how, example), (WORD, BODY, BODY, BODY))

    def tell_words(self) -> dict[str, str]:
        """Write what each fixed word means; return where those of a choice stand, by field."""
        self._add(("列", "選べる言葉", "意味"), (HEAD,) * 3)
        places = {}
        for name, labels in (*CHOICES.items(), ("for_headquarters", WISH)):
            first = self.place
            for value, label in labels.items():
                self._add((LABEL_OF[name], label, MEANINGS[value]), (WORD, BODY, BODY))
            places[name] = f"'{GUIDE_SHEET}'!$B${first}:$B${self.place - 1}"
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
    set_for_print(sheet, frame)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = "9", "portrait"  # A4
    sheet.page_setup.fitToHeight = 1
