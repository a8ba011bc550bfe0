"""What two people said of one item at the same moment, side by side (G4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from initiatives.actions.answer_content import AnswerContent
from initiatives.forms.answers import AnswerForm
from initiatives.forms.offering import labels_of
from initiatives.forms.progress import StatementForm
from initiatives.models import Answer, AnswerChange
from initiatives.models.progress_entry import STATEMENT_FIELDS
from initiatives.queries import shown_value
from initiatives.queries.entries import WHOLE_FIELDS, Stated, in_words
from kirishima_dx.clash import ClashField, clash_field


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
    names: Sequence[str] = ("as_of", *STATEMENT_FIELDS),
) -> Clash:
    """Compare a cleaned form with what stands; fields that differ come first."""
    fields = [_clash_field(form, name, opened, now) for name in names]
    return Clash(form, opened, now, sorted(fields, key=lambda field: not field.differs))


def answer_clash_of(form: AnswerForm, opened_revision: int, now: Answer) -> Clash:
    """Compare a cleaned answer with the one that stands; what it said when the form was opened is in its history."""
    change = AnswerChange.objects.filter(answer=now, revision=opened_revision).first()
    opened = Answer() if change else None
    if change and opened:
        AnswerContent.from_json(change.content).put_into(opened)
    return clash_of(form, opened, now, names=STATEMENT_FIELDS)


def _clash_field(
    form: StatementForm, name: str, opened: Stated | None, now: Stated | None
) -> ClashField:
    before, stands = (shown_value(stated, name) if stated else "" for stated in (opened, now))
    return clash_field(
        form[name],
        opened=before,
        now=stands,
        typed=_typed(form, name),
        whole=name in (*WHOLE_FIELDS, "as_of"),
    )


def _typed(form: StatementForm, name: str) -> str:
    """Return a value of the form as people read it; what cannot be read, as it was typed."""
    if name in form.errors and name not in form.cleaned_data:
        return str(form[name].value() or "")
    return in_words(form.cleaned_data.get(name), labels_of(form, name))
