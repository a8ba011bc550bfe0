"""The form of considering the year's update."""

from typing import Any, Self

from django import forms

from initiatives.forms.offering import offer, offer_rows
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.forms import JapaneseDateField, ProseField
from reviews.enums import ConsiderationOutcome
from reviews.models import Meeting
from reviews.queries.considerations import ConsiderationOffers, ConsideredYear


class SittingChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Takes no argument at run time.
    """Which sitting, with its day."""

    def label_from_instance(self, meeting: Meeting) -> str:
        return f"{meeting.title}（{wareki_date(meeting.held_on)}）"


class ConsiderationForm(forms.Form):
    """That a year's update was considered, and what came of it; `last_seen` is the last record that was shown (G4)."""

    fiscal_year = forms.TypedChoiceField(
        label="年度",
        coerce=int,
        error_messages={"invalid_choice": "年度を、表示されている中から選んでください。"},
    )
    outcome = forms.ChoiceField(
        label="結論",
        choices=ConsiderationOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "改定するか、しないかを選んでください。",
            "invalid_choice": "改定するか、しないかを選んでください。",
        },
    )
    reason = ProseField(
        label="理由",
        rows=4,
        max_length=2000,
        help_text="進捗の状況や技術の動向をどうみて、そう判断したかを書きます。"
        "この後に確定する年次報告に載り、公表されると、だれでも読めます。個人名は書かないでください。",
        error_messages={"required": "理由を書いてください。"},
    )
    meeting = SittingChoice(
        Meeting.objects.none(),
        label="検討した会議",
        required=False,
        empty_label="本部会議では検討していない",
        error_messages={"invalid_choice": "会議を、表示されている中から選んでください。"},
    )
    considered_on = JapaneseDateField(
        label="検討した日",
        required=False,
        help_text="会議を選んだときは、空にすると会議の日になります。",
    )
    last_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offers: ConsiderationOffers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        self.fields["fiscal_year"].initial = offers.proposed.fiscal_year
        self.fields["last_seen"].initial = offers.last_seen
        offer(self, "fiscal_year", [(year.fiscal_year, _told(year)) for year in offers.years])
        offer_rows(self, "meeting", offers.meetings)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if "considered_on" in typed and "meeting" in typed and typed["considered_on"] is None:
            if typed["meeting"] is None:
                self.add_error("considered_on", "検討した日を入れるか、会議を選んでください。")
            else:
                typed["considered_on"] = typed["meeting"].held_on
        return typed

    @property
    def is_outdated(self) -> bool:
        """Whether something was recorded since a valid form was opened."""
        return bool(self.cleaned_data["last_seen"] != self.offers.last_seen)

    def reopened(self) -> Self:
        """Return the form with all that was typed, opened on the records as they stand now."""
        data = {name: self.data.get(name, "") for name in self.fields}
        last_seen = str(self.offers.last_seen or "")
        return type(self)({**data, "last_seen": last_seen}, offers=self.offers)


def _told(year: ConsideredYear) -> str:
    """Return 令和8年度（2026年度）, and what is recorded of it already."""
    record = year.standing
    return f"{year.label}　記録あり：{record.get_outcome_display()}" if record else year.label
