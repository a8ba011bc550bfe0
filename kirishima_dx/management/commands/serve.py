"""Serve the product with waitress, the same on Linux and Windows."""

import errno
import signal
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connection

from kirishima_dx.backups.presence import staying_connected
from kirishima_dx.management.database_command import DatabaseCommand
from kirishima_dx.readiness.parts import what_is_missing
from kirishima_dx.server.access_log import AccessLog
from kirishima_dx.server.limits import Limits, reach
from kirishima_dx.server.serving import Server
from kirishima_dx.wsgi import application

THREADS = 8
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 — only recognised here
"""Hosts that mean every address of this machine, and the one to open in a browser."""


class Command(DatabaseCommand):
    help = "サーバーを起動する（Ctrl-C で終わる）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="待ち受けるアドレス")
        parser.add_argument("--port", type=port_number, default=8000, help="待ち受けるポート")
        parser.add_argument(
            "--access-log",
            default=settings.ACCESS_LOG,
            help="要求を一行ずつ書くファイル（なければ書かない）",
        )

    def get_check_kwargs(self, options: dict[str, Any]) -> dict[Any, Any]:
        """Check also what needs the database, before anything is served."""
        return {**super().get_check_kwargs(options), "databases": [DEFAULT_DB_ALIAS]}

    def handle(self, *args: Any, host: str, port: int, access_log: str, **options: Any) -> None:
        _refuse_what_is_missing()
        reached = reach(settings.SERVE_CONNECTIONS)
        log = _opened(access_log)
        server = _server(host, port, limits=_limits(reached.connections), access_log=log)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: server.stop())
        self.stdout.write(f"起動しました: {address(host, port)}")
        self.stdout.write(reached.words)
        self.stdout.write("終わるときは Ctrl-C を押してください。")
        self.stdout.flush()
        connection.close()  # Nothing is asked in this thread any more; each worker has its own.
        with staying_connected():
            server.run()
        if log is not None:
            log.close()
        self.stdout.write("終了しました。")


def _refuse_what_is_missing() -> None:
    """Raise CommandError where guards, migrations or static files are not there."""
    if missing := what_is_missing(connection):
        told = "\n".join(f"・{one}" for one in missing)
        raise CommandError(f"このままでは起動しません。\n{told}")


def _server(host: str, port: int, *, limits: Limits, access_log: AccessLog | None) -> Server:
    """Open the address. Raise CommandError where that cannot be."""
    options = {"host": host, "port": port, "threads": THREADS, **server_options()}
    try:
        return Server(application, limits=limits, access_log=access_log, **options)
    except OSError as error:
        raise CommandError(_why_not(error, host, port)) from error
    except ValueError as error:
        raise CommandError(f"{host} はこの機械のアドレスとして使えません。") from error


def port_number(text: str) -> int:
    """Read a port; the system would take 65536 for any port that is free."""
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise ArgumentTypeError(f"「{text}」は 1～65535 の整数ではありません")
    return int(text)


def server_options() -> dict[str, Any]:
    """Return what the settings ask of waitress: the sub-path, what is too much.

    A body over ten times what Django takes is not even read; up to there Django answers with a page of ours.
    """
    return {
        "ident": "",
        "url_prefix": settings.FORCE_SCRIPT_NAME or "",
        "max_request_body_size": 10 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }


def _limits(connections: int) -> Limits:
    return Limits(
        connections=connections,
        head_seconds=settings.SERVE_HEAD_SECONDS,
        pace_seconds=settings.SERVE_PACE_SECONDS,
        idle_seconds=settings.SERVE_IDLE_SECONDS,
    )


def _opened(access_log: str) -> AccessLog | None:
    if not access_log:
        return None
    try:
        return AccessLog(Path(access_log))
    except OSError as error:
        raise CommandError(
            f"アクセスログ {access_log} に書けません（{error.strerror}）。"
        ) from error


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
