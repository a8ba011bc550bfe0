"""The page of one focus item, today and on any day."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from initiatives.enums import CycleStep
from initiatives.queries.item import around, item_page, neighbours
from initiatives.queries.item_strip import item_strip
from initiatives.queries.study import is_overdue, study_of
from initiatives.rules import can_assign_departments
from initiatives.views.any_day import AskedDay, asked_day
from initiatives.views.loading import LoadedItem, find_item_of_day, may_write
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.kept.decorator import kept
from kirishima_dx.moment import Moment
from kirishima_dx.quoting import quoted
from plans.models import FocusItem, FocusItemText
from plans.printed import PrintedItem, printed_items, printed_under
from plans.served import served_shelf
from plans.shelf import EditionShelf


@require_safe
@kept
def item_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show the item with a code, or lead from the number that the plan of that day prints to the item."""
    asked = asked_day(request)
    loaded = find_item_of_day(request, code, asked.moment)
    if loaded is None:
        return _lead_on(request, code, asked)
    if loaded.wordings:
        return _present(request, loaded, asked)
    known = find_item_of_day(request, code, Moment.today())
    if known is not None and known.wordings:
        return _absent(request, known, asked)
    return _lead_on(request, code, asked)


def _present(request: HttpRequest, loaded: LoadedItem, asked: AskedDay) -> HttpResponse:
    page = item_page(loaded.focus_item, loaded.wordings, loaded.shelf, asked.moment)
    printed = _printed(loaded.shelf)
    is_living = page.holding.shelved.is_living
    beside = around(page.text, printed) if is_living else neighbours(page.text)
    context = {
        "nav": "items",
        "crumbs": loaded.crumbs(query=asked.query),
        "any_day": asked,
        "shelf": loaded.shelf,
        "page": page,
        "strip": item_strip(page),
        "namesake": _namesake(loaded.focus_item, printed),
        "steps": CycleStep.choices,
        "neighbours": beside,
        "traces": {},
        **(_of_today(request, loaded, page.text) if asked.is_today else {}),
    }
    return render(request, "initiatives/item_detail.html", context)


def _of_today(request: HttpRequest, loaded: LoadedItem, text: FocusItemText) -> dict[str, Any]:
    """Return what is under way and what may be done, which only today's page shows."""
    is_staff = request.user.is_authenticated
    study = study_of(loaded.focus_item) if is_staff else None
    return {
        "study": study,
        "shows_study": is_staff and (text.is_study or study is not None),
        "study_is_overdue": text.is_study and is_overdue(study, loaded.day),
        "may_write": may_write(request.user, loaded),
        "may_assign": can_assign_departments(request.user),
    }


def _absent(request: HttpRequest, loaded: LoadedItem, asked: AskedDay) -> HttpResponse:
    """Say that no edition of that day had an item, and when it stood in one."""
    context = {
        "nav": "items",
        "crumbs": loaded.crumbs(query=asked.query),
        "any_day": asked,
        "focus_item": loaded.focus_item,
        "text": loaded.text,
        "wordings": loaded.wordings,
        "namesake": _namesake(loaded.focus_item, _printed(served_shelf(request, asked.moment))),
    }
    return render(request, "initiatives/item_absent.html", context)


def _printed(shelf: EditionShelf) -> list[PrintedItem]:
    """Return the items that the plan of a day prints."""
    return printed_items(shelf.living.edition) if shelf.living else []


def _namesake(focus_item: FocusItem, printed: list[PrintedItem]) -> PrintedItem | None:
    """Return the other item that the plan of a day prints under the code of this one, if any."""
    there = (one for one in printed if one.place == focus_item.code)
    return next((one for one in there if one.focus_item_id != focus_item.pk), None)


def _lead_on(request: HttpRequest, number: str, asked: AskedDay) -> HttpResponse:
    """Lead from a number to the item that the plan of that day prints under it; else 404, saying which edition does."""
    living = served_shelf(request, asked.moment).living
    for text in printed_under(number, [living.edition] if living else []):
        return redirect(f"{text.focus_item.get_absolute_url()}{asked.query}")
    day = "いま" if asked.is_today else wareki_date(asked.day)
    told = f"{day}の計画に {number} という番号の重点項目はありません。"
    public = [one.edition for one in served_shelf(request).editions if one.is_public]
    for text in printed_under(number, public)[:1]:
        told += f"{text.edition.name}の {number}{quoted(text.title)}は、固有の番号 {text.focus_item.code} で開けます。"
    raise Http404(told)
