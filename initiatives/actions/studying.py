"""検討 of a ★ item: the question, notes, and the papers that it rests on."""

import hashlib
from datetime import date

from django.db import transaction

from initiatives.errors import StudyConflict, StudyRefused
from initiatives.evidence_file import media_type_of
from initiatives.models import Evidence, EvidenceDownload, Initiative, Study, StudyNote
from initiatives.rules import speaking_department
from kirishima_dx import clock
from kirishima_dx.history import explain
from people.closed import closed_before, closed_words, is_cell_of
from people.models import User
from plans.models import FocusItem


@transaction.atomic
def ask_question(
    *,
    focus_item: FocusItem,
    question: str,
    review_by: date | None,
    opened_version: int,
    by: User,
) -> Study:
    """Write what a study asks and until when it is looked at again; `opened_version` 0: there was none yet.

    Raises StudyConflict (G4), StudyRefused without a question.
    """
    if not question.strip():
        raise StudyRefused("検討する問いを書いてください。")
    initiative = Initiative.objects.for_item(focus_item)
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    study = Study.objects.filter(initiative=initiative).first()
    if (study.version if study else 0) != opened_version:
        raise StudyConflict(study)
    if study is None:
        study = Study(initiative=initiative, version=0)
    study.question, study.review_by = question, review_by
    study.version += 1
    explain(study, by=by)
    study._history_date = clock.now()  # type: ignore[attr-defined]  # Else the demo would ask today what it asked in May.
    study.save()
    return study


@transaction.atomic
def note_finding(*, study: Study, text: str, by: User) -> StudyNote:
    """Add a note to a study.

    Raises StudyRefused without words, with words that were closed, and where the last note says the same (sent twice).
    """
    if not text.strip():
        raise StudyRefused("検討の記録を書いてください。")
    closed = closed_words(
        {"text": text}, is_of_it=lambda cell: is_cell_of(cell, StudyNote, study=study)
    )
    if closed:
        raise StudyRefused(closed["text"])
    Study.objects.select_for_update().get(pk=study.pk)
    last = study.notes.order_by("-pk").first()
    if last is not None and (last.text, last.written_by) == (text, by):
        raise StudyRefused("同じ記録を、すでに加えてあります。")
    department = speaking_department(by, study.initiative, clock.today())
    return StudyNote.objects.create(
        study=study,
        text=text,
        written_at=clock.not_before(last.written_at if last else None),
        written_by=by,
        written_by_name=by.display_name,
        department=department,
        department_name=department.name if department else "",
    )


@transaction.atomic
def keep_evidence(*, study: Study, name: str, title: str, content: bytes, by: User) -> Evidence:
    """Keep a file of a study. Raises StudyRefused where it is too big, of no kind that is kept, or kept already."""
    media_type = media_type_of(name, content)
    closed = closed_before(content)
    if closed:
        raise StudyRefused(closed)
    digest = hashlib.sha256(content).hexdigest()
    Study.objects.select_for_update().get(pk=study.pk)
    twin = Evidence.objects.filter(study=study, digest=digest).first()
    if twin is not None:
        raise StudyRefused(f"同じ内容の資料が、すでにあります（「{twin.title}」、{twin.name}）。")
    if not title.strip():
        raise StudyRefused("何の資料かを書いてください。")
    return Evidence.objects.create(
        study=study,
        name=name,
        title=title,
        media_type=media_type,
        size=len(content),
        digest=digest,
        content=content,
        kept_at=clock.now(),
        kept_by=by,
        kept_by_name=by.display_name,
    )


@transaction.atomic
def take_out(*, evidence: Evidence, by: User, address: str = "") -> EvidenceDownload:
    """Record that somebody takes a file out."""
    return EvidenceDownload.objects.create(
        evidence=evidence, taken_at=clock.now(), taken_by=by, address=address
    )
