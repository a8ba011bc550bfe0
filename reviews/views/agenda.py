"""The agenda of a sitting: what is put on it, its words and order, and opinions before the sitting."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from kirishima_dx.quoting import quoted
from people.access import actor, secretariat_only, signed_in
from reviews.actions.agenda import (
    change_agenda_item,
    move_agenda_item,
    put_on_agenda,
    remove_agenda_item,
)
from reviews.actions.minutes import write_opinion
from reviews.errors import MeetingRefused, RecordConflict
from reviews.forms.meeting_agenda import AgendaAddForm, AgendaItemForm, AgendaMoveForm, OpinionForm
from reviews.models import AgendaItem
from reviews.queries.meeting_offers import agenda_offers
from reviews.rules import can_write_opinions
from reviews.views.meeting_clash import clash_of
from reviews.views.meeting_loading import (
    attempt,
    load_agenda_item,
    load_meeting,
    meeting_step,
    refuse_closed,
)
from reviews.views.meetings import meeting_shown

WORDS = ("title", "question", "explanation", "version")


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def agenda_add(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = load_meeting(request, meeting_id)
    offers = agenda_offers(meeting)
    if request.method != "POST":
        refuse_closed(meeting)
        chosen = [report.pk for report in offers.reports if report.pk == meeting.report_id]
        form = AgendaAddForm(offers=offers, initial={"reports": chosen})
    else:
        form = AgendaAddForm(request.POST, offers=offers)
        put = attempt(
            form,
            lambda: put_on_agenda(meeting=meeting, matters=form.matters, by=actor(request)),
        )
        if put is not None:
            messages.success(request, f"議題を{len(put)}件加えました。")
            return redirect(f"{meeting.get_absolute_url()}#agenda")
    shown = form["problems"].subwidgets if "problems" in form.fields else []
    problems = list(zip(offers.problems, shown, strict=True))
    step = "議題を加える"
    return meeting_step(request, "agenda_add", meeting, step=step, form=form, problems=problems)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def agenda_item(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    item = load_agenda_item(load_meeting(request, meeting_id), item_id)
    if request.method != "POST":
        refuse_closed(item.meeting)
        return _item_page(request, item, AgendaItemForm(initial=_opened(item)))
    if "move" in request.POST:
        return _move(request, item)
    if "remove" in request.POST:
        return _remove(request, item)
    return _change(request, item)


def _opened(item: AgendaItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in WORDS}


def _item_page(
    request: HttpRequest, item: AgendaItem, form: AgendaItemForm, **context: Any
) -> HttpResponse:
    order = list(item.meeting.agenda.order_by("position", "pk").values_list("pk", flat=True))
    move = context.pop("move", None) or AgendaMoveForm(initial={"to": order.index(item.pk) + 1})
    context |= {"form": form, "item": item, "move": move, "count": len(order)}
    return meeting_step(request, "agenda_item", item.meeting, step="議題を直す", **context)


def _change(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    form = AgendaItemForm(request.POST)

    def change() -> AgendaItem:
        typed = form.cleaned_data
        return change_agenda_item(
            agenda_item=item,
            title=typed["title"],
            explanation=typed["explanation"],
            question=typed["question"],
            opened_version=typed["version"],
            by=actor(request),
        )

    try:
        changed = attempt(form, change)
    except RecordConflict as conflict:
        now = {name: getattr(conflict.current, name) for name in WORDS}
        return _item_page(request, item, form, clash=clash_of(form, now), status=409)
    if changed is None:
        return _item_page(request, item, form)
    messages.success(request, "議題を保存しました。")
    return redirect(changed)


def _move(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    form = AgendaMoveForm(request.POST)

    def move() -> bool:
        move_agenda_item(agenda_item=item, to=form.cleaned_data["to"], by=actor(request))
        return True

    if not attempt(form, move):
        return _item_page(request, item, AgendaItemForm(initial=_opened(item)), move=form)
    return redirect(item)


def _remove(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    try:
        remove_agenda_item(agenda_item=item, by=actor(request))
    except MeetingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(item)
    messages.success(request, f"{quoted(item.title)}を議題から外しました。")
    return redirect(f"{item.meeting.get_absolute_url()}#agenda")


@require_POST
@signed_in
def agenda_opinion(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    if not can_write_opinions(request.user):
        raise PermissionDenied("議題に意見を書けるのは、本部員だけです。")
    item = load_agenda_item(load_meeting(request, meeting_id), item_id)
    form = OpinionForm(request.POST, prefix=f"opinion-{item.pk}")
    written = attempt(
        form,
        lambda: write_opinion(agenda_item=item, text=form.cleaned_data["text"], by=actor(request)),
    )
    if written is None:
        return meeting_shown(request, item.meeting, form)
    messages.success(request, f"{quoted(item.title)}への意見を記録しました。")
    return redirect(item)
