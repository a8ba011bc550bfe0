"""確認者 confirms for the department, or gives back with a reason."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from initiatives.errors import EntryRefused
from kirishima_dx import clock
from people.access import actor, signed_in
from rounds.actions.checking import certify_answer, return_answer
from rounds.errors import AnswerConflict
from rounds.forms.answers import ConfirmAllForm, VerdictForm
from rounds.models import Answer, ReportingRound
from rounds.queries.certification import ToCertify, to_certify
from rounds.rules import can_certify, certified_department_ids
from rounds.views.answer_loading import LoadedAnswer, load_answer
from rounds.views.round_loading import load_round

ONLY_CERTIFIERS = "課内の確認ができるのは、主担当課の確認者だけです。"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def round_certify(request: HttpRequest, round_id: int) -> HttpResponse:
    """Show what awaits the 確認者; by POST confirm all that was shown, one by one."""
    round = load_round(request, round_id).round
    if not certified_department_ids(actor(request)):
        raise PermissionDenied(ONLY_CERTIFIERS)
    if request.method != "POST":
        return _page(request, round)
    form = ConfirmAllForm(request.POST)
    if not form.is_valid():
        messages.error(request, "".join(map(str, form.errors["shown"])))
        return redirect("round_certify", round.pk)
    _confirm_all(request, round, form.cleaned_data["shown"])
    return redirect("round_certify", round.pk)


def _confirm_all(request: HttpRequest, round: ReportingRound, shown: dict[str, int]) -> None:
    """Confirm each answer as it was shown; tell of each that could not be why, and that the others were."""
    answers = Answer.objects.with_names().filter(
        round=round, initiative__focus_item__code__in=shown
    )
    done = []
    for answer in answers:
        code = answer.initiative.focus_item.code
        try:
            certify_answer(answer=answer, opened_revision=shown[code], by=actor(request))
        except AnswerConflict:
            messages.warning(
                request,
                f"{code} は、画面を開いた後に変わったので確認していません。内容を見直してください。",
            )
        except EntryRefused as refused:
            messages.error(request, f"{code}：{''.join(refused.errors.values())}")
        else:
            done.append(code)
    if done:
        messages.success(request, f"{len(done)}件を確認しました（{'、'.join(done)}）。")


@require_POST
@signed_in
def answer_certify(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    loaded = load_answer(request, round_id, code)
    if not can_certify(actor(request), loaded.scene().lead):
        raise PermissionDenied(ONLY_CERTIFIERS)
    form = VerdictForm(request.POST, today=loaded.item.day, auto_id=f"{code}_%s")
    if not form.is_valid():
        return _page(request, loaded.answer.round, refused=form, code=code)
    try:
        _decide(request, loaded, form)
    except AnswerConflict:
        now = loaded.refreshed().answer
        again = form.reopened(opened_revision=now.revision)
        again.is_valid()
        again.add_error(
            None,
            f"画面を開いた後に、この回答は「{now.state_label}」になりました。"
            "いまの内容を確かめて、もう一度選んでください。",
        )
        return _page(request, now.round, refused=again, code=code, status=409)
    except EntryRefused as refused:
        form.refuse(refused.errors)
        return _page(request, loaded.answer.round, refused=form, code=code)
    return redirect("round_certify", round_id)


def _decide(request: HttpRequest, loaded: LoadedAnswer, form: VerdictForm) -> None:
    """Confirm or give back; a 確認者 gives back only what still waits for them."""
    opened, by = form.cleaned_data["opened_revision"], actor(request)
    if not form.returns:
        certify_answer(answer=loaded.answer, opened_revision=opened, by=by)
        messages.success(request, f"{loaded.code} を確認しました。")
        return
    if loaded.answer.revision == opened and not loaded.answer.awaits_certifier:
        raise EntryRefused({"all": "この回答は課内の確認を待っていないので、差し戻せません。"})
    return_answer(
        answer=loaded.answer,
        reason=form.cleaned_data["reason"],
        opened_revision=opened,
        by=by,
    )
    messages.success(request, f"{loaded.code} を差し戻しました。理由は入力した人に伝わります。")


def _page(
    request: HttpRequest,
    round: ReportingRound,
    *,
    refused: Any = None,
    code: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show what awaits; a form that was refused stays with what was typed, also where its answer waits no more."""
    rows = to_certify(round, certified_department_ids(actor(request)))
    for row in rows:
        row.form = refused if row.code == code and refused is not None else _blank(row)
    context = {
        "nav": "my",
        "crumbs": [("マイページ", reverse("my_page")), (f"{round.name} 課内の確認", "")],
        "round": round,
        "rows": rows,
        "refused": refused,
        "refused_code": code,
        "is_listed": any(row.code == code for row in rows),
    }
    return render(request, "rounds/certification.html", context, status=status)


def _blank(row: ToCertify) -> VerdictForm:
    return VerdictForm(
        initial={"opened_revision": row.answer.revision},
        today=clock.today(),
        auto_id=f"{row.code}_%s",
    )
