"""On which day a meeting is and how it is then called: asked about again where that is unusual."""

from datetime import date
from typing import Any

from django import forms

from kirishima_dx.asked_again import AsksAgain
from kirishima_dx.far_day import far_day
from kirishima_dx.fiscal_year import fiscal_year_of, fiscal_year_wareki, wareki_date
from kirishima_dx.forms import JapaneseDateField
from plans.models import Plan
from reviews.models import Meeting
from reviews.models.meeting import HEADQUARTERS
from reviews.queries.meeting_offers import next_number


class MeetingDayForm(AsksAgain):
    """The day and the number of a meeting. A far day is asked about again (A4), and one of another fiscal year than
    before: the meeting is then called otherwise. The tick holds for that day under that name."""

    held_on = JapaneseDateField(label="開催日")
    number = forms.IntegerField(
        label="回", min_value=1, max_value=99, help_text="年度ごとに1から数えます。"
    )

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        today: date,
        meeting: Meeting | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.today, self.meeting = plan, today, meeting

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, number = cleaned.get("held_on"), cleaned.get("number")
        is_new = self.meeting is None or self.meeting.is_called_off or day != self.meeting.held_on
        if day is not None and number is not None and is_new:
            self._ask_about(day, number, self.name_of(cleaned))
        return cleaned

    def name_of(self, cleaned: dict[str, Any]) -> str:
        """Return the name of the meeting as typed, else as it was."""
        return cleaned.get("name") or (self.meeting.name if self.meeting else HEADQUARTERS)

    def _ask_about(self, day: date, number: int, name: str) -> None:
        told = far_day(day, today=self.today) + self._moved(day, number, name)
        if told:
            question = f"{told}これでよければ、印を付けてもう一度送ってください。"
            label = f"{wareki_date(day)}の{_title(day, number, name)}で間違いありません"
            self.ask_again(f"{day.isoformat()} {number} {name}", question, label=label)

    def _moved(self, day: date, number: int, name: str) -> str:
        """Say how a meeting is called in another fiscal year than it was planned for; empty where it is the same."""
        year = fiscal_year_of(day)
        before = self.meeting.fiscal_year if self.meeting else fiscal_year_of(self.today)
        if year == before:
            return ""
        now = f"（いまは{self.meeting.title}）" if self.meeting else ""
        return (
            f"開催日が{fiscal_year_wareki(before)}ではなく{fiscal_year_wareki(year)}なので、"
            f"{_title(day, number, name)}になります{now}。"
            f"{fiscal_year_wareki(year)}の次の回は第{next_number(self.plan, year)}回です。"
        )


def _title(day: date, number: int, name: str) -> str:
    return Meeting(fiscal_year=fiscal_year_of(day), number=number, name=name).title
