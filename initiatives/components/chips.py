"""The chips of a statement: 状態 and 進捗評価. Every value is escaped."""

from functools import lru_cache

from django.utils.safestring import SafeString

from initiatives.enums import NO_ANSWER, SILENCE, Rating, Status
from kirishima_dx.safe_html import fill

CHIP = '<span class="chip {scale} {scale}--{look}">{sign}{label}</span>'
MARK = '<span class="chip__mark" aria-hidden="true">{}</span>'
STEPS = SafeString(
    '<svg class="chip__mark chip__steps" viewBox="0 0 28 10" aria-hidden="true">'
    '<rect x="0.5" y="0.5" width="4.5" height="9"/>'
    '<rect x="6" y="0.5" width="4.5" height="9"/>'
    '<rect x="11.5" y="0.5" width="4.5" height="9"/>'
    '<rect x="17" y="0.5" width="4.5" height="9"/>'
    '<rect x="22.5" y="0.5" width="4.5" height="9"/></svg>'
)
"""A bar of five steps; the style sheet fills it as far as the work has come."""
RATING_SIGNS = {one.code: fill(MARK, one.mark) for one in Rating}
STATUS_SIGNS = {one.code: fill(MARK, one.mark) if one.mark else STEPS for one in Status}
SILENT_RATING = fill(MARK, SILENCE.mark)


def rating_chip(value: str | None, label: str) -> SafeString:
    """Draw 進捗評価 with a mark that also reads in black and white; 未回答 where there is no `value`."""
    return _chip("rating", value, label, RATING_SIGNS.get(value or "", SILENT_RATING))


def status_chip(value: str | None, label: str) -> SafeString:
    """Draw 状態 with its steps or its mark; 未回答 where there is no `value`."""
    return _chip("status", value, label, STATUS_SIGNS.get(value, STEPS) if value else "")


@lru_cache(maxsize=128, typed=True)
def _chip(scale: str, value: str | None, label: str, sign: str) -> SafeString:
    told = label if value else NO_ANSWER
    return fill(CHIP, scale=scale, look=value or SILENCE.look, sign=sign, label=told)
