"""Two people changed one text of a draft: what stood there, what stands there, what was typed (rule G4)."""

from dataclasses import dataclass

from kirishima_dx.clash import ClashField, clash_field
from plans.models import FocusItemText
from reviews.forms.draft import ItemEditForm
from reviews.queries import Wording, wording_at


@dataclass(frozen=True)
class Clash:
    """All texts of the form, and who saved the wording that stands now."""

    fields: list[ClashField]
    now: Wording


def clash_of(form: ItemEditForm, opened_version: int, current: FocusItemText) -> Clash:
    """Return both texts beside each other. `form` is valid; it will be shown again with what was typed."""
    opened = wording_at(current, opened_version)
    now = wording_at(current, current.version) or _wording(current)
    typed = Wording(*(form.cleaned_data[name] for name in ("title", "overview", "is_study")))
    return Clash([_field(form, name, opened, now, typed) for name in _shown(now)], now)


def _wording(text: FocusItemText) -> Wording:
    return Wording(text.title, text.overview, text.is_study)


def _shown(wording: Wording) -> dict[str, str]:
    """Return a wording as people read it, by the names of the form's fields."""
    star = "★検討項目" if wording.is_study else "★なし"
    return {"title": wording.title, "overview": wording.overview, "is_study": star}


def _field(
    form: ItemEditForm, name: str, opened: Wording | None, now: Wording, typed: Wording
) -> ClashField:
    return clash_field(
        form[name],
        opened=_shown(opened)[name] if opened else None,
        now=_shown(now)[name],
        typed=_shown(typed)[name],
        whole=name == "is_study",
    )
