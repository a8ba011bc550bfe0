"""Silence: of how many items nothing was said, under one rule wherever items of today are counted.

Two things are silence, and each has words of its own: an item of which nothing was said in the fiscal year (今年度まだ
答えていない), and among these one of which nothing was ever said (未回答). A sealed report has a rule of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from initiatives.enums import NO_ANSWER
from kirishima_dx import clock
from kirishima_dx.fiscal_year import first_day, fiscal_year_of, fiscal_year_wareki


def is_told(as_of: date | None, at: date) -> bool:
    """Whether something was said of an item in the fiscal year of a day; `as_of` is the 基準日 of its last entry."""
    return as_of is not None and as_of >= _begin(at)


@lru_cache(maxsize=256)
def _begin(at: date) -> date:
    return first_day(fiscal_year_of(at))


@dataclass(frozen=True)
class Silence:
    """Of how many of `total` items nothing was said in the fiscal year of a day, and of how many `never`.

    Until something was said of one in the fiscal year, only those never spoken of are told as silent: on 1 April
    nobody is behind.
    """

    at: date
    total: int
    in_year: int
    never: int

    @classmethod
    def of(cls, days: Iterable[date | None], at: date) -> "Silence":
        """Count items by the 基準日 of their last entries."""
        told = list(days)
        in_year = sum(not is_told(day, at) for day in told)
        return cls(at, len(told), in_year, told.count(None))

    @property
    def has_year_begun(self) -> bool:
        return self.in_year < self.total

    @property
    def count(self) -> int:
        return self.in_year if self.has_year_begun else self.never

    @property
    def condition(self) -> dict[str, str]:
        """Return what narrows 進捗一覧 of the day to exactly these items."""
        return {"this_year": "none"} if self.has_year_begun else {"rating": "none"}

    @property
    def query(self) -> str:
        return "&".join(f"{key}={value}" for key, value in self.condition.items())

    @property
    def year(self) -> str:
        """Return 今年度, of a day in another year 令和7年度."""
        year = fiscal_year_of(self.at)
        return "今年度" if year == fiscal_year_of(clock.today()) else fiscal_year_wareki(year)

    @property
    def predicate(self) -> str:
        return f"{self.year}まだ答えてい" if self.has_year_begun else "まだ一度も答えてい"

    @property
    def words(self) -> str:
        """Return what such an item is called."""
        return f"{self.predicate}ない項目"

    @property
    def among(self) -> str:
        """Return the sentence where it stands below counts of all."""
        if not (self.count and self.has_year_begun):
            return self.sentence
        return f"うち{self.count}項目は、{self.predicate}ません。"

    @property
    def sentence(self) -> str:
        if not self.total:
            return ""
        if not self.count:
            told = "、すべての項目が答えています" if self.has_year_begun else "の記録はこれからです"
            return f"{self.year}{told}。"
        never = self.never if self.has_year_begun else 0
        beside = f"（うち{never}項目は一度も答えていない「{NO_ANSWER}」）" if never else ""
        return f"{self.words}は{self.count}項目です{beside}。"
