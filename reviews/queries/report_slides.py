"""The slides that tell of the annual report before a sitting: its words, then sums, changes and problems."""

from collections import Counter
from collections.abc import Iterator, Sequence

from reviews.enums import RatingChange, StatusChange, StudyStanding
from reviews.papers import PROBLEMS, PROGRESS, STUDIES, SUMMARY
from reviews.queries.papers import MeetingPapers
from reviews.queries.slide import Bar, Fact, Figure, Slide, numbered, slides_of
from reviews.queries.slide_matters import rating_fact, rows_of
from reviews.queries.slide_texts import Words, share_rows
from reviews.report.bars import Totals, totals
from reviews.report.cells import words_of
from reviews.report.document import NOTHING, Record, ReportDocument
from reviews.report.layout import PROSE_KEYS
from reviews.report.totals import SUBTOTAL, TOTAL

CHANGED = 1
"""Place of 前年度との比較 among the sections that tell of 進捗一覧."""


def report_slides(papers: MeetingPapers, document: ReportDocument) -> Iterator[Slide]:
    yield from _words(papers, document)
    yield from _totals(papers, document)
    yield from _changes(papers, document)
    yield from _problems(papers, document)
    yield from _studies(papers, document)


def _words(papers: MeetingPapers, document: ReportDocument) -> Iterator[Slide]:
    """Yield 総括, 技術動向 and 国・県の動向, each on slides of its own."""
    section = numbered(papers, SUMMARY)
    for passage in document.passages:
        if passage.key in PROSE_KEYS and passage.text:
            yield from slides_of(section, passage.label, [Words("", passage.text)])


def _totals(papers: MeetingPapers, document: ReportDocument) -> Iterator[Slide]:
    section = numbered(papers, SUMMARY)
    for key in ("totals_by_rating", "totals_by_status"):
        table = document.table(key)
        if table is None or not table.rows:
            continue
        counted = totals(table)
        yield from _bars(section, counted.title, counted, _by_axis(counted))
        if key == "totals_by_rating":
            for axis in dict.fromkeys(row.axis for row in counted.rows):
                of_axis = [row for row in counted.rows if row.axis == axis]
                bars = [Bar(row.policy, row) for row in of_axis if row.policy != SUBTOTAL]
                yield from _bars(section, f"{counted.title}：{axis}", counted, bars)


def _by_axis(counted: Totals) -> list[Bar]:
    axes = [Bar(row.axis, row) for row in counted.rows if row.policy == SUBTOTAL]
    return [Bar(TOTAL, counted.total), *axes]


def _bars(section: str, title: str, counted: Totals, bars: Sequence[Bar]) -> Iterator[Slide]:
    kinds = tuple(kind for kind in counted.kinds if kind.count)
    legend = [f"{kind.mark}{kind.label}{kind.count}" for kind in kinds]
    for some in share_rows([bar.label for bar in bars], title=title, facts=legend):
        yield Slide(section, title, bars=tuple(bars[place] for place in some), kinds=kinds)


_FIGURES = (
    ("rating_change", RatingChange.BETTER, "評価が上がった"),
    ("rating_change", RatingChange.SAME, "評価が変わらない"),
    ("rating_change", RatingChange.WORSE, "評価が下がった"),
    ("status_change", StatusChange.FORWARD, "状態が進んだ"),
)


def _changes(papers: MeetingPapers, document: ReportDocument) -> Iterator[Slide]:
    rows = rows_of(document.table("changes"))
    if not rows:
        return
    section = numbered(papers, PROGRESS, CHANGED)
    figures = [Figure(label, len(_with(rows, key, code))) for key, code, label in _FIGURES]
    slipped = [row for row in rows if row.get("slips", NOTHING).value]
    figures.append(Figure("期限を延ばした", len(slipped)))
    if not any(figure.number for figure in figures):
        yield from slides_of(section, "前年度と比べられる項目はありません", [])
        return
    yield Slide(section, "前年度から変わったこと（項目数）", figures=tuple(figures))
    for code, title in (
        (RatingChange.WORSE, "評価が下がった項目"),
        (RatingChange.BETTER, "評価が上がった項目"),
    ):
        moved = [_moved(row) for row in _with(rows, "rating_change", code)]
        if moved:
            yield from slides_of(section, title, moved)
    if slipped:
        yield from slides_of(section, "期限を延ばした項目", [_slip(row) for row in slipped])


def _with(rows: Sequence[Record], key: str, code: str) -> list[Record]:
    return [row for row in rows if row.get(key, NOTHING).value == code]


def _moved(row: Record) -> Words:
    before, now = words_of(row, "previous_rating"), words_of(row, "rating")
    return Words(words_of(row, "code"), f"{before} → {now}", lead=words_of(row, "title"))


def _slip(row: Record) -> Words:
    first, now, times = (words_of(row, key) for key in ("first_due", "due", "slips"))
    return Words(
        words_of(row, "code"), f"{first} → {now or '―'}（{times}回）", lead=words_of(row, "title")
    )


def _problems(papers: MeetingPapers, document: ReportDocument) -> Iterator[Slide]:
    section = numbered(papers, PROBLEMS)
    for row in rows_of(document.table("problems")):
        words = [
            Words("課題", words_of(row, "problem")),
            Words("今後の取組", words_of(row, "next_steps")),
        ]
        facts = [
            Fact("協議番号", words_of(row, "number")),
            rating_fact(row),
            Fact("担当", words_of(row, "department")),
        ]
        title = f"{words_of(row, 'code')}　{words_of(row, 'title')}"
        yield from slides_of(section, title, [one for one in words if one.text], facts)


def _studies(papers: MeetingPapers, document: ReportDocument) -> Iterator[Slide]:
    """Yield the ★ items, those first on which nothing goes on though something should; nothing of a report of before
    there was a table of them."""
    table = document.table("studies")
    if table is None or STUDIES not in papers.numbers:
        return
    counts = Counter(table.values("standing"))
    section = numbered(papers, STUDIES)
    figures = [Figure(one.label, counts[one]) for one in StudyStanding]
    yield Slide(section, "検討項目（★）の検討の状況（項目数）", figures=tuple(figures))
    order = [StudyStanding.OVERDUE, StudyStanding.NOT_BEGUN]
    for standing in order:
        rows = [row for row in table.records if row["standing"].value == standing]
        if rows:
            yield from slides_of(
                section, f"{standing.label}検討項目", [_study(row) for row in rows]
            )
    decided = [row for row in table.records if not row["conclusion"].is_empty]
    if decided:
        yield from slides_of(
            section, "本部が結論を出した検討項目", [_study(row) for row in decided]
        )


def _study(row: Record) -> Words:
    """Return the question of a study, with until when and what was decided."""
    conclusion, due = words_of(row, "conclusion"), words_of(row, "review_by")
    below = [
        f"結論：{conclusion}（{words_of(row, 'decision')}）" if conclusion else "",
        f"見直しの期限 {due}" if due and not conclusion else "",
    ]
    question = words_of(row, "question") or "検討する問いは、まだ書かれていない。"
    lead = f"{words_of(row, 'title')}（{words_of(row, 'department')}）"
    return Words(words_of(row, "code"), "\n".join([question, *filter(None, below)]), lead=lead)
