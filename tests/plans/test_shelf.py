"""Which edition holds on which day, and how editions stand to one another."""

from datetime import date

import pytest

from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition
from plans.shelf import edition_shelf
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_text

EVE = date(2026, 3, 31)
FIRST_DAY = date(2026, 4, 1)


def bump(edition: Edition, effective_from: date, by: User) -> Edition:
    draft = open_draft(base=edition, major=1, minor=1, by=by)
    text = draft.item_texts.get(focus_item__code="1-A-1")
    amend_text(
        text=text,
        title="申請の電子化",
        overview=text.overview,
        is_study=text.is_study,
        opened_version=text.version,
        by=by,
        reason="名称の変更",
    )
    return adopt_edition(
        edition=draft,
        decided_on=date(2026, 10, 1),
        effective_from=effective_from,
        basis="本部決定",
        by=by,
    )


def standing(edition: Edition, at: date) -> dict[str, str]:
    shelf = edition_shelf(edition.plan, at)
    return {shelved.edition.number: shelved.status_label for shelved in shelf.editions}


def test_the_draft_lives_while_none_is_in_force(small_draft: Edition) -> None:
    assert Edition.objects.living(small_draft.plan, FIRST_DAY) == small_draft
    assert standing(small_draft, FIRST_DAY) == {"1.0": "案"}


@pytest.mark.parametrize(("at", "label"), [(EVE, "施行日前"), (FIRST_DAY, "施行中")])
def test_the_first_edition_lives_even_before_its_day(
    small_edition: Edition, at: date, label: str
) -> None:
    assert Edition.objects.living(small_edition.plan, at) == small_edition
    assert standing(small_edition, at) == {"1.0": label}


def test_an_open_draft_does_not_live_beside_an_edition_in_force(
    small_edition: Edition, secretariat: User
) -> None:
    open_draft(base=small_edition, major=1, minor=1, by=secretariat)

    assert Edition.objects.living(small_edition.plan, FIRST_DAY) == small_edition
    assert standing(small_edition, FIRST_DAY) == {"1.1": "案", "1.0": "施行中"}


def test_an_edition_lives_until_the_next_ones_day(
    small_edition: Edition, secretariat: User
) -> None:
    next_one = bump(small_edition, date(2026, 10, 10), secretariat)
    plan = small_edition.plan

    assert Edition.objects.living(plan, date(2026, 10, 9)) == small_edition
    assert standing(next_one, date(2026, 10, 9)) == {"1.1": "施行日前", "1.0": "施行中"}
    assert Edition.objects.living(plan, date(2026, 10, 10)) == next_one
    assert standing(next_one, date(2026, 10, 10)) == {"1.1": "施行中", "1.0": "旧版"}


def test_a_plan_without_an_edition_has_none(small_draft: Edition) -> None:
    plan = small_draft.plan
    small_draft.errata.all().delete()
    small_draft.delete()

    assert Edition.objects.living(plan, FIRST_DAY) is None
    assert edition_shelf(plan, FIRST_DAY).living is None
