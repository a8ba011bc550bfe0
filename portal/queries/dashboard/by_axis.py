"""① how far the items are, ④ how old what was said of them is; each by axis."""

from collections.abc import Callable
from datetime import date

from initiatives.enums import NO_ANSWER_CODE, Freshness, Status, freshness_on
from initiatives.queries.states import ItemState
from initiatives.signs import freshness_signs, status_signs
from kirishima_dx.pictures.picture import Picture, joined
from portal.queries.dashboard.ground import ByAxis, Ground


def status_picture(ground: Ground) -> Picture:
    told = ByAxis(ground, status_signs(), "status", _status_of)
    return Picture(
        key="status",
        question="取組は、どこまで進んでいるか",
        sentence=_status_sentence(told),
        day=ground.day_in_words,
        drawing=told.drawing if ground.states else None,
        numbers=told.numbers if ground.states else None,
        links=[("進捗一覧", ground.items()), *ground.way_to_silence],
    )


def _status_of(state: ItemState) -> str:
    return state.entry.status if state.entry else NO_ANSWER_CODE


def _status_sentence(told: ByAxis) -> str:
    total, silent = told.ground.total, told.ground.silent
    if not total:
        return "この日の計画に重点項目はありません。"
    if silent == total:
        return f"{total}項目のどれにも、まだ進捗の記録がありません。"
    in_use = [status for status in Status if status.is_in_use]
    still = told.count(Status.NOT_STARTED)
    ended = told.count(*(status.code for status in Status if status.is_ended))
    words = "・".join(str(status.label) for status in in_use)
    return joined(
        (
            f"{total}項目のうち{told.count(*(one.code for one in in_use))}項目が、もう使われています（{words}）。",
            f"未着手は{still}項目です。" if still else "",
            f"休止・中止は{ended}項目です。" if ended else "",
            told.ground.silence.sentence,
        )
    )


def freshness_picture(ground: Ground) -> Picture:
    fresh = freshness_on(ground.day)
    told = ByAxis(ground, freshness_signs(), "freshness", lambda state: _freshness_of(state, fresh))
    return Picture(
        key="freshness",
        question="記録は、どれだけ新しいか",
        sentence=_freshness_sentence(told),
        day=f"{ground.day_in_words}。最新の記録の基準日からの長さ",
        drawing=told.drawing if ground.states else None,
        numbers=told.numbers if ground.states else None,
        links=[("基準日の古い順に見る", ground.items(sort="as_of")), *ground.way_to_silence],
    )


def _freshness_of(state: ItemState, fresh: Callable[[date], Freshness]) -> str:
    return fresh(state.entry.as_of) if state.entry else NO_ANSWER_CODE


def _freshness_sentence(told: ByAxis) -> str:
    total, silent = told.ground.total, told.ground.silent
    if not total:
        return "この日の計画に重点項目はありません。"
    if silent == total:
        return f"{total}項目のどれにも、まだ進捗の記録がありません。"
    older = told.count(Freshness.OLDER)
    return joined(
        (
            f"{total}項目のうち{told.count(Freshness.QUARTER)}項目に、3か月以内の記録があります。",
            f"1年を過ぎても新しい記録がないものは{older}項目です。" if older else "",
            told.ground.silence.sentence,
        )
    )
