"""Changes of accounts and rights say why (A2): the field, and the forms of the admin that ask for it."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

from kirishima_dx.forms import ProseField
from people.forms import AccountCreationForm
from people.models import RoleAssignment

REASON = "change_reason"
WANTED = "変更の理由を書いてください。"


def reason_field(when: str = "変えるときは必要です。") -> ProseField:
    return ProseField(
        label="変更の理由",
        required=False,
        rows=2,
        max_length=1000,
        help_text=f"{when}例：4月1日付けの人事異動のため。「利用の記録」に残るので、私事は書かないでください。",
    )


class _Reasoned(forms.ModelForm):  # type: ignore[type-arg]  # Not subscriptable at run time.
    """A form that asks why when it changes something; `asks_when_new` also when it adds."""

    asks_when_new = True

    @property
    def own_changes(self) -> list[str]:
        return [name for name in self.changed_data if name != REASON]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_asked = bool(self.own_changes) and (self.asks_when_new or self.instance.pk is not None)
        if is_asked and REASON not in self.errors and not cleaned.get(REASON):
            self.add_error(REASON, WANTED)
        return cleaned


class AccountChangeForm(_Reasoned, UserChangeForm):  # type: ignore[type-arg]  # As _Reasoned.
    change_reason = reason_field()


class NewAccountForm(_Reasoned, AccountCreationForm):
    """A new account says why only where it is given a role (RolesOfAccount)."""

    asks_when_new = False
    change_reason = reason_field("役割を付けるときは必要です。")


class RoleForm(_Reasoned):
    change_reason = reason_field()

    class Meta:
        model = RoleAssignment
        fields = ("user", "role", "department", "valid_from", "valid_until")


class RolesOfAccount(BaseInlineFormSet):  # type: ignore[type-arg]  # As _Reasoned.
    """The roles on the page of an account: whatever changes in them has the reason that stands on that page."""

    def clean(self) -> None:
        super().clean()
        if self.has_changed() and not self.data.get(REASON, "").strip():
            raise ValidationError(f"役割を変えるときは、上の「変更の理由」が必要です。{WANTED}")
