"""Fetching an answer for a view, and asking what the visitor may do with it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from initiatives.rules import can_write_progress
from initiatives.views.loading import LoadedItem, load_item
from people.access import actor
from plans.models import FocusItemText
from rounds.models import Answer
from rounds.queries.scenes import Scene
from rounds.querysets import AnswerQuerySet
from rounds.views.round_loading import load_round


@dataclass
class LoadedAnswer:
    """An answer with the wording of its item, and whether the visitor may write it."""

    answer: Answer
    item: LoadedItem
    may_write: bool

    @property
    def code(self) -> str:
        return self.item.focus_item.code

    @property
    def text(self) -> FocusItemText:
        return self.item.text

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [("マイページ", reverse("my_page")), (f"{self.answer.round.name} {self.code}", "")]

    @property
    def context(self) -> dict[str, Any]:
        """Return what every page of an answer is drawn from."""
        return {
            "nav": "my",
            "crumbs": self.crumbs,
            "text": self.text,
            "code": self.code,
            "answer": self.answer,
            "left": self.item.left,
        }

    def scene(self) -> Scene:
        """Return what the answer is judged by at this moment."""
        return Scene.of(self.answer)

    def refreshed(self) -> "LoadedAnswer":
        """Return the answer as it now stands."""
        answer = _answers().get(pk=self.answer.pk)
        return LoadedAnswer(answer, self.item, self.may_write)


def _answers() -> AnswerQuerySet:
    return Answer.objects.with_names().select_related(
        "round", "initiative__focus_item", "entry", "basis", "sent_department"
    )


def load_answer(request: HttpRequest, round_id: int, code: str) -> LoadedAnswer:
    """Return the answer of an item in a round; 404 where the item was not asked about. Staff may read it."""
    round = load_round(request, round_id).round
    item = load_item(request, code)
    answer = _answers().filter(round=round, initiative__focus_item=item.focus_item).first()
    if answer is None:
        raise Http404
    may_write = can_write_progress(actor(request), item.focus_item, item.day)
    return LoadedAnswer(answer, item, may_write)


def load_answer_to_write(request: HttpRequest, round_id: int, code: str) -> LoadedAnswer:
    """Return the answer for a step that changes it, or refuse."""
    loaded = load_answer(request, round_id, code)
    if not loaded.may_write:
        raise PermissionDenied(
            f"{code} に回答できるのは、主担当課・関係課の入力者と確認者、事務局だけです。"
        )
    return loaded
