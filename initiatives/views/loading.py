"""Fetching a focus item for a view, and asking what the visitor may do with it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from initiatives.models import Initiative
from initiatives.queries.departures import Departure, departures
from initiatives.queries.wordings import Wording, holding_wording, readable_among, texts_of
from initiatives.rules import can_write_progress
from kirishima_dx.moment import Moment
from plans.models import FocusItem, FocusItemText
from plans.served import served_plan
from plans.shelf import EditionShelf, edition_shelf


@dataclass
class LoadedItem:
    """A focus item that the visitor may see, with the wordings that they may read."""

    focus_item: FocusItem
    wordings: list[Wording]
    shelf: EditionShelf
    moment: Moment

    @property
    def day(self) -> date:
        """Return the day of which the page speaks; a page that writes speaks of today."""
        return self.moment.day

    @property
    def text(self) -> FocusItemText:
        return holding_wording(self.wordings).text

    @property
    def left(self) -> Departure | None:
        """Return how the item left the plan, if it did."""
        return departures([self.text], self.shelf).get(self.focus_item.pk)

    @property
    def revision(self) -> int:
        """Return the revision that a form is opened on, as it stands at this moment (G4)."""
        return Initiative.objects.revision_of(self.focus_item)

    @property
    def is_published(self) -> bool:
        return any(wording.shelved.is_public for wording in self.wordings)

    def crumbs(self, page: str = "", *, query: str = "") -> list[tuple[str, str]]:
        """Return the way to the item or, with a name, to a page below it; `query` goes on with the address."""
        above = ("進捗一覧", f"{reverse('item_list')}{query}")
        own = (self.focus_item.code, self.focus_item.get_absolute_url() if page else "")
        return [above, own, (page, "")] if page else [above, own]


def load_item(request: HttpRequest, code: str) -> LoadedItem:
    """Return the item with this code; 404 where there is none or where it stands in drafts alone."""
    loaded = find_item_of_day(request, code, Moment.today())
    if loaded is None or not loaded.wordings:
        raise Http404
    return loaded


def find_item_of_day(request: HttpRequest, code: str, at: Moment) -> LoadedItem | None:
    """Return the item with this code as a moment knew it: without wordings where no edition then had it."""
    plan = served_plan(request)
    if plan is None:
        return None
    texts = texts_of(FocusItemText.objects.filter(focus_item__plan=plan, focus_item__code=code))
    known = texts[0].focus_item if texts else FocusItem.objects.filter(plan=plan, code=code).first()
    if known is None:
        return None
    focus_item, shelf = known, edition_shelf(plan, at)
    drafts = request.user.is_authenticated
    wordings = readable_among(texts, focus_item, shelf, drafts=drafts)
    return LoadedItem(focus_item, wordings, shelf, at)


def may_write(user: Any, loaded: LoadedItem) -> bool:
    """Whether somebody may record progress of an item; nobody does of one that is only drafted."""
    return loaded.is_published and can_write_progress(user, loaded.focus_item, loaded.day)


def load_item_to_write(request: HttpRequest, code: str) -> LoadedItem:
    """Return the item for a form that writes of it, or refuse."""
    loaded = load_item(request, code)
    if not loaded.is_published:
        raise Http404
    if not may_write(request.user, loaded):
        raise PermissionDenied(
            f"{code} の進捗を記録できるのは、主担当課・関係課の入力者と確認者、事務局だけです。"
        )
    return loaded
