"""The page of one focus item."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives.enums import CycleStep
from initiatives.queries import item_page, neighbours
from initiatives.queries.open_answers import open_answers
from initiatives.queries.study import is_overdue, study_of
from initiatives.rules import can_assign_departments
from initiatives.views.loading import load_item, may_write


@require_safe
def item_detail(request: HttpRequest, code: str) -> HttpResponse:
    loaded = load_item(request, code)
    is_staff = request.user.is_authenticated
    study = study_of(loaded.focus_item) if is_staff else None
    page = item_page(loaded.focus_item, loaded.wordings, loaded.shelf, loaded.today)
    context = {
        "nav": "items",
        "crumbs": loaded.crumbs(),
        "page": page,
        "steps": CycleStep.choices,
        "neighbours": neighbours(page.text),
        "answers": open_answers(loaded.focus_item) if is_staff else [],
        "study": study,
        "shows_study": is_staff and (page.text.is_study or study is not None),
        "study_is_overdue": page.text.is_study and is_overdue(study, loaded.today),
        "may_write": may_write(request.user, loaded),
        "may_assign": can_assign_departments(request.user),
    }
    return render(request, "initiatives/item_detail.html", context)
