"""Configuration of the rounds app."""

from django.apps import AppConfig

from kirishima_dx.closing import add_closer, add_copies, add_parts
from kirishima_dx.guard_watch import watch
from rounds.closable import CLOSABLE, KEPT
from rounds.guards import GUARDS


class RoundsConfig(AppConfig):
    name = "rounds"
    verbose_name = "照会と回答"
    guards = GUARDS
    closable = CLOSABLE
    kept = KEPT

    def ready(self) -> None:
        from rounds.actions.closing import close_answer
        from rounds.closing_copies import (
            copies_of_answer,
            parts_of_answer,
            parts_of_upload,
            return_copies,
        )
        from rounds.closing_of_handovers import copies_of_handover

        watch(self)
        add_copies(copies_of_answer, return_copies, copies_of_handover)
        add_parts("rounds.AnswerImport", parts_of_upload)
        add_parts("rounds.Answer", parts_of_answer)
        add_closer("rounds.Answer", close_answer)
