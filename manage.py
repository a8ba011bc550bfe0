#!/usr/bin/env python
"""Entry point for management commands."""

import os
import sys


def main() -> None:
    """Run a command; what the operator can mend is told in a line instead of a stack (--traceback shows it)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kirishima_dx.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError

    try:
        if sys.argv[1:2] == ["version"] or sys.argv[1:] == ["--version"]:
            tell_version()
        else:
            execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"設定の誤り: {error}")
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(
            f"データベースを使えません: {str(error).strip()}\n環境変数 DATABASE_URL のデータベースが"
            "動いているか、先に「manage.py migrate」を実行したかを確かめてください。"
        )


def tell_version() -> None:
    """Run our command `version`: Django answers this word by itself, with its own version and before any command."""
    from kirishima_dx.management.commands.version import Command

    Command().run_from_argv([sys.argv[0], "version", *sys.argv[2:]])


if __name__ == "__main__":
    main()
