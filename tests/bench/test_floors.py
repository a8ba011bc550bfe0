"""What pages are measured against says what they say, and the table of a run says which code is which."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from bench import floors
from bench.aims import aims_told
from bench.names import PLAN
from bench.tables import Found, table
from bench.timing import Row, Spent
from plans.models import Edition

WORDS = re.compile(r"<[^>]*>")


@pytest.fixture
def client_of_bench(settings: Any, client: Client) -> Client:
    settings.ROOT_URLCONF = "bench.urls"
    return client


def test_the_flat_template_says_the_words_of_the_page(
    client_of_bench: Client, small_edition: Edition
) -> None:
    page = client_of_bench.get("/").content.decode()
    assert small_edition.name in page

    floors.stand_for(page)
    flat = client_of_bench.get("/bench/flat/").content.decode()

    assert unescape(flat) == unescape(page)
    written = [words for _, words in floors.standing.pieces if words]
    assert written == [unescape(words) for words in WORDS.split(page) if words.strip()]


def test_fixed_bytes_go_out_as_they_are(client_of_bench: Client, db: None) -> None:
    floors.standing.body, floors.standing.encoding = b"compressed", "gzip"

    response = client_of_bench.get("/bench/bytes/")

    assert (response.content, response["Content-Encoding"]) == (b"compressed", "gzip")


def told(cpu: float) -> dict[str, object]:
    spent = Spent([cpu], [1.0]).told()
    return Row(*PLAN, 8, spent, Spent([0.01], [1.0]).told(), sent=2048).told()


def test_the_code_of_before_stands_before_the_arrow() -> None:
    found = [Found((1, 1), "、".join(PLAN), [told(0.08), told(0.02)])]

    assert "| 80.00（80.00） → 20.00（20.00） |" in table(found)
    assert "| 8.00 → 2.00 | 0.25 | 2.0 |" in table(found)
    assert "| `/` ÷ 同じ文言の平らなテンプレート | 8.00 | 2.00 | ≤ 2.5 |" in aims_told(found)


def test_a_row_that_one_code_lacks_is_told_of_the_other() -> None:
    found = [Found((1, 1), "、".join(PLAN), [None, told(0.02)])]

    assert "| – → 2.00 | – | – → 2.0 |" in table(found)
