"""The study of a ★ item: its question, its notes, its papers. For staff."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiatives.actions.studying import ask_question, keep_evidence, note_finding, take_out
from initiatives.errors import StudyConflict, StudyRefused
from initiatives.forms.study import EvidenceForm, NoteForm, QuestionForm
from initiatives.models import Evidence, Study
from initiatives.queries.study import question_at, study_of, study_page, study_rows
from initiatives.views.loading import LoadedItem, load_item, may_write
from kirishima_dx import clock
from kirishima_dx.clash import clash_field
from kirishima_dx.client_address import client_address
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.spreadsheets.writing import Readers, download
from people.access import actor, signed_in
from people.closed import is_closed
from people.views.closing import closed_page
from plans.models import Edition
from plans.served import served_plan

OVER = "この項目は検討項目ではなくなったので、もう書き加えられません。"
LEFT = "この項目は計画から外れたので、もう書き加えられません。"
UNASKED = "先に、検討する問いを書いてください。"
INERT = "default-src 'none'; sandbox"
"""What a file may do if a browser opened it after all: nothing."""


@dataclass
class LoadedStudy:
    """A ★ item, or one that was and has a record, and whether the visitor may write of its study."""

    item: LoadedItem
    study: Study | None
    may_write: bool

    @property
    def code(self) -> str:
        return self.item.focus_item.code

    @property
    def has_left(self) -> bool:
        """Whether the edition in force came after the last one that has the item."""
        living = self.item.shelf.living
        had = [one.shelved.edition for one in self.item.wordings if one.shelved.is_public]
        return living is not None and bool(had) and living.edition > max(had)

    @property
    def refusal(self) -> str:
        """Return why nothing more is written of the study; empty while the item is a ★ item of the plan."""
        if self.has_left:
            return LEFT
        return "" if self.item.text.is_study else OVER


def _load(request: HttpRequest, code: str) -> LoadedStudy:
    """Return the study of an item; 404 where there is none and none is asked for."""
    item = load_item(request, code)
    study = study_of(item.focus_item)
    if study is None and not item.text.is_study:
        raise Http404("この項目は検討項目ではありません。")
    return LoadedStudy(item, study, may_write(request.user, item))


def _load_to_write(request: HttpRequest, code: str) -> LoadedStudy:
    loaded = _load(request, code)
    if not loaded.may_write:
        raise PermissionDenied(
            f"{code} の検討の記録を書けるのは、主担当課・関係課の入力者と確認者、事務局だけです。"
        )
    return loaded


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def study(request: HttpRequest, code: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, _load(request, code))
    loaded = _load_to_write(request, code)
    form = QuestionForm(request.POST)
    if not form.is_valid() or _is_refused(form, loaded.refusal):
        return _page(request, loaded, question_form=form)
    try:
        ask_question(
            focus_item=loaded.item.focus_item,
            question=form.cleaned_data["question"],
            review_by=form.cleaned_data["review_by"],
            opened_version=form.cleaned_data["opened_version"],
            by=actor(request),
        )
    except StudyConflict as conflict:
        if not _stands_already(form, conflict.current):
            return _clash_page(request, loaded, form, conflict.current)
    messages.success(request, "検討する問いを保存しました。")
    return redirect("study", code)


def _stands_already(form: QuestionForm, current: Study | None) -> bool:
    """Whether what was typed is what stands: a form that was sent twice is no clash."""
    typed = (form.cleaned_data["question"], form.cleaned_data["review_by"])
    return current is not None and typed == (current.question, current.review_by)


def _is_refused(form: QuestionForm | NoteForm | EvidenceForm, refusal: str) -> bool:
    """Say in a form why it cannot be taken now; what was typed stays in it."""
    if refusal:
        form.add_error(None, refusal)
    return bool(refusal)


@require_POST
@signed_in
def study_note(request: HttpRequest, code: str) -> HttpResponse:
    loaded = _load_to_write(request, code)
    form = NoteForm(request.POST)
    refusal = loaded.refusal or ("" if loaded.study else UNASKED)
    if not form.is_valid() or _is_refused(form, refusal) or loaded.study is None:
        return _page(request, loaded, note_form=form)
    try:
        note_finding(study=loaded.study, text=form.cleaned_data["text"], by=actor(request))
    except StudyRefused as refused:
        form.add_error("text", str(refused))
        return _page(request, loaded, note_form=form)
    messages.success(request, "検討の記録を加えました。")
    return redirect("study", code)


@require_POST
@signed_in
def evidence_add(request: HttpRequest, code: str) -> HttpResponse:
    loaded = _load_to_write(request, code)
    form = EvidenceForm(request.POST, request.FILES)
    refusal = loaded.refusal or ("" if loaded.study else UNASKED)
    if not form.is_valid() or _is_refused(form, refusal) or loaded.study is None:
        return _page(request, loaded, evidence_form=form)
    file = form.cleaned_data["file"]
    try:
        kept = keep_evidence(
            study=loaded.study,
            name=file.name,
            title=form.cleaned_data["title"],
            content=file.read(),
            by=actor(request),
        )
    except StudyRefused as refused:
        form.add_error("file", str(refused))
        return _page(request, loaded, evidence_form=form)
    messages.success(request, f"資料「{kept.title}」を加えました。")
    return redirect("study", code)


@require_safe
@signed_in
def evidence_file(request: HttpRequest, code: str, evidence_id: int) -> HttpResponse:
    """Hand a file out to be saved, never to be shown, and record who took it."""
    loaded = _load(request, code)
    evidence = Evidence.objects.filter(study=loaded.study, pk=evidence_id).first()
    if evidence is None:
        raise Http404("この資料はありません。")
    if is_closed(evidence):
        return closed_page(request, evidence)
    if request.method == "GET":
        take_out(evidence=evidence, by=actor(request), address=client_address(request))
    response = download(
        bytes(evidence.content),
        name=evidence.name,
        content_type=evidence.media_type,
        readers=Readers.TOLD,
    )
    response["Content-Security-Policy"] = INERT
    return response


@require_safe
@signed_in
def study_list(request: HttpRequest) -> HttpResponse:
    plan, today = served_plan(request), clock.today()
    edition = Edition.objects.living(plan, today) if plan else None
    if edition is None:
        raise Http404
    rows = study_rows(edition, today)
    context = {
        "nav": "studies",
        "crumbs": [("★の検討", "")],
        "edition": edition,
        "today": today,
        "rows": rows,
        "items": [row.text.focus_item for row in rows],
    }
    return render(request, "initiatives/study_list.html", context)


def _page(request: HttpRequest, loaded: LoadedStudy, **forms: Any) -> HttpResponse:
    """Show a study with the forms that the visitor may use; one that was sent stays whatever may be done now."""
    page = study_page(
        loaded.item.focus_item, loaded.item.day, tells_downloads=actor(request).is_secretariat
    )
    if loaded.may_write and not loaded.refusal:
        forms.setdefault("question_form", _opened_form(page.study))
        if page.study is not None:
            forms.setdefault("note_form", NoteForm())
            forms.setdefault("evidence_form", EvidenceForm())
    context = {**_head(loaded), **forms, "page": page}
    return render(request, "initiatives/study_detail.html", context)


def _head(loaded: LoadedStudy) -> dict[str, Any]:
    return {
        "nav": "studies",
        "crumbs": [
            ("★の検討", reverse("study_list")),
            (
                f"{loaded.item.text.place} {loaded.item.text.title}",
                loaded.item.focus_item.get_absolute_url(),
            ),
            ("検討の記録", ""),
        ],
        "text": loaded.item.text,
        "code": loaded.code,
        "is_over": bool(loaded.refusal),
        "has_left": loaded.has_left,
    }


def _opened_form(study: Study | None) -> QuestionForm:
    if study is None:
        return QuestionForm(initial={"opened_version": 0})
    return QuestionForm(
        initial={
            "question": study.question,
            "review_by": study.review_by,
            "opened_version": study.version,
        }
    )


def _shown_day(day: date | None) -> str:
    return wareki_date(day) if day else ""


def _clash_page(
    request: HttpRequest, loaded: LoadedStudy, form: QuestionForm, current: Study | None
) -> HttpResponse:
    """Show what stands now beside what was typed (G4); saving again then overwrites knowingly."""
    typed = form.cleaned_data
    data = request.POST.copy()
    data["opened_version"] = str(current.version if current else 0)
    again = QuestionForm(data)
    opened = question_at(current, typed["opened_version"]) if current else None
    sides = {
        "question": [one.question if one else "" for one in (opened, current)]
        + [typed["question"]],
        "review_by": [_shown_day(one.review_by if one else None) for one in (opened, current)]
        + [_shown_day(typed["review_by"])],
    }
    fields = [
        clash_field(again[name], opened=before, now=now, typed=mine, whole=name == "review_by")
        for name, (before, now, mine) in sides.items()
    ]
    context = {**_head(loaded), "form": again, "fields": fields}
    return render(request, "initiatives/study_clash.html", context, status=409)
