"""Configuration of the reviews app."""

from django.apps import AppConfig

from kirishima_dx.closing import add_bar, add_fixed
from kirishima_dx.guard_watch import watch
from reviews.closable import CLOSABLE, KEPT
from reviews.guards import GUARDS


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = "報告と会議"
    guards = GUARDS
    closable = CLOSABLE
    kept = KEPT

    def ready(self) -> None:
        from reviews.closing_fixed import is_sealed, sealed_reports_telling

        watch(self)
        add_bar("reviews.AnnualReport", is_sealed)
        add_fixed(sealed_reports_telling)
