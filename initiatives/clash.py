"""What two people said of one item at the same moment, side by side (G4)."""

from dataclasses import dataclass

from django.forms import BoundField

from initiatives.forms import ProgressForm
from initiatives.models import ProgressEntry
from initiatives.models.progress_entry import STATEMENT_FIELDS
from initiatives.queries import shown_value
from initiatives.queries.entries import YES
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.text_diff import Run, diff


@dataclass(frozen=True)
class ClashField:
    """One column: as it was when the form was opened, as it now stands, as it was typed."""

    field: BoundField
    opened: str
    theirs: list[Run]
    mine: list[Run]
    differs: bool


@dataclass(frozen=True)
class Clash:
    """`now` is the entry that stands, `opened` the one that stood when the form was opened."""

    form: ProgressForm
    opened: ProgressEntry | None
    now: ProgressEntry | None
    fields: list[ClashField]

    @property
    def is_about_progress(self) -> bool:
        """Whether somebody recorded progress; else something else of the item was changed."""
        return self.now != self.opened


def clash_of(form: ProgressForm, opened: ProgressEntry | None, now: ProgressEntry | None) -> Clash:
    """Compare a valid form with what stands; fields that differ come first."""
    fields = [_clash_field(form, name, opened, now) for name in ("as_of", *STATEMENT_FIELDS)]
    return Clash(form, opened, now, sorted(fields, key=lambda field: not field.differs))


def _clash_field(
    form: ProgressForm, name: str, opened: ProgressEntry | None, now: ProgressEntry | None
) -> ClashField:
    before, stands = (shown_value(entry, name) if entry else "" for entry in (opened, now))
    typed = _typed(form, name)
    return ClashField(
        form[name], before, diff(before, stands), diff(stands, typed), differs=stands != typed
    )


def _typed(form: ProgressForm, name: str) -> str:
    """Return a value of the form as shown_value returns one of an entry."""
    value = form.cleaned_data.get(name)
    choices = dict(getattr(form.fields[name], "choices", []))
    if choices:
        return str(choices.get(value, ""))
    if value is None or value is False:
        return ""
    if value is True:
        return YES
    return wareki_date(value) if hasattr(value, "isoformat") else str(value)
