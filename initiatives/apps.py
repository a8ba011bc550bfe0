"""Configuration of the initiatives app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from initiatives.guards import GUARDS
from kirishima_dx.guards import install_after_migrate


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = "取組と進捗"
    guards = GUARDS

    def ready(self) -> None:
        post_migrate.connect(install_after_migrate, sender=self)
