"""Forms of planning a sitting of the DX推進本部 and of taking it back."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from initiatives.forms.offering import offer_rows
from kirishima_dx.forms import LineField, ProseField
from kirishima_dx.typed_text import narrow
from plans.models import Plan
from reviews.actions.meetings import Sitting
from reviews.forms.meeting_day import MeetingDayForm
from reviews.models import AnnualReport, Meeting
from reviews.models.meeting import HEADQUARTERS
from reviews.queries.meeting_offers import SittingOffers
from reviews.querysets import AnnualReportQuerySet

_TIME = re.compile(
    r"(?P<half>午前|午後)?(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|時(?:(?P<also>\d{1,2})分|(?P<middle>半))?)"
)
NOON, LAST_HOUR, LAST_MINUTE = 12, 23, 59


def read_time(text: str) -> time | None:
    """Read a time of day in any usual form (13:30, 午後1時半), full-width digits too; None where it is none."""
    found = _TIME.fullmatch(narrow(text))
    if found is None:
        return None
    hour = int(found["hour"])
    minute = 30 if found["middle"] else int(found["minute"] or found["also"] or 0)
    if found["half"] and hour > NOON:
        return None
    if found["half"] == "午後" and hour < NOON:
        hour += NOON
    return time(hour, minute) if hour <= LAST_HOUR and minute <= LAST_MINUTE else None


class TimeOfDayField(forms.CharField):
    """A time of day as people type it (see read_time)."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        if not text.strip():
            return None
        found = read_time(text)
        if found is None:
            raise ValidationError(f"「{text}」は時刻として読めません。例：13:30、午後1時30分")
        return found

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class ReportChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Takes no argument at run time.
    """Which report; one that is still being written says so."""

    def label_from_instance(self, report: AnnualReport) -> str:
        return report.title if report.is_sealed else f"{report.title}（作成中）"


class SittingForm(MeetingDayForm):
    """When and where a sitting is, what is reported, how its papers are numbered; the version it was opened on (G4)."""

    name = LineField(label="会議の名称", max_length=60, required=False, initial=HEADQUARTERS)
    starts_at = TimeOfDayField(
        label="開始時刻", required=False, help_text="例：13:30", widget=forms.TextInput
    )
    place = LineField(label="場所", max_length=100, required=False)
    report = ReportChoice(
        AnnualReport.objects.none(),
        label="報告する年次報告",
        required=False,
        empty_label="まだ決めない",
        help_text="総括表・進捗一覧・課題の資料は、この報告から作ります。作成中のものも選べます。",
    )
    paper_prefix = LineField(
        label="資料番号の頭", max_length=10, initial="資料", help_text="例：資料、資料No."
    )
    first_paper = forms.IntegerField(
        label="最初の資料番号", min_value=1, max_value=99, initial=1, help_text="資料1から、など"
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        today: date,
        reports: AnnualReportQuerySet,
        meeting: Meeting | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, plan=plan, today=today, meeting=meeting, **kwargs)
        offer_rows(self, "report", reports)

    def sitting(self) -> Sitting:
        """Return what a valid form says."""
        typed = {name: self.cleaned_data[name] for name in PLAN_FIELDS}
        return Sitting(**typed | {"name": self.name_of(self.cleaned_data)})


PLAN_FIELDS = (
    "held_on",
    "number",
    "name",
    "starts_at",
    "place",
    "report",
    "paper_prefix",
    "first_paper",
)


def opened_sitting(meeting: Meeting) -> dict[str, Any]:
    """Return what the form of a planned sitting is opened with."""
    return {name: getattr(meeting, name) for name in (*PLAN_FIELDS, "version")}


class PlanForm(SittingForm):
    """A new sitting, with the members of the last one where there are any."""

    copy_members = forms.BooleanField(label="名簿を写す", required=False, initial=True)

    def __init__(self, *args: Any, offers: SittingOffers, **kwargs: Any) -> None:
        initial = {"number": offers.number, "report": offers.report}
        super().__init__(*args, initial=initial, **kwargs)
        if offers.last is None:
            del self.fields["copy_members"]
        else:
            label = f"{offers.last.title}の名簿（{len(offers.members)}人）を写す"
            self.fields["copy_members"].label = label


class RestoreForm(MeetingDayForm):
    """When a meeting that was called off is held after all, under which number, and why."""

    reason = ProseField(
        label="開くことにした理由",
        rows=2,
        max_length=1000,
        error_messages={"required": "開くことにした理由を書いてください。"},
    )


class ReasonForm(forms.Form):
    """Why something that was recorded is taken back."""

    reason = ProseField(label="理由", rows=2, max_length=1000)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].error_messages["required"] = f"{label}を書いてください。"
