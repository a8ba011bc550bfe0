"""Configuration of the plans app."""

from django.apps import AppConfig

from kirishima_dx.guard_watch import watch
from plans import converters
from plans.closable import CLOSABLE, IN_HISTORY, KEPT
from plans.guards import GUARDS


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "計画と版"
    guards = GUARDS
    closable = CLOSABLE
    kept = KEPT
    closable_in_history = IN_HISTORY

    def ready(self) -> None:
        from plans import checks  # noqa: F401 — registers them; needs the models

        watch(self)
        converters.register()
