"""Where the words of an answer stand a second time: in its steps, in entries, in other answers of the item; and what
an upload of workbooks brought with it (A3)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from initiatives.closable import STATED
from initiatives.closing_copies import entries_saying, saying
from initiatives.models import ProgressEntry
from kirishima_dx.closing import Part
from rounds.models import Answer, AnswerChange, AnswerImport
from rounds.queries.import_record import applied_rows

FILE_COLUMNS = ("name", "content")


def copies_of_answer(row: Model, column: str, value: Any) -> Iterator[tuple[Model, str]]:
    """Return what says the same of the item: entries, answers, and steps whose content has the words.

    Of an answer also what its steps had in that column before, whatever it was.
    """
    if isinstance(row, AnswerChange) and column == "content" and isinstance(value, str):
        yield from _saying_the_same(row.answer.initiative_id, value)
    if not isinstance(row, ProgressEntry | Answer) or column not in STATED:
        return
    yield from _saying_the_same(row.initiative_id, value)
    if isinstance(row, Answer):
        steps = AnswerChange.objects.filter(answer=row.pk)
        yield from ((one, "content") for one in steps if one.content.get(column))


def _saying_the_same(initiative_id: int, value: str) -> Iterator[tuple[Model, str]]:
    yield from entries_saying(initiative_id, value)
    for answer in Answer.objects.filter(saying(value), initiative=initiative_id):
        yield from ((answer, name) for name in STATED if getattr(answer, name) == value)
    for change in AnswerChange.objects.filter(answer__initiative=initiative_id):
        if value in [change.content.get(name) for name in STATED]:
            yield change, "content"


def return_copies(row: Model, column: str, value: Any) -> Iterator[tuple[Model, str]]:
    """Return the step that gave the reason for which an answer was returned, and the other way round."""
    if isinstance(row, Answer) and column == "return_reason":
        yield from ((change, "reason") for change in row.changes.filter(reason=value))
    if isinstance(row, AnswerChange) and column == "reason":
        yield from ((one, "return_reason") for one in _returned(row, value))
        yield from ((one, "correction_reason") for one in _corrected(row, value))


def _returned(change: AnswerChange, value: str) -> Iterator[Answer]:
    yield from Answer.objects.filter(pk=change.answer_id, return_reason=value)


def _corrected(change: AnswerChange, value: str) -> Iterator[ProgressEntry]:
    yield from ProgressEntry.objects.filter(
        initiative__answers=change.answer_id, correction_reason=value
    )


def parts_of_upload(upload: Model) -> Iterator[Part]:
    """Return the files of an upload, and each text that it brought into an answer."""
    if not isinstance(upload, AnswerImport):
        return
    for file in upload.files.order_by("place"):
        yield Part(file, FILE_COLUMNS, file.name)
    for row in applied_rows(upload):
        for name in STATED:
            is_new = name in row.names or not row.names
            said = getattr(row.after, name) if is_new else ""
            if said and getattr(row.change.answer, name) == said:
                yield Part(row.change.answer, (name,), said)
            elif said:
                yield Part(row.change, ("content",), said)


def parts_of_answer(answer: Model) -> Iterator[Part]:
    """Return the reasons that were given at the steps of an answer."""
    if isinstance(answer, Answer):
        for change in answer.changes.exclude(reason="").order_by("revision"):
            yield Part(change, ("reason",), change.reason, is_ticked=False)
