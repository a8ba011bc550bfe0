"""No item vanishes between editions (T3)."""

import pytest
from draft_cast import adopted

from people.models import User
from plans.models import Edition, FocusItem, FocusItemText, ItemFate
from revisions.actions.amending import amend_add, amend_end, amend_text
from revisions.errors import AdoptionRefused
from revisions.queries.drafts import draft_review


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
    assert [o.message for o in obstacles] == [
        "1-B-5「手続きの案内」の番号の変更に理由がありません。"
    ]


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
