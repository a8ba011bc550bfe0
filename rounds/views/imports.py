"""Answer workbooks: they go out by department, come back, are looked through, and are applied."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from initiatives.errors import EntryRefused
from initiatives.rules import writable_initiatives
from kirishima_dx import clock
from kirishima_dx.spreadsheets.writing import XLSX, Readers, download, file_name
from people.access import actor, signed_in
from people.models import Department
from people.views.closing import closed_page
from plans.models import Edition
from rounds.actions.imports import ImportOrder, apply_import, keep_upload
from rounds.enums import AnswerStep
from rounds.errors import ImportConflict
from rounds.forms.imports import ImportForm, UploadForm
from rounds.import_check import import_check, recorded_rows
from rounds.models import AnswerImport, ReportingRound
from rounds.queries.answer_form import (
    AnswerForm,
    FormRow,
    answer_form,
    form_rows,
    owing_departments,
)
from rounds.queries.import_preview import ImportPlan, import_plan, read_upload
from rounds.queries.import_record import applied_rows, titles_of, uploads_of
from rounds.queries.scenes import RoundScenes
from rounds.views.round_loading import LoadedRound, load_round
from rounds.workbooks.answer_form import answer_workbook


def _load(request: HttpRequest, round_id: int) -> LoadedRound:
    """Return a round of the served plan for somebody who answers in it, or refuse."""
    loaded, by = load_round(request, round_id), actor(request)
    if not by.is_secretariat and not by.writing_department_ids:
        raise PermissionDenied("回答様式を使えるのは、担当課の入力者・確認者と事務局だけです。")
    return loaded


@dataclass(frozen=True)
class Desk:
    """The rows of a round, and the departments for which somebody may take workbooks home."""

    round: ReportingRound
    scenes: RoundScenes
    rows: list[FormRow]
    departments: list[Department]

    @property
    def forms(self) -> list[AnswerForm]:
        return [self.form([department]) for department in self.departments]

    def form(self, departments: list[Department]) -> AnswerForm:
        return answer_form(self.rows, self.scenes, departments)


def _desk(request: HttpRequest, round: ReportingRound) -> Desk:
    scenes, by = RoundScenes.of(round), actor(request)
    edition = Edition.objects.living(round.plan, scenes.today)
    rows = form_rows(round, edition, scenes) if edition else []
    departments = owing_departments(rows)
    if not by.is_secretariat:
        own = by.writing_department_ids
        departments = [department for department in departments if department.pk in own]
    return Desk(round, scenes, rows, departments)


def _asked_departments(request: HttpRequest, desk: Desk) -> list[Department]:
    """Return the departments that ?department=… names; 404 where somebody may not answer for one."""
    by_code = {department.code: department for department in desk.departments}
    codes = request.GET.getlist("department")
    if any(code not in by_code for code in codes):
        raise Http404
    return [by_code[code] for code in codes]


def _file_name(form: AnswerForm) -> str:
    return f"回答様式_{form.round.name.replace(' ', '')}_{form.addressee}.xlsx"


@require_safe
@signed_in
def round_workbook(request: HttpRequest, round_id: int) -> HttpResponse:
    """Answer with one workbook: of the departments named, else of all that one may answer for."""
    desk = _desk(request, _load(request, round_id).round)
    departments = _asked_departments(request, desk)
    if not departments and not actor(request).is_secretariat:
        departments = desk.departments
        if not departments:
            messages.info(request, "この照会に、あなたの部署が主担当課の項目はありません。")
            return redirect("answer_import", round_id)
    form = desk.form(departments)
    content = answer_workbook(form, made_at=clock.now())
    return download(content, name=_file_name(form), content_type=XLSX, readers=Readers.STAFF)


@require_safe
@signed_in
def round_workbooks(request: HttpRequest, round_id: int) -> HttpResponse:
    """Answer with a zip: one workbook for each department named, else for all that one may answer for."""
    desk = _desk(request, _load(request, round_id).round)
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for department in _asked_departments(request, desk) or desk.departments:
            form = desk.form([department])
            content = answer_workbook(form, made_at=clock.now())
            archive.writestr(file_name(f"{department.code}_{_file_name(form)}"), content)
    name = f"回答様式_{desk.round.name.replace(' ', '')}.zip"
    content = buffer.getvalue()
    return download(content, name=name, content_type="application/zip", readers=Readers.STAFF)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer_import(request: HttpRequest, round_id: int) -> HttpResponse:
    """Take workbooks and go on to their preview."""
    loaded, by = _load(request, round_id), actor(request)
    round = loaded.round
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                upload = keep_upload(round=round, files=form.contents, by=by)
            except EntryRefused as refused:
                form.add_error("workbooks", list(refused.errors.values()))
            else:
                return redirect("answer_import_check", round_id, upload.pk)
    desk = _desk(request, round)
    context = {
        "nav": "rounds",
        "crumbs": loaded.crumbs(("Excelで回答する", "")),
        "round": round,
        "form": form,
        "forms": desk.forms,
        "uploads": uploads_of(round, by),
    }
    return render(request, "rounds/answer_import.html", context)


def _upload(request: HttpRequest, round: ReportingRound, import_id: int) -> AnswerImport:
    """Return an upload for whoever sent it, or the 事務局."""
    upload = get_object_or_404(
        AnswerImport.objects.select_related("round", "uploaded_by", "applied_by"),
        pk=import_id,
        round=round,
    )
    by = actor(request)
    if not by.is_secretariat and upload.uploaded_by_id != by.pk:
        raise PermissionDenied("この取込を見られるのは、ファイルを送った人と事務局だけです。")
    return upload


def _plan(request: HttpRequest, upload: AnswerImport) -> ImportPlan:
    by = actor(request)
    writable = writable_initiatives(by, clock.today())
    return import_plan(upload, read_upload(upload), by=by, writable=writable)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer_import_check(request: HttpRequest, round_id: int, import_id: int) -> HttpResponse:
    """Show what an upload would do and, once somebody has decided, do it; afterwards show what it did."""
    loaded = _load(request, round_id)
    upload = _upload(request, loaded.round, import_id)
    if upload.is_applied:
        return _record_page(request, loaded, upload)
    if request.method == "POST":
        return _apply(request, loaded, upload)
    plan = _plan(request, upload)
    if plan.closed_file:
        return closed_page(request, plan.closed_file)
    return _check_page(request, loaded, plan, ImportForm.opening(plan))


class _Undecided(Exception):
    """The form cannot be taken as it is, or a file of the upload is gone."""

    def __init__(self, form: ImportForm) -> None:
        self.form = form


def _apply(request: HttpRequest, loaded: LoadedRound, upload: AnswerImport) -> HttpResponse:
    """Do what was decided. The form is looked at beside the answers that are locked, so that they are set beside the
    files once."""

    def decide(plan: ImportPlan) -> ImportOrder:
        form = ImportForm(request.POST, plan=plan)
        if plan.closed_file or not form.is_valid():
            raise _Undecided(form)
        return form.order

    try:
        apply_import(upload=upload, read=read_upload(upload), decide=decide, by=actor(request))
    except _Undecided as undecided:
        plan = undecided.form.plan
        if plan.closed_file:
            return closed_page(request, plan.closed_file)
        return _check_page(request, loaded, plan, undecided.form)
    except ImportConflict:
        return _clash_page(request, loaded, upload)
    except EntryRefused as refused:
        return _refused_page(request, loaded, upload, refused.errors)
    messages.success(request, "取り込みました。")
    return redirect("answer_import_check", loaded.round.pk, upload.pk)


def _refused_page(
    request: HttpRequest, loaded: LoadedRound, upload: AnswerImport, errors: dict[str, str]
) -> HttpResponse:
    """Show the preview anew, with what was decided and why it was refused: the answers had been changed in memory."""
    plan = _plan(request, upload)
    form = ImportForm(request.POST, plan=plan)
    form.is_valid()
    form.refuse(errors)
    return _check_page(request, loaded, plan, form)


def _clash_page(request: HttpRequest, loaded: LoadedRound, upload: AnswerImport) -> HttpResponse:
    """Show the preview anew, with what was decided before, where it still fits."""
    plan = _plan(request, upload)
    data = request.POST.copy()
    data["stamp"] = plan.stamp
    form = ImportForm(data, plan=plan)
    form.is_valid()
    return _check_page(request, loaded, plan, form, is_clash=True)


def _below(loaded: LoadedRound, page: str) -> dict[str, Any]:
    """Return what every page of one upload is drawn from."""
    above = ("Excelで回答する", reverse("answer_import", args=[loaded.round.pk]))
    return {
        "nav": "rounds",
        "crumbs": loaded.crumbs(above, (page, "")),
        "round": loaded.round,
    }


def _check_page(
    request: HttpRequest,
    loaded: LoadedRound,
    plan: ImportPlan,
    form: ImportForm,
    *,
    is_clash: bool = False,
) -> HttpResponse:
    context = {
        **_below(loaded, "取込の確認"),
        "upload": plan.upload,
        "form": form,
        "check": import_check(plan, form, titles_of(loaded.round)),
        "is_clash": is_clash,
    }
    status = 409 if is_clash else 200
    return render(request, "rounds/answer_import_check.html", context, status=status)


def _record_page(request: HttpRequest, loaded: LoadedRound, upload: AnswerImport) -> HttpResponse:
    rows = recorded_rows(applied_rows(upload), titles_of(loaded.round))
    sent = sum(row.change.step == AnswerStep.SENT for row in rows)
    context = {
        **_below(loaded, "取込の結果"),
        "upload": upload,
        "files": upload.files.defer("content"),
        "rows": rows,
        "sent": sent,
        "kept": len(rows) - sent,
        "same": len(upload.result) - len(rows),
    }
    return render(request, "rounds/answer_import_record.html", context)


@require_safe
@signed_in
def answer_import_file(
    request: HttpRequest, round_id: int, import_id: int, place: int
) -> HttpResponse:
    """Answer with a file as it came, byte for byte."""
    upload = _upload(request, _load(request, round_id).round, import_id)
    file = get_object_or_404(upload.files, place=place)
    if file.is_closed:
        return closed_page(request, file)
    return download(
        bytes(file.content),
        name=file.name,
        content_type="application/octet-stream",
        readers=Readers.STAFF,
    )
