"""Answering a request in a worker's thread, and noting what came of it."""

from dataclasses import dataclass
from time import monotonic
from typing import Any

from waitress.task import ErrorTask, WSGITask

from kirishima_dx.client_address import read_address
from kirishima_dx.server.access_log import Visit


@dataclass(frozen=True)
class NoteOfAnswer:
    """What the access log will say of an answer, but for how much of it the client took and when."""

    address: str
    method: str
    path: str
    version: str
    status: str
    sent_before: int
    """Bytes that had gone out on this connection when the answer began, and its head, which nobody counts."""
    began_at: float

    def visit(self, sent: int, now: float) -> Visit:
        return Visit(
            self.address,
            self.method,
            self.path,
            self.version,
            self.status,
            max(sent - self.sent_before, 0),
            max(now - self.began_at, 0),
        )


class _Noted:
    """A task that leaves a note with its channel."""

    channel: Any
    request: Any
    status: str
    version: str
    has_body: bool
    wrote_header: bool
    _head_bytes = 0

    def service(self) -> None:
        channel = self.channel
        before = channel.sent
        began_at = getattr(self.request, "ready_at", 0) or monotonic()
        try:
            super().service()  # type: ignore[misc]  # Of the task it is mixed with.
        finally:
            note = None
            if self.wrote_header:  # Else the answer is another one: that something went wrong.
                status = self.status.partition(" ")[0]
                note = NoteOfAnswer(
                    self._asked_by(), *self._asked(), status, before + self._head_bytes, began_at
                )
            channel.done(note)

    def build_response_header(self) -> bytes:
        head: bytes = super().build_response_header()  # type: ignore[misc]  # Likewise.
        self._head_bytes = len(head)
        return head

    def set_close_on_finish(self) -> None:
        """Keep the connection after an answer that has no body, of which waitress knows no length: it ends with its
        head (RFC 9112, 6.3). Whoever comes back to a page that he has already would connect anew each time."""
        asked = self.request.headers.get("CONNECTION", "").lower()
        if self.has_body or self.version != "1.1" or asked == "close":
            super().set_close_on_finish()  # type: ignore[misc]  # Of the task it is mixed with.

    def _asked_by(self) -> str:
        """Return who asked: behind a trusted proxy the application was told, kirishima_dx/client_address.py."""
        environ = getattr(self, "environ", None) or {}
        return read_address(str(environ.get("REMOTE_ADDR", self.channel.addr[0])))

    def _asked(self) -> tuple[str, str, str]:
        """Return method, address and version of what was asked; nothing where it could not be read."""
        request = self.request
        if request.error is not None and not request.headers_finished:
            return "", "", ""
        return (
            str(getattr(request, "command", "")),
            str(getattr(request, "request_uri", "")),
            str(request.version),
        )


class AnswerTask(_Noted, WSGITask):
    """What the application answers."""


class RefusalTask(_Noted, ErrorTask):
    """What the server answers to what it does not read."""

    def service(self) -> None:
        self.channel.refuse_after_this()
        super().service()
