"""Answering one item in a round: a draft, sending, and what happens when two write at once (G4)."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from initiatives.errors import EntryRefused
from kirishima_dx.way_back import WayBack, tell_done
from people.access import actor, signed_in
from people.models import Department
from rounds.actions.answers import save_answer, send_answer, withdraw_answer
from rounds.answer_content import AnswerContent
from rounds.clash import answer_clash_of
from rounds.enums import AnswerKind, AnswerState
from rounds.errors import AnswerConflict
from rounds.forms.answers import SAVE_AND_GO_ON, SEND, TAKE_OVER, AnswerForm, StepForm
from rounds.models import Answer
from rounds.queries.answer_page import answer_page
from rounds.queries.answer_place import answer_place
from rounds.queries.own_answers import way_on
from rounds.views.answer_loading import LoadedAnswer, load_answer, load_answer_to_write


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    if request.method != "POST":
        return show_answer(request, load_answer(request, round_id, code))
    loaded = load_answer_to_write(request, round_id, code)
    form = AnswerForm(request.POST, today=loaded.item.day)
    form.is_valid()
    if not form.knows_its_revision:
        return show_answer(request, loaded, form=form)
    wish = form.cleaned_data.get("wish")
    try:
        if wish == TAKE_OVER:
            return _take_over(request, loaded, form)
        if wish == SEND and not form.unread:
            return _send(request, loaded, form)
        return _save(
            request, loaded, form, go_on=wish == SAVE_AND_GO_ON, asked_to_send=wish == SEND
        )
    except AnswerConflict as conflict:
        return _clashed(request, loaded, form, conflict.answer)
    except EntryRefused as refused:
        form.refuse(refused.errors)
        return show_answer(request, loaded, form=form)


def _send(request: HttpRequest, loaded: LoadedAnswer, form: AnswerForm) -> HttpResponse:
    """Send what was typed; where a rule stands against it, keep it as a draft and say what is missing."""
    content = content_of(loaded, form)
    opened = form.cleaned_data["opened_revision"]
    try:
        sent = send_answer(
            answer=loaded.answer,
            content=replace(content, kind=AnswerKind.UPDATE),
            opened_revision=opened,
            by=actor(request),
        )
    except EntryRefused as refused:
        if "all" in refused.errors:
            raise
        saved = save_answer(
            answer=loaded.answer, content=content, opened_revision=opened, by=actor(request)
        )
        form.refuse(refused.errors)
        return _saved_page(request, loaded, form, saved)
    return go_on_after(request, loaded, f"{loaded.code} の回答を提出しました。", sent=sent)


def _save(
    request: HttpRequest,
    loaded: LoadedAnswer,
    form: AnswerForm,
    *,
    go_on: bool,
    asked_to_send: bool = False,
) -> HttpResponse:
    """Keep everything that can be read; what cannot stays in the form, with what is wrong."""
    saved = save_answer(
        answer=loaded.answer,
        content=content_of(loaded, form),
        opened_revision=form.cleaned_data["opened_revision"],
        by=actor(request),
    )
    if form.unread:
        return _saved_page(request, loaded, form, saved)
    if go_on:
        return go_on_after(request, loaded, f"{loaded.code} の下書きを保存しました。")
    messages.success(request, f"{loaded.code} の下書きを保存しました。まだ提出していません。")
    return redirect(loaded.answer)


def content_of(loaded: LoadedAnswer, form: AnswerForm) -> AnswerContent:
    """Return what is answered now, with what is stored of a field that cannot be read."""
    return form.content_over(AnswerContent.of(loaded.answer))


def go_on_after(
    request: HttpRequest, loaded: LoadedAnswer, done: str, *, sent: Answer | None = None
) -> HttpResponse:
    """Lead on to the next item that the same department owes in this round, or tell that all is done; what was sent can
    be taken back at once."""
    way = way_on(loaded.answer.round, loaded.answer)
    if way.next is not None:
        tell_kept(request, f"{done}次は {way.next.code} です（残り{way.left}件）。", sent)
        return redirect(way.next.answer)
    if sent and way.left == 0:
        tell_kept(request, f"{done}この照会の{way.total}件すべてに回答しました。", sent)
    else:
        tell_kept(request, f"{done}ほかに残っている項目はありません。", sent)
    return redirect("my_page")


def tell_kept(request: HttpRequest, text: str, sent: Answer | None) -> None:
    """Tell what was done, with the way back where an answer was sent."""
    if sent is None:
        messages.success(request, text)
        return
    url = reverse("answer_withdraw", args=[sent.round_id, sent.initiative.focus_item.code])
    tell_done(request, text, WayBack(url, fields={"opened_revision": sent.revision}))


def _take_over(request: HttpRequest, loaded: LoadedAnswer, form: AnswerForm) -> HttpResponse:
    """Take back what somebody sent meanwhile and keep one's own text as the draft, in one step."""
    opened = form.cleaned_data["opened_revision"]
    with transaction.atomic():
        taken = withdraw_answer(answer=loaded.answer, opened_revision=opened, by=actor(request))
        save_answer(
            answer=taken,
            content=form.content_over(AnswerContent.of(taken)),
            opened_revision=taken.revision,
            by=actor(request),
        )
    messages.success(
        request, f"{loaded.code} の提出を取り下げ、あなたの入力を下書きに保存しました。"
    )
    return redirect(loaded.answer)


