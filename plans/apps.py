"""Configuration of the plans app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from kirishima_dx.guards import install_after_migrate
from plans.guards import GUARDS


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "計画と版"
    guards = GUARDS

    def ready(self) -> None:
        post_migrate.connect(install_after_migrate, sender=self)
