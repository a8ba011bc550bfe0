"""Checking answers: one beside what was said before, with all that deserves a second look."""

from collections.abc import Iterator
from dataclasses import dataclass

from initiatives.enums import LATE_RATINGS, Rating, Status
from initiatives.models import ProgressEntry, Stated
from initiatives.queries.entries import column_marks
from initiatives.statement import COLUMNS
from kirishima_dx.closing import MARK
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.text_diff import Run
from rounds.answer_content import ANSWER_COLUMNS, AnswerContent
from rounds.enums import AnswerKind, AnswerState
from rounds.models import Answer, AnswerChange
from rounds.queries.board import Board, BoardRow
from rounds.queries.previous_entries import entries_before


@dataclass(frozen=True)
class ReviewField:
    """One column of an answer beside 前回; `runs` marks what changed, word by word."""

    name: str
    label: str
    now: str
    before: str
    runs: list[Run]

    @property
    def differs(self) -> bool:
        return self.now != self.before


@dataclass(frozen=True)
class Flag:
    """Something to look at twice. It forbids nothing."""

    kind: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class StepTold:
    """One step in an answer's history, with what the answer then said."""

    change: AnswerChange
    statements: list[tuple[str, str]]


@dataclass
class ReviewPage:
    """An answer whole, beside what was said before, and where it stands in the queue."""

    row: BoardRow
    last: ProgressEntry | None
    fields: list[ReviewField]
    flags: list[Flag]
    steps: list[StepTold]
    queue: list[str]
    place: int = 0
    previous: str = ""
    following: str = ""

    @property
    def answer(self) -> Answer:
        return self.row.answer


def review_queue(board: Board) -> list[BoardRow]:
    """Return the answers that await the 事務局, in the order of the plan."""
    waiting = [row for row in board.rows if row.answer.awaits_secretariat]
    return sorted(waiting, key=lambda row: row.place_order)


def next_in_queue(board: Board, row: BoardRow) -> BoardRow | None:
    """Return the answer to check after another one: the next in the order of the plan, then from the beginning."""
    others = [one for one in review_queue(board) if one.answer.pk != row.answer.pk]
    after = [one for one in others if one.place_order > row.place_order]
    return next(iter(after or others), None)


def review_page(board: Board, row: BoardRow) -> ReviewPage:
    """Return an answer of the board for checking, in three further queries."""
    before = list(
        entries_before(board.round).filter(initiative=row.answer.initiative_id).latest_first()[:2]
    )
    last = before[0] if before else None
    changes = list(row.answer.changes.order_by("-revision"))
    page = ReviewPage(
        row=row,
        last=last,
        fields=_fields(row.answer, last),
        flags=[*_flags(row, before), *_flags_of_order(row.answer)],
        steps=[StepTold(change, content_statements(change)) for change in changes],
        queue=[one.code for one in review_queue(board)],
    )
    _find_place(page, board)
    return page


def _find_place(page: ReviewPage, board: Board) -> None:
    """Say which answer of the queue this is, and which stand beside it; elsewhere, where the queue goes on."""
    own = page.row.code
    if own in page.queue:
        place = page.queue.index(own)
        page.place = place + 1
        page.previous = page.queue[place - 1] if place else ""
        page.following = page.queue[place + 1] if place + 1 < len(page.queue) else ""
    else:
        after = next_in_queue(board, page.row)
        page.following = after.code if after else ""


def is_unchanged(answer: Answer) -> bool:
    return answer.kind == AnswerKind.UNCHANGED


def _fields(answer: Answer, last: ProgressEntry | None) -> list[ReviewField]:
    """Return all columns; 変更なし says the last ones again."""
    says: Stated = last if is_unchanged(answer) and last else answer
    fields = []
    for column in COLUMNS:
        now, before = says.said(column.key), last.said(column.key) if last else ""
        runs = column_marks(column, before if last else now, now)
        fields.append(ReviewField(column.key, column.label, now, before, runs))
    return fields


def content_statements(change: AnswerChange) -> list[tuple[str, str]]:
    """Return what an answer said after a step, label and text, without what was empty; of a closed one, that it was."""
    if change.is_closed:
        return [("内容", MARK)]
    content = AnswerContent.from_json(change.content)
    said = [
        (column.label, column.in_words(getattr(content, column.key))) for column in ANSWER_COLUMNS
    ]
    return [(label, text) for label, text in said if text]


def _flags(row: BoardRow, before: list[ProgressEntry]) -> Iterator[Flag]:
    answer, last = row.answer, before[0] if before else None
    if answer.state in (AnswerState.SENT, AnswerState.ACCEPTED):
        yield from _flags_of_sending(row, last)
    if is_unchanged(answer):
        yield _unchanged_flag(last)
        return
    if last is not None and answer.kind:
        yield from _flags_of_rating(answer, last)
        yield from _flags_of_status(answer, last)
        yield from _flags_of_date(answer, last)
        yield from _flags_of_repetition(answer, before)


