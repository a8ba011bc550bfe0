"""Configuration of the reviews app."""

from django.apps import AppConfig

from kirishima_dx.guards import watch
from reviews.guards import GUARDS
from reviews.papers import add_papers


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = "報告と改定"
    guards = GUARDS

    def ready(self) -> None:
        from reviews.papers_of_revision.of_meeting import PAPERS

        watch(self)
        add_papers(*PAPERS)
