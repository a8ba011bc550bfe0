"""How rows are told in Markdown: of one code, or of two with an arrow from the first to the second."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Told = dict[str, Any]
NOTHING = "–"
ROWS = (
    "測ったもの",
    "問合せ",
    "CPU ms 最少（中央）",
    "時計 ms 最少（中央）",
    "下限（同じ実行の中）",
    "CPU ms",
    "時計 ms",
    "比",
    "いま÷まえ",
    "送る KB",
)
READINGS = ("読み手", "人数", "毎秒のページ", "待ち ms 中央", "95% ms", "サーバーの CPU ms／ページ")


@dataclass(frozen=True)
class Found:
    """One row as each code has it, None where a code has none; the code of before comes first."""

    size: tuple[int, int]
    name: str
    rows: list[Told | None]

    @property
    def kind(self) -> str:
        return next((str(row["kind"]) for row in self.rows[::-1] if row), "")


def table(found: list[Found]) -> str:
    """Return the table of one size, and below it that of the readers, where there were any."""
    times, years = found[0].size
    rows = [_row(one) for one in found if one.kind == "row"]
    readings = [_reading(one) for one in found if one.kind == "reading"]
    skipped = [_skipped(one) for one in found if one.kind == "skipped"]
    parts = [f"### {52 * times:,}項目、{years}年\n", *_lines(ROWS, rows)]
    if readings:
        parts += ["", *_lines(READINGS, readings)]
    return "\n".join([*parts, *skipped, ""])


def _lines(heads: tuple[str, ...], rows: list[list[str]]) -> list[str]:
    told = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return told + [f"| {' | '.join(cells)} |" for cells in rows]


def _row(found: Found) -> list[str]:
    named = next(row for row in found.rows[::-1] if row and row["kind"] == "row")

    def each(tell: Callable[[Told], str]) -> str:
        cells = [tell(row) if row and row["kind"] == "row" else NOTHING for row in found.rows]
        return " → ".join(cells) if len(set(cells)) > 1 else cells[-1]

    return [
        named["what"],
        each(lambda row: str(row["queries"])),
        each(lambda row: _ms(row["spent"], "cpu")),
        each(lambda row: _ms(row["spent"], "wall")),
        named["floor"],
        each(lambda row: _ms(row["floor_spent"], "cpu")),
        each(lambda row: _ms(row["floor_spent"], "wall")),
        each(lambda row: _figure(ratio(row))),
        _change(found),
        each(_sent),
    ]


def _reading(found: Found) -> list[str]:
    named = next(row for row in found.rows if row)

    def each(key: str, times: float = 1) -> str:
        cells = [f"{row[key] * times:,.1f}" if row else NOTHING for row in found.rows]
        return " → ".join(cells)

    return [
        named["what"],
        str(named["readers"]),
        each("pages_a_second"),
        each("wait_median", 1000),
        each("wait_p95", 1000),
        each("cpu_a_page", 1000),
    ]


def _skipped(found: Found) -> str:
    row = next(row for row in found.rows if row)
    return f"\n{row['what']}: {row['why']}"


def _ms(spent: dict[str, float], kind: str) -> str:
    return f"{spent[f'{kind}_least'] * 1000:,.2f}（{spent[f'{kind}_median'] * 1000:,.2f}）"


def _sent(row: Told) -> str:
    if row["sent"] is None:
        return NOTHING
    whole = f"{row['sent'] / 1024:,.1f}"
    return f"{whole}（gzip {row['compressed'] / 1024:,.1f}）" if row["compressed"] else whole


def ratio(row: Told) -> float:
    return float(row["spent"]["cpu_least"] / row["floor_spent"]["cpu_least"])


def _change(found: Found) -> str:
    rows = [row for row in found.rows if row and row["kind"] == "row"]
    if len(found.rows) < 2 or len(rows) < 2:
        return NOTHING
    return f"{rows[1]['spent']['cpu_least'] / rows[0]['spent']['cpu_least']:,.2f}"


def _figure(number: float) -> str:
    return f"{number:,.2f}" if number < 10 else f"{number:,.0f}"
