#!/usr/bin/env python3
"""Start the product on this machine: `start.py run` or `start.py demo`.

`make run` and `make demo` call it; on Windows, where there is no make, it can be called by itself.
Reads PORT and HOST, and PW for the demo, from the environment. Each step may be repeated without
harm.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from project_venv import ROOT, VAR, ProjectVenv, only_one

LOCAL_ENV = """\
# 手元で動かすための設定。初回に作られ、以後は書き換えられません。値を変えてかまいません。
# 本番では環境変数で設定してください（docs/operations.md）。
SECRET_KEY={secret}
HTTPS=off
ALLOWED_HOSTS=127.0.0.1,localhost,[::1]
"""
DEMO_DATABASE = "sqlite:///var/demo.sqlite3"


def main() -> None:
    mode = sys.argv[1] if len(sys.argv) > 1 else "run"
    if mode not in {"run", "demo"}:
        sys.exit("使い方: start.py run | demo")
    os.chdir(ROOT)
    host = os.environ.get("HOST") or "127.0.0.1"
    port = _port("8001" if mode == "demo" else "8000")  # both can run side by side
    password = _demo_password() if mode == "demo" else ""
    _refuse_taken(host, port)  # before the long part, so that nobody waits for nothing

    python = ProjectVenv().ensure("runtime")
    manage: list[str] = [str(python), "manage.py"]
    with only_one("start", "別の起動準備が進んでいます。終わるのを待ちます…") as lock:
        _choose_settings(mode)
        _step([*manage, "migrate", "--verbosity", "0"], "データベースを整えます…", lock)
        _step([*manage, "load_plan"], "計画を読み込みます…", lock)
        if mode == "demo":
            demo = [*manage, "load_demo", "--password", password]
            _step(demo, "デモのデータを読み込みます…", lock)
        static = [*manage, "collectstatic", "--noinput", "--verbosity", "0"]
        _step(static, "画面の部品を整えます…", lock)
    if mode == "run":
        _step([*manage, "first_steps"], "")
    _refuse_taken(host, port)
    _serve([*manage, "serve", "--host", host, "--port", str(port)])


def _port(default: str) -> int:
    text = os.environ.get("PORT") or default
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        sys.exit(f"PORT={text} は使えません。1 から 65535 までの数で指定してください。")
    return int(text)


def _demo_password() -> str:
    password = os.environ.get("PW", "")
    if not password:
        sys.exit(
            "デモの利用者に付けるパスワードを PW で指定してください。\n"
            "例: make demo PW=（10文字以上の好きな文字列）"
        )
    return password


def _refuse_taken(host: str, port: int) -> None:
    """End with a message if the address cannot be listened on."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except socket.gaierror:
        sys.exit(f"HOST={host} はこの機械のアドレスとして使えません。")
    family, kind, protocol, _, address = found[0]
    with socket.socket(family, kind, protocol) as probe:
        if sys.platform != "win32":  # there this option would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            sys.exit(
                f"{host} の {port} 番ポートを開けません（{error.strerror}）。"
                "すでに起動しているか、ほかのプログラムが使っています。\n"
                f"別の番号で起動できます。例: make {sys.argv[1]} PORT={_another(port)}"
            )


def _another(port: int) -> int:
    return port + 123 if port + 123 < 65536 else port - 123


def _choose_settings(mode: str) -> None:
    """Point the product to its own settings; the demo never touches the real database."""
    env_file = VAR / ("demo.env" if mode == "demo" else "local.env")
    if mode == "demo":
        os.environ["KIRISHIMA_ENV_FILE"] = str(env_file)
        os.environ["DATABASE_URL"] = os.environ.get("DEMO_DATABASE_URL") or DEMO_DATABASE
    elif os.environ.get("KIRISHIMA_ENV_FILE"):
        return
    _write_once(env_file, LOCAL_ENV.format(secret=secrets.token_urlsafe(50)))


def _write_once(target: Path, text: str) -> None:
    """Create the file whole and readable to its owner alone; an existing one stays as it is."""
    if target.exists():
        return
    descriptor, draft = tempfile.mkstemp(dir=target.parent)  # made with mode 600
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    Path(draft).replace(target)


def _step(command: list[str], said: str, lock: int | None = None) -> None:
    if said:
        print(said, flush=True)
    inherited = () if lock is None or sys.platform == "win32" else (lock,)
    done = subprocess.run(command, check=False, pass_fds=inherited)
    if done.returncode:
        sys.exit(f"途中で止まりました（{command[2]}）。上の表示を確かめてください。")


def _serve(command: list[str]) -> None:
    if sys.platform == "win32":
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)  # noqa: S606 - so that Ctrl-C meets the server itself


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\n中断しました。もう一度実行すると続けられます。")
