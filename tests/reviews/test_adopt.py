"""/editions/draft/adopt/: what will be fixed for good, and fixing it (T1, T2)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.models import ProgressEntry
from people.models import User
from plans.errors import DraftRefused
from plans.models import Edition, FocusItem, FocusItemText, ItemFate
from reviews.actions import adopt_edition, amend_add, amend_end, amend_text, explain_changes
from reviews.errors import AdoptionRefused, DraftChanged
from reviews.models import Amendment
from reviews.queries import draft_review

ClientOf = Callable[[User | None], Client]
Record = Callable[..., ProgressEntry]
URL = "/editions/draft/adopt/"
DATES = {"decided_on": "2026-10-01", "effective_from": "2026-10-10", "basis": "令和8年度の本部会議"}


def text_of(edition: Edition, code: str) -> FocusItemText:
    return FocusItemText.objects.select_related("edition", "policy__axis", "focus_item").get(
        edition=edition, focus_item__code=code
    )


def retitle(edition: Edition, code: str, title: str, *, by: User) -> None:
    text = text_of(edition, code)
    amend_text(
        text=text,
        title=title,
        overview=text.overview,
        is_study=text.is_study,
        opened_version=text.version,
        reason="語を改めるため。",
        by=by,
    )


@pytest.fixture
def changed(draft: Edition, secretariat: User) -> Edition:
    """第1.1版（案） with one item reworded, one made concrete, one ended and one added."""
    retitle(draft, "1-A-1", "届出のオンライン化", by=secretariat)
    study = text_of(draft, "1-A-2")
    amend_text(
        text=study,
        title=study.title,
        overview=study.overview,
        is_study=False,
        opened_version=study.version,
        reason="実施を決めたため。",
        by=secretariat,
    )
    amend_end(text=text_of(draft, "1-B-1"), opened_version=1, reason="終えるため。", by=secretariat)
    amend_add(
        policy=text_of(draft, "2-A-1").policy,
        title="業務の見直し",
        overview="自動化の前に見直します。",
        is_study=True,
        reason="順序を改めるため。",
        by=secretariat,
    )
    return draft


@pytest.fixture
def client(secretariat: User, client_of: ClientOf) -> Client:
    return client_of(secretariat)


def filled(client: Client, **overrides: str) -> dict[str, Any]:
    """Return what the page's form sends once its dates and its basis are filled in."""
    form = client.get(URL).context["form"]
    hidden = {name: form.initial[name] for name in ("opened_edition", "digest")}
    return {**DATES, **hidden, **overrides}


def statuses() -> dict[str, str]:
    return {edition.number: edition.status for edition in Edition.objects.all()}


# It works


def test_the_page_shows_what_will_be_fixed(changed: Edition, client: Client) -> None:
    response = client.get(URL)
    page = response.content.decode()
    assert "第1.1版を施行する" in page
    assert "取り消しはできません" in page
    assert "4項目（うち検討項目★ 1項目）" in page
    assert [(str(f), n) for f, n in response.context["review"].fate_counts] == [
        ("same", 1),
        ("reworded", 2),
        ("ended", 1),
        ("new", 1),
    ]
    assert "具体化（★解除） 1項目、検討項目とする（★付与） 0項目" in page
    assert "disabled" not in page
    assert statuses() == {"1.0": "in_force", "1.1": "draft"}


def test_adoption_brings_the_draft_into_force_and_supersedes_its_base(
    changed: Edition, client: Client, secretariat: User
) -> None:
    response = client.post(URL, filled(client), follow=True)
    assert response.redirect_chain == [("/editions/1.1/", 302)]
    assert "第1.1版を施行しました。" in response.content.decode()
    assert statuses() == {"1.0": "superseded", "1.1": "in_force"}
    adopted = Edition.objects.get(minor=1)
    assert (adopted.decided_on, adopted.effective_from) == (date(2026, 10, 1), date(2026, 10, 10))
    assert (adopted.adoption_basis, adopted.adopted_by) == ("令和8年度の本部会議", secretariat)


def test_japanese_dates_are_understood(changed: Edition, client: Client) -> None:
    client.post(URL, filled(client, decided_on="令和８年１０月１日", effective_from="R8.10.10"))
    assert Edition.objects.get(minor=1).effective_from == date(2026, 10, 10)


def test_the_first_edition_is_adopted_with_its_dates(small_draft: Edition, client: Client) -> None:
    page = client.get(URL).content.decode()
    assert "との関係" not in page
    client.post(URL, filled(client, decided_on="2026-03-25", effective_from="2026-04-01"))
    assert statuses() == {"1.0": "in_force"}
    assert ItemFate.objects.count() == 0


