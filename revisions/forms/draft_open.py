"""The form of opening the draft of the next edition, upon a consideration where there is one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from initiatives.forms.offering import offer, offer_rows
from kirishima_dx.fiscal_year import fiscal_year_wareki, wareki_date
from plans.models import Edition
from reviews.models import Consideration


class ConsiderationChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Takes no argument at run time.
    """Upon which consideration, with the beginning of its reason."""

    def label_from_instance(self, record: Consideration) -> str:
        sitting = record.meeting.title if record.meeting else wareki_date(record.considered_on)
        return f"{fiscal_year_wareki(record.fiscal_year)}の検討（{sitting}）：{record.reason[:40]}"


class DraftOpenForm(forms.Form):
    """Which number the next edition shall have, the next minor or major one, and upon which consideration."""

    number = forms.ChoiceField(
        label="次の版",
        widget=forms.RadioSelect,
        help_text="後から変えることはできません。",
        error_messages={
            "required": "次の版の番号を選んでください。",
            "invalid_choice": "次の版の番号を、表示されている中から選んでください。",
        },
    )
    consideration = ConsiderationChoice(
        Consideration.objects.none(),
        label="もとになる改定の検討",
        required=False,
        blank=True,
        empty_label="検討の記録によらずに作る",
        widget=forms.RadioSelect,
        help_text="「改定する」とした検討の記録のうち、まだ案を作っていないものです。",
        error_messages={
            "invalid_choice": "この検討の記録からは、もう案を作れません。選び直してください。"
        },
    )

    def __init__(
        self, *args: Any, base: Edition, considerations: Sequence[Consideration], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        minor, major = f"{base.major}.{base.minor + 1}", f"{base.major + 1}.0"
        choices = [
            (minor, f"第{minor}版（毎年度の報告を受けた更新など）"),
            (major, f"第{major}版（計画全体の改定）"),
        ]
        offer(self, "number", choices)
        self.fields["number"].initial = minor
        keys = [record.pk for record in considerations]
        rows = Consideration.objects.filter(pk__in=keys).select_related("meeting")
        offer_rows(self, "consideration", rows)
        self.fields["consideration"].initial = keys[0] if keys else None

    @property
    def major_and_minor(self) -> tuple[int, int]:
        major, minor = self.cleaned_data["number"].split(".")
        return int(major), int(minor)
