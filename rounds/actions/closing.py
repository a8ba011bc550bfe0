"""Closing the words of an answer (A3)."""

from collections.abc import Mapping
from typing import Any

from kirishima_dx import clock
from rounds.answer_content import AnswerContent
from rounds.enums import AnswerStep
from rounds.models import Answer, AnswerChange


def close_answer(answer: Answer, values: Mapping[str, Any], by: Any) -> None:
    """Empty texts of an answer, which stays where it is on its way.

    It is a step of its own, so that forms and workbooks that have the words are told (G4, F1).
    """
    for name, value in values.items():
        setattr(answer, name, value)
    answer.revision += 1
    answer.updated_at, answer.updated_by_name = clock.now(), by.display_name
    answer.save()
    AnswerChange.objects.create(
        answer=answer,
        revision=answer.revision,
        step=AnswerStep.CLOSED,
        content=AnswerContent.of(answer).as_json(),
        changed_at=clock.now(),
        changed_by=by,
        changed_by_name=by.display_name,
    )
