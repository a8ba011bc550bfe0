"""Forms of the agenda of a sitting, and of what 本部員 say of it beforehand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from initiatives.forms.offering import offer
from kirishima_dx.fiscal_year import fiscal_year_wareki
from kirishima_dx.forms import LineField, ProseField
from plans.models import FocusItemText
from reviews.actions.agenda import Matter
from reviews.enums import AgendaKind
from reviews.queries.meeting_offers import AgendaOffers, UnknownItem, label_of

TITLE_LIMIT = 200


class AgendaAddForm(forms.Form):
    """What to put on the agenda: of what is offered, single items by name, and one free matter."""

    reports = forms.TypedMultipleChoiceField(
        label="年次報告", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    problems = forms.TypedMultipleChoiceField(
        label="課題・協議事項", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    amendment = forms.BooleanField(label="改定案", required=False)
    consideration = forms.BooleanField(label="改定の検討", required=False)
    items = ProseField(
        label="重点項目",
        rows=2,
        max_length=2000,
        required=False,
        help_text="番号か名前を、1行に1件ずつ書きます。名前は一部でもかまいません。例：1-A-3",
    )
    title = LineField(label="そのほかの議題", max_length=TITLE_LIMIT, required=False)
    question = ProseField(label="そのお諮りすること", rows=2, required=False)
    explanation = ProseField(label="その説明・案", rows=3, required=False)

    def __init__(self, *args: Any, offers: AgendaOffers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        offer(self, "reports", [(one.pk, one.title) for one in offers.reports])
        put = [(one.entry.pk, label_of(one.text)) for one in offers.problems]
        offer(self, "problems", put)
        if offers.draft is not None:
            changes = f"{offers.draft.name}の変更 {offers.draft_changes}項目"
            self.fields["amendment"].label = changes
        else:
            del self.fields["amendment"]
        if offers.consideration is not None:
            self.fields["consideration"].label = _considering(offers.consideration)
        else:
            del self.fields["consideration"]
        for name, rows in (("reports", offers.reports), ("problems", offers.problems)):
            if not rows:
                del self.fields[name]

    def clean_items(self) -> list[FocusItemText]:
        try:
            return self.offers.names.find_all(self.cleaned_data["items"])
        except UnknownItem as unknown:
            raise ValidationError(str(unknown)) from unknown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = cleaned.get("explanation") or cleaned.get("question")
        if said and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", "説明やお諮りすることを書いた議題の名前を書いてください。")
        if not self.errors and not any(cleaned.values()):
            raise ValidationError("議題にするものを選ぶか、書いてください。")
        return cleaned

    @property
    def matters(self) -> list[Matter]:
        """Return what a valid form asks for, in the order in which it is usually talked about."""
        typed = self.cleaned_data
        chosen = [report for report in self.offers.reports if report.pk in typed.get("reports", [])]
        matters = [Matter(AgendaKind.REPORT, report.title, report=report) for report in chosen]
        matters += [self._problem(key) for key in typed.get("problems", [])]
        matters += [
            Matter(AgendaKind.ITEM, label_of(text), focus_item=text.focus_item)
            for text in typed["items"]
        ]
        draft = self.offers.draft
        if typed.get("amendment") and draft is not None:
            matters.append(Matter(AgendaKind.AMENDMENT, f"{draft.name}について", edition=draft))
        if typed.get("consideration") and self.offers.consideration is not None:
            matters.append(_consideration(self.offers.consideration))
        if typed["title"]:
            words = {name: typed[name] for name in ("title", "explanation", "question")}
            matters.append(Matter(AgendaKind.OTHER, **words))
        return matters

    def _problem(self, entry_id: int) -> Matter:
        problem = self.offers.problem(entry_id)
        return Matter(
            AgendaKind.PROBLEM,
            label_of(problem.text),
            focus_item=problem.text.focus_item,
            entry=problem.entry,
        )


def _considering(year: int) -> str:
    """Return 令和8年度の改定の検討."""
    return f"{fiscal_year_wareki(year)}の改定の検討"


def _consideration(year: int) -> Matter:
    """Return the 改定の検討 of a year, with what the 本部 is asked to decide."""
    question = f"{fiscal_year_wareki(year)}に、計画を改定するか、しないか。"
    return Matter(AgendaKind.CONSIDERATION, _considering(year), question=question)


class AgendaItemForm(forms.Form):
    """The words of an agenda item, and the version they were opened on (G4)."""

    title = LineField(label="議題", max_length=TITLE_LIMIT)
    question = ProseField(
        label="お諮りすること",
        rows=2,
        required=False,
        help_text="本部に決めてほしいことを、一文で書きます。空のときは「報告」になります。"
        "例：1-B-4の窓口を、総合支所1か所から始めてよいか",
    )
    explanation = ProseField(
        label="説明・案",
        rows=6,
        required=False,
        help_text="お諮りすることがあるときは、その案を書きます。次第と会議資料に載ります。空行で段落を分けます。",
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class AgendaMoveForm(forms.Form):
    """Where on the agenda an item shall stand, counted from 1."""

    to = forms.IntegerField(label="順番", min_value=1, max_value=999)


class OpinionForm(forms.Form):
    """What a 本部員 says of an agenda item before the sitting."""

    text = ProseField(
        label="意見を書く",
        rows=3,
        help_text="本部員と事務局だけが読みます。記録した意見は、後から変えられません。",
        error_messages={"required": "意見を書いてください。"},
    )
