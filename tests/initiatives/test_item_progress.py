"""Recording progress: by whom, under which rules, and that nothing typed is ever lost (G1–G4)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from answering import STATED
from django.test import Client
from query_counts import as_many_queries, asked_by, assert_as_many

from initiatives.enums import EntryKind
from initiatives.models import Initiative, ProgressEntry
from people.models import User
from plans.models import FocusItem

ADDRESS = "/items/1-A-1/progress/"
UNCHANGED = "/items/1-A-1/unchanged/"
Clients = Callable[[User | None], Client]
Record = Callable[..., ProgressEntry]


def typed(**overrides: Any) -> dict[str, Any]:
    """Return what a person sends who filled in everything that is asked."""
    return {
        "opened_revision": 1,
        "opened_entry": "",
        "as_of": "2026-10-01",
        **STATED,
        **overrides,
    }


LATE = {
    "rating": "late",
    "delay_cause": "調達が遅れた。",
    "countermeasure": "仕様を分ける。",
    "new_due_date": "令和9年3月31日",
}


def test_the_form_is_empty_with_the_last_entry_beside_it(
    responsible: FocusItem, record: Record, editor: User, client_of: Clients
) -> None:
    last = record(responsible, by=editor, achievements="前回の実績。")
    response = client_of(editor).get(ADDRESS)
    page, form = response.content.decode(), response.context["form"]

    assert "前回の実績。" in page[page.index("last-entry") :]
    assert "前回の実績。" not in str(form["achievements"])
    for name in ("status", "step", "rating", "direction"):
        assert '<option value="" selected>選んでください</option>' in str(form[name])
    assert 'value="2026-10-15"' in str(form["as_of"])
    assert (form["opened_revision"].value(), form["opened_entry"].value()) == (2, last.pk)


@pytest.mark.parametrize("role", ["editor", "certifier", "other_editor", "secretariat"])
def test_who_is_responsible_records(
    responsible: FocusItem, role: str, request: pytest.FixtureRequest, client_of: Clients
) -> None:
    user: User = request.getfixturevalue(role)
    response = client_of(user).post(ADDRESS, typed(), follow=True)
    entry = ProgressEntry.objects.get()

    assert response.redirect_chain == [("/items/1-A-1/", 302)]
    assert "1-A-1 の進捗を記録しました。" in response.content.decode()
    assert (entry.kind, entry.as_of, entry.recorded_by) == (
        EntryKind.UPDATE,
        date(2026, 10, 1),
        user,
    )
    assert entry.achievements == "三つの手続きで試行した。\n二行目。"
    assert Initiative.objects.get().revision == 2


@pytest.mark.parametrize("role", ["staff", "headquarters"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_are_refused(
    responsible: FocusItem,
    role: str,
    method: str,
    request: pytest.FixtureRequest,
    client_of: Clients,
) -> None:
    client = client_of(request.getfixturevalue(role))
    response = getattr(client, method)(ADDRESS, typed())

    assert response.status_code == 403
    assert "主担当課・関係課の入力者と確認者、事務局だけです" in response.content.decode()
    assert ProgressEntry.objects.count() == 0


def test_a_department_writes_of_its_own_items_only(
    responsible: FocusItem, editor: User, client_of: Clients
) -> None:
    assert client_of(editor).get("/items/1-A-2/progress/").status_code == 403


def test_anonymous_people_sign_in_first(responsible: FocusItem, client_of: Clients) -> None:
    response = client_of(None).get(ADDRESS)

    assert (response.status_code, response["Location"]) == (302, f"/login/?next={ADDRESS}")


def test_missing_items_and_wrong_methods(
    responsible: FocusItem, secretariat: User, client_of: Clients
) -> None:
    client = client_of(secretariat)

    assert client.get("/items/9-Z-9/progress/").status_code == 404
    assert client.put(ADDRESS).status_code == 405
    assert client.get(UNCHANGED).status_code == 405


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"rating_reason": "  "}, "rating_reason", "評価理由を書いてください。"),
        ({**LATE, "delay_cause": ""}, "delay_cause", "遅れの原因を書いてください。"),
        ({**LATE, "countermeasure": ""}, "countermeasure", "遅れの対応策を書いてください。"),
        ({**LATE, "new_due_date": ""}, "new_due_date", "新たな期限を入れてください。"),
        ({**LATE, "new_due_date": "2026-10-01"}, "new_due_date", "より後の日にしてください。"),
        ({**LATE, "new_due_date": "来年"}, "new_due_date", "「来年」は日付として読めません。"),
        ({"as_of": "2026-10-16"}, "as_of", "基準日に未来の日は入れられません。"),
        ({"as_of": "2026-05-31"}, "as_of", "以後の日にしてください。"),
        ({"as_of": ""}, "as_of", "日付を入れてください。"),
        ({"status": ""}, "status", "選んでください。"),
        ({"status": "done"}, "status", "「done」は選べません。"),
        ({"direction": ""}, "direction", "選んでください。"),
        ({"achievements": "あ" * 5001}, "achievements", "5000文字以内にしてください"),
    ],
)
def test_g3_what_is_wrong_is_named_and_nothing_typed_is_lost(
    responsible: FocusItem,
    record: Record,
    editor: User,
    client_of: Clients,
    wrong: dict[str, str],
    field: str,
    message: str,
) -> None:
    record(responsible, by=editor, as_of=date(2026, 6, 1))
    data = typed(outcome="失いたくない文章。", opened_revision=2) | wrong
    response = client_of(editor).post(ADDRESS, data)
    page, form = response.content.decode(), response.context["form"]

    assert response.status_code == 200
    assert any(message in error for error in form.errors[field])
    assert f'href="#id_{field}"' in page
    assert "失いたくない文章。" in page
    for name, value in data.items():
        assert form[name].value() == str(value)
    assert ProgressEntry.objects.count() == 1


def test_g3_late_with_everything_is_recorded(
    responsible: FocusItem, editor: User, client_of: Clients
) -> None:
    client_of(editor).post(ADDRESS, typed(**LATE))

    assert ProgressEntry.objects.get().new_due_date == date(2027, 3, 31)


def test_a_missing_revision_is_no_overwrite(
    responsible: FocusItem, editor: User, client_of: Clients
) -> None:
    response = client_of(editor).post(ADDRESS, typed(opened_revision=""))

    assert "opened_revision" in response.context["form"].errors
    assert ProgressEntry.objects.count() == 0


def test_g4_on_a_clash_both_texts_are_shown_and_nothing_is_lost(
    responsible: FocusItem, record: Record, editor: User, other_editor: User, client_of: Clients
) -> None:
    theirs = record(responsible, by=other_editor, achievements="4団体を調べた。")
    client = client_of(editor)
    response = client.post(ADDRESS, typed(achievements="5団体を調べた。"))
    page = response.content.decode()

    assert response.status_code == 409
    assert "入力している間に、ほかの人が記録しました" in page
    assert "企画課 企画 花子、" in page
    assert "4団体を調べた。" in page
    assert "<del>4</del><ins>5</ins>団体を調べた。" in page
    assert "5団体を調べた。</textarea>" in page
    assert ProgressEntry.objects.get() == theirs

    again = {field.name: field.value() or "" for field in response.context["form"]}
    assert (again["opened_revision"], again["opened_entry"]) == ("2", str(theirs.pk))
    assert client.post(ADDRESS, again).status_code == 302
    assert [e.achievements for e in ProgressEntry.objects.order_by("pk")] == [
        "4団体を調べた。",
        "5団体を調べた。",
    ]


def test_g4_a_change_of_departments_is_told_as_such(
    responsible: FocusItem, record: Record, editor: User, client_of: Clients
) -> None:
    entry = record(responsible, by=editor)
    Initiative.objects.update(revision=3)
    response = client_of(editor).post(ADDRESS, typed(opened_revision=2, opened_entry=entry.pk))

    assert response.status_code == 409
    assert "この項目の担当などが変わりました" in response.content.decode()


def test_g2_unchanged_is_an_answer_of_its_own(
    responsible: FocusItem, record: Record, editor: User, client_of: Clients
) -> None:
    first = record(responsible, by=editor)
    client = client_of(editor)
    page = client.get(ADDRESS).content.decode()
    response = client.post(UNCHANGED, {"as_of": "R8.10.15", "opened_revision": 2}, follow=True)
    entry = ProgressEntry.objects.latest("pk")

    assert "（状態「試行中」、進捗評価「順調」など）" in page
    assert "「変更なし」と記録しました。" in response.content.decode()
    assert (entry.kind, entry.repeats, entry.as_of) == ("unchanged", first, date(2026, 10, 15))
    assert entry.achievements == first.achievements


def test_unchanged_is_not_offered_without_an_entry(
    responsible: FocusItem, editor: User, client_of: Clients
) -> None:
    client = client_of(editor)
    response = client.post(UNCHANGED, {"as_of": "2026-10-01", "opened_revision": 1})

    assert "「変更なし」と記録する" not in client.get(ADDRESS).content.decode()
    assert "前回の記録がないので" in response.content.decode()
    assert ProgressEntry.objects.count() == 0


def test_unchanged_is_refused_past_the_new_due_date(
    responsible: FocusItem, record: Record, editor: User, client_of: Clients
) -> None:
    late = {**LATE, "new_due_date": date(2026, 10, 10)}
    record(responsible, by=editor, as_of=date(2026, 9, 1), **late)
    response = client_of(editor).post(UNCHANGED, {"as_of": "2026-10-15", "opened_revision": 2})

    assert "過ぎているので" in response.content.decode()


def test_unchanged_with_a_wrong_day_says_so(
    responsible: FocusItem, record: Record, editor: User, client_of: Clients
) -> None:
    record(responsible, by=editor)
    page = client_of(editor).post(UNCHANGED, {"as_of": "2027-01-01", "opened_revision": 2})

    assert "基準日に未来の日は入れられません。" in page.content.decode()
    assert 'href="#unchanged_as_of"' in page.content.decode()


def test_g4_unchanged_of_what_was_not_seen_is_told(
    responsible: FocusItem, record: Record, editor: User, client_of: Clients
) -> None:
    record(responsible, by=editor)
    client = client_of(editor)
    response = client.post(UNCHANGED, {"as_of": "2026-10-15", "opened_revision": 1})

    assert response.status_code == 409
    assert "最新の記録を確かめてから" in response.content.decode()
    assert response.context["unchanged"]["opened_revision"].value() == "2"
    assert ProgressEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "data"),
    [
        (ADDRESS, typed(opened_revision=2)),
        (UNCHANGED, {"as_of": "2026-10-15", "opened_revision": 2}),
    ],
)
def test_a_form_sent_twice_is_recorded_once(
    responsible: FocusItem,
    record: Record,
    editor: User,
    client_of: Clients,
    address: str,
    data: dict[str, Any],
) -> None:
    record(responsible, by=editor)
    client = client_of(editor)
    client.post(address, data)

    response = client.post(address, data, follow=True)

    assert "すでに記録されています。" in response.content.decode()
    assert response.redirect_chain == [("/items/1-A-1/", 302)]
    assert ProgressEntry.objects.count() == 2


def test_g4_the_same_words_of_two_people_are_told(
    responsible: FocusItem, editor: User, other_editor: User, client_of: Clients
) -> None:
    client_of(other_editor).post(ADDRESS, typed())

    assert client_of(editor).post(ADDRESS, typed()).status_code == 409


@pytest.mark.parametrize("role", ["staff", "headquarters"])
def test_unchanged_is_refused_to_others(
    responsible: FocusItem,
    record: Record,
    editor: User,
    role: str,
    request: pytest.FixtureRequest,
    client_of: Clients,
) -> None:
    record(responsible, by=editor)
    client = client_of(request.getfixturevalue(role))

    response = client.post(UNCHANGED, {"as_of": "2026-10-15", "opened_revision": 2})
    assert response.status_code == 403


def test_a_long_history_costs_no_queries(
    responsible: FocusItem, record: Record, secretariat: User, client_of: Clients
) -> None:
    client = client_of(secretariat)
    record(responsible, by=secretariat, as_of=date(2026, 4, 1))

    def posted(opened_revision: int, as_of: str) -> list[str]:
        sent = typed(opened_revision=opened_revision, as_of=as_of)
        responses = []
        queries = asked_by(lambda: responses.append(client.post(ADDRESS, sent)))
        assert responses[0].status_code == 302
        return [sql for sql in queries if "SAVEPOINT" not in sql]

    few = posted(2, "2026-04-02")
    with as_many_queries(client, ADDRESS):
        for day in range(1, 31):
            record(responsible, by=secretariat, as_of=date(2026, 5, day))
    assert_as_many(few, posted(33, "2026-09-30"), most=20)
