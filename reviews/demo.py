"""A plausible, plainly fictitious two years, made through the same actions that people use (docs/operations.md).

Nothing here is a fact about any city; every text says デモ. The seed is fixed, so that the demo is the same each time.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from initiatives.actions import Statement, assign_departments, record_progress, record_unchanged
from initiatives.enums import CycleStep, Direction, Rating, Status
from initiatives.models import Initiative, ProgressEntry
from kirishima_dx import clock
from people.actions import create_account
from people.enums import Role
from people.models import Department, User
from plans.actions import open_draft
from plans.models import Edition, FocusItem, FocusItemText, Plan, Policy
from plans.queries import edition_outline
from reviews.actions import (
    adopt_edition,
    amend_add,
    amend_end,
    amend_text,
    open_report,
    seal_report,
    write_report,
)
from reviews.models import AnnualReport

SEED = 2026
DEPARTMENTS = {
    "demo-kikaku": "デモ企画課",
    "demo-madoguchi": "デモ窓口課",
    "demo-somu": "デモ総務課",
    "demo-bosai": "デモ防災課",
    "demo-sangyo": "デモ産業課",
    "demo-kyoiku": "デモ教育課",
}
LEADS = {
    "1-A": "demo-madoguchi",
    "1-B": "demo-madoguchi",
    "1-C": "demo-kikaku",
    "2-A": "demo-somu",
    "2-B": "demo-kikaku",
    "2-C": "demo-somu",
    "3-A": "demo-bosai",
    "3-B": "demo-sangyo",
    "3-C": "demo-kyoiku",
}
SILENT = {"2-C-5", "3-B-3", "3-C-4"}
"""Items that the second year's demo leaves 未回答."""
LATE = {
    "1-B-4": Rating.LATE,
    "2-A-2": Rating.SLIGHTLY_LATE,
    "2-C-2": Rating.SLIGHTLY_LATE,
    "3-A-2": Rating.LATE,
}
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


class DemoRefused(ValueError):
    """The database holds real work, or no plan; the message says so in Japanese."""


@dataclass
class Cast:
    """The five accounts of the demo."""

    jimukyoku: User
    tantou: User
    kakunin: User
    honbu: User
    shokuin: User


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZoneInfo(settings.TIME_ZONE))


