"""No item vanishes between editions (T3)."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.db import transaction
from draft_cast import adopted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import User
from plans.actions import open_draft
from plans.errors import TitleTaken
from plans.models import Edition, FocusItem, FocusItemText, ItemFate
from reviews.actions import amend_add, amend_end, amend_restore, amend_text
from reviews.errors import AdoptionRefused
from reviews.queries import draft_review, revision


def text_of(draft: Edition, code: str) -> FocusItemText | None:
    texts = FocusItemText.objects.select_related("edition", "policy__axis", "focus_item")
    return texts.filter(edition=draft, focus_item__code=code).first()


def fates(edition: Edition) -> list[tuple[str, str, str]]:
    rows = edition.fates.select_related("before", "after")
    return sorted((str(r.before or ""), str(r.after or ""), r.fate) for r in rows)


def test_a_text_dropped_behind_the_actions_back_stops_the_adoption(
    draft: Edition, secretariat: User
) -> None:
    draft.item_texts.filter(focus_item__code="1-A-2").delete()
    with pytest.raises(AdoptionRefused, match="1-A-2「遠隔相談」の終了に理由がありません"):
        adopted(draft, secretariat)
    assert ItemFate.objects.count() == 0


def test_a_text_changed_behind_the_actions_back_stops_the_adoption(
    draft: Edition, secretariat: User
) -> None:
    draft.item_texts.filter(focus_item__code="1-A-2").update(is_study=False, overview="裏口の概要")
    with pytest.raises(AdoptionRefused) as refusal:
        adopted(draft, secretariat)
    assert [(o.message, o.code) for o in refusal.value.obstacles] == [
        ("1-A-2「遠隔相談」の文言変更に理由がありません。", "1-A-2"),
        ("1-A-2「遠隔相談」の具体化（★解除）に理由がありません。", "1-A-2"),
    ]


def test_a_text_slipped_in_behind_the_actions_back_stops_the_adoption(
    draft: Edition, secretariat: User
) -> None:
    policy = draft.policies.select_related("axis").get(axis__number=1, letter="B")
    item = FocusItem.objects.create(plan=draft.plan, code="1-B-2")
    FocusItemText.objects.create(
        edition=draft, focus_item=item, policy=policy, number=2, title="裏口", overview="概要"
    )
    with pytest.raises(AdoptionRefused, match="1-B-2「裏口」の新設に理由がありません"):
        adopted(draft, secretariat)


def test_a_moved_text_counts_as_moved_and_asks_for_a_reason(
    draft: Edition, secretariat: User
) -> None:
    draft.item_texts.filter(focus_item__code="1-B-1").update(number=5)
    obstacles = draft_review(draft).obstacles
    assert [o.message for o in obstacles] == ["1-B-5「手続きの案内」の文言変更に理由がありません。"]


def test_every_item_is_accounted_for(draft: Edition, secretariat: User) -> None:
    first, study, guide = (text_of(draft, code) for code in ("1-A-1", "1-A-2", "1-B-1"))
    assert None not in (first, study, guide)
    amend_text(
        text=first,
        title="届出のオンライン化",
        overview=first.overview,
        is_study=False,
        opened_version=1,
        reason="改める。",
        by=secretariat,
    )
    amend_end(text=guide, opened_version=1, reason="終える。", by=secretariat)
    amend_add(
        policy=study.policy,
        title="書かない窓口",
        overview="概要",
        is_study=False,
        reason="始める。",
        by=secretariat,
    )
    edition = adopted(draft, secretariat)
    assert fates(edition) == sorted(
        [
            ("1-A-1", "1-A-1", "reworded"),
            ("1-A-2", "1-A-2", "same"),
            ("1-B-1", "", "ended"),
            ("2-A-1", "2-A-1", "same"),
            ("", "1-A-3", "new"),
        ]
    )


def test_an_item_added_and_ended_in_one_draft_leaves_no_trace_but_its_code(
    draft: Edition, secretariat: User
) -> None:
    first = text_of(draft, "1-A-1")
    assert first
    added = amend_add(
        policy=first.policy,
        title="仮",
        overview="概要",
        is_study=False,
        reason="始める。",
        by=secretariat,
    )
    amend_end(text=added, opened_version=1, reason="やめる。", by=secretariat)
    assert [o.message for o in draft_review(draft).obstacles] == [
        "第1.0版から何も変わっていません。"
    ]
    assert FocusItem.objects.filter(code="1-A-3").exists()


@contextmanager
def undone() -> Iterator[None]:
    """Undo whatever happens in the database inside the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["reword", "star", "end", "restore", "add"]),
        st.sampled_from(["1-A-1", "1-A-2", "1-A-3", "1-B-1", "2-A-1"]),
        st.sampled_from(["甲", "乙", "申請のオンライン化"]),
    ),
    max_size=8,
)


def apply_edit(draft: Edition, edit: tuple[str, str, str], by: User) -> None:
    """Do one edit as far as it makes sense on the draft as it stands."""
    kind, code, word = edit
    text = text_of(draft, code)
    if kind == "add":
        policy = draft.policies.select_related("axis", "edition").get(axis__number=1, letter="A")
        with suppress(TitleTaken):  # Refused, then: no edit.
            amend_add(
                policy=policy, title=word, overview="概要", is_study=False, reason="理由", by=by
            )
    elif kind == "restore" and text is None:
        item = FocusItem.objects.filter(code=code).first()
        if item is not None:
            amend_restore(draft=draft, focus_item=item, reason="理由", by=by)
    elif kind == "end" and text is not None:
        amend_end(text=text, opened_version=text.version, reason="理由", by=by)
    elif kind in ("reword", "star") and text is not None:
        amend_text(
            text=text,
            title=word if kind == "reword" else text.title,
            overview=text.overview,
            is_study=text.is_study != (kind == "star"),
            opened_version=text.version,
            reason="理由",
            by=by,
        )


@given(EDITS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_edited_every_item_has_one_fate_and_every_change_a_reason(
    small_edition: Edition, secretariat: User, edits: list[tuple[str, str, str]]
) -> None:
    with undone():
        draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
        for edit in edits:
            apply_edit(draft, edit, secretariat)
        revised = revision(small_edition, draft)
        assert all(not item.unexplained for item in revised.items)
        if revised.comparison.is_empty or not revised.new.items:
            with pytest.raises(AdoptionRefused):
                adopted(draft, secretariat)
            return
        edition = adopted(draft, secretariat)
        before = [row[0] for row in fates(edition) if row[0]]
        after = [row[1] for row in fates(edition) if row[1]]
        codes = small_edition.item_texts.values_list("focus_item__code", flat=True)
        assert sorted(before) == sorted(codes)
        new_codes = draft.item_texts.values_list("focus_item__code", flat=True)
        assert sorted(after) == sorted(new_codes)
        assert revision(edition, edition).comparison.is_empty
