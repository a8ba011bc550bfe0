"""Configuration of the initiatives app."""

from django.apps import AppConfig

from initiatives.closable import CLOSABLE, KEPT
from initiatives.guards import GUARDS
from kirishima_dx.closing import add_closer, add_copies
from kirishima_dx.guard_watch import watch


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = "取組と進捗"
    guards = GUARDS
    closable = CLOSABLE
    kept = KEPT

    def ready(self) -> None:
        from initiatives.actions.closing import close_entry
        from initiatives.closing_copies import copies_of_assignment, copies_of_entry

        watch(self)
        add_copies(copies_of_entry, copies_of_assignment)
        add_closer("initiatives.ProgressEntry", close_entry)
