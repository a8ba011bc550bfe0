"""The body of a text in 新旧対照表, paragraph by paragraph."""

from collections.abc import Iterator, Sequence

from kirishima_dx.text_diff import Run, diff
from plans.comparison.paragraphs import ParagraphChange, compare_paragraphs
from plans.section_text import FIGURE_MARK, is_rule, table_cells
from revisions.papers.table import Line, Lines, Stretch, TableWords, note, side_of

Pair = tuple[Lines, Lines]
_MARKS = {"- ": "・", "## ": "", "> ": ""}
_JOINED_CELLS = ("<", "^")


def body_pairs(old: str | None, new: str | None, words: TableWords) -> list[Pair]:
    """Return both sides of a body as they stand beside each other, the new one first.

    What stayed is （略） once a stretch; a side is None where the text does not stand: then all of the other is marked.
    """
    if old is None or new is None:
        whole = new if old is None else old
        told = (line for line in (whole or "").split("\n") if line.strip() and not is_rule(line))
        lines = [_whole(line) for line in told]
        return [((line,), ()) if old is None else ((), (line,)) for line in lines]
    if old == new:
        return [_omitted(words)] if new.strip() else []
    return list(_compared(compare_paragraphs(old, new), words))


def _compared(changes: Sequence[ParagraphChange], words: TableWords) -> Iterator[Pair]:
    is_told = False
    for change in changes:
        if change.is_blank:
            continue
        if change.is_same:
            if not is_told:
                yield _omitted(words)
            is_told = True
            continue
        is_told = False
        if change.old is None or not change.old.strip():
            yield (_whole(change.new or ""),), (note(words.added),)
        elif change.new is None or not change.new.strip():
            yield (note(words.dropped),), (_whole(change.old),)
        else:
            runs = _runs(change.old, change.new)
            yield (Line(tuple(side_of(runs, "new"))),), (Line(tuple(side_of(runs, "old"))),)


def _omitted(words: TableWords) -> Pair:
    return (note(words.omitted),), (note(words.omitted),)


def _whole(text: str) -> Line:
    return Line((Stretch(readable(text), is_marked=True),))


def _runs(old: str, new: str) -> list[Run]:
    before, after = readable(old), readable(new)
    # Where nothing but the signs differ that make a list or a heading, those are what changed.
    return diff(before, after) if before != after else diff(old, new)


def readable(line: str) -> str:
    """Return a line of a body without the signs that only say how it is drawn (plans.section_text)."""
    text = line.strip()
    if text == FIGURE_MARK:
        return "（図）"
    if text.startswith("|"):
        return " ｜ ".join(cell for cell in table_cells(text) if cell not in _JOINED_CELLS)
    for mark, shown in _MARKS.items():
        if text.startswith(mark):
            return shown + text.removeprefix(mark)
    return text