def _flags_of_sending(row: BoardRow, last: ProgressEntry | None) -> Iterator[Flag]:
    answer = row.answer
    if row.was_late and answer.applied_due_on:
        yield Flag("late", "期限後の提出", f"期限は{wareki_date(answer.applied_due_on)}でした。")
    if answer.for_headquarters:
        yield Flag("headquarters", "本部での協議を希望", "課題を本部の協議事項に挙げる希望です。")
    if answer.state == AnswerState.SENT and answer.basis_id != (last.pk if last else None):
        yield Flag(
            "overtaken",
            "提出の後に、前回の記録が変わった",
            "担当課は、いま横に出ている前回の記録を見ずに答えています。",
        )
    corrected = answer.entry.as_corrected if answer.entry else None
    if answer.state == AnswerState.SENT and corrected is not None and corrected != answer.entry:
        yield Flag(
            "corrected",
            "確認済にした記録が、その後に項目のページで訂正されている",
            f"確認済にすると、その訂正（{corrected.correction_reason}）に代わる記録になります。"
            "訂正した内容が回答にも入っているか、項目のページで確かめてください。",
        )


def _unchanged_flag(last: ProgressEntry | None) -> Flag:
    again = last is not None and last.is_unchanged
    text = "前回も「変更なし」でした。" if again else "前回の記録をもう一度述べたものになります。"
    return Flag("unchanged", "変更なし", text)


def _flags_of_order(answer: Answer) -> Iterator[Flag]:
    """Rounds may be accepted in another order than that of their days."""
    later = ProgressEntry.objects.standing().filter(
        initiative=answer.initiative_id, as_of__gt=answer.round.as_of
    )
    becomes_entry = answer.state == AnswerState.SENT and not answer.round.is_rehearsal
    newest = later.latest_first().first() if becomes_entry else None
    if newest is not None:
        yield Flag(
            "outdated",
            "この照会の基準日より後の記録が、すでにある",
            f"{wareki_date(newest.as_of)}の記録があるので、確認済にしても、いまの状況としては表示されません。",
        )


def _flags_of_rating(answer: Answer, last: ProgressEntry) -> Iterator[Flag]:
    if not answer.rating:
        return
    risen = Rating(answer.rating).ranks_above(Rating(last.rating)) or 0
    if risen > 0 and _plain(answer.rating_reason) == _plain(last.rating_reason):
        yield Flag(
            "rating",
            "評価が上がったのに、評価理由が前回と同じ",
            f"{last.get_rating_display()} → {answer.get_rating_display()}",
        )


def _flags_of_status(answer: Answer, last: ProgressEntry) -> Iterator[Flag]:
    moved = f"{last.get_status_display()} → {answer.get_status_display()}"
    now = Status(answer.status) if answer.status else None
    before = Status(last.status)
    if now and now.is_on_the_way and before.is_on_the_way:
        if (now.ranks_above(before) or 0) < 0:
            yield Flag("status", "状態が前に戻っている", moved)
    elif now != before and (now is None or now.is_ended):
        yield Flag("status", f"{answer.get_status_display()}になった", moved)


def _flags_of_date(answer: Answer, last: ProgressEntry) -> Iterator[Flag]:
    due, promised = answer.new_due_date, last.new_due_date
    if answer.rating in LATE_RATINGS and due and promised and due > promised:
        yield Flag(
            "slipped",
            "新たな期限が、また延びた",
            f"{wareki_date(promised)} → {wareki_date(due)}",
        )


def _flags_of_repetition(answer: Answer, before: list[ProgressEntry]) -> Iterator[Flag]:
    if len(before) < 2:
        return
    repeated = [
        column.label
        for column in COLUMNS
        if column.is_prose
        and _plain(getattr(answer, column.key)) not in ("", MARK)
        and len({_plain(getattr(one, column.key)) for one in (answer, *before[:2])}) == 1
    ]
    if repeated:
        yield Flag("repeated", "同じ文が3回続いている", "、".join(repeated))


def _plain(text: str) -> str:
    """Return a text without the spaces and breaks in which copies differ."""
    return "".join(text.split())


def steps_since(answer: Answer, revision: int) -> list[AnswerChange]:
    """Return what was done to an answer after the revision that a form was opened on, oldest first."""
    return list(answer.changes.filter(revision__gt=revision).order_by("revision"))


def kept_statements(answer: Answer) -> list[tuple[str, str]]:
    """Return what an answer says now, label and text: what a reopening keeps."""
    last = answer.changes.order_by("-revision").first()
    return content_statements(last) if last else []
