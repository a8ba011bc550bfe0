"""One answer among those of its round: how its item is worded, who owes it today, and until when."""

from dataclasses import dataclass
from datetime import date

from initiatives.enums import NO_DEPARTMENT
from initiatives.queries.departures import Departure
from kirishima_dx.elapsed import days_left
from people.models import Department
from plans.models import FocusItemText
from rounds.enums import OWED_STATES
from rounds.models import Answer, ReportingRound


@dataclass
class AnswerRow:
    """What every list of answers knows of each; `lead` is the 主担当課 of today.

    Of an item that `left` the plan the answer stays: the report of the year wants it.
    """

    answer: Answer
    text: FocusItemText
    lead: Department | None
    left: Departure | None
    due_on: date
    today: date

    @property
    def code(self) -> str:
        return self.answer.initiative.focus_item.code

    @property
    def lead_id(self) -> int | None:
        return self.lead.pk if self.lead else None

    @property
    def lead_name(self) -> str:
        return self.lead.name if self.lead else NO_DEPARTMENT

    @property
    def is_owed(self) -> bool:
        return self.answer.state in OWED_STATES

    @property
    def is_overdue(self) -> bool:
        return self.is_owed and self.due_on < self.today

    @property
    def days_left(self) -> str:
        return days_left(self.due_on, self.today)

    @property
    def place_order(self) -> tuple[int, str, int]:
        """Return where the item stands in the plan, for sorting."""
        return plan_order(self.text)


def plan_order(text: FocusItemText) -> tuple[int, str, int]:
    """Return where an item stands in the plan, for sorting."""
    return text.policy.axis.number, text.policy.letter, text.number


def texts_of_round(round: ReportingRound, at: date) -> dict[int, FocusItemText]:
    """Return how each item asked in a round is worded on a day, by the key of the item, in one query.

    An item that has ended since keeps the last wording that it had.
    """
    texts = FocusItemText.objects.filter(
        focus_item__initiative__answers__round=round
    ).select_related("edition", "policy__axis")
    return {
        text.focus_item_id: text for text in sorted(texts, key=lambda text: _standing(text, at))
    }


def _standing(text: FocusItemText, at: date) -> tuple[int, int]:
    """Order wordings so that the one that holds on a day comes last: drafts, those to come, those that took effect."""
    edition = text.edition
    if edition.is_draft or edition.effective_from is None:
        return 0, 0
    day = edition.effective_from.toordinal()
    return (2, day) if edition.took_effect_by(at) else (1, -day)
