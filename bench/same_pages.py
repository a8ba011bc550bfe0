"""Whether two databases of the demo give the same pages to everybody: `python -m bench.same_pages ONE OTHER`.

Each is walked by a process of its own, from `/` along every link, as nobody and as five people; the clock stands
still. Pages are compared byte for byte, but for the tokens of forms. Prints how many were, and names those that differ.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import deque
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = ("", "shokuin", "honbu", "tantou", "kakunin", "jimukyoku")
MOMENT = "2026-12-01T03:00:00+00:00"
LINK = re.compile(r"""(?:href|action|src)="([^"#]+)""")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
NEVER = ("/logout", "/static/", "/healthz")
ONE_WORD = 3
"""How many addresses are asked that differ in what stands after `?` alone."""


def main(one: str, other: str) -> None:
    begun = [_begin(database) for database in (one, other)]
    first, second = (_walked(process) for process in begun)
    different = [page for page in sorted({*first, *second}) if first.get(page) != second.get(page)]
    for page in different:
        print("違うページ:", page, first.get(page, "なし"), second.get(page, "なし"))
    print(f"{len(first):,}ページのうち、違うもの{len(different)}。")
    sys.exit(bool(different))


def _begin(database: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "DATABASE_URL": database}
    command = [sys.executable, "-m", "bench.same_pages", "--walk"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)


def _walked(process: "subprocess.Popen[bytes]") -> dict[str, str]:
    said, _ = process.communicate()
    assert process.returncode == 0
    pages: dict[str, str] = json.loads(said)
    return pages


def _walk() -> dict[str, str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kirishima_dx.settings")
    import django
    import time_machine

    django.setup()
    found: dict[str, str] = {}
    with time_machine.travel(MOMENT, tick=False):
        for person in PEOPLE:
            found |= {f"{person or 'だれでも'} {url}": said for url, said in _pages_of(person)}
    return found


def _pages_of(person: str) -> "list[tuple[str, str]]":
    from django.test import Client

    from people.models import User

    client = Client(raise_request_exception=False)
    if person:
        by = User.objects.get(username=person)
        client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    waiting, known, told, paths = deque(["/"]), {"/"}, [], {}
    while waiting:
        url = waiting.popleft()
        answer = client.get(url)
        body = b"".join(answer) if answer.streaming else answer.content
        body = TOKEN.sub(b"", body)
        told.append((url, f"{answer.status_code} {hashlib.sha256(body).hexdigest()[:16]}"))
        if answer.get("Content-Type", "").startswith("text/html"):
            links = [unescape(link) for link in LINK.findall(body.decode())]
        else:
            links = [answer.get("Location", "")]
        for link in links:
            parts = urlsplit(urljoin(url, link))
            to = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc or parts.scheme or to in known or to.startswith(NEVER) or not link:
                continue
            known.add(to)
            paths[parts.path] = paths.get(parts.path, 0) + 1
            if paths[parts.path] <= ONE_WORD:
                waiting.append(to)
    return told


if __name__ == "__main__":
    if sys.argv[1:] == ["--walk"]:
        json.dump(_walk(), sys.stdout, ensure_ascii=False)
    else:
        main(*sys.argv[1:3])
