"""What is done to an answer besides its form: saved while somebody types, 変更なし, 取下げ."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from initiatives.errors import EntryRefused
from people.access import actor, signed_in
from rounds.actions.answers import answer_unchanged, save_answer, withdraw_answer
from rounds.answer_content import AnswerContent
from rounds.enums import AnswerKind, AnswerState
from rounds.errors import AnswerConflict
from rounds.forms.answers import AnswerForm, StepForm
from rounds.models import Answer
from rounds.queries.answer_page import gaps_listed
from rounds.views.answer_loading import LoadedAnswer, load_answer_to_write
from rounds.views.answers import content_of, go_on_after, show_answer, tell_kept


@require_POST
@signed_in
def answer_autosave(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """Keep the draft while somebody types; the page is told what is still missing, or why nothing was kept.

    The answer is always 200: that nothing could be kept is no failure of the page, and is told in words.
    """
    loaded = load_answer_to_write(request, round_id, code)
    form = AnswerForm(request.POST, today=loaded.item.day)
    form.is_valid()
    if not form.knows_its_revision:
        return JsonResponse({"refused": "画面の状態が分かりません。開き直してください。"})
    try:
        saved = save_answer(
            answer=loaded.answer,
            content=content_of(loaded, form),
            opened_revision=form.cleaned_data["opened_revision"],
            by=actor(request),
        )
    except AnswerConflict as conflict:
        who = conflict.answer.updated_by_name
        return JsonResponse({"conflict": True, "who": who})
    except EntryRefused as refused:
        return JsonResponse({"refused": "".join(refused.errors.values())})
    return JsonResponse(_told(form, saved))


def _told(form: AnswerForm, saved: Answer) -> dict[str, object]:
    """Return what the page shows after a draft was saved: when, on which revision it now is, what is still missing."""
    unread = form.unread
    gaps = gaps_listed(AnswerContent.of(saved), as_of=saved.round.as_of)
    at = timezone.localtime(saved.updated_at) if saved.updated_at else None
    return {
        "saved_at": f"{at:%H:%M}" if at else "",
        "revision": saved.revision,
        "gaps": [
            {"name": gap.name, "label": gap.label, "message": gap.message}
            for gap in gaps
            if gap.name not in unread
        ],
        "unread": [
            {"name": name, "label": form[name].label, "message": text}
            for name, text in unread.items()
        ],
    }


@require_POST
@signed_in
def answer_unchanged_step(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """変更なし by one click."""
    loaded = load_answer_to_write(request, round_id, code)
    form = StepForm(request.POST, today=loaded.item.day)
    if not form.is_valid():
        return show_answer(request, loaded, is_clash=True)
    try:
        sent = answer_unchanged(
            answer=loaded.answer,
            opened_revision=form.cleaned_data["opened_revision"],
            by=actor(request),
        )
    except AnswerConflict as conflict:
        return _clashed_unchanged(request, loaded, conflict.answer)
    except EntryRefused as refused:
        messages.error(request, "".join(refused.errors.values()))
        return redirect(loaded.answer)
    done = f"{code} を「変更なし」で提出しました。"
    if form.cleaned_data["back"]:
        tell_kept(request, done, sent)
        return redirect("my_page")
    return go_on_after(request, loaded, done, sent=sent)


def _clashed_unchanged(request: HttpRequest, loaded: LoadedAnswer, now: Answer) -> HttpResponse:
    """Answer 変更なし on a page that is out of date; where it was said already, without a word of a clash."""
    if (now.state, now.kind) != (AnswerState.SENT, AnswerKind.UNCHANGED):
        return show_answer(request, loaded.refreshed(), is_clash=True)
    messages.info(request, f"{loaded.code} は、すでに「変更なし」で提出されています。")
    return redirect("my_page")


@require_POST
@signed_in
def answer_withdraw(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """Take back what was sent, to write on."""
    loaded = load_answer_to_write(request, round_id, code)
    form = StepForm(request.POST, today=loaded.item.day)
    if not form.is_valid():
        return show_answer(request, loaded, is_clash=True)
    try:
        withdraw_answer(
            answer=loaded.answer,
            opened_revision=form.cleaned_data["opened_revision"],
            by=actor(request),
        )
    except AnswerConflict:
        return show_answer(request, loaded.refreshed(), is_clash=True)
    except EntryRefused as refused:
        messages.error(request, "".join(refused.errors.values()))
    else:
        messages.success(
            request, f"{code} の提出を取り下げました。直して、もう一度提出してください。"
        )
    return redirect(loaded.answer)
