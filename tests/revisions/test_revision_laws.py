"""What holds of a revision whatever was edited in whatever order (T2, T3)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from applying import applied, words_of
from django.db import transaction
from draft_cast import adopted
from draft_edits import EDITS, Edit, drafter
from hypothesis import HealthCheck, example, given, settings

from people.models import User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition
from plans.queries import edition_outline
from revisions.errors import AdoptionRefused
from revisions.queries.drafts import draft_review
from revisions.queries.revisions import revision

laws = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def undone() -> Iterator[None]:
    """Undo whatever happens in the database inside the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def edited(base: Edition, by: User, edits: list[Edit]) -> Edition:
    draft = open_draft(base=base, major=base.major, minor=base.minor + 1, by=by)
    drafting = drafter(draft, by)
    for edit in edits:
        drafting.do(edit)
    return Edition.objects.select_related("plan", "base").get(pk=draft.pk)


@given(EDITS)
@example([("split", 0, 0, "甲の取組"), ("end", 0, 0, "甲の取組")])
@example([("merge", 0, 1, "甲の取組"), ("restore", 0, 0, "甲の取組")])
@example([("move_policy", 0, 1, "甲の取組"), ("move_axis", 0, 1, "甲の取組")])
@example([("split", 0, 0, "甲の取組"), ("merge", 0, 2, "甲の取組")])
@laws
def test_the_comparison_applied_to_the_old_edition_gives_the_new_one(
    small_edition: Edition, secretariat: User, edits: list[Edit]
) -> None:
    with undone():
        revised = revision(small_edition, edited(small_edition, secretariat, edits))
        assert applied(revised.comparison, words_of(revised.old)) == words_of(revised.new)
        back = revision(revised.new.edition, revised.new.edition)
        assert back.comparison.is_empty


@given(EDITS)
@example([("add", 1, 0, "甲の取組"), ("split", 3, 0, "甲の取組")])
@example([("merge", 0, 1, "甲の取組"), ("end", 0, 0, "甲の取組")])
@example([("split", 0, 0, "甲の取組"), ("merge", 2, 1, "甲の取組")])
@laws
def test_each_change_has_its_reason_and_each_lineage_its_fate(
    small_edition: Edition, secretariat: User, edits: list[Edit]
) -> None:
    with undone():
        draft = edited(small_edition, secretariat, edits)
        review = draft_review(draft)
        told = [*review.items, *review.parts]
        assert [one.change for one in told if one.unexplained] == []
        if review.obstacles:
            messages = {obstacle.message for obstacle in review.obstacles}
            assert messages <= {"第1.0版から何も変わっていません。", "重点項目が一つもありません。"}
            with pytest.raises(AdoptionRefused):
                adopted(draft, secretariat)
            return
        edition = adopted(draft, secretariat)
        fates = list(edition.fates.select_related("before", "after"))
        old, new = (
            set(one.item_texts.values_list("focus_item", flat=True))
            for one in (small_edition, edition)
        )
        assert {fate.before_id for fate in fates if fate.before_id} == old
        assert {fate.after_id for fate in fates if fate.after_id} == new
        assert {(f.before_id, f.after_id) for f in fates if f.before_id == f.after_id} == {
            (item, item) for item in old & new
        }


@given(EDITS, EDITS)
@settings(laws, max_examples=6)
def test_over_two_editions_nothing_is_lost(
    small_edition: Edition, secretariat: User, first: list[Edit], second: list[Edit]
) -> None:
    with undone():
        draft = edited(small_edition, secretariat, first)
        if draft_review(draft).obstacles:
            return
        middle = adopted(draft, secretariat)
        last = edited(middle, secretariat, second)
        across = revision(small_edition, last)
        assert applied(across.comparison, words_of(across.old)) == words_of(across.new)
        accounted = [row for change in across.comparison.items for row in change.fates]
        old = {text.focus_item.code for text in across.old.items}
        new = {text.focus_item.code for text in across.new.items}
        assert {row.before.code for row in accounted if row.before} == old
        assert {row.after.code for row in accounted if row.after} == new


def test_a_draft_just_opened_says_what_its_base_says(
    small_edition: Edition, secretariat: User
) -> None:
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    assert words_of(edition_outline(draft)) == words_of(edition_outline(small_edition))
