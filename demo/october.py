"""What the sitting of the demo in October 2026 spoke of: a study that is over, and the year's update of the plan."""

from demo.april import Said
from demo.study import STUDIED
from plans.models import FocusItem, Plan
from reviews.actions.agenda import Matter
from reviews.actions.deciding import Verdict
from reviews.enums import AgendaKind, DecisionKind


def said_in_october(plan: Plan) -> tuple[Said, ...]:
    return (_of_the_study(plan), _of_the_update())


def _of_the_study(plan: Plan) -> Said:
    item = FocusItem.objects.get(plan=plan, code=STUDIED)
    matter = Matter(
        AgendaKind.ITEM,
        f"検討項目 {STUDIED} の具体化（デモ）",
        "（デモ）案：一つの窓口から始め、検討項目（★）を外す。",
        f"（デモ）{STUDIED} を、検討の結果のとおり具体化してよいか",
        focus_item=item,
    )
    verdict = Verdict(
        DecisionKind.CONCRETISE,
        "（デモ）一つの窓口から始めることとし、検討項目（★）を外す。",
        focus_items=[item],
    )
    return Said(matter, "（デモ）小さく試してから広げる方法がよいとの意見で一致した。", (verdict,))


def _of_the_update() -> Said:
    verdict = Verdict(DecisionKind.AMENDMENT, "（デモ）令和8年度の更新として、第2.1版の案を作る。")
    return Said(
        Matter(
            AgendaKind.CONSIDERATION,
            "令和8年度の改定の検討（デモ）",
            question="（デモ）令和8年度に計画を改定するか",
        ),
        "（デモ）上半期の進捗と技術の動向をみて、改定するかどうかを検討した。",
        (verdict,),
    )
