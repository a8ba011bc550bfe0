"""An answer saved by itself, and what was sent."""

from collections.abc import Callable

from answering import LITTLE, accepted, address, now, typed
from django.test import Client

from people.models import User
from rounds.actions.answers import save_answer, send_answer
from rounds.actions.checking import return_answer
from rounds.actions.rounds import close_round
from rounds.answer_content import AnswerContent
from rounds.enums import AnswerState
from rounds.models import Answer

Clients = Callable[[User | None], Client]
Content = Callable[..., AnswerContent]


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
