"""Django's admin of the same data, as anybody gets it who registers the tables: a list of the items and where they
stand, and the form of an entry. Measured beside our page of the plan and our way of recording.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.test import Client
from django.utils.timezone import localtime

from bench import data
from bench.names import ADMIN_LIST, ADMIN_SAVING
from bench.saving import saving
from bench.timing import Row, in_turn, queries_of, row
from bench.visits import Visitor, asked_fresh, change_something
from initiatives.models import Initiative, ProgressEntry
from kirishima_dx import clock
from plans.models import FocusItemText

LIST, FORM = "/bench/admin/plans/focusitemtext/", "/bench/admin/initiatives/progressentry/add/"
OTHER_ITEM = "1-A-2"
"""Whose entries the admin writes: it states itself when that was."""
SHOWN = ("as_of", "status", "rating")


class Everything(admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time.
    """May be done by whoever asks: what it costs to ask for permission is not measured."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class Items(Everything):
    list_display = ("place", "title", "overview", "is_study", *SHOWN)
    list_select_related = ("policy__axis", "focus_item")
    list_filter = ("is_study", "policy__axis")
    list_per_page = 100
    search_fields = ("title", "overview")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FocusItemText]:
        entries = ProgressEntry.objects.filter(initiative__focus_item=OuterRef("focus_item"))
        latest = entries.order_by("-as_of", "-recorded_at", "-pk")
        return FocusItemText.objects.filter(edition__status="in_force").annotate(
            **{f"last_{name}": Subquery(latest.values(name)[:1]) for name in SHOWN}
        )

    def as_of(self, text: Any) -> Any:
        return text.last_as_of

    def status(self, text: Any) -> Any:
        return text.last_status

    def rating(self, text: Any) -> Any:
        return text.last_rating


class Site(admin.AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return True


site = Site(name="bench")
site.register(FocusItemText, Items)
site.register(ProgressEntry, Everything)


def measure_beside_admin(staff: Visitor, client: Client, runs: int) -> list[Row]:
    _, asked = asked_fresh(staff, "/")
    listed = in_turn(staff.asking("/"), staff.asking(LIST), runs, before=change_something)
    save, admin_save = saving(client), _saving(client)
    saved = in_turn(save, admin_save, runs * 2)
    return [
        row(*ADMIN_LIST, asked, listed),
        row(*ADMIN_SAVING, queries_of(save) - 1, saved),
    ]


def _saving(client: Client) -> Callable[[], None]:
    initiative = Initiative.objects.get(focus_item__code=OTHER_ITEM)
    begun, seconds = localtime(clock.now()), count()
    form = {
        "initiative": initiative.pk,
        "kind": "update",
        **data.STATED,
        "recorded_by": client.session["_auth_user_id"],
        "recorded_by_name": "計測",
    }

    def save() -> None:
        at = begun + timedelta(seconds=next(seconds))  # No entry stands before the last one.
        when = {"recorded_at_0": f"{at:%Y-%m-%d}", "recorded_at_1": f"{at:%H:%M:%S}"}
        response = client.post(FORM, {**form, **when})
        assert response.status_code == 302, response.content.decode()[-6000:]

    return save
