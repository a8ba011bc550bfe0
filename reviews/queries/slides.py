"""The papers of a sitting as slides for the screen of the meeting room, what is late first.

Opinions are for the 本部 and the 事務局 to read, never for a screen that all see: nothing here asks for them.
"""

from collections.abc import Iterator, Sequence

from kirishima_dx.fiscal_year import wareki_date
from reviews.enums import FollowUpStep
from reviews.papers import CONSIDERATIONS, FOLLOW_UP
from reviews.queries.decisions import DecisionRow
from reviews.queries.late_slides import late_slides
from reviews.queries.papers import MeetingPapers
from reviews.queries.report_slides import report_slides
from reviews.queries.slide import Fact, Slide, numbered, slides_of
from reviews.queries.slide_matters import EditionWords, agenda_matters
from reviews.queries.slide_texts import Words
from reviews.report.cells import words_of
from reviews.report.document import Record

AGENDA, CONFIRMED = "議題", "決定の確認"
NO_REPORT = "年次報告は、この会議に付けられていません。"


def meeting_slides(papers: MeetingPapers, of_edition: EditionWords) -> list[Slide]:
    """Return the slides of a sitting, in as many queries whatever it speaks of; `of_edition` tells what an edition
    before it changes."""
    return [
        *_opening(papers),
        *late_slides(papers),
        *_report(papers),
        *_agenda(papers, of_edition),
        *_follow_up(papers),
        *_considered(papers),
        *slides_of(CONFIRMED, "この会議の決定・指示事項", _decided(papers.decided)),
    ]


def _report(papers: MeetingPapers) -> Iterator[Slide]:
    if papers.document is None:
        yield from slides_of("年次報告", NO_REPORT, [])
    else:
        yield from report_slides(papers, papers.document)


def _agenda(papers: MeetingPapers, of_edition: EditionWords) -> Iterator[Slide]:
    for item in agenda_matters(papers, of_edition):
        yield from slides_of(AGENDA, item.title, item.words, item.facts)


def _opening(papers: MeetingPapers) -> Iterator[Slide]:
    meeting = papers.meeting
    facts = [
        Fact(
            "日時",
            wareki_date(meeting.held_on)
            + (f" {meeting.starts_at:%H:%M}" if meeting.starts_at else ""),
        )
    ]
    if meeting.place:
        facts.append(Fact("場所", meeting.place))
    agenda = [
        Words(f"議題{place}", item.title) for place, item in enumerate(papers.agenda, start=1)
    ]
    yield from slides_of(
        "次第", meeting.title, agenda or [Words("議題", "まだありません。")], facts
    )


def _follow_up(papers: MeetingPapers) -> Iterator[Slide]:
    section = numbered(papers, FOLLOW_UP)
    owed = [row for row in papers.past if row.decision.is_owed]
    if not owed:
        yield from slides_of(section, "対応を見る決定・指示事項はありません", [])
        return
    order = sorted(owed, key=lambda row: (not row.is_overdue, row.is_settled))
    title = f"対応の状況（{wareki_date(papers.as_of)}現在）"
    yield from slides_of(section, title, [_followed(row) for row in order])


def _considered(papers: MeetingPapers) -> Iterator[Slide]:
    """Yield what was considered of the update of the plan before, where the sitting considers it."""
    if CONSIDERATIONS in papers.numbers:
        rows = [_year(row) for row in papers.considerations.records]
        title = "計画の更新を検討した年度と結論"
        yield from slides_of(numbered(papers, CONSIDERATIONS), title, rows)


def _year(row: Record) -> Words:
    lines = [words_of(row, "reason"), words_of(row, "edition")]
    text = "\n".join(filter(None, lines))
    return Words(words_of(row, "year"), text, lead=words_of(row, "outcome"))


def _followed(row: DecisionRow) -> Words:
    late = "　▲期限を過ぎている" if row.is_overdue else ""
    lines = [row.corrected_text, _owner(row)]
    if row.last_answer:
        lines.append(f"報告：{row.last_answer.text}")
    if row.steps and row.steps[-1].step in (FollowUpStep.RETURNED, FollowUpStep.CLOSED):
        last = row.steps[-1]
        lines.append(f"{last.get_step_display()}：{last.text}")
    return Words(row.decision.code, "\n".join(lines), lead=f"{row.state_label}{late}")


def _owner(row: DecisionRow) -> str:
    decision = row.decision
    until = f"　{wareki_date(decision.due_on)}まで" if decision.due_on else ""
    return f"担当 {decision.owner_name}{until}" if decision.is_owed else ""


def _decided(rows: Sequence[DecisionRow]) -> list[Words]:
    if not rows:
        return [Words("", "決定・指示事項は、まだ記録されていません。")]
    return [_decision(row) for row in rows]


def _decision(row: DecisionRow) -> Words:
    decision = row.decision
    items = f"重点項目 {'、'.join(row.item_codes)}" if row.item_codes else ""
    below = "　".join(part for part in (_owner(row), items) if part)
    text = f"{decision.text}\n{below}" if below else decision.text
    return Words(decision.code, text, lead=decision.get_kind_display())
