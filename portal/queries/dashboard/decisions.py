"""⑥ open decisions by age. For staff."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from initiatives.enums import Freshness, freshness_on
from kirishima_dx.closed_set import Traits
from kirishima_dx.pictures.bar_rows import bars
from kirishima_dx.pictures.bars import Sign
from kirishima_dx.pictures.picture import Number, Numbers, Picture, joined
from portal.queries.dashboard.ground import Ground
from reviews.enums import DecisionState
from reviews.filters import UNSETTLED
from reviews.queries.decision_ages import Waiting

OVERDUE = Sign.of("overdue", "期限を過ぎた", Traits(meaning="", mark="▲", look="late"))
IN_TIME = Sign.of("in_time", "期限まで", Traits(meaning="", mark="▷", look="piloting"))
REPORTED = Sign.of("reported", "報告あり", Traits(meaning="", mark="▶", look="better"))
SIGNS = (OVERDUE, IN_TIME, REPORTED)


def decisions_picture(ground: Ground, decisions: Iterable[Waiting]) -> Picture:
    waiting = [one for one in decisions if one.is_waiting]
    age_of = freshness_on(ground.day)
    by_age = [(age, [one for one in waiting if age_of(one.held_on) == age]) for age in Freshness]
    return Picture(
        key="decisions",
        question="決めたことは、どれだけ待っているか",
        sentence=_sentence(waiting),
        day=f"{ground.day_in_words}。決定した日からの長さ",
        drawing=bars(
            SIGNS, [(str(age.label), "", _counts(found)) for age, found in by_age], unit="件"
        )
        if waiting
        else None,
        numbers=Numbers(
            ["決定した日から", "件数", *(f"{sign.mark}{sign.label}" for sign in SIGNS)],
            [_row(age, found) for age, found in by_age],
        ),
        links=_links(ground) if waiting else [],
        is_for_staff=True,
    )


def _links(ground: Ground) -> list[tuple[str, str]]:
    """Return the way to the list, which speaks of today alone."""
    if ground.kept:
        return []
    return [("決着していないものの一覧", f"{reverse('decision_list')}?state={UNSETTLED}&sort=due")]


def _sign_of(decision: Waiting) -> Sign:
    if decision.state == DecisionState.ANSWERED:
        return REPORTED
    return OVERDUE if decision.is_overdue else IN_TIME


def _counts(decisions: Sequence[Waiting]) -> list[int]:
    signs = [_sign_of(one) for one in decisions]
    return [signs.count(sign) for sign in SIGNS]


def _row(age: Freshness, decisions: Sequence[Waiting]) -> list[Number | list[Number]]:
    named = [
        [Number(one.code, one.url) for one in decisions if _sign_of(one) == sign] for sign in SIGNS
    ]
    return [
        Number(str(age.label)),
        Number(len(decisions)),
        *([Number(f"{len(found)}件"), *found] if found else Number(0) for found in named),
    ]


def _sentence(waiting: Sequence[Waiting]) -> str:
    if not waiting:
        return "対応を待っている決定・指示事項はありません。"
    oldest, late = waiting[0], sum(one.is_overdue for one in waiting)
    return joined(
        (
            f"決着していない決定・指示事項は{len(waiting)}件です。",
            f"いちばん古いのは{oldest.code}で、{oldest.age}日たちました。",
            f"期限を過ぎても報告がないものは{late}件です。"
            if late
            else "期限を過ぎたものはありません。",
        )
    )
