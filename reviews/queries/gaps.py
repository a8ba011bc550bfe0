"""What a draft report lacks, or tells from old records: item by item, with the way to where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from initiatives.enums import Rating
from initiatives.models import ProgressEntry
from initiatives.queries.states import ItemState
from kirishima_dx.fiscal_year import wareki_date
from reviews.models import AnnualReport
from reviews.report.compiler import CompiledReport
from reviews.report.stated import PROSE
from rounds.enums import AnswerState
from rounds.models import Answer, ReportingRound


@dataclass(frozen=True)
class Gap:
    """One item, what is known of it, and the page on which it is mended."""

    code: str
    place: str
    title: str
    note: str
    mend_url: str


@dataclass(frozen=True)
class GapGroup:
    """Items that lack the same; `act` is what mends it."""

    key: str
    label: str
    act: str
    gaps: list[Gap]


def report_gaps(report: AnnualReport, compiled: CompiledReport) -> list[GapGroup]:
    """Return what is missing or stale in a draft, kind by kind, in three queries besides the compiling."""
    groups = (
        GapGroup("silent", "未回答", "進捗を記録する", list(_silent(report, compiled))),
        GapGroup(
            "sent",
            "提出済みで、まだ確認していない回答",
            "回答を確かめる",
            list(_sent(report, compiled)),
        ),
        GapGroup("stale", "対象期間より前の記録", "進捗を記録する", list(_stale(report, compiled))),
        GapGroup("unrated", "評価できない", "記録を見直す", list(_unrated(compiled))),
        GapGroup("unassigned", "主担当課が未設定", "担当課を決める", list(_unassigned(compiled))),
        GapGroup("repeated", "文言がすべて前年度と同じ", "記録を見直す", list(_repeated(compiled))),
    )
    return [group for group in groups if group.gaps]


def _gap(state: ItemState, note: str, page: str = "item_progress") -> Gap:
    code = state.text.focus_item.code
    return Gap(code, state.text.place, state.text.title, note, reverse(page, args=[code]))


def _silent(report: AnnualReport, compiled: CompiledReport) -> Iterator[Gap]:
    """Return the items of which nothing was said in the year, with the day of the last word on them."""
    silent = {state.text.focus_item_id for state in compiled.now if state.entry is None}
    current = ProgressEntry.objects.current(report.as_of, items=silent)
    last = dict(current.values_list("initiative__focus_item_id", "as_of"))
    for state in compiled.now:
        if state.entry is None:
            said = last.get(state.text.focus_item_id)
            yield _gap(state, f"最後の記録は{wareki_date(said)}現在" if said else "記録なし")


def _sent(report: AnnualReport, compiled: CompiledReport) -> Iterator[Gap]:
    """Return the answers up to the day of the report that were sent and not accepted: they are not in it."""
    answers = Answer.objects.filter(
        state=AnswerState.SENT,
        round__plan=report.plan_id,
        round__fiscal_year=report.fiscal_year,
        round__as_of__lte=report.as_of,
        round__is_rehearsal=False,
    ).with_names()
    texts = {state.text.focus_item_id: state.text for state in compiled.now}
    for answer in answers.order_by("round", "initiative__focus_item__code"):
        item = answer.initiative.focus_item
        if item.pk in texts:
            text, note = texts[item.pk], f"{answer.round.name}（{answer.state_label}）"
            url = reverse("answer_review", args=[answer.round_id, item.code])
            yield Gap(item.code, text.place, text.title, note, url)


def _stale(report: AnnualReport, compiled: CompiledReport) -> Iterator[Gap]:
    """Return the items whose last word is older than the period that was asked about last."""
    since = _last_period(report)
    for state in compiled.now:
        if since and state.entry and state.entry.as_of < since:
            yield _gap(state, f"記録は{wareki_date(state.entry.as_of)}現在")


def _last_period(report: AnnualReport) -> date | None:
    """Return the first day of the period that the year's latest round asks about; None where none was held."""
    asked = ReportingRound.objects.filter(
        plan=report.plan_id,
        fiscal_year=report.fiscal_year,
        is_rehearsal=False,
        as_of__lte=report.as_of,
    )
    return asked.order_by("-period_from").values_list("period_from", flat=True).first()


def _unrated(compiled: CompiledReport) -> Iterator[Gap]:
    for state in compiled.now:
        if state.entry and state.entry.rating == Rating.NOT_RATABLE:
            yield _gap(state, f"記録は{wareki_date(state.entry.as_of)}現在")


def _unassigned(compiled: CompiledReport) -> Iterator[Gap]:
    for state in compiled.now:
        if state.lead is None:
            yield _gap(state, "", "item_departments")


def _repeated(compiled: CompiledReport) -> Iterator[Gap]:
    """Return the items of which every word is last year's."""
    for state, last in zip(compiled.now, compiled.before, strict=True):
        if state.entry and last.entry and _words(state.entry) == _words(last.entry):
            yield _gap(state, "「変更なし」の回答" if state.entry.is_unchanged else "")


def _words(entry: ProgressEntry) -> list[str]:
    return [getattr(entry, column.key) for column in PROSE]
