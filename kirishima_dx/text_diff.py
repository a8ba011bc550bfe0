"""Word-level differences of Japanese text.

A character diff splits numbers and words, which nobody reads with ease. The text is cut into tokens first: dates and
years with their era, digits with their separators, Latin words, runs of katakana, runs of kanji, else single letters.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from typing import Literal

TOKEN = re.compile(
    r"(?:(?:令和|平成|昭和)元年|(?:令和|平成|昭和)?[0-9０-９]+年)(?:度|[0-9０-９]+月(?:[0-9０-９]+日)?)?"
    r"|[0-9０-９]+月(?:[0-9０-９]+日)?"
    r"|[0-9０-９]+(?:[.,．，:：/／-][0-9０-９]+)*[%％]?"
    r"|[A-Za-zＡ-Ｚａ-ｚ]+(?:[-'][A-Za-zＡ-Ｚａ-ｚ]+)*"
    r"|[ァ-ヴー・ｦ-ﾟ]+"
    r"|[一-鿿々〆]+"
    r"|.",
    re.DOTALL,
)
LEAST_KEPT = 0.35
"""Of the shorter text: what must stand in both for the marks to go word by word."""
FURTHEST = 40
"""How many tokens a stretch is moved at most to where it reads best."""
_ENDS, _PAUSES = frozenset("。！？\n"), frozenset("、，・　 ")
_OPENING, _CLOSING = frozenset("（「『【［〔("), frozenset("）」』】］〕)")
_HIRAGANA = frozenset(map(chr, range(0x3041, 0x3097)))
MOST_STEPS = 6_000_000
"""How many pairs of equal words are looked at before the rest counts as changed: about a second."""


@dataclass(frozen=True)
class Run:
    """A stretch of text that both sides have (`same`), only the old one (`old`) or only the new one (`new`)."""

    kind: Literal["same", "old", "new"]
    text: str


def replacement(old: str, new: str) -> list[Run]:
    """Return the runs of a text that is one word, such as a choice or a date: all of the old, all of the new."""
    sides: tuple[tuple[Literal["old", "new"], str], ...] = (("old", old), ("new", new))
    return [Run(kind, text) for kind, text in sides if text]


def marks(old: str, new: str, *, whole: bool = False) -> list[Run]:
    """Return the runs of a field; `whole` where its text is one word, which is another one as soon as it differs."""
    return replacement(old, new) if whole and old != new else diff(old, new)


def diff(old: str, new: str) -> list[Run]:
    """Return the runs that lead from old to new.

    Leaving out the `new` runs gives `old`, leaving out the `old` runs gives `new`; neighbouring runs differ in kind.
    Texts that share little are shown as one replacing the other: marks around stray syllables cannot be read.
    """
    if old == new:
        return [Run("same", new)] if new else []
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    matches = _matches(before, after)
    kept = sum(len(token) for match in matches for token in before[match.a : match.a + match.size])
    if kept < LEAST_KEPT * min(len(old), len(new)):
        return replacement(old, new)
    runs: list[Run] = []
    i = j = 0
    for match in (*_settled(matches, before, after), Match(len(before), len(after), 0)):
        same = "".join(before[match.a : match.a + match.size])
        runs += replacement("".join(before[i : match.a]), "".join(after[j : match.b]))
        runs += [Run("same", same)] if same else []
        i, j = match.a + match.size, match.b + match.size
    return runs


def _matches(before: list[str], after: list[str]) -> list[Match]:
    """Return what both sides have, in order, the longest stretches found first.

    This is SequenceMatcher's way, ended after MOST_STEPS: a text of one word said over and over would take minutes.
    """
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    often = Counter(after)
    found, steps = [], 0
    ranges = deque([(0, len(before), 0, len(after))])
    while ranges:
        i1, i2, j1, j2 = ranges.popleft()
        steps += sum(often[token] for token in before[i1:i2])
        if steps > MOST_STEPS:
            break
        match = matcher.find_longest_match(i1, i2, j1, j2)
        if match.size:
            found.append(match)
            ranges.append((i1, match.a, j1, match.b))
            ranges.append((match.a + match.size, i2, match.b + match.size, j2))
    return _joined(sorted(found))


def _joined(matches: list[Match]) -> list[Match]:
    """Return matches with those that follow each other on both sides made one."""
    joined: list[Match] = []
    for match in matches:
        last = joined[-1] if joined else None
        if last and (last.a + last.size, last.b + last.size) == (match.a, match.b):
            joined[-1] = Match(last.a, last.b, last.size + match.size)
        else:
            joined.append(match)
    return joined


def _settled(matches: list[Match], before: list[str], after: list[str]) -> list[Match]:
    """Return matches so that what was only added, or only left out, stands where a reader sees it.

    Where 「毎年度、公表します。」 comes between two sentences, 「。毎年度、公表します」 could be marked as well.
    """
    settled = list(matches)
    for place in range(1, len(settled)):
        left, right = settled[place - 1], settled[place]
        if left.a + left.size == right.a:
            shift = _best_shift(after, left.b + left.size, right.b, (left.size, right.size))
        elif left.b + left.size == right.b:
            shift = _best_shift(before, left.a + left.size, right.a, (left.size, right.size))
        else:
            continue
        settled[place - 1] = Match(left.a, left.b, left.size + shift)
        settled[place] = Match(right.a + shift, right.b + shift, right.size - shift)
    return settled


def _best_shift(tokens: list[str], start: int, end: int, room: tuple[int, int]) -> int:
    """Return how far to move the stretch from `start` to `end`; what both sides share may give way but for a token."""
    shifts = [0]
    for way, most in ((-1, room[0]), (1, room[1])):
        for step in range(1, min(most, FURTHEST + 1)):
            first, last = (start, end) if way > 0 else (start - 1, end - 1)
            offset = way * (step - 1)
            if tokens[first + offset] != tokens[last + offset]:
                break
            shifts.append(way * step)
    return max(shifts, key=lambda by: (_reads(tokens, start + by, end + by), -abs(by)))


def _reads(tokens: list[str], start: int, end: int) -> int:
    """Return how well a stretch reads by itself: a sentence best, brackets with their fellows, no word cut in two."""
    depth, lowest = 0, 0
    for token in tokens[start:end]:
        depth += (token in _OPENING) - (token in _CLOSING)
        lowest = min(lowest, depth)
    score = 0 if depth == lowest == 0 else -4
    score -= 2 * sum(_in_a_word(tokens, place) for place in (start, end))
    first, last = tokens[start], tokens[end - 1]
    score += 3 if last in _ENDS else 1 if last in _PAUSES else 0
    return score - (2 if first in _ENDS else 1 if first in _PAUSES else 0)


def _in_a_word(tokens: list[str], place: int) -> bool:
    """Whether a cut at a place parts two hiragana: there is no telling them to be two words."""
    return all(token in _HIRAGANA for token in tokens[max(0, place - 1) : place + 1])
