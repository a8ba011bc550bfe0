"""Word-level differences of Japanese text.

A character diff splits numbers and words, which nobody reads with ease. The text is cut into tokens first: digits with
their separators, Latin words, runs of katakana, runs of kanji, else single characters.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

TOKEN = re.compile(
    r"[0-9０-９]+(?:[.,．，:：/／-][0-9０-９]+)*"
    r"|[A-Za-zＡ-Ｚａ-ｚ]+(?:[-'][A-Za-zＡ-Ｚａ-ｚ]+)*"
    r"|[ァ-ヴー・]+"
    r"|[一-鿿々〆]+"
    r"|.",
    re.DOTALL,
)


@dataclass(frozen=True)
class Run:
    """A stretch of text that both sides have (`same`), only the old one (`old`) or only the new one (`new`)."""

    kind: Literal["same", "old", "new"]
    text: str


def replacement(old: str, new: str) -> list[Run]:
    """Return the runs of a text that is one word, such as a choice or a date: all of the old, all of the new."""
    sides: tuple[tuple[Literal["old", "new"], str], ...] = (("old", old), ("new", new))
    return [Run(kind, text) for kind, text in sides if text]


def diff(old: str, new: str) -> list[Run]:
    """Return the runs that lead from old to new.

    Leaving out the `new` runs gives `old`, leaving out the `old` runs gives `new`; neighbouring runs differ in kind.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    runs: list[Run] = []
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            runs.append(Run("same", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            runs.append(Run("old", "".join(before[i1:i2])))
        if j2 > j1:
            runs.append(Run("new", "".join(after[j1:j2])))
    return runs
