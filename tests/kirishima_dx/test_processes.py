"""`serve` with several processes: real ones, how they share an address, come back and end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from serving_process import ROOT, fetch, free_port, serve

from kirishima_dx.server.limits import LEAST_CONNECTIONS, LEAST_HELD, Limits, reach_of
from kirishima_dx.server.turns import turns

PATIENCE = 20
ASK = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux")


def children_of(parent: int) -> set[int]:
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, its_parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(its_parent) == parent and state != "Z":
            found.add(int(stat.parent.name))
    return found


def connections_of(process: int) -> int:
    links = [os.readlink(one) for one in Path(f"/proc/{process}/fd").iterdir()]
    return sum(one.startswith("socket:") for one in links)


def wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture
def clients() -> Iterator[Callable[[int], list[socket.socket]]]:
    """Connections to a port that were answered once."""
    with ExitStack() as ends:

        def connect(port: int) -> list[socket.socket]:
            made = [
                ends.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE))
                for _ in range(8)
            ]
            for one in made:
                one.sendall(ASK)
            assert all(one.recv(1000).startswith(b"HTTP/1.1 200") for one in made)
            return made

        yield connect


@pytest.mark.sqlite
def test_two_processes_share_the_work_come_back_and_end_together(
    ready_database: Path, clients: Callable[[int], list[socket.socket]]
) -> None:
    port, log = free_port(), ready_database.with_name("access.log")
    server = serve(port, ready_database, "--processes=2", ACCESS_LOG=str(log))
    try:
        assert fetch(port, "/healthz").body == b"ok\n"
        first = children_of(server.pid)
        before = {one: connections_of(one) for one in first}
        clients(port)
        assert len(first) == 2
        assert min(connections_of(one) - before[one] for one in first) >= 1

        wait_for(lambda: len(log.read_text().splitlines()) == 9)
        killed = min(first)
        os.kill(killed, signal.SIGKILL)
        assert fetch(port, "/healthz").body == b"ok\n"
        wait_for(lambda: len(children_of(server.pid) - {killed}) == 2)
        clients(port)
        last = children_of(server.pid)
    finally:
        for one in (*children_of(server.pid), server.pid):  # As systemd and a terminal tell all.
            os.kill(one, signal.SIGTERM)
        out, errors = server.communicate(timeout=60)

    assert server.returncode == 0
    assert out.splitlines()[1] == "2 つのプロセスで答えます。一つが終わると、起動し直します。"
    assert out.endswith("\n終了しました。\n")
    (told,) = errors.splitlines()
    assert told.endswith(f"プロセス {killed} が終わったので（シグナル 9）、起動し直します。")
    assert not any(Path(f"/proc/{one}").exists() for one in first | last)
    assert [file.name for file in ready_database.parent.glob("ready*")] == ["ready.sqlite3"]
    lines = log.read_text().splitlines()
    assert len(lines) == 8 + 8 + 2
    assert all('"GET /healthz HTTP/1.1" 200 3 ' in line for line in lines)


@pytest.mark.sqlite
def test_no_process_outlives_the_one_that_looks_after_it(ready_database: Path) -> None:
    port = free_port()
    server = serve(port, ready_database, "--processes=2")
    try:
        assert fetch(port, "/healthz").body == b"ok\n"
        children = children_of(server.pid)
    finally:
        server.kill()
        server.communicate(timeout=60)

    assert len(children) == 2
    wait_for(lambda: not any(Path(f"/proc/{one}").exists() for one in children))
    with closing(socket.socket()) as asking:
        assert asking.connect_ex(("127.0.0.1", port)) != 0


NONE_LIVES = """
from kirishima_dx.server.processes import NoneSettles, Processes
def make(turn):
    raise SystemExit("cannot begin")
try:
    Processes(2, [], make, print, pause=0.05).run()
except NoneSettles:
    print("none settles")
"""


def test_processes_that_cannot_begin_are_given_up() -> None:
    command = [sys.executable, "-W", "ignore", "-c", NONE_LIVES]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout == "none settles\n"
    assert 5 <= done.stderr.count("SystemExit: cannot begin") <= 6


@pytest.mark.parametrize("number", ["0", "-1", "17", "x", "２", "1.5"])
def test_a_number_of_processes_that_is_none_is_told(number: str) -> None:
    with pytest.raises(CommandError, match=f"「{number}」は 1～16 の整数ではありません"):
        call_command("serve", f"--processes={number}")


def test_too_many_processes_in_the_environment_are_told() -> None:
    with pytest.raises(CommandError, match=r"プロセスの数（17）は 16 までです"):
        call_command("serve", processes=17)


def test_what_is_taken_is_shared_out() -> None:
    reached = reach_of(2000, 1200, has_poll=True, processes=4)
    assert (reached.connections, reached.words) == (500, "同時に受ける接続は 2000 までです。")
    assert reach_of(2000, 1024, has_poll=True, processes=4).words.startswith(
        "同時に受ける接続は 1792 までです。開けるファイルの数の上限が 1024 のためで、"
    )
    assert reach_of(1, None, has_poll=True, processes=16).connections == LEAST_CONNECTIONS
    assert Limits().shared_by(2).held_bytes == Limits().held_bytes // 2
    assert Limits().shared_by(16).held_bytes == LEAST_HELD


def test_the_next_connection_is_for_who_has_fewest() -> None:
    first, second, absent = turns(3)
    first.tell(2)
    assert not first.is_anothers()
    second.tell(1)
    assert first.is_anothers()
    assert not second.is_anothers()
    wait_for(lambda: not first.is_anothers())  # The second one does not come for it.
    assert first.is_anothers()
    absent.tell(0)
    assert second.is_anothers()
    absent.end()
    assert not second.is_anothers()
