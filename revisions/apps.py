"""Configuration of the revisions app."""

from django.apps import AppConfig

from kirishima_dx.closing import add_copies
from kirishima_dx.guard_watch import watch
from reviews.papers import add_papers
from revisions.closable import CLOSABLE, KEPT
from revisions.guards import GUARDS


class RevisionsConfig(AppConfig):
    name = "revisions"
    verbose_name = "計画の改定"
    guards = GUARDS
    closable = CLOSABLE
    kept = KEPT

    def ready(self) -> None:
        from revisions.closing_copies import copies_of_adoption
        from revisions.papers.of_meeting import PAPERS

        watch(self)
        add_copies(copies_of_adoption)
        add_papers(*PAPERS)
