"""Words of an item that were closed before (A3)."""

from initiatives.models import ProgressEntry
from people.closed import is_cell_of
from people.models import ClosedCell
from rounds.models import Answer


def is_of_item(cell: ClosedCell, initiative_id: int) -> bool:
    """Whether a closed cell was of an answer or an entry of an item."""
    return any(is_cell_of(cell, one, initiative=initiative_id) for one in (Answer, ProgressEntry))
