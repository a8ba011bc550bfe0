"""The pages of studies: reading and writing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from assigning import lead
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from meeting_cast import decided
from query_counts import as_many_queries
from studying import PDF, PNG, QUESTION, asked, kept, noted, star, upload

from initiatives.models import Evidence, ProgressEntry, Study
from people.models import Department, User
from plans.actions.drafting.opening import open_draft
from plans.models import Edition, FocusItem, FocusItemText
from reviews.enums import DecisionKind
from revisions.actions.adoption import adopt_edition
from revisions.actions.amending import amend_end

Clients = Callable[[User | None], Client]
PAGE, NOTES, FILES, LIST, ITEM = (
    "/items/1-A-2/study/",
    "/items/1-A-2/study/notes/",
    "/items/1-A-2/study/files/",
    "/studies/",
    "/items/1-A-2/",
)
TYPED = "長く考えて書いた文章。\n二段落目。"


def shown(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_the_question_the_notes_and_the_papers(
    study: Study, editor: User, staff: User, client_of: Clients
) -> None:
    noted(study, editor, "一つ目の記録。")
    noted(study, editor, "二つ目の記録。")
    kept(study, editor)

    page = shown(client_of(staff))

    for words in (QUESTION, "令和8年12月25日", "あと71日", "聞き取りの結果", "聞き取り.pdf"):
        assert words in page, words
    assert page.index("二つ目の記録。") < page.index("一つ目の記録。")
    assert "福祉課 担当 太郎" in page
    assert "<form class" not in page, "who may only read is offered no form"


def test_a_study_that_is_overdue_is_marked(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    asked(secretariat, review_by=date(2026, 10, 14))

    assert "▲ 1日過ぎ" in shown(client_of(secretariat))
    assert "▲ 1日過ぎ" in shown(client_of(secretariat), LIST)
    assert "期限を過ぎています" in shown(client_of(secretariat), ITEM)


@pytest.mark.parametrize("kind", [DecisionKind.CONCRETISE, DecisionKind.STOP])
def test_a_study_that_was_decided_upon_is_overdue_nowhere(
    kind: DecisionKind,
    small_edition: Edition,
    responsible: FocusItem,
    record: Callable[..., ProgressEntry],
    secretariat: User,
    client_of: Clients,
) -> None:
    record(responsible, by=secretariat)
    asked(secretariat, review_by=date(2026, 10, 14))
    assert "うち1項目は見直しの期限を過ぎて" in shown(client_of(secretariat), "/")

    decided(small_edition, secretariat, None, FocusItem.objects.get(code="1-A-2"), kind=kind)

    for address in (PAGE, LIST, ITEM, "/"):
        assert "過ぎ" not in shown(client_of(secretariat), address), address


def test_the_item_leads_staff_to_its_study(
    study: Study, responsible: FocusItem, staff: User, client_of: Clients
) -> None:
    link = f'href="{PAGE}"'

    assert link in shown(client_of(staff), ITEM)
    assert QUESTION in shown(client_of(staff), ITEM)
    assert link not in shown(client_of(None), ITEM)
    assert QUESTION not in shown(client_of(None), ITEM)
    assert "検討の記録を見る" not in shown(client_of(staff), "/items/1-A-1/")


def test_the_department_asks_and_changes_the_question(
    small_edition: Edition,
    welfare: Department,
    secretariat: User,
    editor: User,
    client_of: Clients,
) -> None:
    lead("1-A-2", welfare, secretariat)
    client = client_of(editor)
    first = {"question": QUESTION, "review_by": "令和8年12月25日", "opened_version": 0}
    assert client.post(PAGE, first).headers["Location"] == PAGE
    client.post(PAGE, {"question": "別の問い。", "review_by": "", "opened_version": 1})

    study = Study.objects.get()
    assert (study.question, study.review_by, study.version) == ("別の問い。", None, 2)
    assert "前の問い（1件）" in shown(client)
    assert QUESTION in shown(client)


def test_bad_input_loses_nothing(study: Study, editor: User, client_of: Clients) -> None:
    response = client_of(editor).post(
        PAGE, {"question": TYPED, "review_by": "二月三十日", "opened_version": 1}
    )
    form = response.context["question_form"]

    assert "「二月三十日」は日付として読めません" in response.content.decode()
    assert form["question"].value() == TYPED
    assert Study.objects.get().question == QUESTION


def test_g4_a_question_that_meets_another_shows_both(
    study: Study, editor: User, secretariat: User, client_of: Clients
) -> None:
    asked(secretariat, question="事務局の問い。", opened_version=1)
    sent = {"question": TYPED, "review_by": "2026-11-30", "opened_version": 1}
    response = client_of(editor).post(PAGE, sent)
    page, form = response.content.decode(), response.context["form"]

    assert response.status_code == 409
    for words in ("まだ保存していません", "事務局の問い。", QUESTION, "令和8年12月25日"):
        assert words in page, words
    assert form["question"].value().split() == TYPED.split()
    assert form["opened_version"].value() == "2"
    assert Study.objects.get().question == "事務局の問い。"

    client_of(editor).post(PAGE, {**sent, "opened_version": 2})
    assert Study.objects.get().question == TYPED


def test_a_question_that_is_sent_twice_is_no_clash(
    study: Study, editor: User, client_of: Clients
) -> None:
    sent = {"question": "別の問い。", "review_by": "", "opened_version": 1}

    assert [client_of(editor).post(PAGE, sent).status_code for _ in range(2)] == [302, 302]
    assert Study.objects.get().version == 2


def test_a_note_is_added(study: Study, editor: User, client_of: Clients) -> None:
    client = client_of(editor)

    assert client.post(NOTES, {"text": TYPED}).headers["Location"] == PAGE
    assert study.notes.get().text == TYPED
    again = client.post(NOTES, {"text": TYPED})
    assert "同じ記録を、すでに加えてあります。" in again.content.decode()
    assert study.notes.count() == 1


def test_a_note_comes_after_the_question(
    small_edition: Edition, secretariat: User, client_of: Clients
) -> None:
    client = client_of(secretariat)
    response = client.post(NOTES, {"text": TYPED})

    assert "先に、検討する問いを書いてください。" in response.content.decode()
    assert response.context["note_form"]["text"].value() == TYPED
    refused = upload(client, "調査.pdf", PDF)
    assert "先に、検討する問いを書いてください。" in refused.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("role", ["staff", "headquarters", "other_editor", "outsider"])
def test_others_read_but_do_not_write(
    study: Study, role: str, request: pytest.FixtureRequest, client_of: Clients
) -> None:
    client = client_of(request.getfixturevalue(role))

    assert QUESTION in shown(client)
    for response in (
        client.post(PAGE, {"question": "x", "opened_version": 1}),
        client.post(NOTES, {"text": "x"}),
        upload(client, "調査.pdf", PDF),
    ):
        assert response.status_code == 403
        assert "主担当課・関係課の入力者と確認者、事務局だけです" in response.content.decode()
    assert (study.notes.count(), Evidence.objects.count()) == (0, 0)


def test_an_item_without_star_and_without_record_has_no_study(
    responsible: FocusItem, secretariat: User, client_of: Clients
) -> None:
    client = client_of(secretariat)

    assert client.get("/items/1-A-1/study/").status_code == 404
    assert client.get("/items/9-Z-9/study/").status_code == 404
    assert client.post("/items/1-A-1/study/", {}).status_code == 404


def test_an_item_that_lost_its_star_keeps_its_record_to_be_read(
    lost_star: Study, editor: User, client_of: Clients
) -> None:
    address = "/items/1-A-1/study/"
    client = client_of(editor)
    page = shown(client, address)

    assert QUESTION in page
    assert "いまは検討項目ではありません" in page
    assert "<textarea" not in page
    assert f'href="{address}"' in shown(client, "/items/1-A-1/")
    assert f'href="{address}"' in shown(client, LIST)


def test_who_was_typing_when_the_star_went_keeps_the_text(
    lost_star: Study, editor: User, client_of: Clients
) -> None:
    client, address = client_of(editor), "/items/1-A-1/study/"
    asked_again = client.post(address, {"question": TYPED, "review_by": "", "opened_version": 1})
    note = client.post(f"{address}notes/", {"text": TYPED})

    assert asked_again.context["question_form"]["question"].value() == TYPED
    assert note.context["note_form"]["text"].value() == TYPED
    for response in (asked_again, note):
        assert "もう書き加えられません。" in response.content.decode()
    assert (Study.objects.get().question, lost_star.notes.count()) == (QUESTION, 0)


@pytest.fixture
def ended(study: Study, small_edition: Edition, secretariat: User) -> Study:
    """The study of 1-A-2, which 第1.1版 ended."""
    draft = open_draft(base=small_edition, major=1, minor=1, by=secretariat)
    text = FocusItemText.objects.select_related("edition").get(edition=draft, focus_item=star())
    amend_end(text=text, opened_version=1, reason="終える。", by=secretariat)
    adopt_edition(
        edition=draft,
        decided_on=date(2026, 10, 1),
        effective_from=date(2026, 10, 10),
        basis="本部会議",
        by=secretariat,
    )
    return study


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        (PAGE, {"question": TYPED, "review_by": "", "opened_version": 1}),
        (NOTES, {"text": TYPED}),
        (FILES, {"title": TYPED}),
    ],
)
def test_the_study_of_an_item_that_was_ended_is_closed_and_keeps_what_was_typed(
    ended: Study, editor: User, client_of: Clients, address: str, sent: dict[str, Any]
) -> None:
    client = client_of(editor)
    assert "<textarea" not in shown(client)
    assert "計画から外れています" in shown(client)

    data = {**sent, "file": SimpleUploadedFile("a.pdf", PDF)} if address == FILES else sent
    page = client.post(address, data).content.decode()

    assert "この項目は計画から外れたので、もう書き加えられません。" in page
    assert TYPED.splitlines()[0] in page
    ended.refresh_from_db()
    assert (ended.question, ended.notes.count(), ended.evidence.count()) == (QUESTION, 0, 0)


def test_the_list_tells_question_due_last_note_and_outcome(
    study: Study, editor: User, staff: User, client_of: Clients
) -> None:
    noted(study, editor, "三課に聞いた。")
    kept(study, editor)

    page = shown(client_of(staff), LIST)

    for words in ("遠隔相談", "福祉課", QUESTION, "三課に聞いた。", "記録1件、資料1件", "まだ"):
        assert words in page, words
    assert f'href="{PAGE}"' in page
    assert "申請のオンライン化" not in page, "no ★ item"


def test_a_long_record_takes_as_many_queries_as_a_short_one(
    study: Study, secretariat: User, editor: User, client_of: Clients
) -> None:
    client = client_of(secretariat)
    noted(study, editor)
    client.get(f"{FILES}{kept(study, editor).pk}/")
    with as_many_queries(client, PAGE, LIST):
        for number in range(8):
            noted(study, editor, f"記録{number}")
            evidence = kept(study, editor, name=f"{number}.png", content=PNG + bytes([number]))
            client.get(f"{FILES}{evidence.pk}/")
            asked(editor, question=f"問い{number}", opened_version=number + 1)
        for item in FocusItem.objects.exclude(code=star().code):
            asked(editor, focus_item=item)
