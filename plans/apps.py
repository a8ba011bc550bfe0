"""Configuration of the plans app."""

from django.apps import AppConfig

from kirishima_dx import city
from kirishima_dx.guard_watch import watch
from plans import converters
from plans.closable import CLOSABLE, IN_HISTORY, KEPT
from plans.guards import GUARDS


def _municipality() -> str:
    from plans.models import Plan  # models come after the configuration of apps

    plan = Plan.objects.served()
    return plan.municipality if plan else ""


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
        city.named_by(_municipality)
