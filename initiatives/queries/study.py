"""検討 of ★ items: one study whole, and all of them in a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from initiatives.models import (
    Evidence,
    EvidenceDownload,
    Initiative,
    Responsibility,
    Study,
    StudyNote,
)
from kirishima_dx.elapsed import days_left
from people.models import Department
from plans.models import Edition, FocusItem, FocusItemText


@dataclass(frozen=True)
class Question:
    """What a study asked once: the words, until when, and who wrote them."""

    question: str
    review_by: date | None
    written_at: datetime
    written_by_name: str


@dataclass
class StudyPage:
    """One study; without `study` nothing was asked yet. `downloads` are there for the 事務局 alone."""

    focus_item: FocusItem
    at: date
    study: Study | None = None
    questions: list[Question] = field(default_factory=list)
    notes: list[StudyNote] = field(default_factory=list)
    evidence: Sequence[Evidence] = ()
    downloads: list[EvidenceDownload] = field(default_factory=list)

    @property
    def now(self) -> Question | None:
        """Return who wrote the question that stands, and when."""
        return self.questions[0] if self.questions else None

    @property
    def before(self) -> list[Question]:
        return self.questions[1:]

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.study, self.at)

    @property
    def due_in(self) -> str:
        return due_in(self.study, self.at)


def is_overdue(study: Study | None, at: date) -> bool:
    """Whether a study should have been looked at again before a day."""
    return study is not None and study.review_by is not None and study.review_by < at


def due_in(study: Study | None, at: date) -> str:
    """Return あと5日 or 3日過ぎ; empty without a day."""
    return days_left(study.review_by, at) if study and study.review_by else ""


def study_of(focus_item: FocusItem) -> Study | None:
    return Study.objects.filter(initiative__focus_item=focus_item).first()


def study_page(focus_item: FocusItem, at: date, *, tells_downloads: bool) -> StudyPage:
    """Gather one study, in as many queries whatever its size; the bytes of its files stay where they are."""
    study = study_of(focus_item)
    if study is None:
        return StudyPage(focus_item, at)
    evidence = list(
        study.evidence.defer("content")
        .annotate(taken_out=Count("downloads"))
        .order_by("-kept_at", "-pk")
    )
    return StudyPage(
        focus_item,
        at,
        study,
        _questions(study),
        list(study.notes.order_by("-written_at", "-pk")),
        evidence,
        _downloads(evidence) if tells_downloads else [],
    )


def _downloads(evidence: Sequence[Evidence]) -> list[EvidenceDownload]:
    """Return who took files out, newest first; each names the file as it was read, without its bytes."""
    files = {one.pk: one for one in evidence}
    taken = EvidenceDownload.objects.filter(evidence__in=files).select_related("taken_by")
    downloads = list(taken.order_by("-taken_at", "-pk"))
    for one in downloads:
        one.evidence = files[one.evidence_id]
    return downloads


def _questions(study: Study) -> list[Question]:
    """Return what was asked, newest first."""
    records = study.history.select_related("history_user").order_by("-version")
    return [_question(record) for record in records]


def _question(record: Any) -> Question:
    author = record.history_user
    name = author.display_name if author else ""
    return Question(record.question, record.review_by, record.history_date, name)


def question_at(study: Study, version: int) -> Question | None:
    """Return what a study asked at a version (G4); None where nothing was asked yet."""
    record = study.history.select_related("history_user").filter(version=version).first()
    return _question(record) if record else None


@dataclass
class StudyRow:
    """A study in the list. `text` is the wording that holds, or the last there was."""

    text: FocusItemText
    at: date
    is_living: bool
    lead: Department | None
    study: Study | None

    @property
    def is_over(self) -> bool:
        """Whether the item lost its ★ or left the plan; its record stays to be read."""
        return not (self.is_living and self.text.is_study)

    @property
    def is_overdue(self) -> bool:
        return not self.is_over and is_overdue(self.study, self.at)

    @property
    def due_in(self) -> str:
        return "" if self.is_over else due_in(self.study, self.at)


def study_rows(edition: Edition, at: date) -> list[StudyRow]:
    """Return the ★ items of an edition in its order, then what was a ★ item and has a record; in four queries."""
    living = list(
        edition.item_texts.filter(Q(is_study=True) | Q(focus_item__initiative__study__isnull=False))
        .select_related("policy__axis", "focus_item")
        .order_by("policy__axis__number", "policy__letter", "number")
    )
    texts = [*living, *_texts_of_others(edition, {text.focus_item_id for text in living})]
    items = [text.focus_item_id for text in texts]
    studies = {one.initiative.focus_item_id: one for one in _studies(items)}
    leads = _leads(items, at)
    rows = [
        StudyRow(
            text,
            at,
            text.edition_id == edition.pk,
            leads.get(text.focus_item_id),
            studies.get(text.focus_item_id),
        )
        for text in texts
    ]
    return sorted(rows, key=lambda row: row.is_over)


def _texts_of_others(edition: Edition, known: set[int]) -> Iterable[FocusItemText]:
    """Return the last wording of items that left the plan with a record of their study."""
    texts = FocusItemText.objects.filter(
        focus_item__plan=edition.plan_id, focus_item__initiative__study__isnull=False
    ).exclude(focus_item__in=known)
    in_order = texts.select_related("policy__axis", "focus_item").order_by(
        "focus_item__code", "edition__major", "edition__minor"
    )
    return {text.focus_item_id: text for text in in_order}.values()


def _studies(items: list[int]) -> Iterable[Study]:
    last = StudyNote.objects.filter(study=OuterRef("pk")).order_by("-written_at", "-pk")[:1]
    return (
        Study.objects.filter(initiative__focus_item__in=items)
        .select_related("initiative")
        .annotate(
            last_note=Subquery(last.values("text")),
            last_noted_at=Subquery(last.values("written_at")),
            note_count=Count("notes", distinct=True),
            evidence_count=Count("evidence", distinct=True),
        )
    )


def _leads(items: list[int], at: date) -> dict[int, Department]:
    initiatives = dict(
        Initiative.objects.filter(focus_item__in=items).values_list("pk", "focus_item_id")
    )
    held = Responsibility.objects.filter(initiative__in=initiatives).leads_on(at)
    return {initiatives[key]: department for key, department in held.items()}
