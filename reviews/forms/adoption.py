"""The form of bringing a draft into force."""

from django import forms

from kirishima_dx.forms import JapaneseDateField, ProseField
from reviews.forms.draft import DraftForm


class AdoptForm(DraftForm):
    """When and on what basis an edition comes into force, and what the person saw of it."""

    decided_on = JapaneseDateField(label="決定日", help_text="決裁または会議で決定した日です。")
    effective_from = JapaneseDateField(
        label="施行日", help_text="効力をもつ最初の日です（今日まで）。"
    )
    basis = ProseField(
        label="根拠",
        rows=2,
        max_length=500,
        help_text="決定した会議の名称や決裁などを書きます。",
        error_messages={"required": "施行の根拠を書いてください。"},
    )
    digest = forms.CharField(label="確認した内容", widget=forms.HiddenInput)

    def reopened(self, digest: str) -> "AdoptForm":
        """Return the form with all that was typed, opened on the draft as it stands now."""
        return AdoptForm({**self.data.dict(), "digest": digest})  # type: ignore[attr-defined]
