"""The pages that a process keeps: for everybody who is not signed in, within a bound of memory."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock

from django.conf import settings

from kirishima_dx.kept.standing import Standing

MB = 1024 * 1024
LEVEL = 4
"""How hard is packed: a twentieth bigger than by 9, in half its time."""
OVERHEAD = 2048
"""Bytes that a page takes beside its body: key, head, objects."""
SHARE = 4
"""No page takes more than this part of the whole."""


@dataclass(frozen=True)
class Page:
    """An answer as it goes out: its head, its tag, its body as it is and, once somebody asked for it, packed."""

    head: tuple[tuple[str, str], ...]
    tag: str
    body: bytes
    packed: bytes | None = None

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed or b"") + OVERHEAD

    def with_packed(self) -> "Page":
        # Without the time of day: the same page has the same bytes in each process.
        return replace(self, packed=gzip.compress(self.body, LEVEL, mtime=0))


class Store:
    """Pages by their keys. Whoever was asked for least recently goes first; threads may ask at once."""

    def __init__(self) -> None:
        self._pages: OrderedDict[bytes, Page] = OrderedDict()
        self._lock = Lock()
        self._size = 0
        self._standing: Standing | None = None

    @property
    def size(self) -> int:
        return self._size

    def __len__(self) -> int:
        return len(self._pages)

    def keep_only(self, standing: Standing) -> None:
        """Let go of all pages once something else stands: nobody is shown them again, and words that were closed (A3)
        do not go on lying here."""
        with self._lock:
            if standing != self._standing:
                self._pages.clear()
                self._size, self._standing = 0, standing

    def get(self, key: bytes) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: bytes, page: Page) -> None:
        """Keep a page, in the place of what stood under its key; one that is too big is not kept."""
        most = settings.KEPT_PAGES_MB * MB
        with self._lock:
            self._drop(key)
            if page.size * SHARE > most:
                return
            self._pages[key] = page
            self._size += page.size
            while self._size > most:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._size = 0

    def _drop(self, key: bytes) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._size -= page.size


STORE = Store()
