"""What is asked of a department that answers, and of the 確認者 who confirms."""

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from initiatives.forms.opened import OpenedForm
from initiatives.forms.progress import AskedField, StatementForm
from initiatives.models import ProgressEntry
from initiatives.stated_column import Kind
from initiatives.statement import BY_KEY, COLUMNS
from kirishima_dx.forms import ProseField
from rounds.answer_content import AnswerContent
from rounds.enums import AnswerKind
from rounds.models import Answer
from rounds.queries.answer_page import last_texts

SAVE, SAVE_AND_GO_ON, SEND, TAKE_OVER = "save", "next", "send", "take_over"


@dataclass(frozen=True)
class FieldBeside:
    """A field with what was said in it last time."""

    field: BoundField
    last: str
    may_be_copied: bool
    is_optional: bool


class AnswerForm(StatementForm):
    """One answer, whole or in part: a draft lacks whatever it lacks; what cannot be read is an error at its field."""

    wish = forms.ChoiceField(
        required=False,
        choices=[(wish, wish) for wish in (SAVE, SAVE_AND_GO_ON, SEND, TAKE_OVER)],
        widget=forms.HiddenInput,
    )

    use_required_attribute = False

    def full_clean(self) -> None:
        """Read what can be read; that something is still missing is for sending to say."""
        super().full_clean()
        for name, errors in list(self.errors.items()):
            missing = all(error.code == "required" for error in errors.as_data())
            if missing and name in BY_KEY:
                del self.errors[name]
                self.cleaned_data[name] = None
        self._unread = [name for name in BY_KEY if name in self.errors]

    @classmethod
    def opened_on(cls, answer: Answer, **options: Any) -> "AnswerForm":
        """Return the form with what is answered so far."""
        return cls(
            initial={**answer.statement.values, "opened_revision": answer.revision}, **options
        )

    @property
    def knows_its_revision(self) -> bool:
        return "opened_revision" not in self.errors

    @property
    def unread(self) -> dict[str, str]:
        """Return the columns whose value cannot be read, with what is wrong; what an action refused is none of them."""
        errors = self.errors  # Cleans the form, where nobody has.
        return {name: str(errors[name][0]) for name in self._unread}

    def content_over(self, stored: AnswerContent) -> AnswerContent:
        """Return what is answered now: of a column that cannot be read, what is stored of it stays."""
        read = {
            column.key: self.read(column) for column in COLUMNS if column.key not in self.unread
        }
        content = replace(stored, kind="", **read)
        return replace(content, kind=AnswerKind.UPDATE) if content.says_something else content

    def beside(self, last: ProgressEntry | None) -> dict[str, list[FieldBeside]]:
        """Return the fields with what was said in each last time: the choices that come first (`start`), what follows
        them (`before`), and what stands in and after the part for late items."""
        texts, found = last_texts(last), self.parts
        asked = {part: [one for row in rows for one in row] for part, rows in found.items()}
        choices = list(takewhile(lambda one: one.column.kind is Kind.CHOICE, asked["before"]))
        asked |= {"start": choices, "before": asked["before"][len(choices) :]}
        return {
            part: [_beside(one, texts[one.column.key]) for one in fields]
            for part, fields in asked.items()
        }


def _beside(asked: AskedField, last: str) -> FieldBeside:
    may_be_copied = bool(last) and asked.column.is_prose
    return FieldBeside(asked.field, last, may_be_copied, asked.is_optional)


class StepForm(OpenedForm):
    """One click on an answer: 変更なし or 取下げ. `back` goes back to マイページ instead of on to the next item."""

    back = forms.BooleanField(required=False, widget=forms.HiddenInput)


class VerdictForm(OpenedForm):
    """What a 確認者 says of one answer."""

    CONFIRM, RETURN = "confirm", "return"

    verdict = forms.ChoiceField(
        choices=[(CONFIRM, "確認する"), (RETURN, "差し戻す")],
        error_messages={
            "required": "「確認する」か「差し戻す」のボタンを押してください。",
            "invalid_choice": "「確認する」か「差し戻す」のボタンを押してください。",
        },
    )
    reason = ProseField(
        label="差し戻す理由",
        rows=2,
        required=False,
        help_text="差し戻すときに書きます。入力した人に、このまま伝わります。",
    )

    @property
    def returns(self) -> bool:
        return bool(self.cleaned_data["verdict"] == self.RETURN)


class ConfirmAllForm(forms.Form):
    """Which answers were shown, each on which revision (番号@改訂)."""

    shown = forms.Field(required=False, widget=forms.MultipleHiddenInput)

    def clean_shown(self) -> dict[str, int]:
        pairs = (str(text).rpartition("@") for text in self.cleaned_data["shown"] or [])
        shown = {code: number for code, _, number in pairs}
        if not shown or not all(
            code and number.isdecimal() and len(number) < 10 for code, number in shown.items()
        ):
            raise ValidationError("確認する回答がありません。画面を開き直してください。")
        return {code: int(number) for code, number in shown.items()}
