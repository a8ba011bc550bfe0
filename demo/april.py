"""What the sitting of the demo in April 2026 spoke of, and what it decided."""

from dataclasses import dataclass
from datetime import date

from demo.cast import LEADS
from demo.statements import FEW_PLACES
from demo.study import STUDIED
from initiatives.models import ProgressEntry
from people.models import Department
from plans.models import FocusItem, Plan
from reviews.actions.agenda import Matter
from reviews.actions.deciding import Verdict
from reviews.enums import AgendaKind, DecisionKind
from reviews.models import AnnualReport

PROBLEM = "2-A-2"
"""The item whose 課題 was deliberated."""
UNTIL_AUTUMN, UNTIL_SPRING = date(2026, 9, 30), date(2027, 2, 26)


@dataclass(frozen=True)
class Said:
    """What was said of an agenda item and what was decided."""

    matter: Matter
    discussion: str
    verdicts: tuple[Verdict, ...]


def said_in_april(plan: Plan, report: AnnualReport) -> tuple[Said, ...]:
    return (
        _of_the_report(plan, report),
        _of_the_study(plan),
        _of_the_problem(plan),
        _of_the_classes(plan),
    )


def _of_the_report(plan: Plan, report: AnnualReport) -> Said:
    return Said(
        Matter(AgendaKind.REPORT, f"{report.title}について（デモ）", report=report),
        "（デモ）事務局から資料1と資料2により説明した。地区による差を次の報告で示してほしいとの発言があった。",
        (
            Verdict(DecisionKind.NOTED, "（デモ）年次報告を了承する。"),
            _instruction(plan, "3-A-2", UNTIL_AUTUMN, "地区ごとの共有の状況を調べて報告すること。"),
            _instruction(
                plan, "2-C-2", UNTIL_AUTUMN, "更新の工程表を作り、費用の見込みを示すこと。"
            ),
        ),
    )


def _of_the_study(plan: Plan) -> Said:
    item = _item(plan, STUDIED)
    matter = Matter(
        AgendaKind.ITEM,
        f"検討項目 {STUDIED} の検討の進め方（デモ）",
        "（デモ）検討する問いと期限を決める。",
        f"（デモ）{STUDIED} の検討を、この問いと期限で進めてよいか",
        focus_item=item,
    )
    verdict = Verdict(
        DecisionKind.CONTINUE_STUDY,
        "（デモ）始める手続きと方法を絞り込み、検討の結果を報告すること。",
        _lead(STUDIED),
        UNTIL_AUTUMN,
        [item],
    )
    return Said(
        matter,
        "（デモ）すぐに広げるのではなく、始める手続きを絞るべきとの意見で一致した。",
        (verdict,),
    )


def _of_the_problem(plan: Plan) -> Said:
    to_schools = _instruction(
        plan,
        "3-C-5",
        UNTIL_SPRING,
        "学校の事務で先に試し、手間がどれだけ減ったかを数で示すこと。",
    )
    return Said(
        problem_of(_item(plan, PROBLEM), "支払事務の整理（デモ）"),
        "（デモ）対象とする業務の範囲について意見を交わした。",
        (to_schools,),
    )


def _of_the_classes(plan: Plan) -> Said:
    item = _item(plan, FEW_PLACES)
    to_the_plan = Verdict(
        DecisionKind.AMENDMENT,
        "（デモ）スマホ教室を商業施設でも開くことを、次の改定案に入れる。",
        focus_items=[item],
    )
    return Said(
        problem_of(item, "スマホ教室の会場（デモ）"),
        "（デモ）買い物のついでに立ち寄れる会場があるとよいとの意見で一致した。",
        (to_the_plan,),
    )


def _instruction(plan: Plan, code: str, due_on: date, text: str) -> Verdict:
    """Instruct the department that leads an item."""
    return Verdict(
        DecisionKind.INSTRUCTION, f"（デモ）{text}", _lead(code), due_on, [_item(plan, code)]
    )


def problem_of(item: FocusItem, title: str) -> Matter:
    """Return what puts the latest 課題 of an item before the DX推進本部."""
    entries = ProgressEntry.objects.standing().filter(initiative__focus_item=item)
    entry = entries.exclude(problem="").latest_first().first()
    return Matter(AgendaKind.PROBLEM, title, focus_item=item, entry=entry)


def _item(plan: Plan, code: str) -> FocusItem:
    return FocusItem.objects.get(plan=plan, code=code)


def _lead(code: str) -> Department:
    return Department.objects.get(code=LEADS[code[:3]])
