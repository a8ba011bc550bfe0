"""A study of the demo: what was asked of a ★ item, what was found out, and the paper that it rests on."""

from datetime import date

from demo.cast import Cast, at
from initiatives.actions.studying import ask_question, keep_evidence, note_finding
from kirishima_dx import clock
from plans.models import FocusItem, Plan

STUDIED = "1-A-3"
"""The ★ item that is studied; the draft of the next edition takes its ★ away."""
SURVEY = """\
（デモ）聞き取りの結果（架空）
調査の日,相手,答え
2026-07-10,デモ窓口課,受付の手順をそろえれば始められる
2026-07-17,デモ総務課,既にある端末を使える
2026-07-24,デモ企画課,小さく試してから広げたい
"""


def play_study(plan: Plan, cast: Cast) -> None:
    """Ask in May what the DX推進本部 wants to know, find it out until September."""
    item = FocusItem.objects.get(plan=plan, code=STUDIED)
    writer = cast.editors["demo-madoguchi"]
    with clock.standing_at(at(2026, 5, 20)):
        study = ask_question(
            focus_item=item,
            question="（デモ）どの手続きから、どのような方法で始めるか。",
            review_by=date(2026, 9, 30),
            opened_version=0,
            by=cast.jimukyoku,
        )
    with clock.standing_at(at(2026, 7, 27)):
        note_finding(
            study=study,
            text="（デモ）関係する三つの課に聞き取りを行った。結果は資料のとおり。",
            by=writer,
        )
        keep_evidence(
            study=study,
            name="聞き取りの結果（デモ）.csv",
            title="（デモ）関係課への聞き取りの結果",
            content=SURVEY.encode("utf-8-sig"),
            by=writer,
        )
    with clock.standing_at(at(2026, 9, 17)):
        note_finding(
            study=study,
            text="（デモ）一つの窓口で小さく試し、効果を確かめてから広げる方法がよいと考える。",
            by=writer,
        )
