"""What an upload did, and which uploads there were."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from people.models import User
from plans.models import FocusItemText
from rounds.answer_content import AnswerContent
from rounds.models import AnswerChange, AnswerImport, ReportingRound


@dataclass(frozen=True)
class AppliedRow:
    """One answer that an upload changed: what it said before and after, and the fields the file changed."""

    change: AnswerChange
    before: AnswerContent
    after: AnswerContent
    names: list[str]


def titles_of(round: ReportingRound) -> dict[int, str]:
    """Return what the items of a round are called, by the key of the item: as the newest edition words it."""
    texts = FocusItemText.objects.filter(focus_item__initiative__answers__round=round)
    in_order = texts.order_by("edition__major", "edition__minor")
    return dict(in_order.values_list("focus_item_id", "title"))


def uploads_of(round: ReportingRound, by: User) -> "QuerySet[AnswerImport]":
    """Return the uploads into a round, newest first: all for the 事務局, else one's own."""
    uploads = AnswerImport.objects.filter(round=round).annotate(file_count=Count("files"))
    return uploads if by.is_secretariat else uploads.filter(uploaded_by=by)


def applied_rows(upload: AnswerImport) -> list[AppliedRow]:
    """Return what an upload changed, in the order of the items, in two queries."""
    changes = list(
        upload.changes.select_related("answer__initiative__focus_item", "answer__round").order_by(
            "answer__initiative__focus_item__code"
        )
    )
    earlier = AnswerChange.objects.filter(
        answer__in=[change.answer_id for change in changes],
        revision__in={change.revision - 1 for change in changes},
    ).values_list("answer_id", "revision", "content")
    before = {(answer, revision): content for answer, revision, content in earlier}
    rows = []
    for change in changes:
        said = before.get((change.answer_id, change.revision - 1))
        old = AnswerContent.from_json(said or {})
        new = AnswerContent.from_json(change.content)
        # Beside a step that was closed (A3) nobody knows what changed.
        keys = [] if said == {} else list(change.content)
        names = [name for name in keys if getattr(old, name) != getattr(new, name)]
        rows.append(AppliedRow(change, old, new, names))
    return rows
