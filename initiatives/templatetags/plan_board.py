"""The tiles of きょうの未来図, drawn one like the other."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from initiatives.enums import SILENCE
from initiatives.queries.board import Board, BoardPolicy, Tile

register = template.Library()

TILE = '<li><a class="{}" href="{}" title="{}"><span aria-hidden="true">{}{}</span></a></li>'
STAR = SafeString("<i>★</i>")
MOST_NAMED = 5
"""How many items a sentence names; its number leads to all of them."""


@register.filter
def named(tiles: Sequence[Tile]) -> SafeString:
    """Name the first of several items, each with the way to it."""
    links = (
        format_html('<a href="{}" title="{}">{}</a>', tile.url, tile.name, tile.place)
        for tile in tiles[:MOST_NAMED]
    )
    others = f" ほか{len(tiles) - MOST_NAMED}項目" if len(tiles) > MOST_NAMED else ""
    return format_html("{}{}", SafeString("、".join(links)), others)


@register.simple_tag
def tiles(board: Board, policy: BoardPolicy) -> SafeString:
    """Draw the tiles of a policy. Its title is the name of a tile: what it shows is hidden from whoever hears it."""
    silent = set() if board.is_blank else {tile.place for tile in board.silent}
    return format_html_join(
        "",
        TILE,
        (
            (_looks(tile, silent), tile.url, _name(tile, board), tile.place, _inside(tile, board))
            for tile in policy.tiles
        ),
    )


def _name(tile: Tile, board: Board) -> str:
    return f"{tile.place} {tile.title}" if board.is_blank else tile.name


def _looks(tile: Tile, silent: set[str]) -> str:
    looks = [tile.rating or SILENCE.look]
    if tile.step is not None:
        looks.append(f"step-{tile.step}")
    if tile.place in silent:
        looks.append("silent")
    return " ".join(looks)


def _inside(tile: Tile, board: Board) -> SafeString:
    star = STAR if tile.is_study else SafeString()
    if board.is_blank:
        return star
    off = format_html("<small>{}</small>", tile.status_word)
    has_left = tile.rating and tile.step is None
    return format_html("{}<b>{}</b>{}", star, tile.mark, off if has_left else "")
