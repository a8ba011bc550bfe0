"""The rows of one text: an item, a section, an axis, a policy, the facts of the cover."""

from collections.abc import Sequence
from dataclasses import replace

from kirishima_dx.quoting import quoted
from kirishima_dx.text_diff import Run, diff, marks
from plans.comparison.items import ItemChange, Kin
from plans.enums import Fate
from plans.models import Axis, FocusItemText, Policy, Section
from revisions.papers.bodies import Pair, body_pairs
from revisions.papers.remarks import Remarks
from revisions.papers.table import (
    Level,
    Line,
    Lines,
    Row,
    Side,
    Stretch,
    TableWords,
    note,
    side_of,
    title,
)

STAR = "★検討項目"
_BOTH: tuple[Side, Side] = ("new", "old")
RENUMBERED_ABOVE = "軸・取組方針の番号の変更による"


def text_rows(
    head: Pair, body: Sequence[Pair], remarks: Remarks, *, level: Level = "text", axis: int = 0
) -> list[Row]:
    """Return a heading with the first paragraph, and a row for each further one, so that both sides stay level."""
    first, *others = body or [((), ())]
    row = Row(
        head[0] + first[0], head[1] + first[1], remarks, level, span=1 + len(others), axis=axis
    )
    return [row, *(Row(new, old, continues=True) for new, old in others)]


def one_sided(pair: Pair, words: TableWords, *, is_new: bool) -> Pair:
    """Return a heading that stands on one side only, with the word for it on the other side."""
    new, old = pair
    return (new, (note(words.added),)) if is_new else ((note(words.dropped),), old)


def omitted_row(label: str, words: TableWords, told: str = "") -> Row:
    """Return the row of what is the same on both sides, named by `label`."""
    side = (Line((Stretch(f"{label}　{words.omitted}"),), "note"),)
    return Row(side, side, Remarks(notes=(told,) if told else ()))


def item_rows(change: ItemChange, remarks: Remarks, words: TableWords) -> list[Row]:
    old, new = change.old, change.new
    head: Pair = (_item_title(change, "new"),), (_item_title(change, "old"),)
    body = body_pairs(old.overview if old else None, new.overview if new else None, words)
    if not (old and new):
        head = one_sided(head, words, is_new=old is None)
    return text_rows(head, body, remarks)


def _item_title(change: ItemChange, side: Side) -> Line:
    text, other = (change.new, change.old) if side == "new" else (change.old, change.new)
    star = [Stretch(STAR, not (other and other.is_study))] if text and text.is_study else []
    return title(side_of(change.place_runs, side), side_of(change.title_runs, side), star)


def item_notes(change: ItemChange) -> list[str]:
    """Return where an item came from and went, with both ends named."""
    notes = []
    old, new = change.old, change.new
    if old and new and change.moves:
        notes.append(f"取組方針{quoted(old.policy)}から{quoted(new.policy)}へ移動")
    elif old and new and old.place != new.place and not change.is_renumbered:
        notes.append(f"番号の変更（{RENUMBERED_ABOVE}）")
    return notes + _kin_notes(change.went_into, "へ") + _kin_notes(change.came_from, "から")


def _kin_notes(kin: Sequence[Kin], way: str) -> list[str]:
    found = []
    for kind in (Fate.SPLIT, Fate.MERGED):
        named = "、".join(_named(one.text) for one in kin if one.kind == kind)
        if named and kind == Fate.MERGED and way == "から":
            found.append(f"{named}を統合")
        elif named:
            found.append(f"{named}{'に統合' if kind == Fate.MERGED else f'{way}分割'}")
    return found


def _named(text: FocusItemText) -> str:
    return f"{text.place}{quoted(text.title)}"


def axis_row(old: Axis | None, new: Axis | None, remarks: Remarks, words: TableWords) -> Row:
    """Return the heading of an axis; its other words stand below it where they differ."""
    heads = _heads(
        _axis_number(old), _axis_number(new), old.name if old else "", new.name if new else ""
    )
    texts = [(getattr(old, name, ""), getattr(new, name, "")) for name in ("english", "tagline")]
    differing = [diff(before, after) for before, after in texts if before != after]
    new_side, old_side = (
        (head, *_lines(differing, side)) for head, side in zip(heads, _BOTH, strict=True)
    )
    row = _heading((new_side, old_side), old, new, remarks, words)
    either = new or old
    return replace(row, level="axis", axis=either.number if either else 0)


def policy_row(old: Policy | None, new: Policy | None, remarks: Remarks, words: TableWords) -> Row:
    new_head, old_head = _heads(
        old.code if old else "",
        new.code if new else "",
        old.name if old else "",
        new.name if new else "",
    )
    row = _heading(((new_head,), (old_head,)), old, new, remarks, words)
    return replace(row, level="policy")


def _axis_number(axis: Axis | None) -> str:
    return f"軸{axis.number}" if axis else ""


def _heads(old_number: str, new_number: str, old_name: str, new_name: str) -> tuple[Line, Line]:
    number, name = marks(old_number, new_number, whole=True), diff(old_name, new_name)
    new, old = (title(side_of(number, side), side_of(name, side)) for side in _BOTH)
    return new, old


def _lines(texts: Sequence[list[Run]], side: Side) -> list[Line]:
    lines = (Line(tuple(side_of(runs, side))) for runs in texts)
    return [line for line in lines if line.text]


def _heading(
    pair: Pair,
    old: Axis | Policy | None,
    new: Axis | Policy | None,
    remarks: Remarks,
    words: TableWords,
) -> Row:
    if not (old and new):
        pair = one_sided(pair, words, is_new=old is None)
    return Row(*pair, remarks)


def section_rows(
    old: Section | None, new: Section | None, remarks: Remarks, words: TableWords
) -> list[Row]:
    """Return a section that differs, or that stands above one that does: its heading and what of its body differs."""
    runs = diff(old.heading if old else "", new.heading if new else "")
    head: Pair = (title(side_of(runs, "new")),), (title(side_of(runs, "old")),)
    body = body_pairs(old.body if old else None, new.body if new else None, words)
    if not (old and new):
        head = one_sided(head, words, is_new=old is None)
    return text_rows(head, body, remarks, level="section")


def cover_rows(lines: Sequence[tuple[str, list[Run]]], remarks: Remarks) -> list[Row]:
    """Return the facts of the cover that differ: 計画期間, 策定者."""
    pairs = [(_fact(label, runs, "new"), _fact(label, runs, "old")) for label, runs in lines]
    return text_rows(((), ()), pairs, remarks)


def _fact(label: str, runs: list[Run], side: Side) -> Lines:
    words = side_of(runs, side)
    return (Line((Stretch(f"{label}　"), *words)),) if words else ()
