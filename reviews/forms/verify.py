"""The form that checks a workbook against a sealed report."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from initiatives.forms.offering import offer
from reviews.models import AnnualReport

MOST_BYTES = 20 * 1024 * 1024
"""A file that is the very one that was kept is told at any size up to this; others are read within narrower bounds."""


class ReportVerifyForm(forms.Form):
    """A workbook, and the report with which to compare it, where the file itself does not say."""

    workbook = forms.FileField(
        label="確かめるExcelファイル",
        help_text="年次報告の会議資料（.xlsx）を選びます。送ったファイルは保存しません。",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "確かめるファイルを選んでください。",
            "empty": "ファイルが空です。保存が終わってから、もう一度送ってください。",
        },
    )
    report = forms.TypedChoiceField(
        label="比べる年次報告",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="ふつうは選ばなくて構いません。ファイルに書かれた照合値から見分けます。",
        error_messages={"invalid_choice": "一覧にある年次報告から選んでください。"},
    )

    def __init__(self, *args: Any, issues: Sequence[AnnualReport], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issues = issues
        issued: list[tuple[str | int, str]] = [(one.pk, one.title) for one in issues]
        offer(self, "report", [("", "ファイルから見分ける"), *issued])

    def clean_workbook(self) -> Any:
        sent = self.cleaned_data["workbook"]
        if sent.size > MOST_BYTES:
            raise ValidationError(
                f"ファイルが大きすぎます（{sent.size / 1024 / 1024:.1f}MB）。"
                f"{MOST_BYTES // 1024 // 1024}MBまで確かめられます。"
            )
        return sent

    @property
    def chosen(self) -> AnnualReport | None:
        """Return the report that was chosen; None where the file is to say."""
        key = self.cleaned_data["report"]
        return next((one for one in self.issues if one.pk == key), None)
