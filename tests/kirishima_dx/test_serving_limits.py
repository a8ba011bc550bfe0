"""How many connections a machine allows, and what our server asks of waitress."""

import inspect
from typing import Any

import pytest
from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser
from waitress.task import ThreadedTaskDispatcher

from kirishima_dx.server.channel import Channel
from kirishima_dx.server.limits import descriptors_for, reach_of
from kirishima_dx.server.pace import Pace
from kirishima_dx.server.request import RequestParser
from kirishima_dx.server.serving import Listener
from kirishima_dx.server.task import AnswerTask, RefusalTask


@pytest.mark.parametrize(
    ("descriptors", "has_poll", "connections", "words"),
    [
        (None, True, 2000, "2000 までです。"),
        (4128, True, 2000, "2000 までです。"),
        (1024, True, 448, "上限が 1024 のためで、2000 接続を受けるには上限を 4128 以上"),
        (100, True, 1, "LimitNOFILE"),
        (None, False, 384, "必ず前に IIS などを置いてください"),
    ],
)
def test_the_machine_says_how_many(
    descriptors: int | None, has_poll: bool, connections: int, words: str
) -> None:
    reached = reach_of(2000, descriptors, has_poll=has_poll)

    assert reached.connections == connections
    assert words in reached.words


def test_the_limit_of_open_files_is_raised() -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (300, hard))
    try:
        assert descriptors_for(100) == 328
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (328, hard)
        assert descriptors_for(10) == 328
        if hard != resource.RLIM_INFINITY:
            assert descriptors_for(hard) == hard
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_pace_is_kept_step_by_step() -> None:
    pace = Pace(0, now=0)
    rule = {"seconds": 10, "least": 100}

    assert pace.is_kept(1_000_000, 9, **rule)
    assert not pace.is_kept(1_000_099, 19, **rule)
    assert pace.is_kept(1_000_100, 19, **rule)
    assert pace.rate(1_000_100, 20) == pytest.approx(50_005)


OVERRIDDEN = {
    Channel: "service send handle_write writable readable handle_read received handle_close",
    Listener: "readable handle_accept accept",
    RequestParser: "received",
    AnswerTask: "service build_response_header",
    RefusalTask: "service build_response_header",
}
RELIED_ON = {
    "waitress.channel.HTTPChannel": (
        "requests request total_outbufs_len outbufs current_outbuf_count outbuf_lock connected "
        "will_close parser_class task_class error_task_class sent_continue close_when_flushed"
    ),
    "waitress.server.BaseWSGIServer": "channel_class accepting adj task_dispatcher pull_trigger",
    "waitress.task": "wrote_header environ status channel request",
    "waitress.parser.HTTPRequestParser": (
        "completed empty error headers_finished header_plus chunked expect_continue body_rcv "
        "body_bytes_received request_uri command version"
    ),
    "waitress.buffers.OverflowableBuffer": "overflowed",
}
"""What ours reads or sets, each in the module where waitress keeps it today."""


@pytest.mark.parametrize("ours", OVERRIDDEN)
def test_waitress_still_calls_what_ours_replaces(ours: type) -> None:
    """A new version that calls it otherwise would leave the limits out, without a word."""
    theirs = ours.__mro__[-2] if ours in (Channel, Listener) else ours.__bases__[-1]
    for name in OVERRIDDEN[ours].split():
        base: Any = next(one for one in ours.__mro__[1:] if name in vars(one) and is_theirs(one))
        assert list(inspect.signature(getattr(ours, name)).parameters) == list(
            inspect.signature(vars(base)[name]).parameters
        ), f"{theirs}.{name}"


def is_theirs(one: type) -> bool:
    return one.__module__.startswith("waitress")


@pytest.mark.parametrize("place", RELIED_ON)
def test_waitress_still_keeps_what_ours_reads(place: str) -> None:
    module, _, _ = place.rpartition(".")
    source = inspect.getsource(__import__(module if module != "waitress" else place, fromlist="x"))

    assert [name for name in RELIED_ON[place].split() if name not in source] == []


def test_waitress_still_knows_what_it_is_told() -> None:
    named = dict(Adjustments._params)

    assert {
        "connection_limit", "max_request_header_size", "max_request_body_size", "inbuf_overflow",
        "outbuf_overflow", "outbuf_high_watermark", "asyncore_use_poll", "threads", "url_prefix",
        "clear_untrusted_proxy_headers", "ident", "host", "port",
    } <= named.keys()  # fmt: skip
    assert Adjustments.channel_request_lookahead == 0
    assert "socket_options" in vars(Adjustments)
    assert list(inspect.signature(ThreadedTaskDispatcher.shutdown).parameters)[1:] == [
        "cancel_pending", "timeout",
    ]  # fmt: skip
    assert HTTPRequestParser(Adjustments()).completed is False
