"""What stands in the way of an adoption; it is never half (T2), and nothing of it changes afterwards (T1)."""

from collections.abc import Callable
from typing import Any

import pytest
from adopt_cast import DATES, URL, edition_words, filled, statuses
from django.db import DatabaseError, transaction
from django.test import Client
from draft_cast import ClientOf, adopted, reword, text_of

from initiatives.models import ProgressEntry
from people.models import User
from plans.errors import DraftRefused
from plans.models import Edition, FocusItemText, ItemFate
from revisions.actions.amending import amend_add, amend_end
from revisions.actions.explaining import explain_changes
from revisions.errors import AdoptionRefused, DraftChanged
from revisions.models import Amendment

Record = Callable[..., ProgressEntry]


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


def test_an_unchanged_draft_is_not_adopted(draft: Edition, client: Client) -> None:
    assert "disabled" in client.get(URL).content.decode()
    response = client.post(URL, filled(client))
    assert response.status_code == 409
    assert "第1.0版から何も変わっていません。" in response.content.decode()
    assert statuses() == {"1.0": "in_force", "1.1": "draft"}


def test_obstacles_are_listed_with_all_that_was_typed(amended: Edition, client: Client) -> None:
    FocusItemText.objects.filter(edition=amended, focus_item__code="2-A-1").update(overview=" ")
    response = client.post(URL, filled(client, basis="打った根拠"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "2-A-1「定型業務の自動化」の取組の概要が空です。" in page
    assert "2-A-1「定型業務の自動化」の文言変更に理由がありません。" in page
    assert 'href="/editions/draft/items/2-A-1/"' in page
    assert "打った根拠" in page
    assert 'value="2026-10-01"' in page
    assert statuses() == {"1.0": "in_force", "1.1": "draft"}


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"decided_on": ""}, "日付を入れてください。"),
        ({"effective_from": "あした"}, "「あした」は日付として読めません。"),
        ({"basis": " "}, "会議の決定によらない理由を書いてください。"),
        (
            {"decided_on": "2026-10-16", "effective_from": "2026-10-16"},
            "決定日に未来の日は入れられません。",
        ),
        ({"effective_from": "2026-09-30"}, "施行日は決定日以後の日にしてください。"),
        (
            {"decided_on": "2026-03-31", "effective_from": "2026-04-01"},
            "施行日は、第1.0版の施行日（令和8年4月1日）より後の日にしてください。",
        ),
    ],
)
def test_bad_input_changes_nothing_and_keeps_what_was_typed(
    amended: Edition, client: Client, bad: dict[str, str], message: str
) -> None:
    typed = filled(client, **bad)
    page = client.post(URL, typed).content.decode()
    assert message in page
    for name in ("decided_on", "effective_from", "basis"):
        assert typed[name].strip() in page
    assert statuses() == {"1.0": "in_force", "1.1": "draft"}


def test_a_draft_changed_after_it_was_looked_at_is_looked_at_again(
    amended: Edition, client: Client, secretariat: User
) -> None:
    sent = filled(client, basis="打った根拠")
    reword(amended, "2-A-1", title="後から変わった題", by=secretariat)
    response = client.post(URL, sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "確認の画面を開いた後に、案が変更されました。" in page
    assert "後から変わった題" in page
    assert "打った根拠" in page
    assert statuses()["1.1"] == "draft"
    form = response.context["form"]
    assert client.post(URL, {name: form[name].value() for name in form.fields}).status_code == 302
    assert statuses()["1.1"] == "in_force"


def test_the_action_refuses_a_draft_other_than_the_one_seen(
    amended: Edition, secretariat: User
) -> None:
    with pytest.raises(DraftChanged):
        adopted(amended, by=secretariat, digest="0" * 64)
    assert statuses()["1.1"] == "draft"


def test_the_second_of_two_adoptions_is_told(amended: Edition, client: Client) -> None:
    sent = filled(client)
    assert client.post(URL, sent).status_code == 302
    response = client.post(URL, sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "第1.1版はすでに施行されているので、変更できません。" in page
    assert DATES["basis"] in page


def test_adopting_what_is_adopted_is_refused_by_the_action(
    amended: Edition, secretariat: User
) -> None:
    adopted(amended, by=secretariat)
    with pytest.raises(DraftRefused, match="施行されているので"):
        adopted(amended, by=secretariat)


def test_the_refusal_of_the_action_names_all_obstacles(draft: Edition, secretariat: User) -> None:
    text_of(draft, "1-A-1").delete()
    with pytest.raises(AdoptionRefused) as refusal:
        adopted(draft, by=secretariat)
    assert [o.message for o in refusal.value.obstacles] == [
        "1-A-1「申請のオンライン化」の終了に理由がありません。"
    ]


# Never half (T2)


def test_an_adoption_that_fails_in_the_middle_leaves_everything_as_it_was(
    amended: Edition, secretariat: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = Edition.save

    def fails(self: Edition, *args: Any, **kwargs: Any) -> None:
        if self.status == "in_force":
            raise DatabaseError("the connection broke")
        saved(self, *args, **kwargs)

    monkeypatch.setattr(Edition, "save", fails)
    with pytest.raises(DatabaseError, match="the connection broke"):
        adopted(amended, by=secretariat)
    assert statuses() == {"1.0": "in_force", "1.1": "draft"}
    assert ItemFate.objects.count() == 0


def test_a_base_that_is_no_longer_in_force_stops_the_adoption_whole(
    amended: Edition, secretariat: User
) -> None:
    Edition.objects.filter(pk=amended.base_id).update(status="superseded")
    with pytest.raises(DraftRefused, match="もとの版が施行中ではない"):
        adopted(amended, by=secretariat)
    assert statuses()["1.1"] == "draft"
    assert ItemFate.objects.count() == 0


# Nothing of it changes afterwards (T1)


def test_the_actions_refuse_to_change_an_adopted_edition(
    amended: Edition, secretariat: User
) -> None:
    text = text_of(amended, "2-A-1")
    adopted(amended, by=secretariat)
    before = edition_words(amended)
    with pytest.raises(DraftRefused):
        reword(amended, "2-A-1", title="後から", by=secretariat)
    with pytest.raises(DraftRefused):
        amend_end(text=text, opened_version=1, reason="後から", by=secretariat)
    with pytest.raises(DraftRefused):
        amend_add(
            policy=text.policy, title="後", overview="", is_study=False, reason="後", by=secretariat
        )
    with pytest.raises(DraftRefused):
        explain_changes(draft=amended, focus_item=text.focus_item, reason="後", by=secretariat)
    assert edition_words(amended) == before


def test_the_database_keeps_reasons_and_fates_for_ever(amended: Edition, secretariat: User) -> None:
    adopted(amended, by=secretariat)
    for rows in (Amendment.objects.all(), ItemFate.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Amendment.objects.update(reason="書き換え")
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemFate.objects.update(fate="same")
