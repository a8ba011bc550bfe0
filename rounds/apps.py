"""Configuration of the rounds app."""

from django.apps import AppConfig

from kirishima_dx.guards import watch
from rounds.guards import GUARDS


class RoundsConfig(AppConfig):
    name = "rounds"
    verbose_name = "照会と回答"
    guards = GUARDS

    def ready(self) -> None:
        watch(self)
