"""Puts our admin site in the place of Django's; apart from it because apps are not loaded yet when this is read."""

from django.contrib.admin.apps import AdminConfig


class KirishimaAdminConfig(AdminConfig):
    default_site = "people.admin_site.KirishimaAdminSite"
