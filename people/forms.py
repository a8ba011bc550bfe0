"""Forms of signing in and of passwords, of the admin for accounts, and of the list of departments."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AuthenticationForm,
    PasswordChangeForm,
    UserCreationForm,
)
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from kirishima_dx.forms import LineField, ProseField
from kirishima_dx.spreadsheets.guard.limits import MAX_BYTES
from people.models import Department, User
from people.queries import handover_days


class SignInForm(AuthenticationForm):
    """Username and password. Django tells the browser how long a name may be but never checks it.

    Whether they fit is not for the form to try: attempts are counted (people/actions/sign_in.py).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["username"]
        name.validators.append(MaxLengthValidator(name.max_length))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data

    def add_refusal(self) -> None:
        self.add_error(None, self.get_invalid_login_error())


TO_BE_CHANGED = "同じパスワードを、もう一度入れてください。本人は、最初にログインしたときに自分のものに変えます。"


class OwnPasswordForm(PasswordChangeForm):
    """A new password of one's own. `try_old` tries the old one, counted; the new one must be another."""

    field_order = ("old_password", "new_password1", "new_password2")

    def __init__(
        self, user: User, data: Any = None, *, try_old: Callable[[str], User | None] | None = None
    ) -> None:
        super().__init__(user, data)
        self._try_old = try_old
        self.fields["old_password"].label = "いまのパスワード"
        self.fields["new_password2"].label = "新しいパスワード（確認用）"

    def clean_old_password(self) -> str:
        typed = str(self.cleaned_data["old_password"])
        if self._try_old is None or self._try_old(typed) is None:
            raise ValidationError(
                "いまのパスワードが違います。もう一度入力してください。", code="password_incorrect"
            )
        return typed

    def clean(self) -> dict[str, Any]:
        """Compare with what was typed as the old one: by then it is known to be right, so nobody learns by it."""
        cleaned = super().clean() or {}
        new = cleaned.get("new_password1")
        if new and new == cleaned.get("old_password"):
            self.add_error("new_password1", "いまのパスワードとは違うものにしてください。")
        return cleaned

    def save(self, commit: bool = True) -> User:
        self.user.must_change_password = False
        user: User = super().save(commit)
        return user


class GivenPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]  # Not subscriptable at run time.
    """A password that the 事務局 gives to somebody, who must change it.

    Nobody is left without one here: whoever may come in no more is no longer 有効, with a reason.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True
        self.fields["password2"].help_text = TO_BE_CHANGED
        self.fields["password2"].label = "パスワード（確認用）"

    def save(self, commit: bool = True) -> User:
        self.user.must_change_password = True
        user: User = super().save(commit)
        return user


class UnlockForm(forms.Form):
    """Which locks are lifted, and why."""

    chosen = forms.MultipleChoiceField(
        label="解除するもの",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "解除するものに印を付けてください。",
            "invalid_choice": "選んだもののうち、すでに停止が終わったものがあります。下の一覧から選び直してください。",
        },
    )
    reason = LineField(
        label="解除する理由",
        max_length=500,
        help_text="例：窓口で本人と確かめた。理由は「利用の記録」に残ります。",
        error_messages={"required": "解除する理由を書いてください。"},
    )

    def __init__(self, data: Any, *, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]  # A field of choices.


class AccountCreationForm(UserCreationForm):  # type: ignore[type-arg]  # Not subscriptable at run time.
    """A new account: what it is called, whose it is, and its first password, which its owner must change."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "name")

    def save(self, commit: bool = True) -> User:
        self.instance.must_change_password = True
        user: User = super().save(commit)
        return user


class DepartmentForm(forms.ModelForm):  # type: ignore[type-arg]  # Not subscriptable at run time.
    """A department in the admin: the days on which its handovers rest stay."""

    class Meta:
        model = Department
        fields = ("code", "name", "division", "order", "email", "valid_from", "valid_until")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        days = handover_days().get(self.instance.pk)
        if days is not None:
            told = cleaned.get("valid_from"), cleaned.get("valid_until")
            for column, message in days.refusals(*told):
                self.add_error(column, message)
        return cleaned


class WorkbookField(forms.FileField):
    """A workbook to be read; one that is too big is refused before it is taken into memory."""

    widget = forms.FileInput
    default_error_messages = {
        "required": "ファイルを選んでください。",
        "empty": "ファイルが空です。保存し直してから、もう一度選んでください。",
        "max_length": "ファイルの名前が長すぎます。短くしてから、もう一度選んでください。",
    }

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file is not None and file.size > MAX_BYTES:
            raise ValidationError(
                f"ファイルが大きすぎます（{file.size / 1024 / 1024:.1f}MB）。"
                f"{MAX_BYTES // 1024 // 1024}MBまで読めます。"
                "画像や不要なシート・行・列を削除して保存してから、もう一度選んでください。"
            )
        return file

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ".xlsx"}


class DepartmentListForm(forms.Form):
    """A list of departments as a workbook."""

    workbook = WorkbookField(
        label="部署一覧のExcelファイル（.xlsx）",
        help_text="保存した部署一覧に書き足したものを選びます。まだ反映されません。次の画面で内容を確かめます。",
    )


class ListApplyForm(forms.Form):
    """The state that the preview of a list was made from."""

    seen_state = forms.CharField(widget=forms.HiddenInput)


class ClosingForm(forms.Form):
    """Why something is closed, and what was looked at when that was decided; what is ticked stands beside it."""

    reason = ProseField(
        label="閉じる理由",
        rows=3,
        max_length=1000,
        help_text="例：相談者の氏名が書かれていたため。理由はずっと残るので、氏名などの個人情報は書かないでください。",
        error_messages={"required": "閉じる理由を書いてください。"},
    )
    is_sure = forms.BooleanField(
        label="閉じると二度と読めないこと、取り消せないことを確かめました",
        error_messages={"required": "取り消せないことを確かめてから、印を付けてください。"},
    )
    stamp = forms.CharField(widget=forms.HiddenInput)


class ClosingSearchForm(forms.Form):
    """Words that are looked for in everything that is kept; they are never kept themselves."""

    words = LineField(
        label="探す言葉",
        min_length=2,
        max_length=200,
        help_text="氏名、電話番号など。この言葉は、どこにも記録しません。",
        error_messages={
            "required": "探す言葉を入れてください。",
            "min_length": "2文字以上を入れてください。",
        },
    )
