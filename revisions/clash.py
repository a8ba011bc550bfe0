"""Two people changed one text of a draft: what stood there, what stands there, what was typed (rule G4)."""

from dataclasses import dataclass
from typing import Any

from django import forms

from kirishima_dx.clash import ClashField, clash_field
from kirishima_dx.fiscal_year import fiscal_year_label
from plans.comparison.parts import Part
from plans.models import FocusItemText
from revisions.queries.draft_parts import PartWords, part_words_at, words_of
from revisions.queries.drafts import wording_at

STUDY = "is_study"
YEARS = ("first_fiscal_year", "last_fiscal_year")


@dataclass(frozen=True)
class Clash:
    """All texts of the form, and who saved the words that stand now."""

    fields: list[ClashField]
    now: PartWords


def clash_of(form: forms.Form, opened_version: int, current: FocusItemText | Part) -> Clash:
    """Return both texts beside each other. `form` is valid; it will be shown again with what was typed."""
    opened, now = _words_at(current, opened_version), _words_at(current, current.version)
    now = now or PartWords(_words(current))
    fields = [_field(form[name], opened, now, form.cleaned_data[name]) for name in now.words]
    return Clash(fields, now)


def _words(current: FocusItemText | Part) -> dict[str, str]:
    if isinstance(current, FocusItemText):
        return _item_words(current.title, current.overview, current.is_study)
    return words_of(current)


def _item_words(title: str, overview: str, is_study: bool) -> dict[str, str]:
    return {"title": title, "overview": overview, STUDY: "yes" if is_study else ""}


def _words_at(current: FocusItemText | Part, version: int) -> PartWords | None:
    if not isinstance(current, FocusItemText):
        return part_words_at(current, version)
    found = wording_at(current, version)
    if found is None:
        return None
    words = _item_words(found.title, found.overview, found.is_study)
    return PartWords(words, found.by_name, found.at)


def _field(
    field: forms.BoundField, opened: PartWords | None, now: PartWords, typed: Any
) -> ClashField:
    name = field.name
    return clash_field(
        field,
        opened=_as_read(name, opened.words[name]) if opened else None,
        now=_as_read(name, now.words[name]),
        typed=_as_read(name, typed),
        whole=name == STUDY or name in YEARS,
    )


def _as_read(name: str, value: Any) -> str:
    """Return a value of the form as people read it."""
    if name == STUDY:
        return "★検討項目" if value else "★なし"
    return fiscal_year_label(int(value)) if name in YEARS else str(value)
