"""きょうの未来図 as tiles, drawn one like the other."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from initiatives.enums import SILENCE
from initiatives.queries.board import Board, BoardAxis, BoardPolicy, Tile
from kirishima_dx.safe_html import NOTHING, fill, joined

AXIS = """\
<section class="board__axis axis-{number}">
  <h3 class="board__title"><a href="#axis-{number}">{name}</a> <small>{count}項目</small></h3>
  {policies}
</section>
"""
POLICY = """\
<div class="board__policy">
    <h4><a href="#policy-{code}"><b>{letter}</b> {name}</a></h4>
    <ul class="tiles">{tiles}</ul>
  </div>
"""
TILE = """\
<li><a class="{looks}" href="{url}" title="{name}"><span aria-hidden="true">{place}{inside}</span></a></li>"""
STAR = SafeString("<i>★</i>")
MOST_NAMED = 5
"""How many items a sentence names; its number leads to all of them."""


def named(tiles: Sequence[Tile]) -> SafeString:
    """Name the first of several items, each with the way to it."""
    links = (
        fill('<a href="{}" title="{}">{}</a>', tile.url, tile.name, tile.place)
        for tile in tiles[:MOST_NAMED]
    )
    others = f" ほか{len(tiles) - MOST_NAMED}項目" if len(tiles) > MOST_NAMED else ""
    return fill("{}{}", joined(links, "、"), others)


def board_axes(board: Board) -> SafeString:
    """Draw the axes of the board with the tiles of each policy."""
    silent = set() if board.is_blank else {tile.place for tile in board.silent}
    return joined(_axis(axis, board, silent) for axis in board.axes)


def _axis(axis: BoardAxis, board: Board, silent: set[str]) -> SafeString:
    return fill(
        AXIS,
        number=axis.axis.number,
        name=axis.axis.name,
        count=axis.count,
        policies=joined(_policy(policy, board, silent) for policy in axis.policies),
    )


def _policy(policy: BoardPolicy, board: Board, silent: set[str]) -> SafeString:
    return fill(
        POLICY,
        code=policy.policy.code,
        letter=policy.policy.letter,
        name=policy.policy.name,
        tiles=_tiles(policy, board, silent),
    )


def _tiles(policy: BoardPolicy, board: Board, silent: set[str]) -> SafeString:
    """Draw the tiles of a policy. Its title is the name of a tile: what it shows is hidden from whoever hears it."""
    return joined(
        fill(
            TILE,
            looks=_looks(tile, silent),
            url=tile.url,
            name=_name(tile, board),
            place=tile.place,
            inside=_inside(tile, board),
        )
        for tile in policy.tiles
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
    star = STAR if tile.is_study else NOTHING
    if board.is_blank:
        return star
    off = fill("<small>{}</small>", tile.status_word)
    has_left = tile.rating and tile.step is None
    return fill("{}<b>{}</b>{}", star, tile.mark, off if has_left else "")
