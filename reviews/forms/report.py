"""Forms of the annual report."""

from datetime import date
from typing import Any

from django import forms

from kirishima_dx.asked_again import AsksAgain
from kirishima_dx.far_day import Years, is_planned, period_told
from kirishima_dx.fiscal_year import fiscal_year_label, fiscal_year_of, fiscal_year_wareki
from kirishima_dx.forms import JapaneseDateField, ProseField
from reviews.report.overview import UNREAD

YEARS_BACK = 5
PROSE_LIMIT = 10_000


class ReportOpenForm(AsksAgain):
    """Which year's report to open, and as of which day; a year outside the plan's period is asked about again (A4)."""

    fiscal_year = forms.TypedChoiceField(label="年度", coerce=int)
    as_of = JapaneseDateField(
        label="基準日", help_text="この日までの進捗の記録を集計します。あとから変えられます。"
    )

    def __init__(self, *args: Any, today: date, years: Years | None, **kwargs: Any) -> None:
        self.years = years
        year = fiscal_year_of(today)
        kwargs["initial"] = {"fiscal_year": year, "as_of": today, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        choices = [(one, fiscal_year_label(one)) for one in range(year, year - YEARS_BACK, -1)]
        self.fields["fiscal_year"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        year = cleaned.get("fiscal_year")
        if year is not None and self.years is not None and not is_planned(year, self.years):
            name = fiscal_year_wareki(year)
            question = (
                f"{name}は、{period_told(self.years)}の外です。"
                f"{name}の報告を作るなら、印を付けてもう一度送ってください。"
            )
            self.ask_again(str(year), question, label=f"{name}で間違いありません")
        return cleaned


class ReportEditForm(forms.Form):
    """The words of a draft, its day, and the version that the form was opened on (G4)."""

    as_of = JapaneseDateField(label="基準日")
    overview = ProseField(
        label="総括",
        rows=10,
        max_length=PROSE_LIMIT,
        required=False,
        help_text="この年度の進み具合の全体像。確定するときまでに書きます。空行で段落を分けます。"
        f"数字から作った下書きには「{UNREAD}」の印が付きます。印の行を消すまで、確定できません。",
    )
    technology_trends = ProseField(
        label="技術動向",
        rows=8,
        max_length=PROSE_LIMIT,
        required=False,
        help_text="計画に関わる技術や制度の動き。",
    )
    national_trends = ProseField(
        label="国・県の動向",
        rows=6,
        max_length=PROSE_LIMIT,
        required=False,
        help_text="国の自治体DX推進計画や県の取組など、計画に関わる動き。",
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ReportSealForm(forms.Form):
    """Why a draft is sealed, and what had been looked at when it was decided."""

    reason = ProseField(
        label="確定の理由",
        rows=3,
        max_length=1000,
        help_text="例：令和8年度第2回DX推進本部会議に報告するため",
        error_messages={"required": "確定の理由を書いてください。"},
    )
    has_read = forms.BooleanField(
        label="総括と進捗一覧を読みました",
        error_messages={"required": "総括と進捗一覧を読んでから、印を付けてください。"},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    seen_digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class ReportAbandonForm(forms.Form):
    """Why a draft is given up, and the version that the form was opened on (G4)."""

    reason = ProseField(
        label="取りやめの理由",
        rows=3,
        max_length=1000,
        help_text="例：年度を選び間違えたため",
        error_messages={"required": "取りやめの理由を書いてください。"},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ReportCorrectionForm(forms.Form):
    """Why a sealed issue is corrected."""

    reason = ProseField(
        label="訂正の理由",
        rows=3,
        max_length=1000,
        help_text="何がどう誤っていたか。訂正号と正誤表に載ります。",
        error_messages={"required": "訂正の理由を書いてください。"},
    )


class ReportWithholdForm(forms.Form):
    """Why nobody reads a sealed issue any more."""

    reason = ProseField(
        label="差し控える理由",
        rows=3,
        max_length=1000,
        help_text="例：進捗一覧に相談者の氏名が載っていたため。理由は職員だけに見えます。"
        "ずっと残るので、氏名などの個人情報は書かないでください。",
        error_messages={"required": "差し控える理由を書いてください。"},
    )
    is_sure = forms.BooleanField(
        label="差し控えは取り消せないことを確かめました",
        error_messages={"required": "取り消せないことを確かめてから、印を付けてください。"},
    )


class ReportPublishForm(forms.Form):
    """Why a sealed issue is published."""

    reason = ProseField(
        label="公表の理由",
        rows=3,
        max_length=1000,
        help_text="例：令和8年度第2回DX推進本部会議で了承されたため（理由は職員だけに見えます）",
        error_messages={"required": "公表の理由を書いてください。"},
    )
