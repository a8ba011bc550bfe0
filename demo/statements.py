"""What the departments of the demo say of their items."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from demo.cast import Cast
from initiatives.actions.progress import record_progress
from initiatives.enums import CycleStep, Direction, Rating, Status
from initiatives.models import Initiative
from initiatives.statement import Statement
from plans.models import FocusItemText
from rounds.answer_content import AnswerContent
from rounds.enums import AnswerKind

SEED = 2026
SILENT = {"2-C-5", "3-B-3", "3-C-4"}
"""Items that the second year's demo leaves 未回答."""
FEW_PLACES = "1-C-1"
"""The item whose 課題 becomes a change of the plan."""
LATE = {
    "1-B-4": Rating.LATE,
    "2-A-2": Rating.SLIGHTLY_LATE,
    "2-C-2": Rating.SLIGHTLY_LATE,
    "3-A-2": Rating.LATE,
}
SLIPPED = {"1-B-4": date(2026, 9, 30), "2-A-2": date(2026, 12, 28)}
"""Items that were a little late in the first year already, with the date that they promised then and did not keep."""
DUE = date(2027, 3, 31)
NEXT_STATUS = {
    Status.NOT_STARTED: Status.STUDYING,
    Status.STUDYING: Status.PREPARING,
    Status.PREPARING: Status.PILOTING,
    Status.PILOTING: Status.OPERATING,
    Status.OPERATING: Status.ESTABLISHED,
    Status.ESTABLISHED: Status.ESTABLISHED,
}
STEP_OF = {
    Status.NOT_STARTED: CycleStep.RESEARCH,
    Status.STUDYING: CycleStep.RESEARCH,
    Status.PREPARING: CycleStep.DESIGN,
    Status.PILOTING: CycleStep.ACTION,
    Status.OPERATING: CycleStep.EVALUATION,
    Status.ESTABLISHED: CycleStep.IMPROVEMENT,
}
FIRST_OF_STUDIES = (Status.NOT_STARTED, Status.STUDYING)
FIRST = (Status.STUDYING, Status.PREPARING, Status.PILOTING, Status.OPERATING)
"""How far an item is at the end of the first year."""
GOOD = (Rating.ON_TRACK, Rating.ON_TRACK, Rating.MOSTLY_ON_TRACK)
UNCHANGED = AnswerContent(kind=AnswerKind.UNCHANGED)


def statement(text: FocusItemText, status: Status, rating: Rating, *, due: date = DUE) -> Statement:
    said = Statement(
        status=status,
        step=STEP_OF[status],
        rating=rating,
        rating_reason=f"（デモ）年度当初の予定に対して、{status.label}の段階まで進んだため。",
        achievements=f"（デモ）「{text.title}」について、{STEP_OF[status].label[1:]}に取り組んだ。",
        outcome="（デモ）利用者と職員の手間が減った。" if status.is_in_use else "",
        problem=_problem(text),
        next_steps="（デモ）対象を広げ、効果を確かめる。",
        direction=Direction.EXPAND if status == Status.OPERATING else Direction.CONTINUE,
    )
    if rating not in (Rating.SLIGHTLY_LATE, Rating.LATE):
        return said
    return replace(
        said,
        rating_reason="（デモ）予定した時期までに準備が整わなかったため。",
        for_headquarters=rating == Rating.LATE,
        delay_cause="（デモ）関係する仕組みの更新時期と重なった。",
        countermeasure="（デモ）関係課と工程を見直し、先行する範囲を絞る。",
        new_due_date=due,
    )


def _problem(text: FocusItemText) -> str:
    if text.focus_item.code == FEW_PLACES:
        return "（デモ）会場が公共施設に限られ、参加しにくい地区がある。"
    return "（デモ）対象とする業務の整理に時間がかかっている。" if text.is_study else ""


def update(text: FocusItemText, status: Status, rating: Rating) -> AnswerContent:
    return AnswerContent(kind=AnswerKind.UPDATE, **statement(text, status, rating).values)


def record_first_year(texts: Iterable[FocusItemText], cast: Cast) -> dict[str, Status]:
    """Record R7 as of its last day for every item, before there was a round; returns the statuses by code."""
    chance = random.Random(SEED)  # noqa: S311 — a demo, not a secret
    statuses = {}
    for text in texts:
        first = FIRST_OF_STUDIES if text.is_study else FIRST
        statuses[text.focus_item.code] = status = chance.choice(first)
        rating = Rating.NOT_RATABLE if status == Status.NOT_STARTED else chance.choice(GOOD)
        due = SLIPPED.get(text.focus_item.code)
        record_progress(
            focus_item=text.focus_item,
            statement=statement(text, status, Rating.SLIGHTLY_LATE, due=due)
            if due
            else statement(text, status, rating),
            as_of=date(2026, 3, 31),
            opened_revision=Initiative.objects.for_item(text.focus_item).revision,
            by=cast.writer(text),
        )
    return statuses


def second_year(
    texts: Iterable[FocusItemText], first_year: dict[str, Status]
) -> dict[str, AnswerContent]:
    """Return what is answered for R8: most went on, some stand, a few are late, three are not answered."""
    chance = random.Random(SEED + 1)  # noqa: S311 — a demo, not a secret
    said = {}
    for text in texts:
        code = text.focus_item.code
        if code in SILENT:
            continue
        if code not in LATE and chance.random() < 0.2:
            said[code] = UNCHANGED
            continue
        rating = LATE.get(code) or chance.choice(GOOD)
        said[code] = update(text, NEXT_STATUS[first_year[code]], rating)
    return said
