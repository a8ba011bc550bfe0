"""Recording the progress of an item, saying that nothing changed, and correcting an entry."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from initiatives.actions.progress import correct_entry, record_progress, record_unchanged
from initiatives.clash import clash_of
from initiatives.enums import EntryKind
from initiatives.errors import EntryRefused, RevisionConflict
from initiatives.forms.progress import AsOfForm, CorrectionForm, ProgressForm, UnchangedForm
from initiatives.models import ProgressEntry
from initiatives.queries.entries import statements_of
from initiatives.views.loading import LoadedItem, load_item_to_write
from kirishima_dx.way_back import WayBack, tell_done
from people.access import actor, signed_in


def _entries(loaded: LoadedItem) -> Any:
    return ProgressEntry.objects.filter(initiative__focus_item=loaded.focus_item)


def _last_entry(loaded: LoadedItem) -> ProgressEntry | None:
    last: ProgressEntry | None = _entries(loaded).standing().latest_first().first()
    return last


def _opening(loaded: LoadedItem, last: ProgressEntry | None) -> dict[str, Any]:
    return {
        "as_of": loaded.day,
        "opened_revision": loaded.revision,
        "opened_entry": last.pk if last else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def item_progress(request: HttpRequest, code: str) -> HttpResponse:
    loaded = load_item_to_write(request, code)
    if request.method != "POST":
        return _progress_page(request, loaded)
    form = ProgressForm(request.POST, today=loaded.day)
    if form.is_valid():
        try:
            recorded = record_progress(
                focus_item=loaded.focus_item,
                statement=form.statement,
                as_of=form.cleaned_data["as_of"],
                opened_revision=form.cleaned_data["opened_revision"],
                by=actor(request),
            )
        except RevisionConflict:
            now = _last_entry(loaded)
            if _is_sent_twice(request, form, now):
                return _recorded_once(request, loaded)
            return _clash_page(request, loaded, form, now=now)
        except EntryRefused as refused:
            form.refuse(refused.errors)
        else:
            _tell_recorded(request, f"{code} の進捗を記録しました。", recorded)
            return redirect(loaded.focus_item)
    return _progress_page(request, loaded, form=form)


@require_POST
@signed_in
def item_unchanged(request: HttpRequest, code: str) -> HttpResponse:
    loaded = load_item_to_write(request, code)
    form = UnchangedForm(request.POST, today=loaded.day, auto_id="unchanged_%s")
    if not form.is_valid():
        return _progress_page(request, loaded, unchanged=form)
    try:
        recorded = record_unchanged(
            focus_item=loaded.focus_item,
            as_of=form.cleaned_data["as_of"],
            opened_revision=form.cleaned_data["opened_revision"],
            by=actor(request),
        )
    except RevisionConflict:
        if _is_sent_twice(request, form, _last_entry(loaded)):
            return _recorded_once(request, loaded)
        again = form.reopened(opened_revision=loaded.revision)
        return _progress_page(request, loaded, unchanged=again, is_clash=True)
    except EntryRefused as refused:
        form.refuse(refused.errors)
        return _progress_page(request, loaded, unchanged=form)
    _tell_recorded(request, f"{code} を「変更なし」と記録しました。", recorded)
    return redirect(loaded.focus_item)


def _tell_recorded(request: HttpRequest, told: str, recorded: ProgressEntry) -> None:
    """Tell what was recorded; it stays (G1), so the way back is its correction."""
    code = recorded.initiative.focus_item.code
    url = reverse("entry_correction", args=[code, recorded.pk])
    tell_done(request, told, WayBack(url, "この記録を訂正する"))


def _is_sent_twice(request: HttpRequest, form: AsOfForm, now: ProgressEntry | None) -> bool:
    """Whether what clashes is the same form of the same person, sent a moment ago: the button pressed twice."""
    if now is None or (now.recorded_by_id, now.as_of) != (
        actor(request).pk,
        form.cleaned_data["as_of"],
    ):
        return False
    if isinstance(form, ProgressForm):
        return now.statement == form.statement
    return now.kind == EntryKind.UNCHANGED


def _recorded_once(request: HttpRequest, loaded: LoadedItem) -> HttpResponse:
    code = loaded.focus_item.code
    messages.info(
        request, f"{code} の同じ内容は、すでに記録されています。二重には記録していません。"
    )
    return redirect(loaded.focus_item)


def _progress_page(
    request: HttpRequest,
    loaded: LoadedItem,
    *,
    form: ProgressForm | None = None,
    unchanged: Any = None,
    is_clash: bool = False,
) -> HttpResponse:
    last = _last_entry(loaded)
    opening = _opening(loaded, last)
    if unchanged is None:
        unchanged = UnchangedForm(initial=opening, today=loaded.day, auto_id="unchanged_%s")
    context = {
        "nav": "items",
        "crumbs": loaded.crumbs("進捗の記録"),
        "text": loaded.text,
        "left": loaded.left,
        "code": loaded.focus_item.code,
        "form": form or ProgressForm(initial=opening, today=loaded.day),
        "unchanged": unchanged,
        "is_clash": is_clash,
        "last": last,
        "last_statements": statements_of(last) if last else [],
    }
    status = 409 if is_clash else 200
    return render(request, "initiatives/item_progress.html", context, status=status)


def _clash_page(
    request: HttpRequest, loaded: LoadedItem, form: ProgressForm, *, now: ProgressEntry | None
) -> HttpResponse:
    """Show what was typed beside what stands; sending it again is then a conscious step."""
    opened = _entries(loaded).filter(pk=form.cleaned_data["opened_entry"]).first()
    again = form.reopened(opened_revision=loaded.revision, opened_entry=now.pk if now else None)
    again.is_valid()
    context = {
        "nav": "items",
        "crumbs": loaded.crumbs("進捗の記録"),
        "text": loaded.text,
        "code": loaded.focus_item.code,
        "form": again,
        "clash": clash_of(again, opened, now),
    }
    return render(request, "initiatives/item_clash.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def entry_correction(request: HttpRequest, code: str, entry_id: int) -> HttpResponse:
    loaded = load_item_to_write(request, code)
    entry = get_object_or_404(_entries(loaded).select_related("corrected_by"), pk=entry_id)
    if request.method != "POST":
        if getattr(entry, "corrected_by", None):
            messages.info(
                request, "この記録はすでに訂正されています。訂正後の記録を直してください。"
            )
            return redirect(loaded.focus_item)
        return _correction_page(request, loaded, entry, _correction_of(entry, loaded))
    form = CorrectionForm(request.POST, today=loaded.day)
    if form.is_valid():
        try:
            _correct(request, entry, form)
        except RevisionConflict:
            now = getattr(entry, "corrected_by", None) or _last_entry(loaded)
            if _is_sent_twice(request, form, now):
                return _recorded_once(request, loaded)
            return _clash_page(request, loaded, form, now=now)
        except EntryRefused as refused:
            form.refuse(refused.errors)
        else:
            messages.success(request, f"{code} の記録を訂正しました。")
            return redirect(loaded.focus_item)
    return _correction_page(request, loaded, entry, form)


def _correct(request: HttpRequest, entry: ProgressEntry, form: CorrectionForm) -> None:
    correct_entry(
        entry=entry,
        statement=form.statement,
        as_of=form.cleaned_data["as_of"],
        reason=form.cleaned_data["correction_reason"],
        opened_revision=form.cleaned_data["opened_revision"],
        by=actor(request),
    )


def _correction_of(entry: ProgressEntry, loaded: LoadedItem) -> CorrectionForm:
    """Return the form filled with what was said: a correction starts from there."""
    said = vars(entry.statement)
    opening = _opening(loaded, _last_entry(loaded))
    return CorrectionForm(initial={**opening, **said, "as_of": entry.as_of}, today=loaded.day)


def _correction_page(
    request: HttpRequest, loaded: LoadedItem, entry: ProgressEntry, form: CorrectionForm
) -> HttpResponse:
    context = {
        "nav": "items",
        "crumbs": loaded.crumbs("記録の訂正"),
        "text": loaded.text,
        "code": loaded.focus_item.code,
        "form": form,
        "last": entry,
        "last_statements": statements_of(entry),
    }
    return render(request, "initiatives/entry_correction.html", context)
