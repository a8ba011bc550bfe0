"""Amendments in the admin, to be looked at: only actions change them."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString

from people.admin_site import ReadOnlyAdmin
from revisions.models import Amendment


@admin.register(Amendment)
class AmendmentAdmin(ReadOnlyAdmin):
    list_display = (
        "focus_item",
        "place",
        "edition",
        "kind",
        "origin",
        "reason",
        "amended_by_name",
        "amended_at",
        "page",
    )
    list_filter = ("edition", "kind")
    list_select_related = ("focus_item", "edition__plan")
    search_fields = ("focus_item__code", "reason")

    @admin.display(description="画面")
    def page(self, amendment: Amendment) -> SafeString:
        edition, item = amendment.edition, amendment.focus_item
        if item is None:
            return format_html('<a href="{}">{}</a>', edition.get_absolute_url(), edition)
        return format_html('<a href="{}">{}</a>', item.get_absolute_url(), item.code)
