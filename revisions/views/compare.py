"""The papers of a revision between any two editions: 新旧対照表 as page and workbook, 改定の概要."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kirishima_dx import clock
from kirishima_dx.kept.decorator import kept
from kirishima_dx.spreadsheets.writing import XLSX, Readers, download
from plans.models import Edition
from plans.rules import can_read_edition
from plans.served import served_shelf
from plans.shelf import EditionShelf, ShelvedEdition
from revisions.forms.compare import CompareForm
from revisions.papers.document import comparison_table
from revisions.papers.revision import Revision
from revisions.papers.sheet import sheet_of
from revisions.papers.summary import summary_of
from revisions.papers.table import TableWords
from revisions.queries.adopted_steps import adopted_steps
from revisions.queries.revisions import revision
from revisions.workbooks.comparison import comparison_workbook


@require_safe
@kept
def edition_compare_choose(request: HttpRequest) -> HttpResponse:
    editions = [
        s.edition for s in served_shelf(request).editions if can_read_edition(request.user, s)
    ]
    form = CompareForm(request.GET or None, editions=editions, initial=_neighbours(editions))
    if form.is_bound and form.is_valid():
        return redirect("edition_compare", form.cleaned_data["old"], form.cleaned_data["new"])
    context = {
        "nav": "editions",
        "crumbs": [("版と改定", reverse("edition_list")), ("版を比べる", "")],
        "form": form,
        "editions": editions,
    }
    return render(request, "revisions/compare_choose.html", context)


def _neighbours(editions: list[Edition]) -> dict[str, str]:
    """Propose the newest edition and the one before it; `editions` comes newest first."""
    newest = editions[:2]
    return {"new": newest[0].number, "old": newest[-1].number} if newest else {}


def _with_revision(
    view: Callable[[HttpRequest, Revision], HttpResponse],
) -> Callable[[HttpRequest, str, str], HttpResponse]:
    """Hand what leads from one edition to another to a view; the older one is always the old side.

    An unknown number is a 404; a draft asks for signing in.
    """

    @require_safe
    def loaded(request: HttpRequest, old: str, new: str) -> HttpResponse:
        shelf = served_shelf(request)
        before, after = _found(shelf, old), _found(shelf, new)
        if not (can_read_edition(request.user, before) and can_read_edition(request.user, after)):
            return redirect_to_login(request.get_full_path())
        if after.edition < before.edition:
            messages.info(request, "古い版を改正前、新しい版を改正後として表示しています。")
            return redirect(view.__name__, new, old)
        return view(request, revision(before.edition, after.edition))

    return loaded


def _found(shelf: EditionShelf, number: str) -> ShelvedEdition:
    shelved = shelf.numbered(number)
    if shelved is None:
        raise Http404(f"第{number}版はありません。")
    return shelved


def _words() -> TableWords:
    return TableWords(**settings.COMPARISON_TABLE)


def _context(revised: Revision, paper: str, **more: Any) -> dict[str, Any]:
    """Return what all papers of a revision show around their matter."""
    old, new = revised.old.edition, revised.new.edition
    compared = reverse("edition_compare", args=[old.number, new.number])
    crumbs = [("版と改定", reverse("edition_list"))]
    crumbs += [("新旧対照表", compared)] if paper != "新旧対照表" else []
    return {
        "nav": "editions",
        "crumbs": [*crumbs, (paper, "")],
        "before": old,
        "after": new,
        "paper": paper,
        "whole_url": _whole_url(new),
        **more,
    }


def _whole_url(edition: Edition) -> str:
    """Return where the whole new text is read (溶け込み版)."""
    return f"{reverse('draft_read')}?show=final" if edition.is_draft else edition.get_absolute_url()


@kept
@_with_revision
def edition_compare(request: HttpRequest, revised: Revision) -> HttpResponse:
    table = comparison_table(revised, _words())
    context = _context(revised, "新旧対照表", table=table, change_counts=revised.change_counts)
    return render(request, "revisions/compare_table.html", context)


@_with_revision
def edition_compare_workbook(request: HttpRequest, revised: Revision) -> HttpResponse:
    new, old = revised.new.edition, revised.old.edition
    table = comparison_table(revised, _words())
    content = comparison_workbook(table, old=old, new=new, made_at=clock.now())
    name = f"新旧対照表（{new.name}・{old.name}）.xlsx"
    return download(content, name=name, content_type=XLSX, readers=_readers(request, revised))


def _readers(request: HttpRequest, revised: Revision) -> Readers:
    """Say who may read both editions now."""
    shelf = served_shelf(request)
    found = (_found(shelf, one.edition.number) for one in (revised.old, revised.new))
    is_public = all(can_read_edition(AnonymousUser(), one) for one in found)
    return Readers.ANYONE if is_public else Readers.STAFF


@kept
@_with_revision
def edition_summary(request: HttpRequest, revised: Revision) -> HttpResponse:
    steps = adopted_steps(revised.old.edition, revised.new.edition)
    summary = summary_of(revised, steps)
    context = _context(revised, "改定の概要", summary=summary, sheet=sheet_of(summary))
    return render(request, "revisions/edition_summary.html", context)
