"""What is asked of those who hand a department over, once its successors are named: what goes where."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict

from kirishima_dx.forms import ProseField
from people.models import Department
from rounds.queries.handover import Holdings, Texts


class AllocationForm(forms.Form):
    """What of the department's holdings goes to which successor, and why."""

    reason = ProseField(
        label="理由",
        rows=2,
        help_text="例：令和9年4月1日の機構改革による。",
        error_messages={"required": "理由を書いてください。"},
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        holdings: Holdings,
        successors: list[Department],
        texts: Texts,
        typed: Mapping[str, Any],
    ) -> None:
        self.by_code = {department.code: department for department in successors}
        self.holdings = holdings
        super().__init__(data, use_required_attribute=False)
        self._ask_of_items(texts)
        self._ask_of_roles()
        self.initial = {
            **{name: typed[name] for name in self.fields if name in typed},
            "seen": holdings.fingerprint,
        }

    def _ask_of_items(self, texts: Texts) -> None:
        for held in self.holdings.responsibilities:
            text = texts.get(held.initiative.focus_item_id)
            title = f"{text.place} {text.title}" if text else held.initiative.focus_item.code
            self._ask(f"item-{held.pk}", f"{title}（{held.get_kind_display()}）")

    def _ask_of_roles(self) -> None:
        """Ask of accounts that are in use; the roles of the others end with the department."""
        for role in self.holdings.roles:
            if role.user.is_active:
                label = f"{role.user.display_name}（{role.get_role_display()}）"
                self._ask(f"role-{role.pk}", label, may_end=True)

    def _ask(self, name: str, label: str, *, may_end: bool = False) -> None:
        choices = [(department.code, department.name) for department in self.by_code.values()]
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=[*choices, ("", "引き継がない（役割を終える）")] if may_end else choices,
            initial=choices[0][0],
            required=not may_end,
            error_messages={
                "required": "引き継ぐ部署を選んでください。",
                "invalid_choice": "後継の部署から選んでください。",
            },
        )

    @property
    def item_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("item-")]

    @property
    def role_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("role-")]

    @property
    def items(self) -> dict[int, Department]:
        return {
            held.pk: self.by_code[self.cleaned_data[f"item-{held.pk}"]]
            for held in self.holdings.responsibilities
        }

    @property
    def roles(self) -> dict[int, Department | None]:
        return {
            role.pk: self.by_code.get(self.cleaned_data.get(f"role-{role.pk}", ""))
            for role in self.holdings.roles
        }

    def reopened(self) -> None:
        """Take what the department holds now as what the form is opened on; what was chosen stays."""
        data = cast(QueryDict, self.data).copy()
        data["seen"] = self.holdings.fingerprint
        self.data = data
