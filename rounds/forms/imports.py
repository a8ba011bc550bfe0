"""Sending answer workbooks back, and deciding on the preview."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from initiatives.forms.offering import offer
from initiatives.forms.opened import RefusableForm
from kirishima_dx.spreadsheets.guard.limits import MAX_BYTES
from rounds.actions.imports import ImportOrder, conflict_name
from rounds.answer_sheet.merging import Side
from rounds.queries.import_preview import ImportPlan

MOST_FILES = 100
MOST_BYTES = 30 * 1024 * 1024
"""All files of one upload together."""


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}MB"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, each within the bounds of the guard."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        files = data if isinstance(data, list | tuple) and data else [data or None]
        cleaned = [super(FilesField, self).clean(one, initial) for one in files]
        self._refuse_too_much(cleaned)
        return cleaned

    def _refuse_too_much(self, files: Sequence[Any]) -> None:
        if len(files) > MOST_FILES:
            raise ValidationError(
                f"一度に送れるのは{MOST_FILES}ファイルまでです（いま{len(files)}ファイル）。"
            )
        big = [one for one in files if one.size > MAX_BYTES]
        if big:
            raise ValidationError(
                [
                    f"「{one.name}」は{_megabytes(one.size)}あります。1ファイル{_megabytes(MAX_BYTES)}までです。"
                    "画像などを除いて保存し直してください。"
                    for one in big
                ]
            )
        total = sum(one.size for one in files)
        if total > MOST_BYTES:
            raise ValidationError(
                f"合わせて{_megabytes(total)}あります。一度に送れるのは{_megabytes(MOST_BYTES)}までです。"
                "何回かに分けて送ってください。"
            )


class UploadForm(forms.Form):
    workbooks = FilesField(
        label="回答様式（.xlsx）",
        help_text="書き終えた様式を選びます。複数のファイルを一度に選べます。"
        "次の画面で、変わるところを確かめるまでは、何も変わりません。",
        widget=FilesInput(attrs={"accept": ".xlsx", "multiple": True}),
        error_messages={
            "required": "送るファイルを選んでください。",
            "empty": "空のファイルがあります。保存が終わってから、もう一度送ってください。",
        },
    )

    @property
    def contents(self) -> list[tuple[str, bytes]]:
        """Return the names and bytes of the files."""
        return [(one.name or "（名前なし）", one.read()) for one in self.cleaned_data["workbooks"]]


SIDES = ((Side.NOW.value, "いまの内容を残す"), (Side.FILE.value, "ファイルの内容にする"))


class ImportForm(RefusableForm):
    """What a person decides on a preview: which files, which sides of conflicts, and whether answers are sent."""

    stamp = forms.CharField(widget=forms.HiddenInput)
    places = forms.TypedMultipleChoiceField(
        label="取り込むファイル",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "取り込むファイルを一つ以上選んでください。",
            "invalid_choice": "誤りのあるファイルは取り込めません。",
        },
    )
    sends = forms.BooleanField(
        label="不足のない回答は、提出まで進める",
        required=False,
        help_text="外すと、すべて下書きとして残ります。不足のある回答は、どちらでも下書きとして残ります。",
    )

    def __init__(self, *args: Any, plan: ImportPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        files = [(str(one.stored.place), one.read.name) for one in plan.applicable]
        offer(self, "places", files)
        for file in plan.applicable:
            for row in file.rows:
                for one in row.conflicts:
                    self.fields[conflict_name(row.answer, one.name)] = _side()

    @classmethod
    def opening(cls, plan: ImportPlan) -> "ImportForm":
        """Return the form as the preview opens: every file that can be applied, nothing decided."""
        places = [one.stored.place for one in plan.applicable]
        return cls(initial={"stamp": plan.stamp, "places": places, "sends": True}, plan=plan)

    @property
    def order(self) -> ImportOrder:
        """Return what was decided; a conflict left open is left out."""
        picks = {
            (row.answer.pk, one.name): Side(picked)
            for file in self.plan.applicable
            for row in file.rows
            for one in row.conflicts
            if (picked := self.cleaned_data.get(conflict_name(row.answer, one.name)))
        }
        return ImportOrder(
            stamp=self.cleaned_data["stamp"],
            places=self.cleaned_data["places"],
            picks=picks,
            sends=self.cleaned_data["sends"],
        )


def _side() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="どちらを残しますか",
        choices=SIDES,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "どちらを残すか選んでください。"},
    )
