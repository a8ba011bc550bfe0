"""What is asked of the 事務局 when it opens a round."""

from datetime import date, timedelta
from typing import Any

from django import forms

from initiatives.forms.offering import labels_of, offer
from initiatives.models import Responsibility
from kirishima_dx.fiscal_year import (
    first_day,
    fiscal_year_label,
    fiscal_year_of,
    last_day,
    wareki_date,
)
from kirishima_dx.forms import JapaneseDateField, LineField, ProseField
from plans.models import Edition, FocusItemText
from rounds.actions.rounds import RoundTerms
from rounds.enums import OverdueRule, RoundKind
from rounds.queries.board_wish import NOBODY

LONGEST = timedelta(days=366)
"""How far ahead a deadline may lie: beyond it, a year was mistyped."""
YEARS_BACK = 3
SCOPES = (
    ("all", "すべての項目"),
    ("axis", "軸で選ぶ"),
    ("policy", "取組方針で選ぶ"),
    ("department", "主担当課で選ぶ"),
    ("items", "項目を一つずつ選ぶ"),
)
SCOPE_FIELDS = {
    "axis": "axes",
    "policy": "policies",
    "department": "departments",
    "items": "items",
}


def _picks(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "「%(value)s」は選べません。一覧から選んでください。"},
    )