def test_the_living_plan_shows_the_new_edition(changed: Edition, client: Client) -> None:
    assert "第1.0版" in client.get("/").content.decode()
    client.post(URL, filled(client))
    page = client.get("/").content.decode()
    assert "第1.1版" in page
    assert "届出のオンライン化" in page
    assert "手続きの案内" not in page


def test_the_old_edition_keeps_its_page_but_for_the_line_of_its_status(
    changed: Edition, client: Client, client_of: ClientOf
) -> None:
    passer_by = client_of(None)
    before = passer_by.get("/editions/1.0/").content.decode().splitlines()
    outline_before = edition_words(changed.base)
    client.post(URL, filled(client))
    after = passer_by.get("/editions/1.0/").content.decode().splitlines()
    assert edition_words(changed.base) == outline_before
    assert len(before) == len(after)
    differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [("施行中" in old, "旧版" in new) for old, new in differing] == [(True, True)]
    assert "申請のオンライン化" in "".join(after)
    assert "届出のオンライン化" not in "".join(after)


def edition_words(edition: Edition | None) -> list[tuple[Any, ...]]:
    assert edition is not None
    return list(
        edition.item_texts.order_by("pk").values_list(
            "focus_item__code", "title", "overview", "is_study", "number", "version"
        )
    )


def test_items_keep_their_record_across_the_bump(
    changed: Edition, client: Client, secretariat: User, record: Record
) -> None:
    for code in ("1-A-1", "1-B-1"):
        record(FocusItem.objects.get(code=code), by=secretariat, achievements=f"{code}の実績")
    entries = list(ProgressEntry.objects.order_by("pk").values())
    client.post(URL, filled(client))
    assert list(ProgressEntry.objects.order_by("pk").values()) == entries
    for code in ("1-A-1", "1-B-1"):
        page = client.get(f"/items/{code}/").content.decode()
        assert f"{code}の実績" in page


def test_after_adoption_the_next_draft_can_be_opened(changed: Edition, client: Client) -> None:
    client.post(URL, filled(client))
    client.post("/editions/draft/open/", {"number": "1.2"})
    assert statuses() == {"1.0": "superseded", "1.1": "in_force", "1.2": "draft"}


# What stands in the way


def test_an_unchanged_draft_is_not_adopted(draft: Edition, client: Client) -> None:
    assert "disabled" in client.get(URL).content.decode()
    response = client.post(URL, filled(client))
    assert response.status_code == 409
    assert "第1.0版から何も変わっていません。" in response.content.decode()
    assert statuses() == {"1.0": "in_force", "1.1": "draft"}


def test_obstacles_are_listed_with_all_that_was_typed(changed: Edition, client: Client) -> None:
    FocusItemText.objects.filter(edition=changed, focus_item__code="2-A-1").update(overview=" ")
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
        ({"basis": " "}, "施行の根拠を書いてください。"),
        (
            {"decided_on": "2026-10-16", "effective_from": "2026-10-16"},
            "決定日に未来の日は入れられません。",
        ),
        ({"effective_from": "2026-10-16"}, "施行日に未来の日は入れられません。"),
        ({"effective_from": "2026-09-30"}, "施行日は決定日以後の日にしてください。"),
        (
            {"decided_on": "2026-03-31", "effective_from": "2026-04-01"},
            "施行日は、第1.0版の施行日（2026-04-01）より後の日にしてください。",
        ),
    ],
)
def test_bad_input_changes_nothing_and_keeps_what_was_typed(
    changed: Edition, client: Client, bad: dict[str, str], message: str
) -> None:
    typed = filled(client, **bad)
    page = client.post(URL, typed).content.decode()
    assert message in page
    for name in ("decided_on", "effective_from", "basis"):
        assert typed[name].strip() in page
    assert statuses() == {"1.0": "in_force", "1.1": "draft"}


def test_a_draft_changed_after_it_was_looked_at_is_looked_at_again(
    changed: Edition, client: Client, secretariat: User
) -> None:
    sent = filled(client, basis="打った根拠")
    retitle(changed, "2-A-1", "後から変わった題", by=secretariat)
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
    changed: Edition, secretariat: User
) -> None:
    with pytest.raises(DraftChanged):
        adopt(changed, by=secretariat, digest="0" * 64)
    assert statuses()["1.1"] == "draft"


def adopt(edition: Edition, *, by: User, digest: str | None = None) -> Edition:
    return adopt_edition(
        edition=edition,
        decided_on=date(2026, 10, 1),
        effective_from=date(2026, 10, 10),
        basis="本部会議",
        by=by,
        digest=digest,
    )


