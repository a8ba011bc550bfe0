"""Forms of considering the year's update and of opening a draft upon it."""

from typing import Any

from django import forms

from plans.models import Edition


class DraftOpenForm(forms.Form):
    """Which number the next edition shall have: the next minor one, or the next major one."""

    number = forms.ChoiceField(
        label="次の版",
        widget=forms.RadioSelect,
        help_text="後から変えることはできません。",
        error_messages={
            "required": "次の版の番号を選んでください。",
            "invalid_choice": "次の版の番号を、表示されている中から選んでください。",
        },
    )

    def __init__(self, *args: Any, base: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        minor, major = f"{base.major}.{base.minor + 1}", f"{base.major + 1}.0"
        self.fields["number"].choices = [  # type: ignore[attr-defined]
            (minor, f"第{minor}版（毎年度の報告を受けた更新など）"),
            (major, f"第{major}版（計画全体の改定）"),
        ]
        self.fields["number"].initial = minor

    @property
    def major_and_minor(self) -> tuple[int, int]:
        major, minor = self.cleaned_data["number"].split(".")
        return int(major), int(minor)
