"""A name in brackets can be told from what stands around it."""

import pytest

from kirishima_dx.quoting import quoted


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("体系", "「体系」"),
        ("「やさしい窓口」の推進", "「『やさしい窓口』の推進」"),
        ("『5階層』の体制", "「『5階層』の体制」"),
        (3, "「3」"),
    ],
)
def test_brackets_within_a_name_become_double(name: object, told: str) -> None:
    assert quoted(name) == told