@transaction.atomic
def load_demo(*, plan: Plan, password: str) -> bool:
    """Fill a database that holds the freshly loaded plan and nothing else; whole or not at all.

    Returns False where the demo is there already. Raises DemoRefused where there is real work.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.is_demo:
        return False
    if (
        User.objects.exists()
        or ProgressEntry.objects.exists()
        or Edition.objects.adopted().exists()
    ):
        raise DemoRefused(
            "このデータベースには実際の利用者か記録があるので、デモを読み込めません。"
            "「make demo PW=…」は専用のデータベースを使います。"
        )
    plan.is_demo = True
    plan.save(update_fields=["is_demo"])
    edition = plan.editions.get()
    with clock.standing_at(at(2026, 3, 16)):
        cast = _cast(password)
        _assign(edition, cast.jimukyoku)
    with clock.standing_at(at(2026, 4, 1)):
        edition = adopt_edition(
            edition=edition,
            decided_on=date(2026, 3, 26),
            effective_from=date(2026, 4, 1),
            basis="（デモ）DX推進本部会議で決定",
            by=cast.jimukyoku,
        )
    with clock.standing_at(at(2026, 4, 6)):
        first_year = _record_first_year(edition, cast)
    with clock.standing_at(at(2026, 4, 20)):
        _report(plan, 2025, date(2026, 3, 31), cast.jimukyoku, sealed=True)
    with clock.standing_at(at(2026, 10, 9)):
        _record_second_year(edition, cast, first_year)
    with clock.standing_at(at(2026, 10, 20)):
        _report(plan, 2026, date(2026, 9, 30), cast.jimukyoku, sealed=False)
    with clock.standing_at(at(2026, 11, 2)):
        _draft(edition, cast.jimukyoku)
    return True


def _cast(password: str) -> Cast:
    departments = {
        code: Department.objects.create(
            code=code, name=name, division="デモ部", order=order, valid_from=date(2020, 4, 1)
        )
        for order, (code, name) in enumerate(DEPARTMENTS.items(), start=1)
    }
    desk = departments["demo-madoguchi"]

    def account(username: str, name: str, roles: dict[Role, Department | None]) -> User:
        return create_account(username=username, name=name, password=password, roles=roles)

    return Cast(
        jimukyoku=account("jimukyoku", "デモ 事務局", {Role.SECRETARIAT: None}),
        tantou=account("tantou", "デモ 担当", {Role.EDITOR: desk}),
        kakunin=account("kakunin", "デモ 確認", {Role.CERTIFIER: desk}),
        honbu=account("honbu", "デモ 本部員", {Role.HEADQUARTERS: None}),
        shokuin=account("shokuin", "デモ 職員", {}),
    )


def _assign(edition: Edition, by: User) -> None:
    departments = Department.objects.in_bulk(field_name="code")
    for text in edition_outline(edition).items:
        lead = departments[LEADS.get(text.policy.code, "demo-kikaku")]
        planning = departments["demo-kikaku"]
        assign_departments(
            focus_item=text.focus_item,
            lead=lead,
            supporting=[planning] if lead != planning and text.is_study else [],
            from_date=clock.today(),
            reason="（デモ）担当課の割当て",
            opened_revision=0,
            by=by,
        )


def _writer(text: FocusItemText, cast: Cast) -> User:
    of_desk = LEADS.get(text.policy.code) == "demo-madoguchi"
    return cast.tantou if of_desk else cast.jimukyoku


def _revision(item: FocusItem) -> int:
    return Initiative.objects.for_item(item).revision


def _statement(text: FocusItemText, status: Status, rating: Rating) -> Statement:
    statement = Statement(
        status=status,
        step=STEP_OF[status],
        rating=rating,
        rating_reason=f"（デモ）年度当初の予定に対して、{status.label}の段階まで進んだため。",
        achievements=f"（デモ）「{text.title}」について、{STEP_OF[status].label[1:]}に取り組んだ。",
        outcome="（デモ）利用者と職員の手間が減った。" if status in _RUNNING else "",
        problem="（デモ）対象とする業務の整理に時間がかかっている。" if text.is_study else "",
        next_steps="（デモ）対象を広げ、効果を確かめる。",
        direction=Direction.EXPAND if status == Status.OPERATING else Direction.CONTINUE,
    )
    if rating not in (Rating.SLIGHTLY_LATE, Rating.LATE):
        return statement
    return replace(
        statement,
        rating_reason="（デモ）予定した時期までに準備が整わなかったため。",
        delay_cause="（デモ）関係する仕組みの更新時期と重なった。",
        countermeasure="（デモ）関係課と工程を見直し、先行する範囲を絞る。",
        new_due_date=date(2027, 3, 31),
    )


_RUNNING = (Status.PILOTING, Status.OPERATING, Status.ESTABLISHED)


def _record_first_year(edition: Edition, cast: Cast) -> dict[int, Status]:
    """Record R7 as of its last day for every item; returns the statuses by item."""
    chance = random.Random(SEED)  # noqa: S311 — a demo, not a secret
    statuses = {}
    for text in edition_outline(edition).items:
        choices = list(Status)[:2] if text.is_study else list(Status)[1:5]
        statuses[text.focus_item_id] = status = chance.choice(choices)
        rating = Rating.NOT_RATABLE if status == Status.NOT_STARTED else chance.choice(_GOOD)
        record_progress(
            focus_item=text.focus_item,
            statement=_statement(text, status, rating),
            as_of=date(2026, 3, 31),
            opened_revision=_revision(text.focus_item),
            by=_writer(text, cast),
        )
    return statuses


_GOOD = (Rating.ON_TRACK, Rating.ON_TRACK, Rating.MOSTLY_ON_TRACK)


def _record_second_year(edition: Edition, cast: Cast, first_year: dict[int, Status]) -> None:
    """Record R8 as of the end of September: most went on, some stand, a few are late, three did not answer."""
    chance = random.Random(SEED + 1)  # noqa: S311 — a demo, not a secret
    as_of = date(2026, 9, 30)
    for text in edition_outline(edition).items:
        item = text.focus_item
        if item.code in SILENT:
            continue
        by, revision = _writer(text, cast), _revision(item)
        if item.code not in LATE and chance.random() < 0.2:
            record_unchanged(focus_item=item, as_of=as_of, opened_revision=revision, by=by)
            continue
        status = NEXT_STATUS[first_year[item.pk]]
        rating = LATE.get(item.code) or chance.choice(_GOOD)
        record_progress(
            focus_item=item,
            statement=_statement(text, status, rating),
            as_of=as_of,
            opened_revision=revision,
            by=by,
        )


def _report(plan: Plan, year: int, as_of: date, by: User, *, sealed: bool) -> AnnualReport:
    report = open_report(plan=plan, year=year, as_of=as_of, by=by)
    report = write_report(
        report=report,
        overview="（デモ）全体として概ね順調に進んでいる。一部の検討項目では、関係する仕組みの更新時期との調整に時間を要している。",
        technology_trends="（デモ）生成AIの業務利用が広がり、文書作成や照会対応での活用が進んだ。",
        opened_version=report.version,
        by=by,
    )
    if sealed:
        report = seal_report(
            report=report,
            reason="（デモ）DX推進本部に報告するため",
            opened_version=report.version,
            by=by,
        )
    return report


def _draft(edition: Edition, by: User) -> None:
    """Open 2.1 with one change of each kind, ready to be looked through and adopted."""
    draft = open_draft(base=edition, major=edition.major, minor=edition.minor + 1, by=by)
    texts = {
        text.focus_item.code: text
        for text in draft.item_texts.select_related("edition", "focus_item", "policy__axis")
    }
    reworded, concrete, ended = texts["1-C-1"], texts["1-A-3"], texts["3-A-6"]
    amend_text(
        text=reworded,
        title=reworded.title,
        overview=reworded.overview.replace("身近な公共施設で", "身近な公共施設や商業施設で"),
        is_study=reworded.is_study,
        opened_version=reworded.version,
        reason="（デモ）商業施設での開催の要望が多かったため",
        by=by,
    )
    amend_text(
        text=concrete,
        title=concrete.title,
        overview=concrete.overview,
        is_study=False,
        opened_version=concrete.version,
        reason="（デモ）調査・研究の結果、実施の方法が定まったため",
        by=by,
    )
    amend_end(
        text=ended,
        opened_version=ended.version,
        reason="（デモ）関連する項目の中で続けるため",
        by=by,
    )
    amend_add(
        policy=Policy.objects.get(edition=draft, axis__number=3, letter="C"),
        title="（デモ）地域の集まりを支えるデジタル掲示板",
        overview="（デモ）自治会などのお知らせを、スマホでも受け取れるようにします。",
        is_study=True,
        reason="（デモ）現場の気づきとして提案があったため",
        by=by,
    )
