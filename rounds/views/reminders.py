"""Reminders (督促): their texts, sent by e-mail or handed on by people."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kirishima_dx.one_at_a_time import nobody_else
from people.access import actor, secretariat_only
from people.models import Department
from rounds.actions.reminding import Letter, mail_reminders
from rounds.actions.rounds import record_reminder
from rounds.forms.round_steps import ReminderForm, RemindersForm
from rounds.queries.board import BoardRow
from rounds.queries.reminders import ReminderDraft, reminder_drafts
from rounds.views.round_loading import LoadedRound, load_round

UNFOLDED = 5
"""Up to how many reminders the page shows with their texts from the start."""


@dataclass
class DraftForm:
    """A reminder with its form."""

    draft: ReminderDraft
    form: ReminderForm

    @property
    def is_chosen(self) -> bool:
        return bool(self.form.is_valid() and self.form.cleaned_data["chosen"])

    @property
    def letter(self) -> Letter:
        return Letter(self.draft.department, self.draft.subject, self.form.cleaned_data["text"])


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def round_reminders(request: HttpRequest, round_id: int) -> HttpResponse:
    loaded = load_round(request, round_id)
    data = request.POST if request.method == "POST" else None
    drafts = _draft_forms(request, loaded, data)
    head = RemindersForm(data, initial={"seen": _last_reminder(loaded)})
    if data is None:
        return _page(request, loaded, head, drafts)
    chosen = [one for one in drafts if one.is_chosen]
    if not head.is_valid() or not all(one.form.is_valid() for one in drafts):
        return _page(request, loaded, head, drafts)
    _tell_of_answered(request, drafts)
    if not chosen:
        head.add_error(None, "督促する部署を選んでください。")
        return _page(request, loaded, head, drafts)
    return _remind_once(request, loaded, head, drafts)


def _draft_forms(request: HttpRequest, loaded: LoadedRound, data: Any) -> list[DraftForm]:
    def address_of(row: BoardRow) -> str:
        return request.build_absolute_uri(row.answer.get_absolute_url())

    sender = f"事務局　{actor(request).display_name}"
    drafts = reminder_drafts(loaded.board(), address_of=address_of, sender=sender)
    return [
        DraftForm(
            draft,
            ReminderForm(
                data,
                prefix=draft.department.code,
                initial={"text": draft.text, "chosen": "all" in request.GET},
            ),
        )
        for draft in drafts
    ]


def _tell_of_answered(request: HttpRequest, drafts: list[DraftForm]) -> None:
    """Say which of the chosen departments owe nothing any more, so that nothing goes to them."""
    owing = {one.draft.department.code for one in drafts}
    for department in Department.objects.exclude(code__in=owing):
        if f"{department.code}-chosen" in request.POST:
            messages.info(request, f"{department.name}は回答がそろったので、督促していません。")


def _last_reminder(loaded: LoadedRound) -> int:
    return loaded.round.reminders.aggregate(last=Max("pk"))["last"] or 0


def _remind_once(
    request: HttpRequest, loaded: LoadedRound, head: RemindersForm, drafts: list[DraftForm]
) -> HttpResponse:
    """Remind, unless somebody does so at this moment or did since the page was opened."""
    with nobody_else(f"reminding-{loaded.round.pk}") as is_alone:
        if not is_alone:
            head.add_error(
                None, "いま、ほかの画面から督促を送っています。少し待ってから確かめてください。"
            )
            return _page(request, loaded, head, drafts, status=409)
        if _last_reminder(loaded) != head.cleaned_data["seen"]:
            head.add_error(
                None,
                "この画面を開いた後に、督促が記録されています。下の「これまでの督促」を確かめて、"
                "まだ要るときは、もう一度押してください。",
            )
            return _page(request, loaded, head, drafts, status=409)
        return _remind(request, loaded, head, drafts)


def _remind(
    request: HttpRequest, loaded: LoadedRound, head: RemindersForm, drafts: list[DraftForm]
) -> HttpResponse:
    letters = [one.letter for one in drafts if one.is_chosen]
    if head.cleaned_data["act"] == "hand":
        return _handed_on(request, loaded, letters)
    if not settings.SENDS_MAIL:
        head.add_error(None, "メールサーバーが設定されていないので、メールでは送れません。")
        return _page(request, loaded, head, drafts)
    deliveries = mail_reminders(round=loaded.round, letters=letters, by=actor(request))
    failures = [one for one in deliveries if one.failure]
    sent = len(deliveries) - len(failures)
    if sent:
        messages.success(request, f"{sent}件の督促をメールで送りました。")
    if not failures:
        return redirect("round_reminders", loaded.round.pk)
    for one in failures:
        head.add_error(None, f"{one.letter.department.name}には送れませんでした。{one.failure}")
    delivered = {one.letter.department.pk for one in deliveries if not one.failure}
    left = [one for one in drafts if one.draft.department.pk not in delivered]
    return _page(request, loaded, head, left)


def _handed_on(request: HttpRequest, loaded: LoadedRound, letters: list[Letter]) -> HttpResponse:
    """Keep that people brought the reminders themselves."""
    for letter in letters:
        record_reminder(
            round=loaded.round, department=letter.department, text=letter.text, by=actor(request)
        )
    messages.success(request, f"{len(letters)}件の督促を「渡した」と記録しました。")
    return redirect("round_reminders", loaded.round.pk)


def _page(
    request: HttpRequest,
    loaded: LoadedRound,
    head: RemindersForm,
    drafts: list[DraftForm],
    *,
    status: int = 200,
) -> HttpResponse:
    """Show the reminders. What was typed stays; the page is opened on the reminders that there are by now."""
    told = list(loaded.round.reminders.select_related("department").order_by("-pk"))
    context = {
        "nav": "rounds",
        "crumbs": loaded.crumbs(("督促", "")),
        "round": loaded.round,
        "head": head,
        "seen": told[0].pk if told else 0,
        "drafts": drafts,
        "sends_mail": settings.SENDS_MAIL,
        "told": told,
        "is_short": len(drafts) <= UNFOLDED,
        "has_errors": head.errors or any(one.form.errors for one in drafts if one.form.is_bound),
        "board_url": reverse("round_board", args=[loaded.round.pk]),
    }
    return render(request, "rounds/round_reminders.html", context, status=status)
