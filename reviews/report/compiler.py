"""Compiling the report of a fiscal year from the live records.

Every number is counted from the rows of 進捗一覧 in the same document (rule R3).
"""

from collections.abc import Callable, Iterable

from initiatives.enums import NO_ANSWER, Rating, Status
from initiatives.queries import ItemState, item_states
from kirishima_dx import fiscal_year
from kirishima_dx.fiscal_year import wareki_date
from plans.queries import edition_outline
from reviews.models import AnnualReport
from reviews.report.document import CellValue, Column, Passage, ReportDocument, Table

STUDY_MARK = "★"
PROGRESS_COLUMNS = (
    Column("code", "番号"),
    Column("axis", "軸"),
    Column("policy", "取組方針"),
    Column("title", "重点項目"),
    Column("is_study", "検討項目"),
    Column("department", "担当課"),
    Column("status", "状態"),
    Column("step", "段階"),
    Column("rating", "進捗評価"),
    Column("previous_rating", "前年度評価"),
    Column("rating_reason", "評価理由"),
    Column("achievements", "取組実績"),
    Column("outcome", "成果"),
    Column("problem", "課題"),
    Column("delay", "遅れの原因・対応策・新たな期限"),
    Column("next_steps", "今後の取組"),
    Column("direction", "今後の方針"),
    Column("as_of", "基準日"),
)
RATING_LABELS = (*Rating.labels, NO_ANSWER)
STATUS_LABELS = (*Status.labels, NO_ANSWER)


def compile_report(report: AnnualReport) -> ReportDocument:
    """Return the document of a draft report as the records stand now; of its year, nothing said of earlier days."""
    progress = _progress_table(report)
    tables = [
        _totals("totals_by_rating", "進捗評価別の総括", progress, "rating", RATING_LABELS),
        _totals("totals_by_status", "状態別の総括", progress, "status", STATUS_LABELS),
        progress,
    ]
    return ReportDocument(tuple(_passages(report)), tuple(tables))


def _passages(report: AnnualReport) -> Iterable[Passage]:
    yield Passage("title", "表題", f"{report.plan.name} {report.title}")
    yield Passage("municipality", "地方公共団体名", report.plan.municipality)
    yield Passage("fiscal_year", "年度", fiscal_year.fiscal_year_label(report.fiscal_year))
    yield Passage("number", "号", f"第{report.number}号")
    yield Passage("as_of", "基準日", wareki_date(report.as_of))
    yield Passage("edition", "版", report.edition.name)
    yield Passage("overview", "総括", report.overview)
    yield Passage("technology_trends", "技術動向", report.technology_trends)
    if report.corrects is not None:
        yield Passage("corrects", "訂正した報告", report.corrects.title)
        yield Passage("correction_reason", "訂正の理由", report.correction_reason)


def _progress_table(report: AnnualReport) -> Table:
    texts = edition_outline(report.edition).items
    first_day = fiscal_year.first_day(report.fiscal_year)
    states = item_states(texts, report.as_of, since=first_day)
    last_year = item_states(
        texts,
        fiscal_year.last_day(report.fiscal_year - 1),
        since=fiscal_year.first_day(report.fiscal_year - 1),
    )
    rows = tuple(_progress_row(now, before) for now, before in zip(states, last_year, strict=True))
    return Table("progress", "進捗一覧", PROGRESS_COLUMNS, rows)


def _progress_row(now: ItemState, before: ItemState) -> tuple[CellValue, ...]:
    text, entry = now.text, now.entry
    identity = (
        text.place,
        text.policy.axis.name,
        f"{text.policy.letter} {text.policy.name}",
        text.title,
        STUDY_MARK if text.is_study else "",
        now.lead_name,
    )
    if entry is None:
        silence = ("", NO_ANSWER, before.rating_label, "", "", "", "", "", "", "", "")
        return (*identity, NO_ANSWER, *silence)
    return (
        *identity,
        now.status_label,
        entry.get_step_display(),
        now.rating_label,
        before.rating_label,
        entry.rating_reason,
        entry.achievements,
        entry.outcome,
        entry.problem,
        _delay(now),
        entry.next_steps,
        entry.get_direction_display(),
        entry.as_of.isoformat(),
    )


