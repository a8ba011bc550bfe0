"""The record of the initiatives, to be looked at: what is said and assigned changes on its own pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from initiatives.models import Initiative, ProgressEntry, Responsibility, ResponsibilityRecall
from initiatives.statement import BY_KEY
from people.admin_site import ReadOnlyAdmin


def _page_of(initiative: Initiative) -> SafeString:
    item = initiative.focus_item
    return format_html('<a href="{}">{}</a>', item.get_absolute_url(), item.code)


class StatedAdmin(ReadOnlyAdmin):
    """A table that holds statements; their columns stand together, after `stated_after`."""

    stated_after: str

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        own = [name for name in super().get_fields(request, obj) if name not in BY_KEY]
        place = own.index(self.stated_after) + 1
        return [*own[:place], *BY_KEY, *own[place:]]


@admin.register(Initiative)
class InitiativeAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "revision", "page")
    list_select_related = ("focus_item",)
    search_fields = ("focus_item__code",)
    ordering = ("focus_item__code",)

    @admin.display(description="画面")
    def page(self, initiative: Initiative) -> SafeString:
        return _page_of(initiative)


@admin.register(Responsibility)
class ResponsibilityAdmin(ReadOnlyAdmin):
    list_display = ("initiative", "kind", "department", "valid_from", "valid_until", "page")
    list_filter = ("kind", "department")
    list_select_related = ("initiative__focus_item", "department")
    search_fields = ("initiative__focus_item__code", "department__name")

    @admin.display(description="画面")
    def page(self, responsibility: Responsibility) -> SafeString:
        return _page_of(responsibility.initiative)


@admin.register(ResponsibilityRecall)
class ResponsibilityRecallAdmin(ReadOnlyAdmin):
    """Planned changes of responsibility that were called off or moved."""

    list_display = (
        "responsibility",
        "planned_day",
        "new_day",
        "reason",
        "recalled_at",
        "recalled_by",
    )
    list_select_related = (
        "responsibility__initiative__focus_item",
        "responsibility__department",
        "recalled_by",
    )


@admin.register(ProgressEntry)
class ProgressEntryAdmin(StatedAdmin):
    stated_after = "as_of"
    list_display = ("initiative", "as_of", "kind", "status", "rating", "department_name", "page")
    list_filter = ("kind", "status", "rating")
    list_select_related = ("initiative__focus_item",)
    search_fields = ("initiative__focus_item__code", "department_name")
    date_hierarchy = "as_of"

    @admin.display(description="画面")
    def page(self, entry: ProgressEntry) -> SafeString:
        return _page_of(entry.initiative)
