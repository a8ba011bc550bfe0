"""Strangers do not fill the log (kirishima_dx/refusals_in_log.py)."""

import logging
import sys
from logging.config import dictConfig

import pytest
from django.conf import settings
from django.core.exceptions import DisallowedHost

from kirishima_dx.refusals_in_log import EVERY, OneLineAMinute


def of(name: str, words: str) -> logging.LogRecord:
    try:
        raise DisallowedHost(words)
    except DisallowedHost:
        return logging.LogRecord(name, logging.ERROR, "", 0, words, (), sys.exc_info())


def test_of_a_thousand_foreign_hosts_one_line_is_told() -> None:
    now = [0.0]
    one_a_minute = OneLineAMinute(now=lambda: now[0])
    foreign = [of("django.security.DisallowedHost", f"host {i}\n" + "x" * 9000) for i in range(3)]
    passed = [one for one in foreign if one_a_minute.filter(one)]
    assert passed == foreign[:1]
    assert passed[0].exc_info is None
    assert len(passed[0].getMessage().splitlines()) == 1
    assert len(passed[0].getMessage()) < 400
    now[0] += EVERY
    later = of("django.security.DisallowedHost", "host")
    assert one_a_minute.filter(later)
    assert later.getMessage() == "host（前の行の後に、ほか2件）"


def test_other_kinds_have_their_own_line_and_faults_keep_their_traceback() -> None:
    one_a_minute = OneLineAMinute()
    assert one_a_minute.filter(of("django.security.DisallowedHost", "host"))
    assert one_a_minute.filter(of("django.security.csrf", "token"))
    for _ in range(2):
        fault = of("django.request", "fault")
        assert one_a_minute.filter(fault)
        assert fault.exc_info is not None


def test_the_settings_ask_it(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.handlers[:]
    try:
        dictConfig({**settings.LOGGING, "loggers": {}})
        for _ in range(2):
            logging.getLogger("django.security.DisallowedHost").handle(
                of("django.security.DisallowedHost", "a foreign host")
            )
    finally:
        root.handlers[:] = before
    told = capsys.readouterr().err
    assert told.count("a foreign host") == 1
    assert "Traceback" not in told
