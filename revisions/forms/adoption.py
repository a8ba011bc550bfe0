"""The form of bringing a draft into force."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from django import forms

from initiatives.forms.offering import offer
from kirishima_dx.far_day import FarDayForm, Years
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.forms import JapaneseDateField, ProseField
from reviews.models import Decision
from revisions.forms.draft import DraftForm
from revisions.queries.adoption import AdoptionOffers
from revisions.queries.origins import beginning

NO_BASIS = (
    "決定を選ばないときは、根拠（決裁の名称など）と、会議の決定によらない理由を書いてください。"
)
NO_REASON = "この版に載せない理由を書いてください。"


class AdoptForm(DraftForm, FarDayForm):
    """When and on what basis an edition comes into force, and what the person saw of it."""

    decision = forms.ChoiceField(
        label="施行のもとになる本部会議の決定",
        required=False,
        help_text="この版を施行してよいとした決定です。ないときは、下の「根拠」にその理由を書きます。",
        error_messages={"invalid_choice": "決定を、表示されている中から選んでください。"},
    )
    basis = ProseField(
        label="根拠",
        rows=3,
        max_length=500,
        required=False,
        help_text="版とともに公開します。決定を選んだときは、空にすると「令和○年度第○回…の決定」と書き入れます。"
        "選ばないときは、決裁の名称などと、会議の決定によらない理由を書きます。",
    )
    decided_on = JapaneseDateField(label="決定日", help_text="決裁または会議で決定した日です。")
    effective_from = JapaneseDateField(
        label="施行日",
        help_text="効力をもつ最初の日です。先の日も入れられます。文言はいま確定し、その日から効力をもちます。",
    )
    digest = forms.CharField(label="確認した内容", widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        offers: AdoptionOffers | None = None,
        today: date,
        years: Years,
        left: Sequence[Decision] = (),
        **kwargs: Any,
    ) -> None:
        """`left` are the open decisions that the draft does not show: why is asked of each."""
        super().__init__(*args, **kwargs)
        self.today, self.years = today, years
        self.offers, self.left = offers or AdoptionOffers(), left
        for one in left:
            self.fields[_name_of(one)] = ProseField(
                label=f"{one}を載せない理由",
                rows=2,
                max_length=500,
                required=False,
                help_text=beginning(one.text),
            )
        groups = [
            ("この案を議題にした会議の決定", _lines(self.offers.about)),
            ("そのほかの会議の決定", _lines(self.offers.others)),
        ]
        choices: list[Any] = [("", "選ばない（理由を「根拠」に書く）")]
        offer(self, "decision", choices + [group for group in groups if group[1]])

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        self._ask_why_left(typed)
        self.ask_about_far_day(typed.get("effective_from"), today=self.today, years=self.years)
        if "decision" not in typed:
            return typed
        key = typed["decision"]
        decision = typed["decision"] = self.offers.decision(int(key)) if key else None
        if decision is None and not typed.get("basis"):
            self.add_error("basis", NO_BASIS)
        if decision is not None:
            typed["basis"] = typed.get("basis") or in_words(decision)
            self._refuse_before(decision)
        return typed

    def _ask_why_left(self, typed: dict[str, Any]) -> None:
        """Ask why each open decision is left out, but for the one that the adoption rests on."""
        for one in self.left:
            name = _name_of(one)
            is_basis = typed.get("decision") == str(one.pk)
            if name in typed and not typed[name] and not is_basis:
                self.add_error(name, NO_REASON)

    @property
    def why_left(self) -> list[forms.BoundField]:
        return [self[_name_of(one)] for one in self.left]

    @property
    def left_out(self) -> dict[int, str]:
        """Return the reasons by the key of the decision."""
        return {one.pk: self.cleaned_data[_name_of(one)] for one in self.left}

    def _refuse_before(self, decision: Decision) -> None:
        decided_on, held_on = self.cleaned_data.get("decided_on"), decision.meeting.held_on
        if decided_on is not None and decided_on < held_on:
            day = wareki_date(held_on)
            self.add_error("decided_on", f"選んだ決定の会議（{day}）以後の日にしてください。")

    def reopened(self, digest: str) -> Self:
        """Return the form with all that was typed, opened on the draft as it stands now."""
        data = {name: self.data.get(name, "") for name in self.fields}
        again = {**data, "digest": digest}
        return type(self)(
            again, offers=self.offers, left=self.left, today=self.today, years=self.years
        )


def _name_of(decision: Decision) -> str:
    return f"left_out_{decision.pk}"


def in_words(decision: Decision) -> str:
    """Return 令和8年度第2回DX推進本部会議の決定（R8-2-1 改定）."""
    return f"{decision.meeting.title}の決定（{decision}）"


def _lines(decisions: Sequence[Decision]) -> list[tuple[int, str]]:
    return [(one.pk, f"{one}：{beginning(one.text)}") for one in decisions]
