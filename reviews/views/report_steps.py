"""Writing, sealing, publishing and correcting an annual report."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kirishima_dx.clash import clash_field
from kirishima_dx.fiscal_year import wareki_date
from people.access import actor, secretariat_only
from reviews.actions.abandoning import abandon_report, abandoning_obstacles
from reviews.actions.publishing import publish_report, withhold_report
from reviews.actions.reporting import edit_report, open_correction, seal_report
from reviews.errors import ReportConflict, ReportRefused
from reviews.forms.report import (
    ReportAbandonForm,
    ReportCorrectionForm,
    ReportEditForm,
    ReportPublishForm,
    ReportSealForm,
    ReportWithholdForm,
)
from reviews.models import AnnualReport
from reviews.queries.reports import report_document, report_page, seal_page
from reviews.report.overview import draft_overview
from reviews.views.report_loading import with_any_issue, with_issue
from reviews.workbooks.report import sealed_workbook

SEALED = "確定した年次報告は変更できません。誤りがあるときは、訂正号を作ってください。"
NOT_SEALED = "確定していない年次報告は公表できません。先に確定（封印）してください。"
WORDS = ("as_of", "overview", "technology_trends", "national_trends", "version")


def _step_page(
    request: HttpRequest,
    template: str,
    report: AnnualReport,
    form: forms.Form,
    *,
    step: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    crumbs = [
        ("年次報告", reverse("report_list")),
        (report.title, report.get_absolute_url()),
        (step, ""),
    ]
    context |= {"nav": "reports", "crumbs": crumbs, "report": report, "form": form}
    return render(request, template, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_issue
def report_edit(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    if request.method != "POST":
        return _words_page(request, report, _opened(report), request.GET.get("draft", ""))
    if request.POST.get("draft"):
        return _words_page(request, report, request.POST.dict(), request.POST["draft"])
    form = ReportEditForm(request.POST)
    return _save(request, report, form) if form.is_valid() else _edit_page(request, report, form)


def _save(request: HttpRequest, report: AnnualReport, form: ReportEditForm) -> HttpResponse:
    typed = form.cleaned_data
    try:
        edit_report(
            report=report,
            overview=typed["overview"],
            technology_trends=typed["technology_trends"],
            national_trends=typed["national_trends"],
            as_of=typed["as_of"],
            opened_version=typed["version"],
            by=actor(request),
        )
    except ReportConflict as conflict:
        return _clash_page(request, conflict.current, form)
    except ReportRefused as refusal:
        form.add_error(None, str(refusal))
        return _edit_page(request, report, form)
    messages.success(request, "保存しました。")
    return redirect(report)


def _opened(report: AnnualReport) -> dict[str, Any]:
    if report.is_sealed:
        raise PermissionDenied(SEALED)
    return {name: getattr(report, name) for name in WORDS}


def _words_page(
    request: HttpRequest, report: AnnualReport, words: dict[str, Any], wish: str
) -> HttpResponse:
    """Show the form; with a `wish`, also a draft 総括 made from the figures. Nothing is saved, nothing typed is lost.

    An empty 総括 is filled. Beside one that says something the draft stands apart, and is put after it if that is the
    wish ("append").
    """
    if not wish:
        return _edit_page(request, report, ReportEditForm(initial=words))
    draft, written = draft_overview(report_document(report)), words.get("overview", "").strip()
    if written and wish != "append":
        form = ReportEditForm(initial=words)
        return _edit_page(request, report, form, suggestion=draft, is_unsaved=True)
    form = ReportEditForm(initial={**words, "overview": f"{written}\n\n{draft}".strip()})
    return _edit_page(request, report, form, is_filled=True, is_unsaved=True)


def _edit_page(
    request: HttpRequest, report: AnnualReport, form: ReportEditForm, **context: Any
) -> HttpResponse:
    template = "reviews/report_edit.html"
    return _step_page(request, template, report, form, step="総括と動向", **context)


def _clash_page(request: HttpRequest, current: AnnualReport, form: ReportEditForm) -> HttpResponse:
    """Show what stands now beside what was typed (G4); saving again then overwrites knowingly."""
    typed = form.cleaned_data
    now = {
        "as_of": wareki_date(current.as_of),
        "overview": current.overview,
        "technology_trends": current.technology_trends,
        "national_trends": current.national_trends,
    }
    mine = {**typed, "as_of": wareki_date(typed["as_of"])}
    data = request.POST.copy()
    data["version"] = str(current.version)
    again = ReportEditForm(data)
    clash = [
        clash_field(again[name], opened=None, now=text, typed=mine[name], whole=name == "as_of")
        for name, text in now.items()
    ]
    return _edit_page(request, current, again, clash=clash, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_issue
def report_seal(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    if report.is_sealed:
        raise PermissionDenied(SEALED)
    if request.method != "POST":
        return _seal_page(request, report, None)
    form = ReportSealForm(request.POST)
    if not form.is_valid():
        return _seal_page(request, report, form)
    typed = form.cleaned_data
    try:
        sealed = seal_report(
            report=report,
            reason=typed["reason"],
            opened_version=typed["version"],
            seen_digest=typed["seen_digest"],
            draw=sealed_workbook,
            by=actor(request),
        )
    except ReportConflict as conflict:
        return _seal_page(request, conflict.current, form, has_clash=True, status=409)
    except ReportRefused as refusal:
        form.add_error(None, str(refusal))
        return _seal_page(request, report, form)
    messages.success(request, f"{sealed.title}を確定しました。")
    return redirect(sealed)


def _seal_page(
    request: HttpRequest, report: AnnualReport, form: ReportSealForm | None, **context: Any
) -> HttpResponse:
    """Show what will be fixed for good; the form carries on which state it was looked at.

    After a clash the reason stays, and what has changed is to be read again.
    """
    page = seal_page(report)
    if form is None or context.get("has_clash"):
        seen = {"version": report.version, "seen_digest": page.seen_digest}
        form = ReportSealForm(initial={**seen, "reason": request.POST.get("reason", "")})
    template = "reviews/report_seal.html"
    return _step_page(
        request,
        template,
        report,
        form,
        step="確定（封印）",
        page=page,
        layout=page.layout,
        gaps=page.gaps,
        may_write=True,
        **context,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_issue
def report_abandon(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    if report.is_sealed:
        raise PermissionDenied(SEALED)
    if request.method != "POST":
        form = ReportAbandonForm(initial={"version": report.version})
        return _abandon_page(request, report, form)
    form = ReportAbandonForm(request.POST)
    if not form.is_valid():
        return _abandon_page(request, report, form)
    reason, version = form.cleaned_data["reason"], form.cleaned_data["version"]
    try:
        given_up = abandon_report(
            report=report, reason=reason, opened_version=version, by=actor(request)
        )
    except ReportConflict as conflict:
        form = ReportAbandonForm(initial={"reason": reason, "version": conflict.current.version})
        return _abandon_page(request, conflict.current, form, has_clash=True, status=409)
    except ReportRefused as refusal:
        for message in str(refusal).split("\n"):
            form.add_error(None, message)
        return _abandon_page(request, report, form)
    messages.success(
        request, f"{given_up.title}を一覧の下に移しました。この年度の報告を作り直せます。"
    )
    return redirect("report_list")


def _abandon_page(
    request: HttpRequest, report: AnnualReport, form: ReportAbandonForm, **context: Any
) -> HttpResponse:
    context |= {"obstacles": abandoning_obstacles(report)}
    template = "reviews/report_abandon.html"
    return _step_page(request, template, report, form, step="取りやめ", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_issue
def report_publish(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    if not report.is_sealed:
        raise PermissionDenied(NOT_SEALED)
    form = ReportPublishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            publish_report(report=report, reason=form.cleaned_data["reason"], by=actor(request))
        except ReportRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{report.title}を公表しました。だれでも読めます。")
            return redirect(report)
    template, page = "reviews/report_publish.html", report_page(report, for_staff=False)
    return _step_page(request, template, report, form, step="公表", layout=page.layout)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_any_issue
def report_correction(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    form = ReportCorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            correction = open_correction(report=report, reason=reason, by=actor(request))
        except ReportRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{correction.title}を作りました。訂正して確定してください。")
            return redirect(correction)
    template = "reviews/report_correction.html"
    return _step_page(request, template, report, form, step="訂正号を作る")


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_any_issue
def report_withhold(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    if not report.is_sealed:
        raise PermissionDenied("確定していない年次報告は、差し控えずに直せます。")
    form = ReportWithholdForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withhold_report(report=report, reason=form.cleaned_data["reason"], by=actor(request))
        except ReportRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"{report.title}を差し控えました。差し替える号を作ってください。"
            )
            return redirect("report_correction", report.fiscal_year, report.number)
    return _step_page(request, "reviews/report_withhold.html", report, form, step="差し控え")
