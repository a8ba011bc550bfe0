"""Configuration of what belongs to no subject."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class KirishimaConfig(AppConfig):
    name = "kirishima_dx"
    verbose_name = "全体"

    def ready(self) -> None:
        from kirishima_dx import checks  # noqa: F401 — registers them
        from kirishima_dx.backups import checks as of_databases  # noqa: F401 — likewise
        from kirishima_dx.backups.private_database import after_connecting
        from kirishima_dx.guard_watch import watch_content
        from kirishima_dx.readiness import checks as of_readiness  # noqa: F401 — likewise

        connection_created.connect(after_connecting, dispatch_uid="private_database")
        watch_content(self)
