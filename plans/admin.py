"""The plan in the admin: to be looked at, with the way to the pages. Text changes by actions alone."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from people.admin_site import ReadOnlyAdmin
from plans.models import Edition, FocusItem, Plan


@admin.register(Plan)
class PlanAdmin(ReadOnlyAdmin):
    list_display = ("name", "municipality", "municipality_code", "code", "is_demo", "page")

    @admin.display(description="画面")
    def page(self, plan: Plan) -> SafeString:
        return format_html('<a href="{}">未来図を開く</a>', reverse("living_plan"))


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ("name", "plan", "status", "decided_on", "effective_from", "adopter", "page")
    list_filter = ("status",)
    list_select_related = ("plan", "adopted_by")
    fields = (
        "name",
        "plan",
        "status",
        "base",
        "first_fiscal_year",
        "last_fiscal_year",
        "issuer",
        "last_updated",
        "decided_on",
        "effective_from",
        "adoption_basis",
        "adopted_at",
        "adopter",
        "page",
    )
    readonly_fields = ("name", "adopter", "page")

    @admin.display(description="施行を記録した人")
    def adopter(self, edition: Edition) -> str:
        return str(edition.adopted_by or "―")

    @admin.display(description="版", ordering="major")
    def name(self, edition: Edition) -> str:
        return edition.name

    @admin.display(description="画面")
    def page(self, edition: Edition) -> SafeString:
        return format_html('<a href="{}">この版を読む</a>', edition.get_absolute_url())


@admin.register(FocusItem)
class FocusItemAdmin(ReadOnlyAdmin):
    list_display = ("code", "newest_title", "plan_name", "page")
    list_select_related = ("plan",)
    fields = ("code", "newest_title", "plan_name", "page")
    readonly_fields = ("newest_title", "plan_name", "page")
    search_fields = ("code", "texts__title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FocusItem]:
        items: QuerySet[FocusItem] = super().get_queryset(request)
        return items.prefetch_related("texts__edition")

    @admin.display(description="計画", ordering="plan")
    def plan_name(self, item: FocusItem) -> str:
        return item.plan.name

    @admin.display(description="重点項目（最も新しい版の文言）")
    def newest_title(self, item: FocusItem) -> str:
        kept = (text for text in item.texts.all() if not text.edition.is_abandoned)
        newest = max(kept, key=lambda text: text.edition, default=None)
        return f"{newest.title}（{newest.edition.name}）" if newest else "―"

    @admin.display(description="画面")
    def page(self, item: FocusItem) -> SafeString:
        return format_html('<a href="{}">進捗と履歴を開く</a>', item.get_absolute_url())
