"""Forms of drafting and adopting editions."""

from typing import Any, Self

from django import forms

from kirishima_dx.forms import JapaneseDateField, LineField, ProseField
from plans.models import Edition, FocusItemText

LONGEST_TITLE = 200
REASON_REQUIRED = {"required": "改定の理由を書いてください。"}


class DraftForm(forms.Form):
    """A form that knows for which draft it was opened, so that it cannot change the one after it (G4)."""

    opened_edition = forms.CharField(
        label="開いたときの版", widget=forms.HiddenInput, required=False
    )


class ReasonForm(DraftForm):
    reason = ProseField(
        label="理由",
        rows=3,
        max_length=2000,
        help_text="新旧対照表の備考などで公開されます。個人の氏名などは書かないでください。",
        error_messages=REASON_REQUIRED,
    )


class ItemForm(DraftForm):
    """What a draft says of an item, and why."""

    title = LineField(
        label="重点項目",
        max_length=LONGEST_TITLE,
        error_messages={"required": "重点項目の名称を入れてください。"},
    )
    overview = ProseField(
        label="取組の概要",
        rows=6,
        required=False,
        help_text="空のまま保存できますが、施行までに書く必要があります。",
    )
    is_study = forms.BooleanField(
        label="検討項目（★）とする",
        required=False,
        help_text="検討によって具体化していく項目に付けます。外すと「具体化（★解除）」として記録します。",
    )
    reason = ProseField(
        label="改定の理由",
        rows=3,
        max_length=2000,
        help_text="新旧対照表の備考などで公開されます。個人の氏名などは書かないでください。",
        error_messages=REASON_REQUIRED,
    )


class Versioned(forms.Form):
    """Carries the version of the text that the form was opened on (G4)."""

    opened_version = forms.IntegerField(
        label="開いたときの文言", widget=forms.HiddenInput, min_value=1
    )

    def reopened(self, text: FocusItemText) -> Self:
        """Return the form with all that was typed, opened on the text as it stands now."""
        data = {name: self.data.get(name, "") for name in self.fields if name in self.data}
        return type(self)({**data, "opened_version": str(text.version)})


class ItemEditForm(ItemForm, Versioned):
    @classmethod
    def opened_on(cls, text: FocusItemText) -> Self:
        return cls(
            initial={
                "title": text.title,
                "overview": text.overview,
                "is_study": text.is_study,
                "opened_version": text.version,
                "opened_edition": text.edition.number,
            }
        )


class ItemEndForm(ReasonForm, Versioned):
    @classmethod
    def opened_on(cls, text: FocusItemText) -> Self:
        return cls(initial={"opened_version": text.version, "opened_edition": text.edition.number})


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
