"""The rounds of the demo: one that is over, one that is under way whenever the demo is loaded, one to practise in."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from demo.cast import LEADS, Cast, at
from demo.desk import Desk
from demo.statements import SILENT, UNCHANGED, update
from initiatives.enums import Rating, Status
from kirishima_dx import clock
from kirishima_dx.fiscal_year import first_day, fiscal_year_of
from people.models import Department
from plans.models import FocusItemText, Plan
from rounds.actions.rounds import RoundTerms, close_round, extend_deadline, record_reminder
from rounds.answer_content import AnswerContent
from rounds.enums import AnswerKind, OverdueRule, RoundKind

EXTENDED = "demo-bosai"
"""Whose deadline was moved in the first half; what this department writes of LATER comes after the first deadline."""
LATER = ("3-A-1", "3-A-2", "3-A-3")
OVERDUE = "3-B-1"
"""Sent after the deadline, without an extension."""
RETURNED = "2-A-3"
UNDER_WAY = ("1-A", "1-B", "2-A", "2-C", "3-A")
"""The policies asked about in the round that is under way: those of departments that have accounts."""
PRESENT = {
    "1-B-1": Status.PREPARING,
    "1-B-2": Status.PREPARING,
    "1-B-3": Status.PILOTING,
    "1-B-4": Status.PREPARING,
    "1-A-6": Status.PILOTING,
    "3-A-1": Status.PILOTING,
}
"""What went on since the first half."""
PRACTISED = ("1-A", "3-A", "3-C")
REMINDER = (
    "（デモ）照会への回答がまだ提出されていない項目があります。ご確認のうえ、回答をお願いします。"
)


def play_first_half(
    plan: Plan, texts: Collection[FocusItemText], said: dict[str, AnswerContent], cast: Cast
) -> None:
    """上半期 of R8 from the first day to the last: most in time, one returned, some late, three never answered."""
    with clock.standing_at(at(2026, 9, 25)):
        desk = Desk(plan, _first_half(), texts, cast)
    with clock.standing_at(at(2026, 10, 5)):
        for code, content in said.items():
            if code == RETURNED:
                desk.send(code, replace(content, achievements="（デモ）取り組んだ。"))
            elif code not in (*LATER, OVERDUE):
                desk.send(code, content)
    with clock.standing_at(at(2026, 10, 7)):
        desk.give_back(RETURNED, "（デモ）取組実績に、何に取り組んだかを書いてください。")
    with clock.standing_at(at(2026, 10, 8)):
        desk.send(RETURNED, said[RETURNED])
    with clock.standing_at(at(2026, 10, 9)):
        _extend(desk, EXTENDED, date(2026, 10, 16), "（デモ）訓練の時期と重なったため")
    with clock.standing_at(at(2026, 10, 13)):
        for code in sorted({LEADS[silent[:3]] for silent in SILENT}):
            _remind(desk, code)
    with clock.standing_at(at(2026, 10, 14)):
        for code in (*LATER, OVERDUE):
            desk.send(code, said[code])
    with clock.standing_at(at(2026, 10, 16)):
        for code in said:
            desk.accept(code)
    with clock.standing_at(at(2026, 10, 19)):
        close_round(round=desk.round, by=cast.jimukyoku)


def _first_half() -> RoundTerms:
    return RoundTerms(
        fiscal_year=2026,
        kind=RoundKind.FIRST_HALF,
        period_from=date(2026, 4, 1),
        period_until=date(2026, 9, 30),
        as_of=date(2026, 9, 30),
        opens_on=date(2026, 10, 1),
        due_on=date(2026, 10, 9),
        overdue_rule=OverdueRule.TAKE,
        instructions="（デモ）上半期の取組を、市民にも分かる言葉で書いてください。",
    )


def play_present(plan: Plan, texts: Collection[FocusItemText], cast: Cast, since: datetime) -> None:
    """Play what is under way: opened about three weeks before the loading, open for three months.

    Its days hang on the day of loading, or the round would soon be one that everybody has missed; an answer can be
    accepted only once its 基準日 has come, so that day lies behind. `since` is when the played history ends.
    """
    opened = max(clock.now() - timedelta(days=20), since)
    with clock.standing_at(opened):
        of = [text for text in texts if text.policy.code in UNDER_WAY]
        desk = Desk(plan, _terms("臨時の確認（デモ）", asks_certification=True), of, cast)
        exercise = [text for text in texts if text.policy.code in PRACTISED]
        practice = Desk(plan, _terms("操作の練習（デモ）", is_rehearsal=True), exercise, cast)
    with clock.standing_at(opened + timedelta(days=6)):
        _answer_present(desk)
        _practise(practice)
    with clock.standing_at(opened + timedelta(days=9)):
        _check_present(desk)
    with clock.standing_at(opened + timedelta(days=12)):
        later = desk.round.due_on + timedelta(days=14)
        _extend(desk, "demo-somu", later, "（デモ）ほかの照会と重なったため")
        _remind(desk, "demo-somu")


def _terms(
    title: str, *, asks_certification: bool = False, is_rehearsal: bool = False
) -> RoundTerms:
    today = clock.today()
    year = fiscal_year_of(today)
    return RoundTerms(
        fiscal_year=year,
        kind=RoundKind.AD_HOC,
        title=title,
        period_from=first_day(year),
        period_until=today,
        as_of=today,
        opens_on=today,
        due_on=today + timedelta(days=100),
        overdue_rule=OverdueRule.TAKE,
        instructions="（デモ）画面の見本です。自由に入力して試せます。",
        asks_certification=asks_certification,
        is_rehearsal=is_rehearsal,
    )


def _answer_present(desk: Desk) -> None:
    """Let the departments send a part, and begin on another."""
    for code in PRESENT:
        desk.send(code, _went_on(desk, code))
    for code in ("1-B-5", "1-A-5", "2-A-1", "3-A-5", "3-A-6"):
        desk.send(code, UNCHANGED)
    for code in ("1-A-4", "2-A-3", "3-A-4"):
        desk.save(
            code, AnswerContent(kind=AnswerKind.UPDATE, achievements="（デモ）書きかけです。")
        )


def _went_on(desk: Desk, code: str) -> AnswerContent:
    return update(desk.texts[code], PRESENT[code], Rating.ON_TRACK)


def _check_present(desk: Desk) -> None:
    """Confirm inside the department, accept two, return one: the rest waits for somebody who tries the demo."""
    for code in ("1-B-1", "1-B-2", "1-B-3", "1-B-4", "1-B-5"):
        desk.certify(code)
    for code in ("1-B-1", "1-B-2"):
        desk.accept(code)
    desk.give_back("1-B-4", "（デモ）成果を、数で示せるときは数で書いてください。")


def _practise(desk: Desk) -> None:
    desk.send("3-A-1", _went_on(desk, "3-A-1"))
    desk.accept("3-A-1")
    desk.save("3-C-1", AnswerContent(kind=AnswerKind.UPDATE, achievements="（デモ）練習です。"))


def _extend(desk: Desk, code: str, due_on: date, reason: str) -> None:
    extend_deadline(
        round=desk.round,
        department=Department.objects.get(code=code),
        due_on=due_on,
        reason=reason,
        by=desk.cast.jimukyoku,
    )


def _remind(desk: Desk, code: str) -> None:
    record_reminder(
        round=desk.round,
        department=Department.objects.get(code=code),
        text=REMINDER,
        by=desk.cast.jimukyoku,
    )
