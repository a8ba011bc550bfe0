"""What two people answered at the same moment, side by side (G4)."""

from initiatives.clash import Clash, clash_of
from initiatives.statement import COLUMNS
from rounds.answer_content import AnswerContent
from rounds.forms.answers import AnswerForm
from rounds.models import Answer, AnswerChange


def answer_clash_of(form: AnswerForm, opened_revision: int, now: Answer) -> Clash:
    """Compare a cleaned answer with the one that stands; what it said when the form was opened is in its history."""
    change = AnswerChange.objects.filter(answer=now, revision=opened_revision).first()
    opened = Answer() if change and not change.is_closed else None
    if change and opened:
        AnswerContent.from_json(change.content).put_into(opened)
    return clash_of(form, opened, now, columns=COLUMNS)
