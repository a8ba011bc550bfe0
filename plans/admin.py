"""The plan in the admin: to be looked at, with the way to the pages; its name can be set right. Text changes by actions
alone."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kirishima_dx.forms import LineField
from people.admin_site import ReadOnlyAdmin, ReferenceAdmin
from plans.actions.naming import NAMES, rename_plan
from plans.models import Edition, FocusItem, Plan


class PlanNameForm(forms.ModelForm):  # type: ignore[type-arg]  # Not subscriptable at run time.
    """What a plan and its municipality are called, and why that is set right."""

    reason = LineField(
        label="変更の理由",
        max_length=200,
        help_text="以前の名称と理由は、履歴に残ります。確定した年次報告の名称は変わりません。",
        error_messages={"required": "名称を直す理由を書いてください。"},
    )

    class Meta:
        model = Plan
        fields = NAMES


@admin.register(Plan)
class PlanAdmin(ReferenceAdmin):
    """A mistyped name is set right here, with its reason; a plan comes in by its file alone."""

    form = PlanNameForm
    list_display = ("name", "municipality", "municipality_code", "code", "is_demo", "page")
    fields = (*NAMES, "reason", "code", "is_demo", "page")
    readonly_fields = ("code", "is_demo", "page")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Plan, form: Any, change: bool) -> None:
        names = {name: getattr(obj, name) for name in NAMES}
        rename_plan(plan=obj, **names, reason=form.cleaned_data["reason"], by=request.user)

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
