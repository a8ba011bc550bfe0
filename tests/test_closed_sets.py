"""Every place that has to know each member of a closed set knows it; what does not is named."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from initiatives.components.chips import rating_chip, status_chip
from initiatives.enums import (
    NO_ANSWER_CODE,
    SHOWS_SILENCE,
    SILENCE,
    CycleStep,
    Direction,
    Freshness,
    Rating,
    Status,
)
from kirishima_dx.closed_set import ClosedSet, Traits, describe
from reviews.enums import (
    DecisionKind,
    DecisionState,
    OutcomeKind,
    RatingChange,
    ReportStatus,
    StatusChange,
    StudyStanding,
)
from reviews.report.document import ReportDocument
from reviews.report.looks import SCALES, choices_of, traits_of
from reviews.workbooks.machine.definitions import definition_rows
from reviews.workbooks.machine.rows import code_rows
from rounds.enums import STEPS, AnswerKind, AnswerState
from rounds.exports.board import DEPARTMENT_COLUMNS
from rounds.queries.answer_counts import Counts

ROOT = Path(__file__).parent.parent
SETS: tuple[type[ClosedSet], ...] = (
    *(Status, CycleStep, Rating, Direction, Freshness, AnswerKind, AnswerState),
    *(ReportStatus, DecisionKind, DecisionState, OutcomeKind, RatingChange, StatusChange),
    StudyStanding,
)
CHIPS, BOARD = "static/css/components/chips.css", "static/css/initiatives/board.css"
ANSWER, PROGRESS = "static/css/rounds/answer.css", "static/css/initiatives/progress.css"
ROUNDS, DECISION = "static/css/rounds/rounds.css", "static/css/reviews/decision.css"
PATTERNS = "templates/components/pictures/_patterns.html"
PLAIN = {
    (CHIPS, ".status--not_started"),
    (CHIPS, ".rating--not_ratable"),
}
"""What is meant to look like a plain chip."""
Knows = Callable[[ClosedSet], object]


def lacking(members: Iterable[ClosedSet], what: str, where: str, knows: Knows) -> Iterator[str]:
    for member in members:
        if not knows(member):
            yield f"{type(member).__name__}.{member.name} has no {what} in {where}"


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def styled(path: str, prefix: str) -> Knows:
    """Whether a style sheet has a rule for the class of a member."""
    text = text_of(path)

    def knows(member: ClosedSet) -> bool:
        name = f"{prefix}{member.look}"
        return (path, name) in PLAIN or re.search(re.escape(name) + r"(?![\w-])", text) is not None

    return knows


def shown(template: str, context: Callable[[ClosedSet], dict[str, object]]) -> Knows:
    """Whether a template draws the mark of a member."""
    return lambda member: member.mark in render_to_string(template, context(member))


def faults() -> Iterator[str]:
    for members in SETS:
        yield from lacking(members, "meaning", "its traits", lambda one: one.meaning)
    yield from _faults_of_statuses()
    yield from _faults_of_ratings()
    yield from _faults_of_answers()
    yield from _faults_of_decisions()
    yield from _faults_of_reports()


def _faults_of_statuses() -> Iterator[str]:
    way = [status for status in Status.upwards() if status.is_on_the_way]
    ended = [status for status in Status if status.is_ended]
    drawn = "status_chip of initiatives/components/chips.py"
    yield from lacking(Status, "rank", "its traits", lambda one: one.rank is not None)
    yield from lacking(Status, "class .status--…", CHIPS, styled(CHIPS, ".status--"))
    steps = text_of(CHIPS)
    yield from lacking(
        way[1:-1],
        "number of filled steps",
        CHIPS,
        lambda one: f".status--{one.look} rect:nth-child(-n + {one.rank})" in steps,
    )
    yield from lacking(
        way[-1:], "filled steps", CHIPS, lambda one: f".status--{one.look} rect {{" in steps
    )
    yield from lacking(
        way[-1:],
        "step of its own",
        drawn,
        lambda one: status_chip(one.value, one.label).count("<rect") == one.rank,
    )
    board = text_of(BOARD)
    yield from lacking(
        way[1:],
        "filled steps",
        BOARD,
        lambda one: f".tiles .step-{one.rank} {{ --steps: {one.rank}; }}" in board,
    )
    yield from lacking(ended, "mark", "its traits", lambda one: one.mark)
    yield from lacking(
        ended, "mark", drawn, lambda one: one.mark in status_chip(one.value, one.label)
    )
    yield from lacking(
        ended, "rank below the way", "its traits", lambda one: one.rank < way[0].rank
    )


def _faults_of_ratings() -> Iterator[str]:
    drawn = "rating_chip of initiatives/components/chips.py"
    yield from lacking(Rating, "mark", "its traits", lambda one: one.mark)
    yield from lacking(Rating, "bar", "its traits", lambda one: one.bar)
    yield from lacking(Rating.upwards(), "fill", "its traits", lambda one: one.fill)
    yield from lacking(
        Rating, "mark", drawn, lambda one: one.mark in rating_chip(one.value, one.label)
    )
    yield from lacking(Rating, "class .rating--…", CHIPS, styled(CHIPS, ".rating--"))
    yield from lacking(Rating, "tile", BOARD, styled(BOARD, ".tiles ."))
    late = [rating for rating in Rating if rating.is_late]
    for path in (ANSWER, PROGRESS):
        opens = text_of(path)
        yield from lacking(
            late,
            "way to open the delay",
            path,
            lambda one, text=opens: f'[value="{one.value}"]' in text,
        )


def _faults_of_answers() -> Iterator[str]:
    template = "rounds/_answer_state.html"

    def answer(member: ClosedSet) -> dict[str, object]:
        return {"answer": {"state": member.value, "state_label": member.label}}

    yield from lacking(AnswerState, "mark", "its traits", lambda one: one.mark)
    yield from lacking(AnswerState, "mark", template, shown(template, answer))
    known = styled(ROUNDS, ".answer-state--")
    yield from lacking(AnswerState, "class .answer-state--…", ROUNDS, known)
    yield from lacking(
        AnswerState, "count", "answer_counts.Counts", lambda one: hasattr(Counts, one.value)
    )
    where = "exports.board.DEPARTMENT_COLUMNS"
    yield from lacking(AnswerState, "column", where, lambda one: one.label in DEPARTMENT_COLUMNS)
    reached = {AnswerState.UNANSWERED, *(state for _, state in STEPS.values())}
    yield from lacking(AnswerState, "step that leads to it", "STEPS", lambda one: one in reached)


def _faults_of_decisions() -> Iterator[str]:
    template = "reviews/_decision_state.html"

    def row(member: ClosedSet) -> dict[str, object]:
        return {"row": {"state": member.value, "state_label": member.label}}

    yield from lacking(DecisionState, "mark", "its traits", lambda one: one.mark)
    yield from lacking(DecisionState, "mark", template, shown(template, row))
    known = styled(DECISION, ".decision--")
    yield from lacking(DecisionState, "class .decision--…", DECISION, known)


def _faults_of_reports() -> Iterator[str]:
    """Whatever stands in a report has a code in データ; what is counted in a bar has a pattern."""
    codes = {(name, code) for name, _, _, code, _ in code_rows(ReportDocument((), ()))}
    orders = {row[2]: row[4] for row in definition_rows() if row[0] == "尺度"}
    for scale in (
        *("status", "step", "rating", "direction"),
        "rating_change",
        "status_change",
        "study_standing",
    ):
        yield from lacking(
            SCALES[scale], "code", "コード表", lambda one, scale=scale: (scale, one.code) in codes
        )
    yield from lacking(StudyStanding, "mark", "its traits", lambda one: one.mark)
    yield from lacking(Status, "place", "定義", lambda one: _is_told(one, orders["status"]))
    yield from lacking(Rating, "place", "定義", lambda one: one.label in orders["rating"])
    patterns = text_of(PATTERNS)
    for members in (Status, Rating, Freshness, RatingChange, StatusChange):
        yield from lacking(
            members, "pattern", PATTERNS, lambda one: f'id="fill-{one.look}"' in patterns
        )
    for members in (RatingChange, StatusChange):
        yield from lacking(members, "mark", "its traits", lambda one: one.mark)
        yield from lacking(members, "rank", "its traits", lambda one: one.rank is not None)


def _is_told(status: ClosedSet, order: str) -> bool:
    """Whether the order tells of a status: by name, or as one between the first and the last."""
    way = [one for one in Status.upwards() if one.is_on_the_way]
    return status in way[1:-1] or status.label in order


def test_every_place_knows_every_member() -> None:
    found = list(faults())
    assert not found, "\n".join(found)


def test_silence_is_known_where_the_scales_are_that_show_it() -> None:
    for path, name in (
        (CHIPS, ".status--none"),
        (CHIPS, ".rating--none"),
        (BOARD, ".tiles .none"),
        (PATTERNS, 'id="fill-none"'),
    ):
        assert name in text_of(path), path
    for scale, members in SCALES.items():
        assert (NO_ANSWER_CODE in choices_of(scale)) == (
            members in SHOWS_SILENCE or NO_ANSWER_CODE in members.values
        )
    assert traits_of("rating", NO_ANSWER_CODE) is SILENCE


def test_ranks_are_told_apart() -> None:
    for members in SETS:
        ranks = [one.rank for one in members if one.rank is not None]
        assert len(set(ranks)) == len(ranks), members


def test_a_member_without_traits_stops_the_start() -> None:
    class Half(ClosedSet):
        KNOWN = "known", "知っている"
        UNKNOWN = "unknown", "知らない"

    with pytest.raises(LookupError, match=r"Half\.UNKNOWN has no traits"):
        describe(Half, {Half.KNOWN: Traits(meaning="ある")})


def test_what_is_ended_is_neither_before_nor_behind() -> None:
    way = [one for one in Status if one.is_on_the_way]

    assert not {Status.PAUSED, Status.STOPPED} & {*way}
    assert Status.ESTABLISHED.ranks_above(Status.NOT_STARTED) == len(way) - 1
    assert Rating.LATE.ranks_above(Rating.NOT_RATABLE) is None
