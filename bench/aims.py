"""What version 0.6.0 aims at, read out of the rows of a run."""

from collections.abc import Callable
from dataclasses import dataclass

from bench import names
from bench.tables import Found, Told, ratio

SMALL, LONG, LARGE = (1, 1), (1, 10), (100, 10)
"""The plan with one year of entries, the same with ten, and a hundred times its items with ten."""
NOTHING = "–"


class Rows:
    """The rows of one code. What it has no row for raises KeyError."""

    def __init__(self, found: list[Found], code: int) -> None:
        self._rows: dict[tuple[tuple[int, int], str], Told] = {}
        for one in found:
            row = one.rows[code] if code < len(one.rows) else None
            if row is not None and row["kind"] != "skipped":
                self._rows[one.size, one.name] = row

    def row(self, name: names.Name, size: tuple[int, int] = SMALL) -> Told:
        return self._rows[size, "、".join(name)]

    def ratio(self, name: names.Name) -> float:
        return ratio(self.row(name))

    def cpu(self, name: names.Name, size: tuple[int, int] = SMALL) -> float:
        return float(self.row(name, size)["spent"]["cpu_least"])

    def pages_a_second(self, what: str, readers: int) -> float:
        return float(self._rows[SMALL, f"{what}、{readers}"]["pages_a_second"])

    def beside_floor(self, name: names.Name) -> float:
        """Return the milliseconds that something takes more than its floor."""
        row = self.row(name)
        return float(row["spent"]["cpu_least"] - row["floor_spent"]["cpu_least"]) * 1000


@dataclass(frozen=True)
class Aim:
    """A figure and what it should be; `of_before` sets the one of now beside the one of before."""

    what: str
    aim: str
    figure: Callable[[Rows], float]
    of_before: bool = False

    def told(self, codes: list[Rows]) -> str:
        found = [self._figure(rows) for rows in codes]
        if self.of_before:
            now = found[-1] / found[0] if len(found) > 1 and found[0] and found[-1] else None
            found = [1.0, now]
        cells = [NOTHING if one is None else f"{one:,.2f}" for one in found]
        before = cells[0] if len(cells) > 1 else NOTHING
        return f"| {self.what} | {before} | {cells[-1]} | {self.aim} |"

    def _figure(self, rows: Rows) -> float | None:
        try:
            return self.figure(rows)
        except KeyError:
            return None


AIMS = (
    Aim("`/` ÷ 同じ文言の平らなテンプレート", "≤ 2.5", lambda rows: rows.ratio(names.PLAN)),
    Aim("確定した年次報告", "≤ 0.4", lambda rows: rows.cpu(names.REPORT), of_before=True),
    Aim(
        "項目のページ（だれでも）", "≤ 0.6", lambda rows: rows.cpu(names.ITEM_PAGE), of_before=True
    ),
    Aim("同 問合せ", "≤ 10", lambda rows: rows.row(names.ITEM_PAGE)["queries"]),
    Aim("もう一度 200 ÷ 同じバイト", "≤ 1.0", lambda rows: rows.ratio(names.WHOLE)),
    Aim("もう一度 200 gzip ÷ 同じバイト", "≤ 1.0", lambda rows: rows.ratio(names.COMPRESSED)),
    Aim("もう一度 304 ÷ 同じバイト", "≤ 1.0", lambda rows: rows.ratio(names.ASKED)),
    Aim("職員の 304 ÷ 304 を送るだけ", "≤ 1.2", lambda rows: rows.ratio(names.ASKED_BY_STAFF)),
    Aim(
        f"`/` を {names.CROWD} 人で読むときの毎秒のページ",
        "≥ 50",
        lambda rows: rows.pages_a_second(names.READING, names.CROWD),
    ),
    Aim("内容の印が保存に足す ms", "≤ 0.2", lambda rows: rows.beside_floor(names.TOKEN)),
    Aim(
        "`/` もう一度（gzip）、5,200項目 ÷ 52項目",
        "≤ 1.5",
        lambda rows: rows.cpu(names.COMPRESSED, LARGE) / rows.cpu(names.COMPRESSED),
    ),
    Aim(
        "52項目の状態、ほかに 5,200項目 ÷ それだけ",
        "≤ 1.2",
        lambda rows: rows.cpu(names.STATES, LARGE) / rows.cpu(names.STATES, LONG),
    ),
    Aim("`/` ÷ 管理画面の一覧", "≤ 0.85", lambda rows: rows.ratio(names.ADMIN_LIST)),
    Aim("進捗の記録の保存 ÷ 管理画面の保存", "< 1", lambda rows: rows.ratio(names.ADMIN_SAVING)),
)


def aims_told(found: list[Found]) -> str:
    codes = max((len(one.rows) for one in found), default=1)
    rows = [Rows(found, code) for code in range(codes)]
    lines = [aim.told(rows) for aim in AIMS]
    return "\n".join(["| めあて | まえ | いま | 目標 |", "|---|--:|--:|--:|", *lines])
