"""The form of an answer, and its drafts: nothing typed is ever lost (G4)."""

from collections.abc import Callable
from datetime import date

import pytest
from answering import LITTLE, address, now, of, typed
from assigning import lead
from django.test import Client
from query_counts import as_many_queries
from row_numbers import ABSENT

from people.models import Department, User
from plans.models import FocusItem
from rounds.actions.answers import save_answer, send_answer
from rounds.actions.checking import return_answer
from rounds.answer_content import AnswerContent
from rounds.enums import AnswerKind, AnswerState
from rounds.models import Answer, ReportingRound

Clients = Callable[[User | None], Client]
Content = Callable[..., AnswerContent]


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

    def test_says_which_of_how_many_it_is_and_leads_to_its_neighbours(
        self, second: FocusItem, answer: Answer, editor: User, client_of: Clients
    ) -> None:
        client, after = client_of(editor), of(answer.round, second.code)

        first = client.get(address(answer)).content.decode()
        last = client.get(after.get_absolute_url()).content.decode()

        assert "<strong>1／2件目</strong>" in first
        assert f'<a class="no-print" href="{after.get_absolute_url()}" rel="next">' in first
        assert 'rel="prev"' not in first
        assert "<strong>2／2件目</strong>" in last
        assert f'<a class="no-print" href="{address(answer)}" rel="prev">' in last
        assert 'rel="next"' not in last

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
        assert client.get(f"/rounds/{ABSENT}/answers/1-A-1/").status_code == 404
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
        with as_many_queries(client_of(editor), address(answer)):
            for number in range(8):
                save_answer(
                    answer=answer,
                    content=AnswerContent(problem=f"その{number}"),
                    opened_revision=number,
                    by=(editor, secretariat)[number % 2],
                )


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
