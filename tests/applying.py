"""Reading an edition out of its predecessor and what is said to have changed, and nothing else.

A comparison that left a word, a place or an order out would give another edition here.
"""

from dataclasses import dataclass, field

from kirishima_dx.text_diff import Run
from plans.comparison.items import ItemChange
from plans.comparison.parts import PartChange
from plans.comparison.whole import Comparison
from plans.models import Axis, FocusItemText, Policy, Section
from plans.places import lasting_place
from plans.queries import EditionOutline


@dataclass
class Words:
    """All that an edition says: short texts by place and name, where things stand, bodies, the order of sections."""

    lines: dict[str, dict[str, str]] = field(default_factory=dict)
    stands: dict[str, tuple[str, str]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    items: dict[str, tuple[str, int, str, str, bool]] = field(default_factory=dict)


def words_of(outline: EditionOutline) -> Words:
    edition = outline.edition
    words = Words(lines={"edition": _said({"計画期間": edition.period, "策定者": edition.issuer})})
    for axis in outline.axes:
        place = lasting_place(axis.axis)
        words.lines[place] = _axis_lines(axis.axis)
        words.stands[place] = ("", str(axis.axis.number))
        for policy in axis.policies:
            place = lasting_place(policy.policy)
            words.lines[place] = {"名称": policy.policy.name}
            words.stands[place] = (axis.axis.key, policy.policy.letter)
    for node in outline.walk_sections():
        section, place = node.section, lasting_place(node.section)
        words.lines[place] = {"見出し": section.heading}
        words.stands[place] = (section.parent.key if section.parent else "", "")
        words.bodies[place] = section.body
        words.order.append(section.key)
    words.items = {text.focus_item.code: _item(text) for text in outline.items}
    return words


def applied(comparison: Comparison, old: Words) -> Words:
    """Return what the old edition becomes by the changes."""
    new = Words(
        {place: dict(lines) for place, lines in old.lines.items()},
        dict(old.stands),
        dict(old.bodies),
        list(old.order),
        dict(old.items),
    )
    gone = {
        part.place.partition("/")[2]
        for part in comparison.parts
        if part.group == "sections" and (part.new is None or part.old is None or part.moves)
    }
    new.order = [key for key in new.order if key not in gone]
    for part in comparison.parts:
        _apply_part(part, new)
    for item in comparison.items:
        _apply_item(item, new.items)
    return new


def _apply_part(part: PartChange, words: Words) -> None:
    if part.new is None:
        for found in (words.lines, words.stands, words.bodies):
            found.pop(part.place, None)
        return
    lines = words.lines.setdefault(part.place, {})
    for line in part.lines:
        assert lines.get(line.label, "") == _side(line.runs, "old")
        lines[line.label] = _side(line.runs, "new")
    words.lines[part.place] = _said(lines)
    if part.old is None or part.moves or part.is_renumbered:
        words.stands[part.place] = _stand(part.new)
    if part.group != "sections":
        return
    if part.paragraphs:
        before = [p for p in part.paragraphs if p.old is not None]
        assert words.bodies.get(part.place, "") == "\n".join(_side(p.runs, "old") for p in before)
        after = [p for p in part.paragraphs if p.new is not None]
        words.bodies[part.place] = "\n".join(_side(p.runs, "new") for p in after)
    words.bodies.setdefault(part.place, "")
    if part.old is None or part.moves:
        place = words.order.index(part.behind) + 1 if part.behind else 0
        words.order.insert(place, part.place.partition("/")[2])


def _apply_item(change: ItemChange, items: dict[str, tuple[str, int, str, str, bool]]) -> None:
    code = change.focus_item.code
    if change.new is None:
        del items[code]
        return
    key, number, title, overview, is_study = items.get(code, ("", 0, "", "", change.new.is_study))
    assert (title, overview) == (
        _side(change.title_runs, "old"),
        _side(change.overview_runs, "old"),
    )
    if change.old is None or change.moves or change.is_renumbered:
        key, number = change.new.policy.key, change.new.number
    if change.loses_star or change.gains_star:
        is_study = change.gains_star
    title, overview = _side(change.title_runs, "new"), _side(change.overview_runs, "new")
    items[code] = (key, number, title, overview, is_study)


def _side(runs: list[Run], side: str) -> str:
    return "".join(run.text for run in runs if run.kind in ("same", side))


def _axis_lines(axis: Axis) -> dict[str, str]:
    return _said({"名称": axis.name, "英語の語": axis.english, "標語": axis.tagline})


def _said(lines: dict[str, str]) -> dict[str, str]:
    """Leave out what is empty: a text that is not there and one without words are the same."""
    return {label: text for label, text in lines.items() if text}


def _stand(part: object) -> tuple[str, str]:
    match part:
        case Axis():
            return "", str(part.number)
        case Policy():
            return part.axis.key, part.letter
        case Section():
            return (part.parent.key if part.parent else ""), ""
        case _:
            raise AssertionError(part)


def _item(text: FocusItemText) -> tuple[str, int, str, str, bool]:
    return text.policy.key, text.number, text.title, text.overview, text.is_study
