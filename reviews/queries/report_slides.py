"""The slides that tell of the annual report before a sitting: late items first, then sums, changes and problems."""

from collections.abc import Iterator, Sequence

from reviews.papers import PROBLEMS, PROGRESS, SUMMARY
from reviews.queries.papers import MeetingPapers
from reviews.queries.slide import Bar, Fact, Figure, Slide, numbered, slides_of
from reviews.queries.slide_matters import Matters, day_fact, rating_fact, rows_of
from reviews.queries.slide_texts import Words, share_rows
from reviews.report.bars import Totals, totals
from reviews.report.cells import Record
from reviews.report.document import ReportDocument
from reviews.report.looks import LATE
from reviews.report.totals import SUBTOTAL, TOTAL

LATE_FIRST, CHANGED = range(2)
"""Places of the two sections that tell of 進捗一覧."""


def report_slides(
    papers: MeetingPapers, document: ReportDocument, matters: Matters
) -> Iterator[Slide]:
    yield from _late(papers, document, matters)
    yield from _totals(papers, document)
    yield from _changes(papers, document)
    yield from _problems(papers, document)


def _late(papers: MeetingPapers, document: ReportDocument, matters: Matters) -> Iterator[Slide]:
    section = numbered(papers, PROGRESS, LATE_FIRST)
    rows = rows_of(document.table("progress"))
    late = [row for word in LATE for row in rows if row.get("rating", "") == word]
    changes = {row.get("code", ""): row for row in rows_of(document.table("changes"))}
    if not late:
        yield from slides_of(section, "遅れている取組はありません", [])
    for row in late:
        code = row.get("code", "")
        change = changes.get(code, {})
        facts = [
            rating_fact(row),
            *matters.since(code),
            *_dates(change),
            Fact("担当", row.get("department", "")),
        ]
        yield from slides_of(section, f"{code}　{row.get('title', '')}", list(_delay(row)), facts)


def _dates(change: Record) -> Iterator[Fact]:
    """Yield the date that was first promised, and the one that holds now."""
    first, now = change.get("first_due", ""), change.get("due", "")
    if first and first != now:
        yield day_fact("当初の期限", first)
    if now:
        slips = change.get("slips", "")
        yield day_fact("いまの期限", now, f"（延期{slips}回）" if slips not in ("", "0") else "")


_DELAY_PARTS = (("原因：", "遅れの原因"), ("\n対応策：", "対応策"), ("\n新たな期限：", ""))


def _delay(row: Record) -> Iterator[Words]:
    """Yield cause and counter-measure, which stand together in one column of the report; the date is a fact."""
    rest = row.get("delay", "")
    (cause, cause_label), (measure, measure_label), (due, _) = _DELAY_PARTS
    if not (rest.startswith(cause) and measure in rest and due in rest):
        yield Words("評価理由", row.get("rating_reason", ""))
        if rest:
            yield Words("遅れ", rest)
        return
    first, _, rest = rest.removeprefix(cause).partition(measure)
    yield Words(cause_label, first)
    yield Words(measure_label, rest.rpartition(due)[0])


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
    ("rating_change", "改善", "評価が上がった"),
    ("rating_change", "変わらない", "評価が変わらない"),
    ("rating_change", "悪化", "評価が下がった"),
    ("status_change", "前進", "状態が進んだ"),
)


def _changes(papers: MeetingPapers, document: ReportDocument) -> Iterator[Slide]:
    rows = rows_of(document.table("changes"))
    if not rows:
        return
    section = numbered(papers, PROGRESS, CHANGED)
    figures = [
        Figure(label, sum(row.get(key, "") == word for row in rows))
        for key, word, label in _FIGURES
    ]
    slipped = [row for row in rows if row.get("slips", "") not in ("", "0")]
    figures.append(Figure("期限を延ばした", len(slipped)))
    if not any(figure.number for figure in figures):
        yield from slides_of(section, "前年度と比べられる項目はありません", [])
        return
    yield Slide(section, "前年度から変わったこと（項目数）", figures=tuple(figures))
    for word, title in (("悪化", "評価が下がった項目"), ("改善", "評価が上がった項目")):
        moved = [_moved(row) for row in rows if row.get("rating_change", "") == word]
        if moved:
            yield from slides_of(section, title, moved)
    if slipped:
        yield from slides_of(section, "期限を延ばした項目", [_slip(row) for row in slipped])


def _moved(row: Record) -> Words:
    before, now = row.get("previous_rating", ""), row.get("rating", "")
    return Words(row.get("code", ""), f"{before} → {now}", lead=row.get("title", ""))


def _slip(row: Record) -> Words:
    first, now = (day_fact("", row.get(key, "")).text for key in ("first_due", "due"))
    times = row.get("slips", "")
    return Words(
        row.get("code", ""), f"{first} → {now or '―'}（{times}回）", lead=row.get("title", "")
    )


def _problems(papers: MeetingPapers, document: ReportDocument) -> Iterator[Slide]:
    section = numbered(papers, PROBLEMS)
    for row in rows_of(document.table("problems")):
        words = [
            Words("課題", row.get("problem", "")),
            Words("今後の取組", row.get("next_steps", "")),
        ]
        facts = [
            Fact("協議番号", row.get("number", "")),
            rating_fact(row),
            Fact("担当", row.get("department", "")),
        ]
        title = f"{row.get('code', '')}　{row.get('title', '')}"
        yield from slides_of(section, title, [one for one in words if one.text], facts)
