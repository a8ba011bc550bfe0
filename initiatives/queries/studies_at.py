"""How far studies were on a day: since when they ask, until when, and how many notes they had by then."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from initiatives.models import Study, StudyNote
from kirishima_dx.moment import Moment, When


@dataclass(frozen=True)
class StudyAt:
    """A study as it was at a moment: until when it was to be looked at again, and its notes.

    `question` is in the words that stand now: what was mended since is never told in its old words.
    """

    question: str
    review_by: date | None
    notes: int

    def is_overdue(self, at: date) -> bool:
        return self.review_by is not None and self.review_by < at


def studies_at(items: Collection[int], at: When) -> dict[int, StudyAt]:
    """Return the studies of items that had begun at a moment, by the key of the item, in three queries."""
    moment = Moment.of(at)
    studies = {
        study.pk: study
        for study in Study.objects.filter(initiative__focus_item__in=items).select_related(
            "initiative"
        )
    }
    notes = StudyNote.objects.filter(moment.known("written_at"), study__in=studies)
    counts = Counter(notes.order_by().values_list("study_id", flat=True))
    records = Study.history.filter(moment.known("history_date"), id__in=studies)
    asked = records.order_by("version", "history_id").values_list("id", "review_by")
    return {
        studies[pk].initiative.focus_item_id: StudyAt(studies[pk].question, review_by, counts[pk])
        for pk, review_by in asked
    }
