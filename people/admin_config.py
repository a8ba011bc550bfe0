"""Puts our admin site in the place of Django's; apart from it because apps are not loaded yet when this is read."""

from django.contrib.admin.apps import AdminConfig

from kirishima_dx.guard_watch import watch
from kirishima_dx.guards import append_only


class KirishimaAdminConfig(AdminConfig):
    """The admin, whose log is kept as a history is: it tells who changed what (A2)."""

    default_site = "people.admin_site.KirishimaAdminSite"
    guards = append_only("django_admin_log", what="管理画面の記録", kept_for_a_time="action_time")

    def ready(self) -> None:
        super().ready()
        watch(self)
