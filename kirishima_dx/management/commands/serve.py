"""Serve the product with waitress, the same on Linux and Windows."""

import errno
import signal
import socket
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connection, connections

from kirishima_dx.backups.presence import staying_connected
from kirishima_dx.management.database_command import DatabaseCommand
from kirishima_dx.readiness.parts import what_is_missing
from kirishima_dx.server.access_log import AccessLog
from kirishima_dx.server.limits import Limits, reach
from kirishima_dx.server.processes import MOST_PROCESSES, NoneSettles, Processes, can_be_several
from kirishima_dx.server.serving import Server, open_sockets
from kirishima_dx.server.turns import Turn
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
            "--processes",
            type=process_number,
            default=settings.SERVE_PROCESSES,
            help="答えるプロセスの数（SERVE_PROCESSES。Windows では 1 だけ）",
        )
        parser.add_argument(
            "--access-log",
            default=settings.ACCESS_LOG,
            help="要求を一行ずつ書くファイル（なければ書かない）",
        )

    def get_check_kwargs(self, options: dict[str, Any]) -> dict[Any, Any]:
        """Check also what needs the database, before anything is served."""
        return {**super().get_check_kwargs(options), "databases": [DEFAULT_DB_ALIAS]}

    def handle(
        self, *args: Any, host: str, port: int, processes: int, access_log: str, **options: Any
    ) -> None:
        _refuse_processes(processes)
        _refuse_what_is_missing()
        reached = reach(settings.SERVE_CONNECTIONS, processes)
        limits = _limits(reached.connections).shared_by(processes)
        run = _alone if processes == 1 else _several
        serve = _Serving(host, port, limits, _opened(access_log))
        with _telling_why_not(host, port):
            begin = run(serve)
        self.stdout.write(f"起動しました: {address(host, port)}")
        if processes > 1:
            self.stdout.write(
                f"{processes} つのプロセスで答えます。一つが終わると、起動し直します。"
            )
        self.stdout.write(reached.words)
        self.stdout.write("終わるときは Ctrl-C を押してください。")
        self.stdout.flush()
        # Nothing is asked in this thread any more; each worker has its own. None crosses a fork.
        connections.close_all()
        begin()
        self.stdout.write("終了しました。")


def _refuse_processes(number: int) -> None:
    if number > MOST_PROCESSES:
        raise CommandError(f"プロセスの数（{number}）は {MOST_PROCESSES} までです。")
    if number > 1 and not can_be_several():
        raise CommandError(
            "この OS では、プロセスは 1 つだけです。--processes と SERVE_PROCESSES を外してください。"
        )


def _refuse_what_is_missing() -> None:
    """Raise CommandError where guards, migrations or static files are not there."""
    if missing := what_is_missing(connection):
        told = "\n".join(f"・{one}" for one in missing)
        raise CommandError(f"このままでは起動しません。\n{told}")


@dataclass(frozen=True)
class _Serving:
    """What is served where, in each process the same."""

    host: str
    port: int
    limits: Limits
    access_log: AccessLog | None

    def server(self, **where: Any) -> Server:
        return Server(
            application,
            limits=self.limits,
            access_log=self.access_log,
            threads=THREADS,
            **server_options(),
            **where,
        )

    def server_at(self, sockets: list[socket.socket]) -> Callable[[Turn], Server]:
        return lambda turn: self.server(sockets=sockets, turn=turn)

    def work(self, server: Server) -> None:
        """Answer until told to stop."""
        with staying_connected():
            server.run()
        if self.access_log is not None:
            self.access_log.close()


def _alone(serve: _Serving) -> Callable[[], None]:
    """Open the address, and return what answers there in this process."""
    server = serve.server(host=serve.host, port=serve.port)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop())
    return lambda: serve.work(server)


def _several(serve: _Serving) -> Callable[[], None]:
    """Open the address, and return what keeps processes at work there."""
    sockets = open_sockets(serve.host, serve.port)
    number = serve.limits.processes

    def begin() -> None:
        try:
            Processes(number, sockets, serve.server_at(sockets), serve.work).run()
        except NoneSettles:
            raise CommandError(
                "どのプロセスも、起動してすぐに終わります。やめました。上に出た誤りを確かめてください。"
            ) from None
        # Who has a file of SQLite open last puts its journal away; two that end at once leave that to each other.
        with staying_connected():
            pass

    return begin


@contextmanager
def _telling_why_not(host: str, port: int) -> Iterator[None]:
    """Raise CommandError where the address cannot be opened."""
    try:
        yield
    except OSError as error:
        raise CommandError(_why_not(error, host, port)) from error
    except ValueError as error:
        raise CommandError(f"{host} はこの機械のアドレスとして使えません。") from error


def port_number(text: str) -> int:
    """Read a port; the system would take 65536 for any port that is free."""
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise ArgumentTypeError(f"「{text}」は 1～65535 の整数ではありません")
    return int(text)


def process_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= MOST_PROCESSES):
        raise ArgumentTypeError(f"「{text}」は 1～{MOST_PROCESSES} の整数ではありません")
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
