"""Page-shaped reads of reports and of drafts on their way to adoption."""

from collections import defaultdict
from dataclasses import dataclass, replace

from plans.comparison import Comparison, ItemChange, compare
from plans.enums import Fate
from plans.models import Edition
from plans.queries import EditionOutline, edition_outline
from reviews.enums import AmendmentKind
from reviews.models import Amendment, AnnualReport
from reviews.report_compiler import compile_report, errata_table
from reviews.report_document import Column, Passage, ReportDocument, Table


def report_document(report: AnnualReport) -> ReportDocument:
    """Return what a report shows: sealed, from its own rows alone; draft, compiled from the records as they stand."""
    if report.is_sealed:
        return sealed_document(report)
    document = compile_report(report)
    if report.corrects is not None:
        errata = errata_table(sealed_document(report.corrects), document)
        document = replace(document, tables=(errata, *document.tables))
    return document


def sealed_document(report: AnnualReport) -> ReportDocument:
    """Return the document of a sealed report in three queries."""
    passages = tuple(
        Passage(passage.key, passage.label, passage.text)
        for passage in report.sealed_passages.order_by("position")
    )
    tables = tuple(
        Table(
            table.key,
            table.title,
            tuple(Column(key, label) for key, label in table.columns),
            tuple(tuple(row.cells) for row in table.rows.all()),
        )
        for table in report.sealed_tables.order_by("position").prefetch_related("rows")
    )
    return ReportDocument(passages, tables)


def is_intact(report: AnnualReport, document: ReportDocument) -> bool:
    """Whether a sealed report's rows still give the digest it was sealed with."""
    return report.is_sealed and document.digest() == report.digest


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way of adoption, and the item (code) where it is mended."""

    message: str
    code: str = ""


@dataclass
class AmendedItem:
    """An item of a comparison with the reasons given for its changes, oldest first."""

    change: ItemChange
    amendments: list[Amendment]

    @property
    def unexplained(self) -> list[AmendmentKind]:
        """Return the changes of this item that no reason was given for."""
        given = {amendment.kind for amendment in self.amendments}
        return [kind for kind in needed_reasons(self.change) if kind not in given]


def needed_reasons(change: ItemChange) -> list[AmendmentKind]:
    """Return what must be explained of a change (rule T3; losing ★ is an event of its own)."""
    if change.fate == Fate.NEW:
        return [AmendmentKind.NEW]
    if change.fate == Fate.ENDED:
        return [AmendmentKind.END]
    needed = []
    if change.rewords or change.fate == Fate.MOVED:
        needed.append(AmendmentKind.REWORD)
    if change.loses_star:
        needed.append(AmendmentKind.CONCRETISE)
    if change.gains_star:
        needed.append(AmendmentKind.STUDY)
    return needed


@dataclass
class Revision:
    """From one edition to another: what changed and why."""

    old: EditionOutline
    new: EditionOutline
    comparison: Comparison
    items: list[AmendedItem]

    @property
    def changed_items(self) -> list[AmendedItem]:
        return [item for item in self.items if item.change.fate != Fate.SAME]


def revision(old: Edition, new: Edition) -> Revision:
    """Compare two editions, with the reasons given in every edition after the old one up to the new one."""
    old_outline, new_outline = edition_outline(old), edition_outline(new)
    comparison = compare(old_outline, new_outline)
    amendments: dict[int, list[Amendment]] = defaultdict(list)
    for amendment in Amendment.objects.filter(edition__plan_id=new.plan_id).select_related("edition"):
        if old < amendment.edition <= new:
            amendments[amendment.focus_item_id].append(amendment)
    items = [AmendedItem(change, amendments[change.focus_item.pk]) for change in comparison.items]
    return Revision(old_outline, new_outline, comparison, items)


def adoption_obstacles(draft: Edition) -> list[Obstacle]:
    """Return all that stands in the way of adopting a draft; empty means it may be adopted."""
    outline = edition_outline(draft)
    obstacles = [
        Obstacle(f"{item.place}「{item.title}」の取組の概要が空です。", item.focus_item.code)
        for item in outline.items
        if not item.overview.strip()
    ]
    if not outline.items:
        obstacles.append(Obstacle("重点項目が一つもありません。"))
    if draft.base is None:
        return obstacles
    revised = revision(draft.base, draft)
    for item in revised.items:
        for kind in item.unexplained:
            text = item.change.either
            obstacles.append(
                Obstacle(f"{text.place}「{text.title}」の{kind.label}に理由がありません。", text.focus_item.code)
            )
    if revised.comparison.is_empty:
        obstacles.append(Obstacle(f"{draft.base.name}から何も変わっていません。"))
    return obstacles
