"""What slides tell beyond the papers of a sitting: the matter of each agenda item."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from initiatives.stated_column import Kind
from initiatives.statement import BY_KEY
from kirishima_dx.fiscal_year import wareki_date
from plans.models import Edition
from plans.queries import latest_titles
from reviews.enums import AgendaKind
from reviews.models import AgendaItem
from reviews.queries.papers import MeetingPapers, Paper
from reviews.queries.report_ways import ReportRows
from reviews.queries.slide import Fact
from reviews.queries.slide_texts import Words
from reviews.report.cells import Part, words_of
from reviews.report.document import NOTHING, Column, Record, Table

EditionWords = Callable[[Edition, Sequence[Paper]], Iterable[Words]]
"""Tells what an edition changes, the weightiest first; its papers have the rest."""


@dataclass(frozen=True)
class AgendaMatter:
    """An agenda item with what it puts before the sitting."""

    title: str
    facts: tuple[Fact, ...]
    words: tuple[Words, ...]


def rows_of(table: Table | None) -> list[Record]:
    """Return the rows of a table by key; one that the report lacks has none."""
    return table.records if table else []


def rating_fact(row: Record) -> Fact:
    column = Column("rating", BY_KEY["rating"].label, Kind.CHOICE, "rating")
    rating = Part(column, row.get("rating", NOTHING))
    return Fact(rating.label, rating.text, rating.look, rating.mark)


def agenda_matters(papers: MeetingPapers, of_edition: EditionWords) -> Iterator[AgendaMatter]:
    """Yield the items of an agenda with what they put before the meeting; one that asks nothing says 報告."""
    rows = rows_of(papers.document.table("progress")) if papers.document else []
    progress = {words_of(row, "code"): row for row in rows}
    named = [item.focus_item for item in papers.agenda if item.focus_item]
    titles = latest_titles(named)
    report = papers.meeting.report
    numbers = ReportRows([report] if report else [], [item.pk for item in named])
    for place, item in enumerate(papers.agenda, start=1):
        words = [Words("お諮りすること", item.question)] if item.question else []
        if item.explanation:
            words.append(Words("説明・案", item.explanation))
        words += _matter(item, titles)
        facts = [Fact("区分", item.get_kind_display())]
        if papers.meeting.names_questions and not item.question:
            facts.append(Fact("扱い", "報告"))
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
