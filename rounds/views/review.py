"""Checking answers one after the other, and reopening one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from initiatives.errors import EntryRefused, RevisionConflict
from initiatives.models import Initiative
from kirishima_dx.way_back import WayBack, tell_done
from people.access import actor, secretariat_only
from rounds.actions.checking import accept_answer, reopen_answer, return_answer
from rounds.enums import AnswerState
from rounds.errors import AnswerConflict
from rounds.forms.round_steps import ReopenForm, ReviewForm
from rounds.models import Answer
from rounds.queries.board import BoardRow
from rounds.queries.review import (
    kept_statements,
    next_in_queue,
    review_page,
    review_queue,
    steps_since,
)
from rounds.views.round_loading import LoadedRound, load_round, row_of

KEYS = (("a", "確認済にする"), ("r", "差し戻す理由を書く"), ("n", "次へ"), ("p", "前へ"))
"""What static/js/rounds/review-keys.js listens to."""


@require_safe
@secretariat_only
def round_review(request: HttpRequest, round_id: int) -> HttpResponse:
    loaded = load_round(request, round_id)
    queue = review_queue(loaded.board())
    if queue:
        return _to_review(loaded, queue[0])
    messages.info(request, "事務局の確認を待っている回答はありません。")
    return redirect(loaded.round)


def _to_review(loaded: LoadedRound, row: BoardRow) -> HttpResponse:
    return redirect("answer_review", loaded.round.pk, row.code)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def answer_review(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    loaded = load_round(request, round_id)
    if request.method != "POST":
        return _review_page(request, loaded, code)
    form = ReviewForm(request.POST, today=loaded.today)
    row = row_of(loaded.board(), code)
    if not form.is_valid():
        return _review_page(request, loaded, code, form=form)
    try:
        done = _act(request, row.answer, form)
    except (AnswerConflict, RevisionConflict) as conflict:
        if isinstance(conflict, AnswerConflict) and _is_sent_twice(request, form, conflict.answer):
            return _on_to_next(request, loaded, row)
        return _review_page(request, loaded, code, form=form, conflict=conflict)
    except EntryRefused as refused:
        form.refuse(refused.errors)
        return _review_page(request, loaded, code, form=form)
    told = f"{row.text.place} {row.text.title}：{done}"
    url = reverse("answer_reopen", args=[loaded.round.pk, row.code])
    if form.cleaned_data["step"] == "accept":
        tell_done(request, told, WayBack(url, "回答を再開する"))
    else:
        messages.success(request, told)
    return _on_to_next(request, loaded, row)


def _act(request: HttpRequest, answer: Answer, form: ReviewForm) -> str:
    given = form.cleaned_data
    taken: dict[str, Any] = {
        "answer": answer,
        "opened_revision": given["opened_revision"],
        "by": actor(request),
    }
    if given["step"] == "accept":
        accept_answer(initiative_revision=given["initiative_revision"], **taken)
        return (
            "確認済にしました。"
            if answer.round.is_rehearsal
            else "確認済にして、進捗の記録にしました。"
        )
    return_answer(reason=given["reason"], **taken)
    return "差し戻しました。"


def _is_sent_twice(request: HttpRequest, form: ReviewForm, now: Answer) -> bool:
    """Whether what clashes is the same step of the same person a moment ago: the button pressed twice."""
    given = form.cleaned_data
    if now.revision != given["opened_revision"] + 1:
        return False
    if given["step"] == "accept":
        return now.state == AnswerState.ACCEPTED and now.accepted_by_id == actor(request).pk
    last = now.changes.order_by("-revision").first()
    return (
        last is not None
        and now.state == AnswerState.RETURNED
        and (last.changed_by_id, last.reason) == (actor(request).pk, given["reason"])
    )


def _on_to_next(request: HttpRequest, loaded: LoadedRound, row: BoardRow) -> HttpResponse:
    following = next_in_queue(loaded.board(), row)
    if following is not None:
        return _to_review(loaded, following)
    messages.info(request, "確認を待っている回答は、これですべて見終わりました。")
    return redirect(loaded.round)


def _opening(row: BoardRow) -> dict[str, int]:
    return {
        "opened_revision": row.answer.revision,
        "initiative_revision": Initiative.objects.revision_of(row.answer.initiative.focus_item),
    }


def _place(loaded: LoadedRound, code: str, *pages: tuple[str, str]) -> dict[str, Any]:
    """Return what the pages of one answer are drawn from, whatever they show."""
    return {
        "nav": "rounds",
        "crumbs": loaded.crumbs(*pages),
        "round": loaded.round,
        "code": code,
    }


def _review_page(
    request: HttpRequest,
    loaded: LoadedRound,
    code: str,
    *,
    form: ReviewForm | None = None,
    conflict: Exception | None = None,
) -> HttpResponse:
    """Show an answer as it now stands; after a conflict with the typed reason, opened anew on that."""
    board = loaded.board()
    row = row_of(board, code)
    since = []
    if form is not None and conflict is not None:
        since = steps_since(row.answer, form.cleaned_data["opened_revision"])
        form = form.reopened(**_opening(row))
    queue = ("回答の確認", reverse("round_review", args=[loaded.round.pk]))
    context = {
        **_place(loaded, code, queue, (code, "")),
        "today": loaded.today,
        "page": review_page(board, row),
        "form": form or ReviewForm(initial=_opening(row), today=loaded.today),
        "keys": KEYS,
        "is_clash": conflict is not None,
        "since": since,
    }
    status = 409 if conflict is not None else 200
    return render(request, "rounds/answer_review.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def answer_reopen(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    loaded = load_round(request, round_id)
    row = row_of(loaded.board(), code)
    if request.method != "POST":
        form = ReopenForm(initial={"opened_revision": row.answer.revision}, today=loaded.today)
        return _reopen_page(request, loaded, row, form)
    form = ReopenForm(request.POST, today=loaded.today)
    if form.is_valid():
        try:
            reopen_answer(answer=row.answer, by=actor(request), **form.cleaned_data)
        except AnswerConflict:
            row = row_of(loaded.board(), code)
            form = form.reopened(opened_revision=row.answer.revision)
            return _reopen_page(request, loaded, row, form, is_clash=True)
        except EntryRefused as refused:
            form.refuse(refused.errors)
        else:
            messages.success(request, f"{row.text.place} の回答を再開しました。")
            return redirect("answer_review", round_id, code)
    return _reopen_page(request, loaded, row, form)


def _reopen_page(
    request: HttpRequest,
    loaded: LoadedRound,
    row: BoardRow,
    form: Any,
    *,
    is_clash: bool = False,
) -> HttpResponse:
    review = ("回答の確認", reverse("answer_review", args=[loaded.round.pk, row.code]))
    context = {
        **_place(loaded, row.code, review, ("再開", "")),
        "row": row,
        "form": form,
        "kept": kept_statements(row.answer),
        "is_clash": is_clash,
    }
    status = 409 if is_clash else 200
    return render(request, "rounds/answer_reopen.html", context, status=status)
