"""What slides tell beyond the papers of a sitting: the matter of each agenda item, and since when an item is late."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from initiatives.enums import LATE_RATINGS
from initiatives.models import ProgressEntry
from initiatives.stated_column import Kind
from initiatives.statement import BY_KEY
from kirishima_dx.fiscal_year import wareki_date
from plans.models import Edition, FocusItemText
from plans.queries import latest_titles
from reviews.enums import AgendaKind
from reviews.models import AgendaItem
from reviews.queries.papers import MeetingPapers, Paper
from reviews.queries.report_ways import ReportRows
from reviews.queries.slide import Fact
from reviews.queries.slide_texts import Words
from reviews.report.cells import Part, words_of
from reviews.report.document import NOTHING, Cell, Column, Record, Table

EditionWords = Callable[[Edition, Sequence[Paper]], Iterable[Words]]
"""Tells what an edition changes, the weightiest first; its papers have the rest."""


@dataclass(frozen=True)
class AgendaMatter:
    """An agenda item with what it puts before the sitting."""

    title: str
    facts: tuple[Fact, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Matters:
    agenda: list[AgendaMatter]
    late_since: Mapping[str, date]

    def since(self, code: str) -> Iterator[Fact]:
        """Yield the day of the report in which an item was first called late, up to now without a break."""
        if code in self.late_since:
            yield Fact("遅れ", f"{wareki_date(self.late_since[code])}の報告から")


def gather(papers: MeetingPapers, of_edition: EditionWords) -> Matters:
    return Matters(list(_agenda(papers, of_edition)), _late_since(papers))


def rows_of(table: Table | None) -> list[Record]:
    """Return the rows of a table by key; one that the report lacks has none."""
    return table.records if table else []


def rating_fact(row: Record) -> Fact:
    column = Column("rating", BY_KEY["rating"].label, Kind.CHOICE, "rating")
    rating = Part(column, row.get("rating", NOTHING))
    return Fact(rating.label, rating.text, rating.look, rating.mark)


def fact(label: str, cell: Cell, note: str = "") -> Fact:
    """Return the words of a report's cell as a fact."""
    return Fact(label, cell.words + note)


def _late_since(papers: MeetingPapers) -> dict[str, date]:
    """Return by number of the report since when each item is late, in two queries."""
    report = papers.meeting.report
    if report is None:
        return {}
    entries = ProgressEntry.objects.standing().filter(
        initiative__focus_item__plan=report.plan_id, as_of__lte=report.as_of
    )
    since: dict[int, date] = {}
    ordered = entries.order_by("as_of", "recorded_at", "pk")
    for item, rating, day in ordered.values_list("initiative__focus_item_id", "rating", "as_of"):
        if rating in LATE_RATINGS:
            since.setdefault(item, day)
        else:
            since.pop(item, None)
    texts = FocusItemText.objects.filter(edition=report.edition_id, focus_item__in=since)
    return {text.place: since[text.focus_item_id] for text in texts.select_related("policy__axis")}


def _agenda(papers: MeetingPapers, of_edition: EditionWords) -> Iterator[AgendaMatter]:
    rows = rows_of(papers.document.table("progress")) if papers.document else []
    progress = {words_of(row, "code"): row for row in rows}
    named = [item.focus_item for item in papers.agenda if item.focus_item]
    titles = latest_titles(named)
    report = papers.meeting.report
    numbers = ReportRows([report] if report else [], [item.pk for item in named])
    for place, item in enumerate(papers.agenda, start=1):
        words = [Words("説明", item.explanation)] if item.explanation else []
        words += _matter(item, titles)
        facts = [Fact("区分", item.get_kind_display())]
        if item.edition is not None:
            facts += _paper_facts(papers, item.edition)
            words += _edition_words(papers, item.edition, of_edition)
        code = numbers.place(report, item.focus_item_id) if report else ""
        if code in progress:
            facts.append(rating_fact(progress[code]))
        yield AgendaMatter(f"議題{place}　{item.title}", tuple(facts), tuple(words))


def _paper_facts(papers: MeetingPapers, edition: Edition) -> Iterator[Fact]:
    """Yield the papers of an edition, each with the way to it."""
    page = reverse("meeting_papers", args=[papers.meeting.pk])
    for paper in papers.of_edition(edition):
        yield Fact(paper.number, paper.title, url=f"{page}#paper-{paper.place}")


def _edition_words(
    papers: MeetingPapers, edition: Edition, of_edition: EditionWords
) -> Iterable[Words]:
    """Return what an edition changes; of one that has no papers its name alone."""
    found = papers.of_edition(edition)
    return of_edition(edition, found) if found else [Words("版", edition.name)]


def _matter(item: AgendaItem, titles: Mapping[int, str]) -> Iterator[Words]:
    if item.focus_item is not None:
        title = titles.get(item.focus_item.pk, "")
        yield Words("重点項目", f"{item.focus_item.code}　{title}")
    if item.entry is not None:
        yield Words("課題", item.entry.problem)
        if item.entry.next_steps:
            yield Words("今後の取組", item.entry.next_steps)
    if item.kind == AgendaKind.REPORT and item.report is not None:
        yield Words("資料", f"{item.report.title}（{wareki_date(item.report.as_of)}現在）")
