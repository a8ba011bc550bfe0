"""Reading a request: what waitress reads, with the ends that it leaves open closed."""

from collections.abc import Callable
from http import HTTPStatus
from time import monotonic
from typing import Any

from waitress.parser import HTTPRequestParser

LONGEST_HEAD = 32 * 1024
"""Bytes of a request line and its headers: four times the longest that browsers send to us, and what nginx takes."""
SENTENCES = {
    HTTPStatus.BAD_REQUEST: "送られた内容を読み取れませんでした。",
    HTTPStatus.REQUEST_TIMEOUT: "送信に時間がかかりすぎたため、受け取るのをやめました。もう一度送ってください。",
    HTTPStatus.LENGTH_REQUIRED: "長さ（Content-Length）を示さない送信は受け取れません。",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "送られた内容が大きすぎるため、受け取れませんでした。",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "アドレスまたはヘッダーが長すぎるため、受け取れませんでした。",
    HTTPStatus.NOT_IMPLEMENTED: "この送り方は受け取れません。",
}


class Refusal:
    """Why a request is not read: what waitress calls an error, in a sentence for people."""

    def __init__(self, code: int) -> None:
        self.code = HTTPStatus(code)
        self._sentence = SENTENCES.get(self.code, SENTENCES[HTTPStatus.BAD_REQUEST])

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        return f"{self.code.value} {self.code.phrase}", headers, f"{self._sentence}\n".encode()

    def as_bytes(self) -> bytes:
        """Return the whole answer of HTTP, after which the connection ends."""
        status, headers, body = self.to_response()
        headers += [("Content-Length", str(len(body))), ("Connection", "close")]
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii") + body


class RequestParser(HTTPRequestParser):
    """Reads one request and hands back what came after it: requests sent ahead wait until their turn comes.

    A body without a length is refused, because its chunks may be of one byte, their sizes of a million digits.
    """

    ready_at = 0.0

    def __init__(self, adj: Any, when_whole: Callable[[bytes], None]) -> None:
        super().__init__(adj)
        self._when_whole = when_whole

    def received(self, data: bytes) -> int:
        """Take bytes of this request and return how many are dealt with: all, once it is whole."""
        taken = self._take(data)
        if self.chunked and self.headers_finished:
            self.error, self.completed = Refusal(HTTPStatus.LENGTH_REQUIRED), True
        elif self.error is not None and not isinstance(self.error, Refusal):
            self.error = Refusal(self.error.code)
        if not self.completed:
            return taken
        # Else waitress would ask for the body of a request that is whole, and wait for it.
        self.expect_continue = False
        if self.empty:
            return taken
        self.ready_at = monotonic()
        self._when_whole(data[taken:] if self.error is None else b"")
        return len(data)

    def _take(self, data: bytes) -> int:
        try:
            return int(super().received(data))
        except ValueError:
            # Numbers of 5,000 digits, half an IPv6 address: what waitress reads without expecting it.
            self.error, self.completed = Refusal(HTTPStatus.BAD_REQUEST), True
            return len(data)
