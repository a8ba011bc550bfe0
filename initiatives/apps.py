"""Configuration of the initiatives app."""

from django.apps import AppConfig

from initiatives.guards import GUARDS
from kirishima_dx.guards import watch


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = "取組と進捗"
    guards = GUARDS

    def ready(self) -> None:
        watch(self)