def _delay(state: ItemState) -> str:
    entry = state.entry
    if entry is None or not entry.is_late or entry.new_due_date is None:
        return ""
    return (
        f"原因：{entry.delay_cause}\n対応策：{entry.countermeasure}\n"
        f"新たな期限：{wareki_date(entry.new_due_date)}"
    )


def _totals(key: str, title: str, progress: Table, counted: str, labels: Iterable[str]) -> Table:
    """Count one column of 進捗一覧 by policy, axis and in all; each row says what it sums."""
    labels = tuple(labels)
    records = [
        dict(zip((c.key for c in progress.columns), row, strict=True)) for row in progress.rows
    ]

    def row(
        axis: str, policy: str, chosen: Callable[[dict[str, CellValue]], bool]
    ) -> tuple[CellValue, ...]:
        values = [record[counted] for record in records if chosen(record)]
        return (axis, policy, len(values), *(values.count(label) for label in labels))

    rows: list[tuple[CellValue, ...]] = []
    for axis in dict.fromkeys(str(record["axis"]) for record in records):
        of_axis = [record for record in records if record["axis"] == axis]
        for policy in dict.fromkeys(str(record["policy"]) for record in of_axis):
            rows.append(
                row(axis, policy, lambda r, a=axis, p=policy: (r["axis"], r["policy"]) == (a, p))  # type: ignore[misc]
            )
        rows.append(row(axis, "小計", lambda r, a=axis: r["axis"] == a))  # type: ignore[misc]
    rows.append(row("合計", "", lambda _: True))
    columns = (
        Column("axis", "軸"),
        Column("policy", "取組方針"),
        Column("count", "重点項目数"),
        *(Column(f"count_{position}", label) for position, label in enumerate(labels, start=1)),
    )
    return Table(key, title, columns, tuple(rows))


def errata_table(old: ReportDocument, new: ReportDocument) -> Table:
    """Return the 正誤表 of a correcting issue: every word and number that differs from the issue it corrects."""
    before, after = _flat(old), _flat(new)
    rows = []
    for key in dict.fromkeys([*before, *after]):
        wrong, right = before.get(key), after.get(key)
        place, label, _ = right or wrong or ("", "", "")
        texts = (wrong[2] if wrong else "", right[2] if right else "")
        if texts[0] != texts[1]:
            rows.append((place, label, *texts))
    columns = (
        Column("place", "箇所"),
        Column("column", "項目"),
        Column("wrong", "誤"),
        Column("right", "正"),
    )
    return Table("errata", "正誤表", columns, tuple(rows))


Place = tuple[str, ...]


def _flat(document: ReportDocument) -> dict[Place, tuple[str, str, str]]:
    """Return every passage and cell as place, label and text, by keys that outlast a change of labels.

    A row is known by its leading words, not by its position, and a count by the word that it counts.
    """
    flat: dict[Place, tuple[str, str, str]] = {
        (passage.key,): (passage.label, "", passage.text)
        for passage in document.passages
        if passage.key in ("as_of", "edition", "overview", "technology_trends")
    }
    for table in document.tables:
        if table.key == "errata":
            continue
        heads = 1 if table.key == "progress" else 2
        for row in table.rows:
            names = [str(cell) for cell in row[:heads] if cell]
            for column, cell in list(zip(table.columns, row, strict=True))[heads:]:
                kind = column.label if column.key.startswith("count_") else column.key
                place = f"{table.title} {' '.join(names)}"
                text = "" if cell is None else str(cell)
                flat[table.key, *names, kind] = (place, column.label, text)
    return flat
