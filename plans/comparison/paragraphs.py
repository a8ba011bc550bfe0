"""Paragraph by paragraph: which of a text stayed, were changed, came and went."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from kirishima_dx.text_diff import TOKEN, Run, diff
from plans.section_text import is_rule

ALIKE = 0.5
"""From which share of common words on a paragraph counts as another one's new wording, and not as a new one."""
MOST_PAIRS = 20_000
"""How many pairs of paragraphs are weighed in one stretch; a longer one is taken as dropped and written anew."""


@dataclass(frozen=True)
class ParagraphChange:
    """A paragraph in both texts; a side is None where it does not stand. Empty lines count as paragraphs."""

    old: str | None
    new: str | None

    @property
    def is_same(self) -> bool:
        return self.old == self.new

    @property
    def is_blank(self) -> bool:
        """Whether neither side says anything: empty lines, and the rules of tables."""
        return all(not side.strip() or is_rule(side) for side in (self.old or "", self.new or ""))

    @cached_property
    def runs(self) -> list[Run]:
        return diff(self.old or "", self.new or "")


def compare_paragraphs(old: str, new: str) -> list[ParagraphChange]:
    """Return the paragraphs of both texts in order; the old sides alone are the old text, the new sides the new one."""
    before, after = old.split("\n"), new.split("\n")
    changes: list[ParagraphChange] = []
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            changes += [ParagraphChange(line, line) for line in before[i1:i2]]
        else:
            changes += _paired(before[i1:i2], after[j1:j2])
    return changes


def _paired(before: list[str], after: list[str]) -> Iterator[ParagraphChange]:
    """Pair the paragraphs of a changed stretch, in order, so that the pairs have as much in common as can be."""
    i = j = 0
    for old_place, new_place in [*_best_pairs(before, after), (len(before), len(after))]:
        yield from (ParagraphChange(line, None) for line in before[i:old_place])
        yield from (ParagraphChange(None, line) for line in after[j:new_place])
        if old_place < len(before):
            yield ParagraphChange(before[old_place], after[new_place])
        i, j = old_place + 1, new_place + 1


def _best_pairs(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    if len(before) * len(after) > MOST_PAIRS:
        return []
    old_words = [Counter(TOKEN.findall(line)) for line in before]
    new_words = [Counter(TOKEN.findall(line)) for line in after]
    # best[i][j]: how much the paragraphs from i and from j on can have in common.
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    alike = [[_likeness(one, other) for other in new_words] for one in old_words]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            skipped = max(best[i + 1][j], best[i][j + 1])
            best[i][j] = max(skipped, alike[i][j] + best[i + 1][j + 1] if alike[i][j] else 0)
    return _walk(best, alike)


def _walk(best: list[list[float]], alike: list[list[float]]) -> list[tuple[int, int]]:
    pairs = []
    i = j = 0
    while i < len(alike) and j < len(alike[i]):
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of letters in common words, 0 where it is too little to speak of the same paragraph."""
    common = sum(len(word) * count for word, count in (one & other).items())
    longer = max(sum(len(word) * count for word, count in side.items()) for side in (one, other))
    share = common / longer if longer else 0.0
    return share if share >= ALIKE else 0.0
