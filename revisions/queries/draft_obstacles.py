"""What stands in the way of the adoption of a draft.

Pure: takes what was read already.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kirishima_dx.quoting import quoted
from plans.comparison.parts import part_label
from plans.models import Axis, Edition, FocusItemText, Policy, Section
from plans.places import lasting_place
from plans.queries import EditionOutline
from revisions.enums import AmendmentKind
from revisions.models import DraftComment
from revisions.obstacles import DraftText, Obstacle
from revisions.papers.explained import AmendedItem, AmendedPart
from revisions.papers.revision import Revision

WHOLE = "案の全体"


@dataclass(frozen=True)
class TextNames:
    """What people call the texts of a draft, also those that ended with it."""

    items: dict[str, DraftText]
    parts: dict[str, DraftText]

    def of(self, comment: DraftComment) -> str:
        if comment.focus_item is not None:
            code = comment.focus_item.code
            return self.items[code].label if code in self.items else code
        if not comment.place:
            return WHOLE
        found = self.parts.get(comment.place)
        return found.label if found else comment.place


def text_names(
    outline: EditionOutline, items: list[AmendedItem], parts: list[AmendedPart]
) -> TextNames:
    names = TextNames({}, {})
    for item in items:
        names.items[item.code] = item_text(item.change.either)
    for part in parts:
        names.parts[part.change.place] = part_text(part.change.either)
    for standing in _parts(outline):
        names.parts[lasting_place(standing)] = part_text(standing)
    return names


def item_text(text: FocusItemText) -> DraftText:
    return DraftText(str(text), code=text.focus_item.code)


def part_text(part: Axis | Policy | Section | Edition) -> DraftText:
    return DraftText(part_label(part), place=lasting_place(part))


def _parts(outline: EditionOutline) -> Iterator[Axis | Policy | Section | Edition]:
    yield outline.edition
    for axis in outline.axes:
        yield axis.axis
        yield from (policy.policy for policy in axis.policies)
    for node in outline.walk_sections():
        yield node.section


def empty_places(outline: EditionOutline) -> Iterator[Obstacle]:
    if not outline.items:
        yield Obstacle("重点項目が一つもありません。")
    for axis in outline.axes:
        if not axis.policies:
            yield Obstacle(
                f"軸{axis.axis.number}{quoted(axis.axis.name)}に取組方針がありません。",
                place=lasting_place(axis.axis),
            )
        for item in axis.items:
            if not item.overview.strip():
                yield Obstacle(
                    f"{item.place}{quoted(item.title)}の取組の概要が空です。", item.focus_item.code
                )


def unexplained(items: list[AmendedItem], parts: list[AmendedPart]) -> Iterator[Obstacle]:
    for item in items:
        text = item.change.either
        for kind in item.unexplained:
            is_reasoned = kind == AmendmentKind.CONCRETISE and item.lacks_decision
            lacks = "本部会議の決定" if is_reasoned else "理由"
            yield Obstacle(
                f"{text.place}{quoted(text.title)}の{kind.label}に{lacks}がありません。", item.code
            )
    for part in parts:
        for kind in part.unexplained:
            yield Obstacle(
                f"{quoted(part.change.label)}の{kind.label}に理由がありません。",
                place=part.change.place,
            )


def open_questions(questions: list[DraftComment], names: TextNames) -> Iterator[Obstacle]:
    for question in questions:
        code = question.focus_item.code if question.focus_item else ""
        about = quoted(names.of(question))
        yield Obstacle(
            f"{about}について、解決していない質問があります：{question}",
            code,
            question.place,
            question.pk,
        )


def same_numbers(outline: EditionOutline) -> Iterator[Obstacle]:
    """Yield the sections beside each other that bear one number; that of axes, policies and items is their place."""
    found: dict[tuple[int | None, str], list[Section]] = defaultdict(list)
    for node in outline.walk_sections():
        section = node.section
        if number := section.number.strip():
            found[section.parent_id, number].append(section)
    for (_, number), sections in found.items():
        if len(sections) > 1:
            names = "と".join(quoted(section.heading) for section in sections)
            yield Obstacle(
                f"{names}の見出し番号が、同じ{quoted(number)}です。",
                texts=tuple(part_text(section) for section in sections),
            )


def nothing_changed(revised: Revision | None) -> Iterator[Obstacle]:
    if revised is not None and revised.comparison.is_empty:
        yield Obstacle(f"{revised.old.edition.name}から何も変わっていません。")
