"""python -m bench.sign_ins [how many]: many sign in at one moment, on the server as it is run; and how many attempts
each way of guessing has until it is refused. Prints two Markdown tables for docs/performance.md.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PORT = 8971
PASSWORD = "sokutei-no-aikotoba"
READERS = 2
"""People who read meanwhile, one page after the other."""


@contextmanager
def served(folder: str) -> Iterator[None]:
    """Run the server until it is no longer asked."""
    environment = {**os.environ, "HTTPS": "off", "ALLOWED_HOSTS": "127.0.0.1"}
    command = [sys.executable, "manage.py", "serve", "--port", str(PORT)]
    with open(f"{folder}/server.log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        for _ in range(200):
            try:
                fetch("GET", "/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


def fetch(
    method: str, path: str, body: str = "", cookie: str = ""
) -> tuple[int, str, dict[str, str]]:
    connection = HTTPConnection("127.0.0.1", PORT, timeout=300)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    told = response.read().decode()
    cookies = dict(
        re.findall(r"(\w+)=([^;]*)", "; ".join(response.headers.get_all("Set-Cookie", [])))
    )
    connection.close()
    return response.status, told, cookies


def people(count: int) -> None:
    """Make accounts that share one hash: making it takes as long as trying it."""
    from django.contrib.auth.hashers import make_password

    from people.models import User

    password = make_password(PASSWORD)
    User.objects.bulk_create(
        User(username=f"u{n}", name=f"職員{n}", password=password) for n in range(count)
    )


def one_hash() -> float:
    """Return the seconds of a processor that one password takes."""
    from django.contrib.auth.hashers import check_password, make_password

    encoded = make_password(PASSWORD)
    started = time.process_time()
    for _ in range(3):
        check_password(PASSWORD, encoded)
    return (time.process_time() - started) / 3


class Crowd:
    """People who sign in at one moment, and others who read meanwhile."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.waited: list[float] = []
        self.read: list[float] = []
        self.statuses: list[int] = []
        self._gate = threading.Barrier(count + 1)
        self._done = threading.Event()

    def sign_in(self, number: int) -> None:
        _, page, cookies = fetch("GET", "/login/")
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)
        token = found[1] if found else ""
        sent = {"csrfmiddlewaretoken": token, "username": f"u{number}", "password": PASSWORD}
        self._gate.wait()
        started = time.perf_counter()
        status, _, _ = fetch(
            "POST", "/login/", urlencode(sent), f"csrftoken={cookies['csrftoken']}"
        )
        self.waited.append(time.perf_counter() - started)
        self.statuses.append(status)

    def look(self) -> None:
        while not self._done.is_set():
            started = time.perf_counter()
            fetch("GET", "/login/")
            self.read.append(time.perf_counter() - started)

    def run(self) -> float:
        """Return how long it took until all were in."""
        alone = [threading.Thread(target=self.look) for _ in range(READERS)]
        crowd = [threading.Thread(target=self.sign_in, args=(n,)) for n in range(self.count)]
        for thread in crowd:
            thread.start()
        self._gate.wait()
        started = time.perf_counter()
        for thread in alone:
            thread.start()
        for thread in crowd:
            thread.join()
        took = time.perf_counter() - started
        self._done.set()
        for thread in alone:
            thread.join()
        return took


def quiet_reading() -> float:
    times = []
    for _ in range(20):
        started = time.perf_counter()
        fetch("GET", "/login/")
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def at_one_moment(count: int, folder: str) -> None:
    people(count)
    heads = ["同時にログイン", "照合1回の計算", "全員が入るまで", "待ち（中央）", "待ち（最長）"]
    heads += ["読む画面（平常）", "読む画面（その間・中央）", "同（最長）", "結果"]
    print(f"| {' | '.join(heads)} |\n|{'--:|' * len(heads)}")
    with served(folder):
        quiet, crowd = quiet_reading(), Crowd(count)
        took = crowd.run()
    print(
        f"| {count} | {one_hash():.2f} s | {took:.1f} s | {statistics.median(crowd.waited):.1f} s | "
        f"{max(crowd.waited):.1f} s | {quiet * 1000:.0f} ms | {statistics.median(crowd.read) * 1000:.0f} ms | "
        f"{max(crowd.read) * 1000:.0f} ms | {sorted(set(crowd.statuses))} |"
    )


def until_refused(try_one: Callable[[int], int]) -> int:
    """Return how many passwords were tried: the last one is answered by the page that refuses further ones."""
    return next(number for number in range(1, 1000) if try_one(number - 1) == 429)


def ways() -> None:
    from django.test import Client, override_settings

    from kirishima_dx import clock
    from people.models import User

    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]

    def guess(name: str, address: str, client: Client | None = None, password: str = "x") -> int:  # noqa: S107 — a wrong one
        sent = {"username": name, "password": password}
        client = client or Client()
        response = client.post("/login/", sent, REMOTE_ADDR=address, HTTP_HOST="127.0.0.1")
        return response.status_code

    def own_between(number: int) -> int:
        """Every fifth time the guesser comes in as himself."""
        if number % 5 == 4:
            guess("own", "192.0.2.4", password=PASSWORD)
        return guess(f"v{number % 18}" if number < 72 else "own", "192.0.2.4")

    home = Client()
    with override_settings(PASSWORD_HASHERS=hashers):
        for name in ("own", "known"):
            User.objects.create_user(username=name, password=PASSWORD, name=name)
        guess("known", "192.0.2.5", home, PASSWORD)
        home.post("/logout/", HTTP_HOST="127.0.0.1")
        tried = {
            "一つの接続元から、一つの名前を": lambda n: guess("a", "192.0.2.1"),
            "多くの接続元から、一つの名前を": lambda n: guess("b", f"198.51.100.{n}"),
            "一つの接続元から、多くの名前を": lambda n: guess(f"c{n}", "192.0.2.3"),
            "一つの接続元から、18の名前と自分の名前を、自分の名前で入りながら": own_between,
            "本人が前に入ったブラウザーで": lambda n: guess("known", "192.0.2.5", home),
            "ログイン中の画面で、いまのパスワードを": old_password(),
        }
        print("\n| 試し方 | 429 までに照合したパスワード |")
        print("|---|--:|")
        for number, (what, try_one) in enumerate(tried.items()):
            with clock.standing_at(clock.now() + timedelta(hours=number)):
                print(f"| {what} | {until_refused(try_one)} |")


def old_password() -> Callable[[int], int]:
    from django.test import Client

    from people.models import User

    client = Client()
    client.force_login(User.objects.get(username="own"))
    sent = {"old_password": "x", "new_password1": "y", "new_password2": "z"}
    return lambda n: client.post("/account/password/", sent, HTTP_HOST="127.0.0.1").status_code


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 70
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "kirishima_dx.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        at_one_moment(count, folder)
        ways()


if __name__ == "__main__":
    main()
