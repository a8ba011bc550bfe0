"""Configuration of the people app."""

from django.apps import AppConfig

from kirishima_dx.closing import add_copies
from kirishima_dx.guard_watch import watch
from people.closable import CLOSABLE, KEPT
from people.guards import GUARDS


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "利用者と部署"
    guards = GUARDS
    closable = CLOSABLE
    kept = KEPT

    def ready(self) -> None:
        from people.closing_copies import names_taken

        add_copies(names_taken)
        watch(self)
