"""Forms of the study of a ★ item."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from initiatives.evidence_file import ALLOWED, EXTENSIONS, MAX_BYTES, too_big
from initiatives.forms.opened import RefusableForm
from kirishima_dx.forms import JapaneseDateField, LineField, ProseField


class QuestionForm(RefusableForm):
    """What is asked, and the version that the form was opened on (G4); 0: nothing was asked yet."""

    question = ProseField(
        label="検討する問い",
        rows=3,
        max_length=2000,
        help_text="何が分かれば、具体的な取組にできるか（または、やめると決められるか）を書きます。"
        "問いは、この後に確定する年次報告に載り、公表されると、だれでも読めます。個人名や部内の事情は書かないでください。",
        error_messages={"required": "検討する問いを書いてください。"},
    )
    review_by = JapaneseDateField(
        label="見直しの期限", required=False, help_text="この日までに、検討の結果を見直します。"
    )
    opened_version = forms.IntegerField(
        label="開いたときの状態", min_value=0, widget=forms.HiddenInput
    )


class NoteForm(RefusableForm):
    text = ProseField(
        label="検討の記録",
        rows=5,
        help_text="調べたこと、聞いたこと、分かったことを書きます。職員だけが読みます。後から書き換えられません。",
        error_messages={"required": "検討の記録を書いてください。"},
    )


class EvidenceForm(RefusableForm):
    """A file and what it is; the file is looked into by the action."""

    title = LineField(
        label="何の資料か",
        max_length=200,
        help_text="例：先行自治体への聞き取りの結果",
        error_messages={"required": "何の資料かを書いてください。"},
    )
    file = forms.FileField(
        label="ファイル",
        allow_empty_file=True,  # An empty one is refused under its name, as others are.
        help_text=f"{ALLOWED}。{MAX_BYTES // 1024 // 1024}MBまで。個人情報を含む資料は入れないでください。",
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
        error_messages={"required": "ファイルを選んでください。"},
    )

    def clean_file(self) -> Any:
        """Refuse what is too big before any of it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(too_big(file.name, file.size))
        return file
