"""Configuration of the reviews app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from kirishima_dx.guards import install_after_migrate
from reviews.guards import GUARDS


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = "報告と改定"
    guards = GUARDS

    def ready(self) -> None:
        post_migrate.connect(install_after_migrate, sender=self)
