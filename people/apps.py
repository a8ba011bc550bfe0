"""Configuration of the people app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from kirishima_dx.guards import install_after_migrate
from people.guards import GUARDS


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "利用者と部署"
    guards = GUARDS

    def ready(self) -> None:
        post_migrate.connect(install_after_migrate, sender=self)
