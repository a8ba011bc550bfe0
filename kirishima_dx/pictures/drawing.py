"""How bars of counts are drawn: functions that return safe SVG, every value escaped.

They need templates/components/pictures/_patterns.html above them on the page.
"""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from kirishima_dx.pictures.bars import Segment
from kirishima_dx.safe_html import fill, joined

KEY = """\
<svg class="picture-key" viewBox="0 0 20 12" aria-hidden="true" focusable="false">\
<rect class="picture-bar__part" x="1" y="1" width="18" height="10" fill="url(#fill-{})"/></svg>"""
BAR = """\
<svg class="picture-bar" viewBox="0 0 300 24" role="img" focusable="false"><title>{name}の内訳：{summary}</title>\
{parts}{captions}</svg>"""
PART = '<rect class="picture-bar__part" x="{}" y="1" width="{}" height="22" fill="url(#fill-{})"/>'
CAPTION = '<text class="picture-bar__caption" x="{}" y="17">{}</text>'


def picture_key(look: str) -> SafeString:
    """Draw the sign of a kind as it fills a bar."""
    return fill(KEY, look)


def picture_bar(name: str, segments: Sequence[Segment], summary: str) -> SafeString:
    """Draw a bar; `name` is what is counted, `summary` says the bar in words."""
    captions = (fill(CAPTION, one.middle, one.caption) for one in segments if one.caption)
    return fill(
        BAR,
        name=name,
        summary=summary,
        parts=joined(fill(PART, one.x, one.width, one.look) for one in segments),
        captions=joined(captions),
    )
