"""On what an adoption rests: a decision of the DX推進本部, or the reason why none."""

import pytest
from adopt_cast import URL, filled, statuses
from beginnings import lasting
from django.test import Client
from draft_cast import ClientOf
from meeting_cast import decided, held, put, verdict
from row_numbers import ABSENT

from people.models import User
from plans.models import Edition, FocusItem
from reviews.actions.deciding import record_decision
from reviews.enums import AgendaKind, DecisionKind
from reviews.models import Decision
from revisions.models import AdoptionDecision

IN_WORDS = "令和8年度第1回DX推進本部会議の決定（R8-1-2 改定）"


@pytest.fixture
@lasting
def approval(amended: Edition, secretariat: User) -> Decision:
    """What a sitting of yesterday, which had the draft before it, decided: 改定."""
    base = amended.base
    assert base is not None
    meeting = base.plan.meetings.first() or held(base, secretariat)
    item = put(meeting, secretariat, "改定案", kind=AgendaKind.AMENDMENT, edition=amended)
    approved = verdict(kind=DecisionKind.AMENDMENT, text="案のとおり改定する。")
    return record_decision(agenda_item=item, verdict=approved, by=secretariat)


def offered(client: Client) -> dict[str, list[str]]:
    """Return the lines of the select by their group."""
    choices = client.get(URL).context["form"].fields["decision"].choices
    return {
        label: [line for _, line in lines]
        for label, lines in choices
        if isinstance(lines, list | tuple)
    }


def test_decisions_of_sittings_on_the_draft_come_first(
    approval: Decision, desk: Client, secretariat: User, amended: Edition
) -> None:
    base = amended.base
    assert base is not None
    other = held(base, secretariat, number=2)
    record_decision(
        agenda_item=put(other, secretariat, "別の件"),
        verdict=verdict(text="了承。"),
        by=secretariat,
    )

    groups = offered(desk)

    assert list(groups) == ["この案を議題にした会議の決定", "そのほかの会議の決定"]
    assert groups["この案を議題にした会議の決定"] == [
        "R8-1-1 具体化（★解除）：検討の結果のとおり具体化する。",
        "R8-1-2 改定：案のとおり改定する。",
    ]
    assert groups["そのほかの会議の決定"] == ["R8-2-1 了承：了承。"]


def test_what_is_no_approval_is_not_offered(
    amended: Edition, desk: Client, secretariat: User
) -> None:
    item = FocusItem.objects.get(code="1-A-2")
    decided(amended, secretariat, None, item, kind=DecisionKind.STOP, text="中止する。")

    assert "中止する。" not in str(offered(desk))
    assert "具体化する。" in str(offered(desk))


def test_an_adoption_keeps_its_decision_and_says_it_in_words(
    approval: Decision, desk: Client, client_of: ClientOf, staff: User
) -> None:
    sent = filled(desk, decision=str(approval.pk), basis="", decided_on="2026-10-14")
    desk.post(URL, {**sent, "effective_from": "2026-10-15"})

    edition = Edition.objects.get(minor=1)
    assert AdoptionDecision.objects.get(edition=edition).decision == approval
    assert edition.adoption_basis == IN_WORDS
    page = client_of(staff).get("/editions/").content.decode()
    assert f'href="{approval.get_absolute_url()}">決定 R8-1-2 改定</a>' in page
    passer_by = client_of(None).get("/editions/").content.decode()
    assert IN_WORDS in passer_by
    assert approval.get_absolute_url() not in passer_by


def test_words_of_ones_own_stay_beside_a_decision(approval: Decision, desk: Client) -> None:
    sent = filled(desk, decision=str(approval.pk), basis="市長決裁", decided_on="2026-10-14")
    desk.post(URL, {**sent, "effective_from": "2026-10-15"})

    assert Edition.objects.get(minor=1).adoption_basis == "市長決裁"


@pytest.mark.parametrize(
    ("overrides", "told"),
    [
        ({"decision": "", "basis": ""}, "会議の決定によらない理由を書いてください。"),
        ({"decision": str(ABSENT)}, "決定を、表示されている中から選んでください。"),
        ({"decision": "x"}, "決定を、表示されている中から選んでください。"),
        (
            {"decided_on": "2026-10-13"},
            "選んだ決定の会議（令和8年10月14日）以後の日にしてください。",
        ),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(
    approval: Decision, desk: Client, overrides: dict[str, str], told: str
) -> None:
    sent = filled(desk, **{"decision": str(approval.pk), **overrides})

    page = desk.post(URL, sent).content.decode()

    assert told in page
    assert sent["effective_from"] in page
    assert sent["basis"] in page
    assert statuses()["1.1"] == "draft"


def test_without_a_decision_the_reason_is_kept(amended: Edition, desk: Client) -> None:
    desk.post(URL, filled(desk, basis="決裁。軽易な変更のため会議にかけていない。"))

    assert Edition.objects.get(minor=1).adoption_basis.startswith("決裁。")
    assert not AdoptionDecision.objects.exists()
