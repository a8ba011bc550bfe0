"""A round of the demo in hand: each step as somebody takes it who has the item's page before them."""

from collections.abc import Collection

from demo.cast import Cast
from initiatives.models import Initiative
from people.models import User
from plans.models import FocusItemText, Plan
from rounds.actions.answers import save_answer, send_answer
from rounds.actions.checking import accept_answer, certify_answer, return_answer
from rounds.actions.rounds import RoundTerms, open_round
from rounds.answer_content import AnswerContent
from rounds.models import Answer


class Desk:
    """Opens a round about some items and knows its answers by their codes."""

    def __init__(
        self, plan: Plan, terms: RoundTerms, texts: Collection[FocusItemText], cast: Cast
    ) -> None:
        self.cast = cast
        self.texts = {text.focus_item.code: text for text in texts}
        self.round = open_round(
            plan=plan,
            terms=terms,
            items=[text.focus_item for text in texts],
            by=cast.jimukyoku,
        )
        answers = Answer.objects.with_names().filter(round=self.round)
        self._answers = {answer.initiative.focus_item.code: answer for answer in answers}

    def save(self, code: str, content: AnswerContent) -> None:
        answer = self._answers[code]
        self._answers[code] = save_answer(
            answer=answer, content=content, opened_revision=answer.revision, by=self._writer(code)
        )

    def send(self, code: str, content: AnswerContent) -> None:
        answer = self._answers[code]
        self._answers[code] = send_answer(
            answer=answer, content=content, opened_revision=answer.revision, by=self._writer(code)
        )

    def certify(self, code: str) -> None:
        answer = self._answers[code]
        self._answers[code] = certify_answer(
            answer=answer, opened_revision=answer.revision, by=self.cast.kakunin
        )

    def give_back(self, code: str, reason: str) -> None:
        answer = self._answers[code]
        self._answers[code] = return_answer(
            answer=answer, reason=reason, opened_revision=answer.revision, by=self.cast.jimukyoku
        )

    def accept(self, code: str) -> None:
        answer = self._answers[code]
        self._answers[code] = accept_answer(
            answer=answer,
            opened_revision=answer.revision,
            initiative_revision=Initiative.objects.for_item(answer.initiative.focus_item).revision,
            by=self.cast.jimukyoku,
        )

    def _writer(self, code: str) -> User:
        return self.cast.writer(self.texts[code])
