"""Sending an answer, and two people at one of them (G3, G4)."""

from collections.abc import Callable

import time_machine
from answering import LITTLE, accepted, address, now, typed
from assigning import lead
from django.test import Client

from people.models import Department, User
from plans.models import FocusItem
from rounds.actions.answers import save_answer, send_answer
from rounds.answer_content import AnswerContent
from rounds.enums import AnswerKind, AnswerState
from rounds.models import Answer, ReportingRound

Clients = Callable[[User | None], Client]
Content = Callable[..., AnswerContent]


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
