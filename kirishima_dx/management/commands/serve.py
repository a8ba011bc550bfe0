"""Serve the product with waitress, the same on Linux and Windows."""

import errno
import signal
from argparse import ArgumentParser, ArgumentTypeError
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS
from waitress.server import create_server

from kirishima_dx.backups.presence import staying_connected
from kirishima_dx.management.database_command import DatabaseCommand
from kirishima_dx.wsgi import application

THREADS = 8
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 — only recognised here
"""Hosts that mean every address of this machine, and the one to open in a browser."""


class Command(DatabaseCommand):
    help = "サーバーを起動する（Ctrl-C で終わる）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="待ち受けるアドレス")
        parser.add_argument("--port", type=port_number, default=8000, help="待ち受けるポート")

    def get_check_kwargs(self, options: dict[str, Any]) -> dict[Any, Any]:
        """Check also what needs the database, before anything is served."""
        return {**super().get_check_kwargs(options), "databases": [DEFAULT_DB_ALIAS]}

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        try:
            server = create_server(
                application, host=host, port=port, threads=THREADS, **server_options()
            )
        except OSError as error:
            raise CommandError(_why_not(error, host, port)) from error
        except ValueError as error:
            raise CommandError(f"{host} はこの機械のアドレスとして使えません。") from error
        signal.signal(signal.SIGTERM, _stop)
        self.stdout.write(f"起動しました: {address(host, port)}")
        self.stdout.write("終わるときは Ctrl-C を押してください。")
        self.stdout.flush()
        with staying_connected():
            server.run()
        self.stdout.write("終了しました。")


def port_number(text: str) -> int:
    """Read a port; the system would take 65536 for any port that is free."""
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise ArgumentTypeError(f"「{text}」は 1～65535 の整数ではありません")
    return int(text)


def server_options() -> dict[str, Any]:
    """Return what the settings ask of waitress: the sub-path, the proxy whose word counts, what is too much.

    A body over ten times what Django takes is not even read; up to there Django answers with a page of ours.
    """
    options: dict[str, Any] = {
        "ident": "",
        "url_prefix": settings.FORCE_SCRIPT_NAME or "",
        "max_request_body_size": 10 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        options |= {
            "trusted_proxy": "*",
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
            "clear_untrusted_proxy_headers": True,
        }
    return options


def address(host: str, port: int) -> str:
    """Return the address to open in a browser on this machine."""
    name = EVERYWHERE.get(host, f"[{host}]" if ":" in host else host)
    prefix = (settings.FORCE_SCRIPT_NAME or "").strip("/")
    return f"http://{name}:{port}/{prefix}{'/' if prefix else ''}"


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"{host} の {port} 番ポートは、ほかのプログラムが使っています。"
            f"別の番号で起動できます。例: --port {port + 123 if port + 123 < 65536 else port - 123}"
        )
    if error.errno == errno.EACCES:
        return f"{port} 番ポートを開く権限がありません。1024 以上の番号を使ってください。"
    return f"{host} の {port} 番ポートを開けません（{error.strerror}）。"


def _stop(number: int, frame: FrameType | None) -> None:
    """End as Ctrl-C does: waitress finishes the requests at hand."""
    raise SystemExit(0)
