"""Whether two databases of the demo give the same pages to everybody: `python -m bench.same_pages ONE OTHER`.

Each is walked by a process of its own, from `/` along every link, as nobody and as five people; the clock stands
still. Of one kind of address (`/items/<code>/`) the first few are asked by each; a number as third word asks more of
each. Pages are compared byte for byte, but for the tokens of forms; of a workbook what lies in it, without the times
of its parts. Prints how many were compared, and names those that differ.
"""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = ("", "shokuin", "honbu", "tantou", "kakunin", "jimukyoku")
MOMENT = "2026-12-01T03:00:00+00:00"
LINK = re.compile(r"""(?:href|action|src)="([^"#]+)""")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
NEVER = ("/logout", "/static/", "/healthz")
ONE_WORD = 2
"""How many addresses are asked that differ in what stands after `?` alone."""
EACH = 6
"""How many pages of one kind of address are asked by each person."""


def main(one: str, other: str, each: str = str(EACH)) -> None:
    begun = [_begin(database, each) for database in (one, other)]
    first, second = (_walked(process) for process in begun)
    different = [page for page in sorted({*first, *second}) if first.get(page) != second.get(page)]
    for page in different:
        print("違うページ:", page, first.get(page, "なし"), second.get(page, "なし"))
    print(f"{len(first):,}ページのうち、違うもの{len(different)}。")
    sys.exit(bool(different))


def _begin(database: str, each: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "DATABASE_URL": database}
    command = [sys.executable, "-m", "bench.same_pages", "--walk", each]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)


def _walked(process: "subprocess.Popen[bytes]") -> dict[str, str]:
    said, _ = process.communicate()
    assert process.returncode == 0
    pages: dict[str, str] = json.loads(said)
    return pages


def _walk(each: int) -> dict[str, str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kirishima_dx.settings")
    import django
    import time_machine

    django.setup()
    found: dict[str, str] = {}
    with time_machine.travel(MOMENT, tick=False):
        for person in PEOPLE:
            found |= {
                f"{person or 'だれでも'} {url}": said for url, said in _pages_of(person, each)
            }
    return found


def _pages_of(person: str, each: int) -> list[tuple[str, str]]:
    from django.test import Client

    from people.models import User

    client = Client(raise_request_exception=False)
    if person:
        by = User.objects.get(username=person)
        client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    waiting, told, known = deque(["/"]), [], Known(each)
    while waiting:
        url = waiting.popleft()
        answer = client.get(url)
        body = b"".join(answer) if answer.streaming else answer.content
        told.append((url, f"{answer.status_code} {_digest(body)}"))
        waiting.extend(to for to in _links(answer, url, body) if known.takes(to))
    return told


class Known:
    """Which addresses were met: each once, few that differ after `?` alone, and so many of one kind."""

    def __init__(self, each: int) -> None:
        self._each, self._met = each, {"/"}
        self._paths: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()

    def takes(self, url: str) -> bool:
        """Return whether an address is to be asked now."""
        if url in self._met or url.startswith(NEVER):
            return False
        self._met.add(url)
        path = url.partition("?")[0]
        self._paths[path] += 1
        if self._paths[path] == 1:
            self._kinds[_kind(path)] += 1
        return self._paths[path] <= ONE_WORD and self._kinds[_kind(path)] <= self._each


def _kind(path: str) -> str:
    from django.urls import Resolver404, resolve

    try:
        return resolve(path).route
    except Resolver404:
        return path


def _digest(body: bytes) -> str:
    if not body.startswith(b"PK"):
        return hashlib.sha256(TOKEN.sub(b"", body)).hexdigest()[:16]
    with ZipFile(io.BytesIO(body)) as opened:
        parts = [(name, _digest(opened.read(name))) for name in opened.namelist()]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _links(answer: Any, url: str, body: bytes) -> Iterator[str]:
    """Yield the addresses on this server to which a page leads."""
    is_page = answer.get("Content-Type", "").startswith("text/html")
    links = LINK.findall(body.decode()) if is_page else [answer.get("Location", "")]
    for link in filter(None, links):
        parts = urlsplit(urljoin(url, unescape(link)))
        if not parts.netloc and not parts.scheme:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--walk"]:
        json.dump(_walk(int(sys.argv[2])), sys.stdout, ensure_ascii=False)
    else:
        main(*sys.argv[1:4])
