"""The page of one focus item, today and on any day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives.enums import CycleStep
from initiatives.queries import item_page, neighbours
from initiatives.queries.open_answers import open_answers
from initiatives.queries.study import is_overdue, study_of
from initiatives.rules import can_assign_departments
from initiatives.views.any_day import AskedDay, asked_day
from initiatives.views.loading import LoadedItem, load_item, load_item_of_day, may_write
from plans.models import FocusItemText


@require_safe
def item_detail(request: HttpRequest, code: str) -> HttpResponse:
    asked = asked_day(request)
    loaded = load_item_of_day(request, code, asked.moment)
    if not loaded.wordings:
        return _absent(request, code, asked)
    page = item_page(loaded.focus_item, loaded.wordings, loaded.shelf, asked.moment)
    context = {
        "nav": "items",
        "crumbs": loaded.crumbs(query=asked.query),
        "any_day": asked,
        "shelf": loaded.shelf,
        "page": page,
        "steps": CycleStep.choices,
        "neighbours": neighbours(page.text),
        "traces": {},
        **(_of_today(request, loaded, page.text) if asked.is_today else {}),
    }
    return render(request, "initiatives/item_detail.html", context)


def _of_today(request: HttpRequest, loaded: LoadedItem, text: FocusItemText) -> dict[str, Any]:
    """Return what is under way and what may be done, which only today's page shows."""
    is_staff = request.user.is_authenticated
    study = study_of(loaded.focus_item) if is_staff else None
    return {
        "answers": open_answers(loaded.focus_item) if is_staff else [],
        "study": study,
        "shows_study": is_staff and (text.is_study or study is not None),
        "study_is_overdue": text.is_study and is_overdue(study, loaded.day),
        "may_write": may_write(request.user, loaded),
        "may_assign": can_assign_departments(request.user),
    }


def _absent(request: HttpRequest, code: str, asked: AskedDay) -> HttpResponse:
    """Say that no edition of that day had the item, and when it stood in one; 404 where it may not be seen today."""
    loaded = load_item(request, code)
    context = {
        "nav": "items",
        "crumbs": loaded.crumbs(query=asked.query),
        "any_day": asked,
        "focus_item": loaded.focus_item,
        "text": loaded.text,
        "wordings": loaded.wordings,
    }
    return render(request, "initiatives/item_absent.html", context)