def test_the_second_of_two_adoptions_is_told(changed: Edition, client: Client) -> None:
    sent = filled(client)
    assert client.post(URL, sent).status_code == 302
    response = client.post(URL, sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "第1.1版はすでに施行されているので、変更できません。" in page
    assert DATES["basis"] in page


def test_adopting_what_is_adopted_is_refused_by_the_action(
    changed: Edition, secretariat: User
) -> None:
    adopt(changed, by=secretariat)
    with pytest.raises(DraftRefused, match="すでに施行されています"):
        adopt(changed, by=secretariat)


# Never half (T2)


def test_an_adoption_that_fails_in_the_middle_leaves_everything_as_it_was(
    changed: Edition, secretariat: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = Edition.save

    def fails(self: Edition, *args: Any, **kwargs: Any) -> None:
        if self.status == "in_force":
            raise DatabaseError("the connection broke")
        saved(self, *args, **kwargs)

    monkeypatch.setattr(Edition, "save", fails)
    with pytest.raises(DatabaseError, match="the connection broke"):
        adopt(changed, by=secretariat)
    assert statuses() == {"1.0": "in_force", "1.1": "draft"}
    assert ItemFate.objects.count() == 0


def test_a_base_that_is_no_longer_in_force_stops_the_adoption_whole(
    changed: Edition, secretariat: User
) -> None:
    Edition.objects.filter(pk=changed.base_id).update(status="superseded")
    with pytest.raises(DraftRefused, match="もとの版が施行中ではない"):
        adopt(changed, by=secretariat)
    assert statuses()["1.1"] == "draft"
    assert ItemFate.objects.count() == 0


# Nothing of it changes afterwards (T1)


def test_the_actions_refuse_to_change_an_adopted_edition(
    changed: Edition, secretariat: User
) -> None:
    text = text_of(changed, "2-A-1")
    adopt(changed, by=secretariat)
    before = edition_words(changed)
    with pytest.raises(DraftRefused):
        retitle(changed, "2-A-1", "後から", by=secretariat)
    with pytest.raises(DraftRefused):
        amend_end(text=text, opened_version=1, reason="後から", by=secretariat)
    with pytest.raises(DraftRefused):
        amend_add(
            policy=text.policy, title="後", overview="", is_study=False, reason="後", by=secretariat
        )
    with pytest.raises(DraftRefused):
        explain_changes(draft=changed, focus_item=text.focus_item, reason="後", by=secretariat)
    assert edition_words(changed) == before


def test_the_database_keeps_reasons_and_fates_for_ever(changed: Edition, secretariat: User) -> None:
    adopt(changed, by=secretariat)
    for rows in (Amendment.objects.all(), ItemFate.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Amendment.objects.update(reason="書き換え")
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemFate.objects.update(fate="same")


# It is refused


def test_looking_never_adopts(changed: Edition, client: Client) -> None:
    client.get(URL, DATES)
    client.head(URL)
    assert statuses()["1.1"] == "draft"
    assert client.put(URL).status_code == 405


@pytest.mark.parametrize("role", ["staff", "editor", "certifier", "headquarters"])
def test_only_the_secretariat_adopts(
    changed: Edition, client_of: ClientOf, request: pytest.FixtureRequest, role: str
) -> None:
    client = client_of(request.getfixturevalue(role))
    assert client.get(URL).status_code == 403
    sent = {**DATES, "digest": draft_review(changed).digest(), "opened_edition": "1.1"}
    response = client.post(URL, sent)
    assert response.status_code == 403
    assert statuses()["1.1"] == "draft"


def test_a_passer_by_signs_in_first(changed: Edition, client_of: ClientOf) -> None:
    assert client_of(None).get(URL).headers["Location"] == f"/login/?next={URL}"
    client_of(None).post(URL, {**DATES, "digest": draft_review(changed).digest()})
    assert statuses()["1.1"] == "draft"


def test_without_a_draft_there_is_nothing_to_adopt(small_edition: Edition, client: Client) -> None:
    assert client.get(URL).headers["Location"] == "/editions/draft/"
    assert client.post(URL, DATES).status_code == 409


def test_the_refusal_of_the_action_names_all_obstacles(draft: Edition, secretariat: User) -> None:
    text_of(draft, "1-A-1").delete()
    with pytest.raises(AdoptionRefused) as refusal:
        adopt(draft, by=secretariat)
    assert [o.message for o in refusal.value.obstacles] == [
        "1-A-1「申請のオンライン化」の終了に理由がありません。"
    ]


def test_the_page_asks_the_database_as_often_for_many_changes_as_for_few(
    changed: Edition, client: Client, secretariat: User
) -> None:
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for number in range(30):
        amend_add(
            policy=text_of(changed, "1-A-1").policy,
            title=f"項目{number}",
            overview="概要",
            is_study=False,
            reason="増やす。",
            by=secretariat,
        )
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(many) == len(few)
