"""The colours of the axes in static/css/tokens.css: readable, and told apart as far as colours can be."""

import re
from itertools import combinations
from math import dist

import pytest
from django.conf import settings

WHITE = "#ffffff"
AXES = range(1, 7)
SEEN = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red cones": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "no green cones": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "no blue cones": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""How linear red, green and blue arrive with people (the model of Machado and others, 2009)."""
NEAREST = 10
"""The least CIELAB distance of two axes; 2 is where a difference begins to be seen."""


def tokens() -> dict[str, str]:
    text = (settings.BASE_DIR / "static/css/tokens.css").read_text(encoding="utf-8")
    return dict(re.findall(r"^  --([\w-]+): (#[0-9a-f]{6});$", text, re.MULTILINE))


def linear(colour: str) -> list[float]:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(rgb: list[float]) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(linear(one)), luminance(linear(other))))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: list[float]) -> tuple[float, float, float]:
    x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505
    z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089
    x, y, z = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, luminance(rgb), z)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def as_seen(colour: str, by: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    arriving = (sum(a * b for a, b in zip(row, rgb, strict=True)) for row in SEEN[by])
    return lab([min(1.0, max(0.0, part)) for part in arriving])


@pytest.mark.parametrize("axis", AXES)
def test_an_axis_is_readable_on_white_and_on_its_tint(axis: int) -> None:
    named = tokens()
    colour = named[f"axis-{axis}"]
    assert contrast(colour, WHITE) >= 4.5
    assert contrast(colour, named[f"axis-{axis}-tint"]) >= 4.5


@pytest.mark.parametrize("by", SEEN)
def test_no_two_axes_look_alike(by: str) -> None:
    named = tokens()
    for one, other in combinations(AXES, 2):
        apart = dist(as_seen(named[f"axis-{one}"], by), as_seen(named[f"axis-{other}"], by))
        assert apart >= NEAREST, (one, other)


def test_each_axis_takes_its_own_colour() -> None:
    text = (settings.BASE_DIR / "static/css/tokens.css").read_text(encoding="utf-8")
    for axis in AXES:
        own = f"--axis: var(--axis-{axis}); --axis-tint: var(--axis-{axis}-tint);"
        assert f".axis-{axis} {{ {own} }}" in text
