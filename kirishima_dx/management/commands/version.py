"""Say which version of the product runs, and on what."""

import platform
from typing import Any

import django
from django.core.management.base import BaseCommand

from kirishima_dx.version import VERSION


class Command(BaseCommand):
    """Also answers `manage.py --version`. Asks no settings, so that it works before they are right."""

    help = "この製品のバージョンを示す。"
    requires_system_checks = ()

    def get_version(self) -> str:
        return VERSION

    def handle(self, *args: Any, **options: Any) -> None:
        below = f"Django {django.get_version()}、Python {platform.python_version()}"
        self.stdout.write(f"きりしまDX未来図 進行管理 {VERSION}（{below}）")
