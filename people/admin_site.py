"""The admin site: reference data and repair, for the 事務局 alone."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import DateField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kirishima_dx.forms import JapaneseDateField

FIELDS_BY_KIND: dict[Any, dict[str, Any]] = {DateField: {"form_class": JapaneseDateField}}
"""Days are typed, and refused, as everywhere else."""


class KirishimaAdminSite(AdminSite):
    site_header = "きりしまDX未来図 進行管理 — 管理"
    site_title = "管理"
    index_title = "基礎データの管理"

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(user.is_active and user.is_authenticated and user.is_secretariat)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Use the one sign-in page, with its lock-out and its rules."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied("管理画面は事務局（DX推進課）だけが使えます。")
        return redirect_to_login(request.GET.get("next") or request.get_full_path())

    def password_change(  # type: ignore[override]  # It leads elsewhere.
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Use the one page where one's password is changed, with its count of attempts."""
        return redirect("password_change")

    def password_change_done(  # type: ignore[override]  # It leads elsewhere.
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("admin:index")


class ReferenceAdmin(ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time.
    """Reference data: the 事務局 adds and changes; nothing that others refer to is deleted."""

    formfield_overrides = FIELDS_BY_KIND

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Ask again without what an address asks of a day that no calendar has, the next one of the last included."""
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters from error

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReferenceAdmin):
    """Records that only actions may change: to be looked at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
