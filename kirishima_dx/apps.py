"""Configuration of what belongs to no subject."""

from django.apps import AppConfig


class KirishimaConfig(AppConfig):
    name = "kirishima_dx"

    def ready(self) -> None:
        from kirishima_dx import checks  # noqa: F401 — registers them
        from kirishima_dx.readiness import checks as of_readiness  # noqa: F401 — likewise