class RoundForm(forms.Form):
    """The terms of a round, and which items it asks about."""

    fiscal_year = forms.TypedChoiceField(
        label="年度",
        coerce=int,
        error_messages={
            "invalid_choice": "「%(value)s」年度の照会は始められません。一覧の年度から選んでください。"
        },
    )
    kind = forms.ChoiceField(label="区分", choices=RoundKind.choices, widget=forms.RadioSelect)
    title = LineField(
        label="名称",
        max_length=60,
        required=False,
        help_text="随時のときは必ず入れます（例：議会対応の確認）。ほかの区分では空欄でかまいません。",
    )
    period_from = JapaneseDateField(
        label="対象期間の初日", help_text="この日からの取組を尋ねます。"
    )
    period_until = JapaneseDateField(
        label="対象期間の末日", help_text="この日までの取組を尋ねます。"
    )
    as_of = JapaneseDateField(label="基準日", help_text="この日の状況を答えてもらいます。")
    opens_on = JapaneseDateField(label="回答の開始日", help_text="この日から回答を受け付けます。")
    due_on = JapaneseDateField(label="回答の期限", help_text="この日の終わりまで受け付けます。")
    scope = forms.ChoiceField(
        label="尋ねる項目", choices=SCOPES, initial="all", widget=forms.RadioSelect
    )
    axes = _picks("軸")
    policies = _picks("取組方針")
    departments = _picks("主担当課")
    items = _picks("重点項目")
    instructions = ProseField(
        label="記入のお願い",
        required=False,
        rows=5,
        help_text="担当課の回答の画面と、Excelの回答様式に載ります。",
    )
    asks_certification = forms.BooleanField(
        label="課内の確認（確認者）を求める",
        required=False,
        help_text="回答は、主担当課の確認者が確かめてから事務局に届きます。",
    )
    overdue_rule = forms.ChoiceField(
        label="期限後の回答",
        choices=OverdueRule.choices,
        initial=OverdueRule.TAKE,
        widget=forms.RadioSelect,
        help_text="どちらでも、部署ごとに期限を延ばせます。照会を締め切った後は受け付けません。",
    )
    is_rehearsal = forms.BooleanField(
        label="練習にする",
        required=False,
        help_text="同じ画面で最後まで試せます。確認した回答は進捗の記録になりません。",
    )

    def __init__(self, *args: Any, today: date, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.texts = list(edition.item_texts.select_related("policy__axis", "focus_item"))
        items = [text.focus_item_id for text in self.texts]
        self.leads = Responsibility.objects.item_leads_on(today, items)
        year = fiscal_year_of(today)
        offer(
            self,
            "fiscal_year",
            [(y, fiscal_year_label(y)) for y in range(year, year - YEARS_BACK, -1)],
        )
        policies = {text.policy.code: text.policy for text in self.texts}
        axes = {policy.axis.number: policy.axis for policy in policies.values()}
        offer(self, "axes", [(str(n), f"{n} {axis.name}") for n, axis in axes.items()])
        offer(self, "policies", [(code, str(policy)) for code, policy in policies.items()])
        offer(self, "departments", self._departments())
        offer(self, "items", [(text.focus_item.code, str(text)) for text in self.texts])

    def _departments(self) -> list[tuple[str, str]]:
        found = {lead.pk: lead for lead in self.leads.values()}
        order = sorted(found.values(), key=lambda lead: lead.place_order)
        unled = len(self.texts) - sum(text.focus_item_id in self.leads for text in self.texts)
        named = [(lead.code, lead.name) for lead in order]
        return [(NOBODY, f"主担当課が未設定（{unled}件）"), *named] if unled else named

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_unnamed = not cleaned.get("title") and "title" not in self.errors
        if cleaned.get("kind") == RoundKind.AD_HOC and is_unnamed:
            self.add_error("title", "随時の照会には、何の照会か分かる名称を入れてください。")
        self._check_period(cleaned)
        self._check_window(cleaned)
        field = SCOPE_FIELDS.get(cleaned.get("scope", ""))
        if field and field not in self.errors and not self.chosen_texts:
            self.add_error(field, "一つ以上選んでください。")
        return cleaned

    def _check_period(self, cleaned: dict[str, Any]) -> None:
        start, end, year = (cleaned.get(n) for n in ("period_from", "period_until", "fiscal_year"))
        if start and end and end < start:
            self.add_error("period_until", "対象期間の末日が、初日より前になっています。")
        elif year and cleaned.get("kind") != RoundKind.AD_HOC:
            limits = f"{wareki_date(first_day(year))}から{wareki_date(last_day(year))}まで"
            for name, day in (("period_from", start), ("period_until", end)):
                if day and not first_day(year) <= day <= last_day(year):
                    self.add_error(
                        name, f"{fiscal_year_label(year)}の外の日です。{limits}の日にしてください。"
                    )

    def _check_window(self, cleaned: dict[str, Any]) -> None:
        opens, due, as_of = (cleaned.get(name) for name in ("opens_on", "due_on", "as_of"))
        if due and due < self.today:
            self.add_error("due_on", "回答の期限が、過ぎた日になっています。")
        elif due and opens and due < opens:
            self.add_error("due_on", "回答の期限が、回答の開始日より前になっています。")
        elif due and due - self.today > LONGEST:
            self.add_error("due_on", "回答の期限が1年より先です。年を確かめてください。")
        if due and as_of and as_of > due:
            self.add_error(
                "as_of", f"基準日は、回答の期限（{wareki_date(due)}）までの日にしてください。"
            )
        if opens and self.today - opens > LONGEST:
            self.add_error("opens_on", "回答の開始日が1年より前です。年を確かめてください。")

    @property
    def terms(self) -> RoundTerms:
        names = RoundTerms.__dataclass_fields__
        return RoundTerms(**{name: self.cleaned_data[name] for name in names})

    @property
    def chosen_texts(self) -> list[FocusItemText]:
        """Return the items that the round asks about, in the order of the plan."""
        scope = self.cleaned_data.get("scope", "all")
        if scope == "all":
            return self.texts
        wanted = set(self.cleaned_data.get(SCOPE_FIELDS[scope]) or [])
        return [text for text in self.texts if self._key(scope, text) in wanted]

    def _key(self, scope: str, text: FocusItemText) -> str:
        if scope == "axis":
            return str(text.policy.axis.number)
        if scope == "policy":
            return text.policy.code
        if scope == "items":
            return text.focus_item.code
        lead = self.leads.get(text.focus_item_id)
        return lead.code if lead else NOBODY

    @property
    def scope_label(self) -> str:
        """Return which items were chosen, as people read it."""
        scope = self.cleaned_data["scope"]
        if scope in ("all", "items"):
            return dict(SCOPES)[scope]
        field = SCOPE_FIELDS[scope]
        labels = labels_of(self, field)
        return "、".join(labels[value] for value in self.cleaned_data[field])