def _clashed(
    request: HttpRequest, loaded: LoadedAnswer, form: AnswerForm, now: Answer
) -> HttpResponse:
    """Answer a form that was opened on another state; where nothing would be lost, without a word of a clash."""
    stands = AnswerContent.of(now)
    is_same = not form.unread and form.content_over(stands) == stands
    if is_same and now.state in (AnswerState.SENT, AnswerState.ACCEPTED):
        messages.info(
            request,
            f"{loaded.code} の同じ回答は、すでに提出されています。二重には提出していません。",
        )
        return redirect(loaded.answer)
    if is_same and now.state == AnswerState.WRITING:
        return _again(request, loaded, form)
    return _clash_page(request, loaded.refreshed(), form)


def _again(request: HttpRequest, loaded: LoadedAnswer, form: AnswerForm) -> HttpResponse:
    """Take the wish of a form whose text is already the draft, as saved by itself a moment ago."""
    loaded = loaded.refreshed()
    again = form.reopened(opened_revision=loaded.answer.revision)
    again.is_valid()
    try:
        if again.cleaned_data.get("wish") == SEND:
            return _send(request, loaded, again)
        go_on = again.cleaned_data.get("wish") == SAVE_AND_GO_ON
        return _save(request, loaded, again, go_on=go_on)
    except AnswerConflict:
        return _clash_page(request, loaded.refreshed(), again)
    except EntryRefused as refused:
        again.refuse(refused.errors)
        return show_answer(request, loaded, form=again)


def _clash_page(request: HttpRequest, loaded: LoadedAnswer, form: AnswerForm) -> HttpResponse:
    """Show what was typed beside what stands; sending it again is then a conscious step."""
    now = loaded.answer
    again = form.reopened(opened_revision=now.revision)
    again.is_valid()
    context = {
        **loaded.context,
        "form": again,
        "clash": answer_clash_of(again, form.cleaned_data["opened_revision"], now),
        "is_sent": now.state == AnswerState.SENT,
        "is_accepted": now.state == AnswerState.ACCEPTED,
    }
    return render(request, "rounds/answer_clash.html", context, status=409)


def _saved_page(
    request: HttpRequest, loaded: LoadedAnswer, form: AnswerForm, saved: Answer
) -> HttpResponse:
    """Show the form again on the draft that was saved, with what stands against it."""
    again = form.reopened(opened_revision=saved.revision)
    again.is_valid()
    for name, errors in form.errors.items():
        if name not in again.errors:
            again.errors[name] = errors
    return show_answer(request, loaded.refreshed(), form=again, is_saved=True)


def show_answer(
    request: HttpRequest,
    loaded: LoadedAnswer,
    *,
    form: Any = None,
    is_saved: bool = False,
    is_clash: bool = False,
) -> HttpResponse:
    """Show an answer: as a form where the visitor may write it now, or has written; else to be read."""
    page = answer_page(loaded.answer, loaded.scene())
    shows_form = form is not None or (loaded.may_write and page.is_owed and not page.refusal)
    form = form or AnswerForm.opened_on(loaded.answer, today=loaded.item.day)
    context = {
        **loaded.context,
        "page": page,
        "place": answer_place(loaded.answer, page.lead, page.today),
        "may_write": loaded.may_write,
        "is_supporter": _is_supporter(request, page.lead),
        "shows_form": shows_form,
        "form": form,
        "parts": form.beside(page.last),
        "steps": _steps_form(loaded),
        "is_saved": is_saved,
        "is_clash": is_clash,
    }
    return render(request, "rounds/answer.html", context, status=409 if is_clash else 200)


def _steps_form(loaded: LoadedAnswer) -> StepForm:
    opened = {"opened_revision": loaded.answer.revision}
    return StepForm(initial=opened, today=loaded.item.day, auto_id="")


def _is_supporter(request: HttpRequest, lead: Department | None) -> bool:
    """Whether somebody writes for a 関係課 alone, to be told whose answer it is."""
    user = actor(request)
    return (
        lead is not None and not user.is_secretariat and lead.pk not in user.writing_department_ids
    )
