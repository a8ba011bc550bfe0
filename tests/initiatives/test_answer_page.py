"""Answering one item: drafts, sending, clashes; nothing typed is ever lost (G3, G4)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from assigning import assign
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.actions import (
    AnswerContent,
    accept_answer,
    close_round,
    return_answer,
    save_answer,
    send_answer,
)
from initiatives.enums import AnswerKind, AnswerState
from initiatives.models import Answer, ProgressEntry, ReportingRound
from people.models import Department, User
from plans.models import FocusItem

Clients = Callable[[User | None], Client]
Content = Callable[..., AnswerContent]
Record = Callable[..., ProgressEntry]


def typed(**overrides: Any) -> dict[str, Any]:
    """Return what a person sends who filled in everything that is asked."""
    return {
        "opened_revision": 0,
        "wish": "send",
        "status": "piloting",
        "step": "action",
        "rating": "on_track",
        "rating_reason": "予定どおり。",
        "achievements": "三つの手続きで試行した。\r\n二行目。",
        "outcome": "",
        "problem": "",
        "delay_cause": "",
        "countermeasure": "",
        "new_due_date": "",
        "next_steps": "",
        "direction": "continue",
        **overrides,
    }


LITTLE = {"opened_revision": 0, "wish": "save", "problem": "人手が足りない。"}


def address(answer: Answer, step: str = "") -> str:
    return f"/rounds/{answer.round_id}/answers/1-A-1/{step}"


def now(answer: Answer) -> Answer:
    return Answer.objects.with_names().get(pk=answer.pk)


def accepted(answer: Answer, by: User) -> Answer:
    answer = Answer.objects.with_names().get(pk=answer.pk)
    revision = answer.initiative.revision
    return accept_answer(
        answer=answer, opened_revision=answer.revision, initiative_revision=revision, by=by
    )


@pytest.fixture
def after_last_year(
    responsible: FocusItem,
    record: Record,
    editor: User,
    open_the_round: Callable[..., ReportingRound],
) -> Answer:
    """The answer of 1-A-1 with an entry of last year beside it."""
    record(responsible, by=editor, as_of=date(2026, 3, 31), achievements="前回の実績。")
    round = open_the_round(instructions="数を入れて書いてください。")
    return Answer.objects.with_names().get(round=round, initiative__focus_item=responsible)


class TestTheForm:
    def test_is_empty_with_what_was_said_last_beside_each_field(
        self, after_last_year: Answer, editor: User, client_of: Clients
    ) -> None:
        response = client_of(editor).get(address(after_last_year))
        page, form = response.content.decode(), response.context["form"]

        assert '<p class="said" data-last="id_achievements">前回の実績。</p>' in page
        assert "前回の実績。" not in str(form["achievements"])
        assert form["opened_revision"].value() == 0
        assert "数を入れて書いてください。" in page
        for label in ("状態", "段階", "進捗評価", "評価理由", "今後の方針"):
            assert f">{label}</a></li>" in page

    def test_shows_the_draft_and_what_is_still_missing(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        late = AnswerContent(kind="update", rating="late", rating_reason="遅れた。")
        save_answer(answer=answer, content=late, opened_revision=0, by=editor)

        response = client_of(editor).get(address(answer))

        assert [gap.name for gap in response.context["page"].gaps] == [
            "status",
            "step",
            "delay_cause",
            "countermeasure",
            "new_due_date",
            "direction",
        ]
        assert ">遅れた。</textarea>" in response.content.decode().replace("\n", "")

    def test_of_a_returned_answer_tells_why(
        self, answer: Answer, content: Content, editor: User, secretariat: User, client_of: Clients
    ) -> None:
        sent = send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
        return_answer(answer=sent, reason="数がない。", opened_revision=1, by=secretariat)

        page = client_of(editor).get(address(answer)).content.decode()

        assert "差し戻されています" in page
        assert '<p class="said">数がない。</p>' in page
        assert "三つの手続きで試行した。" in page

    @pytest.mark.parametrize("role", ["editor", "certifier", "other_editor", "secretariat"])
    def test_is_for_the_responsible(
        self, answer: Answer, role: str, request: pytest.FixtureRequest, client_of: Clients
    ) -> None:
        user: User = request.getfixturevalue(role)
        client_of(user).post(address(answer), LITTLE)

        assert (now(answer).problem, now(answer).updated_by_name) == (
            "人手が足りない。",
            user.display_name,
        )

    def test_tells_a_supporting_department_whose_answer_it_is(
        self, answer: Answer, editor: User, other_editor: User, client_of: Clients
    ) -> None:
        told = "この項目の主担当課は福祉課です。"

        assert told in client_of(other_editor).get(address(answer)).content.decode()
        assert told not in client_of(editor).get(address(answer)).content.decode()

    @pytest.mark.parametrize("role", ["staff", "headquarters", "outsider"])
    def test_is_read_only_for_others(
        self, answer: Answer, role: str, request: pytest.FixtureRequest, client_of: Clients
    ) -> None:
        client = client_of(request.getfixturevalue(role))
        page = client.get(address(answer)).content.decode()

        assert 'name="status"' not in page
        assert "書けるのは、主担当課・関係課の入力者と確認者、事務局です" in page
        for step in ("", "autosave/", "unchanged/", "withdraw/"):
            assert client.post(address(answer, step), typed()).status_code == 403
        assert now(answer).revision == 0

    def test_what_somebody_typed_who_lost_the_right_meanwhile_is_shown(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        client = client_of(editor)
        editor.role_assignments.update(valid_until=date(2026, 10, 14))

        response = client.post(
            address(answer), typed(problem="人手が\n足りない", password1="himitsu")
        )

        page = response.content.decode()
        assert response.status_code == 403
        assert "1-A-1 に回答できるのは" in page
        assert "保存していません" in page
        assert "人手が\n足りない" in page
        assert "himitsu" not in page
        assert "保存していません" not in client.get("/rounds/new/").content.decode()

    def test_missing_things_and_wrong_methods(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        client = client_of(editor)

        assert client.get(f"/rounds/{answer.round_id}/answers/9-Z-9/").status_code == 404
        assert client.get("/rounds/999/answers/1-A-1/").status_code == 404
        assert client.put(address(answer)).status_code == 405
        for step in ("autosave/", "unchanged/", "withdraw/"):
            assert client.get(address(answer, step)).status_code == 405

    def test_a_rehearsal_bears_its_mark(
        self,
        responsible: FocusItem,
        open_the_round: Callable[..., ReportingRound],
        editor: User,
        client_of: Clients,
    ) -> None:
        round = open_the_round(is_rehearsal=True)

        page = client_of(editor).get(f"/rounds/{round.pk}/answers/1-A-1/").content.decode()

        assert "これは練習の照会です。" in page

    def test_asks_as_often_with_a_long_history(
        self, answer: Answer, editor: User, secretariat: User, client_of: Clients
    ) -> None:
        client = client_of(editor)

        def counted() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(address(answer))
            return len(queries)

        few = counted()
        for number in range(8):
            save_answer(
                answer=answer,
                content=AnswerContent(problem=f"その{number}"),
                opened_revision=number,
                by=(editor, secretariat)[number % 2],
            )

        assert counted() == few


class TestADraft:
    def test_is_saved_however_little(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        response = client_of(editor).post(address(answer), LITTLE, follow=True)

        assert response.redirect_chain == [(address(answer), 302)]
        assert "下書きを保存しました。まだ提出していません。" in response.content.decode()
        assert (now(answer).state, now(answer).kind) == (AnswerState.WRITING, AnswerKind.UPDATE)

    def test_keeps_what_can_be_read_and_shows_what_cannot(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        nonsense = {
            **LITTLE,
            "new_due_date": "そのうち",
            "status": "finished",
            "outcome": "長" * 5001,
        }
        response = client_of(editor).post(address(answer), nonsense)
        page, form = response.content.decode(), response.context["form"]

        assert (now(answer).problem, now(answer).outcome) == ("人手が足りない。", "")
        assert set(form.errors) == {"new_due_date", "status", "outcome"}
        assert 'value="そのうち"' in page
        assert "長" * 5001 in page
        assert form["opened_revision"].value() == "1"
        assert "読み取れなかった欄のほかは、下書きに保存しました" in page
        assert "5000文字以内にしてください（いま5001文字です）" in page

    def test_what_stands_stays_where_the_new_value_cannot_be_read(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        stored = AnswerContent(kind="update", new_due_date=date(2027, 3, 31))
        save_answer(answer=answer, content=stored, opened_revision=0, by=editor)

        client_of(editor).post(
            address(answer), {**LITTLE, "opened_revision": 1, "new_due_date": "そのうち"}
        )

        assert (now(answer).new_due_date, now(answer).problem) == (
            date(2027, 3, 31),
            "人手が足りない。",
        )

    def test_leads_on_to_the_next_item(
        self,
        reporting_round: ReportingRound,
        answer: Answer,
        welfare: Department,
        editor: User,
        secretariat: User,
        client_of: Clients,
    ) -> None:
        lead("1-B-1", welfare, secretariat)

        response = client_of(editor).post(address(answer), {**LITTLE, "wish": "next"})

        assert response["Location"] == f"/rounds/{reporting_round.pk}/answers/1-B-1/"
        assert now(answer).problem == "人手が足りない。"

    def test_without_its_revision_is_shown_again(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        response = client_of(editor).post(address(answer), {"problem": "人手"})

        assert response.status_code == 200
        assert "画面を開き直してください" in response.content.decode()
        assert "人手" in response.content.decode()
        assert now(answer).revision == 0


def lead(code: str, department: Department, by: User) -> None:
    item = FocusItem.objects.get(code=code)
    assign(item, department, by=by)


class TestSending:
    def test_the_last_item_tells_that_all_is_done(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        response = client_of(editor).post(address(answer), typed(), follow=True)
        sent = now(answer)

        assert response.redirect_chain == [("/my/", 302)]
        assert "この照会の1件すべてに回答しました。" in response.content.decode()
        assert (sent.state, sent.kind, sent.sent_department_name) == (
            AnswerState.SENT,
            AnswerKind.UPDATE,
            "福祉課",
        )
        assert sent.achievements == "三つの手続きで試行した。\n二行目。"

    def test_leads_on_to_what_the_department_still_owes(
        self,
        answer: Answer,
        welfare: Department,
        planning: Department,
        editor: User,
        secretariat: User,
        client_of: Clients,
    ) -> None:
        lead("1-A-2", planning, secretariat)
        lead("2-A-1", welfare, secretariat)

        response = client_of(editor).post(address(answer), typed(), follow=True)

        assert response.redirect_chain == [(f"/rounds/{answer.round_id}/answers/2-A-1/", 302)]
        assert "次は 2-A-1 です" in response.content.decode()

    def test_what_is_missing_is_told_and_the_draft_is_kept(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        late = typed(rating="late", rating_reason="", new_due_date="2026-09-30")
        response = client_of(editor).post(address(answer), late)
        form, page = response.context["form"], response.content.decode()

        assert set(form.errors) == {
            "rating_reason",
            "delay_cause",
            "countermeasure",
            "new_due_date",
        }
        assert "まだ提出していません。下書きは保存しました" in page
        assert "次の欄を直すと提出できます。" in page
        assert (now(answer).state, now(answer).rating) == (AnswerState.WRITING, "late")
        assert form["opened_revision"].value() == "1"
        mended = {
            **late,
            "opened_revision": 1,
            "rating_reason": "遅れ",
            "delay_cause": "調達",
            "countermeasure": "分割",
            "new_due_date": "令和9年3月31日",
        }
        client_of(editor).post(address(answer), mended)
        assert now(answer).state == AnswerState.SENT

    def test_with_nonsense_saves_the_rest(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        client_of(editor).post(address(answer), typed(new_due_date="そのうち"))

        assert (now(answer).state, now(answer).rating_reason) == (
            AnswerState.WRITING,
            "予定どおり。",
        )

    def test_nothing_at_all_leaves_nothing(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        response = client_of(editor).post(address(answer), {"opened_revision": 0, "wish": "send"})

        assert "評価理由" in response.content.decode()
        assert (now(answer).state, now(answer).revision) == (AnswerState.UNANSWERED, 0)

    def test_twice_is_told_without_a_clash(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        client = client_of(editor)
        client.post(address(answer), typed())

        response = client.post(address(answer), typed(), follow=True)

        assert "二重には提出していません" in response.content.decode()
        assert now(answer).changes.count() == 2

    def test_what_was_saved_by_itself_a_moment_ago_does_not_clash(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        client = client_of(editor)
        client.post(address(answer, "autosave/"), typed())

        client.post(address(answer), typed(opened_revision=0))

        assert (now(answer).state, now(answer).revision) == (AnswerState.SENT, 2)

    def test_after_the_deadline_is_refused_with_the_text_kept(
        self,
        responsible: FocusItem,
        open_the_round: Callable[..., ReportingRound],
        editor: User,
        client_of: Clients,
    ) -> None:
        open_the_round(overdue_rule="refuse")
        answer = Answer.objects.with_names().get(initiative__focus_item=responsible)
        with time_machine.travel("2026-10-21T09:00:00+09:00", tick=False):
            client = client_of(editor)
            response = client.post(address(answer), typed())
            page = response.content.decode()
            reading = client.get(address(answer)).content.decode()

        assert "を過ぎたので、受け付けていません" in page
        assert "三つの手続きで試行した。" in page
        assert now(answer).revision == 0
        assert "いまは回答できません" in reading
        assert 'name="status"' not in reading

    def test_unchanged_leads_on(
        self, after_last_year: Answer, editor: User, client_of: Clients
    ) -> None:
        response = client_of(editor).post(
            address(after_last_year, "unchanged/"), {"opened_revision": 0}, follow=True
        )

        assert "「変更なし」で提出しました" in response.content.decode()
        assert now(after_last_year).kind == AnswerKind.UNCHANGED
        page = client_of(editor).get(address(after_last_year)).content.decode()
        assert "から変更なし。" in page
        assert "前回の実績。" in page

    def test_unchanged_is_refused_without_anything_to_repeat(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        response = client_of(editor).post(
            address(answer, "unchanged/"), {"opened_revision": 0}, follow=True
        )

        assert "前回の記録がないので" in response.content.decode()
        assert now(answer).state == AnswerState.UNANSWERED


class TestAClash:
    def test_shows_both_texts_and_loses_none(
        self, answer: Answer, editor: User, other_editor: User, client_of: Clients
    ) -> None:
        first = AnswerContent(kind="update", problem="はじめ", rating="on_track")
        save_answer(answer=answer, content=first, opened_revision=0, by=editor)
        theirs = AnswerContent(kind="update", problem="相手の文", rating="on_track")
        save_answer(answer=answer, content=theirs, opened_revision=1, by=other_editor)
        mine = {**LITTLE, "opened_revision": 1, "problem": "私の文", "rating": "mostly_on_track"}

        client = client_of(editor)
        response = client.post(address(answer), mine)
        page = response.content.decode()
        rows = {row.field.name: row for row in response.context["clash"].fields}

        assert response.status_code == 409
        assert rows["problem"].opened == "はじめ"
        assert "私の文</textarea>" in page
        assert "企画 花子がこの回答を変え" in page
        assert "<del>順調</del><ins>概ね順調</ins>" in page
        assert now(answer).problem == "相手の文"

        client.post(address(answer), {**mine, "opened_revision": 2})
        assert now(answer).problem == "私の文"
        said = answer.changes.order_by("revision").values_list("content__problem", flat=True)
        assert list(said) == ["", "はじめ", "相手の文", "私の文"]

    def test_two_tabs_of_one_person_are_told(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        client = client_of(editor)
        client.post(address(answer), LITTLE)

        assert client.post(address(answer), {**LITTLE, "problem": "別"}).status_code == 409

    def test_with_what_was_sent_meanwhile_takes_it_back_on_demand(
        self, answer: Answer, content: Content, editor: User, certifier: User, client_of: Clients
    ) -> None:
        send_answer(answer=answer, content=content(), opened_revision=0, by=certifier)
        client = client_of(editor)
        page = client.post(address(answer), LITTLE).content.decode()
        assert 'value="take_over"' in page

        client.post(address(answer), {**LITTLE, "opened_revision": 1, "wish": "take_over"})

        assert (now(answer).state, now(answer).problem) == (
            AnswerState.WRITING,
            "人手が足りない。",
        )
        steps = answer.changes.order_by("revision").values_list("step", flat=True)
        assert list(steps) == ["asked", "sent", "withdrawn", "saved"]

    def test_with_what_was_accepted_keeps_the_text_to_copy(
        self, answer: Answer, content: Content, editor: User, secretariat: User, client_of: Clients
    ) -> None:
        send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
        accepted(answer, secretariat)

        response = client_of(editor).post(address(answer), LITTLE)

        assert response.status_code == 409
        assert "人手が足りない。" in response.content.decode()
        assert 'name="wish"' not in response.content.decode()

    def test_shows_nonsense_as_it_was_typed(
        self, answer: Answer, editor: User, other_editor: User, client_of: Clients
    ) -> None:
        save_answer(
            answer=answer, content=AnswerContent(problem="別"), opened_revision=0, by=other_editor
        )

        page = client_of(editor).post(address(answer), {**LITTLE, "new_due_date": "そのうち"})

        assert page.status_code == 409
        assert 'value="そのうち"' in page.content.decode()


class TestSavingByItself:
    def test_keeps_the_draft_and_tells_what_is_missing(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        client = client_of(editor)
        told = client.post(address(answer, "autosave/"), typed(direction="", problem="人手")).json()

        assert (told["saved_at"], told["revision"]) == ("10:00", 1)
        assert [gap["name"] for gap in told["gaps"]] == ["direction"]
        assert told["unread"] == []
        assert (now(answer).state, now(answer).problem) == (AnswerState.WRITING, "人手")

    def test_of_the_same_text_leaves_no_trace(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        client = client_of(editor)
        client.post(address(answer, "autosave/"), LITTLE)
        told = client.post(address(answer, "autosave/"), {**LITTLE, "opened_revision": 1}).json()

        assert told["revision"] == 1
        assert answer.changes.count() == 2

    def test_keeps_the_rest_where_something_cannot_be_read(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        client = client_of(editor)
        told = client.post(
            address(answer, "autosave/"), {**LITTLE, "new_due_date": "そのうち"}
        ).json()

        assert [fault["name"] for fault in told["unread"]] == ["new_due_date"]
        assert now(answer).problem == "人手が足りない。"

    def test_stops_where_somebody_was_there_first(
        self, answer: Answer, editor: User, other_editor: User, client_of: Clients
    ) -> None:
        save_answer(
            answer=answer, content=AnswerContent(problem="別"), opened_revision=0, by=other_editor
        )
        response = client_of(editor).post(address(answer, "autosave/"), LITTLE)

        assert response.json() == {"conflict": True, "who": "企画 花子"}
        assert now(answer).problem == "別"

    def test_is_refused_when_the_round_has_closed(
        self, answer: Answer, editor: User, secretariat: User, client_of: Clients
    ) -> None:
        close_round(round=answer.round, by=secretariat)
        response = client_of(editor).post(address(answer, "autosave/"), LITTLE)

        assert "この照会は締め切られました" in response.json()["refused"]

    def test_without_a_session_is_no_json(self, answer: Answer, client_of: Clients) -> None:
        response = client_of(None).post(address(answer, "autosave/"), LITTLE)

        assert "json" not in response["Content-Type"]
        assert now(answer).revision == 0

    def test_without_its_revision_saves_nothing(
        self, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        response = client_of(editor).post(address(answer, "autosave/"), {"problem": "人手"})

        assert "refused" in response.json()
        assert now(answer).revision == 0


class TestWhatWasSent:
    def test_is_read_and_taken_back(
        self, answer: Answer, content: Content, editor: User, client_of: Clients
    ) -> None:
        send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
        client = client_of(editor)
        page = client.get(address(answer)).content.decode()
        assert "提出を取り下げて直す" in page
        assert 'name="status"' not in page

        response = client.post(address(answer, "withdraw/"), {"opened_revision": 1}, follow=True)

        assert "提出を取り下げました" in response.content.decode()
        assert 'name="status"' in response.content.decode()
        assert now(answer).state == AnswerState.WRITING

    def test_is_not_taken_back_unseen(
        self, answer: Answer, content: Content, editor: User, secretariat: User, client_of: Clients
    ) -> None:
        send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
        accepted(answer, secretariat)

        response = client_of(editor).post(address(answer, "withdraw/"), {"opened_revision": 1})

        assert response.status_code == 409
        assert "画面を開いた後に、この回答が変わりました" in response.content.decode()
        assert now(answer).state == AnswerState.ACCEPTED

    def test_once_accepted_leads_to_its_entry_and_back(
        self, answer: Answer, content: Content, editor: User, secretariat: User, client_of: Clients
    ) -> None:
        send_answer(answer=answer, content=content(), opened_revision=0, by=editor)
        entry = accepted(answer, secretariat).entry
        assert entry is not None

        page = client_of(editor).get(address(answer)).content.decode()
        item = client_of(editor).get("/items/1-A-1/").content.decode()
        public = client_of(None).get("/items/1-A-1/").content.decode()

        assert f'href="/items/1-A-1/#entry-{entry.pk}"' in page
        assert f'href="{address(answer)}"' in item
        assert "照会（令和8年度 上半期）への回答" in item
        assert f"entry-{entry.pk}" in public
        assert address(answer) not in public

    def test_tells_its_history(
        self, answer: Answer, content: Content, editor: User, secretariat: User, client_of: Clients
    ) -> None:
        for number, said in enumerate(("一", "二", "三")):
            save_answer(
                answer=answer,
                content=AnswerContent(problem=said),
                opened_revision=number,
                by=editor,
            )
        sent = send_answer(answer=answer, content=content(), opened_revision=3, by=editor)
        return_answer(answer=sent, reason="数がない。", opened_revision=4, by=secretariat)

        response = client_of(editor).get(address(answer))
        events = response.context["page"].events

        assert [(event.label, event.times) for event in events] == [
            ("差戻し", 1),
            ("提出", 1),
            ("保存", 3),
            ("照会", 1),
        ]
        assert "理由：数がない。" in response.content.decode()
