"""マイページ reminds the 事務局 that the running year's update of the plan was not considered yet."""

from datetime import date

import pytest
from django.test import Client
from draft_cast import ClientOf

from people.models import User
from plans.models import Edition
from reviews.actions.considering import record_consideration
from reviews.enums import ConsiderationOutcome

MY, ADD = "/my/", "/editions/considerations/add/"
REMINDER = "令和8年度（2026年度）の改定の検討が、まだ記録されていません"


def considered(edition: Edition, by: User, fiscal_year: int) -> None:
    record_consideration(
        plan=edition.plan,
        fiscal_year=fiscal_year,
        outcome=ConsiderationOutcome.KEEP,
        reason="計画のとおり進んでいるため。",
        considered_on=date(2026, 10, 1),
        meeting=None,
        by=by,
    )


def test_the_secretariat_is_reminded_until_the_running_year_is_considered(
    small_edition: Edition, secretariat: User, desk: Client
) -> None:
    considered(small_edition, secretariat, 2025)
    page = desk.get(MY).content.decode()
    assert REMINDER in page
    assert f'href="{ADD}"' in page
    assert "いま動いている照会はありません" in page

    considered(small_edition, secretariat, 2026)

    assert REMINDER not in desk.get(MY).content.decode()


@pytest.mark.parametrize("role", ["editor", "headquarters", "staff"])
def test_others_are_not_reminded(
    small_edition: Edition, role: str, request: pytest.FixtureRequest, client_of: ClientOf
) -> None:
    page = client_of(request.getfixturevalue(role)).get(MY).content.decode()
    assert "マイページ" in page
    assert "改定の検討が" not in page


def test_nobody_is_reminded_before_a_first_edition_is_in_force(
    small_draft: Edition, desk: Client
) -> None:
    assert "改定の検討が" not in desk.get(MY).content.decode()
