"""Accounts, roles and departments: what the 事務局 keeps up to date by hand."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from kirishima_dx import clock
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.history import explain
from people.access import actor
from people.actions.accounts import record_password
from people.admin_site import FIELDS_BY_KIND, ReadOnlyAdmin, ReferenceAdmin
from people.forms import DepartmentForm, GivenPasswordForm
from people.models import (
    Department,
    DepartmentSuccession,
    RoleAssignment,
    SuccessionRecall,
    User,
)
from people.queries import secretariat_ends_on
from people.reasoned_forms import (
    REASON,
    AccountChangeForm,
    NewAccountForm,
    RoleForm,
    RolesOfAccount,
)

ROLES_EXPLAINED = (
    "事務局：すべてを管理します。　担当課・入力者：部署が主担当課・関係課の項目の進捗を記録します。　"
    "担当課・確認者：入力者の権限に加え、部署の回答を確認・差戻しします。　"
    "本部員：本部に出された資料を読み、意見を書きます。　役割のないアカウントは職員として読むだけです。"
    "役割を外すときは終了日を入れます（行は消さずに残します）。"
)


@admin.register(Department)
class DepartmentAdmin(ReferenceAdmin):
    """機構改革 ends a row and begins another; what was said under the old name keeps it."""

    form = DepartmentForm
    list_display = (
        "name",
        "division",
        "code",
        "order",
        "email",
        "valid_from",
        "valid_until",
        "called_off_on",
    )
    list_filter = ("division",)
    search_fields = ("name", "code", "division")
    ordering = ("order", "code")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "code",
                    "name",
                    "division",
                    "order",
                    "email",
                    "valid_from",
                    "valid_until",
                ),
                "description": "機構改革で名称が変わるときは、名称を書き換えずに、部署一覧の画面の"
                "「機構改革・引継ぎ」で引き継いでください。過去の記録は当時の名称のまま残ります。",
            },
        ),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Department | None = None
    ) -> tuple[str, ...]:
        """Keep a code once it is given: addresses and files speak of it."""
        return ("code",) if obj is not None else ()

    def has_change_permission(self, request: HttpRequest, obj: Department | None = None) -> bool:
        """Leave alone what never was: a handover may take it up again."""
        never_was = obj is not None and obj.called_off_on is not None
        return super().has_change_permission(request, obj) and not never_was


@admin.register(DepartmentSuccession)
class DepartmentSuccessionAdmin(ReadOnlyAdmin):
    """Which department took over from which; recorded by 機構改革・引継ぎ."""

    list_display = ("before", "after", "effective_from", "recorded_at", "recorded_by")
    list_select_related = ("before", "after", "recorded_by")
    search_fields = ("before__name", "after__name")


@admin.register(SuccessionRecall)
class SuccessionRecallAdmin(ReadOnlyAdmin):
    """Planned handovers that were called off or moved."""

    list_display = ("succession", "planned_day", "new_day", "reason", "recalled_at", "recalled_by")
    list_select_related = ("succession__before", "succession__after", "recalled_by")


class NobodyLeft(Exception):
    """A change would leave nobody who can act for the 事務局, from a day that nobody was without before."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self.since = "" if day == clock.today() else f"{wareki_date(day)}から、"


class RightsAdmin(ReferenceAdmin):
    """Accounts and roles: each change says why, and whoever ends the last 事務局 would shut out everybody, for good."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        request.secretariat_ended_on = secretariat_ends_on()  # type: ignore[attr-defined]  # Kept for save_related.
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except NobodyLeft as fault:
            messages.error(
                request,
                f"保存しませんでした。{fault.since}事務局として使えるアカウントが一つもなくなります。"
                "先に、別のアカウントに事務局の役割を付けてください。",
            )
            return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep what was changed with who and why; saving what is as it was is no change."""
        if form.own_changes:
            explain(obj, by=request.user, reason=form.cleaned_data[REASON])
            super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            explain(row, by=request.user, reason=form.cleaned_data[REASON])
            row.save()
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        before: date | None = request.secretariat_ended_on  # type: ignore[attr-defined]  # As above.
        after = secretariat_ends_on()
        if after is not None and (before is None or after < before):
            raise NobodyLeft(after)


class RoleAssignmentInline(admin.StackedInline):  # type: ignore[type-arg]  # As ReferenceAdmin.
    """Roles of one account; ended, never removed. Stacked: in a table the fields would have no labels."""

    model = RoleAssignment
    formset = RolesOfAccount
    formfield_overrides = FIELDS_BY_KIND
    extra = 1
    can_delete = False
    fields = ("role", "department", "valid_from", "valid_until")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)


@admin.register(User)
class AccountAdmin(RightsAdmin, UserAdmin):  # type: ignore[type-arg]  # As ReferenceAdmin.
    """Accounts. They are deactivated, never deleted; nobody is made an operator here."""

    form, add_form = AccountChangeForm, NewAccountForm
    change_password_form = GivenPasswordForm
    inlines = (RoleAssignmentInline,)
    list_display = ("username", "name", "roles", "is_active", "last_login")
    list_filter = ("is_active", "role_assignments__role")
    search_fields = ("username", "name")
    ordering = ("username",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined", "records")
    fieldsets = (
        (None, {"fields": ("username", "name", "password"), "description": ROLES_EXPLAINED}),
        (
            "利用",
            {
                "fields": ("is_active", "last_login", "date_joined", "records"),
                "description": "退職・異動で使わなくなったアカウントは、削除せずに「有効」を外します。"
                "その人の記録は残ります。",
            },
        ),
        (None, {"fields": (REASON,)}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": ("username", "name", "password1", "password2", REASON),
                "description": ROLES_EXPLAINED,
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("role_assignments__department")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            record_password(user=obj, by=actor(request))

    @transaction.atomic
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """Give somebody a password, and record who did; one's own is changed where the old one is asked for."""
        if id == str(request.user.pk):
            return redirect("password_change")
        before = self.get_object(request, id)
        response: HttpResponse = super().user_change_password(request, id, form_url)
        after = self.get_object(request, id)
        if before is not None and after is not None and before.password != after.password:
            record_password(user=after, by=actor(request))
        return response

    @admin.display(description="利用の記録")
    def records(self, user: User) -> str:
        url = f"{reverse('record_list')}?{urlencode({'account': user.username})}"
        return format_html('<a href="{}">この利用者の記録</a>', url)

    @admin.display(description="役割")
    def roles(self, user: User) -> str:
        roles = user.role_assignments.all()  # Fetched with the accounts.
        held = [role.label for role in roles if role.is_held_on(clock.today())]
        return "、".join(held) or "職員"


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(RightsAdmin):
    """All roles in one list, for finding who speaks for a department."""

    form = RoleForm
    list_display = ("user", "role", "department", "valid_from", "valid_until")
    list_filter = ("role", "department")
    list_select_related = ("user", "department")
    search_fields = ("user__username", "user__name", "department__name")
