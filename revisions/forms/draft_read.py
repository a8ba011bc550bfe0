"""How a draft is read."""

from typing import Any

from django import forms

from initiatives.forms.offering import offer

ORIGINAL, MARKED, FINAL = "original", "marked", "final"


class ReadForm(forms.Form):
    """Which wording is shown; the first 案 has no original one."""

    show = forms.ChoiceField(label="表示", required=False)

    def __init__(self, *args: Any, base_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        original = [(ORIGINAL, f"もとの文言（{base_name}）")] if base_name else []
        self.views = [*original, (MARKED, "変更箇所に印"), (FINAL, "改定後の文言")]
        offer(self, "show", self.views)

    @property
    def shown(self) -> str:
        """Return what is asked for; changes are marked where nothing is, or what does not exist."""
        return str(self.cleaned_data.get("show") or MARKED) if self.is_valid() else MARKED
