"""Filling a database of its own with the demo."""

from datetime import date

from django.db import transaction

from demo.cast import Cast, assign_items, at, create_cast
from demo.papers import publish, write_annual_report
from demo.revising import consider_update, draft_next_edition
from demo.rounds import play_first_half, play_present
from demo.sittings import follow_decisions_up, hold_second_sitting, hold_sitting, plan_next_sitting
from demo.statements import record_first_year, second_year
from demo.study import play_study
from initiatives.models import ProgressEntry
from kirishima_dx import clock
from people.models import User
from plans.models import Edition, Plan
from plans.queries import edition_outline
from revisions.actions.adoption import adopt_edition


class DemoRefused(ValueError):
    """The database holds real work, or no plan; the message says so in Japanese."""


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
    edition, cast = _begin(plan, password)
    draft = _play_two_years(plan, edition, cast)
    since = at(2026, 11, 3)
    plan_next_sitting(plan, draft, since, cast)
    play_present(plan, edition_outline(edition).items, cast, since=since)
    return True


def _begin(plan: Plan, password: str) -> tuple[Edition, Cast]:
    edition = plan.editions.get()
    with clock.standing_at(at(2026, 3, 16)):
        cast = create_cast(password)
        assign_items(edition, cast.jimukyoku)
    with clock.standing_at(at(2026, 4, 1)):
        edition = adopt_edition(
            edition=edition,
            decided_on=date(2026, 3, 26),
            effective_from=date(2026, 4, 1),
            basis="（デモ）DX推進本部会議で決定",
            by=cast.jimukyoku,
        )
    return edition, cast


def _play_two_years(plan: Plan, edition: Edition, cast: Cast) -> Edition:
    """Play what is over, in the order in which it happened; returns the draft of the next edition."""
    texts = edition_outline(edition).items
    with clock.standing_at(at(2026, 4, 6)):
        first_year = record_first_year(texts, cast)
    with clock.standing_at(at(2026, 4, 20)):
        report = write_annual_report(plan, 2025, date(2026, 3, 31), cast.jimukyoku, sealed=True)
    meeting = hold_sitting(plan, report, cast)
    with clock.standing_at(at(2026, 5, 15)):
        publish(report, cast.jimukyoku)
    play_study(plan, cast)
    follow_decisions_up(meeting, cast)
    play_first_half(plan, texts, second_year(texts, first_year), cast)
    with clock.standing_at(at(2026, 10, 20)):
        write_annual_report(plan, 2026, date(2026, 9, 30), cast.jimukyoku, sealed=False)
    second = hold_second_sitting(plan, cast)
    with clock.standing_at(at(2026, 10, 30)):
        consideration = consider_update(second, cast.jimukyoku)
    with clock.standing_at(at(2026, 11, 2)):
        return draft_next_edition(edition, consideration, cast)
