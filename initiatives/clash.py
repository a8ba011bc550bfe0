"""What two people said of one item at the same moment, side by side (G4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from initiatives.forms.progress import StatementForm
from initiatives.models import Stated
from initiatives.stated_column import Kind, StatedColumn
from initiatives.statement import COLUMNS
from kirishima_dx.clash import ClashField, clash_field

AS_OF = StatedColumn(key="as_of", label="基準日", kind=Kind.DAY)
"""The day of an entry, compared as the columns of its statement are."""


@dataclass(frozen=True)
class Clash:
    """`now` is what stands, `opened` what stood when the form was opened."""

    form: StatementForm
    opened: Stated | None
    now: Stated | None
    fields: list[ClashField]

    @property
    def is_about_progress(self) -> bool:
        """Whether somebody recorded progress; else something else of the item was changed."""
        return self.now != self.opened


def clash_of(
    form: StatementForm,
    opened: Stated | None,
    now: Stated | None,
    *,
    columns: Sequence[StatedColumn] = (AS_OF, *COLUMNS),
) -> Clash:
    """Compare a cleaned form with what stands; fields that differ come first."""
    fields = [_clash_field(form, column, opened, now) for column in columns]
    return Clash(form, opened, now, sorted(fields, key=lambda field: not field.differs))


def _clash_field(
    form: StatementForm, column: StatedColumn, opened: Stated | None, now: Stated | None
) -> ClashField:
    before, stands = (
        column.in_words(getattr(stated, column.key)) if stated else "" for stated in (opened, now)
    )
    return clash_field(
        form[column.key],
        opened=before,
        now=stands,
        typed=_typed(form, column),
        whole=not column.is_prose,
    )


def _typed(form: StatementForm, column: StatedColumn) -> str:
    """Return a value of the form as people read it; what cannot be read, as it was typed."""
    if column.key in form.errors and column.key not in form.cleaned_data:
        return str(form[column.key].value() or "")
    return column.in_words(form.cleaned_data.get(column.key))
